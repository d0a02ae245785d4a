/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pictures before a heading: "## 🚨 4. Findings", "### :memo: Step 2: ...".
 * They adorn it, and the number and the words behind them are read as if they
 * were not there. A number in a circle and a bracket say something and stay.
 */
#include "doc/scan.h"

#include <stdint.h>

#include "base/ascii.h"
#include "base/utf8.h"

/* True for a picture or a drawn sign, and what says how it is drawn. */
static bool is_picture(uint32_t cp)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
		{0x200D, 0x200D}, /* joins two pictures */
		{0x203C, 0x203C},
		{0x2049, 0x2049},
		{0x2139, 0x2139},
		{0x2190, 0x21FF},
		{0x2300, 0x23FF},
		{0x25A0, 0x2775}, /* the circled figures come behind */
		{0x2794, 0x27BF},
		{0x2900, 0x297F},
		{0x2B00, 0x2BFF},
		{0xFE00, 0xFE0F},
		{0x1F000, 0x1FAFF},
	};

	for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
		if (cp >= ranges[i].first && cp <= ranges[i].last)
			return true;
	return false;
}

size_t pm_emoji_name_len(struct pm_slice text)
{
	size_t i = 1;

	if (text.len < 3 || text.ptr[0] != ':')
		return 0;
	while (i < text.len &&
		(pm_is_small(text.ptr[i]) || pm_is_digit(text.ptr[i]) ||
			text.ptr[i] == '_' || text.ptr[i] == '+'))
		i++;
	return i > 1 && i < text.len && text.ptr[i] == ':' ? i + 1 : 0;
}

struct pm_slice pm_behind_signs(struct pm_slice text)
{
	struct pm_slice rest = pm_slice_trim(text);
	uint32_t cp;

	while (rest.len && (rest.ptr[0] == ':' || rest.ptr[0] & 0x80)) {
		size_t len = pm_emoji_name_len(rest);

		if (!len && rest.ptr[0] & 0x80) {
			len = pm_utf8_next(rest, 0, &cp);
			len = is_picture(cp) ? len : 0;
		}
		if (!len)
			break;
		rest = pm_slice_trim(pm_slice_from(rest, len));
	}
	/* A heading may be nothing but a picture. */
	return rest.len ? rest : text;
}
