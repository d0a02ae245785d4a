/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A view is what one work tree's HEAD shows: its commit, tree and policy, and
 * its rows in doc. Linked work trees share the parsed documents and have a
 * view each, so that two of them at different commits do not undo each
 * other's work.
 */
#include "index/private.h"

/* Largest policy file that is read. */
#define POLICY_LIMIT ((size_t)1 << 20)

static struct pm_slice view_name(const struct pm_index *index)
{
	const char *top = pm_repo_worktree(index->repo);

	return pm_slice_str(top ? top : "");
}

static struct pm_slice oid_slice(const struct pm_oid *oid)
{
	return pm_slice_make((const char *)oid->bytes, sizeof oid->bytes);
}

static void oid_copy(struct pm_slice bytes, struct pm_oid *out)
{
	*out = (struct pm_oid){{0}};
	if (bytes.len == sizeof out->bytes)
		memcpy(out->bytes, bytes.ptr, bytes.len);
}

int pm_view_read(struct pm_index *index, struct pm_view *view)
{
	struct pm_stmt *stmt = pm_sql_stmt(index->sql,
		"SELECT id, reading, head, tree, policy FROM view"
		" WHERE name = ?");
	int ret;

	*view = (struct pm_view){.known = false};
	pm_stmt_text(stmt, 1, view_name(index));
	ret = pm_stmt_step(stmt);
	if (ret <= 0)
		return ret;
	view->known = true;
	view->id = pm_stmt_col_int(stmt, 0);
	view->reading = pm_stmt_col_int(stmt, 1);
	oid_copy(pm_stmt_col_text(stmt, 2), &view->head);
	oid_copy(pm_stmt_col_text(stmt, 3), &view->tree);
	oid_copy(pm_stmt_col_text(stmt, 4), &view->policy);
	ret = pm_stmt_step(stmt);
	return ret < 0 ? ret : 0;
}

int pm_view_write(struct pm_index *index, struct pm_view *view)
{
	struct pm_stmt *stmt = pm_sql_stmt(index->sql,
		"INSERT INTO view(name, reading, head, tree, policy)"
		" VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT(name) DO UPDATE SET"
		" reading = ?2, head = ?3, tree = ?4, policy = ?5");
	int ret;

	pm_stmt_text(stmt, 1, view_name(index));
	pm_stmt_int(stmt, 2, view->reading);
	pm_stmt_blob(stmt, 3, oid_slice(&view->head));
	pm_stmt_blob(stmt, 4, oid_slice(&view->tree));
	pm_stmt_blob(stmt, 5, oid_slice(&view->policy));
	ret = pm_stmt_run(stmt);
	if (ret == 0 && !view->known) {
		view->id = pm_sql_last_id(index->sql);
		view->known = true;
	}
	return ret;
}

int pm_view_docs(struct pm_index *index, const struct pm_view *view,
	struct pm_arena *arena, struct pm_wants *out)
{
	struct pm_stmt *stmt = pm_sql_stmt(index->sql,
		"SELECT d.path, b.oid FROM doc d JOIN blob b ON b.id = d.blob"
		" WHERE d.view = ? ORDER BY d.path");
	int ret;

	pm_stmt_int(stmt, 1, view->id);
	while ((ret = pm_stmt_step(stmt)) > 0) {
		struct pm_want *want = pm_vec_push(out);

		want->path =
			pm_arena_slice(arena, pm_stmt_col_text(stmt, 0)).ptr;
		oid_copy(pm_stmt_col_text(stmt, 1), &want->oid);
		want->num = SIZE_MAX;
	}
	return ret;
}

/* Which file of a tree is its policy; zero when there is none. */
int pm_view_policy_oid(
	struct pm_index *index, const struct pm_oid *tree, struct pm_oid *out)
{
	struct pm_git_entry entry;
	int ret;

	*out = (struct pm_oid){{0}};
	if (pm_oid_zero(tree))
		return 0;
	ret = pm_git_lookup(index->ctx, index->repo, tree,
		pm_slice_str(PM_POLICY_PATH), &entry);
	if (ret == PM_ENOTFOUND) {
		pm_ctx_clear(index->ctx);
		return 0;
	}
	if (ret == 0)
		*out = entry.oid;
	return ret;
}

int pm_view_policy(struct pm_index *index, const struct pm_oid *oid)
{
	struct pm_policy *policy = NULL;
	struct pm_buf text = PM_BUF_INIT;
	int ret = 0;

	if (index->policy && pm_oid_eq(&index->policy_oid, oid))
		return 0;
	if (!pm_oid_zero(oid))
		ret = pm_git_blob(
			index->ctx, index->repo, oid, POLICY_LIMIT, &text);
	if (ret == 0)
		ret = pm_policy_parse(index->ctx, pm_buf_slice(&text), &policy);
	if (ret == 0) {
		pm_policy_free(index->policy);
		index->policy = policy;
		index->policy_oid = *oid;
	}
	pm_buf_release(&text);
	return ret;
}

int pm_index_policy(struct pm_index *index, const struct pm_policy **policy)
{
	int ret = 0;

	if (index->snap) {
		*policy = pm_snapshot_policy(index->snap);
		return 0;
	}
	ret = pm_view_policy(index, &index->view.policy);
	*policy = index->policy;
	return ret;
}

/* What of a policy changes how a document's row looks: which headings have
   which role, which of two days a date is, and from what size on a document is
   not read. */
static int64_t reading_digest(const struct pm_policy *policy)
{
	struct pm_buf text = PM_BUF_INIT;
	int64_t digest;

	pm_buf_addf(
		&text, "%zu %d", policy->max_document, (int)policy->date_order);
	for (size_t i = 0; i < policy->nsynonyms; i++)
		pm_buf_addf(&text, "%c%s%c%d", PM_INDEX_SEP,
			policy->synonyms[i].heading, PM_INDEX_SEP,
			(int)policy->synonyms[i].role);
	digest = pm_row_digest(pm_buf_slice(&text));
	pm_buf_release(&text);
	return digest;
}

static int find_reading(struct pm_sql *sql, int64_t digest, int64_t *out)
{
	struct pm_stmt *stmt =
		pm_sql_stmt(sql, "SELECT id FROM reading WHERE digest = ?");
	int ret;

	pm_stmt_int(stmt, 1, digest);
	ret = pm_stmt_step(stmt);
	if (ret <= 0)
		return ret;
	*out = pm_stmt_col_int(stmt, 0);
	ret = pm_stmt_step(stmt);
	return ret < 0 ? ret : 1;
}

int pm_index_reading(
	struct pm_index *index, const struct pm_policy *policy, int64_t *out)
{
	int64_t digest = reading_digest(policy);
	struct pm_stmt *stmt;
	int ret = find_reading(index->sql, digest, out);

	if (ret)
		return ret < 0 ? ret : 0;
	stmt = pm_sql_stmt(
		index->sql, "INSERT OR IGNORE INTO reading(digest) VALUES(?)");
	pm_stmt_int(stmt, 1, digest);
	ret = pm_stmt_run(stmt);
	if (ret == 0)
		ret = find_reading(index->sql, digest, out);
	return ret < 0 ? ret : 0;
}
