/* SPDX-License-Identifier: Apache-2.0 */
/* Raw trees, entry by entry. Private to this directory. */
#ifndef PM_GIT_TREE_H
#define PM_GIT_TREE_H

#include "git/private.h"

/* One entry of a raw tree. */
struct pm_git_tree_entry {
	unsigned mode;        /* enum pm_git_mode */
	struct pm_slice name; /* one component */
	struct pm_oid oid;
};

/* A raw tree being read. */
struct pm_git_tree {
	git_odb_object *object; /* NULL for the empty tree */
	struct pm_slice rest;   /* what was not read yet */
	struct pm_git_tree_entry last;
	struct pm_oid oid;
	bool bad; /* what is left is not as git writes it */
};

/* Opens the raw tree oid; zero is the empty tree. */
int pm_git_tree_open(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_oid *oid, struct pm_git_tree *tree);
void pm_git_tree_close(struct pm_git_tree *tree);

/* Reads the next entry; false at the end, or where the tree is bad. */
bool pm_git_tree_next(
	struct pm_git_tree *tree, struct pm_git_tree_entry *entry);

/*
 * To be asked where entries have ended: an error when that was not the end of
 * the tree. What is not looked at must not be taken for what is not there.
 */
int pm_git_tree_end(struct pm_ctx *ctx, const struct pm_git_tree *tree);

/* Order of two entries in a tree: directories compare as if with "/". */
int pm_git_tree_order(
	const struct pm_git_tree_entry *a, const struct pm_git_tree_entry *b);

/* Visits what is under a tree, as if it stood at the path "at". */
int pm_git_walk_at(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_oid *tree, struct pm_slice at, pm_git_entry_fn fn,
	void *data);

#endif
