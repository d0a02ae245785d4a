/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pm adopt --convert. A worker reads the document, drafts its front matter and
 * reads the result once more: what does not say the same as before is not
 * written. The parent makes the edits, as for pm check --fix.
 */
#include "pm/convert.h"

#include "base/alloc.h"
#include "base/pool.h"
#include "base/secret.h"
#include "base/utf8.h"
#include "check/check.h"
#include "git/git.h"
#include "mend/convert.h"
#include "mend/private.h"
#include "pm/baseline.h"

enum outcome { OUTCOME_HAD, OUTCOME_LEFT, OUTCOME_CHANGED };

struct worker {
	struct pm_reader *reader;
	struct pm_arena arena, again;
	struct pm_buf bytes, text;
	struct pm_front_draft draft;
};

struct job {
	struct pm_mend mend;
	const struct pm_convert_opts *opts;
	struct pm_convert_result *result;
	PM_VEC(size_t) pms; /* documents that have pm's front matter now */
};

static int start(struct pm_ctx *ctx, void *data, void **out)
{
	struct job *job = data;
	struct worker *worker = pm_alloc(1, sizeof *worker);

	worker->arena = worker->again = (struct pm_arena){
		.limit = PM_DOC_ARENA_MOST, .full = pm_pool_leave_memory};
	worker->bytes = worker->text = (struct pm_buf)PM_BUF_INIT;
	worker->draft = (struct pm_front_draft){PM_BUF_INIT, PM_BUF_INIT};
	*out = worker;
	return pm_reader_new(ctx, job->mend.snap, &worker->reader);
}

/* The line end of the document's first line. */
static const char *eol_of(struct pm_slice src)
{
	ptrdiff_t end = pm_slice_find(src, 0, '\n');

	return end > 0 && src.ptr[end - 1] == '\r' ? "\r\n" : "\n";
}

/* Appends text with its line ends made those of the document. */
static void add_ended(struct pm_buf *out, struct pm_slice text, const char *eol)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '\n')
			pm_buf_adds(out, eol);
		else
			pm_buf_addc(out, text.ptr[i]);
	}
}

/* Makes the edits; false: the front matter that is there takes none. */
static bool make_edits(struct pm_edits *edits, const struct pm_doc *doc,
	struct pm_slice fields)
{
	bool marked = pm_slice_starts(doc->src, "\xef\xbb\xbf");
	const char *eol = eol_of(doc->src);
	struct pm_buf text = PM_BUF_INIT;
	bool ok = true;

	if (doc->has_front) {
		add_ended(&text, fields, eol);
		ok = pm_edits_add_fields(edits, pm_buf_slice(&text));
	} else {
		pm_buf_addf(&text, "---%s", eol);
		add_ended(&text, fields, eol);
		pm_buf_addf(&text, "---%s", eol);
		pm_edits_replace(edits, (struct pm_span){marked ? 3 : 0, 0},
			pm_buf_slice(&text));
	}
	pm_buf_release(&text);
	return ok;
}

/* Drafts, and reads what came of it; false: it would not say the same. */
static bool try(struct worker *worker, const struct pm_doc *doc,
	const struct pm_doc_opts *opts, enum pm_front_extent extent,
	struct pm_buf *record)
{
	struct pm_doc_opts again = *opts;
	struct pm_edits edits;
	struct pm_buf found = PM_BUF_INIT;
	bool ok;

	again.arena = &worker->again;
	pm_arena_reset(&worker->again);
	pm_buf_reset(&worker->text);
	pm_front_draft(doc, opts->policy, extent, &worker->draft);
	pm_edits_init(&edits, doc);
	ok = make_edits(&edits, doc, pm_buf_slice(&worker->draft.fields)) &&
	     pm_edits_apply(&edits, &worker->text) &&
	     pm_front_keeps(doc, pm_doc_parse_opts(doc->path,
					 pm_buf_slice(&worker->text), &again));
	if (ok)
		pm_edits_put(&edits, &found);
	pm_buf_add_slice(record, pm_buf_slice(&found));
	pm_buf_release(&found);
	pm_edits_release(&edits);
	return ok;
}

