/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libgit2's errors in pm's words. Its last error is a global of the library,
 * so it is read here, at once, before anything else can replace it.
 */
#include "git/private.h"

#include <errno.h>
#include <string.h>

#include "git/pipe.h"

static int code_of(int rc)
{
	switch (rc) {
	case GIT_ENOTFOUND:
	case GIT_EUNBORNBRANCH:
		return PM_ENOTFOUND;
	case GIT_EEXISTS:
		return PM_EEXISTS;
	case GIT_EAMBIGUOUS:
		return PM_EAMBIGUOUS;
	case GIT_EBAREREPO:
		return PM_EBARE;
	case GIT_EINVALIDSPEC:
		return PM_EINVALID;
	case GIT_ELOCKED:
		return PM_ELOCKED;
	case GIT_EMODIFIED:
		return PM_EMODIFIED;
	default:
		return PM_ERROR;
	}
}

/* Appends the reason where it is that of pm_git_open, and says what it means.
 */
static bool add_pipe(struct pm_buf *out, const char *reason)
{
	struct pm_slice text = pm_slice_str(reason);
	const char *why = strerrordesc_np(PM_EPIPE_NAMED);

	if (!pm_slice_ends(text, why))
		return false;
	pm_buf_add(out, reason, text.len - strlen(why));
	pm_buf_adds(out, "it is a pipe, not a file (remove it)");
	return true;
}

/*
 * Appends libgit2's reason. It calls a file locked that may not be read or
 * written: "failed open - 'x' is locked: Permission denied".
 */
static bool add_reason(struct pm_buf *out, const char *reason)
{
	static const char head[] = "failed ", link[] = " - '";
	static const char tail[] = " is locked: ";
	const char *path = strstr(reason, link);
	const char *end = strstr(reason, tail);

	if (add_pipe(out, reason))
		return false;
	if (!path || !end || end < path ||
		strncmp(reason, head, sizeof(head) - 1) != 0) {
		pm_buf_adds(out, reason);
		return false;
	}
	reason += sizeof(head) - 1;
	pm_buf_adds(out, "cannot ");
	pm_buf_add(out, reason, (size_t)(path - reason));
	pm_buf_addc(out, ' ');
	path += sizeof(link) - 2;
	pm_buf_add(out, path, (size_t)(end - path));
	pm_buf_addf(out, ": %s", end + sizeof(tail) - 1);
	return true;
}

int pm_git_fail(struct pm_ctx *ctx, int rc, const char *fmt, ...)
{
	const git_error *last = git_error_last();
	struct pm_buf text = PM_BUF_INIT;
	va_list args;
	int code = code_of(rc);

	va_start(args, fmt);
	pm_buf_vaddf(&text, fmt, args);
	va_end(args);
	if (last && last->message && *last->message) {
		pm_buf_adds(&text, ": ");
		if (add_reason(&text, last->message))
			code = PM_ERROR;
	}
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] == '\n' || text.ptr[i] == '\r')
			text.ptr[i] = ' ';
	pm_fail(ctx, code, "%s", text.ptr);
	pm_buf_release(&text);
	return code;
}
