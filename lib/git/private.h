/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files of lib/git share. Private to this directory: the only one
 * that sees libgit2's types. Every place where libgit2 gives up and the git
 * command takes over goes through pm_git_run.
 */
#ifndef PM_GIT_PRIVATE_H
#define PM_GIT_PRIVATE_H

#include <git2.h>
#include <sys/stat.h>

#include "git/git.h"

/* One setting from the environment, or that only git finds: it beats every
   configuration file. */
struct pm_git_override {
	char *key; /* section and name in lower case */
	char *value;
	bool own; /* the repository's own files say so */
};

struct pm_git_index_facts {
	bool unmerged;        /* entries left by a conflict */
	bool attributes;      /* a .gitattributes file is staged, or may be */
	bool attributes_gone; /* and one of them is not on disk */
	bool caches;          /* of untracked files, or of a monitor */
	bool foreign;         /* a shape that only git reads */
};

/* A file of an index that was looked through, and what it is like. */
struct pm_git_index_seen {
	bool known;
	struct stat st;
	struct pm_git_index_facts facts;
};

struct pm_repo {
	git_repository *git;
	git_odb *odb;
	git_config *config; /* the files git would read, in its order */
	char *gitdir;       /* of this work tree, absolute, no "/" at the end */
	char *commondir;    /* shared by all work trees */
	char *objects;   /* where commondir keeps them; NULL: nobody writes */
	bool sync_later; /* new objects are synced together, by the caller */
	struct pm_git_fresh *fresh; /* see loose.c; NULL: none */
	char *worktree; /* NULL: bare, or opened from inside gitdir */
	char *start;    /* where it was opened from, links resolved */
	char *index;    /* path of the index file */
	struct pm_git_index_seen seen;
	char *patterns_of;     /* the directory asked about last (attr.c) */
	bool patterns_endless; /* and what was found there */
	bool in_gitdir;        /* opened from inside .git */
	bool own_place;        /* GIT_DIR or GIT_WORK_TREE chose it */
	bool own_index;        /* GIT_INDEX_FILE chose it */
	bool filter_setting;   /* an override may change how blobs are made */
	struct pm_git_override *overrides;
	size_t noverrides;
};

/* --- memory.c ------------------------------------------------------------ */

/* git_libgit2_init, with memory of ours; git_libgit2_shutdown ends it. */
int pm_git_start(void);

/* --- error.c ------------------------------------------------------------- */

/* Records "text: libgit2's reason" with the code that fits rc. */
int pm_git_fail(struct pm_ctx *ctx, int rc, const char *fmt, ...)
	PM_PRINTF(3, 4);

/* --- config.c ------------------------------------------------------------ */

/* Reads the files and variables git would read into repo. */
int pm_git_config_load(struct pm_ctx *ctx, struct pm_repo *repo);
void pm_git_config_release(struct pm_repo *repo);

/* The setting as git's boolean; fallback when it is unset or no boolean. */
bool pm_git_config_bool(struct pm_ctx *ctx, struct pm_repo *repo,
	const char *key, bool fallback);

/* True when the environment says what the key is, which libgit2 does not
   see. */
bool pm_git_config_set_here(const struct pm_repo *repo, const char *key);

/* True when the repository's own files say what the key is. */
bool pm_git_config_own(struct pm_repo *repo, const char *key);

/* True when a key that begins and ends so is set. */
bool pm_git_config_any(
	struct pm_repo *repo, const char *prefix, const char *suffix);

/* --- loose.c ------------------------------------------------------------- */

/* Has new objects of an open repo written so that a kill leaves no trace. A
   code of libgit2. */
int pm_git_loose_add(struct pm_repo *repo);

/* Makes the objects written so far last, a power cut included. Before this only
   this process may see them. */
int pm_git_loose_sync(struct pm_ctx *ctx, const struct pm_repo *repo);

/* Forgets what was not synced. */
void pm_git_loose_drop(struct pm_repo *repo);

/* --- index.c ------------------------------------------------------------- */

int pm_git_index_facts(struct pm_ctx *ctx, struct pm_repo *repo,
	struct pm_git_index_facts *facts);

/* As pm_git_index, for the index file at path. */
int pm_git_index_file(struct pm_ctx *ctx, struct pm_repo *repo,
	const char *path, struct pm_slice root, pm_git_entry_fn fn, void *data);

/*
 * As pm_git_index for all entries; trees is told first what the index notes of
 * trees (the payload of its "TREE" extension, or nothing), for as long as the
 * visit lasts. It is not called where git has to read the index.
 */
typedef void (*pm_git_trees_fn)(void *data, struct pm_slice notes);
int pm_git_index_trees(struct pm_ctx *ctx, struct pm_repo *repo,
	pm_git_trees_fn trees, pm_git_entry_fn fn, void *data);

/* --- run.c --------------------------------------------------------------- */

