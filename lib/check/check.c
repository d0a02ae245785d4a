/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The engine: one document in, its findings out. Documents are read, parsed
 * and judged in the workers of the pool; the parent only puts findings in
 * order and hands them on, so memory does not follow the number of documents.
 * What a rule must know of the whole repository (the ids) is laid out before
 * the workers are forked, and they inherit it: no second pass is needed.
 */
#include "pm/check.h"

#include "base/alloc.h"
#include "base/pool.h"
#include "check/anchors.h"
#include "check/private.h"

/* What one document may take of memory; its model is about ten times it. */
#define ARENA_MOST ((size_t)64 << 20)

/* What a record begins with. */
enum { RECORD_FINDINGS, RECORD_FAILURE };

struct job {
	struct pm_snapshot *snap;
	const struct pm_policy *policy;
	size_t *docs; /* numbers, in path order */
	size_t ndocs;
	size_t *by_id; /* numbers of all documents, sorted by id */
	struct pm_levels levels;
	const struct pm_check_opts *opts;
	struct pm_check_totals *totals;
};

struct worker {
	struct pm_reader *reader;
	struct pm_arena arena;
	struct pm_buf bytes;
	struct pm_findings findings;
	struct pm_anchors *anchors;
	struct pm_secrets secrets;
	struct pm_map memo;
};

static size_t rule_number(const char *id)
{
	size_t i = 0;

	while (strcmp(pm_rule_entry(i)->info.id, id) != 0)
		i++;
	return i;
}

static int start(struct pm_ctx *ctx, void *data, void **out)
{
	struct job *job = data;
	struct worker *worker = pm_alloc(1, sizeof *worker);
	int ret = pm_reader_new(ctx, job->snap, &worker->reader);

	if (ret < 0) {
		free(worker);
		return ret;
	}
	worker->arena = (struct pm_arena){
		.limit = ARENA_MOST, .full = pm_pool_leave_memory};
	worker->memo = (struct pm_map)PM_MAP_INIT;
	worker->bytes = (struct pm_buf)PM_BUF_INIT;
	worker->findings.text = (struct pm_buf)PM_BUF_INIT;
	worker->findings.levels = &job->levels;
	worker->anchors = pm_anchors_new();
	*out = worker;
	return 0;
}

/* A finding about a document nobody could read, at its first line. */
static void put_unread(struct job *job, const char *rule,
	struct pm_slice message, struct pm_buf *out)
{
	struct pm_findings findings = {0};
	struct pm_found *found;
	size_t number = rule_number(rule);
	enum pm_level level = pm_levels_worst(&job->levels, number);

	if (level != PM_LEVEL_OFF) {
		found = pm_vec_push(&findings.items);
		found->rule = number;
		found->level = level;
		found->start = found->end = (struct pm_pos){1, 1};
		found->message = message;
	}
	pm_record_put_int(out, RECORD_FINDINGS);
	pm_findings_put(&findings, NULL, out);
	pm_vec_release(&findings.items);
}

/* A document that the reader did not give: too large, gone, no regular file. */
static void put_unreadable(
	struct pm_ctx *ctx, struct job *job, int code, struct pm_buf *out)
{
	size_t most = job->policy->max_document;
	struct pm_buf text = PM_BUF_INIT;

	if (code != PM_ELIMIT) {
		put_unread(job, "document-encoding",
			pm_buf_slice(&pm_ctx_error(ctx)->message), out);
	} else {
		pm_buf_addf(&text,
			"the document is larger than the %zu %s that the "
			"policy allows (max_document)",
			most % 1024 ? most : most / 1024,
			most % 1024 ? "bytes" : "KiB");
		put_unread(
			job, "document-too-complex", pm_buf_slice(&text), out);
	}
	pm_buf_release(&text);
	pm_ctx_clear(ctx);
}

/*
 * The template's name, as far as it can be told before parsing: parsing wants
 * the template, and the front matter names it or the kind, which is next. A
 * wrong guess costs a second parse, so lines are only looked at by LF.
 */
static struct pm_slice guess_template(struct pm_slice bytes)
{
	struct pm_slice line, kind = pm_slice_make("", 0);
	ptrdiff_t end = pm_slice_find(bytes, 0, '\n');

