/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Commit messages as "git commit -m" leaves them: white space cleaned, and
 * comments too where commit.cleanup asks for it; never empty, always UTF-8,
 * always ending in one line end (hazards.txt 37).
 */
#include "git/private.h"

#include <string.h>

#include "base/utf8.h"

enum cleanup { CLEANUP_WHITESPACE, CLEANUP_STRIP, CLEANUP_VERBATIM };

static int read_cleanup(
	struct pm_ctx *ctx, struct pm_repo *repo, enum cleanup *out)
{
	/* "default" and "scissors" mean this where no editor is used. */
	static const char *const plain[] = {
		"", "default", "whitespace", "scissors"};
	struct pm_buf value = PM_BUF_INIT;
	int rc = 0;

	*out = CLEANUP_WHITESPACE;
	pm_repo_config(ctx, repo, "commit.cleanup", &value);
	if (strcmp(value.ptr, "strip") == 0) {
		*out = CLEANUP_STRIP;
	} else if (strcmp(value.ptr, "verbatim") == 0) {
		*out = CLEANUP_VERBATIM;
	} else {
		rc = PM_EINVALID;
		for (size_t i = 0; i < 4; i++)
			if (strcmp(value.ptr, plain[i]) == 0)
				rc = 0;
	}
	if (rc < 0)
		pm_fail(ctx, rc,
			"git's setting commit.cleanup is '%s' (it can be "
			"strip, whitespace, verbatim, scissors or default)",
			value.ptr);
	pm_buf_release(&value);
	return rc;
}

/* The first of git's choice that begins no line of the text. */
static char free_comment(struct pm_slice text)
{
	static const char choice[] = "#;@!$%^&|:";

	for (const char *c = choice; *c; c++) {
		struct pm_slice rest = text, line = {0};
		bool taken = false;

		while (!taken && pm_slice_line(&rest, &line))
			taken = line.len > 0 && line.ptr[0] == *c;
		if (!taken)
			return *c;
	}
	return choice[0];
}

/* What begins a comment; git can use a whole string for it. */
static void read_comment(struct pm_ctx *ctx, struct pm_repo *repo,
	struct pm_slice text, struct pm_buf *out)
{
	if (pm_repo_config(ctx, repo, "core.commentstring", out) < 0 &&
		pm_repo_config(ctx, repo, "core.commentchar", out) < 0)
		pm_buf_addc(out, '#');
	if (strcmp(out->ptr, "auto") == 0) {
		pm_buf_reset(out);
		pm_buf_addc(out, free_comment(text));
	} else if (out->len == 0) {
		pm_buf_addc(out, '#');
	}
	pm_ctx_clear(ctx);
}

/* Appends the lines that are not comments, trailing blanks dropped, runs of
   empty lines made one, none at either end. */
static void clean(struct pm_slice text, const char *comment, struct pm_buf *out)
{
	size_t start = out->len;
	struct pm_slice line = {0};
	bool gap = false;

	while (pm_slice_line(&text, &line)) {
		if (comment && pm_slice_starts(line, comment))
			continue;
		while (line.len > 0 &&
			strchr(" \t\r\f\v", line.ptr[line.len - 1]))
			line.len--;
		if (line.len == 0) {
			gap = out->len > start;
			continue;
		}
		if (gap)
			pm_buf_addc(out, '\n');
		gap = false;
		pm_buf_add_slice(out, line);
		pm_buf_addc(out, '\n');
	}
}

int pm_git_message(struct pm_ctx *ctx, struct pm_repo *repo,
	struct pm_slice text, struct pm_buf *out)
{
	struct pm_buf comment = PM_BUF_INIT;
	enum cleanup mode;
	size_t bad;
	int rc = read_cleanup(ctx, repo, &mode);

	if (rc < 0)
		return rc;
	if (pm_slice_find(text, 0, '\0') >= 0)
		return pm_fail(ctx, PM_EINVALID,
			"the commit message holds a NUL byte");
	if (!pm_utf8_valid(text, &bad))
		return pm_fail(ctx, PM_EINVALID,
			"the commit message is not UTF-8 at byte %zu (write it "
			"in UTF-8)",
			bad + 1);
	read_comment(ctx, repo, text, &comment);
	if (mode == CLEANUP_VERBATIM)
		pm_buf_add_slice(out, text);
	else
		clean(text, mode == CLEANUP_STRIP ? comment.ptr : NULL, out);
	pm_buf_release(&comment);
	if (pm_slice_trim(pm_buf_slice(out)).len == 0)
		return pm_fail(ctx, PM_EINVALID,
			"the commit message is empty (give one with -m)");
	if (out->ptr[out->len - 1] != '\n')
		pm_buf_addc(out, '\n');
	return 0;
}
