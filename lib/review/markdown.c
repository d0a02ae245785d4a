/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A review as one comment of a pull request. Its first line never changes, so
 * that whoever posts it finds the one of the last push and puts this in its
 * place. Forges cut or refuse a comment that is too long; here the worst is
 * kept, and what is not there is counted.
 */
#include "base/escape.h"
#include "review/held.h"

#define MARKER "<!-- pm:review -->\n"

/* Bytes, which are at least as many as characters: GitHub takes 65,536. */
#define MOST 65000

/* Room for the first and the last lines, and around the quiet ones. */
#define FRAME     640
#define DOC_FRAME 100

static void begin(struct pm_review_out *out)
{
	size_t most = out->opts->max_size ? out->opts->max_size : MOST;
	struct pm_review_held *held =
		pm_review_held_new(most > FRAME ? most - FRAME : 0);

	held->frame = DOC_FRAME;
	out->state = held;
}

static void put_words(struct pm_buf *line, struct pm_slice words)
{
	struct pm_slice piece;
	char mark;

	pm_buf_adds(line, "  <br>");
	while (pm_review_next_words(&words, &mark, &piece)) {
		const char *around = mark == '\x01'   ? "~~"
				     : mark == '\x02' ? "**"
						      : "";

		if (line->ptr[line->len - 1] != '>')
			pm_buf_addc(line, ' ');
		pm_buf_adds(line, around);
		if (mark == '\x04')
			pm_buf_adds(line, "\\[...\\]");
		pm_md_text(line, piece);
		pm_buf_adds(line, around);
	}
	pm_buf_addc(line, '\n');
}

static void put_change(
	struct pm_review_held *held, const struct pm_review_change *change)
{
	struct pm_buf *line = pm_review_held_line(held, change->weight);
	const char *strong = change->weight == PM_REVIEW_ALERT ? "**" : "";

	if (!line)
		return;
	pm_buf_addf(line, "- %s%sline %u:%s ", strong,
		change->old_side ? "old " : "", change->line, strong);
	pm_md_text(line, change->message);
	pm_buf_addc(line, '\n');
	if (change->words.len)
		put_words(line, change->words);
	pm_review_held_keep(held);
}

static void put_doc(struct pm_review_out *out, const struct pm_review_doc *doc)
{
	struct pm_review_held *held = out->state;
	struct pm_buf *heading = pm_review_held_doc(held);

	pm_buf_adds(heading, "\n#### ");
	pm_md_text(heading, doc->path);
	pm_buf_adds(heading, "\n\n");
	if (doc->title.len) {
		pm_md_text(heading, pm_slice_sub(doc->title, 0, 300));
		pm_buf_adds(heading, " ");
	}
	pm_review_add_state(heading, doc, pm_md_text);
	pm_buf_adds(heading, "\n\n");
	for (size_t i = 0; i < doc->nchanges; i++)
		put_change(held, &doc->changes[i]);
}

/* The lines of a document that fit; the quiet ones folded away. */
static void print_lines(struct pm_buf *out, const struct pm_review_held *held,
	const struct pm_review_held_doc *doc)
{
	size_t quiet = 0;

	for (size_t i = 0; i < doc->len; i++) {
		const struct pm_review_held_line *line =
			&held->lines.items[doc->first + i];

		if (line->shown && line->weight == PM_REVIEW_QUIET)
			quiet++;
		else if (line->shown)
			pm_buf_add_slice(out, pm_buf_slice(&line->text));
	}
	if (!quiet)
		return;
	pm_buf_addf(out, "\n<details><summary>%zu quiet</summary>\n\n", quiet);
	for (size_t i = 0; i < doc->len; i++) {
		const struct pm_review_held_line *line =
			&held->lines.items[doc->first + i];

		if (line->shown && line->weight == PM_REVIEW_QUIET)
			pm_buf_add_slice(out, pm_buf_slice(&line->text));
	}
	pm_buf_adds(out, "\n</details>\n");
}

static void print_total(
	struct pm_buf *out, const struct pm_review_totals *totals)
{
	pm_buf_adds(out, MARKER "### pm review: ");
	if (totals->documents) {
		pm_buf_addf(out, "%zu document%s, ", totals->documents,
			totals->documents == 1 ? "" : "s");
		pm_review_add_counts(out, totals->weights);
	} else {
		pm_buf_adds(out, "no post-mortem changes");
	}
	pm_buf_addc(out, '\n');
	if (totals->settings)
		pm_buf_adds(out, "\n**" PM_REVIEW_SETTINGS "**\n");
}

static void end(struct pm_review_out *out)
{
	struct pm_review_held *held = out->state;

	pm_review_held_fit(held);
	print_total(&out->text, out->totals);
	for (size_t d = 0; d < held->docs.len; d++) {
		const struct pm_review_held_doc *doc = &held->docs.items[d];

		if (!doc->shown)
			continue;
		pm_buf_add_slice(&out->text, pm_buf_slice(&doc->heading));
		print_lines(&out->text, held, doc);
	}
	if (held->listed < held->seen || held->docs_listed < held->docs.len)
		pm_buf_addf(&out->text,
			"\n%zu more changes and %zu more documents are not "
			"listed: a comment holds so much and no more ('pm "
			"review' lists all).\n",
			held->seen - held->listed,
			held->docs.len - held->docs_listed);
	pm_review_held_free(held);
	out->state = NULL;
}

const struct pm_review_format pm_review_format_markdown = {
	.name = "markdown",
	.begin = begin,
	.doc = put_doc,
	.end = end,
};
