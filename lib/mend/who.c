/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who approves: as said, else "git config pm.user", else the person whom the
 * policy lists under git's address or the part of it before the "@". An
 * address that nobody lists is no answer: it would be another person than the
 * handle by which the owner is known.
 */

#include "mend/private.h"

/* Writes the person as pm does, when the policy lets him be named. */
static int take(struct pm_ctx *ctx, const struct pm_policy *policy,
	struct pm_slice person, struct pm_buf *out)
{
	struct pm_buf key = PM_BUF_INIT;

	if (!pm_person_valid(person) || !pm_doc_names_person(person))
		return pm_fail(ctx, PM_EUSAGE,
			"'%.*s' is not a person (write @name, @org/team or an "
			"e-mail address)",
			PM_SLICE_ARG(person));
	if (!pm_policy_knows_person(policy, person))
		return pm_fail(ctx, PM_EUSAGE,
			"the policy knows no person '%.*s' (see people in %s)",
			PM_SLICE_ARG(person), PM_POLICY_PATH);
	/* One spelling for one person, whoever types it. */
	pm_person_key(&key, person);
	pm_buf_reset(out);
	pm_person_print(out, pm_buf_slice(&key));
	pm_buf_release(&key);
	return 0;
}

static bool is_listed(const struct pm_policy *policy, struct pm_slice person)
{
	return policy->people.len && pm_person_valid(person) &&
	       pm_policy_knows_person(policy, person);
}

/* A setting, or nothing. */
static void read_setting(struct pm_ctx *ctx, struct pm_repo *repo,
	const char *key, struct pm_buf *out)
{
	pm_buf_reset(out);
	if (pm_repo_config(ctx, repo, key, out) < 0)
		pm_ctx_clear(ctx);
}

/* git's address, as a commit would have it. */
static void read_email(
	struct pm_ctx *ctx, struct pm_repo *repo, struct pm_buf *out)
{
	const char *email = pm_env(ctx, "GIT_AUTHOR_EMAIL");

	pm_buf_reset(out);
	if (email && *email)
		pm_buf_adds(out, email);
	if (!out->len)
		read_setting(ctx, repo, "author.email", out);
	if (!out->len)
		read_setting(ctx, repo, "user.email", out);
}

static int from_email(struct pm_ctx *ctx, const struct pm_policy *policy,
	struct pm_slice email, struct pm_buf *out)
{
	ptrdiff_t at = pm_slice_find(email, 0, '@');
	struct pm_slice local = pm_slice_sub(email, 0, at < 0 ? 0 : (size_t)at);

	if (is_listed(policy, email))
		return take(ctx, policy, email, out);
	if (is_listed(policy, local))
		return take(ctx, policy, local, out);
	return pm_fail(ctx, PM_EUSAGE,
		"nobody knows who approves (say --by @name, or once and for "
		"all: git config pm.user @name)");
}

int pm_mend_who(struct pm_ctx *ctx, struct pm_snapshot *snap, const char *by,
	struct pm_buf *out)
{
	const struct pm_policy *policy = pm_snapshot_policy(snap);
	struct pm_repo *repo = pm_snapshot_repo(snap);
	struct pm_buf setting = PM_BUF_INIT;
	int ret;

	if (by)
		return take(ctx, policy, pm_slice_trim(pm_slice_str(by)), out);
	read_setting(ctx, repo, "pm.user", &setting);
	if (setting.len) {
		ret = take(ctx, policy, pm_slice_trim(pm_buf_slice(&setting)),
			out);
	} else {
		read_email(ctx, repo, &setting);
		ret = from_email(ctx, policy, pm_buf_slice(&setting), out);
	}
	pm_buf_release(&setting);
	return ret;
}
