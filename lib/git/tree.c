/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Trees, read raw: libgit2's own walk makes an object of every entry, and its
 * diff opens equal subtrees, twenty times what git needs.
 * Entries of a tree stand in byte order with directories as if they ended in
 * "/", which makes a walk give whole paths in byte order.
 */
#include "git/tree.h"

#include <string.h>

/* Deeper or wider than any repository; a crafted one must not hang pm. */
#define MAX_DEPTH 512
#define MAX_TREES 4000000

void pm_git_tree_close(struct pm_git_tree *tree)
{
	git_odb_object_free(tree->object);
	*tree = (struct pm_git_tree){0};
}

int pm_git_tree_open(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_oid *oid, struct pm_git_tree *tree)
{
	git_oid id;
	char hex[PM_OID_HEX];
	bool told = false;
	int rc;

	*tree = (struct pm_git_tree){.oid = *oid};
	if (pm_oid_zero(oid))
		return 0;
	memcpy(id.id, oid->bytes, sizeof(oid->bytes));
	rc = git_odb_read(&tree->object, repo->odb, &id);
	pm_oid_hex(oid, hex);
	if (rc == GIT_ENOTFOUND) {
		rc = pm_git_fetch(ctx, repo, oid);
		told = rc < 0;
		if (told)
			pm_fail_prefix(ctx, "cannot read a tree");
		else
			rc = git_odb_read(&tree->object, repo->odb, &id);
	}
	if (rc < 0 && !told)
		pm_git_fail(ctx, rc, "cannot read tree %s", hex);
	/* A tree that is lost is no directory that was never there. */
	if (rc < 0)
		return ctx->error.code = PM_ERROR;
	if (git_odb_object_type(tree->object) != GIT_OBJECT_TREE) {
		pm_git_tree_close(tree);
		return pm_fail(ctx, PM_ERROR, "object %s is not a tree", hex);
	}
	tree->rest = pm_slice_make(git_odb_object_data(tree->object),
		git_odb_object_size(tree->object));
	return 0;
}

/* The few modes git has; old repositories hold others, such as 100664. */
static unsigned known_mode(unsigned mode)
{
	switch (mode & 0170000) {
	case 0100000:
		return mode & 0100 ? PM_GIT_EXEC : PM_GIT_FILE;
	case 0040000:
		return PM_GIT_TREE;
	case 0120000:
		return PM_GIT_LINK;
	default:
		return PM_GIT_SUBMODULE;
	}
}

/* A name that would leave its directory is no name. */
static bool sane_name(struct pm_slice name)
{
	if (name.len <= 2 && (name.len == 0 || pm_slice_is(name, ".") ||
				     pm_slice_is(name, "..")))
		return false;
	return !memchr(name.ptr, '/', name.len);
}

/* What the entry of a file begins with: nearly every entry. */
static const char usual[] = "100644 ";

/* Reads the mode and the blank after it, however many zeros lead. */
static bool take_mode(struct pm_slice *rest, unsigned *mode)
{
	size_t i = 0;

	if (rest->len >= sizeof(usual) &&
		memcmp(rest->ptr, usual, sizeof(usual) - 1) == 0) {
		*mode = PM_GIT_FILE;
		*rest = pm_slice_from(*rest, sizeof(usual) - 1);
		return true;
	}
	*mode = 0;
	for (; i < rest->len && rest->ptr[i] >= '0' && rest->ptr[i] <= '7'; i++)
		*mode = (*mode * 8 + (unsigned)(rest->ptr[i] - '0')) & 0777777;
	if (i == 0 || i >= rest->len || rest->ptr[i] != ' ')
		return false;
	*rest = pm_slice_from(*rest, i + 1);
	return true;
}

#define OID_SIZE sizeof(((struct pm_oid *)NULL)->bytes)

/* Mode and name of the entry that the bytes begin with. Returns how many of
   them are its own, its id the last of them; 0: there is no such entry. */
static size_t take_entry(struct pm_slice bytes, struct pm_git_tree_entry *entry)
{
	struct pm_slice rest = bytes;
	unsigned mode;
	const char *nul;

	if (!take_mode(&rest, &mode))
		return 0;
	nul = memchr(rest.ptr, '\0', rest.len);
	if (!nul || rest.len - (size_t)(nul - rest.ptr) < 1 + OID_SIZE)
		return 0;
	entry->mode = known_mode(mode);
	entry->name = pm_slice_make(rest.ptr, (size_t)(nul - rest.ptr));
	return sane_name(entry->name) ? (size_t)(nul + 1 - bytes.ptr) + OID_SIZE
				      : 0;
}

