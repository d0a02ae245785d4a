/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whole commands whose workers were taken over: the pool is replaced by one
 * that says the bytes of the input, whatever was asked. The first byte chooses
 * the command. Each comes to an end and says what is wrong, or goes on with
 * what it can believe; nothing is written to the work tree.
 *
 * Linked with --wrap=pm_pool_run.
 */
#include "fuzz_repo.h"

#include "base/pool.h"
#include "pm/adopt.h"
#include "pm/approve.h"
#include "pm/convert.h"
#include "pm/fix.h"
#include "pm/index.h"
#include "pm/review.h"
#include "pm/show.h"
#include "pm/status.h"

int __wrap_pm_pool_run(struct pm_ctx *ctx, const struct pm_pool *pool);
int __real_pm_pool_run(struct pm_ctx *ctx, const struct pm_pool *pool);

struct said {
	struct pm_slice bytes;
	bool on;
};

static struct said *said(void)
{
	static struct said one;

	return &one;
}

int __wrap_pm_pool_run(struct pm_ctx *ctx, const struct pm_pool *pool)
{
	int ret = 0;

	if (!said()->on)
		return __real_pm_pool_run(ctx, pool);
	for (size_t i = 0; i < pool->nitems && ret == 0; i++)
		ret = pool->done(ctx, pool->data, i, PM_POOL_OK, said()->bytes);
	return ret;
}

static int drop(void *data, struct pm_slice bytes)
{
	*(size_t *)data += bytes.len;
	return 0;
}

static int take_finding(void *data, const struct pm_finding *finding)
{
	FUZZ_CHECK(finding->rule && pm_level_name(finding->level));
	FUZZ_CHECK(pm_step_name(finding->step));
	++*(size_t *)data;
	return 0;
}

static int do_check(struct pm_ctx *ctx, struct pm_snapshot *snap)
{
	struct pm_check_opts opts = PM_CHECK_OPTS_INIT;
	struct pm_check_totals totals;
	size_t n = 0;

	opts.finding = take_finding;
	opts.data = &n;
	return pm_check_run(ctx, snap, &opts, &totals);
}

static int do_fix(struct pm_ctx *ctx, struct pm_snapshot *snap)
{
	struct pm_fix_opts opts = {.dry_run = true};
	struct pm_fix_result result;

	return pm_fix(ctx, snap, &opts, &result);
}

static void told(
	void *data, struct pm_slice path, bool changed, struct pm_slice words)
{
	(void)changed;
	FUZZ_CHECK(path.len > 0);
	*(size_t *)data += words.len;
}

static int do_convert(struct pm_ctx *ctx, struct pm_snapshot *snap)
{
	struct pm_convert_result result;
	size_t n = 0;
	struct pm_convert_opts opts = {
		.dry_run = true, .told = told, .data = &n};

	return pm_convert(ctx, snap, &opts, &result);
}

static int do_adopt(struct pm_ctx *ctx, struct pm_snapshot *snap)
{
	struct pm_adopt_opts opts = {.dry_run = true};
	struct pm_adopt_result result = {0};
	struct pm_repo *repo = fuzz_open(ctx);
	int ret;

	(void)snap;
	FUZZ_CHECK(repo != NULL);
	ret = pm_adopt(ctx, repo, &opts, &result);
	pm_adopt_result_release(&result);
	pm_repo_free(repo);
	return ret;
}

static int take_status(void *data, const struct pm_status_doc *doc)
{
	struct pm_buf out = PM_BUF_INIT;

	pm_status_text(&out, doc, false);
	FUZZ_CHECK(!memchr(out.ptr, '\033', out.len));
	pm_reminder_add(data, doc);
	pm_buf_release(&out);
	return 0;
}

static int do_status(struct pm_ctx *ctx, struct pm_snapshot *snap)
{
	struct pm_reminder *reminder = pm_reminder_new(NULL);
	struct pm_buf out = PM_BUF_INIT;
	int ret = pm_status_run(ctx, snap, NULL, 0, take_status, reminder);

	if (ret == 0) {
		pm_reminder_print(ctx, reminder, "mail", &out);
		FUZZ_CHECK(!memchr(out.ptr, '\033', out.len));
	}
	pm_reminder_free(reminder);
	pm_buf_release(&out);
	return ret;
}