struct pm_git_run {
	const char *const *args; /* after "git"; NULL after the last */
	const char *const *env;  /* more changes, as in struct pm_process */
	const char *index;       /* GIT_INDEX_FILE; NULL: the repository's */
	const char *dir;         /* where to start; NULL: the top */
	struct pm_slice input;
	struct pm_buf *output; /* NULL: our stdout */
	struct pm_buf *errors; /* NULL: our stderr */
	bool terminal;
	int also; /* for pm_git_ask: an exit status that is an answer, too */
};

/* A setting for runs that are no doing of the user's: no hook is told. */
#define PM_GIT_NO_HOOKS "core.hooksPath=/dev/null"

/*
 * Runs git in the top of the work tree, or in a directory of it, on this
 * repository and nothing else that the environment may speak of. Returns its
 * exit status or a PM_E code.
 */
int pm_git_run(struct pm_ctx *ctx, const struct pm_repo *repo,
	const struct pm_git_run *run);

/*
 * As pm_git_run, but keeps git's stderr: an exit status other than 0 and
 * run->also is PM_ERROR with "text: git's reason".
 */
int pm_git_ask(struct pm_ctx *ctx, const struct pm_repo *repo,
	const struct pm_git_run *run, const char *fmt, ...) PM_PRINTF(4, 5);

/* Appends the first line of git's stderr without its "fatal: ". */
void pm_git_complaint(struct pm_buf *out, struct pm_slice errors);

/* --- ident.c ------------------------------------------------------------- */

struct pm_git_ident {
	struct pm_buf name;
	struct pm_buf email;
	struct pm_buf date; /* "1700000000 +0100" */
};

#define PM_GIT_IDENT_INIT                                                      \
	{                                                                      \
		PM_BUF_INIT, PM_BUF_INIT, PM_BUF_INIT                          \
	}

enum pm_git_role { PM_GIT_AUTHOR, PM_GIT_COMMITTER };

/* Who commits, by git's rules; fails with git's advice. */
int pm_git_ident(struct pm_ctx *ctx, struct pm_repo *repo,
	enum pm_git_role role, struct pm_git_ident *out);
void pm_git_ident_release(struct pm_git_ident *ident);

/* The three variables that say so to git, one "NAME=value" each. */
void pm_git_ident_env(enum pm_git_role role, const struct pm_git_ident *ident,
	struct pm_buf vars[3]);

/* --- message.c ----------------------------------------------------------- */

/* Cleans a commit message as git would; PM_EINVALID when nothing is left. */
int pm_git_message(struct pm_ctx *ctx, struct pm_repo *repo,
	struct pm_slice text, struct pm_buf *out);

/* --- attr.c -------------------------------------------------------------- */

/*
 * Writes bytes as the blob that git would make of the file path, through its
 * filters. facts are those of the index at hand.
 */
int pm_git_clean(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_git_index_facts *facts, const char *path,
	struct pm_slice bytes, struct pm_oid *out);

/* --- attr_index.c -------------------------------------------------------- */

/* As pm_git_clean, with the attributes of the index where they are not on
   disk; bytes are those of the file. */
int pm_git_clean_by_index(struct pm_ctx *ctx, struct pm_repo *repo,
	const char *path, struct pm_slice bytes, struct pm_oid *out);

/* --- commit.c ------------------------------------------------------------ */

/* One path on its way into a commit. */
struct pm_git_item {
	const char *path;
	bool removed;
	struct pm_oid old_oid; /* in HEAD when we began; zero: absent */
	unsigned old_mode;
	struct pm_oid oid; /* zero when removed */
	unsigned mode;
	struct stat st; /* of the file that was read */
	bool st_known;  /* st belongs to these bytes */
};

struct pm_git_job {
	struct pm_repo *repo;
	const struct pm_git_commit_opts *opts;
	struct pm_git_item *items;
	size_t nitems;
	struct pm_git_ident author, committer;
	struct pm_git_index_facts index;
	struct pm_buf message;
	struct pm_buf scratch;    /* directory for hooks; empty: not made */
	struct pm_buf hook_index; /* in it: HEAD and the items; or empty */
	struct pm_oid hook_tree;  /* that of HEAD then */
	bool sign;
};

/* --- commit_check.c ------------------------------------------------------ */

/* May the job be done: a work tree, nothing in progress, what must be written
   can be. Fills in job->index. */
int pm_git_commit_check(struct pm_ctx *ctx, struct pm_git_job *job);

/* --- commit_items.c ------------------------------------------------------ */

/* Makes job->items of its paths, sorted, each once, and writes their blobs;
   tree is that of HEAD. The caller frees the array. */
int pm_git_commit_items(
	struct pm_ctx *ctx, struct pm_git_job *job, const struct pm_oid *tree);

/* True when an item is not as HEAD had it. */
bool pm_git_commit_changes(const struct pm_git_job *job);

/* --- hook.c -------------------------------------------------------------- */

/* Makes a directory of its own under .git/pm and appends its path. */
int pm_git_scratch_dir(
	struct pm_ctx *ctx, const struct pm_repo *repo, struct pm_buf *out);

