/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whoever was hit has a voice. The departments are those of the document and
 * those of its services; one is represented by a participant who names it, or
 * by a participant or owner whom the policy lists for it.
 */
#include "check/check.h"

static bool nocase_eq(struct pm_slice text, const char *name)
{
	return pm_slice_is_nocase(pm_slice_trim(text), name);
}

/* True when the policy lists person among the department's people. */
static bool stands_for(
	const struct pm_department *department, struct pm_slice person)
{
	struct pm_buf key = PM_BUF_INIT;
	bool found;

	if (!department || !department->people.len || !person.len)
		return false;
	pm_person_key(&key, person);
	found = pm_names_has(&department->people, pm_buf_slice(&key));
	pm_buf_release(&key);
	return found;
}

static bool is_represented(const struct pm_check *check, const char *name)
{
	const struct pm_doc *doc = check->doc;
	const struct pm_department *department =
		pm_policy_department(check->policy, pm_slice_str(name));

	for (size_t i = 0; i < doc->nparticipants; i++) {
		const struct pm_participant *one = &doc->participants[i];

		if (nocase_eq(one->department.text, name) &&
			pm_doc_names_person(one->person.text))
			return true;
	}
	for (size_t i = 0; i < doc->nparticipants; i++)
		if (stands_for(department, doc->participants[i].person.text))
			return true;
	return stands_for(department, doc->owner.text);
}

/* True when the document names the department itself, before item n. */
static bool is_listed(const struct pm_doc *doc, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (nocase_eq(doc->departments.items[i].text, name))
			return true;
	return false;
}

static const char *hint_for(const struct pm_check *check, const char *name)
{
	return pm_arena_printf(check->arena,
		"write under participants: - {person: \"@name\", "
		"department: %s}",
		name);
}

static void check_services(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;

	for (size_t i = 0; i < doc->services.len; i++) {
		const struct pm_field *field = &doc->services.items[i];
		const struct pm_service *service =
			pm_policy_service(check->policy, field->text);

		if (!service || !service->department ||
			is_listed(doc, doc->departments.len,
				service->department) ||
			is_represented(check, service->department))
			continue;
		pm_finding_add(check, pm_check_place(check, field),
			hint_for(check, service->department),
			"department '%s' of service '%s' has no participant",
			service->department, service->name);
	}
}

static void run(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;

	if (!check->fields)
		return;
	for (size_t i = 0; i < doc->departments.len; i++) {
		const struct pm_field *field = &doc->departments.items[i];
		const char *name =
			pm_check_word(check, pm_slice_trim(field->text));

		if (!*name || is_listed(doc, i, name) ||
			is_represented(check, name))
			continue;
		pm_finding_add(check, pm_check_place(check, field),
			hint_for(check, name),
			"department '%s' has no participant", name);
	}
	check_services(check);
}

PM_RULE_DEFINE(department_unrepresented) = {
	.info =
		{
			.id = "department-unrepresented",
			.step = PM_STEP_GATHER,
			.level = PM_LEVELS(WARNING, ERROR, ERROR),
			.summary = "an affected department has no participant",
			.why = "Those who answered the customers know what "
			       "the incident did to them; those who run the "
			       "service know why. A review written by one "
			       "side finds the causes of that side. One "
			       "person from each department that was touched, "
			       "named here, is enough.",
			.bad = "departments: [web-development, "
			       "customer-support]\n"
			       "participants:\n"
			       "  - {person: \"@ana\", department: "
			       "web-development}\n",
			.good = "departments: [web-development, "
				"customer-support]\n"
				"participants:\n"
				"  - {person: \"@ana\", department: "
				"web-development}\n"
				"  - {person: \"@cy\", department: "
				"customer-support}\n",
		},
	.run = run,
};
