/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The context and its one error. Messages are formatted into a fresh buffer
 * before the old one goes, because a new message often quotes the old.
 */
#include "pm/context.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"

static const char *no_env(void *data, const char *name)
{
	(void)data;
	(void)name;
	return NULL;
}

static void no_notice(void *data, const char *line)
{
	(void)data;
	(void)line;
}

static int32_t utc(void *data, int64_t at)
{
	(void)data;
	(void)at;
	return 0;
}

struct pm_ctx *pm_ctx_new(void)
{
	struct pm_ctx *ctx = pm_alloc(1, sizeof(*ctx));
	struct timespec now = {0};

	clock_gettime(CLOCK_REALTIME, &now);
	*ctx = (struct pm_ctx){
		.error = {.message = PM_BUF_INIT,
			.path = PM_BUF_INIT,
			.earlier = PM_BUF_INIT},
		.now = now.tv_sec,
		.env = no_env,
		.zone = utc,
		.notice = no_notice,
	};
	return ctx;
}

int32_t pm_ctx_offset(const struct pm_ctx *ctx)
{
	return ctx->zone(ctx->zone_data, ctx->now);
}

void pm_ctx_free(struct pm_ctx *ctx)
{
	if (!ctx)
		return;
	pm_buf_release(&ctx->error.message);
	pm_buf_release(&ctx->error.path);
	pm_buf_release(&ctx->error.earlier);
	free(ctx);
}

const struct pm_error *pm_ctx_error(const struct pm_ctx *ctx)
{
	return &ctx->error;
}

void pm_ctx_clear(struct pm_ctx *ctx)
{
	ctx->error.code = PM_OK;
	ctx->error.pos = (struct pm_pos){0, 0};
	pm_buf_reset(&ctx->error.message);
	pm_buf_reset(&ctx->error.path);
	pm_buf_reset(&ctx->error.earlier);
}

/* Takes over message as the error's; path may point into the old error. */
static int record(struct pm_ctx *ctx, int code, const char *path,
	struct pm_pos pos, struct pm_buf *message)
{
	struct pm_buf where = PM_BUF_INIT;

	if (path)
		pm_buf_adds(&where, path);
	pm_buf_release(&ctx->error.message);
	pm_buf_release(&ctx->error.path);
	pm_buf_reset(&ctx->error.earlier);
	ctx->error.message = *message;
	ctx->error.path = where;
	ctx->error.pos = pos;
	ctx->error.code = code;
	return code;
}

int pm_fail(struct pm_ctx *ctx, int code, const char *fmt, ...)
{
	struct pm_buf message = PM_BUF_INIT;
	va_list args;

	va_start(args, fmt);
	pm_buf_vaddf(&message, fmt, args);
	va_end(args);
	return record(ctx, code, NULL, (struct pm_pos){0, 0}, &message);
}

int pm_fail_at(struct pm_ctx *ctx, int code, const char *path,
	struct pm_pos pos, const char *fmt, ...)
{
	struct pm_buf message = PM_BUF_INIT;
	va_list args;

	va_start(args, fmt);
	pm_buf_vaddf(&message, fmt, args);
	va_end(args);
	return record(ctx, code, path, pos, &message);
}

int pm_fail_also(struct pm_ctx *ctx, int code, const char *path,
	struct pm_pos pos, const char *fmt, ...)
{
	struct pm_buf message = PM_BUF_INIT, earlier = ctx->error.earlier;
	va_list args;

	va_start(args, fmt);
	pm_buf_vaddf(&message, fmt, args);
	va_end(args);
	if (ctx->error.code < 0) {
		pm_ctx_error_line(ctx, &earlier);
		pm_buf_addc(&earlier, '\n');
	}
	ctx->error.earlier = (struct pm_buf)PM_BUF_INIT;
	record(ctx, code, path, pos, &message);
	ctx->error.earlier = earlier;
	return code;
}

static int code_of_errno(int err)
{
	switch (err) {
	case ENOENT:
	case ENOTDIR:
		return PM_ENOTFOUND;
	case EEXIST:
		return PM_EEXISTS;
	case EROFS:
	case EACCES:
	case EPERM:
		return PM_EREADONLY;
	default:
		return PM_ERROR;
	}
}

int pm_fail_errno(struct pm_ctx *ctx, const char *fmt, ...)
{
	struct pm_buf message = PM_BUF_INIT;
	int err = errno;
	const char *text;
	va_list args;

	va_start(args, fmt);
	pm_buf_vaddf(&message, fmt, args);
	va_end(args);
	/* strerror() would follow the locale. */
	text = strerrordesc_np(err);
	if (text)
		pm_buf_addf(&message, ": %s", text);
	else
		pm_buf_addf(&message, ": error %d", err);
	return record(
		ctx, code_of_errno(err), NULL, (struct pm_pos){0, 0}, &message);
}

int pm_fail_prefix(struct pm_ctx *ctx, const char *fmt, ...)
{
	struct pm_buf message = PM_BUF_INIT;
	va_list args;

	va_start(args, fmt);
	pm_buf_vaddf(&message, fmt, args);
	va_end(args);
	pm_buf_adds(&message, ": ");
	pm_buf_add_slice(&message, pm_buf_slice(&ctx->error.message));
	pm_buf_release(&ctx->error.message);
	ctx->error.message = message;
	return ctx->error.code;
}

void pm_notice(struct pm_ctx *ctx, const char *fmt, ...)
{
	struct pm_buf line = PM_BUF_INIT;
	va_list args;

	va_start(args, fmt);
	pm_buf_vaddf(&line, fmt, args);
	va_end(args);
	ctx->notice(ctx->notice_data, line.ptr);
	pm_buf_release(&line);
}

void pm_ctx_error_line(const struct pm_ctx *ctx, struct pm_buf *out)
{
	const struct pm_error *err = &ctx->error;

	if (err->path.len) {
		pm_buf_add_slice(out, pm_buf_slice(&err->path));
		if (err->pos.line)
			pm_buf_addf(out, ":%u", err->pos.line);
		if (err->pos.line && err->pos.col)
			pm_buf_addf(out, ":%u", err->pos.col);
		pm_buf_adds(out, ": ");
	}
	pm_buf_add_slice(out, pm_buf_slice(&err->message));
}

const char *pm_env(struct pm_ctx *ctx, const char *name)
{
	const char *value = ctx->env(ctx->env_data, name);

	return value && value[0] ? value : NULL;
}
