/* SPDX-License-Identifier: Apache-2.0 */
/* The context: one error, its codes, and the callbacks. */
#include "pm/context.h"

#include <errno.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void test_error(void **state)
{
	struct pm_ctx *ctx = pm_ctx_new();
	const struct pm_error *error = pm_ctx_error(ctx);
	struct pm_pos pos = {3, 4};

	(void)state;
	assert_int_equal(error->code, PM_OK);
	assert_int_equal(pm_fail(ctx, PM_EUSAGE, "no '%s'", "x"), PM_EUSAGE);
	assert_string_equal(error->message.ptr, "no 'x'");
	assert_int_equal(
		pm_fail_at(ctx, PM_EINVALID, "a.md", pos, "bad"), PM_EINVALID);
	assert_string_equal(error->path.ptr, "a.md");
	assert_int_equal(error->pos.line, 3);
	/* The new message may quote the old, and the path stay where it is. */
	pm_fail_at(ctx, PM_ERROR, error->path.ptr, pos, "was: %s",
		error->message.ptr);
	assert_string_equal(error->message.ptr, "was: bad");
	assert_string_equal(error->path.ptr, "a.md");
	assert_int_equal(pm_fail_prefix(ctx, "file %d", 1), PM_ERROR);
	assert_string_equal(error->message.ptr, "file 1: was: bad");
	assert_string_equal(error->path.ptr, "a.md");
	pm_ctx_clear(ctx);
	assert_int_equal(error->code, PM_OK);
	assert_string_equal(error->message.ptr, "");
	assert_string_equal(error->path.ptr, "");
	assert_int_equal(error->pos.line, 0);
	pm_ctx_free(ctx);
	pm_ctx_free(NULL);
}

static void test_errno(void **state)
{
	static const struct {
		int err;
		int code;
	} rows[] = {
		{ENOENT, PM_ENOTFOUND},
		{ENOTDIR, PM_ENOTFOUND},
		{EEXIST, PM_EEXISTS},
		{EROFS, PM_EREADONLY},
		{EACCES, PM_EREADONLY},
		{EPERM, PM_EREADONLY},
		{ENOSPC, PM_ERROR},
		{99999, PM_ERROR},
	};
	struct pm_ctx *ctx = pm_ctx_new();
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		errno = rows[i].err;
		assert_int_equal(pm_fail_errno(ctx, "cannot"), rows[i].code);
	}
	assert_string_equal(
		pm_ctx_error(ctx)->message.ptr, "cannot: error 99999");
	errno = ENOSPC;
	pm_fail_errno(ctx, "cannot write '%s'", "x");
	assert_string_equal(pm_ctx_error(ctx)->message.ptr,
		"cannot write 'x': No space left on device");
	pm_ctx_free(ctx);
}

static const char *one_variable(void *data, const char *name)
{
	(void)data;
	if (!strcmp(name, "EMPTY"))
		return "";
	return strcmp(name, "SET") ? NULL : "yes";
}

static void keep_line(void *data, const char *line)
{
	pm_buf_addf(data, "<%s>", line);
}

static void test_callbacks(void **state)
{
	struct pm_ctx *ctx = pm_ctx_new();
	struct pm_buf lines = PM_BUF_INIT;

	(void)state;
	assert_true(ctx->now > 1600000000);
	assert_null(pm_env(ctx, "HOME"));
	pm_notice(ctx, "dropped");
	ctx->env = one_variable;
	assert_string_equal(pm_env(ctx, "SET"), "yes");
	assert_null(pm_env(ctx, "EMPTY"));
	assert_null(pm_env(ctx, "UNSET"));
	ctx->notice = keep_line;
	ctx->notice_data = &lines;
	pm_notice(ctx, "%d of %d", 1, 2);
	assert_string_equal(lines.ptr, "<1 of 2>");
	pm_buf_release(&lines);
	pm_ctx_free(ctx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_error),
		cmocka_unit_test(test_errno),
		cmocka_unit_test(test_callbacks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
