/* SPDX-License-Identifier: Apache-2.0 */
/* pm index: the search index, for those who want to look after it. */
#include "pm/index.h"

#include "cli.h"

struct args {
	bool rebuild, verify, path;
};

static const struct pm_opt opts[] = {
	OPT_BOOL(struct args, rebuild, 0, "rebuild",
		"throw the index away and build it anew"),
	OPT_BOOL(struct args, verify, 0, "verify",
		"compare the index with the documents in Git"),
	OPT_BOOL(struct args, path, 0, "path", "print where the index is kept"),
	OPT_END(),
};

static int print_path(struct pm_cli *cli)
{
	struct pm_buf path = PM_BUF_INIT;
	int ret = pm_index_path(cli->ctx, cli->repo, &path);

	if (ret == 0)
		puts(path.ptr);
	pm_buf_release(&path);
	return ret;
}

static int print_stats(struct pm_cli *cli, struct pm_index *index)
{
	struct pm_index_stats stats;
	struct pm_buf text = PM_BUF_INIT;
	int ret = pm_index_stats(index, &stats);

	if (ret < 0)
		return ret;
	pm_cli_count(&text, stats.documents, "document");
	pm_buf_addf(&text, " indexed, %zu new, %zu removed", stats.added,
		stats.removed);
	if (stats.in_memory)
		pm_buf_adds(&text, " (kept in memory: the repository cannot "
				   "be written)");
	pm_cli_print(cli, "%s", text.ptr);
	pm_buf_release(&text);
	return 0;
}

static int verify(struct pm_cli *cli, struct pm_index *index)
{
	int wrong = pm_index_verify(cli->ctx, index);
	struct pm_buf count = PM_BUF_INIT;

	if (wrong < 0)
		return wrong;
	if (wrong == 0) {
		pm_cli_print(cli, "the index agrees with Git");
		return PM_EXIT_OK;
	}
	pm_cli_count(&count, (size_t)wrong, "thing");
	pm_cli_say(cli,
		"%s wrong with the index (mend it with 'pm index --rebuild')",
		count.ptr);
	pm_buf_release(&count);
	return PM_EXIT_FINDINGS;
}

static int run(struct pm_cli *cli, void *args, int argc, char **argv)
{
	const struct args *a = args;
	struct pm_index *index = NULL;
	int ret;

	(void)argv;
	if (argc)
		return pm_cli_usage(cli, "'pm index' takes no operands");
	if (a->path)
		return print_path(cli);
	ret = pm_index_open(cli->ctx, cli->repo,
		a->rebuild ? PM_INDEX_REBUILD : PM_INDEX_DEFAULT, &index);
	if (ret < 0)
		return ret;
	ret = print_stats(cli, index);
	if (ret == 0 && a->verify)
		ret = verify(cli, index);
	pm_index_free(index);
	return ret;
}

PM_COMMAND_DEFINE(index) = {
	.name = "index",
	.group = PM_GROUP_FIND,
	.summary = "look after the search index",
	.synopsis = "[--rebuild | --verify | --path]",
	.description =
		"Brings the search index up to date and says what it did. "
		"Nobody needs to run this: every reading command does it by "
		"itself. The index is a cache in the Git directory; deleting "
		"it loses nothing.",
	.exits = "--verify found rows that differ",
	.examples = "pm index\nBring it up to date.\n\n"
		    "pm index --verify\nIs it right?\n\n"
		    "pm index --path\nWhere is it?",
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = PM_NEED_REPO,
	.run = run,
};
