/* SPDX-License-Identifier: Apache-2.0 */
/* What kind of text a place of the source belongs to. */
#include "check/prose.h"

/* A quotation is no longer than this. */
#define QUOTE_MOST 400

/* How many of the stretches begin at off or before. */
static size_t begun(const struct pm_prose *all, size_t n, size_t off)
{
	size_t low = 0;

	/* Footnotes come last, wherever they stand: then all may. */
	if (n && all[n - 1].reach == SIZE_MAX)
		return n;
	while (low < n) {
		size_t middle = low + (n - low) / 2;

		if (all[middle].span.off <= off)
			low = middle + 1;
		else
			n = middle;
	}
	return low;
}

const struct pm_prose *pm_check_stretch(
	const struct pm_check *check, size_t off)
{
	const struct pm_prose *all, *found = NULL;
	size_t n = pm_doc_prose(check->doc, &all);

	for (size_t i = begun(all, n, off); i-- > 0 && all[i].reach > off;) {
		const struct pm_prose *one = &all[i];

		if (off < one->span.off || off >= one->span.off + one->span.len)
			continue;
		if (!found || one->span.len <= found->span.len)
			found = one;
	}
	return found;
}

/* The stretch that holds the words of a span, and no code; or NULL. */
static const struct pm_prose *words_at(
	const struct pm_check *check, struct pm_span span)
{
	const struct pm_prose *stretch = pm_check_stretch(check, span.off);
	struct pm_slice words = pm_slice_sub(check->doc->src, span.off,
		pm_check_first_line(check, span).len);

	/* Around a link the place of a stretch covers its address as well. */
	if (!stretch || stretch->code ||
		!memmem(stretch->text.ptr, stretch->text.len, words.ptr,
			words.len))
		return NULL;
	return stretch;
}

bool pm_check_is_text(const struct pm_check *check, struct pm_span span)
{
	return words_at(check, span) != NULL;
}

bool pm_check_is_prose(const struct pm_check *check, struct pm_span span)
{
	const struct pm_prose *stretch = words_at(check, span);

	return stretch && !stretch->quoted;
}

static bool at(struct pm_slice text, size_t off, const char *mark)
{
	return pm_slice_starts(pm_slice_from(text, off), mark);
}

/* True when the paragraph ends at off. */
static bool is_gap(struct pm_slice text, size_t off)
{
	return text.ptr[off] == '\n' &&
	       (at(text, off + 1, "\n") || at(text, off + 1, "\r\n"));
}

/* The marks open at off when those before it in the paragraph are an odd
   number, and one closes it behind. */
static bool is_between(
	struct pm_slice text, size_t off, const char *open, const char *close)
{
	size_t least = off < QUOTE_MOST ? 0 : off - QUOTE_MOST;
	size_t most = off + QUOTE_MOST < text.len ? off + QUOTE_MOST : text.len;
	bool same = strcmp(open, close) == 0, inside = false;
	size_t from = off;

	if (pm_slice_find_text(
		    pm_slice_sub(text, 0, off), least, pm_slice_str(open)) < 0)
		return false;
	while (from > least && !is_gap(text, from - 1))
		from--;
	for (size_t i = from; i < off; i++) {
		if (same && at(text, i, open))
			inside = !inside;
		else if (!same && at(text, i, open))
			inside = true;
		else if (!same && at(text, i, close))
			inside = false;
	}
	for (size_t i = off; inside && i < most && !is_gap(text, i); i++)
		if (at(text, i, close))
			return true;
	return false;
}

bool pm_check_is_cited(const struct pm_check *check, size_t off)
{
	struct pm_slice src = check->doc->src;

	return is_between(src, off, "\"", "\"") ||
	       is_between(src, off, "\xe2\x80\x9c", "\xe2\x80\x9d") ||
	       is_between(src, off, "\xe2\x80\x9e", "\xe2\x80\x9c") ||
	       is_between(src, off, "\xc2\xab", "\xc2\xbb") ||
	       is_between(src, off, "\xe3\x80\x8c", "\xe3\x80\x8d");
}
