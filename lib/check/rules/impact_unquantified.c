/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An impact without any number: neither the section nor the front matter's
 * impact holds one. Figures that count nothing (dates, versions, names of
 * machines, addresses of links) are passed over; words that count (three,
 * all, half) and words that say that there was none are enough. Words of other
 * languages are few: where they are not known, silence is better.
 */
#include "check/check.h"

#include "base/ascii.h"

/* Words that are a quantity, or say that there is none; lower case. */
static const char *const counts[] = {
	/* English */
	"all", "both", "couple", "dozen", "dozens", "eight", "eleven", "entire",
	"every", "everybody", "everyone", "fifteen", "fifty", "five", "four",
	"half", "hundred", "hundreds", "majority", "million", "millions",
	"minimal", "most", "n/a", "negligible", "nine", "no", "nobody", "none",
	"one", "quarter", "seven", "single", "six", "ten", "third", "thirty",
	"thousand", "thousands", "three", "total", "twelve", "twenty", "two",
	"unaffected", "unknown", "whole", "without", "zero",
	/* German, French, Spanish, the Nordic languages */
	"alla", "alle", "allen", "aller", "aucun", "aucune", "deux", "dos",
	"drei", "ein", "eine", "einen", "fem", "fyra", "fünf", "ingen",
	"ingenting", "inget", "kein", "keine", "keinen", "keiner", "nadie",
	"niemand", "ninguna", "ninguno", "sept", "todas", "todos", "tous",
	"toutes", "tre", "tres", "trois", "två", "ukjent", "unbekannt", "vier",
	"zwei"};

/* What says in two words that there was none, or that nobody knows. */
static const char *const nones[] = {"not affected", "not impacted", "not known",
	"not noticed", "not visible", NULL};

#define NCOUNTS (sizeof counts / sizeof *counts)

static bool is_letter(char c)
{
	return pm_is_letter(c) || (unsigned char)c >= 0x80;
}

/* What ends a word; a link's address is one word. */
static bool is_gap(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '|';
}

/* Signs around a word that do not belong to it. */
static struct pm_slice bare(struct pm_slice word)
{
	while (word.len && strchr("*_`\"'([{<~+-#>.,:;!?", word.ptr[0]))
		word = pm_slice_from(word, 1);
	while (word.len && strchr("*_`\"')]}>.,:;!?-", word.ptr[word.len - 1]))
		word.len--;
	return word;
}

/* 2026-11-22, 2026-11-22T10:02Z */
static bool is_date(struct pm_slice word)
{
	struct pm_date date;

	return word.len >= 10 &&
	       pm_date_parse(pm_slice_sub(word, 0, 10), &date, NULL) == 0;
}

/* A script whose words are not told apart here: it may well count. */
static bool is_wide(struct pm_slice word)
{
	for (size_t i = 0; i < word.len; i++)
		if ((unsigned char)word.ptr[i] >= 0xE3 &&
			(unsigned char)word.ptr[i] <= 0xEF)
			return true;
	return false;
}

/* A figure that begins a word counts: 12,000, 5%, $300, ~40k; in v1.2,
   us-east-1 and INC-1234 it names. */
static bool is_figure(struct pm_slice word)
{
	size_t i = 0;

	while (i < word.len && !pm_is_digit(word.ptr[i])) {
		if (is_letter(word.ptr[i]) && (unsigned char)word.ptr[i] < 0x80)
			return false;
		i++;
	}
	if (i == word.len || is_date(pm_slice_from(word, i)))
		return false;
	/* "5xx" is a kind of answer. */
	return word.len - i < 3 ||
	       !pm_slice_is_nocase(pm_slice_from(word, i + 1), "xx");
}

/* "HTTP 500", "status 503". */
static bool is_code(struct pm_slice before)
{
	static const char *const words[] = {"http", "status", "code", NULL};

	for (size_t i = 0; words[i]; i++)
		if (pm_slice_is_nocase(before, words[i]))
			return true;
	return false;
}

