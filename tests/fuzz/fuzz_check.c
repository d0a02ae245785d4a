/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every rule over any document, and what --fix makes of it. A finding has
 * words and a place that exists, and comes back from the record it travels in;
 * mending comes to an end.
 */
#include "fuzz_repo.h"

#include "check/anchors.h"
#include "check/blame.h"
#include "check/private.h"
#include "pm/snapshot.h"

/* Several slips of YAML in one document are mended one after the other. */
enum { SIZE_MAX_INPUT = 4096, ROUNDS = 40 };

/* What a worker keeps from one document to the next. */
struct worker {
	struct pm_ctx *ctx;
	struct pm_repo *repo;
	struct pm_snapshot *snap;
	struct pm_reader *reader;
	struct pm_levels levels;
	struct pm_blames *blames;
	struct pm_anchors *anchors;
};

static struct worker *worker(void)
{
	static struct worker w;
	static const struct pm_snapshot_opts opts = PM_SNAPSHOT_OPTS_INIT;

	if (w.ctx)
		return &w;
	fuzz_repo();
	w.ctx = pm_ctx_new();
	w.ctx->now = 1795348800;
	w.repo = fuzz_open(w.ctx);
	FUZZ_CHECK(pm_snapshot_open(w.ctx, w.repo, &opts, &w.snap) == 0);
	FUZZ_CHECK(pm_reader_new(w.ctx, w.snap, &w.reader) == 0);
	FUZZ_CHECK(pm_levels_init(
			   w.ctx, &w.levels, pm_snapshot_policy(w.snap)) == 0);
	w.blames = pm_blames_new(pm_snapshot_policy(w.snap));
	w.anchors = pm_anchors_new();
	return &w;
}

static void check_records(struct pm_check *check)
{
	struct pm_buf bytes = PM_BUF_INIT;
	struct pm_pos end = pm_doc_pos(check->doc, check->doc->src.len);
	struct pm_record record;
	struct pm_finding finding = {0};
	size_t waived, n;

	pm_findings_put(check->out, check, &bytes);
	pm_record_init(&record, pm_buf_slice(&bytes));
	pm_findings_get_counts(&record, &waived, &n);
	FUZZ_CHECK(n == check->out->items.len && waived == check->out->waived);
	for (size_t i = 0; i < n; i++) {
		const struct pm_found *found = &check->out->items.items[i];

		FUZZ_CHECK(pm_findings_get(&record, &finding));
		FUZZ_CHECK(finding.message.len > 0);
		FUZZ_CHECK(!memchr(
			finding.message.ptr, '\0', finding.message.len));
		FUZZ_CHECK(finding.start.line >= 1 && finding.start.col >= 1);
		FUZZ_CHECK(finding.start.line <= end.line);
		FUZZ_CHECK(finding.end.line >= finding.start.line);
		FUZZ_CHECK(finding.level != PM_LEVEL_OFF);
		FUZZ_CHECK(pm_slice_eq(finding.message, found->message));
		FUZZ_CHECK(finding.start.line == found->start.line);
	}
	FUZZ_CHECK(pm_record_done(&record));
	pm_buf_release(&bytes);
}

/* Makes the fixes, appends the new document; returns how many there were. */
static size_t mend(struct pm_check *check, struct pm_buf *out)
{
	struct pm_buf bytes = PM_BUF_INIT;
	struct pm_record record;
	struct pm_fixed fixed;
	size_t n = 0;

	pm_fixes_put(check, &bytes);
	pm_record_init(&record, pm_buf_slice(&bytes));
	if (bytes.len) {
		n = pm_fixes_get_count(&record);
		FUZZ_CHECK(n > 0);
		for (size_t i = 0; i < n; i++) {
			FUZZ_CHECK(pm_fixes_get(&record, &fixed));
			FUZZ_CHECK(fixed.rule && fixed.message.len > 0);
		}
		FUZZ_CHECK(pm_edits_replay(&record, check->doc->src, out) == 0);
	}
	pm_buf_release(&bytes);
	return n;
}

/* As the engine sees it: an absent field is missing, not unread. */
static bool knows_fields(const struct pm_doc *doc)
{
	if (doc->schema.text.len || doc->front_id.text.len ||
		doc->title.text.len || doc->kind.text.len ||
		doc->status.text.len || doc->severity.text.len)
		return true;
	for (size_t i = 0; i < doc->nproblems; i++)
		if (doc->problems[i].kind == PM_PROBLEM_FRONT_SYNTAX)
			return false;
	return doc->has_front;
}

/* Judges text as a worker of pm check does; the fixed text goes to out. */
static size_t judge(struct pm_slice text, struct pm_buf *out)
{
	struct worker *w = worker();
	struct pm_arena arena = PM_ARENA_INIT;
	struct pm_secrets secrets = {NULL, 0, 0};
	struct pm_findings findings = {
		.levels = &w->levels, .text = PM_BUF_INIT};
	struct pm_slice none = {NULL, 0};
	struct pm_check check = {
		.ctx = w->ctx,
		.policy = pm_snapshot_policy(w->snap),
		.tmpl = pm_reader_template(w->ctx, w->reader, none),
		.reader = w->reader,
		.snap = w->snap,
		.out = &findings,
		.arena = &arena,
		.anchors = w->anchors,
		.blames = w->blames,
		.secrets = &secrets,
	};
	struct pm_doc_opts opts = {
		.policy = check.policy, .tmpl = check.tmpl, .arena = &arena};
	size_t fixes;

	check.doc = pm_doc_parse_opts(FUZZ_DOC, text, &opts);
	for (size_t i = 0; i < check.doc->nsections; i++)
		check.roles |= check.doc->sections[i].roles |
			       1u << check.doc->sections[i].role;
	check.fields = knows_fields(check.doc);
	pm_secrets_find(check.doc->src, &secrets);
	pm_findings_run(&check);
	check_records(&check);
	fixes = mend(&check, out);
	pm_secrets_release(&secrets);
	pm_vec_release(&findings.items);
	pm_buf_release(&findings.text);
	pm_arena_release(&arena);
	return fixes;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pm_slice text = pm_slice_make((const char *)data, size);
	struct pm_buf old = PM_BUF_INIT, new = PM_BUF_INIT;
	unsigned rounds = 0;

	if (size > SIZE_MAX_INPUT)
		return 0;
	pm_buf_add_slice(&old, text);
	while (judge(pm_buf_slice(&old), &new) && rounds++ < ROUNDS) {
		if (pm_slice_eq(pm_buf_slice(&old), pm_buf_slice(&new)))
			break;
		pm_buf_reset(&old);
		pm_buf_add_slice(&old, pm_buf_slice(&new));
		pm_buf_reset(&new);
	}
	FUZZ_CHECK(rounds <= ROUNDS);
	pm_buf_release(&old);
	pm_buf_release(&new);
	return 0;
}
