/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The files of a repository that git writes and pm reads, and what the
 * environment says of it. The first byte chooses the file, the rest is what it
 * holds. Opening it works or fails with words; what was opened answers.
 */
#include "fuzz_repo.h"

#include "git/private.h"
#include "pm/base.h"
#include "pm/hook.h"
#include "pm/snapshot.h"

/* How a file of pm's own begins that a killed commit leaves. */
#define MARK "pm holds this lock\n"

struct target {
	const char *path; /* NULL: a variable of the environment */
	const char *variable;
	const char *head; /* what stands before the bytes */
};

static const struct target targets[] = {
	{".git/config", NULL, "[core]\n\tbare = false\n"},
	{".git/HEAD", NULL, ""},
	{".git/packed-refs", NULL, ""},
	{".git/refs/heads/main", NULL, ""},
	{".git/index", NULL, ""},
	{".git/index.lock", NULL, MARK},
	{".git/shallow", NULL, ""},
	{".git/MERGE_HEAD", NULL, ""},
	{".gitattributes", NULL, ""},
	{".gitignore", NULL, ""},
	{".git/info/attributes", NULL, "*.md "},
	{".git/objects/info/alternates", NULL, ""},
	{".git/commondir", NULL, ""},
	{"sub/.git", NULL, "gitdir: "},
	{"event.json", NULL, ""},
	{NULL, "GIT_CONFIG_PARAMETERS", ""},
	{NULL, "GIT_QUARANTINE_PATH", ""},
	{NULL, "GIT_OBJECT_DIRECTORY", ""},
	{NULL, "GIT_ALTERNATE_OBJECT_DIRECTORIES", ""},
	{NULL, "GIT_INDEX_FILE", ""},
	{NULL, "GIT_CEILING_DIRECTORIES", ""},
	{NULL, "GITHUB_BASE_REF", ""},
	{NULL, "CI_MERGE_REQUEST_DIFF_BASE_SHA", ""},
};

struct world {
	const char *variable;
	const char *value;
	char event[128];
};

static const char *look_up(void *data, const char *name)
{
	const struct world *world = data;

	if (world->variable && strcmp(name, world->variable) == 0)
		return world->value;
	if (strcmp(name, "GITHUB_ACTIONS") == 0)
		return "true";
	if (strcmp(name, "GITHUB_EVENT_PATH") == 0)
		return world->event;
	return NULL;
}

static int count_change(void *data, const struct pm_git_change *change)
{
	FUZZ_CHECK(change->path.len > 0);
	++*(size_t *)data;
	return 0;
}

static int count_entry(void *data, const struct pm_git_entry *entry)
{
	FUZZ_CHECK(entry->path.len > 0);
	++*(size_t *)data;
	return 0;
}

static int count_commit(void *data, const struct pm_oid *oid)
{
	(void)oid;
	++*(size_t *)data;
	return 0;
}

/* Whoever fails says why. */
static int told(struct pm_ctx *ctx, int ret)
{
	if (ret < 0)
		FUZZ_CHECK(pm_ctx_error(ctx)->code < 0 &&
			   pm_ctx_error(ctx)->message.len > 0);
	pm_ctx_clear(ctx);
	return ret;
}

static void ask(struct pm_ctx *ctx, struct pm_repo *repo)
{
	static const struct pm_slice none = {NULL, 0};
	struct pm_oid commit = {{0}}, tree = {{0}}, oid;
	struct pm_buf out = PM_BUF_INIT;
	size_t n = 0;

	told(ctx, pm_git_head(ctx, repo, &commit, &tree));
	told(ctx, pm_git_head_name(ctx, repo, &out));
	told(ctx, pm_git_upstream(ctx, repo, &out));
	told(ctx, pm_git_merge_heads(ctx, repo, count_commit, &n));
	told(ctx, pm_git_merge_base(ctx, repo, &commit, &commit, &oid));
	(void)pm_git_is_shallow(repo);
	told(ctx, pm_repo_config(ctx, repo, "user.name", &out));
	(void)pm_git_config_bool(ctx, repo, "commit.gpgsign", false);
	told(ctx, pm_git_hooks_dir(ctx, repo, &out));
	told(ctx, pm_git_ignored(ctx, repo, FUZZ_DOC));
	told(ctx, pm_git_index(ctx, repo, none, count_entry, &n));
	told(ctx, pm_git_diff_index(ctx, repo, &tree, count_change, &n));
	told(ctx, pm_git_walk(ctx, repo, &tree, none, count_entry, &n));
	pm_buf_reset(&out);
	if (told(ctx, pm_git_message(ctx, repo,
			      pm_slice_str("It broke\n\n# and so on\n\n\nx"),
			      &out)) == 0)
		FUZZ_CHECK(pm_slice_ends(pm_buf_slice(&out), "\n"));
	pm_buf_release(&out);
}

