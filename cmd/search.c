/* SPDX-License-Identifier: Apache-2.0 */
/* pm search: full text and fields; best first, with section and line. */
#include "cli.h"
#include "pm/index.h"

struct args {
	struct pm_cli_state state; /* --at alone */
	const char *format;
	long limit;
};

static const struct pm_opt opts[] = {
	OPT_STR(struct args, state.at, 0, "at", "rev", "@revs",
		"search the documents of a revision"),
	OPT_INT(struct args, limit, 'n', "limit", "count",
		"show at most <count> documents (default 10)"),
	OPT_STR(struct args, format, 'f', "format", "name", "text json",
		"text or json"),
	OPT_END(),
};

static int emit(void *data, const struct pm_search_result *result)
{
	struct pm_value values[PM_SEARCH_COLUMNS];

	pm_search_values(result, values);
	return pm_report_record(data, values);
}

/*
 * Nothing found is no news, except where the reason is another one than that
 * the word is not there.
 */
static void explain_nothing(
	struct pm_cli *cli, struct pm_index *index, const char *query)
{
	static const char *const joins[] = {" OR ", " AND ", " NOT "};
	bool any = pm_index_any(index) != 0;

	pm_ctx_clear(cli->ctx);
	if (!any)
		pm_cli_say(cli,
			"no post-mortem is committed there, and only those are "
			"searched ('pm list' knows the others)");
	if (any && (strstr(query, " *") || *query == '*'))
		pm_cli_say(cli, "'*' stands for the end of a word only, as in "
				"'canar*'");
	for (size_t i = 0; any && i < sizeof joins / sizeof *joins; i++)
		if (strstr(query, joins[i])) {
			pm_cli_say(cli,
				"words must all match, '%.*s' is one of them "
				"(-word excludes; there is no 'or')",
				(int)strlen(joins[i]) - 2, joins[i] + 1);
			any = false;
		}
}

static int search(struct pm_cli *cli, struct pm_index *index,
	const struct args *a, const char *query)
{
	struct pm_report_opts report_opts = pm_cli_report(cli, a->format);
	struct pm_search_opts search_opts = {.limit = (size_t)a->limit};
	struct pm_report *report = NULL;
	int ret = pm_report_new(
		cli->ctx, &report_opts, &pm_shape_search, &report);

	if (ret < 0)
		return ret;
	ret = pm_index_search(
		cli->ctx, index, query, &search_opts, emit, report);
	ret = pm_cli_query_end(cli, report, query, ret);
	if (ret == PM_EXIT_FINDINGS)
		explain_nothing(cli, index, query);
	return ret;
}

static int run(struct pm_cli *cli, void *args, int argc, char **argv)
{
	const struct args *a = args;
	struct pm_snapshot *snap = NULL;
	struct pm_index *index = NULL;
	struct pm_buf query = PM_BUF_INIT;
	int ret = 0;

	if (argc == 0)
		return pm_cli_usage(cli, "what to search for is missing");
	pm_cli_join(&query, argc, argv);
	if (a->state.at)
		ret = pm_cli_snapshot(cli, &a->state, &snap);
	if (ret == 0)
		ret = pm_index_open(cli->ctx, cli->repo,
			snap ? PM_INDEX_DEFAULT : PM_INDEX_GLANCE, &index);
	if (ret == 0 && snap)
		ret = pm_index_use(cli->ctx, index, snap);
	if (ret == 0)
		ret = search(cli, index, a, query.ptr);
	pm_index_free(index);
	pm_snapshot_free(snap);
	pm_buf_release(&query);
	return ret;
}

PM_COMMAND_DEFINE(search) = {
	.name = "search",
	.group = PM_GROUP_FIND,
	.summary = "search the text and fields of post-mortems",
	.synopsis = "[--at <rev>] [-n <count>] [--format <name>] <query>",
	.description =
		"Searches the committed post-mortems and shows the best "
		"matches first, each with the section and line of its first "
		"match. The index is brought up to date by itself.\n\n"
		"Words must all match; \"a phrase\" matches as it stands, "
		"pre* any word that begins so, -word excludes, field:value "
		"filters. Words with signs such as db-outage, C++ or node.js "
		"are searched as written. See pm-query(7).",
	.exits = "no document matches",
	.examples = "pm search timeout\nHave we seen this before?\n\n"
		    "pm search 'causes:canary severity<=SEV2'\n"
		    "Where a canary was among the causes of something bad.\n\n"
		    "pm search --format json '\"connection pool\" -test'\n"
		    "A phrase without a word, for a program.",
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = PM_NEED_REPO,
	.pager = true,
	.run = run,
};
