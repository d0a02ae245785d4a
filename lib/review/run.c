/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The review of two states. Both are judged first (judge.c), only the documents
 * that are concerned; then each pair is read, parsed and compared in a worker,
 * which sends a list of changes. What is kept of a document beyond its turn is
 * its findings and, in the formats that cut, a few lines.
 */

#include "base/alloc.h"
#include "base/nearest.h"
#include "base/path.h"
#include "base/pool.h"
#include "base/secret.h"
#include "doc/doc.h"
#include "review/private.h"
#include "snapshot/snapshot.h"

/* What two versions of one document may take of memory. */
#define ARENA_MOST ((size_t)128 << 20)

/* Bytes of output that are handed on at once. */
#define CHUNK ((size_t)64 * 1024)

static const struct pm_review_format *const formats[] = {
	&pm_review_format_text,
	&pm_review_format_markdown,
	&pm_review_format_json,
	&pm_review_format_html,
};
static const char *const names[] = {"text", "markdown", "json", "html", NULL};

#define FORMATS (sizeof formats / sizeof *formats)

struct job {
	struct pm_snapshot *old, *new;
	struct pm_changes *changes;
	struct pm_review_list told;
	struct pm_arena arena; /* of these */
	struct pm_review_out out;
	const struct pm_review_format *format;
};

static int find_format(struct pm_ctx *ctx, const char *name,
	const struct pm_review_format **out)
{
	const char *near;

	for (size_t i = 0; i < FORMATS; i++) {
		*out = formats[i];
		if (!name || strcmp(formats[i]->name, name) == 0)
			return 0;
	}
	near = pm_nearest(pm_slice_str(name), names);
	if (near)
		return pm_fail(ctx, PM_EUSAGE,
			"no format of a review is called '%s' (did you mean "
			"'%s'?)",
			name, near);
	return pm_fail(ctx, PM_EUSAGE,
		"no format of a review is called '%s' (one of: text, markdown, "
		"json, html)",
		name);
}

/* --- in a worker --------------------------------------------------------- */

struct reading {
	struct pm_reader *reader;
	const struct pm_snapshot *snap;
	struct pm_buf bytes;
	struct pm_map memo;
	const char *why; /* it could not be read */
};

struct worker {
	struct reading old, new;
	struct pm_arena arena;
};

static int start_side(struct pm_ctx *ctx, const struct pm_snapshot *snap,
	struct reading *reading)
{
	reading->snap = snap;
	reading->bytes = (struct pm_buf)PM_BUF_INIT;
	reading->memo = (struct pm_map)PM_MAP_INIT;
	return pm_reader_new(ctx, snap, &reading->reader);
}

static int start(struct pm_ctx *ctx, void *data, void **out)
{
	struct job *job = data;
	struct worker *worker = pm_alloc(1, sizeof *worker);
	int ret = start_side(ctx, job->old, &worker->old);

	if (ret == 0)
		ret = start_side(ctx, job->new, &worker->new);
	worker->arena = (struct pm_arena){
		.limit = ARENA_MOST, .full = pm_pool_leave_memory};
	*out = worker;
	return ret;
}

/* Parses what was read; NULL: the template is wrong. */
static struct pm_doc *parse(struct pm_ctx *ctx, struct worker *worker,
	struct reading *reading, const char *path)
{
	struct pm_reader_place place = {ctx, reading->reader};
	struct pm_doc_opts opts = {
		.policy = pm_snapshot_policy(reading->snap),
		.arena = &worker->arena,
		.memo = &reading->memo,
	};

	return pm_doc_parse_own(path, pm_buf_slice(&reading->bytes), &opts,
		pm_reader_find_template, &place);
}

/*
 * Reads one version; NULL when there is none, or none that can be read. What
 * depends on its every byte is looked at first: then secrets are hidden, and
 * nothing that is said of the document can show one.
 */