static void put_left(struct pm_buf *out, const char *why)
{
	pm_record_put_int(out, OUTCOME_LEFT);
	pm_record_put_str(out, pm_slice_str(why));
}

static void put_changed(struct pm_buf *out, const struct worker *worker,
	const struct pm_buf *edits)
{
	pm_record_put_int(out, OUTCOME_CHANGED);
	pm_record_put_str(out, pm_buf_slice(&worker->draft.words));
	pm_buf_add_slice(out, pm_buf_slice(edits));
}

/* Why front matter could not say what the document says, or NULL: of bytes
   that are not text, and of what is too large to be read, nothing is known. */
static const char *unreadable(const struct pm_doc *doc)
{
	size_t bad;

	for (size_t i = 0; i < doc->nproblems; i++)
		if (doc->problems[i].kind == PM_PROBLEM_ENCODING ||
			doc->problems[i].kind == PM_PROBLEM_TOO_COMPLEX)
			return doc->problems[i].message;
	if (!pm_utf8_valid(doc->id, &bad))
		return "its name is not UTF-8, and the id has to be the name";
	return NULL;
}

/* What pm cannot read of the front matter that is there, or else that it takes
   no more fields. */
static void put_no_room(struct pm_buf *out, const struct pm_doc *doc)
{
	const struct pm_problem *wrong = NULL;
	struct pm_buf text = PM_BUF_INIT;

	for (size_t i = doc->nproblems; i-- > 0;)
		if (doc->problems[i].kind == PM_PROBLEM_FRONT_SYNTAX)
			wrong = &doc->problems[i];
	if (wrong)
		pm_buf_addf(&text, "line %u: %s",
			pm_doc_pos(doc, wrong->span.off).line, wrong->message);
	if (wrong && wrong->hint)
		pm_buf_addf(&text, " (%s)", wrong->hint);
	pm_secrets_hide(text.ptr, text.len);
	put_left(out,
		wrong ? text.ptr
		: doc->has_front
			? "its front matter is not written as 'key: "
			  "value' lines that begin at the margin (write it "
			  "by hand: man pm-format)"
			: "with front matter of pm's it would not be read "
			  "as it is now (write it by hand: man pm-format)");
	pm_buf_release(&text);
}

static void convert(struct pm_ctx *ctx, struct worker *worker,
	const struct pm_doc *doc, const struct pm_doc_opts *opts,
	struct pm_buf *out)
{
	struct pm_buf edits = PM_BUF_INIT;
	const char *why = pm_front_foreign(ctx, worker->reader, doc);
	unsigned extent = 0;

	if (!why)
		why = unreadable(doc);

	if (doc->schema.key.len) {
		pm_record_put_int(out, OUTCOME_HAD);
		pm_record_put_str(out, pm_slice_make("", 0));
	} else if (why) {
		put_left(out, why);
	} else if (pm_check_is_unmerged(doc)) {
		put_left(out, "a merge conflict in it is not resolved");
	} else {
		while (extent < PM_FRONT_EXTENTS &&
			!try(worker, doc, opts, (enum pm_front_extent)extent,
				&edits))
			extent++;
		if (extent == PM_FRONT_EXTENTS)
			put_no_room(out, doc);
		else
			put_changed(out, worker, &edits);
	}
	pm_buf_release(&edits);
}

static size_t number_of(const struct job *job, size_t item)
{
	return job->opts->docs ? job->opts->docs[item] : item;
}

static int work(struct pm_ctx *ctx, void *data, void *state, size_t item,
	struct pm_buf *out)
{
	struct job *job = data;
	struct worker *worker = state;
	size_t number = number_of(job, item);
	struct pm_doc_opts opts = {
		.policy = pm_snapshot_policy(job->mend.snap),
		.arena = &worker->arena,
	};
	int ret;