static void ask_more(struct pm_ctx *ctx, struct pm_repo *repo)
{
	static const struct pm_slice text = PM_SLICE_LIT("# A\r\n\r\ntext\n");
	struct pm_snapshot_opts opts = PM_SNAPSHOT_OPTS_INIT;
	struct pm_snapshot *snap = NULL;
	struct pm_base base;
	struct pm_oid oid;

	told(ctx, pm_git_store(ctx, repo, FUZZ_DOC, text, &oid));
	told(ctx, pm_base_find(ctx, repo, "auto", NULL, NULL, &base));
	for (int kind = 0; kind < 2; kind++) {
		opts.kind = (enum pm_snapshot_kind)kind;
		if (told(ctx, pm_snapshot_open(ctx, repo, &opts, &snap)) == 0)
			(void)pm_snapshot_count(snap);
		pm_snapshot_free(snap);
		snap = NULL;
	}
	pm_git_recover(ctx, repo);
}

/* A line of what git tells pre-push and pre-receive. */
static void push(struct pm_ctx *ctx, struct pm_repo *repo, struct pm_slice in)
{
	struct pm_hook_run run = {.hook = PM_HOOK_PRE_PUSH, .input = in};
	struct pm_hook_result result = {0};

	told(ctx, pm_hook_run(ctx, repo, &run, &result));
}

static struct pm_buf *saved(size_t i)
{
	static struct pm_buf all[sizeof targets / sizeof *targets];

	return &all[i];
}

static void full_path(struct pm_buf *out, const char *path)
{
	pm_buf_reset(out);
	pm_buf_addf(out, "%s/%s", fuzz_dir(), path);
}

/* Keeps what the files hold, to put it back after each input. */
static void save(void)
{
	struct pm_ctx *ctx = pm_ctx_new();
	struct pm_buf path = PM_BUF_INIT;

	fuzz_mkdir("sub");
	fuzz_mkdir(".git/info");
	for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
		*saved(i) = (struct pm_buf)PM_BUF_INIT;
		if (!targets[i].path)
			continue;
		full_path(&path, targets[i].path);
		(void)pm_file_read(ctx, path.ptr, 0, saved(i));
	}
	pm_buf_release(&path);
	pm_ctx_free(ctx);
}

static void put_back(size_t i)
{
	struct pm_buf path = PM_BUF_INIT;

	full_path(&path, targets[i].path);
	if (saved(i)->len)
		fuzz_put(targets[i].path, pm_buf_slice(saved(i)));
	else
		unlink(path.ptr);
	pm_buf_release(&path);
}

static void put(size_t i, struct pm_slice bytes)
{
	struct pm_buf text = PM_BUF_INIT;

	pm_buf_adds(&text, targets[i].head);
	pm_buf_add_slice(&text, bytes);
	fuzz_put(targets[i].path, pm_buf_slice(&text));
	pm_buf_release(&text);
}

static void run(size_t i, struct pm_slice bytes)
{
	struct world world = {.variable = targets[i].variable};
	struct pm_ctx *ctx = pm_ctx_new();
	struct pm_buf dir = PM_BUF_INIT, value = PM_BUF_INIT;
	struct pm_repo *repo = NULL;

	snprintf(world.event, sizeof world.event, "%s/event.json", fuzz_dir());
	pm_buf_add_slice(&value, bytes);
	world.value = value.ptr;
	ctx->env = look_up;
	ctx->env_data = &world;
	full_path(&dir,
		strcmp(targets[i].path ? targets[i].path : "", "sub/.git") == 0
			? "sub"
			: "postmortems");
	if (pm_repo_open(ctx, dir.ptr, &repo) < 0) {
		FUZZ_CHECK(pm_ctx_error(ctx)->message.len > 0);
	} else {
		ask(ctx, repo);
		if (targets[i].path)
			ask_more(ctx, repo);
		push(ctx, repo, bytes);
	}
	pm_repo_free(repo);
	pm_buf_release(&dir);
	pm_buf_release(&value);
	pm_ctx_free(ctx);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pm_slice bytes;
	size_t i;

	if (!size)
		return 0;
	if (!*fuzz_dir()) {
		fuzz_repo();
		save();
	}
	i = data[0] % (sizeof targets / sizeof *targets);
	bytes = pm_slice_make((const char *)data + 1, size - 1);
	if (targets[i].path)
		put(i, bytes);
	run(i, bytes);
	if (targets[i].path)
		put_back(i);
	return 0;
}
