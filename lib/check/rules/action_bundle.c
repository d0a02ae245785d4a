/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two orders in one title, each with an object of its own: "Add an alert and
 * remove the old dashboard". Two verbs for one object, two objects of one
 * verb, a verb in a subordinate clause, and proving the same work are not two.
 */
#include "check/action_words.h"

/*
 * Verbs of work that stands for itself. Others prepare it, go on with it or
 * prove it: to monitor and page, to gather and publish, to add and verify.
 */
static const char *const works[] = {"add", "automate", "build", "configure",
	"convert", "create", "delete", "deprecate", "disable", "drop", "enable",
	"extend", "extract", "fix", "harden", "hire", "implement", "increase",
	"install", "introduce", "limit", "lower", "merge", "migrate", "move",
	"purchase", "raise", "reduce", "refactor", "reject", "remove", "rename",
	"replace", "restrict", "rewrite", "rotate", "split", "teach", "train",
	"uninstall", "update", "upgrade", "write", NULL};

/* What follows a verb that has no object of its own. */
static const char *const no_object[] = {"and", "as", "at", "by", "from", "in",
	"into", "it", "on", "or", "them", "to", "with", NULL};

/* A subordinate clause has verbs of its own. */
static const char *const deeper[] = {"after", "because", "before", "can",
	"could", "how", "if", "must", "should", "so", "that", "until", "what",
	"when", "where", "whether", "which", "while", "who", "why", "will",
	"would", NULL};

/* True when text is such work, with an object of its own. */
static bool is_work(struct pm_slice text)
{
	struct pm_slice verb, object, gap;

	return pm_word_next(&text, &verb, &gap) && pm_word_is_of(verb, works) &&
	       pm_word_next(&text, &object, &gap) &&
	       !pm_word_is_of(object, no_object);
}

/* "how", "so that", "to find": a verb behind it belongs to the first task. */
static bool is_deeper(const struct pm_check *check, struct pm_slice word,
	struct pm_slice rest)
{
	if (pm_slice_is_nocase(word, "to"))
		return pm_action_begins_with_verb(check, pm_slice_trim(rest));
	return pm_word_is_of(word, deeper);
}

/* Where the next order would begin: behind "and" or "as well as", or with the
   word itself behind a sign that joins; nothing elsewhere. */
static struct pm_slice behind_joint(
	struct pm_slice word, struct pm_slice gap, struct pm_slice rest)
{
	for (const char *sign = ";&+"; *sign; sign++)
		if (pm_slice_find(gap, 0, *sign) >= 0)
			return pm_slice_make(word.ptr,
				(size_t)(rest.ptr + rest.len - word.ptr));
	if (pm_slice_is_nocase(word, "as") &&
		pm_slice_starts(rest, " well as "))
		return pm_slice_from(rest, 9);
	if (!pm_slice_is_nocase(word, "and"))
		return pm_slice_make("", 0);
	if (pm_slice_starts(rest, " also ") || pm_slice_starts(rest, " then "))
		return pm_slice_from(rest, 6);
	return pm_slice_trim(rest);
}

/* False when there is nothing in text that joins two orders, be it a sign,
   "and" or "as well as": most titles are told by that. */
static bool may_join(struct pm_slice text)
{
	for (size_t i = 0; i + 1 < text.len; i++) {
		char c = text.ptr[i] | 0x20, next = text.ptr[i + 1] | 0x20;

		if (c == 'a' && (next == 'n' || next == 's'))
			return true;
	}
	return pm_slice_find(text, 0, ';') >= 0 ||
	       pm_slice_find(text, 0, '&') >= 0 ||
	       pm_slice_find(text, 0, '+') >= 0;
}

/* Where the second order of a title begins, or nothing. */
static struct pm_slice second(
	const struct pm_check *check, struct pm_slice order)
{
	struct pm_slice rest = order, word, gap, last = {"", 0};

	for (size_t words = 1; pm_word_next(&rest, &word, &gap); words++) {
		struct pm_slice next;

		/* What goes on behind a full stop explains. */
		if (pm_slice_find(gap, 0, '.') >= 0 ||
			pm_slice_find(gap, 0, '(') >= 0 ||
			pm_slice_find(gap, 0, ':') >= 0)
			break;
		next = behind_joint(word, gap, rest);
		if (words > 1 && !next.len && is_deeper(check, word, rest))
			break;
		/* "Enable read and write metrics" enables both. */
		if (words >= 3 && is_work(next) &&
			!(words == 3 &&
				pm_action_begins_with_verb(check, last)))
			return next;
		last = word;
	}
	return pm_slice_make("", 0);
}

static void check_action(struct pm_check *check, const struct pm_action *action)
{
	struct pm_slice order, text;
	bool verb;

	if (!may_join(action->title.text))
		return;
	order = pm_action_order(check, action, &verb);
	/* "Investigate it and add what is missing" is how one is bounded. */
	if (!verb || !is_work(order) || pm_action_vague(check, order).len)
		return;
	text = second(check, order);
	if (!text.len)
		return;
	pm_finding_add(check, pm_check_title_place(check, action),
		"make it two actions, each with its own owner and due date",
		"%s is two: '%s' is another task",
		pm_finding_about(check, action), pm_check_word(check, text));
}

static void run(struct pm_check *check)
{
	for (size_t i = 0; i < check->doc->nactions; i++)
		if (pm_action_is_ahead(&check->doc->actions[i]))
			check_action(check, &check->doc->actions[i]);
}

PM_RULE_DEFINE(action_bundle) = {
	.info =
		{
			.id = "action-bundle",
			.step = PM_STEP_PLAN,
			.level = PM_LEVELS(WARNING, WARNING, WARNING),
			.summary = "an action is two tasks",
			.why = "Of two tasks in one, the easier one gets done, "
			       "and then the action is neither open nor done: "
			       "somebody closes it for the half that is "
			       "there. Two tasks mostly have two people who "
			       "can do them and two dates by which they can. "
			       "Doing something and proving it is one.",
			.bad = "action_items:\n"
			       "  - id: A1\n"
			       "    title: Add the EU shard to the canary and "
			       "remove the old dashboard\n"
			       "    type: prevent\n"
			       "    owner: \"@bo\"\n"
			       "    due: 2026-12-05\n"
			       "    addresses: [C1]\n",
			.good = "action_items:\n"
				"  - id: A1\n"
				"    title: Add the EU shard to the canary and "
				"verify that it fails there\n"
				"    type: prevent\n"
				"    owner: \"@bo\"\n"
				"    due: 2026-12-05\n"
				"    addresses: [C1]\n"
				"  - id: A2\n"
				"    title: Remove the old dashboard\n"
				"    type: docs\n"
				"    owner: \"@ana\"\n"
				"    due: 2026-12-05\n"
				"    addresses: [C1]\n",
		},
	.run = run,
};
