/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who commits, by git's order: environment, author.* or committer.*, user.*,
 * EMAIL. libgit2 looks at user.* alone. The plain cases are answered here;
 * dates in words, configuration that depends on a remote, and guesses from
 * the host are asked of "git var", so that they are git's (hazards.txt 34-36,
 * 50).
 */
#include "git/private.h"

#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"

static const struct {
	const char *name_var, *email_var, *date_var;
	const char *name_key, *email_key;
	const char *git_var, *who;
} roles[] = {
	[PM_GIT_AUTHOR] = {"GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL",
		"GIT_AUTHOR_DATE", "author.name", "author.email",
		"GIT_AUTHOR_IDENT", "author"},
	[PM_GIT_COMMITTER] = {"GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL",
		"GIT_COMMITTER_DATE", "committer.name", "committer.email",
		"GIT_COMMITTER_IDENT", "committer"},
};

void pm_git_ident_release(struct pm_git_ident *ident)
{
	pm_buf_release(&ident->name);
	pm_buf_release(&ident->email);
	pm_buf_release(&ident->date);
}

void pm_git_ident_env(enum pm_git_role role, const struct pm_git_ident *ident,
	struct pm_buf vars[3])
{
	pm_buf_addf(&vars[0], "%s=%s", roles[role].name_var, ident->name.ptr);
	pm_buf_addf(&vars[1], "%s=%s", roles[role].email_var, ident->email.ptr);
	pm_buf_addf(&vars[2], "%s=@%s", roles[role].date_var, ident->date.ptr);
}

/* What git drops from both ends of a name; "." only before its version 2.44. */
static bool is_crud(char c)
{
	return (unsigned char)c <= 32 || strchr(",:;<>\"\\'", c);
}

/* Appends value as git writes it into a commit. False for a control
   character, which would forge a header. */
static bool add_part(struct pm_buf *out, struct pm_slice value)
{
	while (value.len > 0 && is_crud(value.ptr[0]))
		value = pm_slice_from(value, 1);
	while (value.len > 0 && is_crud(value.ptr[value.len - 1]))
		value.len--;
	for (size_t i = 0; i < value.len; i++) {
		unsigned char c = (unsigned char)value.ptr[i];

		if (c < 32 || c == 127)
			return false;
		if (c != '<' && c != '>')
			pm_buf_addc(out, (char)c);
	}
	return true;
}

/*
 * Appends the first of variable, key and fallback key that is set. Returns 1,
 * 0 when none is, or a PM_E code.
 */
static int find_part(struct pm_ctx *ctx, struct pm_repo *repo,
	const char *const names[3], struct pm_buf *out)
{
	struct pm_buf value = PM_BUF_INIT;
	const char *env = ctx->env(ctx->env_data, names[0]);
	const char *from = names[0];
	int rc = 1;

	if (env)
		pm_buf_adds(&value, env);
	else if (pm_repo_config(ctx, repo, from = names[1], &value) < 0 &&
		 pm_repo_config(ctx, repo, from = names[2], &value) < 0)
		rc = 0;
	if (rc == 1 && !add_part(out, pm_buf_slice(&value)))
		rc = pm_fail(ctx, PM_EINVALID,
			"'%s' holds a control character (correct it)", from);
	pm_buf_release(&value);
	return rc;
}

/* True for a zone that git would write as it stands: it makes +0000 of -0000,
   +0230 of +0190, and doubts what is more than half a day off. */
static bool is_zone(struct pm_slice text)
{
	static const char *const most = "-1459";

	if (text.len != 5 || (text.ptr[0] != '+' && text.ptr[0] != '-'))
		return false;
	for (size_t i = 1; i < 5; i++)
		if (!pm_is_digit(text.ptr[i]))
			return false;
	return text.ptr[3] < '6' && memcmp(text.ptr + 1, most + 1, 4) <= 0 &&
	       memcmp(text.ptr, "-0000", 5) != 0;
}

/* Appends "SECONDS ZONE" when text is that, with or without "@". */
static bool read_raw_date(struct pm_slice text, struct pm_buf *out)
{
	ptrdiff_t blank;
	bool marked = pm_slice_starts(text, "@");

	text = pm_slice_from(text, marked ? 1 : 0);
	blank = pm_slice_find(text, 0, ' ');
	/* Few digits without "@" may be a year or a day to git. */
	if (blank < (marked ? 1 : 9) || blank > 12 ||
		!is_zone(pm_slice_from(text, (size_t)blank + 1)) ||
		(text.ptr[0] == '0' && blank > 1))
		return false;
	for (ptrdiff_t i = 0; i < blank; i++)
		if (!pm_is_digit(text.ptr[i]))
			return false;
	pm_buf_add_slice(out, text);
	return true;
}

static void add_now(struct pm_ctx *ctx, struct pm_buf *out)
{
	long offset = pm_ctx_offset(ctx);
	long size = offset < 0 ? -offset : offset;

	pm_buf_addf(out, "%lld %c%02ld%02ld", (long long)ctx->now,
		offset < 0 ? '-' : '+', size / 60, size % 60);
}