static bool is_count(struct pm_slice word)
{
	if (memmem(word.ptr, word.len, "://", 3) || !word.len)
		return false;
	if (is_figure(word) || is_wide(word))
		return true;
	for (size_t i = 0; i < NCOUNTS; i++)
		if (pm_slice_is_nocase(word, counts[i]))
			return true;
	return false;
}

/* True for "no customer was affected" and the like. */
static bool says_none(struct pm_slice text)
{
	for (size_t i = 0; text.len && nones[i]; i++)
		if (memmem(text.ptr, text.len, nones[i], strlen(nones[i])))
			return true;
	return false;
}

/* The byte behind a comment that begins at off; off: none does. */
static size_t behind_comment(struct pm_slice text, size_t off)
{
	const char *close;

	if (!pm_slice_starts(pm_slice_from(text, off), "<!--"))
		return off;
	close = memmem(text.ptr + off, text.len - off, "-->", 3);
	return close ? (size_t)(close - text.ptr) + 3 : text.len;
}

/* True when the text says how much, or that there was none. */
static bool has_quantity(struct pm_slice text)
{
	struct pm_slice last = {"", 0};

	for (size_t i = 0; i < text.len;) {
		/* What a template asks for is no answer. */
		size_t end = behind_comment(text, i);
		struct pm_slice word;

		if (end > i) {
			i = end;
			continue;
		}
		while (end < text.len && !is_gap(text.ptr[end]))
			end++;
		word = bare(pm_slice_sub(text, i, end - i));
		if (is_count(word) && !is_code(last))
			return true;
		if (end > i)
			last = word;
		i = end + 1;
	}
	return says_none(text);
}

/* Without its heading lines: "Impact (3)" counts nothing. */
static bool section_counts(
	const struct pm_doc *doc, const struct pm_section *section)
{
	const size_t end = section->span.off + section->span.len;

	if (has_quantity(pm_slice_sub(
		    doc->src, section->body.off, section->body.len)))
		return true;
	for (const struct pm_section *deeper = section + 1;
		deeper < doc->sections + doc->nsections &&
		deeper->span.off < end;
		deeper++)
		if (has_quantity(pm_slice_sub(
			    doc->src, deeper->body.off, deeper->body.len)))
			return true;
	return false;
}

static void run(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;
	const struct pm_section *first = NULL;

	if (!(check->roles & 1u << PM_SECTION_IMPACT) ||
		!pm_findings_wanted(check))
		return;
	for (size_t i = 0; i < doc->nimpact; i++)
		if (has_quantity(doc->impact[i].text))
			return;
	for (size_t i = 0; i < doc->nsections; i++) {
		const struct pm_section *section = &doc->sections[i];

		if (!((section->roles | 1u << section->role) &
			    1u << PM_SECTION_IMPACT))
			continue;
		/* That it is empty is for another rule to say. */
		if (section->empty || section_counts(doc, section))
			return;
		first = first ? first : section;
	}
	if (first)
		pm_finding_add_line(check, first->line,
			"say how many users, requests or minutes, or: None",
			"the impact holds no number");
}

PM_RULE_DEFINE(impact_unquantified) = {
	.info =
		{
			.id = "impact-unquantified",
			.step = PM_STEP_COLLECT,
			.level = PM_LEVELS(OFF, WARNING, WARNING),
			.summary = "the impact says for nothing how much",
			.why = "Some users saw errors: ten, or ten thousand? "
			       "The severity, the order of the actions and "
			       "what customers are told follow from that "
			       "number, and a rough one with its source is "
			       "worth more than none. It stands in the "
			       "section or under impact: in the front "
			       "matter. That nobody was affected is an "
			       "answer, too.",
			.bad = "impact: {note: EU only}\n\n"
			       "## Impact\n\n"
			       "Some users saw an error page, and requests "
			       "failed.\n",
			.good = "impact: {note: EU only}\n\n"
				"## Impact\n\n"
				"About 12,000 users saw an error page.\n",
		},
	.run = run,
};
