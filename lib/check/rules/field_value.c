/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every value of the front matter that is typed: against the policy's lists,
 * as a time, as a person, as a name that stands once. Values with a rule of
 * their own (an action's type, status and due date) are left to it. A list
 * that the policy leaves empty takes any value.
 */
#include "check/check.h"

#include "check/person_kind.h"

/* True when reading complained about the value already: it was mended as far
   as it could be, and one slip is one finding. */
static bool is_told(const struct pm_check *check, const struct pm_field *field)
{
	const struct pm_doc *doc = check->doc;

	for (size_t i = 0; i < doc->nproblems; i++)
		if (doc->problems[i].kind == PM_PROBLEM_FRONT_SYNTAX &&
			doc->problems[i].span.off == field->span.off)
			return true;
	return false;
}

static void check_listed(struct pm_check *check, const char *key,
	const struct pm_field *field, const struct pm_names *names)
{
	if (!field->text.len || !names->len ||
		pm_names_has(names, field->text) || is_told(check, field))
		return;
	pm_finding_add(check, pm_check_place(check, field),
		pm_check_suggest(check, key, field->text, names->items),
		"%s '%s' is not in the policy's list", key,
		pm_check_word(check, field->text));
}

static void check_severity(struct pm_check *check)
{
	const struct pm_policy *policy = check->policy;
	const struct pm_field *field = &check->doc->severity;
	const char **names;

	if (!field->text.len || !policy->nseverities ||
		pm_policy_severity(policy, field->text) ||
		is_told(check, field))
		return;
	names = pm_arena_alloc(
		check->arena, policy->nseverities + 1, sizeof *names);
	for (size_t i = 0; i < policy->nseverities; i++)
		names[i] = policy->severities[i].name;
	pm_finding_add(check, pm_check_place(check, field),
		pm_check_suggest(check, "severity", field->text, names),
		"severity '%s' is not in the policy's list",
		pm_check_word(check, field->text));
}

/* A template that is not there is not followed, and nobody would notice. */
static void check_template(struct pm_check *check)
{
	const struct pm_field *field = &check->doc->tmpl;

	if (!field->text.len || pm_slice_is(field->text, check->tmpl->name))
		return;
	pm_finding_add(check, pm_check_place(check, field),
		pm_check_suggest(check, "template", field->text,
			pm_template_builtin_names()),
		"there is no template '%s'", pm_check_word(check, field->text));
}

static void check_head(struct pm_check *check)
{
	static const char *const statuses[] = {
		"draft", "review", "final", NULL};
	const struct pm_doc *doc = check->doc;
	const struct pm_policy *policy = check->policy;
	enum pm_status status;

	if (doc->schema.text.len && !pm_slice_is(doc->schema.text, "1"))
		pm_finding_add(check, pm_check_place(check, &doc->schema),
			"write: schema: 1", "schema '%s' is not known",
			pm_check_word(check, doc->schema.text));
	check_listed(check, "kind", &doc->kind, &policy->kinds);
	check_template(check);
	if (doc->status.text.len &&
		pm_policy_status(policy, doc->status.text, &status) < 0)
		pm_finding_add(check, pm_check_place(check, &doc->status),
			pm_check_suggest(
				check, "status", doc->status.text, statuses),
			"status '%s' is not draft, review or final",
			pm_check_word(check, doc->status.text));
	check_severity(check);
	check_listed(
		check, "detected_by", &doc->detected_by, &policy->detected_by);
	if (!pm_slice_is(doc->trigger.text, "unknown"))
		check_listed(
			check, "trigger", &doc->trigger, &policy->triggers);
}

/* The names of all departments or services, for a hint. */
static const char **names_of(const struct pm_check *check, bool services)
{
	const struct pm_policy *policy = check->policy;
	size_t n = services ? policy->nservices : policy->ndepartments;
	const char **names = pm_arena_alloc(check->arena, n + 1, sizeof *names);

	for (size_t i = 0; i < n; i++)
		names[i] = services ? policy->services[i].name
				    : policy->departments[i].name;
	return names;
}

static void check_department(
	struct pm_check *check, const struct pm_field *field)
{
	if (!field->text.len || !check->policy->ndepartments ||
		pm_policy_department(check->policy, field->text) ||
		!pm_findings_wanted(check))
		return;
	pm_finding_add(check, pm_check_place(check, field),
		pm_check_suggest(check, "department", field->text,
			names_of(check, false)),
		"the policy knows no department '%s'",
		pm_check_word(check, field->text));
}

static void check_service(struct pm_check *check, const struct pm_field *field)
{
	if (!field->text.len || !check->policy->nservices ||
		pm_policy_service(check->policy, field->text) ||
		!pm_findings_wanted(check))
		return;
	pm_finding_add(check, pm_check_place(check, field),
		pm_check_suggest(
			check, "service", field->text, names_of(check, true)),
		"the policy knows no service '%s'",
		pm_check_word(check, field->text));
}

/* "Bob Smith" is no handle: nobody can be reminded by it. */
static void check_person(struct pm_check *check, const struct pm_field *field)
{
	if (!field->text.len || pm_person_valid(field->text) ||
		!pm_doc_names_person(field->text) || is_told(check, field))
		return;
	pm_finding_add(check, pm_check_place(check, field),
		"write a handle, a team or an address: \"@ana\", "
		"\"@org/team\", \"ana@example.org\"",
		"'%s' cannot be read as a person",
		pm_check_word(check, field->text));
}

static void check_people(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;

	check_person(check, &doc->owner);
	for (size_t i = 0; i < doc->nparticipants; i++) {
		const struct pm_participant *one = &doc->participants[i];

		check_person(check, &one->person);
		check_department(check, &one->department);
		check_listed(check, "role", &one->role, &check->policy->roles);
	}
}

static void check_time(struct pm_check *check, const char *key,
	const struct pm_field *field, const char *why)
{
	pm_finding_add(check, pm_check_place(check, field),
		"write a time with its offset, such as 2026-11-22T10:09Z or "
		"~2026-11-22T10:00+01:00, or unknown",
		"%s '%s' is not a time: %s", key,
		pm_check_word(check, field->text),
		why ? why : "it cannot be read");
}

static void check_times(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;
	struct pm_time time;

	for (size_t i = 0; i < PM_MOMENT_COUNT; i++) {
		const struct pm_moment_value *moment = &doc->times[i];

		if (moment->field.text.len && !moment->valid &&
			!is_told(check, &moment->field))
			check_time(check, pm_moment_names[i], &moment->field,
				moment->why);
	}
	for (size_t i = 0; i < doc->nevidence; i++) {
		const struct pm_field *from = &doc->evidence[i].from;
		const struct pm_field *to = &doc->evidence[i].to;
		const char *why = NULL;

		if (from->text.len &&
			pm_time_parse(from->text, &time, &why) < 0)
			check_time(check, "from", from, why);
		if (to->text.len && pm_time_parse(to->text, &time, &why) < 0)
			check_time(check, "to", to, why);
	}
}

static int by_text(const void *pa, const void *pb)
{
	const struct pm_field *a = *(const struct pm_field *const *)pa;
	const struct pm_field *b = *(const struct pm_field *const *)pb;
	int order = pm_slice_cmp(a->text, b->text);

	if (order)
		return order;
	return a->span.off < b->span.off ? -1 : 1;
}

/* Reports every id but the first of those that are alike. */
static void check_twice(struct pm_check *check, const char *what,
	const struct pm_field **ids, size_t n)
{
	if (n > 1)
		qsort(ids, n, sizeof *ids, by_text);
	for (size_t i = 1; i < n; i++)
		if (ids[i]->text.len &&
			pm_slice_eq(ids[i - 1]->text, ids[i]->text))
			pm_finding_add(check, pm_check_place(check, ids[i]),
				"write an id that no other has",
				"%s '%s' stands twice", what,
				pm_check_word(check, ids[i]->text));
}

static void check_causes(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;
	const struct pm_field **ids =
		pm_arena_alloc(check->arena, doc->ncauses + 1, sizeof *ids);

	for (size_t i = 0; i < doc->ncauses; i++) {
		ids[i] = &doc->causes[i].id;
		/* cause-person says what is wrong with the others. */
		if (!pm_kind_is_person(doc->causes[i].kind.text))
			check_listed(check, "kind", &doc->causes[i].kind,
				&check->policy->cause_kinds);
	}
	check_twice(check, "cause", ids, doc->ncauses);
}

static bool is_cause(const struct pm_doc *doc, struct pm_slice id)
{
	for (size_t i = 0; i < doc->ncauses; i++)
		if (pm_slice_eq(doc->causes[i].id.text, id))
			return true;
	return false;
}

static void check_addresses(
	struct pm_check *check, const struct pm_action *action)
{
	const struct pm_doc *doc = check->doc;

	/* Without any cause, cause-missing says it all. */
	for (size_t i = 0; doc->ncauses && i < action->addresses.len; i++) {
		const struct pm_field *id = &action->addresses.items[i];

		if (!id->text.len || is_cause(doc, id->text))
			continue;
		pm_finding_add(check, pm_check_place(check, id),
			"write the id of a cause under causes:",
			"%s addresses '%s', which is no cause",
			pm_finding_about(check, action),
			pm_check_word(check, id->text));
	}
}

static void check_actions(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;
	const struct pm_field **ids;

	if (doc->nactions && doc->actions[0].in_body)
		return;
	ids = pm_arena_alloc(check->arena, doc->nactions + 1, sizeof *ids);
	for (size_t i = 0; i < doc->nactions; i++) {
		const struct pm_action *action = &doc->actions[i];

		ids[i] = &action->id;
		check_listed(check, "priority", &action->priority,
			&check->policy->action_priorities);
		check_person(check, &action->owner);
		check_addresses(check, action);
	}
	check_twice(check, "action", ids, doc->nactions);
}

static void check_absent(struct pm_check *check, const struct pm_field *field,
	struct pm_span span, const char *hint, const char *what)
{
	if (!field->text.len)
		pm_finding_add(check, pm_check_first_line(check, span), hint,
			"%s", what);
}

/* An approval that cannot be read approves nothing. */
static void check_approvals(struct pm_check *check)
{
	static const char hint[] =
		"run 'pm approve', which writes who, when and of which text";
	const struct pm_doc *doc = check->doc;

	for (size_t i = 0; i < doc->napprovals; i++) {
		const struct pm_approval *one = &doc->approvals[i];
		const char *why = NULL;
		struct pm_time time;

		check_absent(check, &one->by, one->span, hint,
			"an approval does not say by whom");
		check_person(check, &one->by);
		check_absent(check, &one->at, one->span, hint,
			"an approval does not say when");
		if (one->at.text.len && !one->valid) {
			(void)pm_time_parse(one->at.text, &time, &why);
			check_time(check, "at", &one->at, why);
		}
		check_absent(check, &one->digest, one->span, hint,
			"an approval does not say of which text");
		if (one->digest.text.len &&
			!pm_doc_digest_valid(one->digest.text))
			pm_finding_add(check,
				pm_check_place(check, &one->digest), hint,
				"digest '%s' is not 'sha256:' and 64 "
				"hexadecimal digits",
				pm_check_word(check, one->digest.text));
	}
}

/* Rule and reason have findings of their own. */
static void check_waivers(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;

	for (size_t i = 0; i < doc->nwaivers; i++) {
		const struct pm_waiver *one = &doc->waivers[i];
		const char *why = NULL;
		struct pm_date date;

		check_person(check, &one->by);
		if (one->until.text.len &&
			pm_date_parse(one->until.text, &date, &why) < 0)
			pm_finding_add(check,
				pm_check_place(check, &one->until),
				"write the last day it holds, such as until: "
				"2026-12-31",
				"until '%s' is not a date: %s",
				pm_check_word(check, one->until.text), why);
	}
}

static void run(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;

	pm_finding_add_problems(check, PM_PROBLEM_FIELD_TYPE);
	if (!doc->has_front)
		return;
	check_head(check);
	for (size_t i = 0; i < doc->services.len; i++)
		check_service(check, &doc->services.items[i]);
	for (size_t i = 0; i < doc->departments.len; i++)
		check_department(check, &doc->departments.items[i]);
	check_people(check);
	check_times(check);
	check_causes(check);
	check_actions(check);
	check_approvals(check);
	check_waivers(check);
}

/* A time in another form; one that is a time already is left alone. */
static void fix_time(struct pm_check *check, struct pm_fixes *fixes,
	const char *key, const struct pm_field *field)
{
	struct pm_buf iso = PM_BUF_INIT;
	struct pm_time time;

	if (field->text.len && pm_time_parse(field->text, &time, NULL) < 0 &&
		pm_doc_iso_time(field->text, PM_ORDER_UNKNOWN, &iso))
		pm_edits_value(pm_fix_add(check, fixes, field->span,
				       "%s is written %s", key, iso.ptr),
			field, pm_buf_slice(&iso));
	pm_buf_release(&iso);
}

static void fix_date(struct pm_check *check, struct pm_fixes *fixes,
	const struct pm_field *field)
{
	struct pm_buf iso = PM_BUF_INIT;
	struct pm_date date;

	if (field->text.len && pm_date_parse(field->text, &date, NULL) < 0 &&
		pm_doc_iso_date(field->text, PM_ORDER_UNKNOWN, &iso))
		pm_edits_value(pm_fix_add(check, fixes, field->span,
				       "until is written %s", iso.ptr),
			field, pm_buf_slice(&iso));
	pm_buf_release(&iso);
}

static void fix(struct pm_check *check, struct pm_fixes *fixes)
{
	const struct pm_doc *doc = check->doc;

	for (size_t i = 0; i < PM_MOMENT_COUNT; i++)
		fix_time(
			check, fixes, pm_moment_names[i], &doc->times[i].field);
	for (size_t i = 0; i < doc->nevidence; i++) {
		fix_time(check, fixes, "from", &doc->evidence[i].from);
		fix_time(check, fixes, "to", &doc->evidence[i].to);
	}
	for (size_t i = 0; i < doc->nwaivers; i++)
		fix_date(check, fixes, &doc->waivers[i].until);
}

PM_RULE_DEFINE(field_value) = {
	.info =
		{
			.id = "field-value",
			.step = PM_STEP_GATHER,
			.level = PM_LEVELS(ERROR, ERROR, ERROR),
			.summary = "a field's value is not one that the "
				   "policy or the format allows",
			.why = "Values are words from a list so that a search "
			       "for them finds all of them: \"Sev 2\", \"S2\" "
			       "and \"major\" are three numbers in a yearly "
			       "count, and one incident to the people who had "
			       "it. A day that the calendar does not have "
			       "makes every duration wrong.",
			.bad = "kind: incidnet\n"
			       "times:\n"
			       "  started: 2026-11-22T10:02Z\n"
			       "  detected: 2026-11-22T10:09\n"
			       "  resolved: 2026-11-31T11:04Z\n",
			.good = "kind: incident\n"
				"times:\n"
				"  started: 2026-11-22T10:02Z\n"
				"  detected: ~2026-11-22T10:09Z\n"
				"  resolved: 2026-11-22T11:04Z\n",
		},
	.run = run,
	.fix = fix,
};
