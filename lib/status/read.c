/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The facts of documents, read in workers: who owns it, what status, until
 * when the next, and its actions. A document that cannot be read has none;
 * what is wrong with it the check says.
 */

#include "base/alloc.h"
#include "base/pool.h"
#include "base/secret.h"
#include "doc/doc.h"
#include "status/private.h"

struct job {
	struct pm_snapshot *snap;
	const size_t *docs;
	struct pm_arena *arena;
	struct pm_status_facts *facts;
};

struct worker {
	struct pm_reader *reader;
	struct pm_arena arena;
	struct pm_buf bytes;
	struct pm_map memo;
};

static int start(struct pm_ctx *ctx, void *data, void **out)
{
	struct job *job = data;
	struct worker *worker = pm_alloc(1, sizeof *worker);

	worker->arena = (struct pm_arena){
		.limit = PM_DOC_ARENA_MOST, .full = pm_pool_leave_memory};
	worker->bytes = (struct pm_buf)PM_BUF_INIT;
	worker->memo = (struct pm_map)PM_MAP_INIT;
	*out = worker;
	return pm_reader_new(ctx, job->snap, &worker->reader);
}

/*
 * Until when the document has to be in its next status; 0: no such day. As in
 * the rule review-overdue: from resolved alone, since an incident that is not
 * over has no deadline yet, and a draft without a day for its review still has
 * that of the whole.
 */
static int64_t deadline(
	const struct pm_policy *policy, const struct pm_doc *doc)
{
	const struct pm_moment_value *over = &doc->times[PM_MOMENT_RESOLVED];
	const struct pm_severity *severity =
		pm_policy_severity(policy, doc->severity.text);
	struct pm_date day;
	unsigned days;

	if (!severity || doc->state == PM_STATUS_FINAL || !over->valid ||
		over->time.precision == PM_PRECISION_NONE)
		return 0;
	days = severity->final_days;
	if (doc->state == PM_STATUS_DRAFT && severity->review_days)
		days = severity->review_days;
	return pm_policy_deadline(policy,
		       pm_time_date(over->time.sec, over->time.offset_min),
		       days, &day)
		       ? pm_date_to_days(day)
		       : 0;
}

static void put_person(struct pm_buf *out, struct pm_slice person)
{
	struct pm_buf text = PM_BUF_INIT;

	if (pm_doc_names_person(person))
		pm_person_print(&text, person);
	pm_record_put_str(out, pm_buf_slice(&text));
	pm_buf_release(&text);
}

/*
 * Whose approval a document in review waits for: of everybody whom the policy
 * names, as long as one is missing. Where it names nobody there is nobody to
 * be asked, and the owner has to find somebody.
 */
static void put_approvers(struct pm_ctx *ctx, struct pm_arena *arena,
	const struct pm_policy *policy, const struct pm_doc *doc,
	struct pm_buf *out)
{
	const struct pm_names *approvers = &policy->approvers;
	const struct pm_severity *severity =
		pm_policy_severity(policy, doc->severity.text);
	enum pm_approval_standing *standing =
		pm_arena_alloc(arena, doc->napprovals + 1, sizeof *standing);
	size_t asked = severity && doc->state == PM_STATUS_REVIEW
			       ? severity->approvals
			       : 0;

	if (asked && pm_doc_approvals(doc, policy, ctx->now, standing) >= asked)
		asked = 0;
	for (size_t i = 0; asked && i < approvers->len; i++)
		if (!pm_doc_approved_by(doc, standing, approvers->items[i]))
			put_person(out, pm_slice_str(approvers->items[i]));
	/* No person has an empty name: the end. */
	pm_record_put_str(out, pm_slice_make("", 0));
}

static void put_pos(struct pm_buf *out, struct pm_pos pos)
{
	pm_record_put_int(out, pos.line);
	pm_record_put_int(out, pos.col);
}

static struct pm_pos take_pos(struct pm_record *record)
{
	struct pm_pos pos = {.line = (unsigned)pm_record_int(record)};

	pos.col = (unsigned)pm_record_int(record);
	return pos;
}

static void put_action(struct pm_buf *out, const struct pm_doc *doc,
	const struct pm_action *action)
{
	struct pm_buf name = PM_BUF_INIT;

	put_pos(out, pm_doc_pos(doc, action->span.off));
	put_pos(out, pm_doc_pos(doc, action->span.off + action->span.len));
	pm_record_put_int(out, action->line);
	pm_record_put_int(out, action->state == PM_ACTION_OPEN ||
				       action->state == PM_ACTION_IN_PROGRESS ||
				       action->state == PM_ACTION_PROPOSED);
	put_person(out, action->owner.text);
	if (action->id.text.len)
		pm_buf_addf(&name, "%.*s ", PM_SLICE_ARG(action->id.text));
	pm_buf_add_slice(&name, action->title.text);
	pm_record_put_str(out, pm_buf_slice(&name));
	pm_buf_release(&name);
	pm_record_put_int(out,
		action->due_date.year ? pm_date_to_days(action->due_date) : 0);
}

