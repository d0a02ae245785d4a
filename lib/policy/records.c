/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The settings that are more than a name or a list of names: severities,
 * people, departments, services, words for statuses, headings and rules.
 * Whatever is read replaces the default of the same key as a whole.
 */
#include "policy/private.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* Days after which a deadline is a slip of the pen: ten years. */
#define DAYS_MAX 3650

static int read_days(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field)
{
	unsigned *out = field;
	struct pm_slice rest = node->text;
	size_t days;
	int error = pm_policy_want_scalar(reader, node);

	if (error < 0)
		return error;
	if (!pm_policy_read_digits(&rest, &days) || rest.len > 0 ||
		days > DAYS_MAX)
		return pm_policy_fail(reader, node->span,
			"'%.*s' is not a number of days from 0 to %d",
			PM_SLICE_ARG(node->text), DAYS_MAX);
	*out = (unsigned)days;
	return 0;
}

/* No severity may have the name or alias of another. */
static int check_severities(
	struct pm_policy_reader *reader, const struct pm_yaml_node *list)
{
	const struct pm_policy *policy = &reader->own->policy;
	struct pm_map seen = PM_MAP_INIT;
	const struct pm_yaml_node *item = list->child;
	int error = 0;

	for (size_t i = 0; i < policy->nseverities && error == 0;
		i++, item = item->next) {
		const struct pm_yaml_node *aliases =
			pm_yaml_get(item, "aliases");

		error = pm_policy_check_twice(reader, &seen,
			pm_policy_item_span(item),
			pm_slice_str(policy->severities[i].name));
		for (const struct pm_yaml_node *a = aliases ? aliases->child
							    : NULL;
			a && error == 0; a = a->next)
			error = pm_policy_check_twice(
				reader, &seen, a->span, a->text);
	}
	pm_map_release(&seen);
	return error;
}

int pm_policy_read_severities(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field)
{
	static const struct pm_policy_setting settings[] = {
		{"action_days", read_days,
			offsetof(struct pm_severity, action_days)},
		{"aliases", pm_policy_read_names,
			offsetof(struct pm_severity, aliases)},
		{"approvals", pm_policy_read_approvals,
			offsetof(struct pm_severity, approvals)},
		{"final_days", read_days,
			offsetof(struct pm_severity, final_days)},
		{"name", pm_policy_read_name,
			offsetof(struct pm_severity, name)},
		{"review_days", read_days,
			offsetof(struct pm_severity, review_days)},
		{NULL, NULL, 0},
	};
	struct pm_policy *policy = &reader->own->policy;
	int error = pm_policy_read_items(
		reader, node, settings, sizeof(struct pm_severity), field);

	policy->nseverities = pm_policy_count(node);
	for (size_t i = 0; error == 0 && i < policy->nseverities; i++)
		policy->severities[i].rank = (unsigned)i;
	return error == 0 ? check_severities(reader, node) : error;
}

/* A list of people, kept as their keys. */
int pm_policy_read_people(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field)
{
	struct pm_names *names = field;
	struct pm_buf key = PM_BUF_INIT;
	int error = pm_policy_want_list(reader, node);

	pm_policy_names_room(reader, node, names);
	for (const struct pm_yaml_node *c = pm_policy_entries(node, error); c;
		c = c->next) {
		int bad = pm_policy_want_scalar(reader, c);

		if (bad == 0 && !pm_person_valid(c->text))
			bad = pm_policy_fail(reader, c->span,
				"'%.*s' is not a person (write \"@name\", "
				"\"@org/team\" or an e-mail address)",
				PM_SLICE_ARG(c->text));
		pm_buf_reset(&key);
		pm_person_key(&key, c->text);
		names->items[names->len++] =
			pm_arena_slice(&reader->own->arena, pm_buf_slice(&key))
				.ptr;
		error = pm_policy_worse(error, bad);
	}
	pm_buf_release(&key);
	return error;
}

/* A team, kept in the form that pm writes. */
static int read_team(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field)
{
	const char **out = field;
	struct pm_buf text = PM_BUF_INIT;
	int error = pm_policy_want_scalar(reader, node);

	*out = NULL;
	if (error < 0 || pm_policy_is_nothing(node) || node->text.len == 0)
		return error;
	if (!pm_person_valid(node->text))
		return pm_policy_fail(reader, node->span,
			"'%.*s' is not a team (write \"@org/team\")",
			PM_SLICE_ARG(node->text));
	pm_person_print(&text, node->text);
	*out = pm_arena_slice(&reader->own->arena, pm_buf_slice(&text)).ptr;
	pm_buf_release(&text);
	return 0;
}

