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
#include "base/path.h"
#include "base/pool.h"
#include "check/anchors.h"
#include "check/blame.h"
#include "check/job.h"

/* What a record begins with. */
enum { RECORD_FINDINGS, RECORD_FAILURE };

/* What belongs to one version of a document. */
struct version {
	struct pm_reader *reader;
	struct pm_arena arena;
	struct pm_buf bytes;
	struct pm_findings findings;
	struct pm_anchors *anchors;
	struct pm_secrets secrets;
};

struct worker {
	struct version now, before;
	struct pm_blames *blames;
	struct pm_map memo;
	bool *only;           /* for before.findings */
	struct pm_buf reason; /* why before cannot be read; empty: it can */
};

static size_t rule_number(const char *id)
{
	size_t i = 0;

	while (strcmp(pm_rule_entry(i)->info.id, id) != 0)
		i++;
	return i;
}

static int start_version(struct pm_ctx *ctx, struct pm_check_job *job,
	const struct pm_snapshot *snap, struct version *version)
{
	version->arena = (struct pm_arena){
		.limit = PM_DOC_ARENA_MOST, .full = pm_pool_leave_memory};
	version->bytes = (struct pm_buf)PM_BUF_INIT;
	version->findings.text = (struct pm_buf)PM_BUF_INIT;
	version->findings.levels = &job->levels;
	version->anchors = pm_anchors_new();
	return pm_reader_new(ctx, snap, &version->reader);
}

static int start(struct pm_ctx *ctx, void *data, void **out)
{
	struct pm_check_job *job = data;
	struct worker *worker = pm_alloc(1, sizeof *worker);
	int ret = start_version(ctx, job, job->snap, &worker->now);

	worker->blames = pm_blames_new(job->policy);
	worker->memo = (struct pm_map)PM_MAP_INIT;
	worker->reason = (struct pm_buf)PM_BUF_INIT;
	worker->only = pm_alloc(job->levels.len, sizeof *worker->only);
	if (ret == 0 && job->before)
		ret = start_version(ctx, job, job->before, &worker->before);
	*out = worker;
	return ret;
}

/* A finding about a document nobody could read, at its first line. */
static void put_unread(struct pm_check_job *job, const char *rule,
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
		found->step = pm_rule_entry(number)->info.step;
		found->start = found->end = (struct pm_pos){1, 1};
		found->message = message;
	}
	pm_record_put_int(out, RECORD_FINDINGS);
	pm_record_put_str(out, pm_slice_make("", 0));
	pm_findings_put(&findings, NULL, out);
	pm_vec_release(&findings.items);
}

/* True when a finding about a document that could not be read would be thrown
   away: a policy may be blind to odd bytes, never to bytes nobody saw. */
static bool hides_unread(const struct pm_check_job *job, int code)
{
	return code != PM_ELIMIT &&
	       pm_levels_worst(&job->levels,
		       rule_number("document-encoding")) == PM_LEVEL_OFF;
}

/* A document that the reader did not give: too large, gone, no regular file. */
static void put_unreadable(struct pm_ctx *ctx, struct pm_check_job *job,
	int code, struct pm_buf *out)
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

/* What becomes of a document that cannot be read: a finding, or an error. */
static int refuse(struct pm_ctx *ctx, struct pm_check_job *job,
	const char *path, int code, struct pm_buf *out)
{
	if (hides_unread(job, code))
		return pm_fail_prefix(ctx, "cannot check '%s'", path);
	/* Who mends hears of fixes only, and would miss these. */
	if (job->opts->fixes && code == PM_ERROR)
		return pm_fail_prefix(ctx, "cannot mend '%s'", path);
	put_unreadable(ctx, job, code, out);
	return 0;
}

/* Parses with the document's own template; NULL: an error. */
static struct pm_doc *parse(struct pm_ctx *ctx, struct worker *worker,
	struct version *version, const char *path, struct pm_check *check)
{
	struct pm_reader_place place = {ctx, worker->now.reader};
	struct pm_doc_opts opts = {
		.policy = check->policy,
		.arena = &version->arena,
		.memo = &worker->memo,
	};
	struct pm_doc *doc =
		pm_doc_parse_own(path, pm_buf_slice(&version->bytes), &opts,
			pm_reader_find_template, &place);

	check->tmpl = opts.tmpl;
	return doc;
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
	check->roles = 0;
	for (size_t i = 0; i < check->doc->nsections; i++)
		check->roles |= check->doc->sections[i].roles |
				1u << check->doc->sections[i].role;
	check->fields = knows_fields(check->doc);
	check->secrets->len = 0;
	pm_secrets_find(check->doc->src, check->secrets);
	pm_findings_reset(check->out);
	pm_findings_run(check);
}

/* --- the state before ---------------------------------------------------- */

