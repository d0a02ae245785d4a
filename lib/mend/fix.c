/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pm check --fix. The check runs as always, in workers; with its findings
 * each sends what its rules can mend. A document whose edits want the same
 * bytes is left to the next run.
 */
#include "pm/fix.h"

#include "base/secret.h"
#include "check/check.h"
#include "git/git.h"
#include "mend/private.h"

struct run {
	struct pm_ctx *ctx;
	struct pm_mend mend;
	const struct pm_fix_opts *opts;
	struct pm_fix_result *result;
};

/* Lines around a change may hold a secret: none is shown. */
static int tell_diff(struct run *run, const char *path, struct pm_buf *old,
	struct pm_buf *new)
{
	struct pm_buf text = PM_BUF_INIT;
	int ret;

	if (!run->opts->diff)
		return 0;
	pm_secrets_hide(old->ptr, old->len);
	pm_secrets_hide(new->ptr, new->len);
	ret = pm_git_patch(
		run->ctx, path, pm_buf_slice(old), pm_buf_slice(new), &text);
	if (ret == 0)
		run->opts->diff(run->opts->data, pm_buf_slice(&text));
	pm_buf_release(&text);
	return ret;
}

/* Tells what the record says of each fix, from its beginning on. */
static void tell_fixes(
	struct run *run, const char *path, struct pm_slice record)
{
	struct pm_record again;
	struct pm_fixed fixed;
	size_t n;

	pm_record_init(&again, record);
	for (n = pm_fixes_get_count(&again); n > 0; n--) {
		struct pm_fix_note note = {.path = pm_slice_str(path)};

		if (!pm_fixes_get(&again, &fixed))
			return;
		note.rule = fixed.rule;
		note.pos = fixed.pos;
		note.message = fixed.message;
		run->result->fixes++;
		if (run->opts->fixed)
			run->opts->fixed(run->opts->data, &note);
	}
}

/* Leaves the record at the edits. */
static void skip_fixes(struct pm_record *record)
{
	struct pm_fixed fixed;

	for (size_t n = pm_fixes_get_count(record); n > 0; n--)
		if (!pm_fixes_get(record, &fixed))
			return;
}

static int fix_one(void *data, size_t doc, struct pm_slice bytes)
{
	struct run *run = data;
	const char *path = pm_snapshot_doc(run->mend.snap, doc)->path;
	struct pm_buf old = PM_BUF_INIT, new = PM_BUF_INIT;
	struct pm_record record;
	int ret;

	pm_record_init(&record, bytes);
	skip_fixes(&record);
	ret = pm_mend_make(run->ctx, &run->mend, doc, &record, &old, &new);
	if (ret == 0 && !run->opts->dry_run)
		ret = pm_mend_write(run->ctx, &run->mend, doc,
			pm_buf_slice(&old), pm_buf_slice(&new));
	if (ret == 0)
		ret = tell_diff(run, path, &old, &new);
	if (pm_mend_passes(run->ctx, ret)) {
		run->result->refused++;
		ret = 0;
	} else if (ret == 0) {
		run->result->documents++;
		tell_fixes(run, path, bytes);
	}
	pm_buf_release(&old);
	pm_buf_release(&new);
	return ret;
}

int pm_fix(struct pm_ctx *ctx, struct pm_snapshot *snap,
	const struct pm_fix_opts *opts, struct pm_fix_result *result)
{
	struct run run = {.ctx = ctx, .opts = opts, .result = result};
	struct pm_check_opts check_opts = PM_CHECK_OPTS_INIT;
	struct pm_check_totals totals;
	int ret;

	*result = (struct pm_fix_result){0};
	check_opts.docs = opts->docs;
	check_opts.ndocs = opts->ndocs;
	check_opts.data = &run;
	check_opts.fixes = fix_one;
	ret = pm_mend_open(ctx, snap, &run.mend);
	if (ret == 0)
		ret = pm_check_run(ctx, snap, &check_opts, &totals);
	pm_mend_release(&run.mend);
	return ret;
}
