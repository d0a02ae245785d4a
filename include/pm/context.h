/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The context: what a call needs to know of the world and where it leaves its
 * error. libpm has no globals, reads no environment, prints nothing; all of
 * that comes through here, so that two callers in one process do not meet.
 *
 * A fallible function returns 0 or a negative PM_E code and leaves a message
 * in the context. Positive values are results. The layer that knows the
 * subject writes the message; layers above may prefix what they were doing.
 *
 *	struct pm_ctx *ctx = pm_ctx_new();
 *	if (pm_repo_open(ctx, ".", &repo) < 0)
 *		fprintf(stderr, "pm: %s\n", pm_ctx_error(ctx)->message.ptr);
 */
#ifndef PM_CONTEXT_H
#define PM_CONTEXT_H

#include <stdint.h>

#include "pm/buf.h"

#ifdef __cplusplus
extern "C" {
#endif

enum pm_code {
	PM_OK = 0,
	PM_ERROR = -1,      /* failed; nobody acts on the reason */
	PM_ENOTFOUND = -2,  /* what was named is not there */
	PM_EEXISTS = -3,    /* it is there already */
	PM_EAMBIGUOUS = -4, /* several match; the message lists them */
	PM_EINVALID = -5,   /* malformed input, at path and line if known */
	PM_EUSAGE = -6,     /* the caller asked for something impossible */
	PM_ELOCKED = -7,    /* somebody else holds the lock */
	PM_EMODIFIED = -8,  /* it changed under our hands; try again */
	PM_ELIMIT = -9,     /* larger than a limit allows */
	PM_EBARE = -10,     /* needs a work tree */
	PM_EREADONLY = -11, /* may not be written */
	PM_ESTOP = -12,     /* a callback asked to stop */
};

struct pm_error {
	int code;              /* enum pm_code */
	struct pm_buf message; /* lower case, no full stop, one line */
	struct pm_buf path;    /* empty when no file is concerned */
	struct pm_pos pos;     /* line 0 means unknown */
	struct pm_buf earlier; /* what is to be told before it, a line each
				  with its end; mostly empty */
};

/* Looks up an environment variable; NULL when unset. Borrowed. */
typedef const char *(*pm_env_fn)(void *data, const char *name);

/* Receives one line of chatter (no line end) for stderr. */
typedef void (*pm_notice_fn)(void *data, const char *line);

/* Minutes east of UTC of the user's clock at an instant in UTC seconds. */
typedef int32_t (*pm_zone_fn)(void *data, int64_t at);

struct pm_ctx;

/* Asks for something in one word; 0, or a PM_E code with the error in ctx. */
typedef int (*pm_ask_fn)(struct pm_ctx *ctx, void *data, const char *request);

struct pm_ctx {
	struct pm_error error;
	int64_t now;   /* UTC seconds; set once, pinned by PM_NOW */
	unsigned jobs; /* worker processes; 0 means one per core */
	pm_env_fn env; /* never NULL; the default knows nothing */
	void *env_data;
	pm_zone_fn zone; /* never NULL; the default is UTC */
	void *zone_data;
	pm_notice_fn notice; /* never NULL; the default drops the line */
	void *notice_data;
	pm_ask_fn ask; /* in a worker process, which may start no program: its
			  parent; NULL elsewhere */
	void *ask_data;
};

/* A context with the present time, UTC, and no environment. Never NULL. */
struct pm_ctx *pm_ctx_new(void);
void pm_ctx_free(struct pm_ctx *ctx);

/* The last error; borrowed, valid until the next failing call. */
const struct pm_error *pm_ctx_error(const struct pm_ctx *ctx);

/* Forgets the last error. */
void pm_ctx_clear(struct pm_ctx *ctx);

/* Records code and message, without a place. Returns code. */
int pm_fail(struct pm_ctx *ctx, int code, const char *fmt, ...) PM_PRINTF(3, 4);

/* As pm_fail, at a place in a file; pos.line 0 means the whole file. */
int pm_fail_at(struct pm_ctx *ctx, int code, const char *path,
	struct pm_pos pos, const char *fmt, ...) PM_PRINTF(5, 6);

/*
 * As pm_fail_at for one more mistake in a thing that is told all of its
 * mistakes at once: the recorded error is kept, as a line that is earlier.
 */
int pm_fail_also(struct pm_ctx *ctx, int code, const char *path,
	struct pm_pos pos, const char *fmt, ...) PM_PRINTF(5, 6);

/*
 * As pm_fail for a failed system call: appends strerror(errno), and turns
 * ENOENT, EEXIST, EROFS/EACCES/EPERM into their codes, others into PM_ERROR.
 */
int pm_fail_errno(struct pm_ctx *ctx, const char *fmt, ...) PM_PRINTF(2, 3);

/* Puts "text: " before the recorded message. Returns the recorded code. */
int pm_fail_prefix(struct pm_ctx *ctx, const char *fmt, ...) PM_PRINTF(2, 3);

/* Sends one formatted line of chatter to the caller's stderr. */
void pm_notice(struct pm_ctx *ctx, const char *fmt, ...) PM_PRINTF(2, 3);

/* Appends the last error as one line: "path:3:5: message", as much of the
   place as is known. */
void pm_ctx_error_line(const struct pm_ctx *ctx, struct pm_buf *out);

/* Minutes east of UTC of the user's clock now. */
int32_t pm_ctx_offset(const struct pm_ctx *ctx);

/* The variable's value, or NULL when it is unset or empty. Borrowed. */
const char *pm_env(struct pm_ctx *ctx, const char *name);

#ifdef __cplusplus
}
#endif

#endif