int pm_policy_read_departments(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field)
{
	static const struct pm_policy_setting settings[] = {
		{"name", pm_policy_read_name,
			offsetof(struct pm_department, name)},
		{"people", pm_policy_read_people,
			offsetof(struct pm_department, people)},
		{NULL, NULL, 0},
	};

	reader->own->policy.ndepartments = pm_policy_count(node);
	return pm_policy_read_items(
		reader, node, settings, sizeof(struct pm_department), field);
}

int pm_policy_read_services(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field)
{
	static const struct pm_policy_setting settings[] = {
		{"department", pm_policy_read_name,
			offsetof(struct pm_service, department)},
		{"name", pm_policy_read_name,
			offsetof(struct pm_service, name)},
		{"team", read_team, offsetof(struct pm_service, team)},
		{NULL, NULL, 0},
	};

	reader->own->policy.nservices = pm_policy_count(node);
	return pm_policy_read_items(
		reader, node, settings, sizeof(struct pm_service), field);
}

/* A word that stands for two statuses would leave a document in either. */
static int check_status_words(
	struct pm_policy_reader *reader, const struct pm_yaml_node *node)
{
	struct pm_map seen = PM_MAP_INIT;
	int error = 0;

	for (const struct pm_yaml_node *c = node->child; c; c = c->next)
		for (const struct pm_yaml_node *w = c->child; w && error == 0;
			w = w->next) {
			enum pm_status own, other;

			if (pm_status_parse(w->text, &other) < 0)
				error = pm_policy_check_twice(
					reader, &seen, w->span, w->text);
			else if (pm_status_parse(c->key, &own) < 0 ||
				 own != other)
				error = pm_policy_fail(reader, w->span,
					"'%.*s' is a status itself and cannot "
					"stand for %.*s",
					PM_SLICE_ARG(w->text),
					PM_SLICE_ARG(c->key));
		}
	pm_map_release(&seen);
	return error;
}

/* "draft: [wip]" and so on: more words for the three statuses. */
int pm_policy_read_statuses(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field)
{
	static const struct pm_policy_setting settings[] = {
		{"draft", pm_policy_read_names,
			PM_STATUS_DRAFT * sizeof(struct pm_names)},
		{"final", pm_policy_read_names,
			PM_STATUS_FINAL * sizeof(struct pm_names)},
		{"review", pm_policy_read_names,
			PM_STATUS_REVIEW * sizeof(struct pm_names)},
		{NULL, NULL, 0},
	};
	int error = pm_policy_want_map(reader, node);

	memset(field, 0, PM_STATUS_COUNT * sizeof(struct pm_names));
	if (error == 0)
		error = pm_policy_read_map(reader, node, settings, field);
	return error == 0 ? check_status_words(reader, node) : error;
}

/* Appends a heading folded, with single spaces. */
static void fold_heading(struct pm_buf *out, struct pm_slice heading)
{
	struct pm_buf folded = PM_BUF_INIT;
	struct pm_slice text;

	pm_utf8_fold(&folded, heading);
	text = pm_slice_trim(pm_buf_slice(&folded));
	for (size_t i = 0; i < text.len; i++) {
		bool blank = text.ptr[i] == ' ' || text.ptr[i] == '\t' ||
			     text.ptr[i] == '\n' || text.ptr[i] == '\r';

		if (!blank)
			pm_buf_addc(out, text.ptr[i]);
		else if (out->ptr[out->len - 1] != ' ')
			pm_buf_addc(out, ' ');
	}
	pm_buf_release(&folded);
}

/* Adds one heading for a role. */
static int add_synonym(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, enum pm_section_role role)
{
	struct pm_policy *policy = &reader->own->policy;
	struct pm_buf folded = PM_BUF_INIT;
	const char *heading;
	int error = pm_policy_read_name(reader, node, &heading);

	if (error < 0)
		return error;
	fold_heading(&folded, node->text);
	policy->synonyms[policy->nsynonyms++] = (struct pm_synonym){
		.heading = pm_arena_slice(
			&reader->own->arena, pm_buf_slice(&folded))
				   .ptr,
		.role = role,
	};
	pm_buf_release(&folded);
	return 0;
}

/* Fails unless the key names a role of sections. */
static int read_role(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, enum pm_section_role *out)
{
	const char *words[PM_SECTION_COUNT];

	if (pm_section_role_parse(node->key, out) == 0 &&
		*out != PM_SECTION_OTHER)
		return 0;
	for (int i = PM_SECTION_OTHER + 1; i < PM_SECTION_COUNT; i++)
		words[i - 1] = pm_section_role_name((enum pm_section_role)i);
	words[PM_SECTION_COUNT - 1] = NULL;
	return pm_policy_fail_word(
		reader, node->key_span, "section", node->key, words);
}

