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

/* Room for the first and the last lines. */
#define FRAME 1024

static void begin(struct pm_review_out *out)
{
	pm_review_held_begin(out, MOST, FRAME);
}

static void put_words(struct pm_buf *line, struct pm_slice words)
{
	static const char *const signs[] = {
		[PM_REVIEW_SAME] = "",
		[PM_REVIEW_REMOVED] = "~~",
		[PM_REVIEW_ADDED] = "**",
		[PM_REVIEW_GAP] = "",
	};
	struct pm_slice piece;
	enum pm_review_mark mark;

	pm_buf_adds(line, "  <br>");
	while (pm_review_next_words(&words, &mark, &piece)) {
		if (line->ptr[line->len - 1] != '>')
			pm_buf_addc(line, ' ');
		pm_buf_adds(line, signs[mark]);
		if (mark == PM_REVIEW_GAP)
			pm_buf_adds(line, "\\[...\\]");
		pm_md_text(line, piece);
		pm_buf_adds(line, signs[mark]);
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
		pm_md_text(heading,
			pm_slice_sub(doc->title, 0, PM_REVIEW_TITLE_MOST));
		pm_buf_adds(heading, " ");
	}
	pm_review_add_state(heading, doc, pm_md_text);
	pm_buf_adds(heading, "\n\n");
	for (size_t i = 0; i < doc->nchanges; i++)
		put_change(held, &doc->changes[i]);
}

/* The lines of a document that fit; the quiet ones folded away. */
static void print_lines(const struct pm_review_held *held,
	const struct pm_review_held_doc *doc, struct pm_buf *out)
{
	pm_review_held_put_loud(held, doc, out);
	if (!doc->quiet)
		return;
	pm_buf_addf(
		out, "\n<details><summary>%zu quiet</summary>\n\n", doc->quiet);
	pm_review_held_put_quiet(held, doc, out);
	pm_buf_adds(out, "\n</details>\n");
}

static void end(struct pm_review_out *out)
{
	struct pm_review_held *held = out->state;
	struct pm_buf missing = PM_BUF_INIT;

	pm_review_held_fit(held);
	pm_buf_adds(&out->text, MARKER "### pm review: ");
	pm_review_add_total(&out->text, out->totals);
	pm_buf_addc(&out->text, '\n');
	if (out->settings) {
		pm_buf_adds(&out->text, "\n**");
		pm_review_add_settings(&out->text, out, pm_md_text);
		pm_buf_adds(&out->text, "**\n");
	}
	pm_review_held_put_docs(held, print_lines, &out->text);
	if (pm_review_held_put_missing(held, &missing))
		pm_buf_addf(&out->text,
			"\n%s: a comment holds so much and no more ('pm "
			"review' lists all).\n",
			missing.ptr);
	pm_buf_release(&missing);
	pm_review_held_end(out);
}

const struct pm_review_format pm_review_format_markdown = {
	.name = "markdown",
	.begin = begin,
	.doc = put_doc,
	.end = end,
};
