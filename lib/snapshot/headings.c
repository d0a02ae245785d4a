/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Headings that a document had and has no longer: links of other documents may
 * have led there. Only lines are compared, nothing is parsed, for this is done
 * in the process that must not fail. So a heading that is moved is none that
 * went, one in a block of code may be, and the title is left out: every second
 * change touches it, and nobody links to it but through the file.
 */
#include "base/map.h"
#include "snapshot/changes.h"

#include "git/git.h"

/* The text of a line "## Text ##"; empty: it is no heading below the first
   level. */
static struct pm_slice heading_of(struct pm_slice line)
{
	size_t level = 0;

	line = pm_slice_trim(line);
	while (level < line.len && line.ptr[level] == '#')
		level++;
	if (level < 2 || level > 6 || level == line.len ||
		(line.ptr[level] != ' ' && line.ptr[level] != '\t'))
		return pm_slice_make("", 0);
	line = pm_slice_from(line, level);
	while (line.len && line.ptr[line.len - 1] == '#')
		line.len--;
	return pm_slice_trim(line);
}

/* The text of a heading that is marked by the line under it. */
static struct pm_slice underlined(struct pm_slice line, struct pm_slice under)
{
	under = pm_slice_trim(under);
	line = pm_slice_trim(line);
	for (size_t i = 0; i < under.len; i++)
		if (under.ptr[i] != '-')
			return pm_slice_make("", 0);
	return under.len ? line : under;
}

/* The text after its front matter: the line that ends it underlines no heading,
   though the last field stands above it. */
static struct pm_slice body_of(struct pm_slice text)
{
	struct pm_slice rest = text, line;

	if (!pm_slice_line(&rest, &line) ||
		!pm_slice_is(pm_slice_trim(line), "---"))
		return text;
	while (pm_slice_line(&rest, &line)) {
		line = pm_slice_trim(line);
		if (pm_slice_is(line, "---") || pm_slice_is(line, "..."))
			return rest;
	}
	return text;
}

/* Puts the headings into the map, or tells whether it lacks one. */
static bool read_headings(struct pm_map *map, struct pm_slice text, bool put)
{
	struct pm_slice rest = body_of(text), line, last = {"", 0};

	while (pm_slice_line(&rest, &line)) {
		struct pm_slice heading = heading_of(line);

		if (!heading.len)
			heading = underlined(last, line);
		last = line;
		if (heading.len && put)
			pm_map_put(map, heading, NULL);
		else if (heading.len && !pm_map_get(map, heading))
			return true;
	}
	return false;
}

static int read_side(struct pm_ctx *ctx, const struct pm_snapshot *snap,
	const char *path, const struct pm_oid *oid, struct pm_buf *out)
{
	size_t limit = snap->policy->max_document;

	if (snap->kind == PM_SNAPSHOT_WORKTREE)
		return pm_state_read(
			ctx, snap, pm_slice_str(path), limit, out, NULL);
	return pm_git_blob(ctx, snap->repo, oid, limit, out);
}

bool pm_changes_lost_heading(
	struct pm_ctx *ctx, const struct pm_changes *changes, size_t i)
{
	const struct pm_change *change = &changes->items.items[i];
	struct pm_buf old = PM_BUF_INIT, new = PM_BUF_INIT;
	struct pm_map map = PM_MAP_INIT;
	bool lost = false;

	if (change->kind != PM_CHANGE_MODIFIED)
		return false;
	if (read_side(ctx, changes->old, change->old_path, &change->old_oid,
		    &old) < 0 ||
		read_side(ctx, changes->new, change->new_path, &change->new_oid,
			&new) < 0) {
		pm_ctx_clear(ctx);
	} else {
		read_headings(&map, pm_buf_slice(&new), true);
		lost = read_headings(&map, pm_buf_slice(&old), false);
	}
	pm_map_release(&map);
	pm_buf_release(&old);
	pm_buf_release(&new);
	return lost;
}
