/* SPDX-License-Identifier: Apache-2.0 */
/*
 * GitHub's workflow commands: one annotation a finding. The runner takes ten
 * of each level from a step and drops the others without a word, so the worst
 * come first and the rest is counted in a line; the whole list goes to the
 * step's summary where there is one.
 */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/escape.h"
#include "base/file.h"
#include "base/utf8.h"
#include "report/finding.h"

#define ANNOTATIONS  10
#define MESSAGE_MOST 4096

/* A larger summary is refused as a whole. */
#define SUMMARY_MOST ((size_t)1024 * 1024)
#define SUMMARY_TAIL 256

/* More rows than this do not fit into a summary. */
#define SUMMARY_ROWS 20000

static void begin(struct pm_report *report)
{
	report->state = pm_alloc(1, sizeof(struct pm_held));
}

static void record(struct pm_report *report, const struct pm_value *values)
{
	struct pm_seen seen = pm_seen_read(report, values);

	pm_held_add(report->state, &seen,
		report->opts.summary ? SUMMARY_ROWS : ANNOTATIONS);
}

/* The percent forms of a command's text; a property has two more. */
static void add_escaped(struct pm_buf *out, struct pm_slice text, bool property)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c == '%' || c == '\r' || c == '\n' ||
			(property && (c == ':' || c == ',')))
			pm_buf_addf(out, "%%%02X", (unsigned char)c);
		else
			pm_buf_addc(out, c);
	}
}

static void add_property(
	struct pm_buf *out, const char *name, struct pm_slice text)
{
	struct pm_buf shown = PM_BUF_INIT;

	pm_term_text(&shown, text, false);
	pm_buf_adds(out, name);
	add_escaped(out, pm_buf_slice(&shown), true);
	pm_buf_release(&shown);
}

static void annotate(struct pm_report *report, const struct pm_seen *finding)
{
	static const char *const commands[PM_RANKS] = {
		[PM_RANK_ERROR] = "error",
		[PM_RANK_WARNING] = "warning",
		[PM_RANK_NOTE] = "notice",
	};
	struct pm_buf *out = &report->out;
	struct pm_buf text = PM_BUF_INIT;

	pm_buf_addf(out, "::%s ", commands[finding->rank]);
	add_property(out, "file=", finding->path);
	pm_buf_addf(
		out, ",line=%u,endLine=%u", finding->line, finding->end_line);
	/* Columns have a meaning on a single line only. */
	if (finding->line == finding->end_line)
		pm_buf_addf(out, ",col=%u,endColumn=%u", finding->char_col,
			finding->char_end_col);
	add_property(out, ",title=", finding->rule);
	pm_buf_adds(out, "::");
	pm_term_text(&text, finding->message, false);
	if (finding->hint.len) {
		pm_buf_addc(&text, '\n');
		pm_term_text(&text, finding->hint, false);
	}
	add_escaped(out, pm_utf8_cut(pm_buf_slice(&text), MESSAGE_MOST), false);
	pm_buf_addc(out, '\n');
	pm_buf_release(&text);
}

/* What the runner would have dropped, in one line of the log. */
static void tell_rest(struct pm_report *report, const struct pm_held *held)
{
	size_t shown = 0;

	for (size_t i = 0; i < PM_RANKS; i++)
		shown += held->seen[i] < ANNOTATIONS ? held->seen[i]
						     : ANNOTATIONS;
	if (shown == pm_held_total(held))
		return;
	pm_buf_adds(&report->out, "pm: ");
	pm_add_counts(&report->out, held->seen);
	pm_buf_addf(&report->out, "; %zu of them are annotated (%s)\n", shown,
		report->opts.summary ? "the step's summary lists the others"
				     : "'pm check' lists all");
}

