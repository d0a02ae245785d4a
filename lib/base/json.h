/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writes JSON into a buffer; commas and nesting are its business. Keys and
 * strings are escaped. Deterministic; one space after ":" and ",".
 *
 *	struct pm_json j = PM_JSON_INIT(&buf);
 *	pm_json_open(&j, NULL, '{');
 *	pm_json_int(&j, "schema", 1);
 *	pm_json_close(&j, '}');
 */
#ifndef PM_BASE_JSON_H
#define PM_BASE_JSON_H

#include <stdint.h>

#include "pm/buf.h"

struct pm_json {
	struct pm_buf *out;
	bool comma; /* something precedes at this level */
};

#define PM_JSON_INIT(buf)                                                      \
	{                                                                      \
		(buf), false                                                   \
	}

/* Opens '{' or '['; key is NULL in an array and at the top. */
void pm_json_open(struct pm_json *json, const char *key, char bracket);
void pm_json_close(struct pm_json *json, char bracket);
void pm_json_string(
	struct pm_json *json, const char *key, struct pm_slice text);
void pm_json_int(struct pm_json *json, const char *key, int64_t value);
void pm_json_real(struct pm_json *json, const char *key, double value);
void pm_json_bool(struct pm_json *json, const char *key, bool value);
void pm_json_null(struct pm_json *json, const char *key);

#endif
