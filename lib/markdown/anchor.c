/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The anchors GitHub gives to headings. Only lower case is wanted here, not
 * the folding of base/utf8.h, which would also drop the diacritics that
 * GitHub keeps.
 */
#include "markdown/markdown.h"

#include "base/utf8.h"

/* Capital letters of the scripts headings are written in, by ranges whose
   small letters lie at one distance; 1 stands for pairs side by side. */
static const struct {
	uint32_t first, last;
	unsigned step;
} capitals[] = {
	{'A', 'Z', 32},
	{0xC0, 0xD6, 32},
	{0xD8, 0xDE, 32},
	{0x100, 0x137, 1},
	{0x139, 0x148, 1},
	{0x14A, 0x177, 1},
	{0x179, 0x17E, 1},
	{0x391, 0x3A9, 32},
	{0x400, 0x40F, 80},
	{0x410, 0x42F, 32},
};

static uint32_t lower(uint32_t cp)
{
	for (size_t i = 0; i < sizeof capitals / sizeof capitals[0]; i++) {
		if (cp < capitals[i].first || cp > capitals[i].last)
			continue;
		/* In a range of pairs every second one is a capital. */
		if (capitals[i].step == 1 && (cp - capitals[i].first) % 2)
			return cp;
		return cp + capitals[i].step;
	}
	return cp;
}

void pm_md_anchor(struct pm_buf *buf, struct pm_slice heading)
{
	uint32_t cp;

	heading = pm_slice_trim(heading);
	for (size_t off = 0; off < heading.len;) {
		off += pm_utf8_next(heading, off, &cp);
		if (cp == ' ')
			pm_buf_addc(buf, '-');
		else if (cp == '-' || cp == '_' || pm_utf8_word(cp))
			pm_utf8_add(buf, lower(cp));
	}
}
