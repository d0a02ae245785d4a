/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The anchors GitHub gives to headings. Only lower case is wanted here, not
 * the folding of base/utf8.h, which would also drop the diacritics that
 * GitHub keeps.
 */
#include "markdown/markdown.h"

#include "base/utf8.h"

/* Lower case of the scripts headings are written in; simple mappings only. */
static uint32_t lower(uint32_t cp)
{
	if (cp >= 'A' && cp <= 'Z')
		return cp + 32;
	if (cp < 0xC0)
		return cp;
	if (cp <= 0xDE)
		return cp == 0xD7 ? cp : cp + 32;
	if ((cp >= 0x100 && cp <= 0x137) || (cp >= 0x14A && cp <= 0x177))
		return cp | 1;
	if ((cp >= 0x139 && cp <= 0x148) || (cp >= 0x179 && cp <= 0x17E))
		return cp & 1 ? cp + 1 : cp;
	if ((cp >= 0x391 && cp <= 0x3A9) || (cp >= 0x410 && cp <= 0x42F))
		return cp + 32;
	if (cp >= 0x400 && cp <= 0x40F)
		return cp + 80;
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
