/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the two sides of the pool share: a page of memory and the form of a
 * message. For pool.c and pool_worker.c alone.
 */
#ifndef PM_BASE_POOL_WORKER_H
#define PM_BASE_POOL_WORKER_H

#include <stdatomic.h>
#include <stdint.h>

#include "base/pool.h"

/* What a worker is at, when it is not at an item. */
#define PM_POOL_IDLE  UINT64_MAX
#define PM_POOL_START (UINT64_MAX - 1)
/* The item of a message that is a request; the worker waits for the answer. */
#define PM_POOL_ASK (UINT64_MAX - 2)

/* A worker's own cache line: two that share one would slow each other. */
struct pm_pool_slot {
	_Atomic uint64_t item;
	char space[56];
};

struct pm_pool_shared {
	_Atomic uint64_t next; /* the next item that nobody has claimed */
	_Atomic bool careful;  /* a worker was lost: hold no results back */
	char space[48];
	struct pm_pool_slot slots[];
};

/* Stands before the bytes of a result in the pipe. */
struct pm_pool_header {
	uint64_t item;  /* PM_POOL_START: "start" failed; PM_POOL_ASK */
	int64_t status; /* enum pm_pool_status; then: its PM_E code */
	uint64_t len;
};

/* The most that comes back for one item, unless the caller says otherwise. */
#define PM_POOL_OUTPUT_DEFAULT ((size_t)16 << 20)
#define PM_POOL_MESSAGE_MAX    4096

/* Exit status of a worker that is out of memory. */
#define PM_POOL_EXIT_MEMORY 86
/* And of one to which the system refused what was allowed. */
#define PM_POOL_EXIT_REFUSED 87

/* What a request gets; its size is what a pipe takes in one piece. */
struct pm_pool_answer {
	int32_t code; /* 0 or a PM_E code */
	char message[1020];
};

/* How one worker is run. */
struct pm_worker {
	const struct pm_pool *pool;
	struct pm_pool_shared *shared;
	unsigned slot;
	uint64_t only; /* this item and no other, or PM_POOL_IDLE */
	int fd;        /* where results go */
	int answers;   /* where answers to requests come from */
	long parent;   /* its process id */
	bool limit_memory;
	bool filter_calls;
};

/* The child's life; ends the process. */
_Noreturn void pm_worker_run(
	struct pm_ctx *ctx, const struct pm_worker *worker);

#endif
