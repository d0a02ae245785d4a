/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The gist of a heading. English says one thing in many words: "why did it
 * occur", "why this outage happened", "why the problem is happening". Words of
 * one meaning become one word here, and those that tell nothing of what a
 * section is for are left out, so that a row for each meaning is enough.
 *
 * Other languages say "how was it noticed" with articles, pronouns and a word
 * for the incident, each in its gender and case; without them a row for each
 * question is enough there too.
 */
#include "doc/roles.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/inline_text.h"

#define WORD_MOST    16
#define GIST_MOST    12
#define DROPPED_MOST 20

/* Stands for nothing, even where all other words are kept: "the", "our". */
#define FILLER "~"

struct gist {
	char text[WORD_MOST];
	char gist[GIST_MOST];
};

#define PM_GIST(word, gist)                                                    \
	_Static_assert(sizeof(word) <= WORD_MOST, "longer than WORD_MOST");    \
	_Static_assert(sizeof(gist) <= GIST_MOST, "longer than GIST_MOST");
#include "doc/gist.def"
#undef PM_GIST

static const struct gist gists[] = {
#define PM_GIST(word, gist) {word, gist},
#include "doc/gist.def"
#undef PM_GIST
};

struct dropped {
	char text[DROPPED_MOST];
	bool foreign; /* it is no word of English */
};

#define PM_DROPPED(word, foreign)                                              \
	_Static_assert(                                                        \
		sizeof(word) <= DROPPED_MOST, "longer than DROPPED_MOST");
#include "doc/dropped.def"
#undef PM_DROPPED

static const struct dropped dropped[] = {
#define PM_DROPPED(word, foreign) {word, foreign},
#include "doc/dropped.def"
#undef PM_DROPPED
};

/* The words of a heading as they are made: slices of it or of the table. */
struct making {
	const struct pm_heading_words *in;
	struct pm_slice words[PM_HEADING_WORDS + 1];
	char before[PM_HEADING_WORDS + 1];
	bool joins[PM_HEADING_WORDS + 1]; /* it means "and" */
	size_t count;
	bool plural; /* an s comes behind the last */
};

static struct pm_slice word_at(const struct pm_heading_words *words, size_t at)
{
	const struct pm_heading_word *word = &words->words[at];

	return pm_slice_make(
		words->text.ptr + word->off, (size_t)(word->end - word->off));
}

/* What stands for a word; the word itself when nothing does. */
static struct pm_slice gist_of(struct pm_slice word)
{
	const struct gist *found =
		bsearch(&word, gists, sizeof gists / sizeof gists[0],
			sizeof gists[0], pm_inline_order);

	return found ? pm_slice_str(found->gist) : word;
}

static bool is_one_of(struct pm_slice word, const char *const *words)
{
	for (; *words; words++)
		if (pm_slice_is(word, *words))
			return true;
	return false;
}

/* "why did this happen", "prevent this": the incident. "This outage", "this
   data" only point at what follows. */
static bool points_at_next(
	const struct pm_heading_words *in, size_t at, size_t to)
{
	static const char *const things[] = {"incident", "data", "users",
		"system", "reason", "mistake", "step", NULL};
	struct pm_slice next;

	if (at + 1 >= to)
		return false;
	next = word_at(in, at + 1);
	return is_one_of(gist_of(next), things) ||
	       (gist_of(next).ptr == next.ptr &&
		       in->words[at + 1].before == ' ');
}

static void put(struct making *m, struct pm_slice word, char before, bool joins)
{
	bool joined = before == ' ' && !joins;

	/* "we we will": "the team will" after "we". */
	if (m->count && joined && pm_slice_eq(m->words[m->count - 1], word))
		return;
	if (m->count == PM_HEADING_WORDS)
		return;
	m->words[m->count] = word;
	m->before[m->count] = before;
	m->joins[m->count] = joins;
	m->count++;
}

/* A helping verb behind "why", "how", "what" only makes a question of it. */
static bool only_asks(const struct making *m, struct pm_slice gist, bool last)
{
	static const char *const asking[] = {
		"what", "why", "how", "when", "where", "who", NULL};

	return !last && pm_slice_is(gist, "do") && m->count &&
	       is_one_of(m->words[m->count - 1], asking);
}

/* "will we fix", as a question has it, is "we will fix". */
static void turn_questions(struct making *m)
{
	static const char *const subjects[] = {"we", "users", "incident", NULL};
	static const char *const helping[] = {"will", "could", NULL};

	for (size_t i = 0; i + 1 < m->count; i++) {
		struct pm_slice word = m->words[i];

		if (!is_one_of(word, helping) || m->before[i + 1] != ' ' ||
			!is_one_of(m->words[i + 1], subjects))
			continue;
		m->words[i] = m->words[i + 1];
		m->words[++i] = word;
	}
}

static void make_text(const struct making *m, struct pm_heading_words *out)
{
	out->text = (struct pm_buf)PM_BUF_INIT;
	out->count = m->count;
	out->cut = out->wide = false;
	for (size_t i = 0; i < m->count; i++) {
		struct pm_heading_word *word = &out->words[i];

		if (i)
			pm_buf_addc(&out->text, ' ');
		word->off = (unsigned short)out->text.len;
		pm_buf_add(&out->text, m->words[i].ptr, m->words[i].len);
		if (m->plural && i + 1 == m->count)
			pm_buf_addc(&out->text, 's');
		word->end = (unsigned short)out->text.len;
		word->before = i ? m->before[i] : '|';
		word->and = m->joins[i];
	}
}

