/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Flat records: what a worker process sends back. Written in order, read in
 * the same order; a reader past the end or over a malformed length sets "bad"
 * and yields zeros and empty slices, so the caller checks once.
 */
#ifndef PM_BASE_RECORD_H
#define PM_BASE_RECORD_H

#include <stdint.h>

#include "pm/context.h"

struct pm_record {
	struct pm_slice rest; /* what was not read yet */
	bool bad;
};

void pm_record_put_int(struct pm_buf *buf, int64_t value);
void pm_record_put_str(struct pm_buf *buf, struct pm_slice text);

/* The context's error with its code and place, to be raised again by
   pm_record_raise in the parent. */
void pm_record_put_error(struct pm_buf *buf, const struct pm_ctx *ctx);

/* Prepares to read bytes, which must outlive the slices taken from it. */
void pm_record_init(struct pm_record *record, struct pm_slice bytes);

int64_t pm_record_int(struct pm_record *record);

/* A number that an honest worker writes from least on and below end; another
   makes the record bad, and is least. */
int64_t pm_record_int_in(struct pm_record *record, int64_t least, int64_t end);

struct pm_slice pm_record_str(struct pm_record *record); /* borrowed */

/* Records the error that pm_record_put_error wrote in ctx; returns its code. */
int pm_record_raise(struct pm_ctx *ctx, struct pm_record *record);

/* True when everything was read and nothing was malformed. */
bool pm_record_done(const struct pm_record *record);

#endif
