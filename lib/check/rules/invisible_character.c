/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Characters that nobody sees or that reorder what one sees (hazards.txt 114),
 * in the document and in its name. Escapes in YAML that stand for one are found
 * where YAML is read. Spared are a byte order mark at the very beginning, and
 * the two joiners where they do their work: between letters of scripts that
 * need them and between the parts of an emoji.
 */
#include "check/check.h"

#include "base/utf8.h"

#define ZWNJ 0x200C
#define ZWJ  0x200D
#define BOM  0xFEFF

static const char *effect(uint32_t cp)
{
	if ((cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069) ||
		cp == 0x200E || cp == 0x200F || cp == 0x061C)
		return "it reorders the text around it";
	if (cp < 0x20 || (cp >= 0x7F && cp <= 0x9F))
		return "a control character";
	if (cp == 0x2028 || cp == 0x2029)
		return "a line end to some programs only";
	return "it has no width";
}

/* The character before off is not ASCII, and neither is the one at end. */
static bool joins(struct pm_slice text, size_t off, size_t end)
{
	return off > 0 && end < text.len &&
	       ((unsigned char)text.ptr[off - 1] & 0x80) &&
	       ((unsigned char)text.ptr[end] & 0x80);
}

static bool is_spared(struct pm_slice text, size_t off, size_t len, uint32_t cp)
{
	if (cp == BOM)
		return off == 0;
	return (cp == ZWJ || cp == ZWNJ) && joins(text, off, off + len);
}

/* Offset behind a run of invisible characters that begins at off. */
static size_t run_end(struct pm_slice text, size_t off, size_t *count)
{
	uint32_t cp;

	for (*count = 0; off < text.len; ++*count) {
		size_t len = pm_utf8_next(text, off, &cp);

		if (cp == PM_UTF8_BAD || !pm_utf8_invisible(cp))
			break;
		off += len;
	}
	return off;
}

static void check_bytes(struct pm_check *check)
{
	struct pm_slice src = check->doc->src;
	ptrdiff_t at;
	uint32_t cp;
	size_t from = 0;

	while ((at = pm_utf8_find_invisible(src, from, &cp)) >= 0) {
		size_t off = (size_t)at, count;
		uint32_t same;
		size_t len = pm_utf8_next(src, off, &same);

		if (is_spared(src, off, len, cp)) {
			from = off + len;
			continue;
		}
		from = run_end(src, off, &count);
		if (count > 1)
			pm_finding_add(check, (struct pm_span){off, from - off},
				"delete them",
				"%zu invisible characters, the first U+%04X: "
				"%s",
				count, (unsigned)cp, effect(cp));
		else
			pm_finding_add(check, (struct pm_span){off, from - off},
				"delete it", "invisible character U+%04X: %s",
				(unsigned)cp, effect(cp));
	}
}

static void run(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;
	uint32_t cp;

	if (pm_utf8_find_invisible(pm_slice_str(doc->path), 0, &cp) >= 0)
		pm_finding_add(check, (struct pm_span){0, 0}, "rename the file",
			"the file's name holds invisible character U+%04X: %s",
			(unsigned)cp, effect(cp));
	if (!pm_doc_is_plain(doc))
		check_bytes(check);
}

PM_RULE_DEFINE(invisible_character) = {
	.info =
		{
			.id = "invisible-character",
			.step = PM_STEP_SHARE,
			.level = PM_LEVELS(WARNING, ERROR, ERROR),
			.summary = "the text holds a character that nobody "
				   "sees",
			.why = "Reviewers approve what they see. Characters "
			       "without width hide in a name so that a search "
			       "misses it, and characters that reorder text "
			       "show a line that is not the one in the file. "
			       "Most come from a copied chat or web page; "
			       "none is needed.",
			.bad = "## Detection\n\n"
			       "The alert \xe2\x80\xae"
			       "deneppah gnihton"
			       "\xe2\x80\xac fired after seven minutes.\n",
			.good = "## Detection\n\n"
				"The alert fired after seven minutes.\n",
		},
	.run = run,
};
