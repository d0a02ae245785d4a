/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Starting a post-mortem: the template filled with what is known, in a new
 * file. The name is taken by creating the file, never by looking first, so
 * two at once cannot share one: the second takes the next number.
 */
#include "pm/scaffold.h"

#include <unistd.h>

#include "base/file.h"
#include "base/map.h"
#include "base/path.h"
#include "base/utf8.h"
#include "scaffold/private.h"
#include "snapshot/snapshot.h"

/* Documents of one day with the same slug. */
#define NUMBERS_MAX 9999

struct writer {
	struct pm_ctx *ctx;
	const struct pm_policy *policy;
	const struct pm_scaffold *values;
	const struct pm_template *tmpl;
	struct pm_template *whole; /* tmpl with front matter added, or NULL */
	int root;                  /* descriptor of the work tree */
	struct pm_map taken;       /* ids that begin as this one, folded */
	struct pm_buf id, path;
};

#define VARS_MAX 32

/* The variables of a template and the memory of their values. */
struct vars {
	struct pm_template_vars items[VARS_MAX];
	size_t len;
	struct pm_arena *arena;
};

static void put(struct vars *vars, const char *name, struct pm_slice value)
{
	vars->items[vars->len++] = (struct pm_template_vars){
		.name = pm_slice_str(name),
		.value = pm_arena_slice(vars->arena, value),
	};
}

static void put_str(struct vars *vars, const char *name, const char *value)
{
	put(vars, name, pm_slice_str(value));
}

/* A list of names, one a line. */
static void put_list(struct vars *vars, const char *name,
	const char *const *items, size_t len)
{
	struct pm_buf text = PM_BUF_INIT;

	for (size_t i = 0; i < len; i++)
		pm_buf_addf(&text, "%s\n", items[i]);
	put(vars, name, pm_buf_slice(&text));
	pm_buf_release(&text);
}

static void put_names(
	struct vars *vars, const char *name, const struct pm_names *names)
{
	put_list(vars, name, names->items, names->len);
}

static void put_date(struct vars *vars, const char *name, struct pm_date date)
{
	put_str(vars, name,
		pm_arena_printf(vars->arena, "%04d-%02u-%02u", date.year,
			date.month, date.day));
}

/* What the policy allows, for the comments that teach it. */
static void put_policy(struct vars *vars, const struct pm_policy *policy)
{
	struct pm_buf text = PM_BUF_INIT;

	put_names(vars, "action_priority_values", &policy->action_priorities);
	put_names(vars, "action_type_values", &policy->action_types);
	put_names(vars, "cause_kind_values", &policy->cause_kinds);
	put_names(vars, "detected_by_values", &policy->detected_by);
	put_names(vars, "kind_values", &policy->kinds);
	put_names(vars, "role_values", &policy->roles);
	put_names(vars, "trigger_values", &policy->triggers);
	for (size_t i = 0; i < policy->nseverities; i++)
		pm_buf_addf(&text, "%s\n", policy->severities[i].name);
	put(vars, "severity_values", pm_buf_slice(&text));
	pm_buf_reset(&text);
	for (int i = 0; i < PM_STATUS_COUNT; i++)
		pm_buf_addf(&text, "%s\n", pm_status_name((enum pm_status)i));
	put(vars, "status_values", pm_buf_slice(&text));
	pm_buf_release(&text);
}

/* Who takes part, one a line with the department after a tab. */
static void put_participants(
	struct vars *vars, const struct pm_scaffold *values)
{
	struct pm_buf text = PM_BUF_INIT;

	for (size_t i = 0; i < values->participants.len; i++) {
		const struct pm_scaffold_row *row =
			&values->participants.items[i];

		pm_buf_addf(&text, "%s\t%s\n", row->person,
			row->department ? row->department : "");
	}
	put(vars, "participants", pm_buf_slice(&text));
	pm_buf_release(&text);
}

