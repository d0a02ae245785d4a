/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Headings of plain text, as mails and word processors of East Asia have them:
 * a sign before the words, or brackets around them; and those of a wiki or a
 * manual that was pasted: "h2. Impact", "== Impact ==".
 */
#include "doc/body.h"

#include <string.h>

#include "base/ascii.h"

enum {
	KEY_MAX = 60,
	/* One is the sign of a title, which no section is. */
	EQUALS_LEAST = 2,
	EQUALS_MOST = 6,
};

size_t pm_body_heading_sign(struct pm_slice line)
{
	static const char *const signs[] = {
		"■", "□", "◆", "◇", "●", "◎", "▼", "【", NULL};

	size_t equals = 0;

	while (equals < line.len && line.ptr[equals] == '=')
		equals++;
	if (equals)
		return equals >= EQUALS_LEAST && equals <= EQUALS_MOST &&
				       equals + 1 < line.len &&
				       line.ptr[equals] == ' '
			       ? equals
			       : 0;
	if (line.len > 3 && line.ptr[0] == 'h' && pm_is_digit(line.ptr[1]) &&
		line.ptr[2] == '.' && line.ptr[3] == ' ')
		return 3;
	if (!line.len || !(line.ptr[0] & 0x80))
		return 0;
	return pm_begins_with_one(line, signs);
}

bool pm_body_drawn_key(
	struct pm_slice line, struct pm_slice *name, struct pm_slice *rest)
{
	static const char *const colons[] = {"：", ":"};
	struct pm_slice text = pm_slice_trim(line);
	size_t sign = pm_body_heading_sign(text), len = 0, end;
	bool bracket = pm_slice_starts(text, "【");
	ptrdiff_t at;

	if (!sign)
		return false;
	if (text.ptr[0] == '=')
		while (text.ptr[text.len - 1] == '=')
			text.len--;
	text = pm_slice_trim(pm_slice_from(text, sign));
	end = text.len;
	if (bracket) {
		at = pm_slice_find_text(text, 0, pm_slice_str("】"));
		if (at < 0)
			return false;
		end = (size_t)at;
		len = strlen("】");
	}
	for (size_t i = 0; !bracket && i < 2; i++) {
		at = pm_slice_find_text(text, 0, pm_slice_str(colons[i]));
		if (at < 0 || (size_t)at >= end)
			continue;
		end = (size_t)at;
		len = strlen(colons[i]);
	}
	*name = pm_slice_trim(pm_slice_sub(text, 0, end));
	*rest = pm_slice_trim(pm_slice_from(text, end + len));
	return name->len && name->len <= KEY_MAX;
}
