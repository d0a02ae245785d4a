/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The helpers that commands share. Every line that can hold foreign text goes
 * through pm_term_text on its way to stderr.
 */
#include "cli.h"

#include "alloc.h"
#include "pm/nearest.h"

#define PM_VERSION "0.1.0"

#define PM_COMMAND(name) extern const struct pm_cmd pm_cmd_##name;
#include "commands.def"
#undef PM_COMMAND

const struct pm_cmd *const pm_commands[] = {
#define PM_COMMAND(name) &pm_cmd_##name,
#include "commands.def"
#undef PM_COMMAND
	NULL,
};

const struct pm_cmd *pm_command_find(const char *name)
{
	for (size_t i = 0; pm_commands[i]; i++)
		if (strcmp(pm_commands[i]->name, name) == 0)
			return pm_commands[i];
	return NULL;
}

int pm_cli_unknown(struct pm_cli *cli, const char *name)
{
	const char *names[sizeof pm_commands / sizeof *pm_commands] = {NULL};
	const char *near;

	for (size_t i = 0; pm_commands[i]; i++)
		names[i] = pm_commands[i]->name;
	near = pm_nearest(pm_slice_str(name), names);
	if (near)
		pm_cli_say(cli, "'%s' is not a command (did you mean 'pm %s'?)",
			name, near);
	else
		pm_cli_say(cli, "'%s' is not a command ('pm help' lists them)",
			name);
	return PM_EXIT_USAGE;
}

/* One line where pm speaks, after "pm: ", made safe. */
static void say(struct pm_cli *cli, struct pm_slice text)
{
	struct pm_buf safe = PM_BUF_INIT;

	pm_term_text(&safe, text, false);
	fflush(stdout);
	fprintf(cli->err, "pm: %s\n", safe.ptr);
	pm_buf_release(&safe);
}

void pm_cli_say(struct pm_cli *cli, const char *fmt, ...)
{
	struct pm_buf text = PM_BUF_INIT;
	va_list args;

	va_start(args, fmt);
	pm_buf_vaddf(&text, fmt, args);
	va_end(args);
	say(cli, pm_buf_slice(&text));
	pm_buf_release(&text);
}

int pm_cli_usage(struct pm_cli *cli, const char *fmt, ...)
{
	struct pm_buf text = PM_BUF_INIT;
	va_list args;

	va_start(args, fmt);
	pm_buf_vaddf(&text, fmt, args);
	va_end(args);
	say(cli, pm_buf_slice(&text));
	pm_buf_release(&text);
	if (cli->cmd)
		fprintf(cli->err, "usage: pm %s%s%s\n", cli->cmd->name,
			cli->cmd->synopsis ? " " : "",
			cli->cmd->synopsis ? cli->cmd->synopsis : "");
	else
		fputs("usage: pm [-C <dir>] <command> [<args>]\n", cli->err);
	return PM_EXIT_USAGE;
}

/* "path:3:5: message", as much of the place as is known, behind what is to be
   told before it. */
static void say_error(struct pm_cli *cli)
{
	struct pm_slice rest = pm_buf_slice(&pm_ctx_error(cli->ctx)->earlier);
	struct pm_buf text = PM_BUF_INIT;

	while (rest.len) {
		ptrdiff_t end = pm_slice_find(rest, 0, '\n');
		size_t len = end < 0 ? rest.len : (size_t)end;

		say(cli, pm_slice_sub(rest, 0, len));
		rest = pm_slice_from(rest, len + 1);
	}
	pm_ctx_error_line(cli->ctx, &text);
	say(cli, pm_buf_slice(&text));
	pm_buf_release(&text);
}

int pm_cli_status(struct pm_cli *cli, int ret)
{
	if (ret >= 0)
		return ret;
	say_error(cli);
	if (ret == PM_EUSAGE || ret == PM_EAMBIGUOUS)
		return PM_EXIT_USAGE;
	return PM_EXIT_FAILURE;
}

int pm_cli_version(void)
{
	puts("pm " PM_VERSION);
	return PM_EXIT_OK;
}

static int write_out(void *data, struct pm_slice bytes)
{
	(void)data;
	return fwrite(bytes.ptr, 1, bytes.len, stdout) == bytes.len ? 0
								    : PM_ERROR;
}

