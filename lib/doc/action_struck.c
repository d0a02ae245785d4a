/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words of an action that are struck through. Struck as a whole, it is done or
 * given up; where other words stand beside them, those replace them: "due
 * ~~1 May~~ 1 June". A remark replaces nothing: "~~Add a cache~~ (too dear)".
 */
#include "doc/action_words.h"

#include <string.h>

/* What a text without its struck words is made of. */
struct rewrite {
	struct pm_slice text; /* as it was */
	struct pm_md_run *runs;
	size_t nruns;
	char *out;
	size_t len;
};

/* Where a run begins within a text; SIZE_MAX: elsewhere. */
static size_t place_of(struct pm_slice text, const struct pm_md_run *run)
{
	if (run->style & PM_MD_INLINE_HTML || run->text.ptr < text.ptr ||
		run->text.ptr + run->text.len > text.ptr + text.len)
		return SIZE_MAX;
	return (size_t)(run->text.ptr - text.ptr);
}

static bool is_struck(struct pm_slice text, const struct pm_md_run *run)
{
	return run->style & PM_MD_STRIKE && place_of(text, run) != SIZE_MAX;
}

/* True for what is said of the struck words before it, or whose they are. */
static bool is_remark(struct pm_slice text)
{
	static const char *const signs[] = {"(", "[", "-", "–", "—", "→", ":",
		"@", ",", ";", ".", "（", "：", "、", NULL};
	bool whole;

	return pm_begins_with_one(text, signs) ||
	       pm_status_of(text, &whole) != PM_ACTION_UNKNOWN;
}

/* True where words beside the struck ones replace them; where a value stands
   alone, whatever follows the old one is the new one. */
static bool is_replaced(struct pm_slice text, const struct pm_md_run *runs,
	size_t nruns, bool value)
{
	size_t struck = 0, head = 0;

	for (size_t i = 0; i < nruns; i++) {
		if (!is_struck(text, &runs[i]))
			continue;
		struck++;
		if (!pm_slice_trim(pm_slice_sub(text, head,
					   place_of(text, &runs[i]) - head))
				.len)
			head = place_of(text, &runs[i]) + runs[i].text.len;
	}
	text = pm_slice_trim(pm_slice_from(text, head));
	return struck && text.len && (!head || value || !is_remark(text));
}

/* Adds a piece that is not struck; of the blanks around a struck one, the first
   is enough. */
static void keep(struct rewrite *to, size_t from, size_t end)
{
	if (from < end && to->text.ptr[from] == ' ' &&
		(!to->len || to->out[to->len - 1] == ' '))
		from++;
	if (from >= end)
		return;
	memcpy(to->out + to->len, to->text.ptr + from, end - from);
	to->len += end - from;
}

/* Takes over the pieces around the runs that are struck. */
static void rewrite(struct rewrite *to, const struct pm_md_run *runs)
{
	size_t from = 0;

	for (size_t i = 0; i < to->nruns; i++) {
		size_t at = place_of(to->text, &runs[i]);

		to->runs[i] = runs[i];
		if (at == SIZE_MAX)
			continue;
		keep(to, from, at);
		from = at + runs[i].text.len;
		to->runs[i].text = (struct pm_slice){to->out + to->len, 0};
		if (runs[i].style & PM_MD_STRIKE)
			continue;
		keep(to, at, from);
		to->runs[i].text.len =
			(size_t)(to->out + to->len - to->runs[i].text.ptr);
	}
	keep(to, from, to->text.len);
}

static bool any_struck(const struct pm_md_run *runs, size_t nruns)
{
	while (nruns && !(runs->style & PM_MD_STRIKE)) {
		runs++;
		nruns--;
	}
	return nruns > 0;
}

void pm_action_unstruck(struct pm_body *body, struct pm_slice *text,
	const struct pm_md_run **runs, size_t nruns, bool value)
{
	struct rewrite to = {.text = *text, .nruns = nruns};

	if (!any_struck(*runs, nruns) ||
		!is_replaced(*text, *runs, nruns, value))
		return;
	to.runs = pm_arena_alloc(body->arena, nruns, sizeof *to.runs);
	to.out = pm_arena_alloc(body->arena, text->len + 1, 1);
	rewrite(&to, *runs);
	*text = (struct pm_slice){to.out, to.len};
	*runs = to.runs;
}
