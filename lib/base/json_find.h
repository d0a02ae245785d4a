/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One string out of a JSON file that somebody else wrote: enough to read where
 * a change begins from what a CI server says of it. No tree is built, nothing
 * recurses, what is malformed is not found.
 */
#ifndef PM_BASE_JSON_FIND_H
#define PM_BASE_JSON_FIND_H

#include "pm/buf.h"

/*
 * Appends the string that is reached by these keys (NULL after the last), one
 * object inside the other. False, with nothing appended, when there is none or
 * it holds characters beyond ASCII written as \uXXXX.
 */
bool pm_json_find(
	struct pm_slice json, const char *const *keys, struct pm_buf *out);

#endif
