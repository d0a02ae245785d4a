/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A policy's life and the questions asked of it. The defaults are the
 * shipped policy.yaml itself, parsed before the repository's file: what pm
 * init writes and what holds without a file cannot differ. Every command
 * parses them, so their comments, most of the file, are left out before.
 * Questions about names are answered from maps, because check asks them for
 * every action.
 */
#include "pm/policy.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/path.h"
#include "policy/private.h"

/* Far above any real policy; a company may list thousands of services. */
#define POLICY_BYTES ((size_t)1 << 20)

/* Reports what is wrong with the file as YAML. */
static int fail_yaml(
	struct pm_policy_reader *reader, const struct pm_yaml_problem *problem)
{
	int error = 0;

	for (; problem; problem = problem->next)
		error = problem->hint ? pm_policy_fail(reader, problem->span,
						"%s (%s)", problem->message,
						problem->hint)
				      : pm_policy_fail(reader, problem->span,
						"%s", problem->message);
	return error;
}

int pm_policy_mistake(struct pm_ctx *ctx, size_t *mistakes, const char *path,
	struct pm_pos pos, const char *text)
{
	size_t before = (*mistakes)++;

	if (before >= PM_POLICY_MISTAKES)
		return PM_EINVALID;
	return before ? pm_fail_also(ctx, PM_EINVALID, path, pos, "%s", text)
		      : pm_fail_at(ctx, PM_EINVALID, path, pos, "%s", text);
}

int pm_policy_mistakes_end(
	struct pm_ctx *ctx, size_t mistakes, const char *path)
{
	struct pm_pos nowhere = {0, 0};
	size_t rest = mistakes - PM_POLICY_MISTAKES;

	if (mistakes <= PM_POLICY_MISTAKES)
		return mistakes ? PM_EINVALID : 0;
	return pm_fail_also(ctx, PM_EINVALID, path, nowhere,
		"%zu more mistake%s in it", rest, rest == 1 ? " is" : "s are");
}

/* Reads one file of settings over what the policy holds already. */
static int read_file(struct pm_ctx *ctx, struct pm_policy_own *own,
	struct pm_slice text, bool shipped)
{
	struct pm_policy_reader reader = {
		.ctx = ctx, .own = own, .shipped = shipped};
	struct pm_yaml_limits limits = {.bytes = POLICY_BYTES};
	struct pm_arena scratch = PM_ARENA_INIT;
	struct pm_yaml yaml;
	int error = 0;

	pm_lines_init(&reader.lines, text);
	pm_yaml_parse(&scratch, text, &limits, &yaml);
	if (yaml.problems)
		error = fail_yaml(&reader, yaml.problems);
	else if (yaml.root)
		error = pm_policy_read_settings(&reader, yaml.root);
	if (reader.mistakes)
		error = pm_policy_mistakes_end(
			ctx, reader.mistakes, PM_POLICY_PATH);
	pm_arena_release(&scratch);
	pm_lines_release(&reader.lines);
	return error;
}

/* The defaults' own lines do not count: no message names one. */
static int read_defaults(struct pm_ctx *ctx, struct pm_policy_own *own)
{
	struct pm_slice rest = pm_policy_default_text();
	struct pm_buf text = PM_BUF_INIT;
	int error;

	pm_buf_reserve(&text, rest.len);
	while (rest.len > 0) {
		ptrdiff_t end = pm_slice_find(rest, 0, '\n');
		size_t len = end < 0 ? rest.len : (size_t)end + 1;

		if (rest.ptr[0] != '#' && rest.ptr[0] != '\n')
			pm_buf_add(&text, rest.ptr, len);
		rest = pm_slice_from(rest, len);
	}
	error = read_file(ctx, own, pm_buf_slice(&text), true);
	pm_buf_release(&text);
	return error;
}

void pm_policy_free(struct pm_policy *policy)
{
	struct pm_policy_own *own = (struct pm_policy_own *)policy;

	if (!own)
		return;
	for (struct pm_policy_index *i = own->indexes; i; i = i->next)
		pm_map_release(&i->map);
	pm_map_release(&own->severities);
	pm_map_release(&own->services);
	pm_map_release(&own->departments);
	pm_map_release(&own->people);
	pm_map_release(&own->teams);
	pm_arena_release(&own->arena);
	free(own);
}

/* Maps a name, folded, to a number; the first of two spellings wins. */
static void put_number(struct pm_map *map, const char *name, size_t number)
{
	char folded[PM_PERSON_MAX];
	uintptr_t *value = pm_map_put(
		map, pm_policy_fold(folded, pm_slice_str(name)), NULL);

	if (*value == 0)
		*value = number + 1;
}

/* The number of a name, or -1. */
static ptrdiff_t get_number(const struct pm_map *map, struct pm_slice name)
{
	char folded[PM_PERSON_MAX];
	const uintptr_t *value;

	if (name.len > sizeof folded)
		return -1;
	value = pm_map_get(map, pm_policy_fold(folded, name));
	return value ? (ptrdiff_t)*value - 1 : -1;
}

/* A few names are sooner looked through than looked up. */
#define UNINDEXED 8

/* Gives a list its index and, where it holds nothing, its ending NULL. */
static void index_names(struct pm_policy_own *own, struct pm_names *names)
{
	struct pm_policy_index *index;

	if (!names->items)
		names->items =
			pm_arena_alloc(&own->arena, 1, sizeof *names->items);
	if (names->len <= UNINDEXED)
		return;
	index = pm_arena_alloc(&own->arena, 1, sizeof *index);
	index->next = own->indexes;
	own->indexes = index;
	for (size_t i = 0; i < names->len; i++)
		put_number(&index->map, names->items[i], i);
	names->index = &index->map;
}

