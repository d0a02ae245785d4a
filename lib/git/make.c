/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tree and the commit object. libgit2's git_commit_create reports success
 * on a full disk (hazards.txt 1), so the object is put together here and
 * written by a call that fails honestly; a signed one is made by git, which
 * knows every kind of key.
 */
#include "git/private.h"

#include <string.h>

#include "base/vec.h"

/* The tree object oid, or a new empty one. */
static int open_base(
	struct pm_repo *repo, const struct pm_oid *oid, git_tree **out)
{
	git_treebuilder *builder = NULL;
	git_oid id;
	int rc = 0;

	memcpy(id.id, oid->bytes, sizeof(oid->bytes));
	if (pm_oid_zero(oid)) {
		rc = git_treebuilder_new(&builder, repo->git, NULL);
		if (rc == 0)
			rc = git_treebuilder_write(&id, builder);
		git_treebuilder_free(builder);
	}
	return rc < 0 ? rc : git_tree_lookup(out, repo->git, &id);
}

/* False when this item is no change to the tree. */
static bool add_update(struct pm_ctx *ctx, struct pm_git_job *job,
	const struct pm_oid *tree, const struct pm_git_item *item,
	git_tree_update *out)
{
	struct pm_git_entry entry = {0};
	bool there = pm_git_lookup(ctx, job->repo, tree,
			     pm_slice_str(item->path), &entry) == 0;

	if (item->removed && !there)
		return false;
	if (!item->removed && there && pm_oid_eq(&entry.oid, &item->oid) &&
		entry.mode == item->mode)
		return false;
	out->action =
		item->removed ? GIT_TREE_UPDATE_REMOVE : GIT_TREE_UPDATE_UPSERT;
	memcpy(out->id.id, item->oid.bytes, sizeof(item->oid.bytes));
	out->filemode = (git_filemode_t)item->mode;
	out->path = item->path;
	return true;
}

/* The one reason that the user can do something about gets its own words. */
static int fail_tree(struct pm_ctx *ctx, int rc)
{
	const git_error *last = git_error_last();

	if (last && last->message && strncmp(last->message, "D/F", 3) == 0)
		return pm_fail(ctx, PM_ERROR,
			"a file has become a directory, or a directory a file "
			"(commit that with git, and then the documents)");
	return pm_git_fail(ctx, rc, "cannot write the tree of the commit");
}

int pm_git_commit_tree(struct pm_ctx *ctx, struct pm_git_job *job,
	const struct pm_oid *parent_tree, struct pm_oid *out)
{
	PM_VEC(git_tree_update) updates = {0};
	git_tree *base = NULL;
	git_oid id;
	int rc = open_base(job->repo, parent_tree, &base);

	if (rc < 0)
		return pm_git_fail(ctx, rc, "cannot read the tree of HEAD");
	for (size_t i = 0; i < job->nitems; i++) {
		git_tree_update update = {0};

		if (add_update(ctx, job, parent_tree, &job->items[i], &update))
			*pm_vec_push(&updates) = update;
	}
	if (updates.len > 0) {
		rc = git_tree_create_updated(
			&id, job->repo->git, base, updates.len, updates.items);
		if (rc < 0)
			rc = fail_tree(ctx, rc);
	} else {
		id = *git_tree_id(base);
	}
	if (rc == 0)
		memcpy(out->bytes, id.id, sizeof(out->bytes));
	git_tree_free(base);
	pm_vec_release(&updates);
	return rc;
}

static int write_commit(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_buf *text, struct pm_oid *out)
{
	git_oid id;
	int rc = git_odb_write(
		&id, repo->odb, text->ptr, text->len, GIT_OBJECT_COMMIT);

	if (rc < 0)
		return pm_git_fail(ctx, rc, "cannot write the commit");
	memcpy(out->bytes, id.id, sizeof(out->bytes));
	return 0;
}

static void add_person(
	struct pm_buf *out, const char *what, const struct pm_git_ident *ident)
{
	pm_buf_addf(out, "%s %s <%s> %s\n", what, ident->name.ptr,
		ident->email.ptr, ident->date.ptr);
}

/* Runs git commit-tree -S on a message file; its output is the name. */
static int sign_commit(struct pm_ctx *ctx, struct pm_git_job *job,
	const char *tree, const char *parent, struct pm_oid *out)
{
	struct pm_buf file = PM_BUF_INIT;
	struct pm_buf output = PM_BUF_INIT;
	struct pm_buf vars[6] = {PM_BUF_INIT, PM_BUF_INIT, PM_BUF_INIT,
		PM_BUF_INIT, PM_BUF_INIT, PM_BUF_INIT};
	const char *args[] = {"-c", "i18n.commitEncoding=UTF-8", "-c",
		"core.fsync=committed,loose-object", "commit-tree", "-S", "-F",
		NULL, tree, parent ? "-p" : NULL, parent, NULL};
	const char *env[7] = {NULL};
	struct pm_git_run run = {
		.args = args, .env = env, .output = &output, .terminal = true};
	int rc = pm_git_message_file(ctx, job, &file);

	pm_git_ident_env(PM_GIT_AUTHOR, &job->author, vars);
	pm_git_ident_env(PM_GIT_COMMITTER, &job->committer, vars + 3);
	for (size_t i = 0; i < 6; i++)
		env[i] = vars[i].ptr;
	args[7] = file.ptr;
	if (rc == 0)
		rc = pm_git_run(ctx, job->repo, &run);
	if (rc > 0 ||
		(rc == 0 && pm_oid_parse(pm_slice_trim(pm_buf_slice(&output)),
				    out) < 0))
		rc = pm_fail(ctx, PM_ERROR,
			"cannot sign the commit, as commit.gpgsign asks (git's "
			"reason stands above; see gpg.format and "
			"user.signingkey)");
	for (size_t i = 0; i < 6; i++)
		pm_buf_release(&vars[i]);
	pm_buf_release(&file);
	pm_buf_release(&output);
	return rc;
}

int pm_git_commit_object(struct pm_ctx *ctx, struct pm_git_job *job,
	const struct pm_oid *tree, const struct pm_oid *parent,
	struct pm_oid *out)
{
	struct pm_buf text = PM_BUF_INIT;
	char tree_hex[PM_OID_HEX], parent_hex[PM_OID_HEX];
	bool root = pm_oid_zero(parent);
	int rc;

	pm_oid_hex(tree, tree_hex);
	pm_oid_hex(parent, parent_hex);
	if (job->sign)
		return sign_commit(
			ctx, job, tree_hex, root ? NULL : parent_hex, out);
	pm_buf_addf(&text, "tree %s\n", tree_hex);
	if (!root)
		pm_buf_addf(&text, "parent %s\n", parent_hex);
	add_person(&text, "author", &job->author);
	add_person(&text, "committer", &job->committer);
	pm_buf_addc(&text, '\n');
	pm_buf_add_slice(&text, pm_buf_slice(&job->message));
	rc = write_commit(ctx, job->repo, &text, out);
	pm_buf_release(&text);
	return rc;
}