/* The document's earlier blob, or NULL: there is none, or it is the same. */
static const struct pm_oid *find_base(const struct pm_check_job *job,
	const struct pm_check_item *item, const struct pm_oid *now)
{
	static const struct pm_oid none;
	const struct pm_oid *was;

	if (item->change)
		was = &item->change->old_oid;
	else
		was = pm_snapshot_staged(job->snap, item->number);
	if (memcmp(was, &none, sizeof none) == 0)
		return NULL;
	/* In another place the same text may be right or wrong. */
	if (item->change && item->change->kind == PM_CHANGE_RENAMED)
		return was;
	return memcmp(was, now, sizeof *was) ? was : NULL;
}

/*
 * Reads and parses the earlier version into check, a copy of the present one's.
 * Without it, for whatever reason, the document is judged by itself.
 */
static bool read_base(struct pm_ctx *ctx, const struct pm_check_item *item,
	struct worker *worker, const struct pm_oid *oid, struct pm_check *check)
{
	struct version *before = &worker->before;
	const char *path = check->doc->path;
	int ret;

	check->doc = NULL;
	pm_buf_reset(&before->bytes);
	pm_arena_reset(&before->arena);
	if (item->change && item->change->old_path)
		path = item->change->old_path;
	ret = pm_reader_blob(ctx, before->reader, oid, &before->bytes);
	if (ret == 0)
		check->doc = parse(ctx, worker, before, path, check);
	else if (ret != PM_ELIMIT)
		pm_buf_add_slice(&worker->reason,
			pm_buf_slice(&pm_ctx_error(ctx)->message));
	if (!check->doc)
		pm_ctx_clear(ctx);
	return check->doc != NULL;
}

/* Judges the earlier version by the rules that object to the present one, and
   marks what they said then, too. */
static void judge_before(
	struct pm_check_job *job, struct worker *worker, struct pm_check *was)
{
	struct pm_findings *now = &worker->now.findings;
	struct version *before = &worker->before;
	const struct pm_doc *doc = was->base;

	memset(worker->only, 0, job->levels.len * sizeof *worker->only);
	before->findings.only = worker->only;
	for (size_t i = 0; i < now->items.len; i++) {
		size_t rule = now->items.items[i].rule;

		worker->only[rule] = true;
		/* What is said of waivers depends on all other rules. */
		if (pm_rule_entry(rule)->after)
			before->findings.only = NULL;
	}
	if (job->opts->mended)
		before->findings.only = NULL;
	was->base = NULL;
	was->reader = before->reader;
	was->snap = job->before;
	was->out = &before->findings;
	was->arena = &before->arena;
	was->anchors = before->anchors;
	was->secrets = &before->secrets;
	was->by_id = NULL;
	judge(was);
	pm_findings_mark_old(now, doc, &before->findings, was->doc);
	pm_findings_keep_mended(&before->findings);
}

/* A document that keeps its id cannot come to share it by the change. */
static bool changes_id(
	const struct pm_check_job *job, const struct pm_check_item *item)
{
	const struct pm_change *change = item->change;

	if (!job->opts->changes)
		return true;
	if (!change || !change->old_path)
		return change != NULL;
	return !pm_slice_eq(pm_path_id(pm_slice_str(change->old_path)),
		pm_path_id(pm_slice_str(change->new_path)));
}

/* Judges the document, and says which of its findings are old. */
static void judge_both(struct pm_ctx *ctx, struct pm_check_job *job,
	struct worker *worker, const struct pm_check_item *item,
	const struct pm_oid *base, struct pm_check *check)
{
	struct pm_check was = *check;
	bool same = job->opts->changes && !item->change && !job->no_base;

	if (base && !read_base(ctx, item, worker, base, &was))
		base = NULL;
	if (base)
		check->base = was.doc;
	judge(check);
	if (job->opts->commit && !job->no_base)
		pm_findings_approving(check);
	if (!job->opts->changes || (!base && !same) ||
		(!worker->now.findings.items.len && !job->opts->mended))
		return;
	/* One that only speaks of others is the same before and after. */
	if (same)
		pm_arena_reset(&worker->before.arena);
	was.base = check->doc;
	judge_before(job, worker, &was);
}

/* Empties what the document before left. */
static void reset(struct worker *worker)
{
	pm_buf_reset(&worker->now.bytes);
	pm_buf_reset(&worker->reason);
	pm_arena_reset(&worker->now.arena);
	pm_findings_reset(&worker->before.findings);
}

/* The record of a document that was judged; emit reads it. */
static void put_judged(const struct pm_check_job *job, struct worker *worker,
	struct pm_check *check, struct pm_buf *out)
{
	pm_record_put_int(out, RECORD_FINDINGS);
	pm_record_put_str(out, pm_buf_slice(&worker->reason));
	pm_findings_put(&worker->now.findings, check, out);
	if (job->opts->mended)
		pm_findings_put(&worker->before.findings, NULL, out);
	if (job->opts->fixes)
		pm_fixes_put(check, out);
}

