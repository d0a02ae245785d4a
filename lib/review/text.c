/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A review for people and their editors: a heading for each document, then a
 * line for each change, with path and line of the new version. What is gone
 * has no line there; the old one is said at the end. On a terminal the path
 * stands in the heading alone, for beside it there is little room, and long
 * lines are folded between words.
 */
#include "base/escape.h"
#include "base/path.h"
#include "base/utf8.h"
#include "review/private.h"

#define PAINT_OFF   "\033[0m"
#define PAINT_BOLD  "\033[1m"
#define PAINT_DIM   "\033[2m"
#define PAINT_RED   "\033[1;31m"
#define PAINT_GREEN "\033[1;32m"

#define INDENT 6

/* Narrower than this, folding makes it worse. */
#define WIDTH_LEAST 40

/* Columns for the number of a line on a terminal. */
#define NUMBER 4

/* What stands before a change there: "  !   16  ". */
#define GUTTER (2 + 1 + 1 + NUMBER + 2)

static void paint(struct pm_review_out *out, const char *how)
{
	if (out->opts->color)
		pm_buf_adds(&out->text, how);
}

static bool on_terminal(const struct pm_review_out *out)
{
	return out->opts->width >= WIDTH_LEAST;
}

/* Where what follows a change's first line begins. */
static int indent(const struct pm_review_out *out)
{
	return on_terminal(out) ? GUTTER : INDENT;
}

/* Text that is safe, folded from column col on; returns the column behind. */
static size_t fold(struct pm_review_out *out, struct pm_slice text, size_t col)
{
	size_t width = out->opts->width, from = 0;

	if (!on_terminal(out)) {
		pm_buf_add_slice(&out->text, text);
		return col;
	}
	while (from < text.len) {
		ptrdiff_t blank = pm_slice_find(text, from, ' ');
		size_t end = blank < 0 ? text.len : (size_t)blank;
		struct pm_slice word = pm_slice_sub(text, from, end - from);
		size_t wide = pm_utf8_width(word);

		/* A line does not begin with what a CI runner obeys. */
		if (from && col + 1 + wide > width &&
			!pm_slice_starts(word, "::")) {
			pm_buf_addf(&out->text, "\n%*s", indent(out), "");
			col = (size_t)indent(out);
		} else if (from) {
			pm_buf_addc(&out->text, ' ');
			col++;
		}
		pm_buf_add_slice(&out->text, word);
		col += wide;
		from = end + 1;
	}
	return col;
}

static void put_path(struct pm_review_out *out, struct pm_slice path)
{
	struct pm_buf seen = PM_BUF_INIT;

	pm_path_relative(&seen, out->opts->here, path);
	pm_term_text(&out->text, pm_buf_slice(&seen), true);
	pm_buf_release(&seen);
}

static void put_text(struct pm_buf *out, struct pm_slice text)
{
	pm_term_text(out, text, false);
}

static void heading(struct pm_review_out *out, const struct pm_review_doc *doc)
{
	struct pm_buf text = PM_BUF_INIT;
	bool alone = on_terminal(out);
	size_t before;

	if (out->totals->documents + out->totals->unchanged > 1 ||
		out->settings)
		pm_buf_addc(&out->text, '\n');
	pm_term_text(&text, doc->title, false);
	pm_buf_addc(&text, ' ');
	pm_review_add_state(&text, doc, put_text);
	if (alone)
		paint(out, PAINT_BOLD);
	before = out->text.len;
	put_path(out, doc->path);
	pm_buf_adds(&out->text, alone ? "\n" : ": ");
	before = pm_utf8_width(pm_slice_from(pm_buf_slice(&out->text), before));
	if (!alone)
		paint(out, PAINT_BOLD);
	fold(out, pm_buf_slice(&text), alone ? 0 : before);
	paint(out, PAINT_OFF);
	pm_buf_addc(&out->text, '\n');
	pm_buf_release(&text);
}