/* Each name is there once, and in its place: an entry that comes a second time
   would hide the first from one reader and not from the next. */
static bool in_order(const struct pm_git_tree_entry *last,
	const struct pm_git_tree_entry *entry)
{
	return !last->name.ptr || pm_git_tree_order(last, entry) < 0;
}

bool pm_git_tree_next(struct pm_git_tree *tree, struct pm_git_tree_entry *entry)
{
	size_t size;

	if (tree->bad || tree->rest.len == 0)
		return false;
	size = take_entry(tree->rest, entry);
	tree->bad = !size || !in_order(&tree->last, entry);
	if (tree->bad)
		return false;
	memcpy(entry->oid.bytes, tree->rest.ptr + size - OID_SIZE, OID_SIZE);
	tree->last = *entry;
	tree->rest = pm_slice_from(tree->rest, size);
	return true;
}

int pm_git_tree_end(struct pm_ctx *ctx, const struct pm_git_tree *tree)
{
	char hex[PM_OID_HEX];

	if (!tree->bad)
		return 0;
	pm_oid_hex(&tree->oid, hex);
	return pm_fail(ctx, PM_ERROR,
		"tree %s is not as git writes trees: what is in it cannot be "
		"told for sure (see 'git fsck'; make the commit anew)",
		hex);
}

/* --- one entry ----------------------------------------------------------- */

/* Finds name in the tree oid; 1 when there. */
static int find_name(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_oid *oid, struct pm_slice name,
	struct pm_git_tree_entry *out)
{
	struct pm_git_tree tree;
	int found = 0;
	int rc = pm_git_tree_open(ctx, repo, oid, &tree);

	if (rc < 0)
		return rc;
	while (!found && pm_git_tree_next(&tree, out))
		found = pm_slice_eq(out->name, name);
	rc = pm_git_tree_end(ctx, &tree);
	pm_git_tree_close(&tree);
	return rc < 0 ? rc : found;
}

int pm_git_lookup(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_oid *tree, struct pm_slice path,
	struct pm_git_entry *out)
{
	struct pm_git_tree_entry entry = {.mode = PM_GIT_TREE, .oid = *tree};
	struct pm_slice rest = path;

	while (rest.len > 0) {
		ptrdiff_t slash = pm_slice_find(rest, 0, '/');
		size_t len = slash < 0 ? rest.len : (size_t)slash;
		int rc = 0;

		if (entry.mode == PM_GIT_TREE && !pm_oid_zero(&entry.oid)) {
			struct pm_oid at = entry.oid;

			rc = find_name(ctx, repo, &at,
				pm_slice_sub(rest, 0, len), &entry);
		}
		if (rc < 0)
			return rc;
		if (rc == 0)
			return pm_fail(ctx, PM_ENOTFOUND,
				"'%.*s' is not in this revision",
				PM_SLICE_ARG(path));
		rest = pm_slice_from(rest, slash < 0 ? len : len + 1);
	}
	*out = (struct pm_git_entry){
		.path = path, .oid = entry.oid, .mode = entry.mode};
	return 0;
}

/* --- walking ------------------------------------------------------------- */

struct walk {
	struct pm_ctx *ctx;
	struct pm_repo *repo;
	struct pm_buf path; /* of the directory at hand, with its "/" */
	unsigned depth;
	unsigned long trees;
	pm_git_entry_fn entry;
	pm_git_change_fn change;
	void *data;
};

/* Goes down into name; false where the limits say stop. */
static int enter(struct walk *walk, struct pm_slice name)
{
	if (walk->depth >= MAX_DEPTH || walk->trees >= MAX_TREES)
		return pm_fail(walk->ctx, PM_ELIMIT,
			"the tree at '%s' is deeper or larger than pm reads",
			walk->path.ptr);
	walk->depth++;
	walk->trees++;
	pm_buf_add_slice(&walk->path, name);
	pm_buf_addc(&walk->path, '/');
	return 0;
}

static void leave(struct walk *walk, size_t len)
{
	walk->depth--;
	pm_buf_truncate(&walk->path, len);
}

