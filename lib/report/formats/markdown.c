/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Markdown for a comment: counts first, then a list for each document. A
 * comment holds 65,536 characters on the strictest of forges; what does not
 * fit is counted in its last line.
 */
#include "base/alloc.h"
#include "base/escape.h"
#include "report/finding.h"

/* Bytes, which are at least as many as characters. */
#define MOST 65536

/* Room for the heading and the last line. */
#define FRAME 512

struct comment {
	struct pm_buf body;
	struct pm_buf path; /* of the present document */
	size_t counts[PM_RANKS];
	size_t unlisted;
};

static void begin(struct pm_report *report)
{
	struct comment *comment = pm_alloc(1, sizeof *comment);

	comment->body = comment->path = (struct pm_buf)PM_BUF_INIT;
	report->state = comment;
}

/* The document's heading, where it is not the one before. */
static void add_heading(struct comment *comment, struct pm_slice path)
{
	if (comment->body.len &&
		pm_slice_eq(pm_buf_slice(&comment->path), path))
		return;
	pm_buf_adds(&comment->body, "\n#### ");
	pm_md_text(&comment->body, path);
	pm_buf_adds(&comment->body, "\n\n");
}

static void record(struct pm_report *report, const struct pm_value *values)
{
	struct pm_seen seen = pm_seen_read(report, values);
	struct comment *comment = report->state;
	struct pm_buf *body = &comment->body;
	size_t len = body->len;

	comment->counts[seen.rank]++;
	/* Once one did not fit, a shorter one would come out of order. */
	if (comment->unlisted) {
		comment->unlisted++;
		return;
	}
	add_heading(comment, seen.path);
	pm_buf_addf(body, "- **%s** in line %u: ", pm_rank_name(seen.rank),
		seen.line);
	pm_md_text(body, seen.message);
	pm_buf_adds(body, " (");
	pm_md_text(body, seen.rule);
	pm_buf_adds(body, ")\n");
	if (seen.hint.len) {
		pm_buf_adds(body, "  <br>");
		pm_md_text(body, seen.hint);
		pm_buf_addc(body, '\n');
	}
	if (body->len > MOST - FRAME) {
		pm_buf_truncate(body, len);
		comment->unlisted++;
		return;
	}
	pm_buf_reset(&comment->path);
	pm_buf_add_slice(&comment->path, seen.path);
}

static void end(struct pm_report *report)
{
	struct comment *comment = report->state;
	size_t held = pm_held_back(report, comment->counts);

	pm_buf_adds(&report->out, "### pm check: ");
	pm_add_counts(&report->out, comment->counts);
	pm_buf_addc(&report->out, '\n');
	pm_buf_add_slice(&report->out, pm_buf_slice(&comment->body));
	if (comment->unlisted)
		pm_buf_addf(&report->out,
			"\n%zu more findings are not listed: a comment holds "
			"65,536 characters.\n",
			comment->unlisted);
	if (held)
		pm_buf_addf(&report->out,
			"\n%zu more findings are not listed: the run was to "
			"write %zu.\n",
			held, report->nrecords);
	pm_buf_release(&comment->body);
	pm_buf_release(&comment->path);
	free(comment);
	report->state = NULL;
}

PM_FORMAT_DEFINE(markdown) = {
	.name = "markdown",
	.summary = "Markdown, for a comment",
	.needs = PM_NEEDS_FINDING,
	.begin = begin,
	.record = record,
	.end = end,
};