static int do_show(struct pm_ctx *ctx, struct pm_snapshot *snap)
{
	size_t n = 0;
	struct pm_show_opts opts = {
		.report = {.format = "json", .sink = drop, .sink_data = &n}};

	return pm_show(ctx, snap, 0, &opts);
}

static int take_item(void *data, const struct pm_list_item *item)
{
	FUZZ_CHECK(item->id.len > 0);
	++*(size_t *)data;
	return 0;
}

static int take_result(void *data, const struct pm_search_result *result)
{
	FUZZ_CHECK(result->line >= 1);
	++*(size_t *)data;
	return 0;
}

/* An index that is made of what the workers say. */
static int do_index(struct pm_ctx *ctx, struct pm_snapshot *snap)
{
	struct pm_search_opts opts = {.limit = 5};
	struct pm_repo *repo = fuzz_open(ctx);
	struct pm_index *index = NULL;
	size_t n = 0;
	int ret;

	(void)snap;
	FUZZ_CHECK(repo != NULL);
	ret = pm_index_open(ctx, repo, PM_INDEX_REBUILD, &index);
	if (ret == 0)
		ret = pm_index_list(ctx, index, "", take_item, &n);
	if (ret >= 0)
		ret = pm_index_search(
			ctx, index, "a OR the", &opts, take_result, &n);
	pm_index_free(index);
	pm_repo_free(repo);
	return ret < 0 ? ret : 0;
}

static int do_review(struct pm_ctx *ctx, struct pm_snapshot *snap)
{
	struct pm_snapshot_opts old_opts = PM_SNAPSHOT_OPTS_INIT;
	struct pm_review_opts opts = PM_REVIEW_OPTS_INIT;
	struct pm_review_totals totals = {0};
	struct pm_repo *repo = fuzz_open(ctx);
	struct pm_snapshot *old = NULL;
	size_t n = 0;
	int ret;

	FUZZ_CHECK(repo != NULL);
	old_opts.kind = PM_SNAPSHOT_REVISION;
	old_opts.rev = "HEAD";
	opts.format = "json";
	opts.sink = drop;
	opts.sink_data = &n;
	ret = pm_snapshot_open(ctx, repo, &old_opts, &old);
	if (ret == 0)
		ret = pm_review_run(ctx, old, snap, &opts, &totals);
	pm_snapshot_free(old);
	pm_repo_free(repo);
	return ret;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int (*const commands[])(
		struct pm_ctx * ctx, struct pm_snapshot * snap) = {
		do_check,
		do_fix,
		do_convert,
		do_adopt,
		do_status,
		do_show,
		do_index,
		do_review,
	};
	static const struct pm_snapshot_opts opts = PM_SNAPSHOT_OPTS_INIT;
	struct pm_ctx *ctx = pm_ctx_new();
	struct pm_snapshot *snap = NULL;
	struct pm_repo *repo;

	if (!*fuzz_dir()) {
		fuzz_repo();
		fuzz_put("postmortems/2026/2026-10-02-new.md",
			pm_slice_str("# A new one\n\n## Impact\n\nSome.\n"));
	}
	ctx->now = 1795348800;
	repo = fuzz_open(ctx);
	FUZZ_CHECK(repo != NULL);
	FUZZ_CHECK(pm_snapshot_open(ctx, repo, &opts, &snap) == 0);
	if (size) {
		said()->bytes = pm_slice_make((const char *)data + 1, size - 1);
		said()->on = true;
		if (commands[data[0] % (sizeof commands / sizeof *commands)](
			    ctx, snap) < 0)
			FUZZ_CHECK(pm_ctx_error(ctx)->code < 0);
		said()->on = false;
	}
	pm_snapshot_free(snap);
	pm_repo_free(repo);
	pm_ctx_free(ctx);
	return 0;
}