/* Visits what is under one tree; the path of the directory is set. */
static int walk_tree(struct walk *walk, const struct pm_oid *oid)
{
	struct pm_git_tree tree;
	struct pm_git_tree_entry entry;
	size_t len = walk->path.len;
	int rc = pm_git_tree_open(walk->ctx, walk->repo, oid, &tree);

	while (rc == 0 && pm_git_tree_next(&tree, &entry)) {
		struct pm_git_entry found = {
			.oid = entry.oid, .mode = entry.mode};

		if (entry.mode == PM_GIT_SUBMODULE)
			continue;
		if (entry.mode == PM_GIT_TREE) {
			rc = enter(walk, entry.name);
			if (rc == 0) {
				rc = walk_tree(walk, &entry.oid);
				leave(walk, len);
			}
			continue;
		}
		pm_buf_add_slice(&walk->path, entry.name);
		found.path = pm_buf_slice(&walk->path);
		rc = walk->entry(walk->data, &found);
		pm_buf_truncate(&walk->path, len);
	}
	if (rc == 0)
		rc = pm_git_tree_end(walk->ctx, &tree);
	pm_git_tree_close(&tree);
	return rc;
}

int pm_git_walk_at(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_oid *tree, struct pm_slice at, pm_git_entry_fn fn,
	void *data)
{
	struct walk walk = {
		.ctx = ctx,
		.repo = repo,
		.path = PM_BUF_INIT,
		.entry = fn,
		.data = data,
	};
	int rc;

	pm_buf_add_slice(&walk.path, at);
	if (at.len > 0)
		pm_buf_addc(&walk.path, '/');
	rc = walk_tree(&walk, tree);
	pm_buf_release(&walk.path);
	return rc;
}

int pm_git_walk(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_oid *tree, struct pm_slice root, pm_git_entry_fn fn,
	void *data)
{
	struct pm_git_entry top;
	int rc = pm_git_lookup(ctx, repo, tree, root, &top);

	if (rc == PM_ENOTFOUND || (rc == 0 && top.mode != PM_GIT_TREE)) {
		pm_ctx_clear(ctx);
		return 0;
	}
	return rc < 0 ? rc
		      : pm_git_walk_at(ctx, repo, &top.oid, root, fn, data);
}

/* --- differences --------------------------------------------------------- */

int pm_git_tree_order(
	const struct pm_git_tree_entry *a, const struct pm_git_tree_entry *b)
{
	size_t common = a->name.len < b->name.len ? a->name.len : b->name.len;
	int order = memcmp(a->name.ptr, b->name.ptr, common);
	int ends[2];

	if (order != 0)
		return order;
	ends[0] = a->name.len > common     ? (unsigned char)a->name.ptr[common]
		  : a->mode == PM_GIT_TREE ? '/'
					   : 0;
	ends[1] = b->name.len > common     ? (unsigned char)b->name.ptr[common]
		  : b->mode == PM_GIT_TREE ? '/'
					   : 0;
	if (ends[0] != ends[1])
		return ends[0] - ends[1];
	return a->name.len < b->name.len ? -1 : a->name.len > b->name.len;
}

static int diff_trees(struct walk *walk, const struct pm_oid *old_oid,
	const struct pm_oid *new_oid);

/* Goes on below a directory that one side, or both, have. */
static int diff_below(struct walk *walk, const struct pm_git_tree_entry *old,
	const struct pm_git_tree_entry *new)
{
	static const struct pm_oid none;
	size_t len = walk->path.len;
	int rc = enter(walk, old ? old->name : new->name);

	if (rc < 0)
		return rc;
	rc = diff_trees(walk, old ? &old->oid : &none, new ? &new->oid : &none);
	leave(walk, len);
	return rc;
}

/* True for a side that is a file; a submodule is none of this repository. */
static bool is_file(const struct pm_git_tree_entry *entry)
{
	return entry && entry->mode != PM_GIT_SUBMODULE;
}

/* Tells of one name; a side that is absent is NULL. */
static int diff_entry(struct walk *walk, const struct pm_git_tree_entry *old,
	const struct pm_git_tree_entry *new)
{
	const struct pm_git_tree_entry *some = old ? old : new;
	struct pm_git_change change = {0};
	size_t len = walk->path.len;
	int rc;

	if (old && new &&pm_oid_eq(&old->oid, &new->oid) &&
		old->mode == new->mode)
		return 0;
	if (some->mode == PM_GIT_TREE)
		return diff_below(walk, old, new);
	if (is_file(old)) {
		change.old_oid = old->oid;
		change.old_mode = old->mode;
	}
	if (is_file(new)) {
		change.new_oid = new->oid;
		change.new_mode = new->mode;
	}
	if (!change.old_mode && !change.new_mode)
		return 0;
	pm_buf_add_slice(&walk->path, some->name);
	change.path = pm_buf_slice(&walk->path);
	rc = walk->change(walk->data, &change);
	pm_buf_truncate(&walk->path, len);
	return rc;
}