/* Takes apart "Name <mail> seconds zone". */
static bool read_ident(struct pm_slice line, struct pm_git_ident *out)
{
	ptrdiff_t open = pm_slice_find(line, 0, '<');
	ptrdiff_t close =
		open < 0 ? -1 : pm_slice_find(line, (size_t)open, '>');
	struct pm_slice date;

	if (close < 0)
		return false;
	date = pm_slice_trim(pm_slice_from(line, (size_t)close + 1));
	pm_buf_reset(&out->name);
	pm_buf_reset(&out->email);
	pm_buf_reset(&out->date);
	pm_buf_add_slice(
		&out->name, pm_slice_trim(pm_slice_sub(line, 0, (size_t)open)));
	pm_buf_add_slice(&out->email, pm_slice_sub(line, (size_t)open + 1,
					      (size_t)(close - open) - 1));
	pm_buf_add_slice(&out->date, date);
	return out->name.len > 0 && date.len > 0;
}

static int fail_ident(struct pm_ctx *ctx, enum pm_git_role role, bool known,
	struct pm_slice errors)
{
	struct pm_buf reason = PM_BUF_INIT;
	int rc;

	if (known) {
		pm_git_complaint(&reason, errors);
		rc = pm_fail(ctx, PM_EINVALID, "cannot use the %s: %s",
			roles[role].who, reason.ptr);
	} else {
		rc = pm_fail(ctx, PM_ERROR,
			"cannot tell who the %s is: no name and e-mail "
			"address (run 'git config --global user.name \"Your "
			"Name\"' and 'git config --global user.email "
			"you@example.com')",
			roles[role].who);
	}
	pm_buf_release(&reason);
	return rc;
}

/* Asks git; known tells whether name and address were there, so that a
   refusal is about something else. */
static int ask_git(struct pm_ctx *ctx, struct pm_repo *repo,
	enum pm_git_role role, bool known, struct pm_git_ident *out)
{
	const char *const args[] = {"var", roles[role].git_var, NULL};
	const char *date = pm_env(ctx, roles[role].date_var);
	struct pm_buf output = PM_BUF_INIT;
	struct pm_buf errors = PM_BUF_INIT;
	struct pm_git_run run = {
		.args = args, .output = &output, .errors = &errors};
	int rc = pm_git_run(ctx, repo, &run);

	if (rc != 0 || !read_ident(pm_slice_trim(pm_buf_slice(&output)), out)) {
		rc = fail_ident(ctx, role, known, pm_buf_slice(&errors));
	} else if (!date) {
		/* git's clock is not the context's, which may be pinned. */
		pm_buf_reset(&out->date);
		add_now(ctx, &out->date);
	}
	pm_buf_release(&output);
	pm_buf_release(&errors);
	return rc;
}

/* Bytes that are no UTF-8 are read as Latin-1, as git does. */
static bool mend_part(struct pm_buf *part)
{
	struct pm_buf whole = PM_BUF_INIT;
	struct pm_slice rest = pm_buf_slice(part);
	size_t bad;
	bool mended = false;

	while (!pm_utf8_valid(rest, &bad)) {
		unsigned char c = (unsigned char)rest.ptr[bad];

		pm_buf_add(&whole, rest.ptr, bad);
		pm_buf_addc(&whole, (char)(0xc0 | c >> 6));
		pm_buf_addc(&whole, (char)(0x80 | (c & 0x3f)));
		rest = pm_slice_from(rest, bad + 1);
		mended = true;
	}
	pm_buf_add_slice(&whole, rest);
	pm_buf_release(part);
	*part = whole;
	return mended;
}

static int find_ident(struct pm_ctx *ctx, struct pm_repo *repo,
	enum pm_git_role role, struct pm_git_ident *out)
{
	const char *const names[] = {
		roles[role].name_var, roles[role].name_key, "user.name"};
	const char *const emails[] = {
		roles[role].email_var, roles[role].email_key, "user.email"};
	const char *date = pm_env(ctx, roles[role].date_var);
	const char *email = pm_env(ctx, "EMAIL");
	int name_known = find_part(ctx, repo, names, &out->name);
	int email_known = name_known < 0
				  ? name_known
				  : find_part(ctx, repo, emails, &out->email);
	bool date_known = true;

	if (email_known < 0)
		return email_known;
	if (!email_known && email &&
		!pm_git_config_bool(ctx, repo, "user.useconfigonly", false))
		email_known = add_part(&out->email, pm_slice_str(email));
	if (date)
		date_known = read_raw_date(pm_slice_str(date), &out->date);
	else
		add_now(ctx, &out->date);
	if (out->name.len > 0 && email_known && date_known &&
		!pm_git_config_any(repo, "includeif.hasconfig:", ".path"))
		return 0;
	return ask_git(ctx, repo, role, out->name.len > 0 && email_known, out);
}

int pm_git_ident(struct pm_ctx *ctx, struct pm_repo *repo,
	enum pm_git_role role, struct pm_git_ident *out)
{
	int rc = find_ident(ctx, repo, role, out);
	bool name = rc == 0 && mend_part(&out->name);
	bool email = rc == 0 && mend_part(&out->email);

	if (name || email)
		pm_notice(ctx,
			"the %s of the %s is not UTF-8 and was read as "
			"Latin-1: '%s'",
			name ? "name" : "e-mail address", roles[role].who,
			name ? out->name.ptr : out->email.ptr);
	return rc;
}
