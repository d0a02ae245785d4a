/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The worker pool. The parsers cannot be trusted with hostile text and are
 * not safe to share between threads, so documents are worked on in child
 * processes: forked once, fed many items, each item under a CPU, memory and
 * output limit. An item that breaks its worker is reported as such and the
 * others go on in a fresh worker. Results arrive in item order, the same
 * whatever the number of workers.
 *
 * The item list is prepared before the call; children inherit it. "work" runs
 * in a child: it may read what the parent prepared, through the parent's Git
 * handle too, which is a copy there, and must write only to out. It may open
 * files for reading and nothing else (base/confine.h). "done" runs in the
 * parent.
 */
#ifndef PM_BASE_POOL_H
#define PM_BASE_POOL_H

#include "pm/context.h"

enum pm_pool_status {
	PM_POOL_OK,     /* out holds what work wrote */
	PM_POOL_FAILED, /* work returned an error; out holds its message */
	PM_POOL_CPU,    /* used more than cpu_ms */
	PM_POOL_MEMORY, /* used more than memory */
	PM_POOL_OUTPUT, /* wrote more than output */
	/* Not the document's fault: memory was refused to a worker that had
	   used little of its own, or somebody killed it. */
	PM_POOL_REFUSED,
	PM_POOL_CRASHED,   /* died of a signal or left */
	PM_POOL_FORBIDDEN, /* tried what a worker may not (base/confine.h) */
	PM_POOL_STALLED,   /* stood still, and was given up */
};

struct pm_pool {
	size_t nitems;
	unsigned workers; /* 0: ctx->jobs, else one per core, fewer for few
			     items */
	unsigned cpu_ms;  /* CPU time for one item; 0: 1000 */
	/* How long a worker may say nothing and use no processor time while the
	   parent waits for it; 0: 30000. Not counted: what both were stopped.
	 */
	unsigned stall_ms;
	size_t memory; /* bytes a worker may add for one item; 0: 256 MiB */
	size_t output; /* bytes one item may send back; 0: 16 MiB */
	void *data;    /* given to the callbacks */
	/* Child: once per worker before the first item; may be NULL. */
	int (*start)(struct pm_ctx *ctx, void *data, void **worker);
	/* Child: one item; 0, or a PM_E code with the error in ctx. */
	int (*work)(struct pm_ctx *ctx, void *data, void *worker, size_t item,
		struct pm_buf *out);
	/* Parent: once, while the workers are at their first items: what only
	   "done" needs and no worker; non-zero stops the run. May be NULL. */
	int (*begin)(struct pm_ctx *ctx, void *data);
	/* Parent: one result, in item order; non-zero stops the run. */
	int (*done)(struct pm_ctx *ctx, void *data, size_t item,
		enum pm_pool_status status, struct pm_slice out);
	/*
	 * Parent: what a worker asks for because it may not do it itself,
	 * through ctx->ask; 0, or a PM_E code with the error in ctx. The
	 * request is as little to be trusted as the worker. NULL: refused.
	 */
	int (*help)(struct pm_ctx *ctx, void *help_data, const char *request);
	void *help_data;
};

/*
 * Works through all items. Returns 0, what "done" returned, or a PM_E code
 * when workers cannot be had at all. No child outlives the call.
 */
int pm_pool_run(struct pm_ctx *ctx, const struct pm_pool *pool);

/* "the document takes too much memory (more than 256 MiB)": why status is not
 * OK. */
const char *pm_pool_reason(enum pm_pool_status status);

/* True when a status that is not OK says nothing about the document: tried
   again, it may well be read. */
bool pm_pool_excused(enum pm_pool_status status);

/*
 * For a child that is out of its memory allowance (an arena's "full"): leaves
 * the process so that the parent reports PM_POOL_MEMORY. Does not return.
 */
_Noreturn void pm_pool_leave_memory(void);

#endif
