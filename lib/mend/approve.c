/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pm approve. The check comes first, then each document is parsed in a worker,
 * which says whether this person may approve it and what to write; only when
 * all may, the parent writes.
 */
#include "pm/approve.h"

#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "base/pool.h"
#include "check/check.h"
#include "mend/private.h"

/* What a worker says of a document. */
struct answer {
	enum pm_approve_outcome outcome;
	char digest[PM_DIGEST_FULL_SIZE];
	struct pm_buf record; /* it, whole; borrowed parts below */
	struct pm_slice edits;
};

struct job {
	struct pm_ctx *ctx;
	struct pm_snapshot *snap;
	const struct pm_approve_opts *opts;
	struct pm_buf by;
	size_t errors;
	PM_VEC(size_t) docs;           /* each once, in path order */
	PM_VEC(struct answer) answers; /* one for each of docs */
};

/* --- in the worker ---------------------------------------------------------
 */

/* An approval by this person of the present text that counts. */
static bool is_given(const struct pm_approval *one, const struct job *job,
	const char *digest)
{
	return one->valid && one->time.precision != PM_PRECISION_NONE &&
	       one->time.sec <= job->ctx->now &&
	       pm_slice_is(one->digest.text, digest);
}

/* The person's first approval that is no longer one; *given when one is. */
static const struct pm_approval *find_own(const struct pm_doc *doc,
	const struct job *job, const char *digest, bool *given)
{
	const struct pm_approval *own = NULL;
	struct pm_buf key = PM_BUF_INIT, other = PM_BUF_INIT;

	*given = false;
	pm_person_key(&key, pm_buf_slice(&job->by));
	for (size_t i = 0; i < doc->napprovals; i++) {
		const struct pm_approval *one = &doc->approvals[i];

		pm_buf_reset(&other);
		pm_person_key(&other, one->by.text);
		if (strcmp(key.ptr, other.ptr) != 0)
			continue;
		*given |= is_given(one, job, digest);
		if (!own)
			own = one;
	}
	pm_buf_release(&key);
	pm_buf_release(&other);
	return own;
}

static void put_now(struct pm_buf *out, const struct pm_ctx *ctx)
{
	struct pm_time now = {.sec = ctx->now,
		.precision = PM_PRECISION_MINUTE,
		.has_offset = true};

	pm_time_print(out, &now, PM_TIME_UTC);
}

static void put_item(
	struct pm_buf *out, const struct job *job, const char *digest)
{
	pm_buf_adds(out, "{by: ");
	pm_yaml_scalar(out, pm_buf_slice(&job->by));
	pm_buf_adds(out, ", at: ");
	put_now(out, job->ctx);
	pm_buf_adds(out, ", digest: ");
	pm_yaml_scalar(out, pm_slice_str(digest));
	pm_buf_addc(out, '}');
}

/* Takes the place of a stale approval: two values where both are written. */
static void renew(struct pm_edits *edits, const struct pm_approval *own,
	const struct job *job, const char *digest)
{
	struct pm_buf text = PM_BUF_INIT;

	if (own->at.span.len && own->digest.span.len) {
		put_now(&text, job->ctx);
		pm_edits_value(edits, &own->at, pm_buf_slice(&text));
		pm_edits_value(edits, &own->digest, pm_slice_str(digest));
	} else {
		put_item(&text, job, digest);
		pm_edits_replace(edits, own->span, pm_buf_slice(&text));
	}
	pm_buf_release(&text);
}

/* Who may not, and what is not ready, before anything is looked at. */
static int refuse(
	struct pm_ctx *ctx, const struct pm_doc *doc, const struct job *job)
{
	const struct pm_policy *policy = pm_snapshot_policy(job->snap);
	struct pm_slice person = pm_buf_slice(&job->by);

	if (doc->state == PM_STATUS_DRAFT)
		return pm_fail(ctx, PM_EINVALID,
			"'%s' is a draft and not ready to be approved (write "
			"'status: review' when it is)",
			doc->path);
	if (pm_policy_may_approve(policy, person, doc->owner.text))
		return 0;
	if (policy->approvers.len)
		return pm_fail(ctx, PM_EINVALID,
			"%s may not approve '%s': the policy does not name "
			"them among the approvers",
			job->by.ptr, doc->path);
	return pm_fail(ctx, PM_EINVALID,
		"%s owns '%s', and the owner does not approve their own "
		"document (ask somebody else, or name them under approvers in "
		"%s)",
		job->by.ptr, doc->path, PM_POLICY_PATH);
}