/* The words of a section: what was removed and added, in git's brackets. */
static void put_words(struct pm_review_out *out, struct pm_slice words)
{
	static const struct {
		const char *begins, *ends;
		const char *paint; /* NULL: none */
	} ways[] = {
		[PM_REVIEW_SAME] = {"", "", NULL},
		[PM_REVIEW_REMOVED] = {"[-", "-]", PAINT_RED},
		[PM_REVIEW_ADDED] = {"{+", "+}", PAINT_GREEN},
		[PM_REVIEW_GAP] = {"[...]", "", NULL},
	};
	struct pm_slice piece;
	size_t col = (size_t)indent(out);
	bool first = true;
	enum pm_review_mark mark;

	pm_buf_addf(&out->text, "%*s", indent(out), "");
	while (pm_review_next_words(&words, &mark, &piece)) {
		struct pm_buf safe = PM_BUF_INIT;

		if (!first)
			pm_buf_addc(&safe, ' ');
		first = false;
		pm_buf_adds(&safe, ways[mark].begins);
		pm_term_text(&safe, piece, true);
		pm_buf_adds(&safe, ways[mark].ends);
		if (ways[mark].paint)
			paint(out, ways[mark].paint);
		col = fold(out, pm_buf_slice(&safe), col);
		if (ways[mark].paint)
			paint(out, PAINT_OFF);
		pm_buf_release(&safe);
	}
	pm_buf_addc(&out->text, '\n');
}

/* "PATH:16: ! ", or with the path in the heading "  !   16  "; the latter's
   width. */
static size_t put_place(struct pm_review_out *out,
	const struct pm_review_doc *doc, const struct pm_review_change *change)
{
	static const struct {
		char sign;
		const char *paint;
	} looks[PM_REVIEW_WEIGHTS] = {
		[PM_REVIEW_QUIET] = {'-', PAINT_DIM},
		[PM_REVIEW_CHANGE] = {'*', ""},
		[PM_REVIEW_ALERT] = {'!', PAINT_RED},
	};
	char sign = looks[change->weight].sign;
	struct pm_buf line = PM_BUF_INIT;
	size_t wide;

	if (!change->old_side)
		pm_buf_addf(&line, "%u", change->line);
	wide = GUTTER + (line.len > NUMBER ? line.len - NUMBER : 0);
	if (on_terminal(out)) {
		paint(out, looks[change->weight].paint);
		pm_buf_addf(&out->text, "  %c %*s  ", sign, NUMBER, line.ptr);
	} else {
		put_path(out, doc->path);
		pm_buf_addf(&out->text, "%s%s:", line.len ? ":" : "", line.ptr);
		paint(out, looks[change->weight].paint);
		pm_buf_addf(&out->text, " %c ", sign);
	}
	pm_buf_release(&line);
	return wide;
}

static void put_change(struct pm_review_out *out,
	const struct pm_review_doc *doc, const struct pm_review_change *change)
{
	struct pm_buf line = PM_BUF_INIT;
	size_t col = put_place(out, doc, change);

	pm_term_text(&line, change->message, true);
	if (change->old_side)
		pm_buf_addf(
			&line, " (line %u of the old version)", change->line);
	fold(out, pm_buf_slice(&line), col);
	if (change->weight != PM_REVIEW_CHANGE)
		paint(out, PAINT_OFF);
	pm_buf_addc(&out->text, '\n');
	pm_buf_release(&line);
	if (change->words.len)
		put_words(out, change->words);
}

static void begin(struct pm_review_out *out)
{
	struct pm_buf line = PM_BUF_INIT;

	if (!out->settings)
		return;
	pm_buf_adds(&line, "! ");
	pm_review_add_settings(&line, out, put_text);
	paint(out, PAINT_RED);
	fold(out, pm_buf_slice(&line), 0);
	pm_buf_release(&line);
	paint(out, PAINT_OFF);
	pm_buf_addc(&out->text, '\n');
}

static void nothing(struct pm_review_out *out)
{
	(void)out;
}

static void put_doc(struct pm_review_out *out, const struct pm_review_doc *doc)
{
	heading(out, doc);
	for (size_t i = 0; i < doc->nchanges; i++)
		put_change(out, doc, &doc->changes[i]);
}

const struct pm_review_format pm_review_format_text = {
	.name = "text",
	.begin = begin,
	.doc = put_doc,
	.end = nothing,
};
