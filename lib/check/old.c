/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which findings were there before a change. Lines move, so a finding is known
 * by its rule, its words and the text of its line, of an action its title; as
 * often as the earlier version had it, it is old. A finding that weighs more
 * than it did is new: what a draft may leave out, a final document may not.
 */
#include "check/private.h"

#include "base/alloc.h"
#include "base/ascii.h"

struct key {
	uint64_t hash;
	size_t number; /* of the finding */
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

/* By what a finding is known: its words and its line, or, of an action, what
   it says of that. */
static uint64_t hash_found(
	const struct pm_found *found, const struct pm_doc *doc, bool about)
{
	uint64_t hash = 14695981039346656037u;
	struct pm_slice line = {NULL, 0};

	if (!about)
		line = pm_slice_trim(pm_doc_line(doc, found->start.line));
	for (size_t rule = found->rule; rule; rule >>= 8)
		hash = add_byte(hash, (char)(rule & 0xff));
	hash = add_words(hash, about ? found->about : found->message);
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

/* True for a finding that is still to be matched. */
static bool is_left(const struct pm_found *found, bool about)
{
	return !found->old && (!about || found->about.len);
}

static void mark(struct pm_findings *findings, const struct pm_doc *doc,
	struct pm_findings *earlier, const struct pm_doc *before, bool about)
{
	struct key *keys = pm_alloc(earlier->items.len + 1, sizeof *keys);
	size_t n = 0;

	for (size_t i = 0; i < earlier->items.len; i++)
		if (is_left(&earlier->items.items[i], about))
			keys[n++] = (struct key){
				hash_found(&earlier->items.items[i], before,
					about),
				i};
	qsort(keys, n, sizeof *keys, by_hash);
	for (size_t i = 0; n && i < findings->items.len; i++) {
		struct pm_found *found = &findings->items.items[i];
		uint64_t hash;

		if (!is_left(found, about))
			continue;
		hash = hash_found(found, doc, about);
		for (size_t k = first_of(keys, n, hash);
			k < n && keys[k].hash == hash && !found->old; k++) {
			struct pm_found *was =
				&earlier->items.items[keys[k].number];

			if (!was->old && was->level >= found->level)
				found->old = was->old = true;
		}
	}
	free(keys);
}

void pm_findings_mark_old(struct pm_findings *findings,
	const struct pm_doc *doc, struct pm_findings *earlier,
	const struct pm_doc *before)
{
	/* Of two alike, the one that stands where it stood is the old one. */
	mark(findings, doc, earlier, before, false);
	/* An action that went into front matter is the same. */
	mark(findings, doc, earlier, before, true);
}

void pm_findings_keep_mended(struct pm_findings *earlier)
{
	size_t n = 0;

	for (size_t i = 0; i < earlier->items.len; i++)
		if (!earlier->items.items[i].old)
			earlier->items.items[n++] = earlier->items.items[i];
	earlier->items.len = n;
}