	if (!pm_slice_starts(bytes, "---"))
		return kind;
	while (end >= 0) {
		size_t off = (size_t)end + 1;

		end = pm_slice_find(bytes, off, '\n');
		line = pm_slice_sub(
			bytes, off, end < 0 ? bytes.len : (size_t)end - off);
		if (!line.len || !memchr("-kt", line.ptr[0], 3))
			continue;
		if (pm_slice_starts(line, "---"))
			break;
		if (pm_slice_starts(line, "template:"))
			return pm_slice_trim(pm_slice_from(line, 9));
		if (pm_slice_starts(line, "kind:"))
			kind = pm_slice_trim(pm_slice_from(line, 5));
	}
	return kind;
}

/* Parses with the document's own template; NULL: an error. */
static struct pm_doc *parse(struct pm_ctx *ctx, struct job *job,
	struct worker *worker, const char *path,
	const struct pm_template **tmpl)
{
	struct pm_slice bytes = pm_buf_slice(&worker->bytes);
	struct pm_slice name = guess_template(bytes);
	struct pm_doc_opts opts = {
		.policy = job->policy,
		.arena = &worker->arena,
		.memo = &worker->memo,
	};
	struct pm_doc *doc;

	opts.tmpl = *tmpl = pm_reader_template(ctx, worker->reader, name);
	if (!*tmpl)
		return NULL;
	doc = pm_doc_parse_opts(path, bytes, &opts);
	if (pm_slice_eq(pm_doc_template(doc), name))
		return doc;
	*tmpl = pm_reader_template(ctx, worker->reader, pm_doc_template(doc));
	if (!*tmpl)
		return NULL;
	if (*tmpl == opts.tmpl)
		return doc;
	opts.tmpl = *tmpl;
	pm_arena_reset(&worker->arena);
	return pm_doc_parse_opts(path, bytes, &opts);
}

/*
 * True when an absent field is missing, not unread. Reading mends the usual
 * slips and goes on, so one wrong line hides nothing else; only front matter
 * of which nothing at all could be read is no ground to ask for fields.
 */
static bool knows_fields(const struct pm_doc *doc)
{
	if (doc->schema.text.len || doc->front_id.text.len ||
		doc->title.text.len || doc->kind.text.len ||
		doc->status.text.len || doc->severity.text.len)
		return true;
	if (!doc->has_front)
		return false;
	for (size_t i = 0; i < doc->nproblems; i++)
		if (doc->problems[i].kind == PM_PROBLEM_FRONT_SYNTAX)
			return false;
	return true;
}

static void judge(struct pm_check *check)
{
	for (size_t i = 0; i < check->doc->nsections; i++)
		check->roles |= check->doc->sections[i].roles |
				1u << check->doc->sections[i].role;
	check->fields = knows_fields(check->doc);
	check->secrets->len = 0;
	pm_secrets_find(check->doc->src, check->secrets);
	pm_findings_reset(check->out);
	pm_findings_run(check);
}

static int work(struct pm_ctx *ctx, void *data, void *state, size_t item,
	struct pm_buf *out)
{
	struct job *job = data;
	struct worker *worker = state;
	size_t number = job->docs[item];
	struct pm_check check = {
		.ctx = ctx,
		.policy = job->policy,
		.reader = worker->reader,
		.snap = job->snap,
		.out = &worker->findings,
		.arena = &worker->arena,
		.anchors = worker->anchors,
		.secrets = &worker->secrets,
		.by_id = job->by_id,
	};
	int ret;

	pm_buf_reset(&worker->bytes);
	pm_arena_reset(&worker->arena);
	ret = pm_reader_doc(ctx, worker->reader, number, &worker->bytes, NULL);
	if (ret < 0) {
		put_unreadable(ctx, job, ret, out);
		return 0;
	}
	check.doc = parse(ctx, job, worker,
		pm_snapshot_doc(job->snap, number)->path, &check.tmpl);
	if (!check.doc) {
		pm_record_put_int(out, RECORD_FAILURE);
		pm_record_put_error(out, ctx);
		return 0;
	}
	judge(&check);
	pm_record_put_int(out, RECORD_FINDINGS);
	pm_findings_put(&worker->findings, &check, out);
	return 0;
}

static void count(struct pm_check_totals *totals, enum pm_level level)
{
	totals->errors += level == PM_LEVEL_ERROR;
	totals->warnings += level == PM_LEVEL_WARNING;
	totals->notes += level == PM_LEVEL_NOTE;
}