/* The last of several words in the other number. One alone is often a key:
   "Task: 12", "Source: the log". */
static bool turn_number(struct making *m)
{
	enum { LEAST = 4 };
	struct pm_slice *word = &m->words[m->count - 1];

	if (m->count < 2 || word->len < LEAST || pm_slice_ends(*word, "ss") ||
		!pm_is_small(word->ptr[word->len - 1]))
		return false;
	m->plural = !pm_slice_ends(*word, "s");
	word->len -= !m->plural;
	return true;
}

static const struct dropped *drops(struct pm_slice word)
{
	return bsearch(&word, dropped, sizeof dropped / sizeof dropped[0],
		sizeof dropped[0], pm_inline_order);
}

/* "lorigine" without the article that was cut short; the word itself when it
   has none. */
static struct pm_slice whole_word(struct pm_slice word)
{
	static const char *const cut[] = {
		"dell", "all", "nell", "sull", "l", "d"};
	enum { LEAST = 4 };

	for (size_t i = 0; i < sizeof cut / sizeof cut[0]; i++) {
		size_t len = strlen(cut[i]);

		if (pm_slice_starts(word, cut[i]) && word.len >= len + LEAST &&
			memchr("aehiouy", word.ptr[len], 7))
			return pm_slice_from(word, len);
	}
	return word;
}

/* Keeps the words of a heading that dropped.def has not. False when none of
   those it has tells that the heading is not English. */
static bool drop_foreign(const struct pm_heading_words *in, size_t from,
	size_t to, struct making *m)
{
	bool foreign = in->elided;
	char before = ' ';

	for (size_t i = from; i < to; i++) {
		struct pm_slice word = word_at(in, i);
		const struct dropped *found = drops(word);

		if (!found && in->elided) {
			word = whole_word(word);
			found = drops(word);
		}
		if (in->words[i].before != ' ')
			before = in->words[i].before;
		if (found) {
			foreign = foreign || found->foreign;
			continue;
		}
		put(m, word, before, in->words[i].and);
		before = ' ';
	}
	return foreign && m->count;
}

/* Makes the words of a heading anew, by what they mean or their number. False
   when that changes none of them, or leaves none. */
static bool reword(const struct pm_heading_words *in, size_t from, size_t to,
	enum pm_gist kind, struct making *m)
{
	bool changed = kind == PM_GIST_NUMBER,
	     fillers = kind != PM_GIST_MEANING;
	char before = ' ';

	for (size_t i = from; i < to; i++) {
		struct pm_slice word = word_at(in, i);
		struct pm_slice gist =
			kind == PM_GIST_NUMBER ? word : gist_of(word);
		bool filler = pm_slice_is(gist, FILLER);

		if (in->words[i].before != ' ')
			before = in->words[i].before;
		changed = changed || (fillers ? filler : gist.ptr != word.ptr);
		if (fillers && !filler)
			gist = word;
		else if (filler)
			gist.len = 0;
		else if (pm_slice_is(gist, "this"))
			gist = points_at_next(in, i, to)
				       ? pm_slice_str("")
				       : pm_slice_str("incident");
		if (!gist.len || (!fillers && only_asks(m, gist, i + 1 == to)))
			continue;
		put(m, gist, before, in->words[i].and);
		before = ' ';
	}
	if (!changed || !m->count ||
		(kind == PM_GIST_NUMBER && !turn_number(m)))
		return false;
	if (!fillers)
		turn_questions(m);
	return true;
}

/* Leaves out the incident that something is of, which goes without saying:
   "prevention of the incident", "outage description". */
static bool leave_incident(const struct pm_heading_words *in, size_t from,
	size_t to, struct making *m)
{
	static const char *const joining[] = {
		"of", "the", "this", "our", "an", "a", NULL};
	size_t end = to;

	if (to - from > 1 &&
		pm_slice_is(gist_of(word_at(in, to - 1)), "incident")) {
		for (end = to - 1; end > from + 1 &&
				   is_one_of(word_at(in, end - 1), joining);)
			end--;
		if (end == to - 1 || !pm_slice_is(word_at(in, end), "of"))
			end = to;
	}
	if (end == to && to - from > 1 &&
		pm_slice_is(gist_of(word_at(in, from)), "incident"))
		from++;
	else if (end == to)
		return false;
	for (size_t i = from; i < end; i++)
		put(m, word_at(in, i), in->words[i].before, in->words[i].and);
	return m->count > 0;
}

bool pm_heading_gist(const struct pm_heading_words *in, size_t from, size_t to,
	enum pm_gist kind, struct pm_heading_words *out)
{
	struct making m = {.in = in};

	if (kind == PM_GIST_FOREIGN    ? !drop_foreign(in, from, to, &m)
		: kind == PM_GIST_BARE ? !leave_incident(in, from, to, &m)
				       : !reword(in, from, to, kind, &m))
		return false;
	make_text(&m, out);
	return true;
}