static void add_row(struct pm_buf *out, const struct pm_seen *finding)
{
	pm_buf_addf(out, "| %s | ", pm_rank_name(finding->rank));
	pm_md_text(out, finding->path);
	pm_buf_addf(out, ":%u | ", finding->line);
	pm_md_text(out, pm_utf8_cut(finding->message, MESSAGE_MOST));
	pm_buf_adds(out, " | ");
	pm_md_text(out, finding->rule);
	pm_buf_adds(out, " |\n");
}

/* The rows that fit into room bytes; returns how many. */
static size_t add_rows(
	struct pm_buf *out, const struct pm_held *held, size_t room)
{
	size_t rows = 0;

	for (size_t i = 0; i < PM_RANKS; i++)
		for (size_t j = 0; j < held->ranks[i].len; j++) {
			size_t len = out->len;

			add_row(out, &held->ranks[i].items[j]);
			if (out->len + SUMMARY_TAIL > room) {
				pm_buf_truncate(out, len);
				return rows;
			}
			rows++;
		}
	return rows;
}

/* A table of at most room bytes that ends by saying what did not fit. */
static void make_summary(const struct pm_report *report, struct pm_buf *out,
	const struct pm_held *held, size_t room)
{
	size_t total = pm_held_total(held), rows, counts[PM_RANKS], back;

	memcpy(counts, held->seen, sizeof counts);
	back = pm_held_back(report, counts);
	pm_buf_adds(out, "### pm check: ");
	pm_add_counts(out, counts);
	pm_buf_adds(out, "\n\n| level | place | finding | rule |\n"
			 "|---|---|---|---|\n");
	rows = add_rows(out, held, room);
	if (rows < total)
		pm_buf_addf(out,
			"\n%zu more findings are not listed: a summary holds "
			"1 MiB.\n",
			total - rows);
	if (back)
		pm_buf_addf(out,
			"\n%zu more findings are not listed: the run was to "
			"write %zu.\n",
			back, total);
	pm_buf_addc(out, '\n');
}

static int append_summary(struct pm_report *report, const struct pm_held *held)
{
	const char *path = report->opts.summary;
	struct pm_buf text = PM_BUF_INIT;
	struct stat st;
	size_t used = 0;
	int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
	int ret = 0;

	if (fd < 0 || fstat(fd, &st) < 0) {
		ret = pm_fail_errno(
			report->ctx, "cannot write the summary '%s'", path);
		goto out;
	}
	if (S_ISREG(st.st_mode))
		used = (size_t)st.st_size;
	/* What other commands of the step wrote counts as well. */
	if (used + 2 * SUMMARY_TAIL > SUMMARY_MOST) {
		ret = pm_fail(report->ctx, PM_ELIMIT,
			"cannot write the summary '%s': it is full", path);
		goto out;
	}
	make_summary(report, &text, held, SUMMARY_MOST - used);
	ret = pm_fd_write(report->ctx, fd, pm_buf_slice(&text));
out:
	if (fd >= 0)
		close(fd);
	pm_buf_release(&text);
	return ret;
}

static void end(struct pm_report *report)
{
	struct pm_held *held = report->state;

	for (size_t i = 0; i < PM_RANKS; i++)
		for (size_t j = 0; j < held->ranks[i].len && j < ANNOTATIONS;
			j++)
			annotate(report, &held->ranks[i].items[j]);
	tell_rest(report, held);
	/* The annotations are worth more than the summary: its failure is
	   told, and nothing else is lost. */
	if (report->failed == 0 && report->opts.summary &&
		pm_held_total(held) && append_summary(report, held) < 0) {
		pm_notice(report->ctx, "%s", report->ctx->error.message.ptr);
		pm_ctx_clear(report->ctx);
	}
	pm_held_release(held);
	free(held);
	report->state = NULL;
}

PM_FORMAT_DEFINE(github) = {
	.name = "github",
	.summary = "annotations of a GitHub workflow",
	.needs = PM_NEEDS_FINDING,
	.begin = begin,
	.record = record,
	.end = end,
};
