/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a change begins. Each CI server has its own variables for what a
 * change goes into: one row each in the table. What they name is often not in
 * the clone, which is shallow by default; then everything is judged and the
 * server's own setting is named that would change it. "Nothing changed" is
 * never guessed.
 */
#include "pm/base.h"

#include <string.h>

#include "base/file.h"
#include "base/json_find.h"
#include "git/git.h"

/* More than any server writes about an event. */
#define EVENT_MOST ((size_t)32 << 20)

/* Shorter names of commits are none: Bitbucket gives twelve digits. */
#define HEX_LEAST 7

/* A CI server: the variables by which it tells where a change begins. */
struct server {
	const char *name;
	const char *mark;   /* is set on this server */
	const char *ref;    /* what was checked out: refs/pull/1/merge */
	const char *sha;    /* the commit that it was */
	const char *merged; /* of the target, in a merge that it made itself */
	const char *commit; /* of the target */
	const char *branch; /* the target's name */
	const char *before; /* what the branch was before a push */
	const char *main;   /* the branch that others go into */
	const char *event;  /* a JSON file that tells of all, as GitHub's */
	const char *advice; /* how to get more history */
};

/* The first one whose mark is set counts: those that others imitate last. */
static const struct server servers[] = {
	{
		.name = "GitLab",
		.mark = "GITLAB_CI",
		/* Set where results are merged first: then the commit below
		   is from before others went into the target. */
		.merged = "CI_MERGE_REQUEST_TARGET_BRANCH_SHA",
		.commit = "CI_MERGE_REQUEST_DIFF_BASE_SHA",
		.branch = "CI_MERGE_REQUEST_TARGET_BRANCH_NAME",
		.before = "CI_COMMIT_BEFORE_SHA",
		.main = "CI_DEFAULT_BRANCH",
		.advice = "set the job's variable GIT_DEPTH: 0",
	},
	{
		.name = "Bitbucket",
		.mark = "BITBUCKET_BUILD_NUMBER",
		.commit = "BITBUCKET_PR_DESTINATION_COMMIT",
		.branch = "BITBUCKET_PR_DESTINATION_BRANCH",
		.advice = "set clone: depth: full",
	},
	{
		.name = "Azure Pipelines",
		.mark = "TF_BUILD",
		.ref = "BUILD_SOURCEBRANCH",
		.sha = "BUILD_SOURCEVERSION",
		.branch = "SYSTEM_PULLREQUEST_TARGETBRANCH",
		.advice = "set fetchDepth: 0 in the checkout step",
	},
	{
		.name = "Jenkins",
		.mark = "JENKINS_URL",
		.branch = "CHANGE_TARGET",
		.before = "GIT_PREVIOUS_SUCCESSFUL_COMMIT",
		.advice = "turn the shallow clone off, and fetch the target "
			  "branch",
	},
	/* Gitea and Forgejo set GitHub's variables. */
	{
		.name = "GitHub",
		.mark = "GITHUB_ACTIONS",
		.ref = "GITHUB_REF",
		.sha = "GITHUB_SHA",
		.branch = "GITHUB_BASE_REF",
		.event = "GITHUB_EVENT_PATH",
		.advice = "set fetch-depth: 0 for actions/checkout",
	},
};

struct find {
	struct pm_ctx *ctx;
	struct pm_repo *repo;
	const struct server *server; /* NULL: outside of CI */
	const char *head;
	const char *otherwise; /* what is done without a base; NULL: nothing */
	struct pm_oid tip;     /* of head */
	struct pm_oid target;  /* what the change goes into */
	struct pm_buf name;    /* of the target, for people */
	struct pm_buf missing; /* what was named and is not here */
	bool cut_off;          /* that is what a forced push leaves behind */
	bool has_main;         /* the branch that others go into is here */
};

/* --- revisions ----------------------------------------------------------- */

/* True when rev is a commit of this clone. */
static bool is_here(struct find *find, const char *rev, struct pm_oid *commit)
{
	struct pm_oid tree;
	int rc = pm_git_resolve(find->ctx, find->repo, rev, commit, &tree);

	if (rc < 0)
		pm_ctx_clear(find->ctx);
	return rc == 0;
}

/* Takes rev as the target, if it is here; label is for people. */
static bool take(struct find *find, const char *rev, const char *label)
{
	if (!is_here(find, rev, &find->target))
		return false;
	pm_buf_reset(&find->name);
	pm_buf_adds(&find->name, label);
	return true;
}

static void note_missing(struct find *find, const char *rev)
{
	if (find->missing.len == 0)
		pm_buf_adds(&find->missing, rev);
}

