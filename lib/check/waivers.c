/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Waivers against findings, once the rules of a document have run. A waiver
 * that does not count takes nothing away: better a finding too many than one
 * that is silently gone. The rules about waivers run afterwards.
 */
#include "check/private.h"

#include <string.h>

/* Fewer characters would name half of the lines. */
#define WHERE_LEAST 3

/* Bytes of a reason: one Chinese word, "old", but not "x" or "ok". */
#define REASON_LEAST 3

static bool is_expired(
	const struct pm_check *check, const struct pm_waiver *waiver)
{
	return waiver->until_date.year &&
	       pm_date_to_days(waiver->until_date) <
		       pm_date_to_days(pm_check_today(check));
}

/* Number of the rule a waiver is for; SIZE_MAX: none that takes one. */
static size_t rule_of(const struct pm_waiver *waiver)
{
	const struct pm_rule *rule;

	for (size_t i = 0; (rule = pm_rule_entry(i)); i++)
		if (pm_slice_is(waiver->rule.text, rule->info.id))
			return rule->strict || rule->after ? SIZE_MAX : i;
	return SIZE_MAX;
}

/* True when it says for which lines it is, as far as its rule wants that. */
static bool has_place(
	const struct pm_waiver *waiver, const struct pm_rule *rule)
{
	if (waiver->in_body)
		return true;
	return waiver->where.text.len ? waiver->where.text.len >= WHERE_LEAST
				      : !rule->placed;
}

/*
 * "TBD" is no reason: what means nobody for a person means nothing here. Nor
 * is a letter typed to be done with it, or the words that stand where hints
 * and pm explain leave room for one. A word is let be: it may be a ticket.
 */
static bool gives_reason(struct pm_slice reason)
{
	static const char *const empty[] = {"because", "reason", "text",
		"why it is accepted", "why it stays", NULL};

	for (size_t i = 0; empty[i]; i++)
		if (pm_slice_is_nocase(reason, empty[i]))
			return false;
	return reason.len >= REASON_LEAST && pm_doc_names_person(reason);
}

enum pm_waiver_state pm_waiver_state(
	const struct pm_check *check, const struct pm_waiver *waiver)
{
	size_t rule = waiver->problem ? SIZE_MAX : rule_of(waiver);

	if (rule == SIZE_MAX)
		return PM_WAIVER_INVALID;
	if (!has_place(waiver, pm_rule_entry(rule)))
		return PM_WAIVER_NO_PLACE;
	if (!gives_reason(waiver->reason.text))
		return PM_WAIVER_NO_REASON;
	/* A last day that cannot be read may be long past. */
	if (waiver->until.text.len && !waiver->until_date.year)
		return PM_WAIVER_EXPIRED;
	return is_expired(check, waiver) ? PM_WAIVER_EXPIRED : PM_WAIVER_HOLDS;
}

enum pm_level pm_rule_level(
	const struct pm_check *check, const struct pm_rule *rule)
{
	const struct pm_findings *out = check->out;
	size_t i = 0;

	while (i < out->levels->len && pm_rule_entry(i) != rule)
		i++;
	return i < out->levels->len ? out->levels->rows[i].level[out->state]
				    : PM_LEVEL_OFF;
}

struct pm_span pm_check_waiver_place(
	const struct pm_check *check, const struct pm_waiver *waiver)
{
	return pm_check_first_line(check, waiver->span);
}

/* True when [at, end) of a line is nothing but part of the finding. */
static bool is_inside(
	const struct pm_found *found, size_t line_len, size_t at, size_t end)
{
	size_t last = found->end.line == found->start.line ? found->end.col - 1
							   : line_len;

	return at + 1 >= found->start.col && end <= last;
}

/* True when the words of a waiver stand in the finding's line. Its own lines
   hold them in any case, and are not meant. Where a place is asked for, the
   finding itself is none: how a key begins tells its kind, and "ghp_" would
   let the next one through. */
static bool is_where(const struct pm_doc *doc, const struct pm_waiver *waiver,
	const struct pm_found *found, bool placed)
{
	unsigned line = found->start.line;
	struct pm_slice text = pm_doc_line(doc, line);
	struct pm_slice words = waiver->where.text;
	size_t off = waiver->span.off, end = off + waiver->span.len;
	const char *at = text.ptr;

	if (line >= pm_doc_pos(doc, off).line &&
		line <= pm_doc_pos(doc, end).line)
		return false;
	for (; text.len; at++) {
		size_t from = (size_t)(at - text.ptr);

		at = memmem(at, text.len - from, words.ptr, words.len);
		if (!at)
			return false;
		from = (size_t)(at - text.ptr);
		if (!placed ||
			!is_inside(found, text.len, from, from + words.len))
			return true;
	}
	return false;
}

/* True when the waiver holds for the finding's place. */
static bool waives(const struct pm_doc *doc, const struct pm_waiver *waiver,
	const struct pm_found *found)
{
	if (!waiver->in_body && !waiver->where.text.len)
		return true;
	if (found->rest)
		return false;
	if (!waiver->in_body)
		return is_where(
			doc, waiver, found, pm_rule_entry(found->rule)->placed);
	return found->start.line >= waiver->first &&
	       found->start.line <= waiver->last;
}

/* Forgets the findings of a rule that one waiver holds for. */
static size_t take_away(const struct pm_check *check, size_t rule,
	const struct pm_waiver *waiver, bool *gone)
{
	const struct pm_findings *out = check->out;
	size_t n = 0;

	for (size_t i = 0; i < out->items.len; i++) {
		const struct pm_found *found = &out->items.items[i];

		if (found->rule != rule || !waives(check->doc, waiver, found))
			continue;
		gone[i] = true;
		n++;
	}
	return n;
}

void pm_waivers_apply(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;
	struct pm_findings *out = check->out;
	bool *gone =
		pm_arena_alloc(check->arena, out->items.len + 1, sizeof *gone);
	size_t kept = 0;

	check->used = pm_arena_alloc(check->arena, doc->nwaivers, sizeof(bool));
	for (size_t i = 0; i < doc->nwaivers; i++) {
		const struct pm_waiver *waiver = &doc->waivers[i];

		if (pm_waiver_state(check, waiver) == PM_WAIVER_HOLDS)
			check->used[i] = take_away(check, rule_of(waiver),
						 waiver, gone) > 0;
	}
	for (size_t i = 0; i < out->items.len; i++) {
		if (gone[i])
			out->waived++;
		else
			out->items.items[kept++] = out->items.items[i];
	}
	out->items.len = kept;
}
