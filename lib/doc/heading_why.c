/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Headings that ask why something was as it was, whatever that may have been:
 * "Hvorfor kjørte jobben om dagen?", "Por qué no conmutó". What is asked of the
 * present explains a choice: "Pourquoi stocke-t-on les images ?". In English,
 * where pages ask as well why to buy a thing, only known words do.
 */
#include "doc/roles.h"

/* "Warum Kafka?" asks for a choice, and so does what is as short. */
enum { LEAST_WORDS = 4, PASTS = 28, ENDS = 6 };

/* A language: its word for it and how its verbs are past, as words and by what
   they end in; next: the verb stands behind that word. */
struct asking {
	const char *why;
	bool next;
	const char *past[PASTS];
	const char *ends[ENDS];
};

#define NORDIC                                                                 \
	true,                                                                  \
		{"ble", "blei", "blev", "vart", "var", "gikk", "gjekk",        \
			"gick", "gik", "fikk", "fekk", "fick", "fik", "kom",   \
			"kunne", "kunde", "skulle", "falt", "fall", "faldt",   \
			"la", "lag", "sto", "stod", NULL},                     \
	{                                                                      \
		"te", "de", "et", NULL                                         \
	}

static const struct asking askings[] = {
	{"hvorfor", NORDIC},
	{"kvifor", NORDIC},
	{"varfor", NORDIC},
	{"warum", true,
		{"war", "waren", "hat", "haben", "lief", "liefen", "fiel",
			"fielen", "ging", "gingen", "kam", "kamen", "blieb",
			"blieben", "wurde", "wurden", "stand", "griff", "half",
			NULL},
		{"te", "ten", NULL}},
	{"wieso", true,
		{"war", "waren", "hat", "haben", "lief", "fiel", "ging", "kam",
			"blieb", "wurde", "wurden", NULL},
		{"te", "ten", NULL}},
	{"waarom", true,
		{"was", "waren", "werd", "werden", "ging", "kwam", "kon", "had",
			"viel", "bleef", NULL},
		{"de", "den", "te", "ten", NULL}},
	{"pourquoi", false,
		{"a", "ont", "avons", "na", "nont", "navons", "ete", "sest",
			NULL},
		{"ait", "aient", "ions", NULL}},
	{"perche", false,
		{"ha", "hanno", "era", "erano", "stato", "stata", NULL},
		{NULL}},
};

static struct pm_slice word_at(const struct pm_heading_words *words, size_t at)
{
	const struct pm_heading_word *word = &words->words[at];

	return pm_slice_make(
		words->text.ptr + word->off, (size_t)(word->end - word->off));
}

static bool is_past(const struct asking *asking, struct pm_slice word)
{
	for (size_t i = 0; asking->past[i]; i++)
		if (pm_slice_is(word, asking->past[i]))
			return true;
	for (size_t i = 0; asking->ends[i]; i++)
		if (pm_slice_ends(word, asking->ends[i]))
			return true;
	return false;
}

/* "Por qué no conmutó": what was not is told as the cause, and the accents that
   make it a question and a past are often left out. */
static bool asks_why_not(const struct pm_heading_words *words)
{
	return pm_slice_is(word_at(words, 0), "por") &&
	       pm_slice_is(word_at(words, 1), "que") &&
	       pm_slice_is(word_at(words, 2), "no");
}

static bool asks(const struct pm_heading_words *words, struct pm_slice heading)
{
	if (asks_why_not(words))
		return true;
	if (pm_slice_find(heading, 0, '?') < 0)
		return false;
	for (size_t i = 0; i < sizeof askings / sizeof askings[0]; i++) {
		const struct asking *asking = &askings[i];
		size_t end = asking->next ? 2 : words->count;

		if (!pm_slice_is(word_at(words, 0), asking->why))
			continue;
		for (size_t k = 1; k < end; k++)
			if (is_past(asking, word_at(words, k)))
				return true;
	}
	return false;
}

static bool holds_stem(const struct pm_heading_words *words,
	const char *const *stems, size_t count)
{
	for (size_t i = 1; i < words->count; i++)
		for (size_t k = 0; k < count; k++)
			if (pm_slice_starts(word_at(words, i), stems[k]))
				return true;
	return false;
}

enum pm_section_role pm_heading_asks_why(struct pm_slice heading)
{
	/* Why nobody saw it. */
	static const char *const seen[] = {"alarm", "alert", "bemerk", "detect",
		"detekt", "entdeck", "enter", "erkannt", "gemerkt", "larm",
		"merk", "monitor", "oppdag", "opdag", "overvak", "overvag",
		"remarqu", "rien", "supervis", "uberwach", "upptack", "varsl"};
	/* Why it was no shorter, which is no cause, and why that tool was
	   taken. */
	static const char *const other[] = {"lang", "lenge", "longtemps", "tid",
		"valg", "valde", "wahl", "choisi", "elegi", "tard", "tanto"};
	struct pm_heading_words words;
	enum pm_section_role role = PM_SECTION_OTHER;

	pm_heading_split(&words, heading);
	if (words.count >= LEAST_WORDS && asks(&words, heading) &&
		!holds_stem(&words, other, sizeof other / sizeof other[0]))
		role = holds_stem(&words, seen, sizeof seen / sizeof seen[0])
			       ? PM_SECTION_DETECTION
			       : PM_SECTION_CAUSE;
	pm_buf_release(&words.text);
	return role;
}
