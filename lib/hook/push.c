/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pre-push and pre-receive: one line for each ref that moves. Both judge what
 * the ref would hold, not every commit on the way.
 *
 * The server does not ask the push how it is to be judged: .pm/ and the people
 * file are those of the branch as it stands. What the push makes of them must
 * be readable, or the next push would find a branch without rules.
 */
#include "hook/private.h"

#include "base/path.h"

/* One line of stdin. */
struct update {
	struct pm_slice ref;
	struct pm_oid old, new;
};

static struct pm_slice word(struct pm_slice *rest)
{
	ptrdiff_t end = pm_slice_find(*rest, 0, ' ');
	size_t len = end < 0 ? rest->len : (size_t)end;
	struct pm_slice found = pm_slice_sub(*rest, 0, len);

	*rest = pm_slice_from(*rest, len + 1);
	return found;
}

/* pre-receive: OLD NEW REF. pre-push: LOCAL NEW REF OLD. */
static int read_update(
	struct pm_hook_job *job, struct pm_slice line, struct update *update)
{
	bool push = job->run->hook == PM_HOOK_PRE_PUSH;
	struct pm_slice old, new, rest = line;

	old = word(&rest);
	new = word(&rest);
	update->ref = push ? word(&rest) : rest;
	if (push)
		old = rest;
	if (!update->ref.len || pm_oid_parse(old, &update->old) < 0 ||
		pm_oid_parse(new, &update->new) < 0)
		return pm_fail(job->ctx, PM_EINVALID,
			"stdin is not what git gives to the %s hook: '%.*s'",
			pm_hook_names()[job->run->hook], PM_SLICE_ARG(line));
	return 0;
}

/* Tells how one ref was judged, when there is something to tell. */
static void tell(
	struct pm_hook_job *job, const struct update *update, size_t errors)
{
	if (errors)
		pm_hook_say(job, "%.*s: %zu error%s", PM_SLICE_ARG(update->ref),
			errors, pm_plural(errors));
}

/* Checks what the ref would hold, against the bases. */
static int judge(struct pm_hook_job *job, const struct update *update,
	const char *settings, const struct pm_hook_bases *bases)
{
	char hex[PM_OID_HEX];
	const struct pm_snapshot_opts opts = {
		.kind = PM_SNAPSHOT_REVISION,
		.rev = hex,
		.settings = settings,
	};
	size_t errors = 0;
	int rc;

	pm_oid_hex(&update->new, hex);
	rc = pm_hook_judge(job, &opts, bases, &errors);
	if (rc == 0)
		tell(job, update, errors);
	return rc;
}

/* --- pre-push ------------------------------------------------------------ */

/* A new name for what the remote has brings nothing. */
static bool is_known(
	const struct pm_hook_bases *bases, const struct pm_oid *commit)
{
	for (size_t i = 0; i < bases->commits.len; i++)
		if (pm_oid_eq(&bases->commits.items[i], commit))
			return true;
	return false;
}

/*
 * Where the pushed commits leave what the remote has: the ref as it is there,
 * if we know that commit, and everything fetched from it.
 */
static int push_one(
	struct pm_hook_job *job, const struct update *update, void *data)
{
	struct pm_hook_bases bases = {.job = job};
	struct pm_buf remote = PM_BUF_INIT;
	char hex[PM_OID_HEX];
	const char *known[3] = {NULL, NULL, NULL};
	size_t n = 0;
	int rc = 0;

	(void)data;
	/* A remote given by its address has no refs here. */
	if (job->run->nargs > 0 && !strpbrk(job->run->args[0], "*?[\\")) {
		pm_buf_addf(&remote, "--remotes=%s", job->run->args[0]);
		known[n++] = remote.ptr;
	}
	if (!pm_oid_zero(&update->old))
		rc = pm_hook_bases_add(&bases, &update->old);
	if (bases.commits.len) {
		pm_oid_hex(&update->old, hex);
		known[n++] = hex;
	}
	if (rc == 0)
		rc = pm_git_boundary(job->ctx, job->repo, &update->new, known,
			pm_hook_bases_add, &bases);
	if (rc == 0 && !is_known(&bases, &update->new))
		rc = judge(job, update, NULL, &bases);
	pm_vec_release(&bases.commits);
	pm_buf_release(&remote);
	return rc;
}