/* Puts outcome, digest and edits into the record. */
static int answer(struct pm_ctx *ctx, const struct pm_doc *doc,
	const struct job *job, struct pm_buf *out)
{
	enum pm_approve_outcome outcome = PM_APPROVE_NEW;
	char digest[PM_DIGEST_FULL_SIZE] = PM_DIGEST_PREFIX;
	const struct pm_approval *own;
	struct pm_buf item = PM_BUF_INIT;
	struct pm_edits edits;
	bool given, fits = true;

	pm_doc_digest(doc, digest + strlen(PM_DIGEST_PREFIX));
	own = find_own(doc, job, digest, &given);
	pm_edits_init(&edits, doc);
	put_item(&item, job, digest);
	if (given) {
		outcome = PM_APPROVE_ALREADY;
	} else if (own) {
		outcome = PM_APPROVE_RENEWED;
		renew(&edits, own, job, digest);
	} else {
		fits = pm_edits_append(
			&edits, "approvals", pm_buf_slice(&item));
	}
	if (fits) {
		pm_record_put_int(out, 0);
		pm_record_put_int(out, outcome);
		pm_record_put_str(out, pm_slice_str(digest));
		pm_edits_put(&edits, out);
	}
	pm_edits_release(&edits);
	pm_buf_release(&item);
	return fits ? 0
		    : pm_fail(ctx, PM_EINVALID,
			      "cannot write the approval into '%s': its front "
			      "matter is absent, cannot be read, is written in "
			      "brackets or holds no list under approvals (run "
			      "'pm check')",
			      doc->path);
}

static int judge(struct pm_ctx *ctx, const struct job *job, size_t number,
	struct pm_buf *out)
{
	struct pm_arena arena = {
		.limit = PM_DOC_ARENA_MOST, .full = pm_pool_leave_memory};
	struct pm_doc_opts opts = {
		.policy = pm_snapshot_policy(job->snap), .arena = &arena};
	struct pm_reader *reader = NULL;
	struct pm_buf bytes = PM_BUF_INIT;
	int ret = pm_reader_new(ctx, job->snap, &reader);

	if (ret == 0)
		ret = pm_reader_doc(ctx, reader, number, &bytes, NULL);
	if (ret == 0) {
		const struct pm_doc *doc = pm_doc_parse_opts(
			pm_snapshot_doc(job->snap, number)->path,
			pm_buf_slice(&bytes), &opts);

		ret = refuse(ctx, doc, job);
		if (ret == 0)
			ret = answer(ctx, doc, job, out);
	}
	pm_arena_release(&arena);
	pm_buf_release(&bytes);
	pm_reader_free(reader);
	return ret;
}

static int work(struct pm_ctx *ctx, void *data, void *worker, size_t item,
	struct pm_buf *out)
{
	const struct job *job = data;
	int ret = judge(ctx, job, job->docs.items[item], out);

	(void)worker;
	if (ret < 0) {
		pm_record_put_int(out, ret);
		pm_record_put_error(out, ctx);
	}
	return 0;
}

/* --- in the parent ---------------------------------------------------------
 */

static int done(struct pm_ctx *ctx, void *data, size_t item,
	enum pm_pool_status status, struct pm_slice bytes)
{
	struct job *job = data;
	struct answer *one;
	struct pm_record record;
	struct pm_slice digest;

	if (status != PM_POOL_OK)
		return pm_fail(ctx, PM_ELIMIT, "cannot read '%s': %s",
			pm_snapshot_doc(job->snap, job->docs.items[item])->path,
			pm_pool_reason(status));
	one = pm_vec_push(&job->answers);
	one->record = (struct pm_buf)PM_BUF_INIT;
	pm_buf_add_slice(&one->record, bytes);
	pm_record_init(&record, pm_buf_slice(&one->record));
	if (pm_record_int(&record) < 0)
		return pm_record_raise(ctx, &record);
	one->outcome = (enum pm_approve_outcome)pm_record_int_in(
		&record, 0, PM_APPROVE_ALREADY + 1);
	digest = pm_record_str(&record);
	if (record.bad || digest.len >= sizeof one->digest)
		return pm_fail(ctx, PM_ERROR, "a worker broke off");
	memcpy(one->digest, digest.ptr, digest.len);
	one->edits = record.rest;
	return 0;
}

/* An approval is what these ask for; a final document that was edited is in
   order again once somebody has read it. */
static bool asks_for_it(const struct pm_finding *finding)
{
	const struct pm_rule *rule = pm_rule_named(pm_slice_str(finding->rule));

	return rule && rule->approvable;
}

