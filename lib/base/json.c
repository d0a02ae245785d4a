/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON text. The only state is whether something stands before the next item
 * at this level: after a bracket closes, its parent always has one.
 */
#include "base/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"

/* The comma that the last item left open, and the key. */
static void begin(struct pm_json *json, const char *key)
{
	if (json->comma)
		pm_buf_adds(json->out, ", ");
	json->comma = true;
	if (key) {
		pm_json_str(json->out, pm_slice_str(key));
		pm_buf_adds(json->out, ": ");
	}
}

void pm_json_open(struct pm_json *json, const char *key, char bracket)
{
	begin(json, key);
	pm_buf_addc(json->out, bracket);
	json->comma = false;
}

void pm_json_close(struct pm_json *json, char bracket)
{
	pm_buf_addc(json->out, bracket);
	json->comma = true;
}

void pm_json_string(struct pm_json *json, const char *key, struct pm_slice text)
{
	begin(json, key);
	pm_json_str(json->out, text);
}

void pm_json_int(struct pm_json *json, const char *key, int64_t value)
{
	begin(json, key);
	pm_buf_addf(json->out, "%lld", (long long)value);
}

/*
 * The shortest of 15 to 17 digits that reads back as the same number. JSON
 * knows no infinity: what is not finite becomes null.
 */
void pm_json_real(struct pm_json *json, const char *key, double value)
{
	char text[40];
	char *point;
	int digits;

	if (!isfinite(value)) {
		pm_json_null(json, key);
		return;
	}
	begin(json, key);
	for (digits = 15; digits <= 17; digits++) {
		snprintf(text, sizeof(text), "%.*g", digits, value);
		if (digits == 17 || strtod(text, NULL) == value)
			break;
	}
	/* A caller's locale may have put a comma here. */
	point = strchr(text, ',');
	if (point)
		*point = '.';
	pm_buf_adds(json->out, text);
}

void pm_json_bool(struct pm_json *json, const char *key, bool value)
{
	begin(json, key);
	pm_buf_adds(json->out, value ? "true" : "false");
}

void pm_json_null(struct pm_json *json, const char *key)
{
	begin(json, key);
	pm_buf_adds(json->out, "null");
}
