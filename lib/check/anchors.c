/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Anchors of this document and of others. Another document is parsed on the
 * arena of the one being checked and under its limits: one that breaks the
 * parser also breaks those that link into it, which is rare and safe.
 */
#include "check/anchors.h"

#include "base/alloc.h"
#include "base/ascii.h"
#include "base/map.h"

/* Documents whose anchors a worker keeps; then it begins anew. */
#define KEPT 64

struct kept {
	char *text; /* holds all items */
	struct pm_anchor_set set;
	bool readable;
};

struct pm_anchors {
	struct pm_map by_path; /* number of the kept document */
	struct kept kept[KEPT];
	size_t nkept;
	struct pm_buf bytes;
};

static int compare(struct pm_slice a, struct pm_slice b)
{
	size_t len = a.len < b.len ? a.len : b.len;

	for (size_t i = 0; i < len; i++)
		if (pm_lower(a.ptr[i]) != pm_lower(b.ptr[i]))
			return (unsigned char)pm_lower(a.ptr[i]) -
			       (unsigned char)pm_lower(b.ptr[i]);
	return a.len < b.len ? -1 : a.len > b.len;
}

static int by_text(const void *a, const void *b)
{
	return compare(
		*(const struct pm_slice *)a, *(const struct pm_slice *)b);
}

static void sort(struct pm_anchor_set *set)
{
	if (set->len > 1)
		qsort(set->items, set->len, sizeof *set->items, by_text);
}

void pm_anchor_set_init(struct pm_anchor_set *set, struct pm_arena *arena,
	const struct pm_doc *doc)
{
	const struct pm_slice *anchors;

	set->len = pm_doc_anchors(doc, &anchors);
	set->items = pm_arena_alloc(arena, set->len + 1, sizeof *set->items);
	if (set->len)
		memcpy(set->items, anchors, set->len * sizeof *set->items);
	sort(set);
}

/* How often the set holds an anchor. */
static size_t count(const struct pm_anchor_set *set, struct pm_slice anchor)
{
	size_t low = 0, high = set->len, n = 0;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (compare(set->items[mid], anchor) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	while (low + n < set->len && compare(set->items[low + n], anchor) == 0)
		n++;
	return n;
}

/* "impact-2" is meant when there are three "impact". */
static bool is_repeated(const struct pm_anchor_set *set, struct pm_slice anchor)
{
	size_t digits = 0, number = 0;

	while (digits < anchor.len && digits < 6) {
		char c = anchor.ptr[anchor.len - 1 - digits];

		if (!pm_is_digit(c))
			break;
		digits++;
	}
	if (digits == 0 || digits + 1 >= anchor.len ||
		anchor.ptr[anchor.len - 1 - digits] != '-')
		return false;
	for (size_t i = anchor.len - digits; i < anchor.len; i++)
		number = number * 10 + (size_t)(anchor.ptr[i] - '0');
	anchor.len -= digits + 1;
	return number && count(set, anchor) > number;
}

/* <a id="x">, <a name='x'>, ## Heading {#x} */
static bool is_html_id(struct pm_slice src, struct pm_slice anchor)
{
	size_t from = 0;

	while (anchor.len && from < src.len) {
		const char *hit = memmem(
			src.ptr + from, src.len - from, anchor.ptr, anchor.len);
		size_t off, end;
		char before, after;

		if (!hit)
			return false;
		off = (size_t)(hit - src.ptr);
		end = off + anchor.len;
		from = off + 1;
		if (off < 2 || end >= src.len)
			continue;
		before = src.ptr[off - 1];
		after = src.ptr[end];
		if ((before == '"' || before == '\'') && after == before &&
			src.ptr[off - 2] == '=')
			return true;
		if (before == '#' && after == '}' && src.ptr[off - 2] == '{')
			return true;
	}
	return false;
}

/* #L10 and #L10-L20 name lines of any file on every forge. */
static bool is_line(struct pm_slice anchor)
{
	size_t i = 1;

	if (anchor.len < 2 || anchor.ptr[0] != 'L')
		return false;
	while (i < anchor.len &&
		(pm_is_digit(anchor.ptr[i]) || anchor.ptr[i] == '-' ||
			anchor.ptr[i] == 'L'))
		i++;
	return i == anchor.len;
}

bool pm_anchor_set_has(const struct pm_anchor_set *set, struct pm_slice src,
	struct pm_slice anchor)
{
	if (anchor.len == 0 || pm_slice_is_nocase(anchor, "top") ||
		is_line(anchor))
		return true;
	return count(set, anchor) || is_repeated(set, anchor) ||
	       is_html_id(src, anchor);
}

struct pm_anchors *pm_anchors_new(void)
{
	struct pm_anchors *anchors = pm_alloc(1, sizeof *anchors);

	anchors->bytes = (struct pm_buf)PM_BUF_INIT;
	return anchors;
}

static void forget(struct pm_anchors *anchors)
{
	for (size_t i = 0; i < anchors->nkept; i++) {
		free(anchors->kept[i].text);
		free(anchors->kept[i].set.items);
	}
	anchors->nkept = 0;
	pm_map_release(&anchors->by_path);
}

/* Copies a document's anchors out of its arena. */
static void keep(struct kept *kept, const struct pm_doc *doc)
{
	struct pm_buf text = PM_BUF_INIT;
	const struct pm_slice *anchors;
	size_t n = pm_doc_anchors(doc, &anchors), off = 0;

	for (size_t i = 0; i < n; i++)
		pm_buf_add_slice(&text, anchors[i]);
	kept->text = pm_buf_take(&text);
	kept->set.len = n;
	kept->set.items = pm_alloc(n + 1, sizeof *kept->set.items);
	for (size_t i = 0; i < n; i++) {
		kept->set.items[i] =
			pm_slice_make(kept->text + off, anchors[i].len);
		off += anchors[i].len;
	}
	sort(&kept->set);
	kept->readable = true;
}

/* Reads the bytes of path into anchors->bytes. */
static bool read(struct pm_check *check, struct pm_slice path)
{
	int ret;

	pm_buf_reset(&check->anchors->bytes);
	ret = pm_reader_file(check->ctx, check->reader, path,
		check->policy->max_document, &check->anchors->bytes);
	if (ret < 0)
		pm_ctx_clear(check->ctx);
	return ret == 0;
}

static struct kept *load(struct pm_check *check, struct pm_slice path)
{
	struct pm_anchors *anchors = check->anchors;
	struct pm_doc_opts opts = {
		.policy = check->policy, .arena = check->arena};
	struct kept *kept;
	bool added;
	uintptr_t *number;

	if (anchors->nkept == KEPT && !pm_map_get(&anchors->by_path, path))
		forget(anchors);
	number = pm_map_put(&anchors->by_path, path, &added);
	if (!added)
		return &anchors->kept[*number];
	*number = anchors->nkept;
	kept = &anchors->kept[anchors->nkept++];
	*kept = (struct kept){0};
	if (read(check, path))
		keep(kept, pm_doc_parse_opts(
				   pm_arena_slice(check->arena, path).ptr,
				   pm_buf_slice(&anchors->bytes), &opts));
	return kept;
}

bool pm_anchors_has(
	struct pm_check *check, struct pm_slice path, struct pm_slice anchor)
{
	struct kept *kept = load(check, path);
	struct pm_slice nothing = {"", 0};

	if (!kept->readable || pm_anchor_set_has(&kept->set, nothing, anchor) ||
		!read(check, path))
		return true;
	return is_html_id(pm_buf_slice(&check->anchors->bytes), anchor);
}
