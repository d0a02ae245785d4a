/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Changing a baseline: lines leave when their findings are mended, and come
 * with a reason. Lines that stay keep their bytes, comments stay where they
 * are, so that a diff shows what was decided and nothing else.
 */
#include <unistd.h>

#include "base/file.h"
#include "base/secret.h"
#include "check/baseline.h"
#include "check/check.h"

static const char heading[] =
	"# Findings that are known and accepted: pm check leaves them out and "
	"tells\n"
	"# what is new. A line: document, rule, fingerprint of what it is "
	"about, words.\n"
	"# 'pm check --update-baseline' takes out what is mended; more comes "
	"in by\n"
	"# 'pm check --accept RULE DOC --reason TEXT'. See man pm-policy.\n";

/* What pm would not read again is not written. */
static int check_size(struct pm_ctx *ctx, const struct pm_buf *text)
{
	if (text->len <= PM_BASELINE_MOST)
		return 0;
	return pm_fail(ctx, PM_ELIMIT,
		"cannot write '%s': it would have %zu MiB, more than the %zu "
		"that pm reads (let the policy name fewer documents, or switch "
		"rules off that find too much)",
		PM_BASELINE_PATH, text->len >> 20, PM_BASELINE_MOST >> 20);
}

static int write_file(
	struct pm_ctx *ctx, struct pm_snapshot *snap, const struct pm_buf *text)
{
	const char *top = pm_repo_worktree(pm_snapshot_repo(snap));
	int root = pm_dir_open(ctx, top), ret;

	if (root < 0)
		return root;
	ret = check_size(ctx, text);
	if (ret == 0)
		ret = pm_file_write_at(ctx, root, PM_BASELINE_PATH,
			pm_buf_slice(text), PM_WRITE_PARENTS);
	close(root);
	return ret;
}

static int need_worktree(struct pm_ctx *ctx, struct pm_snapshot *snap)
{
	if (pm_snapshot_kind(snap) == PM_SNAPSHOT_WORKTREE &&
		pm_repo_worktree(pm_snapshot_repo(snap)))
		return 0;
	return pm_fail(ctx, PM_EBARE,
		"the baseline can only be changed in a work tree");
}

/* --- less ---------------------------------------------------------------- */

/* The documents that lines may leave; all of them when docs is NULL. */
struct leaving {
	const size_t *docs;
	struct pm_map paths;
};

static bool leaves(
	const struct leaving *leaving, const struct pm_baseline_line *line)
{
	return pm_baseline_line_gone(line) &&
	       (!leaving->docs || pm_map_get(&leaving->paths, line->path));
}

/* Appends the lines that stay; returns how many do not. */
static size_t keep_used(const struct pm_baseline *baseline,
	const struct leaving *leaving, struct pm_buf *out)
{
	size_t gone = 0;

	for (size_t i = 0; i < baseline->lines.len; i++) {
		const struct pm_baseline_line *line = &baseline->lines.items[i];

		if (leaves(leaving, line))
			gone++;
		else
			pm_buf_add_slice(out, line->text);
	}
	return gone;
}

int pm_baseline_shrink(struct pm_ctx *ctx, struct pm_snapshot *snap,
	const size_t *docs, size_t ndocs, struct pm_baseline_result *result)
{
	struct pm_check_opts opts = PM_CHECK_OPTS_INIT;
	struct leaving leaving = {.docs = docs, .paths = PM_MAP_INIT};
	struct pm_check_totals totals;
	struct pm_buf text = PM_BUF_INIT;
	int ret = need_worktree(ctx, snap);

	*result = (struct pm_baseline_result){0};
	opts.docs = docs;
	opts.ndocs = ndocs;
	for (size_t i = 0; docs && i < ndocs; i++)
		pm_map_put(&leaving.paths,
			pm_slice_str(pm_snapshot_doc(snap, docs[i])->path),
			NULL);
	if (ret == 0)
		ret = pm_baseline_load(ctx, snap, &opts.baseline);
	if (ret == 0 && !opts.baseline)
		ret = pm_fail(ctx, PM_ENOTFOUND,
			"there is no baseline, '%s' ('pm adopt' writes one)",
			PM_BASELINE_PATH);
	if (ret == 0)
		ret = pm_check_run(ctx, snap, &opts, &totals);
	if (ret == 0) {
		result->gone = keep_used(opts.baseline, &leaving, &text);
		result->held = opts.baseline->nsorted - result->gone;
	}
	if (ret == 0 && result->gone)
		ret = write_file(ctx, snap, &text);
	pm_buf_release(&text);
	pm_map_release(&leaving.paths);
	pm_baseline_free(opts.baseline);
	return ret;
}

