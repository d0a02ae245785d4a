/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The keys of a policy, one row each, and what their values may be. The same
 * code reads the built-in defaults and then the repository's file over them,
 * so a default cannot have a form that a team may not write. The names of
 * rules are not verified here: the check does, which knows them.
 */
#include "policy/private.h"

#include "base/path.h"

/* Each file of the repository is held against each glob, and each glob against
   the others. */
#define GLOBS_MOST 1000

/* A list of globs. */
static int read_globs(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field)
{
	struct pm_names *globs = field;
	int error = pm_policy_want_list(reader, node);

	pm_policy_names_room(reader, node, globs);
	for (const struct pm_yaml_node *c = node->child; c && error == 0;
		c = c->next) {
		const char *why = NULL;

		error = pm_policy_want_scalar(reader, c);
		if (error == 0 && globs->len == GLOBS_MOST)
			why = "it is one more than 1000, which is the most";
		else if (error == 0)
			why = pm_policy_glob_refuse(c->text);
		if (why)
			error = pm_policy_fail(reader, c->span,
				"bad glob '%.*s': %s", PM_SLICE_ARG(c->text),
				why);
		globs->items[globs->len++] =
			pm_arena_slice(&reader->own->arena, c->text).ptr;
	}
	return error;
}

static int read_documents(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field)
{
	int error = read_globs(reader, node, field);

	reader->documents_said = true;
	if (error == 0 && node->child == NULL)
		error = pm_policy_fail(reader, node->span,
			"'documents' names no file (write: documents: "
			"[\"postmortems/**/*.md\"])");
	/* As in .gitignore it would mean all files, pictures too. */
	for (const struct pm_yaml_node *c = node->child; c && error == 0;
		c = c->next)
		if (pm_slice_ends(c->text, "/"))
			error = pm_policy_fail(reader, c->span,
				"bad glob '%.*s': it names a directory (write "
				"%.*s**/*.md)",
				PM_SLICE_ARG(c->text), PM_SLICE_ARG(c->text));
	return error;
}

/* The name of a template, which becomes a file name. */
static int read_template(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field)
{
	int error = pm_policy_read_name(reader, node, field);

	if (error == 0 && (pm_slice_find(node->text, 0, '/') >= 0 ||
				  pm_path_refuse(node->text)))
		error = pm_policy_fail(reader, node->span,
			"'%.*s' cannot name a template (write its name, such "
			"as default, without directory and suffix)",
			PM_SLICE_ARG(node->text));
	return error;
}

/* A path inside the repository. */
static int check_path(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, struct pm_slice path)
{
	const char *why = pm_path_refuse(path);

	if (!why)
		return 0;
	return pm_policy_fail(reader, node->span, "bad path '%.*s': %s",
		PM_SLICE_ARG(node->text), why);
}

/* "." is the top of the repository and is kept as "". */
static int read_dir(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field)
{
	const char **out = field;
	struct pm_slice path = node->text;
	int error = pm_policy_want_scalar(reader, node);

	reader->new_dir_said = true;
	if (error < 0)
		return error;
	if (path.len > 1 && pm_slice_ends(path, "/"))
		path.len--;
	if (pm_slice_is(path, "."))
		path.len = 0;
	else
		error = check_path(reader, node, path);
	*out = pm_arena_slice(&reader->own->arena, path).ptr;
	return error;
}

/* A path, or nothing. */
static int read_path(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field)
{
	const char **out = field;
	int error = pm_policy_want_scalar(reader, node);

	*out = NULL;
	if (error < 0 || pm_policy_is_nothing(node) || node->text.len == 0)
		return error;
	error = check_path(reader, node, node->text);
	*out = pm_arena_slice(&reader->own->arena, node->text).ptr;
	return error;
}

/* "262144", "256 KiB", "1 MiB". */
static int read_bytes(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field)
{
	size_t *out = field;
	struct pm_slice rest = node->text;
	int error = pm_policy_want_scalar(reader, node);
	bool good = error == 0 && pm_policy_read_digits(&rest, out);

	if (error < 0)
		return error;
	rest = pm_slice_trim(rest);
	if (pm_slice_is_nocase(rest, "KiB"))
		*out <<= 10;
	else if (pm_slice_is_nocase(rest, "MiB"))
		*out <<= 20;
	else
		good = good && rest.len == 0;
	if (!good || *out < 1024 || *out > (size_t)64 << 20)
		return pm_policy_fail(reader, node->span,
			"'%.*s' is not a size from 1 KiB to 64 MiB (write it "
			"like 256 KiB)",
			PM_SLICE_ARG(node->text));
	return 0;
}

