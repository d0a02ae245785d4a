/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libgit2's errors in pm's words. Its last error is a global of the library,
 * so it is read here, at once, before anything else can replace it.
 */
#include "git/private.h"

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
		pm_buf_adds(&text, last->message);
	}
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] == '\n' || text.ptr[i] == '\r')
			text.ptr[i] = ' ';
	pm_fail(ctx, code, "%s", text.ptr);
	pm_buf_release(&text);
	return code;
}
