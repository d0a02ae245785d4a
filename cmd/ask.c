/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Questions and the judges of their answers. A judge uses the library's own
 * reading of a value, so that what passes here is not refused later.
 */
#include "ask.h"

#include "alloc.h"
#include "cli.h"
#include "pm/scaffold.h"
#include "pm/time.h"
#include "terminal.h"

/* Appends why an answer will not do; nothing: it will. */
typedef void (*judge_fn)(struct pm_cli *cli, const struct pm_policy *policy,
	struct pm_slice answer, struct pm_buf *why);

static void judge_severity(struct pm_cli *cli, const struct pm_policy *policy,
	struct pm_slice answer, struct pm_buf *why)
{
	(void)cli;
	if (!pm_policy_severity(policy, answer))
		pm_buf_addf(why, "there is no severity '%.*s'",
			PM_SLICE_ARG(answer));
}

static void judge_time(struct pm_cli *cli, const struct pm_policy *policy,
	struct pm_slice answer, struct pm_buf *why)
{
	const char *reason = NULL;
	struct pm_time time;

	(void)policy;
	if (pm_time_parse_user(cli->ctx, answer, &time, &reason) < 0)
		pm_buf_addf(why, "'%.*s' is no time: %s", PM_SLICE_ARG(answer),
			reason ? reason : "it cannot be read");
}

static void judge_slug(struct pm_cli *cli, const struct pm_policy *policy,
	struct pm_slice answer, struct pm_buf *why)
{
	struct pm_buf slug = PM_BUF_INIT;

	(void)cli;
	(void)policy;
	if (!pm_slug(&slug, answer))
		pm_buf_addf(why,
			"'%.*s' has no plain letter (write it like db-outage)",
			PM_SLICE_ARG(answer));
	pm_buf_release(&slug);
}

static void judge_person(struct pm_cli *cli, const struct pm_policy *policy,
	struct pm_slice answer, struct pm_buf *why)
{
	(void)cli;
	(void)policy;
	if (!pm_person_valid(answer))
		pm_buf_addf(why,
			"'%.*s' is no person (write @name, @org/team or an "
			"e-mail address)",
			PM_SLICE_ARG(answer));
}

/* Cuts the next word, between commas and blanks, off *rest. */
static struct pm_slice next_word(struct pm_slice *rest)
{
	struct pm_slice word;
	size_t end = 0;

	while (rest->len && strchr(", \t", rest->ptr[0]))
		*rest = pm_slice_from(*rest, 1);
	while (end < rest->len && !strchr(", \t", rest->ptr[end]))
		end++;
	word = pm_slice_sub(*rest, 0, end);
	*rest = pm_slice_from(*rest, end);
	return word;
}

static void judge_services(struct pm_cli *cli, const struct pm_policy *policy,
	struct pm_slice answer, struct pm_buf *why)
{
	struct pm_slice word;

	(void)cli;
	while ((word = next_word(&answer)).len && !why->len)
		if (!pm_policy_service(policy, word))
			pm_buf_addf(why, "there is no service '%.*s'",
				PM_SLICE_ARG(word));
}

/* Asks until the answer will do. Returns it, or NULL when there is none. */
static const char *ask(struct pm_cli *cli, const struct pm_policy *policy,
	const char *question, judge_fn judge, struct pm_buf *answer)
{
	struct pm_buf why = PM_BUF_INIT;
	bool more = true;

	while (more) {
		struct pm_slice text;

		pm_buf_reset(answer);
		pm_buf_reset(&why);
		more = pm_prompt(question, answer);
		text = pm_slice_trim(pm_buf_slice(answer));
		if (judge && text.len)
			judge(cli, policy, text, &why);
		if (!why.len) {
			pm_buf_release(&why);
			return text.len ? answer->ptr : NULL;
		}
		pm_cli_say(cli, "%s", why.ptr);
	}
	pm_buf_release(&why);
	return NULL;
}

