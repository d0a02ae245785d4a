/* SPDX-License-Identifier: Apache-2.0 */
/* A reader from the inside. Private to this directory. */
#ifndef PM_SNAPSHOT_READER_H
#define PM_SNAPSHOT_READER_H

#include "base/file.h"
#include "base/map.h"
#include "snapshot/private.h"

struct pm_reader {
	const struct pm_snapshot *snap;
	struct pm_near near;     /* in the work tree; root -1: none */
	int top;                 /* near.root if it is ours to close; or -1 */
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
