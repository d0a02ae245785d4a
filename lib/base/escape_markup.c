/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Escapers for markup: Markdown, XML, paths in URLs. All but the last first
 * make the invisible visible, as on a terminal: what a forge or a build server
 * shows ends up in a log as often as in a browser.
 */
#include <string.h>

#include "base/ascii.h"
#include "base/escape.h"
#include "base/utf8.h"

/* What means something to a Markdown reader or to a forge's extensions. */
#define MD_SPECIAL "\\`*_{}[]()<>#+-!|~&:$=^"

/* Ends a mention or a reference before it begins; readers see nothing. */
#define MD_BREAK "<!-- -->"

void pm_md_text(struct pm_buf *buf, struct pm_slice text)
{
	struct pm_buf shown = PM_BUF_INIT;

	pm_term_text(&shown, text, false);
	for (size_t i = 0; i < shown.len; i++) {
		char c = shown.ptr[i];

		/* GitHub links a bare "www." whatever stands around it. */
		if (c == '.' && i >= 3 &&
			memcmp(shown.ptr + i - 3, "www", 3) == 0)
			pm_buf_adds(buf, MD_BREAK);
		if (strchr(MD_SPECIAL, c))
			pm_buf_addc(buf, '\\');
		pm_buf_addc(buf, c);
		/* A backslash does not stop "@name" from notifying, nor "#1"
		   from linking: forges look at the text, not at its source. */
		if (c == '@' || (c == '#' && pm_is_digit(shown.ptr[i + 1])))
			pm_buf_adds(buf, MD_BREAK);
		/* "1." at the start of an item would begin a list. */
		if (pm_is_digit(c) && shown.ptr[i + 1] == '.')
			pm_buf_addc(buf, '\\');
	}
	pm_buf_release(&shown);
}

static const char *xml_entity(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&apos;";
	default:
		return NULL;
	}
}

void pm_xml_text(struct pm_buf *buf, struct pm_slice text)
{
	struct pm_buf shown = PM_BUF_INIT;
	size_t i = 0;

	pm_term_text(&shown, text, false);
	while (i < shown.len) {
		const char *entity = xml_entity(shown.ptr[i]);
		uint32_t cp;
		size_t len = pm_utf8_next(pm_buf_slice(&shown), i, &cp);

		if (entity)
			pm_buf_adds(buf, entity);
		else if (cp == 0xFFFE || cp == 0xFFFF)
			/* No characters in XML 1.0, not even as numbers. */
			pm_utf8_add(buf, 0xFFFD);
		else
			pm_buf_add(buf, shown.ptr + i, len);
		i += len;
	}
	pm_buf_release(&shown);
}

void pm_url_path(struct pm_buf *buf, struct pm_slice path)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz"
				    "0123456789-._~/";

	for (size_t i = 0; i < path.len; i++) {
		char c = path.ptr[i];

		if (c && strchr(plain, c))
			pm_buf_addc(buf, c);
		else
			pm_buf_addf(buf, "%%%02X", (unsigned char)c);
	}
}
