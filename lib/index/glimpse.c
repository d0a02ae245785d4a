/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A snippet without the front matter. Where single words are searched in any
 * column, the front matter cannot change which passage of the body is the best
 * one, once that has all the words. Reading the body alone takes two thirds of
 * the time; what is found otherwise is not relied on.
 */
#include "index/private.h"

/* True when columns say nothing about where the query matches. */
static bool is_simple(const struct pm_query *query)
{
	for (size_t i = 0; i < query->nterms; i++) {
		const struct pm_query_term *term = &query->terms[i];

		if (term->nwords && !term->negative &&
			(term->field || term->nwords > 1))
			return false;
	}
	return query->ntexts > 0;
}

/* Where the body begins, or -1 when that takes more than a look. */
static ptrdiff_t body_of(struct pm_slice bytes)
{
	size_t at = 4;

	if (!pm_slice_starts(bytes, "---\n"))
		return -1;
	for (;;) {
		struct pm_slice rest = pm_slice_from(bytes, at);
		ptrdiff_t end = pm_slice_find(bytes, at, '\n');

		if (end < 0)
			return -1;
		at = (size_t)end + 1;
		if (pm_slice_starts(rest, "---\n"))
			return (ptrdiff_t)at;
		if (pm_slice_starts(rest, "---") ||
			pm_slice_starts(rest, "..."))
			return -1;
	}
}

static unsigned count_lines(struct pm_slice text)
{
	unsigned n = 0;

	for (size_t i = 0; i < text.len; i++)
		n += text.ptr[i] == '\n';
	return n;
}

bool pm_snippet_from_body(const char *path, struct pm_slice bytes,
	const struct pm_doc_opts *opts, const struct pm_query *query,
	struct pm_snippet *out)
{
	ptrdiff_t off = is_simple(query) ? body_of(bytes) : -1;
	struct pm_slice body;
	struct pm_doc *doc;

	if (off < 0)
		return false;
	body = pm_slice_from(bytes, (size_t)off);
	if (pm_slice_starts(body, "---"))
		return false;
	doc = pm_doc_parse_opts(path, body, opts);
	pm_snippet_find(doc, query, out);
	pm_doc_free(doc);
	out->line += count_lines(pm_slice_sub(bytes, 0, (size_t)off));
	return out->best;
}