struct pm_report_opts pm_cli_report(struct pm_cli *cli, const char *format)
{
	struct pm_report_opts opts = {
		.format = format,
		.color = cli->color_out,
		.terminal = cli->out_tty,
		.width = cli->width,
		.sink = write_out,
		.summary = pm_env(cli->ctx, "GITHUB_STEP_SUMMARY"),
		.version = PM_VERSION,
	};

	if (cli->repo)
		opts.here = pm_repo_here(cli->repo);
	return opts;
}

int pm_cli_snapshot_opts(struct pm_cli *cli, const struct pm_cli_state *state,
	struct pm_snapshot_opts *out)
{
	*out = (struct pm_snapshot_opts)PM_SNAPSHOT_OPTS_INIT;
	if (!state)
		return 0;
	if (state->staged && state->at)
		return pm_fail(cli->ctx, PM_EUSAGE,
			"'--staged' and '--at' name two different states; "
			"give one");
	if (state->staged)
		out->kind = PM_SNAPSHOT_STAGED;
	if (state->at) {
		out->kind = PM_SNAPSHOT_REVISION;
		out->rev = state->at;
	}
	return 0;
}

int pm_cli_snapshot(struct pm_cli *cli, const struct pm_cli_state *state,
	struct pm_snapshot **out)
{
	struct pm_snapshot_opts opts;
	int ret = pm_cli_snapshot_opts(cli, state, &opts);

	return ret < 0 ? ret
		       : pm_snapshot_open(cli->ctx, cli->repo, &opts, out);
}

struct naming {
	struct pm_cli_docs *docs;
	bool *named; /* by number */
};

static void add_doc(void *data, size_t i)
{
	struct naming *naming = data;

	if (!naming->named[i])
		naming->docs->items[naming->docs->len++] = i;
	naming->named[i] = true;
}

static int find_doc(struct pm_cli *cli, const char *arg, struct naming *naming)
{
	struct pm_snapshot *snap = naming->docs->snap;
	size_t i = 0;
	int ret = 0;

	if (naming->docs->several)
		ret = pm_snapshot_find_beneath(
			cli->ctx, snap, arg, add_doc, naming);
	if (ret)
		return ret < 0 ? ret : 0;
	ret = pm_snapshot_find(cli->ctx, snap, arg, &i);
	if (ret == 0)
		add_doc(naming, i);
	return ret == PM_ENOTFOUND ? pm_cli_status(cli, PM_EUSAGE) : ret;
}

int pm_cli_docs_open(struct pm_cli *cli, const struct pm_cli_state *state,
	int argc, char **argv, struct pm_cli_docs *docs)
{
	int ret = pm_cli_snapshot(cli, state, &docs->snap);
	struct naming naming = {docs, NULL};
	size_t most;

	if (ret < 0 || argc == 0)
		return ret;
	/* A path that no glob names is one more. */
	most = pm_snapshot_count(docs->snap) + (size_t)argc;
	docs->items = pm_cli_alloc(most, sizeof *docs->items);
	naming.named = pm_cli_alloc(most, sizeof *naming.named);
	for (int i = 0; i < argc && ret == 0; i++)
		ret = find_doc(cli, argv[i], &naming);
	free(naming.named);
	return ret;
}

void pm_cli_docs_close(struct pm_cli_docs *docs)
{
	free(docs->items);
	pm_snapshot_free(docs->snap);
}

void pm_cli_tell_gaps(struct pm_cli *cli, const struct pm_cli_docs *docs)
{
	size_t n = pm_snapshot_unmerged(docs->snap);

	if (n)
		pm_cli_say(cli,
			"%zu document%s unmerged in the index: only your side "
			"is looked at ('git add' %s once resolved)",
			n, n == 1 ? " is" : "s are", n == 1 ? "it" : "them");
	n = pm_snapshot_left_out(docs->snap);
	if (n && !docs->len)
		pm_cli_say(cli,
			"%zu document%s left out by the sparse checkout and "
			"not looked at ('--at HEAD' reads %s)",
			n, n == 1 ? " is" : "s are", n == 1 ? "it" : "them");
}

int pm_cli_finding(void *data, const struct pm_finding *finding)
{
	struct pm_value values[PM_FINDING_COLUMNS];

	pm_finding_values(finding, values);
	return pm_report_record(data, values);
}