/* --- more ---------------------------------------------------------------- */

/* Lines that come in, each terminated, with the order they have. */
struct lines {
	struct pm_arena arena;
	PM_VEC(struct pm_baseline_line) items;
	const char *rule; /* only of this one; NULL: all */
	const char *reason;
	pm_finding_fn tell;
	void *data;
};

static void add_text(struct lines *lines, const struct pm_buf *text)
{
	pm_baseline_read_line(&lines->arena,
		pm_arena_slice(&lines->arena, pm_buf_slice(text)),
		pm_vec_push(&lines->items));
}

static int collect(void *data, const struct pm_finding *finding)
{
	struct lines *lines = data;
	struct pm_buf text = PM_BUF_INIT;
	struct pm_slice rule = pm_slice_str(finding->rule);

	if (pm_rule_baselined(rule) &&
		(!lines->rule || pm_slice_is(rule, lines->rule))) {
		pm_baseline_add_line(&text, finding, lines->reason);
		add_text(lines, &text);
	}
	pm_buf_release(&text);
	return lines->tell ? lines->tell(lines->data, finding) : 0;
}

static int by_order(const void *pa, const void *pb)
{
	const struct pm_baseline_line *a = pa, *b = pb;
	int order = pm_baseline_order(a, b);

	return order ? order : pm_slice_cmp(a->text, b->text);
}

static void lines_sort(struct lines *lines)
{
	if (lines->items.len > 1)
		qsort(lines->items.items, lines->items.len,
			sizeof *lines->items.items, by_order);
}

static void lines_release(struct lines *lines)
{
	pm_vec_release(&lines->items);
	pm_arena_release(&lines->arena);
}

/* True for a file whose lines end in CR LF, which git may have made of LF. */
static bool ends_crlf(const struct pm_baseline *baseline)
{
	return baseline && baseline->lines.len &&
	       pm_slice_ends(baseline->lines.items[0].text, "\r\n");
}

static void add_new(struct pm_buf *out, struct pm_slice text, bool crlf)
{
	if (crlf && !pm_slice_ends(text, "\r\n")) {
		pm_buf_add_slice(out, pm_slice_sub(text, 0, text.len - 1));
		pm_buf_adds(out, "\r\n");
	} else {
		pm_buf_add_slice(out, text);
	}
}

/* Appends the old lines with the new ones put where they sort. */
static void merge(const struct pm_baseline *baseline, const struct lines *new,
	struct pm_buf *out)
{
	bool crlf = ends_crlf(baseline);
	size_t n = 0;

	for (size_t i = 0; baseline && i < baseline->lines.len; i++) {
		const struct pm_baseline_line *line = &baseline->lines.items[i];

		while (line->path.len &&
			n < new->items.len &&pm_baseline_order(
				    &new->items.items[n], line) < 0)
			add_new(out, new->items.items[n++].text, crlf);
		pm_buf_add_slice(out, line->text);
	}
	if (out->len && out->ptr[out->len - 1] != '\n')
		pm_buf_adds(out, crlf ? "\r\n" : "\n");
	while (n < new->items.len)
		add_new(out, new->items.items[n++].text, crlf);
}

