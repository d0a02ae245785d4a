/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which findings were there before a change. Lines move, so a finding is known
 * by its rule, its words and the text of its line; as often as the earlier
 * version had it, it is old. A finding that weighs more than it did is new:
 * what a draft may leave out, a final document may not.
 */
#include "check/private.h"

#include "base/alloc.h"
#include "base/ascii.h"

struct key {
	uint64_t hash;
	size_t number; /* of the finding */
	bool used;
};

static uint64_t add_byte(uint64_t hash, char c)
{
	return (hash ^ (unsigned char)c) * 1099511628211u;
}

/* Adds words without the numbers of lines they speak of. */
static uint64_t add_words(uint64_t hash, struct pm_slice words)
{
	static const char before[] = "line ";
	size_t n = sizeof before - 1;

	for (size_t i = 0; i < words.len; i++) {
		bool number =
			i >= n && memcmp(words.ptr + i - n, before, n) == 0;

		while (number && i < words.len && pm_is_digit(words.ptr[i]))
			i++;
		if (i < words.len)
			hash = add_byte(hash, words.ptr[i]);
	}
	return add_byte(hash, '\0');
}

static uint64_t hash_found(
	const struct pm_found *found, const struct pm_doc *doc)
{
	uint64_t hash = 14695981039346656037u;
	struct pm_slice line =
		pm_slice_trim(pm_doc_line(doc, found->start.line));

	for (size_t rule = found->rule; rule; rule >>= 8)
		hash = add_byte(hash, (char)(rule & 0xff));
	hash = add_words(hash, found->message);
	for (size_t i = 0; i < line.len; i++)
		hash = add_byte(hash, line.ptr[i]);
	return hash;
}

static int by_hash(const void *a, const void *b)
{
	const struct key *ka = a, *kb = b;

	if (ka->hash != kb->hash)
		return ka->hash < kb->hash ? -1 : 1;
	return ka->number < kb->number ? -1 : ka->number > kb->number;
}

/* The first key that is not before hash. */
static size_t first_of(const struct key *keys, size_t n, uint64_t hash)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (keys[mid].hash < hash)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

void pm_findings_mark_old(struct pm_findings *findings,
	const struct pm_doc *doc, struct pm_findings *earlier,
	const struct pm_doc *before)
{
	size_t n = earlier->items.len;
	struct key *keys = pm_alloc(n + 1, sizeof *keys);

	for (size_t i = 0; i < n; i++)
		keys[i] = (struct key){
			hash_found(&earlier->items.items[i], before), i, false};
	qsort(keys, n, sizeof *keys, by_hash);
	for (size_t i = 0; i < findings->items.len; i++) {
		struct pm_found *found = &findings->items.items[i];
		uint64_t hash = hash_found(found, doc);
		size_t k = first_of(keys, n, hash);

		for (; k < n && keys[k].hash == hash && !found->old; k++) {
			struct pm_found *was =
				&earlier->items.items[keys[k].number];

			if (keys[k].used || was->level < found->level)
				continue;
			keys[k].used = found->old = was->old = true;
		}
	}
	free(keys);
}

void pm_findings_keep_mended(struct pm_findings *earlier)
{
	size_t n = 0;

	for (size_t i = 0; i < earlier->items.len; i++)
		if (!earlier->items.items[i].old)
			earlier->items.items[n++] = earlier->items.items[i];
	earlier->items.len = n;
}