/* True when this is how the commit's name begins: what looks like one may be
   the name of a branch or a tag as well. */
static bool begins(const char *hex, const struct pm_oid *commit)
{
	char name[PM_OID_HEX];
	size_t len = strlen(hex);

	pm_oid_hex(commit, name);
	return len >= HEX_LEAST && len < PM_OID_HEX &&
	       memcmp(name, hex, len) == 0;
}

/* A commit that a server names; zeros stand for none. */
static bool take_commit(struct find *find, const char *hex)
{
	struct pm_oid commit;

	if (!hex || strspn(hex, "0") == strlen(hex))
		return false;
	if (is_here(find, hex, &commit) && begins(hex, &commit))
		return take(find, hex, hex);
	note_missing(find, hex);
	return false;
}

/* What a branch was before a push. */
static bool take_before(struct find *find, const char *hex)
{
	bool first = find->missing.len == 0;

	if (take_commit(find, hex))
		return true;
	if (first && find->missing.len > 0)
		find->cut_off = !pm_git_is_shallow(find->repo);
	return false;
}

/* A branch that a server names, as the remote has it or as it is here. */
static bool take_branch(struct find *find, const char *branch)
{
	static const char *const places[] = {"refs/remotes/origin/",
		"refs/remotes/upstream/", "refs/heads/"};
	static const char heads[] = "refs/heads/";
	struct pm_buf ref = PM_BUF_INIT;
	bool taken = false;

	if (!branch)
		return false;
	if (strncmp(branch, heads, sizeof(heads) - 1) == 0)
		branch += sizeof(heads) - 1;
	for (size_t i = 0; i < sizeof(places) / sizeof(*places) && !taken;
		i++) {
		pm_buf_reset(&ref);
		pm_buf_addf(&ref, "%s%s", places[i], branch);
		taken = take(find, ref.ptr,
			i < 2 ? ref.ptr + strlen("refs/remotes/") : branch);
	}
	if (!taken)
		note_missing(find, branch);
	pm_buf_release(&ref);
	return taken;
}

/* --- servers ------------------------------------------------------------- */

static const char *var(const struct find *find, const char *name)
{
	return name ? pm_env(find->ctx, name) : NULL;
}

/*
 * The server checked out a merge of the change into its target: then the
 * target is the first parent, whatever else is in the clone.
 */
static bool take_merge(struct find *find)
{
	const char *ref = var(find, find->server->ref);
	const char *sha = var(find, find->server->sha);
	struct pm_buf parent = PM_BUF_INIT;
	struct pm_oid oid;
	bool taken = false;

	if (!ref || !sha || strncmp(ref, "refs/pull/", 10) != 0 ||
		!pm_slice_ends(pm_slice_str(ref), "/merge") ||
		pm_oid_parse(pm_slice_str(sha), &oid) < 0 ||
		!pm_oid_eq(&oid, &find->tip))
		return false;
	pm_buf_addf(&parent, "%s^2", sha);
	if (is_here(find, parent.ptr, &oid)) {
		parent.ptr[parent.len - 1] = '1';
		taken = take(find, parent.ptr,
			"the first parent of the merge that was checked out");
	}
	pm_buf_release(&parent);
	return taken;
}

/* What GitHub writes of the event: the base of a pull request or of a place in
   the merge queue, a push's before. */
static bool take_event(struct find *find, struct pm_slice event)
{
	static const char *const base[] = {"pull_request", "base", "sha", NULL};
	static const char *const queue[] = {"merge_group", "base_sha", NULL};
	static const char *const before[] = {"before", NULL};
	struct pm_buf hex = PM_BUF_INIT;
	bool taken = false;

	if (pm_json_find(event, base, &hex) || pm_json_find(event, queue, &hex))
		taken = take_commit(find, hex.ptr);
	else if (pm_json_find(event, before, &hex))
		taken = take_before(find, hex.ptr);
	pm_buf_release(&hex);
	return taken;
}

/* The branch that others go into, as far as a clone knows it. */
static bool take_default(struct find *find)
{
	/* In full: anybody may push a tag "origin/main". */
	static const char *const refs[] = {"refs/remotes/origin/HEAD",
		"refs/remotes/origin/main", "refs/remotes/origin/master",
		"refs/heads/main", "refs/heads/master"};

	for (size_t i = 0; i < sizeof(refs) / sizeof(*refs); i++)
		if (take(find, refs[i], strchr(refs[i] + 5, '/') + 1))
			return true;
	return false;
}