static int work(struct pm_ctx *ctx, void *data, void *state, size_t number,
	struct pm_buf *out)
{
	struct pm_check_job *job = data;
	struct worker *worker = state;
	struct version *now = &worker->now;
	const struct pm_check_item *item = &job->items.items[number];
	struct pm_check check = {
		.ctx = ctx,
		.policy = job->policy,
		.reader = now->reader,
		.snap = job->snap,
		.out = &now->findings,
		.arena = &now->arena,
		.anchors = now->anchors,
		.secrets = &now->secrets,
		.blames = worker->blames,
		.by_id = job->by_id,
		.ids = changes_id(job, item),
	};
	const struct pm_oid *base = NULL;
	const char *path = pm_snapshot_doc(job->snap, item->number)->path;
	bool compares = job->before && !job->no_base;
	struct pm_doc *doc;
	struct pm_oid oid;
	int ret;

	reset(worker);
	ret = pm_reader_doc(ctx, now->reader, item->number, &now->bytes,
		compares ? &oid : NULL);
	if (ret < 0)
		return refuse(ctx, job, path, ret, out);
	doc = parse(ctx, worker, now, path, &check);
	if (!doc) {
		pm_record_put_int(out, RECORD_FAILURE);
		pm_record_put_error(out, ctx);
		return 0;
	}
	if (job->opts->ahead && doc->state != PM_STATUS_FINAL)
		doc->state++;
	check.doc = doc;
	if (compares && (item->change || job->own_changes))
		base = find_base(job, item, &oid);
	judge_both(ctx, job, worker, item, base, &check);
	put_judged(job, worker, &check, out);
	return 0;
}

/* --- results ------------------------------------------------------------- */

/* Counts a finding; false when it is not to be handed on. */
static bool count(struct pm_ctx *ctx, struct pm_check_job *job,
	struct pm_finding *finding)
{
	struct pm_check_totals *totals = job->totals;

	if (job->baseline && pm_baseline_holds(ctx, job->baseline, finding)) {
		totals->held++;
		return false;
	}
	if (finding->old && !job->opts->old) {
		totals->old++;
		return false;
	}
	if (finding->old)
		finding->level = PM_LEVEL_NOTE;
	totals->errors += finding->level == PM_LEVEL_ERROR;
	totals->warnings += finding->level == PM_LEVEL_WARNING;
	totals->notes += finding->level == PM_LEVEL_NOTE;
	return true;
}

/* Hands a finding on, at once or with the worst of all. */
static int hand_on(struct pm_check_job *job, const struct pm_finding *finding)
{
	if (!job->opts->finding)
		return 0;
	if (!job->worst)
		return job->opts->finding(job->opts->data, finding);
	pm_worst_add(job->worst, finding);
	return 0;
}

/* Hands on the findings of one list; mended: of the earlier version. */
static int emit_list(struct pm_ctx *ctx, struct pm_check_job *job,
	const char *path, struct pm_record *record, struct pm_finding *finding)
{
	size_t waived, n;

	pm_findings_get_counts(record, &waived, &n);
	if (!finding->mended)
		job->totals->waived += waived;
	if (job->baseline && !finding->mended) {
		job->baseline->said = *record;
		job->baseline->nsaid = n;
	}
	while (n-- > 0) {
		int ret = 0;

		if (!pm_findings_get(record, finding))
			return pm_fail(ctx, PM_ERROR,
				"cannot check '%s': a worker broke off", path);
		if (finding->mended || count(ctx, job, finding))
			ret = hand_on(job, finding);
		if (ret)
			return ret;
	}
	return 0;
}

/* Hands on the findings of one record, in its order. */
static int emit(struct pm_ctx *ctx, struct pm_check_job *job, size_t number,
	struct pm_slice bytes)
{
	const struct pm_snapshot_doc *doc = pm_snapshot_doc(job->snap, number);
	struct pm_finding finding = {
		.path = pm_slice_str(doc->path), .document = doc->id};
	struct pm_record record;
	struct pm_slice reason;
	int ret;

	pm_record_init(&record, bytes);
	if (pm_record_int(&record) != RECORD_FINDINGS)
		return pm_record_raise(ctx, &record);
	reason = pm_record_str(&record);
	if (reason.len)
		pm_notice(ctx,
			"cannot read '%s' as it was before, so all its "
			"findings count as new: %.*s",
			doc->path, PM_SLICE_ARG(reason));
	ret = emit_list(ctx, job, doc->path, &record, &finding);
	/* What nobody could read has no second list. */
	if (ret == 0 && job->opts->mended && record.rest.len) {
		finding.mended = true;
		finding.source = pm_slice_make("", 0);
		ret = emit_list(ctx, job, doc->path, &record, &finding);
	}
	if (ret == 0 && job->opts->fixes && record.rest.len)
		ret = job->opts->fixes(job->opts->data, number, record.rest);
	return ret;
}