/* The template filled for the id in writer->id. */
static int fill(struct writer *writer, struct pm_buf *out)
{
	const struct pm_scaffold *values = writer->values;
	struct pm_arena arena = PM_ARENA_INIT;
	struct vars vars = {.arena = &arena};
	int error;

	put(&vars, "title", values->title);
	put(&vars, "id", pm_buf_slice(&writer->id));
	put_date(&vars, "date", values->date);
	put_date(&vars, "today", values->today);
	put_str(&vars, "year",
		pm_arena_printf(&arena, "%04d", values->date.year));
	put_str(&vars, "owner", values->owner);
	put_str(&vars, "severity", values->severity);
	put_str(&vars, "kind", values->kind);
	put_str(&vars, "status", pm_status_name(PM_STATUS_DRAFT));
	put_str(&vars, "template", writer->tmpl->name);
	put_str(&vars, "incident", values->incident);
	put_str(&vars, "started", values->started);
	put_str(&vars, "detected_by", "");
	put_str(&vars, "trigger", "");
	put_list(&vars, "services", values->services.items,
		values->services.len);
	put_list(&vars, "departments", values->departments.items,
		values->departments.len);
	put_participants(&vars, values);
	put_policy(&vars, writer->policy);
	error = pm_template_fill(
		writer->ctx, writer->tmpl, vars.items, vars.len, out);
	pm_arena_release(&arena);
	return error;
}

/*
 * A template may be headings alone, and a document without front matter is
 * none: it is then that of a shipped template, of the one that names the
 * template which the document follows.
 */
static int add_front(struct writer *writer)
{
	const struct pm_slice *shipped =
		pm_template_builtin(pm_slice_str("short"));
	const struct pm_template *tmpl = writer->tmpl;
	struct pm_slice rest = *shipped, line;
	struct pm_buf text = PM_BUF_INIT;
	int error, marks = 0;

	while (marks < 2 && pm_slice_line(&rest, &line)) {
		marks += pm_slice_is(line, "---");
		pm_buf_add_slice(&text, line);
		pm_buf_addc(&text, '\n');
	}
	pm_buf_addc(&text, '\n');
	pm_buf_add_slice(&text, tmpl->text);
	error = pm_template_parse(writer->ctx, tmpl->name, tmpl->path,
		pm_buf_slice(&text), &writer->whole);
	if (error == 0)
		writer->tmpl = writer->whole;
	pm_buf_release(&text);
	return error;
}

/* Remembers the ids that begin as this one, in any directory and case. */
static void read_taken(struct writer *writer, const struct pm_snapshot *snap)
{
	size_t n = pm_snapshot_count(snap);

	for (size_t i = 0; i < n; i++) {
		struct pm_slice id = pm_snapshot_doc(snap, i)->id;
		struct pm_buf folded = PM_BUF_INIT;

		if (!pm_slice_is_nocase(pm_slice_sub(id, 0, writer->id.len),
			    writer->id.ptr))
			continue;
		pm_utf8_fold(&folded, id);
		pm_map_put(&writer->taken, pm_buf_slice(&folded), NULL);
		pm_buf_release(&folded);
	}
}

/* Puts "DIR/YYYY/ID.md" or "DIR/ID.md" into writer->path. */
static void make_path(struct writer *writer, bool year)
{
	const char *dir = writer->policy->new_dir;

	pm_buf_reset(&writer->path);
	if (*dir)
		pm_buf_addf(&writer->path, "%s/", dir);
	if (year)
		pm_buf_addf(&writer->path, "%04d/", writer->values->date.year);
	pm_buf_addf(&writer->path, "%s.md", writer->id.ptr);
}

/*
 * Chooses the path for the present id: by year unless the policy's globs want
 * it flat. A document that pm check would not see must not be written.
 */
static int choose_path(struct writer *writer)
{
	const struct pm_policy *policy = writer->policy;
	const char *why;

	make_path(writer, true);
	if (!pm_policy_is_document(policy, pm_buf_slice(&writer->path))) {
		make_path(writer, false);
		if (!pm_policy_is_document(
			    policy, pm_buf_slice(&writer->path))) {
			make_path(writer, true);
			return pm_fail(writer->ctx, PM_EINVALID,
				"'%s' would be no document by the policy (make "
				"new_dir and documents agree in %s)",
				writer->path.ptr, PM_POLICY_PATH);
		}
	}
	why = pm_path_refuse(pm_buf_slice(&writer->path));
	if (why)
		return pm_fail(writer->ctx, PM_EINVALID,
			"cannot create '%s': %s (change new_dir in %s)",
			writer->path.ptr, why, PM_POLICY_PATH);
	return 0;
}