static int compare_synonyms(const void *a, const void *b)
{
	const struct pm_synonym *left = a, *right = b;
	int order = strcmp(left->heading, right->heading);

	return order ? order : (int)left->role - (int)right->role;
}

int pm_policy_read_sections(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field)
{
	struct pm_policy *policy = &reader->own->policy;
	int error = pm_policy_want_map(reader, node);
	size_t room = 0;

	for (const struct pm_yaml_node *c = node->child; c; c = c->next)
		room += 1 + pm_policy_count(c);
	policy->nsynonyms = 0;
	policy->synonyms = pm_arena_alloc(
		&reader->own->arena, room + 1, sizeof *policy->synonyms);
	(void)field; /* the same array */
	for (const struct pm_yaml_node *c = pm_policy_entries(node, error); c;
		c = c->next) {
		enum pm_section_role role = PM_SECTION_OTHER;
		int bad = read_role(reader, c, &role);

		if (bad == 0 && c->kind == PM_YAML_SCALAR &&
			!pm_policy_is_nothing(c))
			bad = add_synonym(reader, c, role);
		else if (bad == 0)
			bad = pm_policy_want_list(reader, c);
		for (const struct pm_yaml_node *h = c->child; h && bad == 0;
			h = h->next)
			bad = add_synonym(reader, h, role);
		error = pm_policy_worse(error, bad);
	}
	if (policy->nsynonyms > 0)
		qsort(policy->synonyms, policy->nsynonyms,
			sizeof *policy->synonyms, compare_synonyms);
	return error;
}

/* Reads "error", "warning", "note" or "off". */
static int read_level(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field)
{
	enum pm_level *out = field;
	const char *words[PM_LEVEL_COUNT + 1];
	int error = pm_policy_want_scalar(reader, node);

	if (error < 0 || pm_level_parse(node->text, out) == 0)
		return error;
	for (int i = 0; i < PM_LEVEL_COUNT; i++)
		words[i] = pm_level_name((enum pm_level)i);
	words[PM_LEVEL_COUNT] = NULL;
	return pm_policy_fail_word(
		reader, node->span, "level", node->text, words);
}

/* One level for all statuses, or one for each that is named. */
static int read_levels(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, enum pm_level *level)
{
	static const struct pm_policy_setting settings[] = {
		{"draft", read_level, PM_STATUS_DRAFT * sizeof(enum pm_level)},
		{"final", read_level, PM_STATUS_FINAL * sizeof(enum pm_level)},
		{"review", read_level,
			PM_STATUS_REVIEW * sizeof(enum pm_level)},
		{NULL, NULL, 0},
	};
	int error;

	for (int i = 0; i < PM_STATUS_COUNT; i++)
		level[i] = PM_LEVEL_DEFAULT;
	if (node->kind == PM_YAML_MAP)
		return pm_policy_read_map(reader, node, settings, level);
	error = read_level(reader, node, level);
	for (int i = 1; i < PM_STATUS_COUNT; i++)
		level[i] = level[0];
	return error;
}

int pm_policy_read_rules(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field)
{
	struct pm_policy *policy = &reader->own->policy;
	int error = pm_policy_want_map(reader, node);

	(void)field; /* the same array */
	policy->nrules = 0;
	policy->rules = pm_arena_alloc(&reader->own->arena,
		pm_policy_count(node) + 1, sizeof *policy->rules);
	for (const struct pm_yaml_node *c = pm_policy_entries(node, error); c;
		c = c->next) {
		struct pm_rule_setting *rule = &policy->rules[policy->nrules++];

		rule->rule = pm_arena_slice(&reader->own->arena, c->key).ptr;
		rule->pos = pm_lines_pos(&reader->lines, c->key_span.off);
		error = pm_policy_worse(
			error, read_levels(reader, c, rule->level));
	}
	return error;
}

int pm_policy_check_services(
	struct pm_policy_reader *reader, const struct pm_yaml_node *list)
{
	const struct pm_policy *policy = &reader->own->policy;
	const struct pm_yaml_node *item = list ? list->child : NULL;
	const char **words;

	if (policy->ndepartments == 0 || !item)
		return 0;
	words = pm_arena_alloc(
		&reader->own->arena, policy->ndepartments + 1, sizeof *words);
	for (size_t i = 0; i < policy->ndepartments; i++)
		words[i] = policy->departments[i].name;
	for (; item; item = item->next) {
		const struct pm_yaml_node *name =
			pm_yaml_get(item, "department");
		size_t i = 0;

		while (name && words[i] &&
			!pm_slice_is_nocase(name->text, words[i]))
			i++;
		if (name && !words[i])
			return pm_policy_fail_word(reader, name->span,
				"department", name->text, words);
	}
	return 0;
}
