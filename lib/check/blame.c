/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The lists of blame.def and of the policy, and when a word of theirs counts.
 * A policy's own words count always: who wrote the list knows what for.
 */
#include "check/blame.h"

#include "base/alloc.h"
#include "check/clause.h"
#include "check/phrases.h"

enum kind { ALWAYS, NOUN, DONE, HUMAN, PERFECT, OWNER, AGENT };

struct row {
	const char *phrase;
	enum kind kind;
	const char *does, *instead;
};

static const struct row rows[] = {
#define PM_BLAME(phrase, kind, does, instead) {phrase, kind, does, instead},
#include "check/blame.def"
#undef PM_BLAME
};

#define NROWS (sizeof rows / sizeof *rows)

struct pm_blames {
	struct pm_phrases *phrases;
};

static bool replaces_english(const struct pm_policy *policy)
{
	for (size_t i = 0; i < policy->nwording; i++)
		if (policy->wording[i].replace &&
			!strcmp(policy->wording[i].language, "en"))
			return true;
	return false;
}

struct pm_blames *pm_blames_new(const struct pm_policy *policy)
{
	struct pm_blames *blames = pm_alloc(1, sizeof *blames);
	bool english = !replaces_english(policy);

	blames->phrases = pm_phrases_new();
	/* Added last, tried first: a longer one stands above its beginning. */
	for (size_t i = english ? NROWS : 0; i-- > 0;)
		pm_phrases_add(blames->phrases, rows[i].phrase, i);
	for (size_t i = 0; i < policy->nwording; i++)
		for (size_t j = 0; j < policy->wording[i].blame.len; j++)
			pm_phrases_add(blames->phrases,
				policy->wording[i].blame.items[j], NROWS);
	pm_phrases_ready(blames->phrases);
	return blames;
}

/* Where "by" stands within the next words, behind it; 0: nowhere. */
static size_t behind_by(struct pm_slice text, size_t off)
{
	struct pm_slice part = pm_slice_sub(text, off, 60);
	const char *by =
		part.len ? memmem(part.ptr, part.len, " by ", 4) : NULL;

	return by ? (size_t)(by - text.ptr) + 4 : 0;
}

/* "should have noticed", "should have been noticed by the engineer". */
static bool is_hindsight(
	const struct pm_check *check, struct pm_slice text, struct pm_span span)
{
	size_t end = span.off + span.len, by;
	bool passive;

	if (!pm_clause_participle_after(text, end, &passive))
		return false;
	if (!passive)
		return pm_clause_person_before(check, text, span.off);
	by = behind_by(text, end);
	return by && pm_clause_person_after(check, text, by);
}

static bool blames(const struct pm_check *check, const struct row *row,
	struct pm_slice text, struct pm_span span)
{
	switch (row->kind) {
	case NOUN:
		return !pm_clause_denies(text, span.off) &&
		       !pm_clause_denies_after(text, span.off + span.len);
	case DONE:
		return pm_clause_person_before(check, text, span.off) &&
		       !pm_clause_nobody_before(text, span.off);
	case HUMAN:
		return !pm_clause_thing_before(text, span.off);
	case PERFECT:
		return is_hindsight(check, text, span);
	case OWNER:
		return pm_clause_owner_before(check, text, span.off);
	case AGENT:
		return pm_clause_person_after(check, text, span.off + span.len);
	default:
		return true;
	}
}

/* The words on one line. */
static const char *one_line(const struct pm_check *check, struct pm_slice text)
{
	char *line = pm_arena_alloc(check->arena, text.len + 1, 1);
	size_t len = 0;

	text = pm_slice_trim(text);
	for (size_t i = 0; i < text.len; i++) {
		bool blank = (unsigned char)text.ptr[i] <= ' ';

		if (!blank || !len || line[len - 1] != ' ')
			line[len++] = blank ? ' ' : text.ptr[i];
	}
	return pm_check_word(check, pm_slice_make(line, len));
}

/* "Bo's fault" for "'s fault". */
static struct pm_span with_owner(struct pm_slice text, struct pm_span span)
{
	size_t off = span.off;

	if (text.ptr[off] != '\'' && text.ptr[off] != '\xe2')
		return span;
	while (off && ((unsigned char)text.ptr[off - 1] > ' '))
		off--;
	return (struct pm_span){off, span.off + span.len - off};
}

bool pm_blame_next(const struct pm_check *check, struct pm_slice text,
	size_t *off, struct pm_blame *blame)
{
	static const struct row own = {"", ALWAYS,
		"is on the policy's list of words that blame",
		"write what happened and what made it likely"};
	struct pm_phrase_hit hit;

	while (pm_phrases_next(check->blames->phrases, text, off, &hit)) {
		const struct row *row =
			hit.number < NROWS ? &rows[hit.number] : &own;

		if (!blames(check, row, text, hit.span))
			continue;
		blame->span = with_owner(text, hit.span);
		blame->words = one_line(check,
			pm_slice_sub(text, blame->span.off, blame->span.len));
		blame->does = row->does;
		blame->instead = row->instead;
		/* Once for the words of one place. */
		if (*off < hit.span.off + hit.span.len)
			*off = hit.span.off + hit.span.len;
		return true;
	}
	return false;
}
