/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A state in bold, or as code, that stands before an action with no sign behind
 * it: "**Done** Alert on lag", "`OPEN` Renew the key", "**Pending** ...". A
 * sentence begins so as well, "**Open** the valve", so an order has to follow.
 */
#include "doc/action_words.h"

#include <string.h>

#include "base/ascii.h"

/* True where a new clause begins: with a capital letter, a verb, or in another
   script than Latin. */
static bool begins_clause(struct pm_slice text)
{
	return text.len && (pm_is_capital(text.ptr[0]) ||
				   (unsigned char)text.ptr[0] >= 0xE0 ||
				   pm_begins_with_verb(text));
}

const struct pm_md_run *pm_mark_run(const struct pm_action_words *t)
{
	for (size_t i = 0; i < t->nruns; i++)
		if (t->runs[i].text.ptr == t->rest.ptr && t->runs[i].text.len)
			return &t->runs[i];
	return NULL;
}

bool pm_action_stated(struct pm_action_words *t)
{
	enum { LONGEST = 24 };
	const struct pm_md_run *run = pm_mark_run(t);
	enum pm_action_status status;
	struct pm_slice word, rest;
	bool whole;

	if (!run || !(run->style & (PM_MD_STRONG | PM_MD_INLINE_CODE)) ||
		run->text.len >= t->rest.len)
		return false;
	rest = pm_slice_from(t->rest, run->text.len);
	word = pm_trim_marks(run->text);
	if (pm_slice_is(word, "TODO")) {
		while (rest.len && memchr(" :-", rest.ptr[0], 3))
			rest = pm_slice_from(rest, 1);
		t->rest = rest;
		return true;
	}
	status = word.len <= LONGEST ? pm_status_of(word, &whole)
				     : PM_ACTION_UNKNOWN;
	if (status == PM_ACTION_UNKNOWN || !whole || rest.ptr[0] != ' ' ||
		!begins_clause(pm_slice_trim(rest)))
		return false;
	t->rest = pm_slice_trim(rest);
	t->action->state = status;
	return true;
}
