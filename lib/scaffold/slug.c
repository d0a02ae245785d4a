/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The slug of a title: what an id says beside its date. Letters are folded by
 * base/utf8 first, so the table here holds only what has no plain Latin
 * letter under its marks, and other scripts where a letter has one reading.
 */
#include "pm/scaffold.h"

#include "base/utf8.h"

#define SLUG_MAX 60

struct reading {
	uint32_t cp;
	char latin[5];
};

/* Sorted by code point; lower case only, the title is folded before. */
static const struct reading readings[] = {
	{0x00DF, "ss"},
	{0x00E6, "ae"},
	{0x00F0, "d"},
	{0x00F8, "o"},
	{0x00FE, "th"},
	{0x0111, "d"},
	{0x0127, "h"},
	{0x0131, "i"},
	{0x0133, "ij"},
	{0x0138, "k"},
	{0x0142, "l"},
	{0x014B, "ng"},
	{0x0153, "oe"},
	{0x0167, "t"},
	{0x0192, "f"},
	{0x0259, "a"},
	{0x03B1, "a"},
	{0x03B2, "v"},
	{0x03B3, "g"},
	{0x03B4, "d"},
	{0x03B5, "e"},
	{0x03B6, "z"},
	{0x03B7, "i"},
	{0x03B8, "th"},
	{0x03B9, "i"},
	{0x03BA, "k"},
	{0x03BB, "l"},
	{0x03BC, "m"},
	{0x03BD, "n"},
	{0x03BE, "x"},
	{0x03BF, "o"},
	{0x03C0, "p"},
	{0x03C1, "r"},
	{0x03C2, "s"},
	{0x03C3, "s"},
	{0x03C4, "t"},
	{0x03C5, "y"},
	{0x03C6, "f"},
	{0x03C7, "ch"},
	{0x03C8, "ps"},
	{0x03C9, "o"},
	{0x0430, "a"},
	{0x0431, "b"},
	{0x0432, "v"},
	{0x0433, "g"},
	{0x0434, "d"},
	{0x0435, "e"},
	{0x0436, "zh"},
	{0x0437, "z"},
	{0x0438, "i"},
	{0x0439, "y"},
	{0x043A, "k"},
	{0x043B, "l"},
	{0x043C, "m"},
	{0x043D, "n"},
	{0x043E, "o"},
	{0x043F, "p"},
	{0x0440, "r"},
	{0x0441, "s"},
	{0x0442, "t"},
	{0x0443, "u"},
	{0x0444, "f"},
	{0x0445, "kh"},
	{0x0446, "ts"},
	{0x0447, "ch"},
	{0x0448, "sh"},
	{0x0449, "shch"},
	{0x044A, ""},
	{0x044B, "y"},
	{0x044C, ""},
	{0x044D, "e"},
	{0x044E, "yu"},
	{0x044F, "ya"},
	{0x0452, "dj"},
	{0x0454, "ye"},
	{0x0455, "dz"},
	{0x0456, "i"},
	{0x0457, "i"},
	{0x0458, "j"},
	{0x0459, "lj"},
	{0x045A, "nj"},
	{0x045B, "c"},
	{0x045E, "u"},
	{0x045F, "dz"},
	{0x0491, "g"},
};

#define NREADINGS (sizeof readings / sizeof *readings)

