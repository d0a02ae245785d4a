/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How a line may begin with the name of what it tells: in bold, before a colon
 * or with nothing else. Whether such a name heads a section, sections.c knows.
 */
#include "doc/body.h"

#include <string.h>

#include "base/utf8.h"
#include "doc/scan.h"

/* Bytes of the longest question that a line may begin with. */
enum { QUESTION_MOST = 100 };

/* The length of the colon that a text begins with, else 0. */
static size_t colon_sign(struct pm_slice text)
{
	if (text.len && text.ptr[0] == ':')
		return 1;
	return pm_slice_starts(text, "：") ? strlen("：") : 0;
}

/* True for an emoji before a key, or a star that was to make it bold. */
static bool is_picture(struct pm_slice text)
{
	text = pm_slice_trim(text);
	return text.len && (text.ptr[0] == '*' || text.ptr[0] & 0x80) &&
	       !pm_utf8_has_word(text);
}

bool pm_key_is_styled(
	const struct pm_body *body, const struct pm_text_line *line)
{
	const struct pm_md_run *first = &body->md->runs[line->run];

	return line->nruns && (first->style || is_picture(first->text));
}

/* "What are we doing to keep this from ever happening again?", and not several
   questions in a row; "Timeline (...)" with a long remark. */
static bool may_be_long(struct pm_slice key)
{
	return pm_slice_find(key, 0, '?') == (ptrdiff_t)key.len - 1 ||
	       pm_body_cut_bracket(key).len <= PM_KEY_MAX;
}

/* The text of a style that a line begins with, and what follows on it. */
static bool styled_start(const struct pm_body *body,
	const struct pm_text_line *line, unsigned style, struct pm_slice *key,
	struct pm_slice *rest)
{
	size_t start = 0, len = 0;

	for (size_t i = 0; i < line->nruns; i++) {
		const struct pm_md_run *run = &body->md->runs[line->run + i];

		if (run->style & PM_MD_INLINE_HTML)
			continue;
		if (i == 0 && !run->style && is_picture(run->text)) {
			start = run->text.len;
			continue;
		}
		if (!(run->style & style) || run->style & PM_MD_BREAK)
			break;
		/* A line of a table of contents. */
		if (run->style & PM_MD_LINK && pm_slice_starts(run->url, "#"))
			return false;
		len += run->text.len;
	}
	if (!len || len > QUESTION_MOST || start + len > line->text.len)
		return false;
	*key = pm_slice_trim(pm_slice_sub(line->text, start, len));
	if (len > PM_KEY_MAX && !may_be_long(*key))
		return false;
	*rest = pm_slice_trim(pm_slice_from(line->text, start + len));
	return key->len > 0;
}

bool pm_key_bold_start(const struct pm_body *body,
	const struct pm_text_line *line, struct pm_slice *key,
	struct pm_slice *rest)
{
	return styled_start(body, line, PM_MD_STRONG, key, rest);
}

/* Takes a colon at the end of a key or behind it. */
static bool has_colon(const struct pm_slice *key, struct pm_slice *rest)
{
	size_t sign;

	if (pm_slice_ends(*key, ":") || pm_slice_ends(*key, "："))
		return true;
	sign = colon_sign(*rest);
	*rest = pm_slice_trim(pm_slice_from(*rest, sign));
	return sign > 0;
}

/*
 * The bold text a line begins with, if it is a key: alone on its line or with a
 * colon behind or inside. *rest is what follows on the line.
 */
bool pm_key_bold(const struct pm_body *body, const struct pm_text_line *line,
	struct pm_slice *key, struct pm_slice *rest)
{
	if (!pm_key_bold_start(body, line, key, rest))
		return false;
	/* "**What caused it?** A full disk." asks and answers on one line; in
	   a form "(alert, user)" is no answer.
	   Behind a sign it may be a state: "✅ **The alert**". */
	return has_colon(key, rest) ||
	       (pm_slice_ends(*key, "?") && !pm_slice_starts(*rest, "(")) ||
	       (!rest->len && key->ptr == pm_slice_trim(line->text).ptr);
}

bool pm_key_marked(const struct pm_body *body, const struct pm_text_line *line,
	struct pm_slice *key, struct pm_slice *rest)
{
	struct pm_scan scan;

	if (styled_start(body, line, PM_MD_EMPHASIS, key, rest) &&
		has_colon(key, rest))
		return true;
	if (!pm_key_bold_start(body, line, key, rest))
		return false;
	/* "**Resolved** - The search is fast again", an update of a page. */
	if (pm_slice_is_nocase(*key, "resolved"))
		return false;
	scan = (struct pm_scan){*rest, 0, false};
	if (!pm_scan_dash(&scan))
		return false;
	/* "**Action items** –" above them has nothing behind it. */
	if (!pm_scan_end(&scan) && pm_scan_peek(&scan, 0) != ' ')
		return false;
	*rest = pm_slice_trim(pm_slice_from(*rest, scan.off));
	return true;
}

/* The words before a colon that a line begins with: "Impact: none". */
bool pm_key_colon(const struct pm_body *body, const struct pm_text_line *line,
	struct pm_slice *key, struct pm_slice *rest)
{
	ptrdiff_t colon =
		pm_slice_find(pm_slice_sub(line->text, 0, PM_KEY_MAX), 0, ':');
	const struct pm_md_run *first = &body->md->runs[line->run];

	if (colon < 1 || first->style || first->text.len < (size_t)colon)
		return false;
	*key = pm_slice_trim(pm_slice_sub(line->text, 0, (size_t)colon));
	*rest = pm_slice_trim(pm_slice_from(line->text, (size_t)colon + 1));
	return (size_t)colon + 1 == line->text.len ||
	       line->text.ptr[colon + 1] == ' ';
}

/* The same without a colon, a line that holds nothing else: "Root cause". */
bool pm_key_line(const struct pm_body *body, const struct pm_text_line *line,
	struct pm_slice *key, struct pm_slice *rest)
{
	const struct pm_md_run *first = &body->md->runs[line->run];

	if (pm_key_colon(body, line, key, rest))
		return true;
	*key = pm_slice_trim(line->text);
	rest->len = 0;
	return key->len && key->len <= PM_KEY_MAX && !first->style &&
	       first->text.len >= key->len;
}
