/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Documents of a few lines, read by the built-in policy: what several tests of
 * lib/doc begin with. prepare and finish are for a group of tests.
 */
#ifndef DOC_PARSING_H
#define DOC_PARSING_H

#include "doc/doc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define PATH "postmortems/2026/2026-11-22-checkout-500s.md"

static struct pm_ctx *ctx;
static struct pm_policy *policy;

static int prepare(void **state)
{
	(void)state;
	ctx = pm_ctx_new();
	return pm_policy_parse(ctx, pm_slice_str(NULL), &policy);
}

static int finish(void **state)
{
	(void)state;
	pm_policy_free(policy);
	pm_ctx_free(ctx);
	return 0;
}

/* Free with pm_doc_free. */
static inline struct pm_doc *parse(const char *text)
{
	return pm_doc_parse(PATH, pm_slice_str(text), policy);
}

#endif
