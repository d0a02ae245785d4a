/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which moment an entry of a timeline claims to be. Its first words decide;
 * an entry that says more about which part, or that it was not so after all,
 * claims nothing.
 */
#include "check/claims.h"

#include "base/ascii.h"

/* How much of an entry is read for doubts; and what a claim itself fits in,
   its article included: most entries are turned down by it. */
#define MOST  120
#define CLAIM 40

static const struct phrase {
	const char *words;
	enum pm_moment moment;
	bool weak;
} phrases[] = {
	{"incident starts", PM_MOMENT_STARTED, false},
	{"incident started", PM_MOMENT_STARTED, false},
	{"incident begins", PM_MOMENT_STARTED, false},
	{"incident began", PM_MOMENT_STARTED, false},
	{"incident start", PM_MOMENT_STARTED, false},
	{"outage starts", PM_MOMENT_STARTED, false},
	{"outage started", PM_MOMENT_STARTED, false},
	{"outage begins", PM_MOMENT_STARTED, false},
	{"outage began", PM_MOMENT_STARTED, false},
	{"impact starts", PM_MOMENT_STARTED, false},
	{"impact started", PM_MOMENT_STARTED, false},
	{"impact begins", PM_MOMENT_STARTED, false},
	{"start of incident", PM_MOMENT_STARTED, false},
	{"start of the incident", PM_MOMENT_STARTED, false},
	{"start of outage", PM_MOMENT_STARTED, false},
	{"start of the outage", PM_MOMENT_STARTED, false},
	{"start of impact", PM_MOMENT_STARTED, false},
	{"started", PM_MOMENT_STARTED, false},
	{"incident detected", PM_MOMENT_DETECTED, false},
	{"incident is detected", PM_MOMENT_DETECTED, false},
	{"incident was detected", PM_MOMENT_DETECTED, false},
	{"outage detected", PM_MOMENT_DETECTED, false},
	{"outage is detected", PM_MOMENT_DETECTED, false},
	{"detected", PM_MOMENT_DETECTED, false},
	{"first alert fires", PM_MOMENT_DETECTED, true},
	{"first alert fired", PM_MOMENT_DETECTED, true},
	{"incident acknowledged", PM_MOMENT_ACKNOWLEDGED, false},
	{"alert acknowledged", PM_MOMENT_ACKNOWLEDGED, true},
	{"page acknowledged", PM_MOMENT_ACKNOWLEDGED, true},
	{"acknowledged", PM_MOMENT_ACKNOWLEDGED, false},
	{"cause identified", PM_MOMENT_IDENTIFIED, true},
	{"root cause identified", PM_MOMENT_IDENTIFIED, true},
	{"cause is identified", PM_MOMENT_IDENTIFIED, true},
	{"root cause is identified", PM_MOMENT_IDENTIFIED, true},
	{"identified", PM_MOMENT_IDENTIFIED, false},
	{"incident mitigated", PM_MOMENT_MITIGATED, false},
	{"incident is mitigated", PM_MOMENT_MITIGATED, false},
	{"incident was mitigated", PM_MOMENT_MITIGATED, false},
	{"outage mitigated", PM_MOMENT_MITIGATED, false},
	{"impact mitigated", PM_MOMENT_MITIGATED, false},
	{"mitigated", PM_MOMENT_MITIGATED, false},
	{"incident resolved", PM_MOMENT_RESOLVED, false},
	{"incident is resolved", PM_MOMENT_RESOLVED, false},
	{"incident was resolved", PM_MOMENT_RESOLVED, false},
	{"incident fully resolved", PM_MOMENT_RESOLVED, false},
	{"incident ends", PM_MOMENT_RESOLVED, false},
	{"incident ended", PM_MOMENT_RESOLVED, false},
	{"incident over", PM_MOMENT_RESOLVED, false},
	{"incident is over", PM_MOMENT_RESOLVED, false},
	{"incident declared resolved", PM_MOMENT_RESOLVED, true},
	{"incident is declared resolved", PM_MOMENT_RESOLVED, true},
	{"end of incident", PM_MOMENT_RESOLVED, false},
	{"end of the incident", PM_MOMENT_RESOLVED, false},
	{"outage resolved", PM_MOMENT_RESOLVED, false},
	{"outage is resolved", PM_MOMENT_RESOLVED, false},
	{"outage ends", PM_MOMENT_RESOLVED, true},
	{"outage ended", PM_MOMENT_RESOLVED, true},
	{"outage over", PM_MOMENT_RESOLVED, true},
	{"end of outage", PM_MOMENT_RESOLVED, true},
	{"end of the outage", PM_MOMENT_RESOLVED, true},
	{"resolved", PM_MOMENT_RESOLVED, false},
};

#define NPHRASES (sizeof phrases / sizeof *phrases)

/* Words that take a claim back. */
static const char *const doubts[] = {" not ", "?", "believed", "thought",
	"partial", "appears", "again", "seems", "mostly", "almost", "nearly",
	"prematurely", "considered", "assumed", "test", "would", "should",
	"might", "probably", "likely", "suspected", "presum", "ticket",
	"status page", "statuspage", "another", "second ", "other ", NULL};

