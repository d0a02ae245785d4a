/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What every document says about itself. Fields with a rule of their own
 * (owner, times, causes, ...) are not asked for twice; services and
 * departments only where the policy knows any, and "[]" is an answer.
 */
#include "check/check.h"

#define FIELD(member) offsetof(struct pm_doc, member)

static const struct want {
	const char *key;
	size_t field;
	const char *hint;
} wanted[] = {
	{"schema", FIELD(schema), "write: schema: 1"},
	{"id", FIELD(front_id), NULL},
	{"title", FIELD(title), "write: title: what broke, for whom"},
	{"kind", FIELD(kind), NULL},
	{"status", FIELD(status), "write: status: draft"},
	{"severity", FIELD(severity), NULL},
};

static const char *severity_hint(const struct pm_check *check)
{
	const struct pm_policy *policy = check->policy;
	const char **names = pm_arena_alloc(
		check->arena, policy->nseverities + 1, sizeof *names);

	for (size_t i = 0; i < policy->nseverities; i++)
		names[i] = policy->severities[i].name;
	return pm_check_suggest(check, "severity", pm_slice_make("", 0), names);
}

static const char *hint_for(
	const struct pm_check *check, const struct want *want)
{
	if (want->hint)
		return want->hint;
	if (want->field == FIELD(front_id))
		return pm_arena_printf(check->arena, "write: id: %s",
			pm_check_word(check, check->doc->id));
	if (want->field == FIELD(kind))
		return pm_check_suggest(check, "kind", pm_slice_make("", 0),
			check->policy->kinds.items);
	return severity_hint(check);
}

static void check_list(struct pm_check *check, const char *key,
	const struct pm_field_list *list)
{
	if (list->span.len)
		return;
	pm_finding_add(check,
		list->key.len ? list->key : pm_check_front_place(check),
		pm_arena_printf(check->arena,
			"write: %s: [], or those that "
			"the incident touched",
			key),
		"'%s' is missing", key);
}

static void check_items(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;

	for (size_t i = 0; i < doc->nactions; i++) {
		const struct pm_action *action = &doc->actions[i];
		struct pm_span place = pm_check_action_place(check, action);

		if (action->in_body)
			break;
		if (!action->id.text.len)
			pm_finding_add(check, place, "write: id: A1",
				"an action has no 'id'");
		if (!action->title.text.len)
			pm_finding_add(check, place,
				"write: title: what will be done",
				"%s has no 'title'",
				pm_finding_about(check, action));
	}
}

static void check_participants(struct pm_check *check)
{
	for (size_t i = 0; i < check->doc->nparticipants; i++) {
		const struct pm_participant *one = &check->doc->participants[i];
		struct pm_span place = pm_check_first_line(check, one->span);
		static const char hint[] = "write: person: \"@name\"";

		if (!one->person.text.len)
			pm_finding_add(check, place, hint,
				"a participant has no 'person'");
		else if (!pm_doc_names_person(one->person.text))
			pm_finding_add(check,
				pm_check_place(check, &one->person), hint,
				"a participant has no 'person': '%s' is nobody",
				pm_check_word(check, one->person.text));
	}
}

static void run(struct pm_check *check)
{
	if (!check->fields)
		return;
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
		const struct pm_field *field =
			(const void *)((const char *)check->doc +
				       wanted[i].field);

		if (!field->text.len)
			pm_finding_add(check, pm_check_place(check, field),
				hint_for(check, &wanted[i]), "'%s' is missing",
				wanted[i].key);
	}
	if (check->policy->nservices)
		check_list(check, "services", &check->doc->services);
	if (check->policy->ndepartments)
		check_list(check, "departments", &check->doc->departments);
	check_items(check);
	check_participants(check);
}

/* Writes the id into the front matter; false where it cannot be edited. */
static bool put_id(const struct pm_doc *doc, struct pm_edits *edits)
{
	if (!doc->front_id.key.len)
		return pm_edits_add_first(edits, "id", doc->id);
	pm_edits_value(edits, &doc->front_id, doc->id);
	return true;
}

/* The id has one right answer; the others are for the writer to know. */
static void fix(struct pm_check *check, struct pm_fixes *fixes)
{
	const struct pm_doc *doc = check->doc;
	struct pm_edits trial;
	bool can;

	if (doc->front_id.text.len)
		return;
	pm_edits_init(&trial, doc);
	can = put_id(doc, &trial);
	pm_edits_release(&trial);
	if (can)
		put_id(doc, pm_fix_add(check, fixes,
				    pm_check_place(check, &doc->front_id),
				    "the id is that of the file, '%s'",
				    pm_check_word(check, doc->id)));
}

PM_RULE_DEFINE(field_missing) = {
	.info =
		{
			.id = "field-missing",
			.step = PM_STEP_GATHER,
			.level = PM_LEVELS(WARNING, ERROR, ERROR),
			.summary = "a field that every document has is missing",
			.why = "The fields are what the list, the search and "
			       "the yearly count go by. A document without a "
			       "severity is not among the severe ones, and "
			       "one without a status is nobody's turn.",
			.bad = "severity:\n",
			.good = "severity: SEV2\n",
		},
	.run = run,
	.fix = fix,
};
