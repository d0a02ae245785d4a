/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What was mended is told like a finding, so that an editor that jumps to
 * findings jumps to changes: "path:line: fixed: what [rule]".
 */
#include "mend.h"

#include "pm/convert.h"
#include "pm/fix.h"

/* One mended slip may uncover another; more rounds than this are a bug. */
#define ROUNDS 4

struct telling {
	struct pm_cli *cli;
	bool aside;
};

static void tell(void *data, const struct pm_fix_note *note)
{
	const struct telling *telling = data;
	struct pm_cli *cli = telling->cli;
	struct pm_buf path = PM_BUF_INIT;

	pm_repo_relative(cli->repo, note->path, &path);
	if (telling->aside)
		pm_cli_say(cli, "%s:%u: fixed: %.*s [%s]", path.ptr,
			note->pos.line, PM_SLICE_ARG(note->message),
			note->rule);
	else
		pm_cli_print(cli, "%s:%u: fixed: %.*s [%s]", path.ptr,
			note->pos.line, PM_SLICE_ARG(note->message),
			note->rule);
	pm_buf_release(&path);
}

static void show(void *data, struct pm_slice text)
{
	struct pm_buf safe = PM_BUF_INIT;

	(void)data;
	pm_term_lines(&safe, text);
	fwrite(safe.ptr, 1, safe.len, stdout);
	pm_buf_release(&safe);
}

static int mend_once(struct pm_cli *cli, const struct pm_cli_mend *how,
	struct pm_cli_docs *docs, struct pm_fix_result *result)
{
	struct telling telling = {cli, how->aside};
	struct pm_fix_opts fix_opts = {
		.docs = docs->items,
		.ndocs = docs->len,
		.dry_run = how->dry_run,
		.fixed = how->dry_run ? NULL : tell,
		.diff = how->dry_run ? show : NULL,
		.data = &telling,
	};

	return pm_fix(cli->ctx, docs->snap, &fix_opts, result);
}

static void tell_dry_run(struct pm_cli *cli, const struct pm_fix_result *result)
{
	struct pm_buf text = PM_BUF_INIT;

	pm_buf_addf(&text, "%zu %s in ", result->fixes,
		result->fixes == 1 ? "fix" : "fixes");
	pm_cli_count(&text, result->documents, "document");
	pm_cli_say(cli, "%s; nothing was written", text.ptr);
	pm_buf_release(&text);
}

static int fail_refused(struct pm_cli *cli, size_t refused)
{
	struct pm_buf text = PM_BUF_INIT;
	int ret;

	pm_cli_count(&text, refused, "document");
	ret = pm_fail(
		cli->ctx, PM_EREADONLY, "%s could not be written", text.ptr);
	pm_buf_release(&text);
	return ret;
}

int pm_cli_mend(struct pm_cli *cli, const struct pm_cli_mend *how, int argc,
	char **argv)
{
	struct pm_fix_result result = {.fixes = 1};
	int ret = 0;

	for (int i = 0; i < ROUNDS && result.fixes && ret == 0; i++) {
		struct pm_cli_docs docs = {.several = true};

		ret = pm_cli_docs_open(cli, NULL, argc, argv, &docs);
		if (ret == 0)
			ret = mend_once(cli, how, &docs, &result);
		pm_cli_docs_close(&docs);
		if (ret == 0 && result.refused)
			ret = fail_refused(cli, result.refused);
		if (how->dry_run)
			break;
	}
	if (ret == 0 && how->dry_run)
		tell_dry_run(cli, &result);
	return ret;
}

/* --- pm adopt --convert -------------------------------------------------- */

static void tell_convert(
	void *data, struct pm_slice path, bool changed, struct pm_slice words)
{
	struct telling *telling = data;
	struct pm_buf name = PM_BUF_INIT;

	pm_repo_relative(telling->cli->repo, path, &name);
	if (!changed)
		pm_cli_say(telling->cli, "left %s as it is: %.*s", name.ptr,
			PM_SLICE_ARG(words));
	else if (!telling->aside)
		pm_cli_print(telling->cli, "%s: added %.*s", name.ptr,
			PM_SLICE_ARG(words));
	pm_buf_release(&name);
}

static void tell_converted(struct pm_cli *cli,
	const struct pm_convert_result *result, bool dry_run)
{
	struct pm_buf text = PM_BUF_INIT;

	pm_cli_count(&text, result->changed, "document");
	pm_buf_addf(&text, dry_run ? " would be changed" : " changed");
	if (result->had)
		pm_buf_addf(&text, ", %zu had pm's front matter already",
			result->had);
	if (result->left)
		pm_buf_addf(&text, ", %zu left", result->left);
	if (dry_run)
		pm_buf_adds(&text, "; nothing was written");
	else if (result->changed)
		pm_buf_adds(&text, " ('pm check' says what they do not state)");
	pm_cli_say(cli, "%s", text.ptr);
	if (result->gone)
		pm_cli_say(cli, "%zu taken out of the baseline, %zu stay",
			result->gone, result->held);
	pm_buf_release(&text);
}

int pm_cli_convert(struct pm_cli *cli, const struct pm_cli_mend *how, int argc,
	char **argv)
{
	struct pm_cli_docs docs = {.several = true};
	/* The diff says it all. */
	struct telling telling = {cli, how->dry_run};
	struct pm_convert_opts convert_opts = {
		.dry_run = how->dry_run,
		.baseline = how->baseline,
		.told = tell_convert,
		.diff = how->dry_run ? show : NULL,
		.data = &telling,
	};
	struct pm_convert_result result;
	int ret = pm_cli_docs_open(cli, NULL, argc, argv, &docs);

	convert_opts.docs = docs.items;
	convert_opts.ndocs = docs.len;
	if (ret == 0)
		ret = pm_convert(cli->ctx, docs.snap, &convert_opts, &result);
	if (ret == 0)
		tell_converted(cli, &result, how->dry_run);
	if (ret == 0 && !docs.items && !pm_snapshot_count(docs.snap))
		pm_cli_say(cli,
			"no file is a document by the policy ('pm adopt' "
			"finds those that are there)");
	if (ret == 0 && result.refused)
		ret = fail_refused(cli, result.refused);
	pm_cli_docs_close(&docs);
	return ret;
}
