/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What pm new knows of the document it is about to write: values.c fills it
 * from what was asked for and the policy, new.c writes the file.
 */
#ifndef PM_SCAFFOLD_PRIVATE_H
#define PM_SCAFFOLD_PRIVATE_H

#include "base/arena.h"
#include "base/vec.h"
#include "pm/scaffold.h"

struct pm_scaffold_row {
	const char *person;
	const char *department; /* NULL: none */
};

/* Everything checked and in the form in which it is written; in the arena. */
struct pm_scaffold {
	struct pm_ctx *ctx;
	const struct pm_policy *policy;
	struct pm_arena arena;
	struct pm_slice title;
	struct pm_slice slug; /* of the id, behind its date */
	const char *kind;
	const char *tmpl;     /* name; NULL: by the kind */
	const char *severity; /* "" when not said, and so on */
	const char *owner;
	const char *incident;
	const char *started; /* RFC 3339 */
	struct pm_date date; /* of started, as written, else today */
	struct pm_date today;
	PM_VEC(const char *) services;
	PM_VEC(const char *) departments;
	PM_VEC(struct pm_scaffold_row) participants;
};

/*
 * Checks what was asked for against the policy. PM_EUSAGE with the nearest
 * right word. Release in any case.
 */
int pm_scaffold_read(
	struct pm_scaffold *scaffold, const struct pm_new_opts *opts);
void pm_scaffold_release(struct pm_scaffold *scaffold);

#endif