static int work(struct pm_ctx *ctx, void *data, void *state, size_t item,
	struct pm_buf *out)
{
	struct job *job = data;
	struct worker *worker = state;
	const struct pm_policy *policy = pm_snapshot_policy(job->snap);
	struct pm_doc_opts opts = {.policy = policy,
		.arena = &worker->arena,
		.memo = &worker->memo};
	size_t number = job->docs[item];
	const char *path = pm_snapshot_doc(job->snap, number)->path;
	const struct pm_doc *doc;

	pm_buf_reset(&worker->bytes);
	pm_arena_reset(&worker->arena);
	if (pm_reader_doc(ctx, worker->reader, number, &worker->bytes, NULL) <
		0) {
		pm_ctx_clear(ctx);
		return 0;
	}
	doc = pm_doc_parse_opts(path, pm_buf_slice(&worker->bytes), &opts);
	/* An approval is for every byte; the rest names people and titles: a
	   secret among them keeps its length and its place, and is shown to
	   nobody. */
	put_approvers(ctx, &worker->arena, policy, doc, out);
	if (pm_secrets_hide(worker->bytes.ptr, worker->bytes.len))
		doc = pm_doc_parse_opts(
			path, pm_buf_slice(&worker->bytes), &opts);
	pm_record_put_str(out, doc->name);
	pm_record_put_str(out, doc->severity.text);
	put_person(out, doc->owner.text);
	pm_record_put_int(out, doc->state);
	pm_record_put_int(out, deadline(policy, doc));
	pm_record_put_int(out, (int64_t)doc->nactions);
	for (size_t i = 0; i < doc->nactions; i++)
		put_action(out, doc, &doc->actions[i]);
	return 0;
}

static struct pm_slice take_text(
	struct pm_arena *arena, struct pm_record *record)
{
	return pm_arena_slice(arena, pm_record_str(record));
}

/* The days of the years 0 to 9999, counted from 1970. */
enum { DAYS_LEAST = -719528, DAYS_END = 2932897 };

static struct pm_date take_day(struct pm_record *record)
{
	int64_t days = pm_record_int_in(record, DAYS_LEAST, DAYS_END);

	return days ? pm_date_from_days(days) : (struct pm_date){0};
}

static void take_facts(struct pm_arena *arena, struct pm_record *record,
	struct pm_status_facts *facts)
{
	struct pm_slice person;
	int64_t n;

	while ((person = take_text(arena, record)).len) {
		facts->approvers = pm_arena_grow(arena, facts->approvers,
			facts->napprovers, sizeof person);
		facts->approvers[facts->napprovers++] = person;
	}
	facts->title = take_text(arena, record);
	facts->severity = take_text(arena, record);
	facts->owner = take_text(arena, record);
	facts->state =
		(enum pm_status)pm_record_int_in(record, 0, PM_STATUS_COUNT);
	facts->deadline = take_day(record);
	for (n = pm_record_int(record); n > 0 && !record->bad; n--) {
		struct pm_status_action *action;

		facts->actions = pm_arena_grow(
			arena, facts->actions, facts->nactions, sizeof *action);
		action = &facts->actions[facts->nactions++];
		action->start = take_pos(record);
		action->end = take_pos(record);
		action->line = (unsigned)pm_record_int(record);
		action->open = pm_record_int(record) != 0;
		action->owner = take_text(arena, record);
		action->name = take_text(arena, record);
		action->due = take_day(record);
	}
	facts->read = !record->bad;
}

static int done(struct pm_ctx *ctx, void *data, size_t item,
	enum pm_pool_status status, struct pm_slice bytes)
{
	struct job *job = data;
	struct pm_record record;

	if (status == PM_POOL_FAILED)
		return pm_fail(ctx, PM_ERROR, "%.*s", PM_SLICE_ARG(bytes));
	/* Of the others the check says what is wrong with the document. */
	if (pm_pool_excused(status))
		pm_notice(ctx, "nothing is known of '%s': %s",
			pm_snapshot_doc(job->snap, job->docs[item])->path,
			pm_pool_reason(status));
	if (status != PM_POOL_OK || !bytes.len)
		return 0;
	pm_record_init(&record, bytes);
	take_facts(job->arena, &record, &job->facts[item]);
	return 0;
}

int pm_status_read(struct pm_ctx *ctx, struct pm_snapshot *snap,
	const size_t *docs, size_t n, struct pm_arena *arena,
	struct pm_status_facts *facts)
{
	struct job job = {snap, docs, arena, facts};
	struct pm_pool pool = {
		.nitems = n,
		.data = &job,
		.start = start,
		.work = work,
		.done = done,
		.help = pm_snapshot_help,
		.help_data = snap,
	};

	return pm_pool_run(ctx, &pool);
}
