/* SPDX-License-Identifier: Apache-2.0 */
/* pm check --accept and --update-baseline: the file grows by one, and only
   shrinks by the other. */
#include "baseline.h"

#include "pm/baseline.h"

int pm_cli_accept(struct pm_cli *cli, const char *rule, const char *reason,
	int argc, char **argv)
{
	struct pm_cli_docs docs = {.several = true};
	struct pm_baseline_accept what = {.rule = rule, .reason = reason};
	struct pm_baseline_result result = {0};
	int ret = pm_cli_docs_open(cli, NULL, argc, argv, &docs);

	what.docs = docs.items;
	what.ndocs = docs.len;
	if (ret == 0)
		ret = pm_baseline_accept(cli->ctx, docs.snap, &what, &result);
	if (ret == 0 && result.added)
		pm_cli_say(cli,
			"%zu finding%s of '%s' accepted; the baseline holds "
			"%zu",
			result.added, pm_plural(result.added), rule,
			result.held);
	else if (ret == 0)
		pm_cli_say(cli, "no finding of '%s' there to accept", rule);
	pm_cli_docs_close(&docs);
	return ret == 0 && !result.added ? PM_EXIT_FINDINGS : ret;
}

int pm_cli_shrink_baseline(struct pm_cli *cli)
{
	struct pm_cli_docs docs = {0};
	struct pm_baseline_result result = {0};
	int ret = pm_cli_docs_open(cli, NULL, 0, NULL, &docs);

	if (ret == 0)
		ret = pm_baseline_shrink(cli->ctx, docs.snap, NULL, 0, &result);
	if (ret == 0)
		pm_cli_say(cli, "%zu taken out of the baseline, %zu stay",
			result.gone, result.held);
	pm_cli_docs_close(&docs);
	return ret;
}