/* Makes the scratch directory of a job if there is none. */
int pm_git_scratch(struct pm_ctx *ctx, struct pm_git_job *job);

/* Writes bytes to the file name of the scratch directory; its path -> out. */
int pm_git_scratch_write(struct pm_ctx *ctx, struct pm_git_job *job,
	const char *name, struct pm_slice bytes, struct pm_buf *out);

/* Removes the scratch directory of a job, if there is one. */
void pm_git_scratch_remove(struct pm_git_job *job);

/* Writes the job's message to a file of the scratch directory. */
int pm_git_message_file(
	struct pm_ctx *ctx, struct pm_git_job *job, struct pm_buf *path);

/* True when git would run something for this hook. */
bool pm_git_hook_exists(
	struct pm_ctx *ctx, struct pm_repo *repo, const char *name);

/* pre-commit on an index of HEAD and the job's paths; takes what it staged.
   The message's hooks see the same index. */
int pm_git_hook_pre(struct pm_ctx *ctx, struct pm_git_job *job);

/* prepare-commit-msg and commit-msg on the job's message. */
int pm_git_hook_message(struct pm_ctx *ctx, struct pm_git_job *job);

/* post-index-change and post-commit; what they return changes nothing. */
void pm_git_hook_post(struct pm_ctx *ctx, struct pm_git_job *job);

/* --- hook_index.c -------------------------------------------------------- */

/* Makes job->hook_index: HEAD with the job's paths; once. */
int pm_git_hook_index(struct pm_ctx *ctx, struct pm_git_job *job);

/* Back from the pre-commit hook: what did it make of the job's paths? */
int pm_git_hook_read_back(struct pm_ctx *ctx, struct pm_git_job *job);

/* --- make.c -------------------------------------------------------------- */

/* Writes the commit object, signed where that is asked for. */
int pm_git_commit_object(struct pm_ctx *ctx, struct pm_git_job *job,
	const struct pm_oid *tree, const struct pm_oid *parent,
	struct pm_oid *out);

/* The tree of parent_tree (zero: none) with the job's changes. */
int pm_git_commit_tree(struct pm_ctx *ctx, struct pm_git_job *job,
	const struct pm_oid *parent_tree, struct pm_oid *out);

/* --- stage.c ------------------------------------------------------------- */

/*
 * Writes, under the lock, a new index beside the old one: the same entries,
 * but for the job's. *path is it; rename it onto repo->index or unlink it.
 */
int pm_git_stage(struct pm_ctx *ctx, struct pm_git_job *job, char **path);

/* The job's changes as "git update-index -z --index-info" reads them. */
void pm_git_index_info(const struct pm_git_job *job, struct pm_buf *out);

/* --- ref.c --------------------------------------------------------------- */

/* Where HEAD points: a branch, or itself when detached. */
struct pm_git_tip {
	struct pm_buf ref;    /* "refs/heads/main", or "HEAD" */
	struct pm_oid commit; /* zero: unborn */
	struct pm_oid tree;
	bool detached;
};

#define PM_GIT_TIP_INIT                                                        \
	{                                                                      \
		PM_BUF_INIT, {{0}}, {{0}}, false                               \
	}

int pm_git_tip(
	struct pm_ctx *ctx, struct pm_repo *repo, struct pm_git_tip *tip);
void pm_git_tip_release(struct pm_git_tip *tip);

/* Moves tip's ref from its commit to commit. PM_EMODIFIED: it moved. */
int pm_git_tip_move(struct pm_ctx *ctx, struct pm_git_job *job,
	const struct pm_git_tip *tip, const struct pm_oid *commit);

/* Moves it back, best effort, when the index could not follow. */
void pm_git_tip_back(struct pm_ctx *ctx, struct pm_git_job *job,
	const struct pm_git_tip *tip, const struct pm_oid *commit);

/* --- lock.c -------------------------------------------------------------- */

struct pm_git_lock {
	char *path; /* NULL: not held */
	int fd;
};

#define PM_GIT_LOCK_INIT                                                       \
	{                                                                      \
		NULL, -1                                                       \
	}

/* Takes the index's lock, waiting for at most a second. */
int pm_git_lock(
	struct pm_ctx *ctx, struct pm_repo *repo, struct pm_git_lock *lock);
/* Gives it back; what was renamed under it then survives a power cut. */
void pm_git_unlock(struct pm_ctx *ctx, struct pm_git_lock *lock);

/*
 * Notes in the lock file, on the disk, that tip is about to move to commit:
 * should we be killed, or the power go, pm_git_recover brings the index after
 * it.
 */
int pm_git_lock_note(struct pm_ctx *ctx, struct pm_git_lock *lock,
	const struct pm_git_job *job, const struct pm_git_tip *tip,
	const struct pm_oid *commit);

/* Says since when a lock file exists: ", 3 min old". */
void pm_git_lock_age(struct pm_ctx *ctx, const char *path, struct pm_buf *out);

#endif