/* How many bytes at the start of both are the same. */
static size_t same_bytes(struct pm_slice a, struct pm_slice b)
{
	size_t n = a.len < b.len ? a.len : b.len, i = 0;
	enum { STEP = 256 };

	while (i + STEP <= n && memcmp(a.ptr + i, b.ptr + i, STEP) == 0)
		i += STEP;
	while (i < n && a.ptr[i] == b.ptr[i])
		i++;
	return i;
}

/*
 * As take_entry and in_order for the most usual: a file that comes behind a
 * file. Returns its bytes and makes it the last; 0: look at it as ever.
 */
static size_t take_usual(struct pm_slice bytes, struct pm_git_tree_entry *last)
{
	enum { SHORTEST = 3 }; /* neither "." nor ".." */
	struct pm_slice name;
	const char *nul;
	size_t common;
	int order;

	if (last->mode != PM_GIT_FILE || bytes.len <= sizeof usual + OID_SIZE ||
		memcmp(bytes.ptr, usual, sizeof usual - 1) != 0)
		return 0;
	name = pm_slice_from(bytes, sizeof usual - 1);
	nul = memchr(name.ptr, '\0', name.len - OID_SIZE);
	if (!nul)
		return 0;
	name.len = (size_t)(nul - name.ptr);
	common = name.len < last->name.len ? name.len : last->name.len;
	order = memcmp(last->name.ptr, name.ptr, common);
	if (order > 0 || (order == 0 && last->name.len >= name.len) ||
		name.len < SHORTEST || memchr(name.ptr, '/', name.len))
		return 0;
	last->name = name;
	return (size_t)(nul + 1 - bytes.ptr) + OID_SIZE;
}

/*
 * Goes past the entries that both trees go on with, byte for byte: most of a
 * large directory. Those of one are looked at as ever, to be sure that the
 * tree is as git writes it; the other's are the same.
 */
static void skip_same(struct pm_git_tree *a, struct pm_git_tree *b)
{
	size_t same = same_bytes(a->rest, b->rest), done = 0, size;
	struct pm_git_tree_entry entry = {0};

	if (a->bad || b->bad)
		return;
	for (; done < same; done += size) {
		struct pm_slice rest = pm_slice_sub(a->rest, done, same - done);

		size = take_usual(rest, &a->last);
		if (size)
			continue;
		size = take_entry(rest, &entry);
		if (!size || !in_order(&a->last, &entry))
			break;
		a->last = entry;
	}
	if (!done)
		return;
	a->rest = pm_slice_from(a->rest, done);
	b->rest = pm_slice_from(b->rest, done);
	b->last = a->last;
}

static int diff_trees(struct walk *walk, const struct pm_oid *old_oid,
	const struct pm_oid *new_oid)
{
	struct pm_git_tree old, new = {0};
	struct pm_git_tree_entry a = {0}, b = {0};
	bool has_a, has_b;
	int rc = pm_git_tree_open(walk->ctx, walk->repo, old_oid, &old);

	if (rc == 0)
		rc = pm_git_tree_open(walk->ctx, walk->repo, new_oid, &new);
	if (rc == 0)
		skip_same(&old, &new);
	has_a = rc == 0 && pm_git_tree_next(&old, &a);
	has_b = rc == 0 && pm_git_tree_next(&new, &b);
	while (rc == 0 && (has_a || has_b)) {
		int order = !has_b   ? -1
			    : !has_a ? 1
				     : pm_git_tree_order(&a, &b);

		rc = diff_entry(
			walk, order <= 0 ? &a : NULL, order >= 0 ? &b : NULL);
		if (order == 0)
			skip_same(&old, &new);
		if (order <= 0)
			has_a = pm_git_tree_next(&old, &a);
		if (order >= 0)
			has_b = pm_git_tree_next(&new, &b);
	}
	if (rc == 0)
		rc = pm_git_tree_end(walk->ctx, &new);
	if (rc == 0)
		rc = pm_git_tree_end(walk->ctx, &old);
	pm_git_tree_close(&old);
	pm_git_tree_close(&new);
	return rc;
}

int pm_git_diff(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_oid *old_tree, const struct pm_oid *new_tree,
	pm_git_change_fn fn, void *data)
{
	struct walk walk = {
		.ctx = ctx,
		.repo = repo,
		.path = PM_BUF_INIT,
		.change = fn,
		.data = data,
	};
	int rc = 0;

	if (!pm_oid_eq(old_tree, new_tree))
		rc = diff_trees(&walk, old_tree, new_tree);
	pm_buf_release(&walk.path);
	return rc;
}