static int count_error(void *data, const struct pm_finding *finding)
{
	struct job *job = data;

	if (finding->level != PM_LEVEL_ERROR || asks_for_it(finding))
		return 0;
	job->errors++;
	return job->opts->finding
		       ? job->opts->finding(job->opts->finding_data, finding)
		       : 0;
}

static int check(struct pm_ctx *ctx, struct job *job)
{
	struct pm_check_opts opts = PM_CHECK_OPTS_INIT;
	struct pm_check_totals totals;
	int ret;

	if (job->opts->no_verify)
		return 0;
	opts.docs = job->docs.items;
	opts.ndocs = job->docs.len;
	opts.finding = count_error;
	opts.data = job;
	ret = pm_check_run(ctx, job->snap, &opts, &totals);
	if (ret < 0 || !job->errors)
		return ret;
	return pm_fail(ctx, PM_EINVALID,
		"not approved: %zu error%s (mend %s, or approve with "
		"--no-verify)",
		job->errors, pm_plural(job->errors),
		job->errors == 1 ? "it" : "them");
}

static int write_one(
	struct pm_ctx *ctx, struct job *job, struct pm_mend *mend, size_t i)
{
	const struct answer *one = &job->answers.items[i];
	size_t doc = job->docs.items[i];
	struct pm_buf old = PM_BUF_INIT, new = PM_BUF_INIT;
	struct pm_record record;
	int ret = 0;

	if (one->outcome != PM_APPROVE_ALREADY) {
		pm_record_init(&record, one->edits);
		ret = pm_mend_make(ctx, mend, doc, &record, &old, &new);
		if (ret == 0)
			ret = pm_mend_write(ctx, mend, doc, pm_buf_slice(&old),
				pm_buf_slice(&new));
	}
	pm_buf_release(&old);
	pm_buf_release(&new);
	return ret;
}

static void tell(const struct job *job, size_t i)
{
	const struct answer *one = &job->answers.items[i];
	const struct pm_snapshot_doc *doc =
		pm_snapshot_doc(job->snap, job->docs.items[i]);
	struct pm_approve_note note = {
		.path = doc->path,
		.id = doc->id,
		.by = job->by.ptr,
		.digest = one->digest,
		.outcome = one->outcome,
	};

	if (job->opts->done)
		job->opts->done(job->opts->data, &note);
}

static int write_all(struct pm_ctx *ctx, struct job *job, struct pm_mend *mend)
{
	int written = 0;

	for (size_t i = 0; i < job->answers.len; i++) {
		int ret = write_one(ctx, job, mend, i);

		if (ret < 0)
			return ret;
		written += job->answers.items[i].outcome != PM_APPROVE_ALREADY;
		tell(job, i);
	}
	return written;
}

static int by_number(const void *pa, const void *pb)
{
	size_t a = *(const size_t *)pa, b = *(const size_t *)pb;

	return a < b ? -1 : a > b;
}

/* Who names a document twice means it once. */
static void lay_out(struct job *job)
{
	size_t kept = 0;

	for (size_t i = 0; i < job->opts->ndocs; i++)
		*pm_vec_push(&job->docs) = job->opts->docs[i];
	if (job->docs.len > 1)
		qsort(job->docs.items, job->docs.len, sizeof(size_t),
			by_number);
	for (size_t i = 0; i < job->docs.len; i++)
		if (!kept || job->docs.items[i] != job->docs.items[kept - 1])
			job->docs.items[kept++] = job->docs.items[i];
	job->docs.len = kept;
}

int pm_approve(struct pm_ctx *ctx, struct pm_snapshot *snap,
	const struct pm_approve_opts *opts)
{
	struct job job = {
		.ctx = ctx, .snap = snap, .opts = opts, .by = PM_BUF_INIT};
	struct pm_pool pool = {
		.data = &job,
		.work = work,
		.done = done,
		.help = pm_snapshot_help,
		.help_data = snap,
	};
	struct pm_mend mend;
	int ret = pm_mend_open(ctx, snap, &mend);

	lay_out(&job);
	pool.nitems = job.docs.len;
	if (ret == 0)
		ret = pm_mend_who(ctx, snap, opts->by, &job.by);
	if (ret == 0)
		ret = pm_pool_run(ctx, &pool);
	if (ret == 0)
		ret = check(ctx, &job);
	if (ret == 0)
		ret = write_all(ctx, &job, &mend);
	for (size_t i = 0; i < job.answers.len; i++)
		pm_buf_release(&job.answers.items[i].record);
	pm_vec_release(&job.answers);
	pm_vec_release(&job.docs);
	pm_mend_release(&mend);
	pm_buf_release(&job.by);
	return ret;
}