/* Creates the file for one id; PM_EEXISTS when it is taken. */
static int write_one(struct writer *writer)
{
	struct pm_buf text = PM_BUF_INIT;
	int error;

	if (pm_map_get(&writer->taken, pm_buf_slice(&writer->id)))
		return PM_EEXISTS;
	error = choose_path(writer);
	if (error == 0)
		error = fill(writer, &text);
	if (error == 0)
		error = pm_file_write_at(writer->ctx, writer->root,
			writer->path.ptr, pm_buf_slice(&text),
			PM_WRITE_NEW | PM_WRITE_PARENTS);
	pm_buf_release(&text);
	return error;
}

/* Tries the plain id, then the numbered ones. */
static int write_document(struct writer *writer, const struct pm_snapshot *snap)
{
	const struct pm_scaffold *values = writer->values;
	size_t base;
	int error = 0;

	pm_buf_addf(&writer->id, "%04d-%02u-%02u-", values->date.year,
		values->date.month, values->date.day);
	pm_buf_add_slice(&writer->id, values->slug);
	base = writer->id.len;
	read_taken(writer, snap);
	for (int n = 1; n <= NUMBERS_MAX; n++) {
		pm_buf_truncate(&writer->id, base);
		if (n > 1)
			pm_buf_addf(&writer->id, "-%d", n);
		error = write_one(writer);
		if (error != PM_EEXISTS)
			return error;
		pm_ctx_clear(writer->ctx);
	}
	return pm_fail(writer->ctx, PM_EEXISTS,
		"'%s' and all numbers up to %d are taken (choose another "
		"title)",
		writer->id.ptr, NUMBERS_MAX);
}

/* The template by name or kind; an unknown name is the caller's mistake. */
static int find_template(struct pm_ctx *ctx, struct pm_reader *reader,
	const struct pm_scaffold *values, const struct pm_template **out)
{
	struct pm_buf message = PM_BUF_INIT;
	int error;

	if (!values->tmpl) {
		*out = pm_reader_template(
			ctx, reader, pm_slice_str(values->kind));
		return *out ? 0 : pm_ctx_error(ctx)->code;
	}
	error = pm_reader_template_named(
		ctx, reader, pm_slice_str(values->tmpl), out);
	if (error != PM_ENOTFOUND)
		return error;
	pm_buf_adds(&message, pm_ctx_error(ctx)->message.ptr);
	pm_fail(ctx, PM_EUSAGE, "%s", message.ptr);
	pm_buf_release(&message);
	return PM_EUSAGE;
}

/* Writes the document once all values are known. */
static int create(struct pm_ctx *ctx, struct pm_snapshot *snap,
	const struct pm_scaffold *values, struct pm_buf *path)
{
	struct writer writer = {
		.ctx = ctx,
		.policy = values->policy,
		.values = values,
		.root = -1,
		.id = PM_BUF_INIT,
		.path = PM_BUF_INIT,
	};
	struct pm_reader *reader = NULL;
	int error = pm_reader_new(ctx, snap, &reader);

	if (error == 0)
		error = find_template(ctx, reader, values, &writer.tmpl);
	if (error == 0 && !pm_slice_starts(writer.tmpl->text, "---"))
		error = add_front(&writer);
	if (error == 0) {
		writer.root = pm_dir_open(
			ctx, pm_repo_worktree(pm_snapshot_repo(snap)));
		error = writer.root < 0 ? writer.root : 0;
	}
	if (error == 0)
		error = write_document(&writer, snap);
	if (error == 0)
		pm_buf_add_slice(path, pm_buf_slice(&writer.path));
	if (writer.root >= 0)
		close(writer.root);
	pm_template_free(writer.whole);
	pm_map_release(&writer.taken);
	pm_buf_release(&writer.id);
	pm_buf_release(&writer.path);
	pm_reader_free(reader);
	return error;
}

int pm_new(struct pm_ctx *ctx, struct pm_snapshot *snap,
	const struct pm_new_opts *opts, struct pm_buf *path)
{
	struct pm_scaffold values = {
		.ctx = ctx,
		.policy = pm_snapshot_policy(snap),
	};
	int error;

	if (!pm_repo_worktree(pm_snapshot_repo(snap)))
		return pm_fail(ctx, PM_EBARE,
			"cannot start a post-mortem: a bare repository has no "
			"work tree (run pm new in a clone)");
	error = pm_scaffold_read(&values, opts);
	if (error == 0)
		error = create(ctx, snap, &values, path);
	pm_scaffold_release(&values);
	return error;
}
