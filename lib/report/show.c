/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pm show. The document is parsed in a worker, like any other, and the worker
 * also writes the report: what travels back is a code and the bytes that go to
 * the sink, so nothing of the model has to be taken apart and put together.
 */
#include "pm/show.h"

#include "base/escape.h"
#include "base/nearest.h"
#include "base/pool.h"
#include "base/record.h"
#include "base/secret.h"
#include "doc/doc.h"
#include "report/document.h"
#include "snapshot/snapshot.h"

struct job {
	struct pm_snapshot *snap;
	size_t number;
	const struct pm_show_opts *opts;
	enum pm_section_role role; /* OTHER: the whole document */
};

static bool is_text(const struct pm_show_opts *opts)
{
	return !opts->report.format || strcmp(opts->report.format, "text") == 0;
}

static int to_buffer(void *data, struct pm_slice bytes)
{
	pm_buf_add_slice(data, bytes);
	return 0;
}

/* The text of every section with the role. */
static void put_sections(
	struct pm_buf *out, const struct pm_doc *doc, enum pm_section_role role)
{
	size_t behind = 0;

	for (size_t i = 0; i < doc->nsections; i++) {
		const struct pm_section *section = &doc->sections[i];

		/* One within another is printed already. */
		if (!pm_document_has_role(section, role) ||
			section->span.off < behind)
			continue;
		behind = section->span.off + section->span.len;
		pm_term_lines(out, pm_slice_sub(doc->src, section->span.off,
					   section->span.len));
		if (out->len && out->ptr[out->len - 1] != '\n')
			pm_buf_addc(out, '\n');
	}
}

static bool has_role(const struct pm_doc *doc, enum pm_section_role role)
{
	for (size_t i = 0; i < doc->nsections; i++)
		if (pm_document_has_role(&doc->sections[i], role))
			return true;
	return role == PM_SECTION_OTHER;
}

static int show_parsed(struct pm_ctx *ctx, const struct job *job,
	const struct pm_doc *doc, struct pm_arena *arena, struct pm_buf *out)
{
	struct pm_report_opts opts = job->opts->report;

	if (!has_role(doc, job->role))
		return pm_fail(ctx, PM_ENOTFOUND,
			"'%s' has no section with the role '%s'", doc->path,
			job->opts->section);
	if (is_text(job->opts) && job->opts->read) {
		pm_document_read(doc, out);
		return 0;
	}
	if (is_text(job->opts)) {
		put_sections(out, doc, job->role);
		return 0;
	}
	opts.sink = to_buffer;
	opts.sink_data = out;
	return pm_document_report(ctx, &opts, arena, doc, job->role);
}

/* The code for a document, or a template, that cannot be read: what is not
   found is a section and nothing else. */
static int unreadable(struct pm_ctx *ctx, const char *path)
{
	const struct pm_error *error = pm_ctx_error(ctx);

	if (error->code != PM_ENOTFOUND)
		return error->code;
	return pm_fail(ctx, PM_ERROR, "cannot read '%s': %s", path,
		error->message.ptr);
}

/* Reads the document and writes what is asked for into out. */
static int show(struct pm_ctx *ctx, const struct job *job, struct pm_buf *out)
{
	const char *path = pm_snapshot_doc(job->snap, job->number)->path;
	struct pm_arena arena = {
		.limit = PM_DOC_ARENA_MOST, .full = pm_pool_leave_memory};
	struct pm_doc_opts opts = {
		.policy = pm_snapshot_policy(job->snap), .arena = &arena};
	struct pm_reader *reader = NULL;
	struct pm_buf bytes = PM_BUF_INIT;
	struct pm_doc *doc;
	struct pm_reader_place place = {.ctx = ctx};
	int ret = pm_reader_new(ctx, job->snap, &reader);

	place.reader = reader;
	if (ret == 0)
		ret = pm_reader_doc(ctx, reader, job->number, &bytes, NULL);
	if (ret < 0) {
		ret = unreadable(ctx, path);
		goto out;
	}
	pm_secrets_hide(bytes.ptr, bytes.len);
	if (is_text(job->opts) && !job->opts->read &&
		job->role == PM_SECTION_OTHER) {
		pm_term_lines(out, pm_buf_slice(&bytes));
		goto out;
	}
	/* Words of the template do not count. */
	doc = pm_doc_parse_own(path, pm_buf_slice(&bytes), &opts,
		pm_reader_find_template, &place);
	if (!doc) {
		ret = unreadable(ctx, path);
		goto out;
	}
	ret = show_parsed(ctx, job, doc, &arena, out);
out:
	pm_arena_release(&arena);
	pm_buf_release(&bytes);
	pm_reader_free(reader);
	return ret;
}

static int work(struct pm_ctx *ctx, void *data, void *worker, size_t item,
	struct pm_buf *out)
{
	struct pm_buf text = PM_BUF_INIT;
	int ret = show(ctx, data, &text);

	(void)worker;
	(void)item;
	pm_record_put_int(out, ret);
	if (ret < 0)
		pm_record_put_error(out, ctx);
	else
		pm_record_put_str(out, pm_buf_slice(&text));
	pm_buf_release(&text);
	return 0;
}

static int done(struct pm_ctx *ctx, void *data, size_t item,
	enum pm_pool_status status, struct pm_slice bytes)
{
	struct job *job = data;
	const struct pm_report_opts *opts = &job->opts->report;
	struct pm_record record;
	struct pm_slice text;

	(void)item;
	if (status != PM_POOL_OK)
		return pm_fail(ctx, PM_ELIMIT, "cannot read '%s': %s",
			pm_snapshot_doc(job->snap, job->number)->path,
			pm_pool_reason(status));
	pm_record_init(&record, bytes);
	if (pm_record_int(&record) < 0)
		return pm_record_raise(ctx, &record);
	text = pm_record_str(&record);
	if (text.len && opts->sink(opts->sink_data, text) < 0)
		return pm_fail_errno(ctx, "cannot write the document");
	return 0;
}

static int parse_role(
	struct pm_ctx *ctx, const char *name, enum pm_section_role *role)
{
	const char *names[PM_SECTION_COUNT] = {NULL};
	const char *near;

	*role = PM_SECTION_OTHER;
	if (!name)
		return 0;
	if (pm_section_role_parse(pm_slice_str(name), role) == 0 &&
		*role != PM_SECTION_OTHER)
		return 0;
	/* All but "other", which is no role to ask for. */
	for (size_t i = 1; i < PM_SECTION_COUNT; i++)
		names[i - 1] = pm_section_role_name((enum pm_section_role)i);
	near = pm_nearest(pm_slice_str(name), names);
	if (near)
		return pm_fail(ctx, PM_EUSAGE,
			"no section role is called '%s' (did you mean '%s'?)",
			name, near);
	return pm_fail(ctx, PM_EUSAGE,
		"no section role is called '%s' (such as summary, timeline, "
		"cause, lessons, actions)",
		name);
}

int pm_show(struct pm_ctx *ctx, struct pm_snapshot *snap, size_t doc,
	const struct pm_show_opts *opts)
{
	struct job job = {.snap = snap, .number = doc, .opts = opts};
	struct pm_pool pool = {
		.nitems = 1,
		.data = &job,
		.work = work,
		.done = done,
		.help = pm_snapshot_help,
		.help_data = snap,
	};
	int ret = parse_role(ctx, opts->section, &job.role);

	return ret < 0 ? ret : pm_pool_run(ctx, &pool);
}