static struct pm_doc *read_side(struct pm_ctx *ctx, struct worker *worker,
	struct reading *reading, const char *path, struct pm_review *review,
	struct pm_review_stand *stand)
{
	size_t most = pm_snapshot_policy(reading->snap)->max_document;
	struct pm_doc *doc = NULL;

	reading->why = NULL;
	if (!path)
		return NULL;
	pm_buf_reset(&reading->bytes);
	if (pm_reader_file(ctx, reading->reader, pm_slice_str(path), most,
		    &reading->bytes) == 0) {
		/* As git tells text from what it shows no difference of. */
		if (memchr(reading->bytes.ptr, 0, reading->bytes.len))
			pm_fail(ctx, PM_EINVALID, "it is no text");
		else
			doc = parse(ctx, worker, reading, path);
	}
	if (doc) {
		pm_review_take_stand(review, doc, stand);
		if (pm_secrets_hide(reading->bytes.ptr, reading->bytes.len))
			doc = parse(ctx, worker, reading, path);
	}
	if (!doc) {
		reading->why = pm_arena_strdup(
			&worker->arena, pm_ctx_error(ctx)->message.ptr);
		pm_ctx_clear(ctx);
	}
	return doc;
}

static void say_unread(
	struct pm_review *review, const char *which, const char *why)
{
	if (why)
		pm_review_add(review, PM_REVIEW_UNREADABLE, 1,
			"the %s version cannot be read: %s", which, why);
}

/* Both versions, and what one became in the other. */
static void compare_both(struct pm_ctx *ctx, struct worker *worker,
	const struct pm_change *change, struct pm_review *review)
{
	review->old = read_side(ctx, worker, &worker->old, change->old_path,
		review, &review->old_stand);
	review->new = read_side(ctx, worker, &worker->new, change->new_path,
		review, &review->new_stand);
	if (change->kind == PM_CHANGE_RENAMED)
		pm_review_values(
			pm_review_add(review, PM_REVIEW_DOC_RENAMED, 1,
				"document renamed: it was %s",
				pm_review_word(review,
					pm_slice_str(change->old_path))),
			pm_slice_make("", 0), pm_slice_str(change->old_path),
			pm_slice_str(change->new_path));
	say_unread(review, "old", worker->old.why);
	say_unread(review, "new", worker->new.why);
	if (!worker->old.why && !worker->new.why)
		pm_review_docs(review);
}

static int work(struct pm_ctx *ctx, void *data, void *state, size_t item,
	struct pm_buf *out)
{
	struct job *job = data;
	struct worker *worker = state;
	const struct pm_review_told *told = &job->told.items[item];
	struct pm_review review = {
		.policy = pm_snapshot_policy(job->new),
		.arena = &worker->arena,
		.words = job->out.opts->words,
		.now = ctx->now,
		.judged = told->judged,
		.unchanged = !told->change,
	};

	pm_arena_reset(&worker->arena);
	if (told->change)
		compare_both(ctx, worker, told->change, &review);
	else
		review.new = read_side(ctx, worker, &worker->new, told->path,
			&review, &review.new_stand);
	pm_review_findings(&review);
	pm_review_finish(&review);
	pm_review_put(out, &review);
	return 0;
}

/* --- in the parent ------------------------------------------------------- */

static void hand_on(struct job *job, bool all)
{
	struct pm_review_out *out = &job->out;

	if (!all && out->text.len < CHUNK)
		return;
	if (out->failed == 0 && out->text.len &&
		out->opts->sink(
			out->opts->sink_data, pm_buf_slice(&out->text)) < 0)
		out->failed =
			pm_fail_errno(out->ctx, "cannot write the review");
	pm_buf_reset(&out->text);
}

static void count(
	struct pm_review_totals *totals, const struct pm_review_doc *doc)
{
	totals->documents += doc->kind != PM_CHANGE_NONE;
	totals->unchanged += doc->kind == PM_CHANGE_NONE;
	for (size_t i = 0; i < PM_REVIEW_WEIGHTS; i++)
		totals->weights[i] += doc->weights[i];
}

