/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Phrases in headings. A phrase is looked up in the tables of all languages,
 * longest first at each word. Some phrases count anywhere ("root cause"),
 * some only in a short heading ("detection"), some only as the whole of it
 * ("response", "fix"), because longer headings use those words for other
 * things; of those some are keys of one line as well ("**Ergebnis:** 25 von
 * 26"). Of two phrases in one part the last wins, as the head of an English
 * compound does ("resolution timeline"), unless a preposition stands between
 * ("summary of impact").
 */
#include "doc/roles.h"

#include <string.h>

#include "base/ascii.h"
#include "base/inline_text.h"
#include "doc/scan.h"

enum where { ANY, SHORT, FULL, HEADING };

/* Words a phrase of where SHORT may have around it, itself included. */
enum { SHORT_WORDS = 4, ANY_WORDS = 12 };

/* Bytes of the longest phrase and its NUL: Russian has two for a letter. */
#define PHRASE_MOST 61

struct phrase {
	char text[PHRASE_MOST];
	unsigned char len;
	unsigned char where;
	unsigned char role;
};

/* Marks the phrases that make a timeline only of a section with stamps. */
#define IF_STAMPED 0x80
#define FLAGS      (0x80u | 0x40u | 0x20u)

#define SUMMARY    PM_SECTION_SUMMARY
#define IMPACT     PM_SECTION_IMPACT
#define TIMELINE   PM_SECTION_TIMELINE
#define CAUSE      PM_SECTION_CAUSE
#define TRIGGER    PM_SECTION_TRIGGER
#define DETECTION  PM_SECTION_DETECTION
#define RESOLUTION PM_SECTION_RESOLUTION
#define LESSONS    PM_SECTION_LESSONS
#define WENT_WELL  PM_SECTION_WENT_WELL
#define WENT_WRONG PM_SECTION_WENT_WRONG
#define LUCKY      PM_SECTION_LUCKY
#define ACTIONS    PM_SECTION_ACTIONS
#define BACKGROUND PM_SECTION_BACKGROUND
#define REFERENCES PM_SECTION_REFERENCES
#define METADATA   PM_SECTION_METADATA
#define OTHER      PM_SECTION_OTHER

/* Marks those which are actions only where no other section is. */
#define UNLESS_ACTIONS 0x40

/* Marks those which are the summary only where none is above them. */
#define UNLESS_SUMMARY 0x20

#define SUMMARY_OR_LESSONS     (PM_SECTION_SUMMARY | UNLESS_SUMMARY)
#define ACTIONS_OR_RESOLUTION  (PM_SECTION_ACTIONS | UNLESS_ACTIONS)
#define TIMELINE_OR_BACKGROUND (PM_SECTION_BACKGROUND | IF_STAMPED)
#define TIMELINE_OR_OTHER      (PM_SECTION_OTHER | IF_STAMPED)

#define PM_HEADING(text, where, role)                                          \
	{text, PM_FITS(text, PHRASE_MOST, sizeof(text) - 1), where, role},
static const struct phrase english[] = {
#include "doc/sections_en.def"
#include "doc/sections_en_h.def"
#include "doc/sections_en_s.def"
};
/* The other languages whose words blanks part, made one table by make. */
static const struct phrase foreign[] = {
#include "gen/headings.inc"
};
/* Those whose words no blanks part, or whose words end in other words. */
static const struct phrase wide[] = {
#include "gen/headings_wide.inc"
};
/* In the words of gist.def. */
static const struct phrase english_gists[] = {
#include "doc/sections_en_gist.def"
};
#undef PM_HEADING

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

struct language {
	const struct phrase *rows;
	size_t count;
};

static const struct language languages[] = {
	{english, COUNT(english)},
	{foreign, COUNT(foreign)},
};

/* Where a word stands among the rows: the first that is not before it. */
static size_t lower_bound(
	const struct phrase *rows, size_t count, struct pm_slice word)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t mid = (low + high) / 2;
		const struct phrase *row = &rows[mid];
		size_t len = row->len < word.len ? row->len : word.len;
		int order = (unsigned char)row->text[0] -
			    (unsigned char)word.ptr[0];

		/* Mostly the first two letters decide. */
		if (order == 0 && len > 1)
			order = (unsigned char)row->text[1] -
				(unsigned char)word.ptr[1];
		if (order == 0)
			order = memcmp(row->text, word.ptr, len);
		if (order < 0 || (order == 0 && row->len < word.len))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static const struct language gists = {english_gists, COUNT(english_gists)};

/* A stretch of words [from, to) of a heading, and where they are looked up. */
struct part {
	const struct pm_heading_words *words;
	size_t from, to;
	const struct language *languages;
	size_t nlanguages;
};

static struct pm_slice part_text(
	const struct part *part, size_t from, size_t to)
{
	const struct pm_heading_word *w = part->words->words;

	return pm_slice_make(part->words->text.ptr + w[from].off,
		(size_t)(w[to - 1].end - w[from].off));
}

/* True when the words [from, to) are parted by blanks and "and" only. */
static bool runs_on(const struct part *part, size_t from, size_t to)
{
	for (size_t i = from + 1; i < to; i++)
		if (part->words->words[i].before != ' ')
			return false;
	return true;
}

/* Whether a phrase of len words counts among all words of its part. */
static bool counts(const struct phrase *row, size_t len, size_t all)
{
	if (row->where >= FULL)
		return len == all;
	return all <= (row->where == SHORT ? SHORT_WORDS : ANY_WORDS);
}

/* Number of words, from at on, that a phrase of len bytes covers; 0 when it
   ends within a word or runs over a sign. */
static size_t words_of(const struct part *part, size_t at, size_t len)
{
	const struct pm_heading_word *words = part->words->words;
	size_t end = words[at].off + len, to = at;

	while (to < part->to && words[to].end < end)
		to++;
	if (to >= part->to || words[to].end != end ||
		!runs_on(part, at, to + 1))
		return 0;
	return to + 1 - at;
}

/* True when a row begins with these words, and not with the first bytes of a
   longer one only. */
static bool row_begins(const struct phrase *row, struct pm_slice words)
{
	return row->len >= words.len &&
	       memcmp(row->text, words.ptr, words.len) == 0 &&
	       (row->len == words.len || row->text[words.len] == ' ');
}

/* The longest phrase of one table that begins at a word. Rows that begin with
   the same word stand together, so one search finds them all. */
static const struct phrase *longest_in(const struct phrase *rows, size_t count,
	const struct part *part, size_t at, size_t *words)
{
	struct pm_slice first = part_text(part, at, at + 1);
	struct pm_slice rest = part_text(part, at, part->to);
	const struct phrase *best = NULL;

	for (size_t i = lower_bound(rows, count, first);
		i < count && row_begins(&rows[i], first); i++) {
		size_t n;

		if (rows[i].len > rest.len ||
			memcmp(rows[i].text, rest.ptr, rows[i].len) != 0)
			continue;
		n = words_of(part, at, rows[i].len);
		if (n > *words && counts(&rows[i], n, part->to - part->from)) {
			best = &rows[i];
			*words = n;
		}
	}
	return best;
}

/* The longest phrase that begins at a word; *len is set to its words. */
static const struct phrase *phrase_at(
	const struct part *part, size_t at, size_t *len)
{
	const struct phrase *best = NULL;

	*len = 0;
	for (size_t i = 0; i < part->nlanguages; i++) {
		const struct phrase *row = longest_in(part->languages[i].rows,
			part->languages[i].count, part, at, len);

		if (row)
			best = row;
	}
	return best;
}

/* The phrase that is all of a part, which most headings are. */
static const struct phrase *whole_phrase(const struct part *part)
{
	struct pm_slice text = part_text(part, part->from, part->to);
	size_t words = part->to - part->from;

	if (!runs_on(part, part->from, part->to))
		return NULL;
	for (size_t i = 0; i < part->nlanguages; i++) {
		const struct phrase *rows = part->languages[i].rows;
		size_t count = part->languages[i].count;

		/* Several languages may have it. */
		for (size_t at = lower_bound(rows, count, text);
			at < count && rows[at].len == text.len &&
			memcmp(rows[at].text, text.ptr, text.len) == 0;
			at++)
			if (counts(&rows[at], words, words))
				return &rows[at];
	}
	return NULL;
}

static bool is_preposition(struct pm_slice word)
{
	static const char *const words[] = {"of", "for", "to", "in", "on",
		"with", "from", "by", "due", "after", "during", "behind", "av",
		"i", "pa", "til", "efter", "etter", "under", "ved", "vid",
		"fra", "fran", "der", "des", "von", "vom", "fur", "zur", "zum",
		"de", "du", "sur", "pour", "del", "para", "sobre", "do", "da",
		"dos", "das", "di", "della", "dello", "dei", "degli", "delle",
		"per", "van", "voor", NULL};

	for (size_t i = 0; words[i]; i++)
		if (pm_slice_is(word, words[i]))
			return true;
	return false;
}

/* True for a row of English, where a phrase of several languages stands. */
static bool is_english(const struct phrase *row)
{
	uintptr_t at = (uintptr_t)row;

	return (at >= (uintptr_t)english &&
		       at < (uintptr_t)(english + COUNT(english))) ||
	       (at >= (uintptr_t)english_gists &&
		       at < (uintptr_t)(english_gists + COUNT(english_gists)));
}

static void add_role(struct pm_roles *roles, unsigned role)
{
	enum pm_section_role plain = (enum pm_section_role)(role & ~FLAGS);

	if (role & IF_STAMPED)
		roles->maybe_timeline = true;
	if (role & UNLESS_ACTIONS)
		roles->maybe_resolution = true;
	if (role & UNLESS_SUMMARY)
		roles->maybe_lessons = true;
	/* "Downtime and impact": what is told comes before the facts. */
	if (!(roles->set & PM_ROLES_TELLING))
		roles->role = plain;
	roles->set |= 1u << plain;
}

/* Looks for the phrase of one part; *used is set to the words it took. */
static const struct phrase *part_phrase(const struct part *part, size_t *used)
{
	const struct phrase *best = NULL;
	size_t at = part->from, len;

	*used = 0;
	while (at < part->to) {
		const struct phrase *row = phrase_at(part, at, &len);

		if (row) {
			best = row;
			*used = len;
			at += len;
			continue;
		}
		if (best && is_preposition(part_text(part, at, at + 1)))
			break;
		at++;
	}
	return best;
}

/* Roles of the words between two breaks: as a whole, else by the parts of
   the list they make. Returns whether every word was part of a phrase. */
static bool group_roles(const struct part *group, struct pm_roles *roles)
{
	struct part part = *group;
	const struct phrase *row;
	bool exact = true;
	size_t used;

	row = whole_phrase(group);
	if (row) {
		add_role(roles, row->role);
		roles->foreign = roles->foreign || !is_english(row);
		roles->alone = row->where == HEADING;
		return true;
	}
	while (part.from < group->to) {
		part.to = part.from + 1;
		while (part.to < group->to &&
			group->words->words[part.to].before == ' ' &&
			!group->words->words[part.to].and)
			part.to++;
		row = part_phrase(&part, &used);
		if (row) {
			add_role(roles, row->role);
			roles->foreign = roles->foreign || !is_english(row);
		}
		exact = exact && row && used == part.to - part.from;
		part.from = part.to;
		if (part.from < group->to && group->words->words[part.from].and)
			part.from++;
	}
	return exact;
}

/* Signs of scripts without spaces: a list is joined by と or a dot. */
static bool joins(const char *text, size_t len)
{
	return memmem(text, len, "と", strlen("と")) ||
	       memmem(text, len, " ", 1);
}

/* The longest phrase that text holds at an offset. Rows that begin with the
   same sign stand together. */
static const struct phrase *wide_phrase(struct pm_slice text, size_t off)
{
	enum { SIGN = 3 }; /* bytes of nearly all, and of no phrase fewer */
	struct pm_slice rest = pm_slice_from(text, off);
	struct pm_slice sign = pm_slice_sub(rest, 0, SIGN);
	const struct phrase *best = NULL;

	if (sign.len < SIGN)
		return NULL;
	for (size_t i = lower_bound(wide, COUNT(wide), sign);
		i < COUNT(wide) && memcmp(wide[i].text, sign.ptr, SIGN) == 0;
		i++)
		if (wide[i].len <= rest.len &&
			(!best || wide[i].len > best->len) &&
			memcmp(wide[i].text, rest.ptr, wide[i].len) == 0 &&
			(wide[i].where < FULL || wide[i].len == text.len))
			best = &wide[i];
	return best;
}

/* "対策の概要", "振り返りまとめ": the sum of what stands before it. */
static bool sums_up(const struct phrase *row, struct pm_slice between)
{
	static const char *const words[] = {
		"概要", "まとめ", "サマリー", "サマリ", "要約"};

	if (between.len && !pm_slice_is(between, "の"))
		return false;
	for (size_t i = 0; i < COUNT(words); i++)
		if (strcmp(row->text, words[i]) == 0)
			return true;
	return false;
}

/* "なぜ対策が効かなかったのか" asks for a cause, whatever it was that failed;
   of what has been, as a blog may ask why something is worth the trouble. */
static bool asks_why(struct pm_slice text)
{
	static const char *const whys[] = {"なぜ", "何故", "どうして"};
	static const char *const been[] = {"た", "起き", "発生"};

	for (size_t i = 0; i < COUNT(whys); i++)
		if (pm_slice_starts(text, whys[i]))
			for (size_t k = 0; k < COUNT(been); k++)
				if (pm_slice_find_text(text, strlen(whys[i]),
					    pm_slice_str(been[k])) >= 0)
					return true;
	return false;
}

/* The role of a question, if its words name one that questions have. */
static unsigned role_asked(unsigned role)
{
	return role == DETECTION || role == WENT_WRONG || role == LESSONS
		       ? role
		       : CAUSE;
}

/* Roles of a heading without blanks; true when one phrase is all of it. */
static bool wide_roles(const struct part *group, struct pm_roles *roles)
{
	struct pm_slice text = part_text(group, group->from, group->to);
	const struct phrase *held = NULL;
	size_t off = 0, behind = 0;
	bool why = asks_why(text);

	while (off < text.len) {
		const struct phrase *row = wide_phrase(text, off);

		/* "影響の再評価" is of what is judged anew. */
		if (!row || (held && row->role == OTHER)) {
			off += row ? row->len : 1;
			/* No phrase begins within a sign. */
			while (off < text.len && (text.ptr[off] & 0xC0) == 0x80)
				off++;
			continue;
		}
		if (held && !sums_up(row,
				    pm_slice_sub(text, behind, off - behind))) {
			if (joins(text.ptr + behind, off - behind))
				add_role(roles, held->role);
			held = row;
		}
		held = held ? held : row;
		off += row->len;
		behind = off;
	}
	if (!held && !why)
		return false;
	add_role(roles,
		why ? role_asked(held ? held->role : CAUSE) : held->role);
	roles->wide = true;
	return held && held->len == text.len;
}

/* False when the words of a synonym begin with other letters than text, which
   is mostly told without cutting it into words. In "a)" they are a number. */
static bool may_be(const char *heading, struct pm_slice text)
{
	/* Still terminated: only what stands before it is left out. */
	const char *synonym = pm_behind_signs(pm_slice_str(heading)).ptr;
	size_t i = 0;

	while (i < text.len && pm_lower(synonym[i]) == text.ptr[i])
		i++;
	return i == text.len || !pm_is_letter(synonym[i]) ||
	       synonym[i + 1] & 0x80 || strcspn(synonym, ".)") < 5;
}

/* Roles the policy gives to a heading: the whole of it, or a group. */
static bool policy_role(const struct pm_policy *policy,
	const struct part *group, struct pm_roles *roles)
{
	struct pm_slice text = part_text(group, group->from, group->to);
	bool found = false;

	for (size_t i = 0; i < policy->nsynonyms; i++) {
		const char *heading = policy->synonyms[i].heading;
		struct pm_heading_words own;

		if (!may_be(heading, text))
			continue;
		pm_heading_split(&own, pm_slice_str(heading));
		if (own.count && pm_slice_eq(text, pm_slice_trim(pm_buf_slice(
							   &own.text)))) {
			add_role(roles, policy->synonyms[i].role);
			found = true;
		}
		pm_buf_release(&own.text);
	}
	return found;
}

/* Roles of words that no phrase has: in the other number, without the articles
   among them, then by what they mean. Neither is exact: a title may be of the
   same words, as in "The network is down". */
static void gist_roles(const struct part *group, struct pm_roles *roles)
{
	struct pm_heading_words words;

	for (int kind = 0; kind < PM_GIST_COUNT && !roles->set; kind++) {
		bool meaning = kind == PM_GIST_MEANING;
		struct part part = {&words, 0, 0, meaning ? &gists : languages,
			meaning ? 1 : COUNT(languages)};

		if (!pm_heading_gist(group->words, group->from, group->to,
			    (enum pm_gist)kind, &words))
			continue;
		part.to = words.count;
		if ((kind != PM_GIST_NUMBER && kind != PM_GIST_BARE) ||
			whole_phrase(&part))
			group_roles(&part, roles);
		pm_buf_release(&words.text);
	}
}

static bool find_in_group(const struct pm_policy *policy,
	const struct part *group, struct pm_roles *roles)
{
	if (policy && policy_role(policy, group, roles))
		return true;
	if (group_roles(group, roles))
		return true;
	if (roles->set)
		return false;
	if (group->words->wide)
		return wide_roles(group, roles);
	gist_roles(group, roles);
	return false;
}

/* "Lessons learned: what went well" is of that part of the lessons that the
   group behind names, unless it names several. */
static void part_of_lessons(const struct pm_policy *policy,
	const struct part *before, struct pm_roles *roles)
{
	struct pm_roles part = {.role = PM_SECTION_OTHER};
	struct part group = *before;

	group.from = before->to;
	if (roles->set != 1u << LESSONS)
		return;
	while (group.to < group.words->count &&
		(group.to == group.from ||
			group.words->words[group.to].before != '|'))
		group.to++;
	if (group.to == group.from)
		return;
	find_in_group(policy, &group, &part);
	if (part.set != 1u << WENT_WELL && part.set != 1u << WENT_WRONG &&
		part.set != 1u << LUCKY)
		return;
	roles->role = part.role;
	roles->set |= part.set;
}

/* "What happened (timeline, UTC)", "事象の詳細（タイムライン）": a telling that
   says it is by times, in English also among other words. */
static bool says_timeline(
	const struct pm_policy *policy, const struct part *before)
{
	size_t end = before->words->count;
	struct part behind = *before;
	struct pm_roles roles = {.role = PM_SECTION_OTHER};
	struct pm_slice word;

	behind.from = before->to;
	behind.to = end;
	if (runs_on(&behind, behind.from, end) &&
		find_in_group(policy, &behind, &roles))
		return roles.set == 1u << TIMELINE && !roles.maybe_timeline;
	if (!pm_slice_is(part_text(before, 0, 1), "what"))
		return false;
	/* It says so first, or as the head of the words before it. */
	word = part_text(before, before->to, before->to + 1);
	if (pm_slice_is(part_text(before, end - 1, end), "timeline"))
		word = part_text(before, end - 1, end);
	return pm_slice_is(word, "timeline") || pm_slice_is(word, "chronology");
}

/* Makes a timeline of such a telling. */
static void told_by_times(const struct pm_policy *policy,
	const struct part *before, struct pm_roles *roles)
{
	size_t end = before->words->count;

	if (roles->set != 1u << SUMMARY || before->to >= end ||
		end - before->to > SHORT_WORDS ||
		!says_timeline(policy, before))
		return;
	roles->role = TIMELINE;
	roles->set = 1u << TIMELINE;
}

/* What the last part of a compound says of it, in the north and in German:
   "nettfeilårsak", "Sofortmaßnahmen". Only of short headings whose words are
   not known otherwise; a course of something is a timeline with times alone. */
static const struct phrase *compound_end(const struct part *part)
{
	static const struct phrase ends[] = {
#define END(text, role)                                                        \
	{text, PM_FITS(text, PHRASE_MOST, sizeof(text) - 1), SHORT, role}
		END("tiltak", ACTIONS),
		END("tiltakene", ACTIONS),
		END("tiltag", ACTIONS),
		END("atgarder", ACTIONS),
		END("atgarderna", ACTIONS),
		END("massnahmen", ACTIONS),
		END("arsak", CAUSE),
		END("arsaken", CAUSE),
		END("arsaka", CAUSE),
		END("arsaker", CAUSE),
		END("arsag", CAUSE),
		END("arsagen", CAUSE),
		END("arsager", CAUSE),
		END("orsak", CAUSE),
		END("orsaken", CAUSE),
		END("orsaker", CAUSE),
		END("ursache", CAUSE),
		END("ursachen", CAUSE),
		END("pavirkning", IMPACT),
		END("paverkan", IMPACT),
		END("paverknad", IMPACT),
		END("konsekvenser", IMPACT),
		END("konsekvensar", IMPACT),
		END("auswirkungen", IMPACT),
		END("forlop", TIMELINE_OR_OTHER),
		END("forlob", TIMELINE_OR_OTHER),
		END("forlopp", TIMELINE_OR_OTHER),
		END("verlauf", TIMELINE_OR_OTHER),
#undef END
	};
	enum { LEAST = 8 }; /* the shortest of them, and three bytes before */

	if (part->to - part->from > SHORT_WORDS)
		return NULL;
	for (size_t i = part->from; i < part->to; i++) {
		struct pm_slice word = part_text(part, i, i + 1);

		if (word.len < LEAST)
			continue;
		for (size_t k = 0; k < COUNT(ends); k++)
			if (word.ptr[word.len - 1] ==
					ends[k].text[ends[k].len - 1] &&
				word.len >= ends[k].len + 3u &&
				pm_slice_ends(word, ends[k].text))
				return &ends[k];
	}
	return NULL;
}

/* Roles of a heading; of one that has none *end is set to what a word before
   its first break ends in, NULL when that is nothing known. */
static struct pm_roles find_roles(const struct pm_policy *policy,
	struct pm_slice heading, const struct phrase **end)
{
	struct pm_roles roles = {.role = PM_SECTION_OTHER};
	struct pm_heading_words words;
	struct part group = {&words, 0, 0, languages, COUNT(languages)};

	pm_heading_split(&words, heading);
	/* A policy's synonym may itself hold a break. */
	group.to = words.count;
	if (words.count && policy && policy_role(policy, &group, &roles))
		roles.exact = true;
	for (group.to = 0; !roles.set && group.to < words.count;) {
		bool exact, whole;

		group.from = group.to++;
		while (group.to < words.count &&
			words.words[group.to].before != '|')
			group.to++;
		whole = group.from == 0 && group.to == words.count;
		/* Of all words together the policy was asked above. */
		exact = find_in_group(whole ? NULL : policy, &group, &roles);
		roles.exact = exact && whole;
		if (!roles.set && group.from == 0)
			*end = compound_end(&group);
	}
	part_of_lessons(policy, &group, &roles);
	told_by_times(policy, &group, &roles);
	pm_buf_release(&words.text);
	return roles;
}

/* The role of a question that no phrase has. */
static void ask_why(struct pm_slice heading, struct pm_roles *roles)
{
	enum pm_section_role role = pm_heading_asks_why(heading);

	if (role == PM_SECTION_OTHER)
		return;
	roles->role = role;
	roles->set = 1u << role;
	roles->foreign = roles->alone = true;
}

struct pm_roles pm_roles_find(
	const struct pm_policy *policy, struct pm_slice heading)
{
	const struct phrase *end = NULL, *none;
	struct pm_buf parted = PM_BUF_INIT;
	struct pm_roles roles = find_roles(policy, heading, &end);

	if (roles.set)
		return roles;
	if (pm_heading_cut_number(&heading))
		roles = find_roles(policy, heading, &none);
	else if (pm_heading_part(heading, &parted))
		roles = find_roles(policy, pm_buf_slice(&parted), &none);
	pm_buf_release(&parted);
	if (!roles.set && end) {
		add_role(&roles, end->role);
		roles.foreign = true;
	}
	if (!roles.set)
		ask_why(heading, &roles);
	return roles;
}

/* True when each part of a list of phrases is one. */
static bool all_phrases(const struct part *group)
{
	const struct pm_heading_word *words = group->words->words;
	struct part part = *group;

	while (part.from < group->to) {
		part.to = part.from + 1;
		while (part.to < group->to && words[part.to].before == ' ' &&
			!words[part.to].and)
			part.to++;
		if (!whole_phrase(&part))
			return false;
		part.from = part.to;
		if (part.from < group->to && words[part.from].and)
			part.from++;
	}
	return true;
}

bool pm_roles_may_be_exact(
	const struct pm_policy *policy, struct pm_slice heading)
{
	struct pm_heading_words words;
	struct part group = {&words, 0, 0, languages, COUNT(languages)};
	struct pm_roles roles = {.role = PM_SECTION_OTHER};
	bool may, parted = false;

	if (pm_heading_cut_number(&heading))
		return true;
	pm_heading_split(&words, heading);
	group.to = words.count;
	for (size_t i = 1; i < words.count; i++)
		parted = parted || words.words[i].before == '|';
	/* "!" has no words. */
	may = words.wide ||
	      (words.count &&
		      ((policy && policy_role(policy, &group, &roles)) ||
			      (!parted && (whole_phrase(&group) ||
						  all_phrases(&group)))));
	pm_buf_release(&words.text);
	return may;
}

/* A memo is begun anew when it holds so many headings; long ones, which are
   hardly repeated, are not kept. */
enum { MEMO_MOST = 4096, MEMO_HEADING_MOST = 120 };

struct pm_roles pm_roles_recall(struct pm_map *memo,
	const struct pm_policy *policy, struct pm_slice heading)
{
	const uintptr_t *known;
	struct pm_roles *roles;

	if (!memo || heading.len > MEMO_HEADING_MOST)
		return pm_roles_find(policy, heading);
	known = pm_map_get(memo, heading);
	if (known)
		return *(const struct pm_roles *)*known;
	if (memo->len >= MEMO_MOST)
		pm_map_release(memo);
	/* Beside the key, to live as long. */
	roles = pm_arena_alloc(&memo->keys, 1, sizeof *roles);
	*roles = pm_roles_find(policy, heading);
	*pm_map_put(memo, heading, NULL) = (uintptr_t)roles;
	return *roles;
}