typedef int (*update_fn)(
	struct pm_hook_job *job, const struct update *update, void *data);

/* Runs fn for each line of stdin. */
static int each_update(struct pm_hook_job *job, update_fn fn, void *data)
{
	struct pm_slice rest = job->run->input;
	struct pm_slice line;
	int rc = 0;

	while (rc == 0 && pm_slice_line(&rest, &line)) {
		struct update update = {0};

		rc = read_update(job, line, &update);
		/* What is deleted holds nothing; a tag is no place to work. */
		if (rc == 0 && !pm_oid_zero(&update.new) &&
			!pm_slice_starts(update.ref, "refs/tags/"))
			rc = fn(job, &update, data);
	}
	return rc;
}

int pm_hook_pre_push(struct pm_hook_job *job)
{
	return each_update(job, push_one, NULL);
}

/* --- pre-receive --------------------------------------------------------- */

/* Guarded where nothing says what is; nobody writes it so. */
#define ALL_BRANCHES "refs/heads/**"

/* Does the word of pm.receiveRefs mean the ref? */
static bool covers(struct pm_slice glob, struct pm_slice ref)
{
	struct pm_buf full = PM_BUF_INIT;
	bool match;

	if (!pm_slice_starts(glob, "refs/"))
		pm_buf_adds(&full, "refs/heads/");
	pm_buf_add_slice(&full, glob);
	match = pm_glob_match(pm_buf_slice(&full), ref);
	pm_buf_release(&full);
	return match;
}

/*
 * The refs that are guarded: pm.receiveRefs, or else the default branch. Where
 * HEAD names none that is here, as on a server that calls it "master" when the
 * team says "main", nobody knows which one it is: then every branch is.
 */
static int read_guarded(struct pm_hook_job *job, struct pm_buf *globs)
{
	struct pm_oid commit, tree;
	int rc =
		pm_git_config_all(job->ctx, job->repo, "pm.receiveRefs", globs);

	/* A setting without a word guards no less than none. */
	if (rc < 0 || pm_slice_trim(pm_buf_slice(globs)).len > 0)
		return rc;
	pm_buf_reset(globs);
	rc = pm_git_head_name(job->ctx, job->repo, globs);
	if (rc == 0 && globs->len > 0)
		rc = pm_git_head(job->ctx, job->repo, &commit, &tree);
	if (rc == 0) {
		pm_buf_reset(globs);
		pm_buf_adds(globs, ALL_BRANCHES);
	}
	return rc < 0 ? rc : 0;
}

/* Says why a branch is guarded that nobody named; HEAD's own is no wonder. */
static int tell_unnamed(struct pm_hook_job *job, const struct pm_buf *globs,
	const struct update *update)
{
	struct pm_buf head = PM_BUF_INIT;
	int rc = 0;

	if (strcmp(globs->ptr, ALL_BRANCHES) == 0)
		rc = pm_git_head_name(job->ctx, job->repo, &head);
	if (rc == 0 && strcmp(globs->ptr, ALL_BRANCHES) == 0 &&
		!pm_slice_eq(pm_buf_slice(&head), update->ref))
		pm_hook_say(job,
			"HEAD names no branch that is here, so every branch is "
			"guarded (on the server: git symbolic-ref HEAD "
			"refs/heads/NAME, or set pm.receiveRefs)");
	pm_buf_release(&head);
	return rc;
}

static bool is_listed(const struct pm_buf *globs, struct pm_slice ref)
{
	struct pm_slice rest = pm_buf_slice(globs);
	struct pm_slice line;

	while (pm_slice_line(&rest, &line))
		while (line.len > 0)
			if (covers(word(&line), ref))
				return true;
	return false;
}

