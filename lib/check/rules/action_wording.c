/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An action is an order that ends: a verb first, and for the verbs that never
 * end by themselves a number, a date or an outcome. What is done or dropped
 * may be told in any words; and where nothing but a ticket stands, the ticket
 * has them.
 */
#include "check/action_words.h"

/* Whether the document is English: asked once, and only if it matters. */
enum language { NOT_ASKED, ENGLISH, OTHER };

static bool is_english(const struct pm_check *check, enum language *language)
{
	if (*language == NOT_ASKED)
		*language = pm_check_is_english(check) ? ENGLISH : OTHER;
	return *language == ENGLISH;
}

static void check_action(struct pm_check *check, const struct pm_action *action,
	enum language *language)
{
	bool verb;
	struct pm_slice order = pm_action_order(check, action, &verb);
	struct pm_slice vague = pm_action_vague(check, order);

	if (vague.len) {
		if (pm_action_has_bound(order))
			return;
		pm_finding_add(check, pm_check_title_place(check, action),
			"say when it is done: a number, a date, or what will "
			"be there then, such as 'and write down ...'",
			"%s never ends: '%s' has no bound",
			pm_finding_about(check, action),
			pm_check_word(check, vague));
		return;
	}
	if (verb || !pm_action_has_verbs(check) ||
		pm_text_is_foreign(action->title.text) ||
		!is_english(check, language))
		return;
	pm_finding_add(check, pm_check_title_place(check, action),
		"begin with what is to be done: Add, Remove, Alert on ...",
		"%s does not begin with a verb",
		pm_finding_about(check, action));
}

static void run(struct pm_check *check)
{
	enum language language = NOT_ASKED;

	for (size_t i = 0; i < check->doc->nactions; i++)
		if (pm_action_is_ahead(&check->doc->actions[i]) &&
			!pm_action_only_ticket(&check->doc->actions[i]))
			check_action(check, &check->doc->actions[i], &language);
}

PM_RULE_DEFINE(action_wording) = {
	.info =
		{
			.id = "action-wording",
			.step = PM_STEP_PLAN,
			.level = PM_LEVELS(WARNING, WARNING, WARNING),
			.summary = "an action does not say what to do, or "
				   "never ends",
			.why = "In three weeks somebody who was not in the "
			       "room opens the ticket. \"Canary coverage\" "
			       "tells him a topic, \"improve monitoring\" a "
			       "direction; neither can be closed, so both "
			       "stay open until somebody closes them without "
			       "having done anything. Begin with a verb, and "
			       "give one that never ends a bound: "
			       "\"Investigate the retries and write down what "
			       "triggers them\".",
			.bad = "action_items:\n"
			       "  - id: A1\n"
			       "    title: Improve the canary\n"
			       "    type: prevent\n"
			       "    owner: \"@bo\"\n"
			       "    due: 2026-12-05\n"
			       "    addresses: [C1]\n",
			.good = "action_items:\n"
				"  - id: A1\n"
				"    title: Improve the canary so that it "
				"covers the EU shard\n"
				"    type: prevent\n"
				"    owner: \"@bo\"\n"
				"    due: 2026-12-05\n"
				"    addresses: [C1]\n",
		},
	.run = run,
};
