/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Templates of a state: .pm/templates/NAME.md where the repository has it,
 * else the built-in one. Each is parsed once per process. The names in the
 * repository are listed once, so that a document's kind, which is foreign
 * text, never becomes part of a path that is looked up.
 */
#include "snapshot/reader.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/nearest.h"

#define SUFFIX ".md"

void pm_reader_templates_release(struct pm_reader *reader)
{
	for (size_t i = 0; i < reader->templates.len; i++)
		pm_template_free(
			(struct pm_template *)reader->templates.entries[i]
				.value);
	pm_map_release(&reader->templates);
	if (reader->named)
		pm_buf_release(&reader->names);
	reader->named = false;
}

static int read_names(struct pm_ctx *ctx, struct pm_reader *reader)
{
	const struct pm_snapshot *snap = reader->snap;

	if (reader->named)
		return 0;
	reader->names = (struct pm_buf)PM_BUF_INIT;
	reader->named = true;
	return pm_state_names(
		ctx, snap, pm_slice_str(PM_TEMPLATES_PATH), &reader->names);
}

/* The next name of the list without its suffix; ptr NULL at the end. */
static struct pm_slice next_name(struct pm_slice *rest)
{
	while (rest->len > 0) {
		struct pm_slice name = pm_slice_str(rest->ptr);

		*rest = pm_slice_from(*rest, name.len + 1);
		if (name.len > strlen(SUFFIX) && pm_slice_ends(name, SUFFIX))
			return pm_slice_sub(name, 0, name.len - strlen(SUFFIX));
	}
	return (struct pm_slice){NULL, 0};
}

static bool in_repository(const struct pm_reader *reader, struct pm_slice name)
{
	struct pm_slice rest = pm_buf_slice(&reader->names);
	struct pm_slice found;

	while ((found = next_name(&rest)).ptr)
		if (pm_slice_eq(found, name))
			return true;
	return false;
}

/* Reads and parses the template of a name that exists. */
static int load(struct pm_ctx *ctx, struct pm_reader *reader,
	struct pm_slice name, struct pm_template **out)
{
	const struct pm_slice *builtin = pm_template_builtin(name);
	struct pm_buf path = PM_BUF_INIT;
	struct pm_buf text = PM_BUF_INIT;
	char *copy = pm_strndup(name.ptr, name.len);
	int rc;

	if (in_repository(reader, name)) {
		pm_buf_addf(&path, PM_TEMPLATES_PATH "/%s" SUFFIX, copy);
		rc = pm_reader_file(ctx, reader, pm_buf_slice(&path),
			PM_SNAPSHOT_SMALL, &text);
		if (rc == 0)
			rc = pm_template_parse(
				ctx, copy, path.ptr, pm_buf_slice(&text), out);
	} else {
		rc = pm_template_parse(ctx, copy, NULL, *builtin, out);
	}
	free(copy);
	pm_buf_release(&path);
	pm_buf_release(&text);
	return rc;
}

/* Says which templates there are, or which of them may have been meant. */
static int fail_unknown(struct pm_ctx *ctx, const struct pm_reader *reader,
	struct pm_slice name)
{
	const char *const *builtin = pm_template_builtin_names();
	struct pm_slice rest = pm_buf_slice(&reader->names);
	struct pm_arena arena = PM_ARENA_INIT;
	PM_VEC(const char *) names = {0};
	struct pm_buf choice = PM_BUF_INIT;
	struct pm_slice found;
	const char *nearest;
	int rc;

	pm_buf_adds(&choice, "one of: ");
	for (; *builtin; builtin++)
		*pm_vec_push(&names) = *builtin;
	while ((found = next_name(&rest)).ptr)
		if (!pm_template_builtin(found))
			*pm_vec_push(&names) =
				pm_arena_slice(&arena, found).ptr;
	for (size_t i = 0; i < names.len; i++)
		pm_buf_addf(&choice, "%s%s", i ? ", " : "", names.items[i]);
	*pm_vec_push(&names) = NULL;
	nearest = pm_nearest(name, names.items);
	if (nearest) {
		pm_buf_reset(&choice);
		pm_buf_addf(&choice, "did you mean '%s'?", nearest);
	}
	rc = pm_fail(ctx, PM_ENOTFOUND, "there is no template '%.*s' (%s)",
		PM_SLICE_ARG(name), choice.ptr);
	pm_buf_release(&choice);
	pm_vec_release(&names);
	pm_arena_release(&arena);
	return rc;
}

int pm_reader_template_named(struct pm_ctx *ctx, struct pm_reader *reader,
	struct pm_slice name, const struct pm_template **out)
{
	struct pm_template *tmpl = NULL;
	const uintptr_t *known;
	int rc = read_names(ctx, reader);

	if (rc < 0)
		return rc;
	if (!pm_template_builtin(name) && !in_repository(reader, name))
		return fail_unknown(ctx, reader, name);
	known = pm_map_get(&reader->templates, name);
	if (!known) {
		rc = load(ctx, reader, name, &tmpl);
		if (rc < 0)
			return rc;
		*pm_map_put(&reader->templates, name, NULL) = (uintptr_t)tmpl;
	} else {
		tmpl = (struct pm_template *)*known;
	}
	*out = tmpl;
	return 0;
}

const struct pm_template *pm_reader_template(
	struct pm_ctx *ctx, struct pm_reader *reader, struct pm_slice kind)
{
	const struct pm_template *tmpl = NULL;
	bool other;
	int rc;

	if (read_names(ctx, reader) < 0)
		return NULL;
	other = kind.len == 0 ||
		(!pm_template_builtin(kind) && !in_repository(reader, kind));
	if (other)
		kind = pm_slice_str(reader->snap->policy->default_template);
	rc = pm_reader_template_named(ctx, reader, kind, &tmpl);
	if (rc == PM_ENOTFOUND && other)
		pm_fail_prefix(ctx, "default_template in " PM_POLICY_PATH);
	return rc < 0 ? NULL : tmpl;
}

const struct pm_template *pm_reader_find_template(
	void *place, struct pm_slice name)
{
	const struct pm_reader_place *in = place;

	return pm_reader_template(in->ctx, in->reader, name);
}
