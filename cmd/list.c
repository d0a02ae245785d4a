/* SPDX-License-Identifier: Apache-2.0 */
/* pm list: the documents that match a query, newest first. */
#include "cli.h"
#include "pm/index.h"

struct args {
	struct pm_cli_state state;
	const char *format;
};

static const struct pm_opt opts[] = {
	OPT_BOOL(struct args, state.staged, 0, "staged", "list what is staged"),
	OPT_STR(struct args, state.at, 0, "at", "rev", "@revs",
		"list the documents of a revision"),
	OPT_STR(struct args, format, 'f', "format", "name", "text json",
		"text or json"),
	OPT_END(),
};

static int emit(void *data, const struct pm_list_item *item)
{
	struct pm_value values[PM_LIST_COLUMNS];
	struct pm_list_scratch scratch;

	pm_list_values(item, &scratch, values);
	return pm_report_record(data, values);
}

static int list(struct pm_cli *cli, struct pm_index *index,
	const struct args *a, const char *query)
{
	struct pm_report_opts report_opts = pm_cli_report(cli, a->format);
	struct pm_report *report = NULL;
	int ret =
		pm_report_new(cli->ctx, &report_opts, &pm_shape_list, &report);

	if (ret < 0)
		return ret;
	ret = pm_index_list(cli->ctx, index, query, emit, report);
	ret = pm_cli_query_end(cli, report, query, ret);
	if (ret != PM_EXIT_FINDINGS || *query)
		return ret;
	/* All of no documents is an answer. */
	pm_cli_say_none(cli);
	return PM_EXIT_OK;
}

static int run(struct pm_cli *cli, void *args, int argc, char **argv)
{
	const struct args *a = args;
	struct pm_snapshot *snap = NULL;
	struct pm_index *index = NULL;
	struct pm_buf query = PM_BUF_INIT;
	int ret;

	pm_cli_join(&query, argc, argv);
	ret = pm_cli_snapshot(cli, &a->state, &snap);
	if (ret == 0)
		ret = pm_index_open(
			cli->ctx, cli->repo, PM_INDEX_DEFAULT, &index);
	if (ret == 0)
		ret = pm_index_use(cli->ctx, index, snap);
	if (ret == 0)
		ret = list(cli, index, a, query.ptr);
	pm_index_free(index);
	pm_snapshot_free(snap);
	pm_buf_release(&query);
	return ret;
}

PM_COMMAND_DEFINE(list) = {
	.name = "list",
	.group = PM_GROUP_FIND,
	.summary = "list post-mortems, with filters",
	.synopsis = "[--staged | --at <rev>] [--format <name>] [<query>]",
	.description =
		"Lists the documents that match the query, newest first, "
		"those not committed yet among them. The query language is "
		"that of search: see pm-query(7).",
	.exits = "no document matches the query",
	.examples = "pm list\nAll of them.\n\n"
		    "pm list status:draft\nWhat is not finished.\n\n"
		    "pm list 'severity<=SEV2 after:2026-01-01' --format json\n"
		    "This year's worst, for a program.\n\n"
		    "pm list has:overdue\nWhose actions are late.",
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = PM_NEED_REPO,
	.pager = true,
	.run = run,
};