/* Hands on the findings of one record, in its order. */
static int emit(struct pm_ctx *ctx, struct job *job, size_t number,
	struct pm_slice bytes)
{
	const struct pm_snapshot_doc *doc = pm_snapshot_doc(job->snap, number);
	struct pm_finding finding = {
		.path = pm_slice_str(doc->path), .document = doc->id};
	struct pm_record record;
	size_t waived, n;

	pm_record_init(&record, bytes);
	if (pm_record_int(&record) != RECORD_FINDINGS)
		return pm_record_raise(ctx, &record);
	pm_findings_get_counts(&record, &waived, &n);
	job->totals->waived += waived;
	while (n-- > 0) {
		int ret = 0;

		if (!pm_findings_get(&record, &finding))
			return pm_fail(ctx, PM_ERROR,
				"cannot check '%s': a worker broke off",
				doc->path);
		count(job->totals, finding.level);
		if (job->opts->finding)
			ret = job->opts->finding(job->opts->data, &finding);
		if (ret)
			return ret;
	}
	return 0;
}

static int done(struct pm_ctx *ctx, void *data, size_t item,
	enum pm_pool_status status, struct pm_slice bytes)
{
	struct job *job = data;
	struct pm_buf record = PM_BUF_INIT;
	int ret;

	job->totals->documents++;
	if (status == PM_POOL_OK)
		return emit(ctx, job, job->docs[item], bytes);
	if (status == PM_POOL_FAILED)
		return pm_fail(ctx, PM_ERROR, "%.*s", PM_SLICE_ARG(bytes));
	put_unread(job, "document-too-complex",
		pm_slice_str(pm_pool_reason(status)), &record);
	ret = emit(ctx, job, job->docs[item], pm_buf_slice(&record));
	pm_buf_release(&record);
	return ret;
}

static int by_path(const void *a, const void *b, void *snap)
{
	return strcmp(pm_snapshot_doc(snap, *(const size_t *)a)->path,
		pm_snapshot_doc(snap, *(const size_t *)b)->path);
}

static int by_id(const void *a, const void *b, void *snap)
{
	size_t na = *(const size_t *)a, nb = *(const size_t *)b;
	int order = pm_slice_cmp(
		pm_snapshot_doc(snap, na)->id, pm_snapshot_doc(snap, nb)->id);

	if (order)
		return order;
	return na < nb ? -1 : na > nb;
}

/* Sorts numbers unless they are in order already, which most lists are. */
static void sort(struct pm_snapshot *snap, size_t *numbers, size_t n,
	int (*compare)(const void *, const void *, void *))
{
	for (size_t i = 1; i < n; i++) {
		if (compare(&numbers[i - 1], &numbers[i], snap) <= 0)
			continue;
		qsort_r(numbers, n, sizeof *numbers, compare, snap);
		return;
	}
}

/* The documents asked for, each once, and all of them by id. */
static void lay_out(struct job *job)
{
	size_t all = pm_snapshot_count(job->snap), n = 0;
	size_t asked = job->opts->docs ? job->opts->ndocs : all;

	job->by_id = pm_alloc(all + 1, sizeof *job->by_id);
	for (size_t i = 0; i < all; i++)
		job->by_id[i] = i;
	sort(job->snap, job->by_id, all, by_id);
	job->docs = pm_alloc(asked + 1, sizeof *job->docs);
	for (size_t i = 0; i < asked; i++)
		job->docs[i] = job->opts->docs ? job->opts->docs[i] : i;
	sort(job->snap, job->docs, asked, by_path);
	for (size_t i = 0; i < asked; i++)
		if (n == 0 || job->docs[i] != job->docs[n - 1])
			job->docs[n++] = job->docs[i];
	job->ndocs = n;
}

int pm_check_run(struct pm_ctx *ctx, struct pm_snapshot *snap,
	const struct pm_check_opts *opts, struct pm_check_totals *totals)
{
	struct job job = {
		.snap = snap,
		.policy = pm_snapshot_policy(snap),
		.opts = opts,
		.totals = totals,
	};
	struct pm_pool pool = {
		.data = &job, .start = start, .work = work, .done = done};
	int ret;

	*totals = (struct pm_check_totals){0};
	ret = pm_levels_init(ctx, &job.levels, job.policy);
	if (ret == 0) {
		lay_out(&job);
		pool.nitems = job.ndocs;
		ret = pm_pool_run(ctx, &pool);
	}
	pm_levels_release(&job.levels);
	free(job.docs);
	free(job.by_id);
	return ret;
}