/* The same, where the server says what it is called. */
static bool take_main(struct find *find, struct pm_slice event)
{
	static const char *const names[] = {
		"repository", "default_branch", NULL};
	const char *branch = var(find, find->server->main);
	struct pm_buf name = PM_BUF_INIT;

	if (branch)
		pm_buf_adds(&name, branch);
	if (name.len || pm_json_find(event, names, &name))
		find->has_main = take_branch(find, name.ptr);
	else
		find->has_main = take_default(find);
	pm_buf_release(&name);
	return find->has_main;
}

static bool take_from(struct find *find, struct pm_slice event)
{
	const struct server *server = find->server;

	if (take_merge(find) || take_commit(find, var(find, server->merged)) ||
		take_commit(find, var(find, server->commit)) ||
		take_branch(find, var(find, server->branch)) ||
		take_event(find, event) ||
		take_before(find, var(find, server->before)))
		return true;
	/* What was named is not here: another branch would be a guess. A first
	   push names nothing; one to the main branch is all new. */
	if (find->missing.len > 0 || !take_main(find, event))
		return false;
	return !pm_oid_eq(&find->target, &find->tip);
}

static bool take_server(struct find *find)
{
	const char *path = var(find, find->server->event);
	struct pm_buf json = PM_BUF_INIT;
	bool taken;

	if (path && pm_file_read(find->ctx, path, EVENT_MOST, &json) < 0)
		pm_ctx_clear(find->ctx);
	taken = take_from(find, pm_buf_slice(&json));
	pm_buf_release(&json);
	return taken;
}

/* --- outside of CI ------------------------------------------------------- */

/* True when a branch follows one of another name: "topic" origin's "main". */
static bool take_upstream(struct find *find, bool same_name)
{
	static const char remotes[] = "refs/remotes/";
	struct pm_buf branch = PM_BUF_INIT;
	struct pm_buf ref = PM_BUF_INIT;
	struct pm_slice own, other;
	bool taken = false;

	if (pm_git_head_name(find->ctx, find->repo, &branch) == 0 &&
		pm_git_upstream(find->ctx, find->repo, &ref) == 1) {
		own = pm_slice_from(
			pm_buf_slice(&branch), strlen("refs/heads"));
		other = pm_buf_slice(&ref);
		taken = pm_slice_ends(other, own.ptr) == same_name &&
			take(find, ref.ptr,
				pm_slice_starts(other, remotes)
					? ref.ptr + sizeof(remotes) - 1
					: ref.ptr);
	}
	pm_ctx_clear(find->ctx);
	pm_buf_release(&branch);
	pm_buf_release(&ref);
	return taken;
}

/*
 * A branch is usually pushed under its own name: its upstream says what was
 * pushed, not what it goes into. The default branch comes before that.
 */
static bool take_local(struct find *find)
{
	return take_upstream(find, false) || take_default(find) ||
	       take_upstream(find, true);
}

/* --- all together -------------------------------------------------------- */

/* No base: tells what is done instead, or fails. advice may be NULL. */
static int go_without(struct find *find, const char *why, const char *advice)
{
	struct pm_buf hint = PM_BUF_INIT;
	int rc = 0;

	if (advice)
		pm_buf_addf(&hint, " (%s)", advice);
	if (find->otherwise)
		pm_notice(
			find->ctx, "%s; %s%s", why, find->otherwise, hint.ptr);
	else
		rc = pm_fail(find->ctx, PM_ERROR, "%s%s", why, hint.ptr);
	pm_buf_release(&hint);
	return rc;
}

static int tell_short(struct find *find, const char *why)
{
	if (find->cut_off)
		return go_without(
			find, why, "a forced push leaves such a base behind");
	return go_without(find, why,
		find->server ? find->server->advice
			     : "run 'git fetch --unshallow'");
}

static int tell_missing(struct find *find)
{
	struct pm_buf why = PM_BUF_INIT;
	int rc = 0;

	if (find->missing.len == 0) {
		pm_buf_addf(&why, "%s names no base to compare with",
			find->server->name);
		rc = go_without(find, why.ptr,
			find->has_main ? NULL : find->server->advice);
	} else {
		pm_buf_addf(&why, "the base '%s' is not in this clone%s",
			find->missing.ptr,
			pm_git_is_shallow(find->repo)
				? ", whose history ends early"
				: "");
		rc = tell_short(find, why.ptr);
	}
	pm_buf_release(&why);
	return rc;
}

static const struct server *find_server(struct pm_ctx *ctx)
{
	for (size_t i = 0; i < sizeof(servers) / sizeof(*servers); i++)
		if (pm_env(ctx, servers[i].mark))
			return &servers[i];
	return NULL;
}

