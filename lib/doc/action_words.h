/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words of one action while they are read: marks, which say whose it is,
 * when it is due or how it stands, are taken off both ends, and what is left is
 * the title. Private to the files that do so.
 */
#ifndef PM_DOC_ACTION_WORDS_H
#define PM_DOC_ACTION_WORDS_H

#include "doc/actions.h"

/* Most marks taken off one end, so that no text is read many times; and how
   long, in bytes, what is taken for one may be. */
enum { PM_MARKS = 6, PM_MARK_MOST = 80 };

struct pm_action_words {
	struct pm_body *body;
	struct pm_action *action;
	const struct pm_md_run *runs;
	size_t nruns;
	struct pm_slice rest; /* not read yet */
	bool named; /* somebody stands beside the mark that is asked for */
};

/* What one text in brackets is. */
enum pm_mark {
	PM_MARK_NONE, /* words of the title */
	PM_MARK_EMPTY,
	PM_MARK_KEY,
	PM_MARK_DUE,
	PM_MARK_STATUS,
	PM_MARK_OWNER,
	PM_MARK_PRIORITY,
	PM_MARK_TRACKER,
};

/* What a text in brackets or behind a sign is. */
enum pm_mark pm_mark_of(const struct pm_action_words *t, struct pm_slice inner);

/* Takes it as a value of the action. */
void pm_mark_apply(
	struct pm_action_words *t, enum pm_mark mark, struct pm_slice inner);

/* The length of the full name that a text begins with as wikis export it: "@Ana
   Lund renew the contract"; 0: none, or a handle of one word. */
size_t pm_leading_mention(const struct pm_body *body, struct pm_slice text);

/* Takes the day off the tail of a box that begins with such a name, or ends in
   one before the day; false: there is none, or words ask for it. */
bool pm_action_exported_day(struct pm_action_words *t);

/* The next of the parts that commas make of a text; false: no more. */
bool pm_mark_part(struct pm_slice *rest, struct pm_slice *part);

/* True for the comma of "March 18, 2024", which parts nothing. */
bool pm_comma_in_day(struct pm_slice text, size_t comma);

/* "owner @ana", "assigned to Bo": what stands behind the word; else all. */
struct pm_slice pm_mark_owner(struct pm_slice text);

/* True when text is a link's, as "(issue)" mostly is. */
bool pm_is_link(const struct pm_action_words *t, struct pm_slice inner);

/* Reads what stands in brackets, "(@ana, due 5 May)"; false leaves it in the
   title, as all of it is when one part of it says nothing. */
bool pm_action_read_bracket(struct pm_action_words *t, struct pm_slice inner);

/* True where the last words of a text stand behind an arrow that says whose it
   is. */
bool pm_mark_behind_arrow(
	const struct pm_action_words *t, struct pm_slice last);

/* Reads parts that say who and when only beside each other, "(éditeur, fait le
   13 juin)"; false leaves them. */
bool pm_action_read_beside(struct pm_action_words *t, struct pm_slice inner);

/* True for one word in small letters that beside a day is whoever has to do
   it: "carol", where "draft" and "staging" say what is to be then. */
bool pm_mark_is_nick(struct pm_slice text);

/* Reads one word in small letters and the day behind it, "carol, ETA 1 May", as
   a bracket may hold them; false: the word is no name, or the day is bare. */
bool pm_action_read_nick(struct pm_action_words *t, struct pm_slice inner);

/* Takes such parts off the tail where they are set off by their style: "Geler
   les tâches. **À faire, Amélie, avant mai**". */
bool pm_action_tail_set_off(struct pm_action_words *t);

/* "utført 12.03.24", "Fait le 13 juin": one word and the day. */
bool pm_mark_done_on_day(struct pm_slice part);

/* "DBA team", "Streaming Ops": people by the last word. */
bool pm_mark_is_crew(struct pm_slice text);

/* "Closed 2 June", "Shipped", "Merged in #12", "Done in v1.9.2": that something
   is done and what tells it, with nothing behind. */
bool pm_mark_done_told(struct pm_slice text);

/* Two to four signs of a script without capitals: the length of names there. */
bool pm_mark_is_wide_name(struct pm_slice text);

/* Takes "済み" off the end of an action in Japanese; false: there is none. */
bool pm_action_wide_tail(struct pm_action_words *t);

/* Takes "完了：", "済 " off its head. */
bool pm_action_wide_state(struct pm_action_words *t);

/* Takes "@sato が", "@sato ", "佐藤さん：" off its head, for whoever acts; not
   "@sato に", who is only asked. */
bool pm_action_wide_name(struct pm_action_words *t);

/* Whom "佐藤さん担当", "担当　佐藤" name; empty: nobody. */
struct pm_slice pm_mark_in_charge(struct pm_slice text);

/* The run that what is left begins with; NULL: it begins within one. */
const struct pm_md_run *pm_mark_run(const struct pm_action_words *t);

/* Takes "**Done** ", "**Open** " off its head; false: there is none. */
bool pm_action_stated(struct pm_action_words *t);

/* Takes what marks stand at the tail. */
void pm_action_read_tail(struct pm_action_words *t);

/* Takes a sign or words off the tail with the name that is all of what stands
   behind: "👤 Ana Lund", ", owned by @bo". Of them the first counts that has one
   behind it; an end of NULL. */
bool pm_action_tail_name(
	struct pm_action_words *t, const char *const *leads, size_t most);

/* Takes "📅 2026-08-15", "👤 Ana Lund" off the very end; false: there is none. */
bool pm_action_drawn_day(struct pm_action_words *t);
bool pm_action_drawn_owner(struct pm_action_words *t);

/* Takes a last sentence that is marks and nothing else off the tail: "... by
   prefix. *Nat, by Nov 20*"; false: there is none. */
bool pm_action_tail_sentence(struct pm_action_words *t);

/* Takes a tick or DONE off the very end; false: there is none. */
bool pm_action_tail_sign(struct pm_action_words *t);

/* "(assigned to @ana" is left of a bracket when a key in it was read: the rest
   of it is read as a bracket is. */
void pm_action_tail_opened(struct pm_action_words *t);

/* Takes the handle that stands behind the last value with a key of all: "(due:
   1 May) (@ana)"; what is left of it has been cut before the first. */
void pm_action_tail_behind(struct pm_action_words *t, struct pm_slice all);

#endif