static int done_one(struct pm_ctx *ctx, void *data, size_t number,
	enum pm_pool_status status, struct pm_slice bytes)
{
	struct pm_check_job *job = data;
	size_t doc = job->items.items[number].number;
	struct pm_buf record = PM_BUF_INIT;
	int ret;

	if (status == PM_POOL_OK)
		return emit(ctx, job, doc, bytes);
	if (status == PM_POOL_FAILED)
		return pm_fail(ctx, PM_ERROR, "%.*s", PM_SLICE_ARG(bytes));
	put_unread(job, "document-too-complex",
		pm_slice_str(pm_pool_reason(status)), &record);
	ret = emit(ctx, job, doc, pm_buf_slice(&record));
	pm_buf_release(&record);
	return ret;
}

/*
 * True when the earlier version of a document may have been read with it: then
 * that may be what broke the worker, and one that mends it is not to blame.
 */
static bool may_have_base(struct pm_ctx *ctx, const struct pm_check_job *job,
	const struct pm_check_item *item)
{
	struct pm_reader *reader;
	struct pm_oid oid;
	int known;

	if (!job->before || job->no_base)
		return false;
	if (item->change)
		return item->change->old_path != NULL;
	if (!job->own_changes || pm_reader_new(ctx, job->snap, &reader) < 0)
		return false;
	known = pm_reader_known(ctx, reader, item->number, &oid);
	pm_reader_free(reader);
	pm_ctx_clear(ctx);
	return known == 0;
}

/* Judges one document once more, without its earlier version. */
static int again(struct pm_ctx *ctx, struct pm_check_job *job, size_t number)
{
	struct pm_check_job one = *job;
	struct pm_pool pool = {
		.nitems = 1,
		.data = &one,
		.start = start,
		.work = work,
		.done = done_one,
		.help = pm_snapshot_help,
		.help_data = job->snap,
	};

	one.items.items = &job->items.items[number];
	one.items.len = 1;
	one.no_base = true;
	return pm_pool_run(ctx, &pool);
}

static int done(struct pm_ctx *ctx, void *data, size_t number,
	enum pm_pool_status status, struct pm_slice bytes)
{
	struct pm_check_job *job = data;

	job->totals->documents++;
	if (status != PM_POOL_OK && status != PM_POOL_FAILED &&
		may_have_base(ctx, job, &job->items.items[number]))
		return again(ctx, job, number);
	return done_one(ctx, data, number, status, bytes);
}

/* What holds findings back: the caller's, or the state's own, or nothing. */
static int open_baseline(struct pm_ctx *ctx, void *data)
{
	struct pm_check_job *job = data;

	job->baseline = job->opts->baseline;
	if (job->baseline || job->opts->no_baseline)
		return 0;
	return pm_baseline_load(ctx, job->snap, &job->baseline);
}

int pm_check_run(struct pm_ctx *ctx, struct pm_snapshot *snap,
	const struct pm_check_opts *opts, struct pm_check_totals *totals)
{
	struct pm_worst worst = {.most = opts->most};
	struct pm_check_job job = {
		.snap = snap,
		.policy = pm_snapshot_policy(snap),
		.opts = opts,
		.totals = totals,
		.no_base = opts->ahead,
		.worst = opts->most ? &worst : NULL,
	};
	struct pm_pool pool = {
		.data = &job,
		.start = start,
		.work = work,
		.begin = open_baseline,
		.done = done,
		.help = pm_snapshot_help,
		.help_data = snap,
	};
	int ret;

	*totals = (struct pm_check_totals){0};
	ret = pm_levels_init(ctx, &job.levels, job.policy);
	if (ret == 0)
		ret = pm_check_select(ctx, &job);
	pool.nitems = job.items.len;
	if (ret == 0)
		ret = pm_pool_run(ctx, &pool);
	if (ret == 0 && job.worst)
		ret = pm_worst_hand_on(&worst, opts->finding, opts->data);
	totals->cut = worst.seen - worst.kept;
	pm_worst_release(&worst);
	if (job.baseline && !opts->docs && !opts->changes)
		totals->gone =
			pm_baseline_unused(ctx, job.baseline, &totals->lost);
	if (job.baseline != opts->baseline)
		pm_baseline_free(job.baseline);
	pm_levels_release(&job.levels);
	pm_vec_release(&job.items);
	pm_vec_release(&job.lost);
	free(job.by_id);
	if (!opts->changes) {
		pm_changes_free(job.changes);
		pm_snapshot_free(job.before);
	}
	return ret;
}