/* Settles what "auto" is; 1, or 0 when all has to be judged. */
static int find_auto(struct find *find)
{
	find->server = find_server(find->ctx);
	if (find->server && !take_server(find))
		return tell_missing(find);
	if (!find->server && !take_local(find))
		return pm_fail(find->ctx, PM_EUSAGE,
			"nothing says what this branch goes into (name it: "
			"--since main)");
	return 1;
}

/* Git takes a tag before a branch of the same name, which whoever may push a
   tag can make use of. */
static void tell_namesake(struct find *find, const char *since)
{
	static const char *const places[] = {"refs/heads/", "refs/remotes/"};
	struct pm_buf ref = PM_BUF_INIT;
	bool tag;

	pm_buf_addf(&ref, "refs/tags/%s", since);
	tag = pm_git_has_ref(find->repo, ref.ptr);
	for (size_t i = 0; i < 2 && tag; i++) {
		pm_buf_reset(&ref);
		pm_buf_addf(&ref, "%s%s", places[i], since);
		if (!pm_git_has_ref(find->repo, ref.ptr))
			continue;
		pm_notice(find->ctx,
			"'%s' is a branch and a tag: the tag is taken (say "
			"'%s' for the branch)",
			since, ref.ptr);
		break;
	}
	pm_buf_release(&ref);
}

/* Settles what a name is; as find_auto. */
static int find_named(struct find *find, const char *since)
{
	struct pm_oid tree;
	int rc = pm_git_resolve(
		find->ctx, find->repo, since, &find->target, &tree);

	if (rc == 0) {
		pm_buf_adds(&find->name, since);
		tell_namesake(find, since);
		return 1;
	}
	if (rc != PM_ENOTFOUND || !pm_git_is_shallow(find->repo) ||
		!find->otherwise)
		return rc;
	pm_ctx_clear(find->ctx);
	find->server = find_server(find->ctx);
	note_missing(find, since);
	return tell_missing(find);
}

/* From the target to the commit at which the change left it. */
static int find_merge_base(struct find *find, bool is_auto, struct pm_oid *base)
{
	char hex[PM_OID_HEX];
	int rc = pm_git_merge_base(
		find->ctx, find->repo, &find->target, &find->tip, base);

	if (rc < 0)
		return rc;
	if (rc == 0 && pm_git_is_shallow(find->repo)) {
		find->server = find_server(find->ctx);
		return tell_short(find,
			"history ends before the change left its "
			"base");
	}
	if (rc == 0)
		return pm_fail(find->ctx, PM_EUSAGE,
			"'%s' and '%s' have no commit in common (%s)",
			find->name.ptr, find->head,
			find->otherwise ? "without --since every document is "
					  "checked"
					: "with two dots they are compared as "
					  "they are");
	pm_oid_hex(base, hex);
	if (rc > 1)
		pm_notice(find->ctx,
			"'%s' and '%s' were merged crosswise: what one of them "
			"has from the other may be told as new (merge '%s' "
			"into '%s' once more)",
			find->name.ptr, find->head, find->name.ptr, find->head);
	if (is_auto && pm_oid_eq(base, &find->tip))
		pm_notice(find->ctx,
			"'%s' is at %.10s, which has no commit that %s has "
			"not",
			find->head, hex, find->name.ptr);
	else if (is_auto && pm_oid_eq(base, &find->target) &&
		 pm_slice_starts(pm_slice_str(hex), find->name.ptr))
		pm_notice(find->ctx, "comparing with %.10s", hex);
	else if (is_auto)
		pm_notice(find->ctx, "comparing with %.10s, where this left %s",
			hex, find->name.ptr);
	return 1;
}

int pm_base_find(struct pm_ctx *ctx, struct pm_repo *repo, const char *since,
	const char *head, const char *otherwise, struct pm_base *out)
{
	bool is_auto = strcmp(since, "auto") == 0;
	struct find find = {
		.ctx = ctx,
		.repo = repo,
		.head = head ? head : "HEAD",
		.otherwise = otherwise,
		.name = PM_BUF_INIT,
		.missing = PM_BUF_INIT,
	};
	struct pm_oid tree, base;
	int rc;

	out->rev[0] = '\0';
	if (!head && pm_git_head(ctx, repo, &find.tip, &tree) == 0)
		return 1;
	rc = pm_git_resolve(ctx, repo, find.head, &find.tip, &tree);
	if (rc == 0)
		rc = is_auto ? find_auto(&find) : find_named(&find, since);
	if (rc == 1)
		rc = find_merge_base(&find, is_auto, &base);
	if (rc == 1)
		pm_oid_hex(&base, out->rev);
	pm_buf_release(&find.name);
	pm_buf_release(&find.missing);
	return rc;
}
