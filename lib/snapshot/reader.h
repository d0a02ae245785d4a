/* SPDX-License-Identifier: Apache-2.0 */
/* A reader from the inside. Private to this directory. */
#ifndef PM_SNAPSHOT_READER_H
#define PM_SNAPSHOT_READER_H

#include "base/map.h"
#include "snapshot/private.h"

struct pm_reader {
	const struct pm_snapshot *snap;
	int top;                 /* the work tree; -1: not opened, or none */
	bool sought;             /* top was looked for */
	struct pm_map templates; /* by name: struct pm_template, or 0 */
	struct pm_buf names;     /* of the repository's templates, NUL after
				    each; see named */
	bool named;              /* names were read */
	struct pm_buf paths;     /* of all documents, NUL after each */
	bool listed;             /* paths were read */
};

/* Frees the templates. */
void pm_reader_templates_release(struct pm_reader *reader);

#endif
