/* SPDX-License-Identifier: Apache-2.0 */
/* The words of an action: how it begins, and whether it can be judged. */
#ifndef PM_CHECK_ACTION_WORDS_H
#define PM_CHECK_ACTION_WORDS_H

#include "check/check.h"

/* True when somebody still has to do it and its title says what. */
bool pm_action_is_ahead(const struct pm_action *action);

/* True for a title that names tickets and says nothing of its own: "#12". */
bool pm_action_only_ticket(const struct pm_action *action);

/*
 * The title from its verb on: behind "[OPS-12]", "#12:", "docs:", "When it is
 * back,", "Always". The whole title when no verb is found; *verb tells.
 */
struct pm_slice pm_action_order(const struct pm_check *check,
	const struct pm_action *action, bool *verb);

/* False when the policy leaves the built-in verbs out and has none instead:
   then nothing can be said of a title without one. */
bool pm_action_has_verbs(const struct pm_check *check);

/* True when text begins with a verb of the language's list or the policy's. */
bool pm_action_begins_with_verb(
	const struct pm_check *check, struct pm_slice text);

/* What an action begins with that has no end, such as "investigate"; empty:
   nothing of the kind. */
struct pm_slice pm_action_vague(
	const struct pm_check *check, struct pm_slice order);

/* True when the words say where it ends: a number, a date, an outcome. */
bool pm_action_has_bound(struct pm_slice order);

/* Cuts the next word off *rest; *gap is what stands before it. */
bool pm_word_next(
	struct pm_slice *rest, struct pm_slice *word, struct pm_slice *gap);

/* True when the word, in any case, is one of the NULL-terminated list. */
bool pm_word_is_of(struct pm_slice word, const char *const *list);

/* True for text in a script that English is not written in. */
bool pm_text_is_foreign(struct pm_slice text);

/* True when the document is written in English, as far as one can tell: reads
   much of it, so ask once. */
bool pm_check_is_english(const struct pm_check *check);

#endif