/* What is said of a document that broke its worker. */
static void broken(struct pm_arena *arena, const struct pm_review_told *told,
	const char *why, struct pm_buf *out)
{
	struct pm_review review = {.arena = arena};

	if (told->change) {
		pm_review_add(&review, PM_REVIEW_UNREADABLE, 1,
			"the two versions cannot be compared: %s", why);
	} else {
		review.judged = told->judged;
		review.unchanged = true;
		pm_review_findings(&review);
	}
	pm_review_finish(&review);
	pm_review_put(out, &review);
}

static int done(struct pm_ctx *ctx, void *data, size_t item,
	enum pm_pool_status status, struct pm_slice bytes)
{
	struct job *job = data;
	const struct pm_review_told *told = &job->told.items[item];
	const struct pm_change *change = told->change;
	struct pm_review_doc doc = {
		.kind = change ? change->kind : PM_CHANGE_NONE,
		.path = pm_slice_str(told->path),
		.old_path =
			pm_slice_str(change ? change->old_path : told->path),
		.id = pm_path_id(pm_slice_str(told->path)),
	};
	struct pm_arena arena = PM_ARENA_INIT;
	struct pm_buf own = PM_BUF_INIT;
	struct pm_record record;
	int ret = 0;

	if (status != PM_POOL_OK) {
		broken(&arena, told, pm_pool_reason(status), &own);
		bytes = pm_buf_slice(&own);
	}
	pm_record_init(&record, bytes);
	if (!pm_review_get(&record, &arena, &doc)) {
		ret = pm_fail(ctx, PM_ERROR,
			"cannot review '%s': a worker broke off", told->path);
	} else {
		count(job->out.totals, &doc);
		pm_review_count(told->judged, job->out.totals);
		job->format->doc(&job->out, &doc);
		hand_on(job, false);
	}
	pm_buf_release(&own);
	pm_arena_release(&arena);
	return ret ? ret : job->out.failed;
}

static int compare(struct pm_ctx *ctx, struct job *job)
{
	struct pm_pool pool = {
		.data = job,
		.cpu_ms = 3000, /* two documents, and what lies between */
		.start = start,
		.work = work,
		.done = done,
		.help = pm_snapshot_help,
		.help_data = job->new,
	};
	int ret = pm_review_judge(ctx, job->new, job->changes, job->out.opts,
		&job->arena, &job->told);

	if (ret < 0)
		return ret;
	pool.nitems = job->told.len;
	job->out.settings = pm_changes_settings(job->changes);
	job->out.totals->settings = job->out.settings != NULL;
	job->out.no_docs = pool.nitems == 0;
	job->format->begin(&job->out);
	if (pool.nitems)
		ret = pm_pool_run(ctx, &pool);
	if (ret < 0 && job->out.failed == 0)
		job->out.failed = ret;
	job->format->end(&job->out);
	hand_on(job, true);
	return job->out.failed;
}

int pm_review_run(struct pm_ctx *ctx, struct pm_snapshot *before,
	struct pm_snapshot *after, const struct pm_review_opts *opts,
	struct pm_review_totals *totals)
{
	struct job job = {
		.old = before,
		.new = after,
		.arena = PM_ARENA_INIT,
		.out = {.ctx = ctx,
			.opts = opts,
			.totals = totals,
			.text = PM_BUF_INIT},
	};
	int ret = find_format(ctx, opts->format, &job.format);

	*totals = (struct pm_review_totals){0};
	if (ret == 0)
		ret = pm_changes_open(ctx, before, after, &job.changes);
	if (ret == 0)
		ret = compare(ctx, &job);
	pm_changes_free(job.changes);
	pm_arena_release(&job.arena);
	pm_buf_release(&job.out.text);
	return ret;
}
