/* SPDX-License-Identifier: Apache-2.0 */
/* pm status: where post-mortems stand, and who owes what until when. */
#include "cli.h"
#include "pm/status.h"

struct args {
	struct pm_cli_state state;
	bool all, remind;
	const char *format, *person;
};

static const struct pm_opt opts[] = {
	OPT_BOOL(struct args, all, 'a', "all",
		"list documents too in which nothing is owed"),
	OPT_BOOL(struct args, remind, 0, "remind",
		"one text for each person who owes something"),
	OPT_STR(struct args, person, 0, "person", "name", NULL,
		"with --remind: that person only"),
	OPT_BOOL(
		struct args, state.staged, 0, "staged", "the staged documents"),
	OPT_STR(struct args, state.at, 0, "at", "rev", "@revs",
		"the documents of a revision"),
	OPT_STR(struct args, format, 'f', "format", "name",
		"text json markdown mail",
		"text or json; with --remind text, markdown or mail"),
	OPT_END(),
};

struct listing {
	struct pm_cli *cli;
	bool all, full;
	size_t documents, unlisted;
	struct pm_report *report; /* NULL: in full */
	struct pm_status_scratch *scratch;
};

static int list_one(void *data, const struct pm_status_doc *doc)
{
	struct listing *listing = data;
	struct pm_value values[PM_STATUS_COLUMNS];
	struct pm_buf text = PM_BUF_INIT;

	listing->documents++;
	if (!doc->nitems && !listing->all) {
		listing->unlisted++;
		return 0;
	}
	if (listing->report) {
		pm_status_values(doc, listing->scratch, values);
		return pm_report_record(listing->report, values);
	}
	if (listing->documents > 1)
		pm_buf_addc(&text, '\n');
	pm_status_text(&text, doc, listing->cli->color_out);
	fwrite(text.ptr, 1, text.len, stdout);
	pm_buf_release(&text);
	return 0;
}

/* What the listing left out, for a person. */
static void say_rest(const struct listing *listing)
{
	if (!listing->documents)
		pm_cli_say_none(listing->cli);
	else if (listing->unlisted)
		pm_cli_say(listing->cli,
			"nothing is owed in %zu of %zu documents (--all lists "
			"them)",
			listing->unlisted, listing->documents);
}

static int list(struct pm_cli *cli, const struct args *a,
	const struct pm_cli_docs *docs)
{
	struct pm_report_opts report_opts = pm_cli_report(cli, a->format);
	bool text = !a->format || strcmp(a->format, "text") == 0;
	struct listing listing = {.cli = cli,
		.all = a->all || docs->items || !text,
		.full = docs->items && text};
	int ret = 0, end = 0;

	if (!listing.full)
		ret = pm_report_new(cli->ctx, &report_opts, &pm_shape_status,
			&listing.report);
	if (ret < 0)
		return ret;
	listing.scratch = pm_status_scratch_new();
	ret = pm_status_run(cli->ctx, docs->snap, docs->items, docs->len,
		list_one, &listing);
	if (listing.report) {
		if (ret < 0)
			pm_report_spoil(listing.report, ret);
		end = pm_report_end(listing.report);
	}
	pm_status_scratch_free(listing.scratch);
	if (ret < 0 || end < 0)
		return ret < 0 ? ret : end;
	if (text)
		say_rest(&listing);
	return PM_EXIT_OK;
}

static int add(void *data, const struct pm_status_doc *doc)
{
	pm_reminder_add(data, doc);
	return 0;
}

static int remind(struct pm_cli *cli, const struct args *a,
	const struct pm_cli_docs *docs)
{
	struct pm_reminder *reminder = pm_reminder_new(a->person);
	struct pm_buf text = PM_BUF_INIT;
	int ret = pm_status_run(
		cli->ctx, docs->snap, docs->items, docs->len, add, reminder);

	if (ret == 0)
		ret = pm_reminder_print(cli->ctx, reminder, a->format, &text);
	pm_reminder_free(reminder);
	if (ret >= 0)
		fwrite(text.ptr, 1, text.len, stdout);
	if (ret == 0)
		pm_cli_say(cli, "nobody owes anything");
	pm_buf_release(&text);
	return ret < 0 ? ret : PM_EXIT_OK;
}

static int run(struct pm_cli *cli, void *args, int argc, char **argv)
{
	const struct args *a = args;
	struct pm_cli_docs docs = {.several = true};
	int ret;

	if (a->person && !a->remind)
		return pm_cli_usage(cli, "'--person' goes with '--remind'");
	ret = pm_cli_docs_open(cli, &a->state, argc, argv, &docs);
	if (ret == 0)
		pm_cli_tell_gaps(cli, &docs);
	if (ret == 0)
		ret = a->remind ? remind(cli, a, &docs) : list(cli, a, &docs);
	pm_cli_docs_close(&docs);
	return ret;
}

PM_COMMAND_DEFINE(status) = {
	.name = "status",
	.group = PM_GROUP_FIND,
	.summary = "show what is missing in each step, who owes it, by when",
	.synopsis = "[--all] [--remind [--person <name>]] [--format <name>] "
		    "[<doc>...]",
	.description =
		"Judges each document by the rules of its next status: a draft "
		"as if it were in review, one in review as if it were final. "
		"What is missing for that is listed by the six steps gather, "
		"collect, analyse, learn, plan and share, with the person "
		"whose turn it is and the day. To share belongs the next "
		"status itself, and every action until it is done.\n\n"
		"The day comes from the severity's deadlines in the policy, "
		"counted in working days from the moment the incident was "
		"resolved, and from the due dates of actions. An action's "
		"faults are its owner's turn, all else is the document's "
		"owner's.\n\n"
		"Without <doc> every document is a line of a table, with it "
		"each is shown in full. --remind turns the list round: one "
		"text for each person, who is latest first, as plain text, as "
		"Markdown, or as an mbox to be sent ('formail -s sendmail -t' "
		"takes it apart); a person known by a handle gets it under "
		"that name. Where a document in review waits for approvals "
		"that its severity asks for, the approvers of the policy are "
		"reminded until there are enough. Warnings keep nothing back "
		"and are not in it.",
	.exits = "not used",
	.examples = "pm status\nEvery document that is not done.\n\n"
		    "pm status checkout-500s\nOne, step by step.\n\n"
		    "pm status --remind --format markdown\n"
		    "For the channel: who owes what.\n\n"
		    "pm status --remind --person @ana\nWhat is mine.",
	.operands = "@docs",
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = PM_NEED_REPO,
	.pager = true,
	.run = run,
};