/* "day-first", "month-first", or nothing. */
static int read_date_order(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field)
{
	static const char *const words[] = {"day-first", "month-first", NULL};
	enum pm_date_order *out = field;
	int error = pm_policy_want_scalar(reader, node);

	*out = PM_ORDER_UNKNOWN;
	if (error < 0 || pm_policy_is_nothing(node) || !node->text.len)
		return error;
	if (pm_slice_is_nocase(node->text, words[0]))
		*out = PM_ORDER_DAY;
	else if (pm_slice_is_nocase(node->text, words[1]))
		*out = PM_ORDER_MONTH;
	else
		error = pm_policy_fail_word(
			reader, node->span, "order", node->text, words);
	return error;
}

static int read_schema(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field)
{
	(void)field;
	if (node->kind == PM_YAML_SCALAR && pm_slice_is(node->text, "1"))
		return 0;
	return pm_policy_fail(reader, node->span,
		"this pm reads policies of schema 1 only (write: schema: 1)");
}

#define FIELD(name) offsetof(struct pm_policy, name)

static const struct pm_policy_setting settings[] = {
	{"action_owner_person", pm_policy_read_bool,
		FIELD(action_owner_person)},
	{"action_priorities", pm_policy_read_names, FIELD(action_priorities)},
	{"action_types", pm_policy_read_names, FIELD(action_types)},
	{"approvers", pm_policy_read_people, FIELD(approvers)},
	{"cause_kinds", pm_policy_read_names, FIELD(cause_kinds)},
	{"date_order", read_date_order, FIELD(date_order)},
	{"default_template", read_template, FIELD(default_template)},
	{"departments", pm_policy_read_departments, FIELD(departments)},
	{"detected_by", pm_policy_read_names, FIELD(detected_by)},
	{"documents", read_documents, FIELD(documents)},
	{"exclude", read_globs, FIELD(exclude)},
	{"holidays", pm_policy_read_holidays, FIELD(holidays)},
	{"kinds", pm_policy_read_names, FIELD(kinds)},
	{"max_document", read_bytes, FIELD(max_document)},
	{"new_dir", read_dir, FIELD(new_dir)},
	{"people", pm_policy_read_people, FIELD(people)},
	{"people_file", read_path, FIELD(people_file)},
	{"personal_data", pm_policy_read_names, FIELD(personal_data)},
	{"roles", pm_policy_read_names, FIELD(roles)},
	{"rules", pm_policy_read_rules, FIELD(rules)},
	{"schema", read_schema, 0},
	{"sections", pm_policy_read_sections, FIELD(synonyms)},
	{"services", pm_policy_read_services, FIELD(services)},
	{"severities", pm_policy_read_severities, FIELD(severities)},
	{"status_transitions", pm_policy_read_transitions, FIELD(transitions)},
	{"statuses", pm_policy_read_statuses, FIELD(status_names)},
	{"triggers", pm_policy_read_names, FIELD(triggers)},
	{"wording", pm_policy_read_wording, FIELD(wording)},
	{"working_days", pm_policy_read_working_days, FIELD(working_days)},
	{NULL, NULL, 0},
};

/*
 * A team that only says where its documents are expects new ones there too:
 * without new_dir it is the directory of the first glob, unless the default
 * one is covered.
 */
static void derive_new_dir(struct pm_policy_reader *reader)
{
	struct pm_policy *policy = &reader->own->policy;
	struct pm_buf path = PM_BUF_INIT;

	if (!reader->documents_said || reader->new_dir_said)
		return;
	pm_buf_addf(&path, "%s/2026/2026-11-22-x.md", policy->new_dir);
	if (!pm_policy_is_document(policy, pm_buf_slice(&path))) {
		struct pm_slice root =
			pm_glob_root(pm_slice_str(policy->documents.items[0]));

		policy->new_dir = pm_arena_slice(&reader->own->arena, root).ptr;
	}
	pm_buf_release(&path);
}

int pm_policy_read_settings(
	struct pm_policy_reader *reader, const struct pm_yaml_node *root)
{
	int error;

	if (root->kind != PM_YAML_MAP)
		return pm_policy_fail(reader, root->span,
			"a policy is a set of settings (write them as 'name: "
			"value', or run pm init for an example)");
	error = pm_policy_read_map(
		reader, root, settings, &reader->own->policy);
	if (error == 0)
		error = pm_policy_check_services(
			reader, pm_yaml_get(root, "services"));
	if (error == 0)
		error = pm_policy_check_approvals(
			reader, pm_yaml_get(root, "severities"));
	if (error == 0)
		derive_new_dir(reader);
	return error;
}