int pm_cli_fail_level(
	struct pm_cli *cli, const char *name, enum pm_level fallback)
{
	if (!name)
		return (int)fallback;
	if (strcmp(name, "error") == 0)
		return PM_LEVEL_ERROR;
	if (strcmp(name, "warning") == 0)
		return PM_LEVEL_WARNING;
	return pm_fail(cli->ctx, PM_EUSAGE,
		"'--fail-level' takes error or warning, not '%s'", name);
}

void pm_cli_say_none(struct pm_cli *cli)
{
	pm_cli_say(cli, "no post-mortems yet (start one with 'pm new TITLE'; "
			"'pm adopt' finds those that are there)");
}

void pm_cli_count(struct pm_buf *buf, size_t n, const char *noun)
{
	pm_buf_addf(buf, "%zu %s%s", n, noun, pm_plural(n));
}

/* What the baseline has too much, by why that is. */
static void tell_gone(struct pm_cli *cli, size_t n, const char *why)
{
	if (n)
		pm_cli_say(cli,
			"%zu finding%s of the baseline %s %s ('pm check "
			"--update-baseline' takes %s out)",
			n, pm_plural(n), n == 1 ? "is" : "are", why,
			n == 1 ? "it" : "them");
}

void pm_cli_totals(struct pm_cli *cli, const struct pm_check_totals *totals)
{
	struct pm_buf text = PM_BUF_INIT;

	pm_cli_count(&text, totals->documents, "document");
	pm_buf_adds(&text, ": ");
	pm_cli_count(&text, totals->errors, "error");
	pm_buf_adds(&text, ", ");
	pm_cli_count(&text, totals->warnings, "warning");
	if (totals->waived)
		pm_buf_addf(&text, ", %zu waived", totals->waived);
	if (totals->old)
		pm_buf_addf(&text, ", %zu old left out", totals->old);
	if (totals->held)
		pm_buf_addf(&text, ", %zu in the baseline", totals->held);
	if (totals->errors + totals->warnings)
		pm_buf_adds(&text, " ('pm explain RULE' says why)");
	pm_cli_say(cli, "%s", text.ptr);
	tell_gone(cli, totals->gone - totals->lost, "mended");
	tell_gone(
		cli, totals->lost, "of a document that is not there any more");
	pm_buf_release(&text);
}

void pm_cli_print(struct pm_cli *cli, const char *fmt, ...)
{
	struct pm_buf text = PM_BUF_INIT;
	struct pm_buf safe = PM_BUF_INIT;
	va_list args;

	(void)cli;
	va_start(args, fmt);
	pm_buf_vaddf(&text, fmt, args);
	va_end(args);
	pm_term_text(&safe, pm_buf_slice(&text), true);
	puts(safe.ptr);
	pm_buf_release(&text);
	pm_buf_release(&safe);
}

void pm_cli_join(struct pm_buf *buf, int argc, char **argv)
{
	for (int i = 0; i < argc; i++) {
		if (i)
			pm_buf_addc(buf, ' ');
		pm_buf_adds(buf, argv[i]);
	}
}

/* The query under the message, a caret under the byte that is wrong. */
static int query_error(struct pm_cli *cli, const char *query)
{
	unsigned col = pm_ctx_error(cli->ctx)->pos.col;
	struct pm_slice text = pm_slice_str(query);
	struct pm_buf before = PM_BUF_INIT;
	struct pm_buf shown = PM_BUF_INIT;

	say_error(cli);
	pm_term_text(&shown, text, false);
	fprintf(cli->err, "    %s\n", shown.ptr);
	if (col) {
		pm_term_text(&before, pm_slice_sub(text, 0, col - 1), false);
		fprintf(cli->err, "    %*s^\n",
			(int)pm_term_width(pm_buf_slice(&before)), "");
	}
	pm_buf_release(&before);
	pm_buf_release(&shown);
	return PM_EXIT_USAGE;
}

int pm_cli_query_end(struct pm_cli *cli, struct pm_report *report,
	const char *query, int found)
{
	int end;

	/* A wrong query has no result, not even an empty one. */
	if (found < 0)
		pm_report_spoil(report, found);
	end = pm_report_end(report);
	if (found == PM_EUSAGE)
		return query_error(cli, query);
	if (found < 0 || end < 0)
		return found < 0 ? found : end;
	return found ? PM_EXIT_OK : PM_EXIT_FINDINGS;
}

int pm_cli_nothing(struct pm_cli *cli)
{
	say_error(cli);
	return PM_EXIT_FINDINGS;
}
