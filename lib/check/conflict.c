/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Conflicts of a merge, by their first line: nobody begins one with seven signs
 * and a blank. Between the marks stand two versions, so what other rules would
 * say of such a document is true of neither.
 */
#include "check/conflict.h"

#include "check/prose.h"

#define OPENS  "<<<<<<< "
#define MIDDLE "======="
#define CLOSES ">>>>>>> "

static bool is_line_end(char c)
{
	return c == '\n' || c == '\r';
}

/* Where a line begins with mark, from off on; SIZE_MAX: none does. Its sign is
   rare in prose, and one byte is found far quicker than eight. */
static size_t find_line(struct pm_slice text, size_t off, const char *mark)
{
	ptrdiff_t hit = pm_slice_find(text, off, mark[0]);

	while (hit >= 0) {
		off = (size_t)hit;
		if ((off == 0 || is_line_end(text.ptr[off - 1])) &&
			pm_slice_starts(pm_slice_from(text, off), mark))
			return off;
		hit = pm_slice_find(text, off + 1, mark[0]);
	}
	return SIZE_MAX;
}

/* What follows on the line of a mark. */
static struct pm_slice rest_of_line(struct pm_slice text, size_t off)
{
	size_t end = off;

	while (end < text.len && !is_line_end(text.ptr[end]))
		end++;
	return pm_slice_trim(pm_slice_sub(text, off, end - off));
}

/* Where the conflict that begins at off is closed; SIZE_MAX: nowhere before the
   next one begins. */
static size_t find_end(struct pm_slice text, size_t off)
{
	size_t next = find_line(text, off + strlen(OPENS), OPENS);
	size_t middle = find_line(text, off, MIDDLE);
	size_t end = middle < next ? find_line(text, middle, CLOSES) : SIZE_MAX;

	return end < next ? end : SIZE_MAX;
}

static bool is_example(const struct pm_check *check, size_t off, size_t end)
{
	const struct pm_prose *stretch = pm_check_stretch(check, off);

	return stretch && stretch->code &&
	       (end == SIZE_MAX || pm_check_stretch(check, end) == stretch);
}

bool pm_conflict_next(
	const struct pm_check *check, size_t *off, struct pm_conflict *conflict)
{
	struct pm_slice text = check->doc->src;
	size_t at = *off;

	while ((at = find_line(text, at, OPENS)) != SIZE_MAX) {
		size_t end = find_end(text, at);
		size_t name = at + strlen(OPENS);

		if (is_example(check, at, end)) {
			at = name;
			continue;
		}
		conflict->ours = rest_of_line(text, name);
		conflict->span = (struct pm_span){
			at, strlen(OPENS) + conflict->ours.len};
		conflict->theirs = pm_slice_make("", 0);
		*off = name;
		if (end != SIZE_MAX) {
			*off = end + strlen(CLOSES);
			conflict->theirs = rest_of_line(text, *off);
		}
		return true;
	}
	return false;
}

bool pm_check_is_unmerged(const struct pm_doc *doc)
{
	struct pm_check check = {.doc = doc};
	struct pm_conflict conflict;
	size_t off = 0;

	return pm_conflict_next(&check, &off, &conflict);
}