	pm_buf_reset(&worker->bytes);
	pm_arena_reset(&worker->arena);
	ret = pm_reader_doc(ctx, worker->reader, number, &worker->bytes, NULL);
	if (ret < 0)
		return ret;
	convert(ctx, worker,
		pm_doc_parse_opts(pm_snapshot_doc(job->mend.snap, number)->path,
			pm_buf_slice(&worker->bytes), &opts),
		&opts, out);
	return 0;
}

/* --- in the parent ------------------------------------------------------- */

static void tell(
	struct job *job, const char *path, bool changed, struct pm_slice words)
{
	if (changed)
		job->result->changed++;
	else
		job->result->left++;
	if (job->opts->told)
		job->opts->told(
			job->opts->data, pm_slice_str(path), changed, words);
}

/* Writes the document, or shows what would be written. */
static int change(struct pm_ctx *ctx, struct job *job, size_t number,
	struct pm_record *record)
{
	const char *path = pm_snapshot_doc(job->mend.snap, number)->path;
	struct pm_buf old = PM_BUF_INIT, new = PM_BUF_INIT, text = PM_BUF_INIT;
	int ret = pm_mend_make(ctx, &job->mend, number, record, &old, &new);

	if (ret == 0 && !job->opts->dry_run)
		ret = pm_mend_write(ctx, &job->mend, number, pm_buf_slice(&old),
			pm_buf_slice(&new));
	if (ret == 0 && job->opts->diff)
		ret = pm_git_patch(ctx, path, pm_buf_slice(&old),
			pm_buf_slice(&new), &text);
	if (ret == 0 && job->opts->diff)
		job->opts->diff(job->opts->data, pm_buf_slice(&text));
	pm_buf_release(&old);
	pm_buf_release(&new);
	pm_buf_release(&text);
	return ret;
}

static int done(struct pm_ctx *ctx, void *data, size_t item,
	enum pm_pool_status status, struct pm_slice bytes)
{
	struct job *job = data;
	size_t number = number_of(job, item);
	const char *path = pm_snapshot_doc(job->mend.snap, number)->path;
	struct pm_record record;
	struct pm_slice words;
	int64_t outcome;
	int ret = 0;

	if (status != PM_POOL_OK) {
		tell(job, path, false,
			status == PM_POOL_FAILED
				? bytes
				: pm_slice_str(pm_pool_reason(status)));
		return 0;
	}
	pm_record_init(&record, bytes);
	outcome = pm_record_int(&record);
	words = pm_record_str(&record);
	if (outcome == OUTCOME_HAD)
		job->result->had++;
	if (outcome == OUTCOME_CHANGED)
		ret = change(ctx, job, number, &record);
	if (pm_mend_passes(ctx, ret)) {
		job->result->refused++;
		return 0;
	}
	if (ret == 0 && outcome != OUTCOME_LEFT && job->opts->baseline &&
		!job->opts->dry_run)
		*pm_vec_push(&job->pms) = number;
	if (ret == 0 && outcome != OUTCOME_HAD)
		tell(job, path, outcome == OUTCOME_CHANGED, words);
	return ret;
}

int pm_convert(struct pm_ctx *ctx, struct pm_snapshot *snap,
	const struct pm_convert_opts *opts, struct pm_convert_result *result)
{
	struct job job = {.opts = opts, .result = result};
	struct pm_pool pool = {
		.nitems = opts->docs ? opts->ndocs : pm_snapshot_count(snap),
		.data = &job,
		.start = start,
		.work = work,
		.done = done,
		.help = pm_snapshot_help,
		.help_data = snap,
	};
	struct pm_baseline_result baseline = {0};
	int ret = pm_mend_open(ctx, snap, &job.mend);

	*result = (struct pm_convert_result){0};
	if (ret == 0)
		ret = pm_pool_run(ctx, &pool);
	pm_mend_release(&job.mend);
	if (ret == 0 && job.pms.len)
		ret = pm_baseline_shrink(
			ctx, snap, job.pms.items, job.pms.len, &baseline);
	if (ret == PM_ENOTFOUND) {
		pm_ctx_clear(ctx);
		ret = 0;
	}
	result->gone = baseline.gone;
	result->held = baseline.held;
	pm_vec_release(&job.pms);
	return ret;
}