/* Words for the id, where the title has none of its own. */
static const char *ask_slug(struct pm_cli *cli, const struct pm_policy *policy,
	const char *title, struct pm_buf *answer)
{
	struct pm_buf slug = PM_BUF_INIT;
	bool said = pm_slug(&slug, pm_slice_str(title));

	pm_buf_release(&slug);
	return said ? NULL
		    : ask(cli, policy,
			      "Words for the file name, in plain letters "
			      "(db-outage; Enter: a number): ",
			      judge_slug, answer);
}

static const char *ask_severity(struct pm_cli *cli,
	const struct pm_policy *policy, struct pm_buf *answer)
{
	struct pm_buf question = PM_BUF_INIT;
	const char *severity;

	pm_buf_adds(&question, "Severity (");
	for (size_t i = 0; i < policy->nseverities; i++)
		pm_buf_addf(&question, "%s%s", i ? ", " : "",
			policy->severities[i].name);
	pm_buf_adds(&question, "; Enter to leave it open): ");
	severity = ask(cli, policy, question.ptr, judge_severity, answer);
	pm_buf_release(&question);
	return severity;
}

static const char *ask_owner(struct pm_cli *cli, const struct pm_policy *policy,
	const char *user, struct pm_buf *answer)
{
	struct pm_buf question = PM_BUF_INIT;
	const char *owner;

	pm_buf_adds(&question, "Owner (who answers for the document");
	if (*user)
		pm_buf_addf(&question, "; Enter: %s", user);
	pm_buf_adds(&question, "): ");
	owner = ask(cli, policy, question.ptr, judge_person, answer);
	pm_buf_release(&question);
	return owner;
}

/* The words of the answer as a list; the answer is cut up for it. */
static void split(struct pm_buf *answer, struct pm_opt_list *list)
{
	struct pm_slice rest = pm_buf_slice(answer), word;

	list->items = pm_cli_alloc(answer->len + 1, sizeof *list->items);
	while ((word = next_word(&rest)).len) {
		char *start = answer->ptr + (word.ptr - answer->ptr);

		list->items[list->len++] = start;
		if (rest.len) {
			start[word.len] = '\0';
			rest = pm_slice_from(rest, 1);
		}
	}
}

static void ask_services(struct pm_cli *cli, const struct pm_policy *policy,
	struct pm_buf *answer, struct pm_opt_list *list)
{
	struct pm_buf question = PM_BUF_INIT;

	pm_buf_adds(&question, "Services (");
	for (size_t i = 0; i < policy->nservices; i++)
		pm_buf_addf(&question, "%s%s", i ? ", " : "",
			policy->services[i].name);
	pm_buf_adds(&question, "; a comma between two, Enter: none): ");
	if (ask(cli, policy, question.ptr, judge_services, answer))
		split(answer, list);
	pm_buf_release(&question);
}

void pm_ask(struct pm_cli *cli, const struct pm_policy *policy,
	const char *user, struct pm_answers *answers, struct pm_wanted *wanted)
{
	if (!wanted->title)
		wanted->title = ask(cli, policy,
			"Title (what the users saw): ", NULL, &answers->title);
	if (!wanted->title)
		return;
	if (!wanted->slug)
		wanted->slug =
			ask_slug(cli, policy, wanted->title, &answers->slug);
	if (!wanted->severity && policy->nseverities)
		wanted->severity =
			ask_severity(cli, policy, &answers->severity);
	if (!wanted->started)
		wanted->started = ask(cli, policy,
			"Started (10:02, 2026-11-22 10:02, now, -2h; Enter to "
			"leave it open): ",
			judge_time, &answers->started);
	if (!wanted->services.len && policy->nservices)
		ask_services(
			cli, policy, &answers->services, &wanted->services);
	if (!wanted->owner)
		wanted->owner = ask_owner(cli, policy, user, &answers->owner);
}

void pm_answers_release(struct pm_answers *answers)
{
	pm_buf_release(&answers->title);
	pm_buf_release(&answers->slug);
	pm_buf_release(&answers->severity);
	pm_buf_release(&answers->started);
	pm_buf_release(&answers->owner);
	pm_buf_release(&answers->services);
}