/* By its own name, or by that of the branch which a push to it moves. */
static bool is_guarded(struct pm_hook_job *job, const struct pm_buf *globs,
	struct pm_slice ref)
{
	struct pm_buf behind = PM_BUF_INIT;
	bool guarded = is_listed(globs, ref);

	if (!guarded) {
		pm_git_ref_behind(job->repo, ref, &behind);
		guarded = is_listed(globs, pm_buf_slice(&behind));
	}
	pm_buf_release(&behind);
	return guarded;
}

/* Can the settings of a revision be read, templates included? */
static int read_settings(struct pm_hook_job *job, const char *rev)
{
	struct pm_snapshot_opts opts = PM_SNAPSHOT_OPTS_INIT;
	struct pm_snapshot *snap = NULL;
	int rc;

	opts.kind = PM_SNAPSHOT_REVISION;
	opts.rev = rev;
	opts.unlisted = true;
	rc = pm_snapshot_open(job->ctx, job->repo, &opts, &snap);
	if (rc == 0)
		rc = pm_hook_templates(job, snap);
	pm_snapshot_free(snap);
	return rc;
}

/*
 * By the settings of the branch as it stands; by those of the push where that
 * has none that can be read, as before pm was installed here.
 */
static int judge_guarded(struct pm_hook_job *job, const struct update *update,
	const struct pm_oid *branch, const struct pm_hook_bases *bases)
{
	char hex[PM_OID_HEX];
	int rc;

	if (!bases->commits.len)
		return judge(job, update, NULL, bases);
	pm_oid_hex(branch, hex);
	rc = judge(job, update, hex, bases);
	if (rc != PM_EINVALID || read_settings(job, hex) != PM_EINVALID)
		return rc;
	pm_hook_say(job,
		"the settings of %.*s as it stands cannot be read (%s): those "
		"of the push are used",
		PM_SLICE_ARG(update->ref), pm_ctx_error(job->ctx)->message.ptr);
	pm_ctx_clear(job->ctx);
	return judge(job, update, NULL, bases);
}

/*
 * What the push is compared with: the branch as it stands. A new one is, as a
 * change of the branch that HEAD names, from where it left that: what has been
 * mended there since is no fault of it. *branch is the one whose settings hold.
 */
static int find_bases(struct pm_hook_job *job, const struct update *update,
	struct pm_hook_bases *bases, struct pm_oid *branch)
{
	struct pm_oid tree, base;
	int rc;

	*branch = update->old;
	if (!pm_oid_zero(&update->old))
		return pm_hook_bases_add(bases, branch);
	rc = pm_git_head(job->ctx, job->repo, branch, &tree);
	if (rc <= 0)
		return rc;
	rc = pm_git_merge_base(
		job->ctx, job->repo, branch, &update->new, &base);
	return rc < 0 ? rc : pm_hook_bases_add(bases, rc > 0 ? &base : branch);
}

static int receive_one(
	struct pm_hook_job *job, const struct update *update, void *data)
{
	struct pm_hook_bases bases = {.job = job};
	struct pm_oid branch;
	char hex[PM_OID_HEX];
	int rc = 0;

	if (!is_guarded(job, data, update->ref))
		return 0;
	rc = tell_unnamed(job, data, update);
	if (rc < 0)
		return rc;
	rc = find_bases(job, update, &bases, &branch);
	if (rc == 0)
		rc = judge_guarded(job, update, &branch, &bases);
	if (rc == 0) {
		pm_oid_hex(&update->new, hex);
		rc = read_settings(job, hex);
		if (rc < 0)
			pm_fail_prefix(job->ctx,
				"what the push makes of the policy cannot be "
				"read");
	}
	pm_vec_release(&bases.commits);
	return rc;
}

int pm_hook_pre_receive(struct pm_hook_job *job)
{
	struct pm_buf globs = PM_BUF_INIT;
	int rc = read_guarded(job, &globs);

	if (rc == 0)
		rc = each_update(job, receive_one, &globs);
	pm_buf_release(&globs);
	return rc;
}