/* The Latin reading of a character, or NULL. */
static const char *find_reading(uint32_t cp)
{
	size_t low = 0, high = NREADINGS;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (readings[mid].cp == cp)
			return readings[mid].latin;
		if (readings[mid].cp < cp)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

/*
 * A Korean syllable is made of two or three letters by arithmetic; they are
 * read as in the Revised Romanization, each syllable for itself.
 */
static bool add_syllable(struct pm_buf *out, uint32_t cp)
{
	static const char initials[][3] = {"g", "kk", "n", "d", "tt", "r", "m",
		"b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"};
	static const char vowels[][4] = {"a", "ae", "ya", "yae", "eo", "e",
		"yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we",
		"wi", "yu", "eu", "ui", "i"};
	static const char finals[][3] = {"", "k", "k", "k", "n", "n", "n", "t",
		"l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t",
		"ng", "t", "t", "k", "t", "p", "t"};
	uint32_t number = cp - 0xAC00;

	if (cp < 0xAC00 || cp > 0xD7A3)
		return false;
	pm_buf_addf(out, "%s%s%s", initials[number / (21 * 28)],
		vowels[number / 28 % 21], finals[number % 28]);
	return true;
}

/* The ASCII letter or digit that a wide one of Chinese and Japanese text is. */
static uint32_t narrow(uint32_t cp)
{
	if ((cp >= 0xFF10 && cp <= 0xFF19) || (cp >= 0xFF41 && cp <= 0xFF5A))
		return cp - 0xFEE0;
	return cp >= 0xFF21 && cp <= 0xFF3A ? cp - 0xFEC0 : cp;
}

static bool ascii_word(uint32_t cp)
{
	return (cp >= 'a' && cp <= 'z') || (cp >= '0' && cp <= '9');
}

/* Marks within a word, as in "don't": they part nothing. */
static bool silent(uint32_t cp)
{
	return cp == '\'' || cp == 0x2019 || cp == 0x02BC || cp == 0x200C ||
	       cp == 0x200D;
}

/* Appends one "-" where a word ended. */
static void end_word(struct pm_buf *out, size_t start)
{
	if (out->len > start && out->ptr[out->len - 1] != '-')
		pm_buf_addc(out, '-');
}

/* Appends all words of a folded title, parted by "-". */
static void add_words(struct pm_buf *out, struct pm_slice title)
{
	size_t off = 0, start = out->len;

	while (off < title.len) {
		const char *latin;
		uint32_t cp;

		off += pm_utf8_next(title, off, &cp);
		cp = narrow(cp);
		latin = find_reading(cp);
		if (latin)
			pm_buf_adds(out, latin);
		else if (ascii_word(cp))
			pm_buf_addc(out, (char)cp);
		else if (add_syllable(out, cp))
			continue;
		else if (cp == '&') {
			end_word(out, start);
			pm_buf_adds(out, "and-");
		} else if (!silent(cp))
			end_word(out, start);
	}
}

/* Cuts to the limit, at the end of a word if one lies in the last half. */
static void cut(struct pm_buf *out, size_t start)
{
	if (out->len > start + SLUG_MAX) {
		size_t end = start + SLUG_MAX;

		while (end > start + SLUG_MAX / 2 && out->ptr[end] != '-')
			end--;
		if (out->ptr[end] != '-')
			end = start + SLUG_MAX;
		pm_buf_truncate(out, end);
	}
	while (out->len > start && out->ptr[out->len - 1] == '-')
		pm_buf_truncate(out, out->len - 1);
}

/* True when a letter remained; digits alone say nothing beside a date. */
static bool has_letter(const struct pm_buf *out, size_t start)
{
	for (size_t i = start; i < out->len; i++)
		if (out->ptr[i] >= 'a' && out->ptr[i] <= 'z')
			return true;
	return false;
}

/* Appends "incident-" and a digest (FNV-1a) of the title. */
static void add_digest(struct pm_buf *out, struct pm_slice title)
{
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < title.len; i++)
		hash = (hash ^ (unsigned char)title.ptr[i]) * 16777619u;
	pm_buf_addf(out, "incident-%08x", (unsigned)hash);
}

bool pm_slug(struct pm_buf *out, struct pm_slice title)
{
	struct pm_buf folded = PM_BUF_INIT;
	size_t start = out->len;
	bool said;

	pm_utf8_fold(&folded, title);
	add_words(out, pm_buf_slice(&folded));
	cut(out, start);
	said = has_letter(out, start);
	if (!said) {
		pm_buf_truncate(out, start);
		add_digest(out, title);
	}
	pm_buf_release(&folded);
	return said;
}