/* Departments by name, and their people among those who may be named. */
static void index_departments(struct pm_policy_own *own)
{
	struct pm_policy *policy = &own->policy;

	for (size_t i = 0; i < policy->ndepartments; i++) {
		struct pm_department *d = &policy->departments[i];

		put_number(&own->departments, d->name, i);
		index_names(own, &d->people);
		for (size_t j = 0; j < d->people.len; j++)
			pm_map_put(&own->people,
				pm_slice_str(d->people.items[j]), NULL);
	}
}

/* Services by name, and their teams among those who may be named. */
static void index_services(struct pm_policy_own *own)
{
	const struct pm_policy *policy = &own->policy;
	struct pm_buf key = PM_BUF_INIT;

	for (size_t i = 0; i < policy->nservices; i++) {
		const struct pm_service *s = &policy->services[i];

		put_number(&own->services, s->name, i);
		if (!s->team)
			continue;
		pm_buf_reset(&key);
		pm_person_key(&key, pm_slice_str(s->team));
		pm_map_put(&own->people, pm_buf_slice(&key), NULL);
		pm_map_put(&own->teams, pm_buf_slice(&key), NULL);
	}
	pm_buf_release(&key);
}

/* Severities by name and alias. */
static void index_severities(struct pm_policy_own *own)
{
	struct pm_policy *policy = &own->policy;

	for (size_t i = 0; i < policy->nseverities; i++) {
		struct pm_severity *s = &policy->severities[i];

		put_number(&own->severities, s->name, i);
		for (size_t j = 0; j < s->aliases.len; j++)
			put_number(&own->severities, s->aliases.items[j], i);
		index_names(own, &s->aliases);
	}
}

/* A language's own words. */
static void index_wording(struct pm_policy_own *own)
{
	struct pm_policy *policy = &own->policy;

	for (size_t i = 0; i < policy->nwording; i++) {
		index_names(own, &policy->wording[i].blame);
		index_names(own, &policy->wording[i].vague);
		index_names(own, &policy->wording[i].verbs);
	}
}

/* Builds the look-up maps once all settings are known. */
static void index_all(struct pm_policy_own *own)
{
	struct pm_policy *policy = &own->policy;
	struct pm_names *const lists[] = {
		&policy->kinds,
		&policy->triggers,
		&policy->cause_kinds,
		&policy->action_types,
		&policy->action_priorities,
		&policy->detected_by,
		&policy->roles,
		&policy->approvers,
		&policy->personal_data,
		&policy->status_names[PM_STATUS_DRAFT],
		&policy->status_names[PM_STATUS_REVIEW],
		&policy->status_names[PM_STATUS_FINAL],
	};
	struct pm_names people = policy->people;

	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		index_names(own, lists[i]);
	index_severities(own);
	index_wording(own);
	index_departments(own);
	index_services(own);
	/* The list is filled again, without doubles and able to grow. */
	policy->people = (struct pm_names){.index = &own->people};
	for (size_t i = 0; i < people.len; i++)
		pm_policy_add_person(own, pm_slice_str(people.items[i]));
	if (!policy->people.items)
		policy->people.items = pm_arena_alloc(
			&own->arena, 1, sizeof *policy->people.items);
}

int pm_policy_parse(
	struct pm_ctx *ctx, struct pm_slice text, struct pm_policy **out)
{
	struct pm_policy_own *own = pm_alloc(1, sizeof *own);
	int error;

	/* Some editors begin a file with a byte order mark. */
	if (pm_slice_starts(text, "\xEF\xBB\xBF"))
		text = pm_slice_from(text, 3);
	error = read_defaults(ctx, own);
	own->policy.from_file = text.len > 0;
	/* As pm init wrote it, it says the same once more. */
	if (error == 0 && own->policy.from_file &&
		!pm_slice_eq(text, pm_policy_default_text()))
		error = read_file(ctx, own, text, false);
	if (error < 0) {
		pm_policy_free(&own->policy);
		return error;
	}
	index_all(own);
	*out = &own->policy;
	return 0;
}

const struct pm_severity *pm_policy_severity(
	const struct pm_policy *policy, struct pm_slice name)
{
	const struct pm_policy_own *own = (const struct pm_policy_own *)policy;
	ptrdiff_t i = get_number(&own->severities, name);

	return i < 0 ? NULL : &policy->severities[i];
}

const struct pm_service *pm_policy_service(
	const struct pm_policy *policy, struct pm_slice name)
{
	const struct pm_policy_own *own = (const struct pm_policy_own *)policy;
	ptrdiff_t i = get_number(&own->services, name);

	return i < 0 ? NULL : &policy->services[i];
}

const struct pm_department *pm_policy_department(
	const struct pm_policy *policy, struct pm_slice name)
{
	const struct pm_policy_own *own = (const struct pm_policy_own *)policy;
	ptrdiff_t i = get_number(&own->departments, name);

	return i < 0 ? NULL : &policy->departments[i];
}

/* True when one of the globs matches. */
static bool any_glob(const struct pm_names *globs, struct pm_slice path)
{
	for (size_t i = 0; i < globs->len; i++)
		if (pm_glob_match(pm_slice_str(globs->items[i]), path))
			return true;
	return false;
}

bool pm_policy_is_document(const struct pm_policy *policy, struct pm_slice path)
{
	return any_glob(&policy->documents, path) &&
	       !any_glob(&policy->exclude, path);
}
