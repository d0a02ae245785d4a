/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names that mean one thing beside some sections and another beside others:
 * what was done at once, or is still to be done; what a section tells, or one
 * line above all of them.
 */
#include "doc/actions.h"

#include <string.h>

#include "doc/scan.h"

#define BIT(role) (1u << PM_SECTION_##role)

/* True for a section with boxes to tick or a table of actions: what it holds
   says more than what it is called. */
static bool holds_actions(
	const struct pm_body *body, const struct pm_body_section *sec)
{
	for (size_t i = sec->first; i < sec->end; i++)
		if (body->md->blocks[i].task ||
			(body->md->blocks[i].kind == PM_MD_TABLE &&
				pm_action_is_table(body->md, i)))
			return true;
	return false;
}

/* True for a section among actions: "Actions immédiates" below the
   recommendations. */
static bool among_actions(const struct pm_body *body, size_t at)
{
	const struct pm_section *sections = body->doc->sections;

	for (at = sections[at].parent; at != SIZE_MAX; at = sections[at].parent)
		if (sections[at].roles & BIT(ACTIONS))
			return true;
	return false;
}

/* True for a section that is "Remediation" or stands in one. */
static bool is_remediation(const struct pm_body *body, size_t section)
{
	while (section != SIZE_MAX && !body->sections[section].maybe_resolution)
		section = body->doc->sections[section].parent;
	return section != SIZE_MAX;
}

/* "Remediation / future work" names two things. */
static bool is_joined(struct pm_slice heading)
{
	return memchr(heading.ptr, '/', heading.len) ||
	       memchr(heading.ptr, '&', heading.len) ||
	       pm_slice_find_text(heading, 0, pm_slice_str(" and ")) >= 0;
}

/*
 * True for a section of nothing but prose that tells, in its first sentences,
 * what was done: "We moved the queue." A promise among it, "we will", makes it
 * one of actions, as a list does, whose items are short and hide their tense.
 */
static bool tells_past(
	const struct pm_body *body, const struct pm_body_section *sec)
{
	static const char *const past[] = {"was", "were", "had", NULL};
	static const char *const open[] = {"will", "should", "must", "need",
		"needs", "plan", "planned", "todo", "going", "ll", NULL};
	enum { WORDS = 200 };
	size_t told = 0, words = 0;

	for (size_t i = sec->first; i < sec->end; i++) {
		struct pm_scan scan = {.off = 0};
		char word[PM_SCAN_WORD];

		if (body->md->blocks[i].kind != PM_MD_PARAGRAPH)
			return false;
		scan.text = pm_md_read(body->md, i)->text;
		while (words < WORDS && !pm_scan_end(&scan)) {
			if (!pm_scan_word(&scan, word)) {
				scan.off++;
				continue;
			}
			words++;
			if (pm_word_in(word, open))
				return false;
			told += pm_word_in(word, past) ||
				(strlen(word) > 4 &&
					pm_slice_ends(
						pm_slice_str(word), "ed"));
		}
	}
	return told > 0;
}

/* The words of a block that is an item of a list; without bytes: it is none. */
static struct pm_slice item_words(const struct pm_body *body, size_t block)
{
	size_t at = body->md->blocks[block].kind == PM_MD_ITEM
			    ? pm_body_item_text(body, block)
			    : SIZE_MAX;

	return at == SIZE_MAX ? (struct pm_slice){NULL, 0}
			      : pm_md_read(body->md, at)->text;
}

/*
 * True for a section whose list holds orders or says of each item how it
 * stands: "Suggested: back up the keys". What stopped an incident is told in
 * the past, or is called by its name.
 */
static bool holds_orders(
	const struct pm_body *body, const struct pm_body_section *sec)
{
	size_t orders = 0, items = 0;

	for (size_t i = sec->first; i < sec->end; i++) {
		struct pm_slice text = item_words(body, i);
		enum pm_action_status status = PM_ACTION_UNKNOWN;
		ptrdiff_t colon = pm_slice_find(text, 0, ':');
		bool whole = false;

		if (!text.len)
			continue;
		if (colon > 0)
			status = pm_status_of(
				pm_slice_sub(text, 0, (size_t)colon), &whole);
		items++;
		orders += (status != PM_ACTION_UNKNOWN && whole) ||
			  pm_action_is_order(text);
	}
	return orders && orders * 3 >= items * 2;
}

/*
 * True for a list whose items end in how they stand, "Tell the users - to be
 * done", and are not all done: a plan, whatever it is called.
 */
static bool tells_states(
	const struct pm_body *body, const struct pm_body_section *sec)
{
	size_t states = 0, open = 0, items = 0;

	for (size_t i = sec->first; i < sec->end; i++) {
		struct pm_slice text = item_words(body, i), last;
		enum pm_action_status status;
		size_t dash;
		bool whole;

		if (!text.len)
			continue;
		items++;
		for (dash = text.len; dash > 2; dash--)
			if (pm_slice_starts(
				    pm_slice_from(text, dash - 3), " - "))
				break;
		if (dash <= 2)
			continue;
		last = pm_slice_from(text, dash);
		status = pm_status_of(last, &whole);
		states += status != PM_ACTION_UNKNOWN && whole;
		open += whole && (status == PM_ACTION_OPEN ||
					 status == PM_ACTION_IN_PROGRESS);
	}
	return open && states > 1 && states * 3 >= items * 2;
}