static bool is_word(char c)
{
	return pm_is_small(c) || pm_is_digit(c) || (unsigned char)c >= 0x80;
}

static bool is_emphasis(char c)
{
	return c == '*' || c == '_' || c == '`';
}

/* Lower case, blanks single, emphasis and an article at the front gone. */
static struct pm_slice fold(
	struct pm_slice text, size_t most, char out[MOST + 2])
{
	size_t len = 0;
	char close = ']'; /* of a bracket at the front */
	struct pm_slice folded;

	for (size_t i = 0; i < text.len && len < most; i++) {
		char c = text.ptr[i];

		if (is_emphasis(c))
			continue;
		/* "[mitigated] the rollback is done", "(detected) ..." */
		if ((c == '[' || c == '(') && len == 0) {
			close = c == '[' ? ']' : ')';
			continue;
		}
		if (c == ']' || c == close)
			c = ':';
		if (c == '\n' || c == '\t' || c == '\r')
			c = ' ';
		if (c == ' ' && (len == 0 || out[len - 1] == ' '))
			continue;
		out[len++] = pm_lower(c);
	}
	out[len] = '\0';
	folded = pm_slice_make(out, len);
	if (pm_slice_starts(folded, "the "))
		folded = pm_slice_from(folded, 4);
	return folded;
}

/* True when nothing behind the phrase narrows it: the end, a stop, "by",
   "after", "with", "(". */
static bool is_whole(struct pm_slice rest)
{
	static const char *const fine[] = {" by ", " after ", " with ",
		" when ", " - ", " (", " and ", NULL};

	rest.len = rest.ptr ? rest.len : 0;
	while (rest.len && rest.ptr[rest.len - 1] == ' ')
		rest.len--;
	if (!rest.len || strchr(".:,;!", rest.ptr[0]))
		return true;
	for (size_t i = 0; fine[i]; i++)
		if (pm_slice_starts(rest, fine[i]))
			return true;
	return pm_slice_starts(rest, " \xe2\x80\x93") ||
	       pm_slice_starts(rest, " \xe2\x80\x94");
}

/* True when text, the beginning of an entry, makes this claim. */
static bool says(struct pm_slice text, const struct phrase *phrase)
{
	return text.ptr[0] == phrase->words[0] &&
	       pm_slice_starts(text, phrase->words) &&
	       is_whole(pm_slice_from(text, strlen(phrase->words)));
}

/* text is folded and not empty. */
static const struct phrase *find_phrase(struct pm_slice text, bool weak)
{
	for (size_t i = 0; i < NPHRASES; i++)
		if (says(text, &phrases[i]) && (weak || !phrases[i].weak))
			return &phrases[i];
	return NULL;
}

/* Behind blanks, emphasis and brackets that open. */
static size_t behind_signs(struct pm_slice text, size_t off)
{
	while (off < text.len && memchr("*_`[( \t", text.ptr[off], 7))
		off++;
	return off;
}

/* True when text begins like one of the phrases, by three letters: most entries
   do not, and need not be folded. */
static bool may_claim(struct pm_slice text)
{
	static const char firsts[][4] = {"ack", "ale", "cau", "det", "end",
		"fir", "ide", "imp", "inc", "mit", "out", "pag", "res", "roo",
		"sta", "the"};
	size_t i = behind_signs(text, 0);
	char a, b, c;

	if (pm_slice_is_nocase(pm_slice_sub(text, i, 4), "the ")) {
		i = behind_signs(text, i + 4);
		if (i < text.len &&
			(text.ptr[i] == '\n' || text.ptr[i] == '\r'))
			return true;
	}
	if (i + 2 >= text.len)
		return false;
	a = text.ptr[i] | 32;
	b = text.ptr[i + 1] | 32;
	c = text.ptr[i + 2];
	for (i = 0; i < sizeof firsts / sizeof *firsts; i++)
		if (a == firsts[i][0] && b == firsts[i][1])
			return (c | 32) == firsts[i][2] || is_emphasis(c);
	return false;
}

/* "the error rate alert fires": it need not be at the beginning. */
static bool is_alert(struct pm_slice text)
{
	const char *hit =
		text.len ? memmem(text.ptr, text.len, "alert fire", 10) : NULL;

	return hit && (hit == text.ptr || !is_word(hit[-1])) &&
	       (hit + 10 < text.ptr + text.len) &&
	       (hit[10] == 's' || hit[10] == 'd');
}

static bool is_doubtful(struct pm_slice text)
{
	for (size_t i = 0; doubts[i]; i++)
		if (memmem(text.ptr, text.len, doubts[i], strlen(doubts[i])))
			return true;
	return false;
}

bool pm_moment_claim_read(
	struct pm_slice text, bool weak, struct pm_moment_claim *out)
{
	char buf[MOST + 2];
	const struct phrase *phrase = NULL;

	if (may_claim(text))
		phrase = find_phrase(fold(text, CLAIM, buf), weak);
	if (phrase)
		*out = (struct pm_moment_claim){phrase->moment, phrase->weak};
	else if (weak && is_alert(pm_slice_sub(text, 0, MOST)))
		*out = (struct pm_moment_claim){PM_MOMENT_DETECTED, true};
	else
		return false;
	return !is_doubtful(fold(text, MOST, buf));
}