/* Who types a secret is told: what is committed and hidden is still out. */
static int refuse_secret(struct pm_ctx *ctx, struct pm_slice reason)
{
	struct pm_secrets secrets = {0};
	int ret = 0;

	pm_secrets_find(reason, &secrets);
	for (size_t i = 0; ret == 0 && i < secrets.len; i++)
		if (!secrets.items[i].mention)
			ret = pm_fail(ctx, PM_EUSAGE,
				"the reason holds what looks like a %s, and "
				"the baseline is committed (say it without)",
				secrets.items[i].name);
	pm_secrets_release(&secrets);
	return ret;
}

/* 0 when it can be accepted. */
static int check_accept(
	struct pm_ctx *ctx, const struct pm_baseline_accept *accept)
{
	struct pm_slice rule = pm_slice_str(accept->rule);
	const char *near;

	if (!pm_slice_trim(pm_slice_str(accept->reason)).len)
		return pm_fail(ctx, PM_EUSAGE,
			"'--accept' needs a reason, for those who read the "
			"baseline (write: --reason 'why it stays')");
	if (!pm_rule_find(rule)) {
		near = pm_rule_nearest(rule);
		return pm_fail(ctx, PM_EUSAGE,
			near ? "no rule is called '%s' (did you mean '%s'?)"
			     : "no rule is called '%s' ('pm explain' lists "
			       "them)%s",
			accept->rule, near ? near : "");
	}
	if (!pm_rule_baselined(rule))
		return pm_fail(ctx, PM_EUSAGE,
			"no baseline holds findings of '%s'", accept->rule);
	return refuse_secret(ctx, pm_slice_str(accept->reason));
}

int pm_baseline_accept(struct pm_ctx *ctx, struct pm_snapshot *snap,
	const struct pm_baseline_accept *accept,
	struct pm_baseline_result *result)
{
	struct lines lines = {.arena = PM_ARENA_INIT,
		.rule = accept->rule,
		.reason = accept->reason};
	struct pm_check_opts opts = PM_CHECK_OPTS_INIT;
	struct pm_check_totals totals;
	struct pm_buf text = PM_BUF_INIT;
	int ret = check_accept(ctx, accept);

	*result = (struct pm_baseline_result){0};
	opts.docs = accept->docs;
	opts.ndocs = accept->ndocs;
	opts.finding = collect;
	opts.data = &lines;
	if (ret == 0)
		ret = need_worktree(ctx, snap);
	if (ret == 0)
		ret = pm_baseline_load(ctx, snap, &opts.baseline);
	if (ret == 0)
		ret = pm_check_run(ctx, snap, &opts, &totals);
	if (ret == 0 && lines.items.len) {
		lines_sort(&lines);
		if (!opts.baseline)
			pm_buf_adds(&text, heading);
		merge(opts.baseline, &lines, &text);
		ret = write_file(ctx, snap, &text);
	}
	result->added = lines.items.len;
	result->held =
		lines.items.len + (opts.baseline ? opts.baseline->nsorted : 0);
	pm_buf_release(&text);
	lines_release(&lines);
	pm_baseline_free(opts.baseline);
	return ret;
}

int pm_baseline_write(struct pm_ctx *ctx, struct pm_snapshot *snap,
	pm_finding_fn tell, void *data, struct pm_buf *out)
{
	struct lines lines = {
		.arena = PM_ARENA_INIT, .tell = tell, .data = data};
	struct pm_check_opts opts = PM_CHECK_OPTS_INIT;
	struct pm_check_totals totals;
	int ret;

	opts.finding = collect;
	opts.data = &lines;
	opts.no_baseline = true;
	ret = pm_check_run(ctx, snap, &opts, &totals);
	lines_sort(&lines);
	pm_buf_adds(out, heading);
	merge(NULL, &lines, out);
	lines_release(&lines);
	return ret < 0 ? ret : check_size(ctx, out);
}
