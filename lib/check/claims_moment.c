/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which moment an entry of a timeline claims to be. Its first words decide;
 * an entry that says more about which part, or that it was not so after all,
 * claims nothing.
 */
#include "check/claims.h"

/* First words that are read. */
#define MOST 120

static const struct phrase {
	const char *words;
	enum pm_moment moment;
	bool weak;
	bool anywhere; /* within the text, not only at its beginning */
} phrases[] = {
	{"incident starts", PM_MOMENT_STARTED, false, false},
	{"incident started", PM_MOMENT_STARTED, false, false},
	{"incident begins", PM_MOMENT_STARTED, false, false},
	{"incident began", PM_MOMENT_STARTED, false, false},
	{"incident start", PM_MOMENT_STARTED, false, false},
	{"outage starts", PM_MOMENT_STARTED, false, false},
	{"outage started", PM_MOMENT_STARTED, false, false},
	{"outage begins", PM_MOMENT_STARTED, false, false},
	{"outage began", PM_MOMENT_STARTED, false, false},
	{"impact starts", PM_MOMENT_STARTED, false, false},
	{"impact started", PM_MOMENT_STARTED, false, false},
	{"impact begins", PM_MOMENT_STARTED, false, false},
	{"start of incident", PM_MOMENT_STARTED, false, false},
	{"start of the incident", PM_MOMENT_STARTED, false, false},
	{"start of outage", PM_MOMENT_STARTED, false, false},
	{"start of the outage", PM_MOMENT_STARTED, false, false},
	{"start of impact", PM_MOMENT_STARTED, false, false},
	{"started", PM_MOMENT_STARTED, false, false},
	{"incident detected", PM_MOMENT_DETECTED, false, false},
	{"incident is detected", PM_MOMENT_DETECTED, false, false},
	{"incident was detected", PM_MOMENT_DETECTED, false, false},
	{"outage detected", PM_MOMENT_DETECTED, false, false},
	{"outage is detected", PM_MOMENT_DETECTED, false, false},
	{"detected", PM_MOMENT_DETECTED, false, false},
	{"first alert fires", PM_MOMENT_DETECTED, true, false},
	{"first alert fired", PM_MOMENT_DETECTED, true, false},
	{"alert fires", PM_MOMENT_DETECTED, true, true},
	{"alert fired", PM_MOMENT_DETECTED, true, true},
	{"incident acknowledged", PM_MOMENT_ACKNOWLEDGED, false, false},
	{"alert acknowledged", PM_MOMENT_ACKNOWLEDGED, true, false},
	{"page acknowledged", PM_MOMENT_ACKNOWLEDGED, true, false},
	{"acknowledged", PM_MOMENT_ACKNOWLEDGED, false, false},
	{"cause identified", PM_MOMENT_IDENTIFIED, true, false},
	{"root cause identified", PM_MOMENT_IDENTIFIED, true, false},
	{"cause is identified", PM_MOMENT_IDENTIFIED, true, false},
	{"root cause is identified", PM_MOMENT_IDENTIFIED, true, false},
	{"identified", PM_MOMENT_IDENTIFIED, false, false},
	{"incident mitigated", PM_MOMENT_MITIGATED, false, false},
	{"incident is mitigated", PM_MOMENT_MITIGATED, false, false},
	{"incident was mitigated", PM_MOMENT_MITIGATED, false, false},
	{"outage mitigated", PM_MOMENT_MITIGATED, false, false},
	{"impact mitigated", PM_MOMENT_MITIGATED, false, false},
	{"mitigated", PM_MOMENT_MITIGATED, false, false},
	{"incident resolved", PM_MOMENT_RESOLVED, false, false},
	{"incident is resolved", PM_MOMENT_RESOLVED, false, false},
	{"incident was resolved", PM_MOMENT_RESOLVED, false, false},
	{"incident fully resolved", PM_MOMENT_RESOLVED, false, false},
	{"incident ends", PM_MOMENT_RESOLVED, false, false},
	{"incident ended", PM_MOMENT_RESOLVED, false, false},
	{"incident over", PM_MOMENT_RESOLVED, false, false},
	{"incident is over", PM_MOMENT_RESOLVED, false, false},
	{"incident declared resolved", PM_MOMENT_RESOLVED, true, false},
	{"incident is declared resolved", PM_MOMENT_RESOLVED, true, false},
	{"end of incident", PM_MOMENT_RESOLVED, false, false},
	{"end of the incident", PM_MOMENT_RESOLVED, false, false},
	{"outage resolved", PM_MOMENT_RESOLVED, false, false},
	{"outage is resolved", PM_MOMENT_RESOLVED, false, false},
	{"outage ends", PM_MOMENT_RESOLVED, true, false},
	{"outage ended", PM_MOMENT_RESOLVED, true, false},
	{"outage over", PM_MOMENT_RESOLVED, true, false},
	{"end of outage", PM_MOMENT_RESOLVED, true, false},
	{"end of the outage", PM_MOMENT_RESOLVED, true, false},
	{"resolved", PM_MOMENT_RESOLVED, false, false},
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
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	       (unsigned char)c >= 0x80;
}

/* Lower case, blanks single, emphasis and an article at the front gone. */
static struct pm_slice fold(struct pm_slice text, char out[MOST + 2])
{
	size_t len = 0;
	struct pm_slice folded;

	for (size_t i = 0; i < text.len && len < MOST; i++) {
		char c = text.ptr[i];

		if (c == '*' || c == '_' || c == '`')
			continue;
		if (c == '\n' || c == '\t' || c == '\r')
			c = ' ';
		if (c == ' ' && (len == 0 || out[len - 1] == ' '))
			continue;
		out[len++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
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

/* True when text makes this claim. */
static bool says(struct pm_slice text, const struct phrase *phrase)
{
	size_t len = strlen(phrase->words);
	const char *hit;

	if (!phrase->anywhere)
		return pm_slice_starts(text, phrase->words) &&
		       is_whole(pm_slice_from(text, len));
	hit = text.len ? memmem(text.ptr, text.len, phrase->words, len) : NULL;
	return hit && (hit == text.ptr || !is_word(hit[-1]));
}

bool pm_moment_claim_read(struct pm_slice text, struct pm_moment_claim *out)
{
	char buf[MOST + 2];
	struct pm_slice folded = fold(text, buf);

	for (size_t i = 0; i < NPHRASES; i++) {
		if (!says(folded, &phrases[i]))
			continue;
		for (size_t k = 0; doubts[k]; k++)
			if (memmem(folded.ptr, folded.len, doubts[k],
				    strlen(doubts[k])))
				return false;
		out->moment = phrases[i].moment;
		out->weak = phrases[i].weak;
		return true;
	}
	return false;
}
