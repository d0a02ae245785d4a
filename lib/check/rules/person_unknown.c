/* SPDX-License-Identifier: Apache-2.0 */
/* A person whom the policy does not list; only where it lists any. */
#include "check/check.h"

#include "base/nearest.h"

/* 'write: "@ana"' for the nearest person, or NULL. */
static const char *nearest_person(
	struct pm_check *check, struct pm_slice person)
{
	struct pm_buf text = PM_BUF_INIT;
	const char *near, *hint = NULL;

	if (!pm_findings_wanted(check))
		return NULL;
	pm_person_key(&text, person);
	near = pm_nearest(pm_buf_slice(&text), check->policy->people.items);
	if (near) {
		pm_buf_reset(&text);
		pm_buf_adds(&text, "write: \"");
		pm_person_print(&text, pm_slice_str(near));
		pm_buf_addc(&text, '"');
		hint = pm_arena_strdup(check->arena, text.ptr);
	}
	pm_buf_release(&text);
	return hint;
}

static void check_person(struct pm_check *check, const struct pm_field *field,
	struct pm_span place)
{
	if (!pm_doc_names_person(field->text) ||
		!pm_person_valid(field->text) ||
		pm_policy_knows_person(check->policy, field->text))
		return;
	pm_finding_add(check, place, nearest_person(check, field->text),
		"'%s' is not among the people of the policy",
		pm_check_word(check, field->text));
}

static void run(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;

	if (!check->policy->people.len)
		return;
	check_person(check, &doc->owner, pm_check_place(check, &doc->owner));
	for (size_t i = 0; i < doc->nparticipants; i++) {
		const struct pm_field *person = &doc->participants[i].person;

		check_person(check, person, pm_check_place(check, person));
	}
	for (size_t i = 0; i < doc->nactions; i++) {
		const struct pm_action *action = &doc->actions[i];

		/* In the body only a handle is surely meant as one. */
		if (!action->in_body)
			check_person(check, &action->owner,
				pm_check_place(check, &action->owner));
		else if (pm_slice_starts(action->owner.text, "@"))
			check_person(check, &action->owner,
				pm_check_action_place(check, action));
	}
}

PM_RULE_DEFINE(person_unknown) = {
	.info =
		{
			.id = "person-unknown",
			.step = PM_STEP_GATHER,
			.level = PM_LEVELS(WARNING, ERROR, WARNING),
			.summary = "a person is not among the people of the "
				   "policy",
			.why = "A mistyped handle owns nothing: no reminder "
			       "reaches it, and a list of somebody's open "
			       "actions leaves it out. The same goes for a "
			       "colleague who has left, whose actions need a "
			       "new owner. Only asked where the policy names "
			       "people, by itself or in a file such as "
			       "CODEOWNERS.",
			.bad = "owner: \"@anna\"\n",
			.good = "owner: \"@ana\"\n",
		},
	.run = run,
};