/* "Mitigations": what stopped it, or what keeps it from coming back. */
static bool is_mitigations(struct pm_slice heading)
{
	heading = pm_behind_signs(heading);
	if (pm_slice_ends(heading, ":"))
		heading.len--;
	while (heading.len && memchr("0123456789. ", heading.ptr[0], 12))
		heading = pm_slice_from(heading, 1);
	heading = pm_slice_trim(heading);
	if (pm_slice_ends(heading, ":"))
		heading.len--;
	return pm_slice_is_nocase(pm_slice_trim(heading), "mitigations");
}

static void is_actions(struct pm_section *section)
{
	section->roles = BIT(ACTIONS);
	section->role = PM_SECTION_ACTIONS;
}

static void is_resolution(struct pm_section *section)
{
	section->roles &= ~BIT(ACTIONS);
	section->roles |= BIT(RESOLUTION);
	if (section->role == PM_SECTION_ACTIONS)
		section->role = PM_SECTION_RESOLUTION;
}

/* "Remediation" is what was done where the actions have their own section, or
   where it says so; "To do" within it is none. "Mitigations" are actions where
   they are orders and nothing else is called so, as is a response that says of
   each item how it stands. */
void pm_body_settle_remediation(struct pm_body *body)
{
	struct pm_doc *doc = body->doc;
	bool actions = false;

	for (size_t i = 0; i < doc->nsections; i++)
		actions = actions || (doc->sections[i].roles & BIT(ACTIONS) &&
					     !is_remediation(body, i));
	for (size_t i = 0; i < doc->nsections; i++) {
		if (!actions && doc->sections[i].roles == BIT(RESOLUTION) &&
			((is_mitigations(doc->sections[i].heading) &&
				 holds_orders(body, &body->sections[i])) ||
				tells_states(body, &body->sections[i])))
			is_actions(&doc->sections[i]);
		if (!body->sections[i].maybe_resolution)
			continue;
		if (actions ? !among_actions(body, i) &&
					!holds_actions(body, &body->sections[i])
			    : !is_joined(doc->sections[i].heading) &&
					tells_past(body, &body->sections[i]))
			is_resolution(&doc->sections[i]);
	}
}

/* The section around one, when that tells of one thing: "3. Conclusion" below
   "Diagnosis" ends the diagnosis. SIZE_MAX when there is none. */
static size_t ends_what(const struct pm_doc *doc, size_t at)
{
	size_t in = doc->sections[at].parent;
	unsigned roles = in == SIZE_MAX ? 0 : doc->sections[in].roles;

	return roles & (BIT(CAUSE) | BIT(DETECTION) | BIT(RESOLUTION) |
			       BIT(IMPACT)) &&
			       !(roles & (roles - 1))
		       ? in
		       : SIZE_MAX;
}

/* "Conclusion" at the end is no second summary, but what was learned. */
void pm_body_settle_conclusion(struct pm_body *body)
{
	struct pm_doc *doc = body->doc;
	bool summary = false;

	for (size_t i = 0; i < doc->nsections; i++) {
		struct pm_section *section = &doc->sections[i];
		size_t in = SIZE_MAX;

		if (body->sections[i].maybe_lessons &&
			section->roles == BIT(SUMMARY))
			in = ends_what(doc, i);
		if (in != SIZE_MAX) {
			section->role = doc->sections[in].role;
			section->roles = doc->sections[in].roles;
		} else if (summary && body->sections[i].maybe_lessons &&
			   section->roles == BIT(SUMMARY)) {
			section->role = PM_SECTION_LESSONS;
			section->roles = BIT(LESSONS);
		}
		summary = summary || section->roles & BIT(SUMMARY);
	}
}

/* True for a line that the sentence behind a key goes on with: neither empty
   nor another key, item or row. */
static bool goes_on(const struct pm_body *body, unsigned line)
{
	const struct pm_lines *lines = &body->doc->own->lines;
	struct pm_slice text = pm_slice_trim(pm_lines_text(lines, line + 1));

	return text.len && !memchr("*_-|#>", text.ptr[0], 6);
}

/*
 * "**Affected services:** search" among the facts that a document begins with
 * is one of them where a heading below tells of the impact; where none does,
 * it is all that is told.
 */
void pm_body_settle_facts(struct pm_body *body)
{
	struct pm_doc *doc = body->doc;
	unsigned below = 0;
	size_t head = 0;

	while (head < doc->nsections &&
		doc->sections[head].level == PM_LEVEL_STAND_IN)
		head++;
	for (size_t i = head; i < doc->nsections; i++)
		if (doc->sections[i].level < PM_LEVEL_STAND_IN)
			below |= doc->sections[i].roles;
	for (size_t i = 0; i < head; i++) {
		struct pm_section *sec = &doc->sections[i];

		if (!body->sections[i].rest.len ||
			body->sections[i].rest.len > PM_KEY_MAX ||
			goes_on(body, sec->line) ||
			(sec->roles & below) != sec->roles)
			continue;
		sec->role = PM_SECTION_METADATA;
		sec->roles = BIT(METADATA);
	}
}
