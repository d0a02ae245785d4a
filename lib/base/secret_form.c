/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Forms of secrets: read once from left to right, each part as long as its
 * class goes, and never back, so that no text makes it slow. What fits a form
 * is still checked: random characters have entropy, placeholders have not.
 */
#include "base/secret_form.h"

#include <math.h>
#include <strings.h>

#include "base/ascii.h"

/* How far a word that gives the context may stand away. */
#define NEAR 200

enum check { ENTROPY_3, ENTROPY_4, JWT, OPENAI };

struct form {
	const char *name, *form;
	enum check check;
	const char *near;
};

static const struct form forms[] = {
#define PM_SECRET(name, form, check, near) {name, form, check, near},
#include "base/secrets.def"
#undef PM_SECRET
};

#define NFORMS (sizeof forms / sizeof *forms)

#define DIGITS PM_BYTE_RANGE('0', '9')
#define CAPS   PM_BYTE_RANGE('A', 'Z')
#define SMALLS PM_BYTE_RANGE('a', 'z')

/* See secrets.def for the classes. */
static const struct {
	char class;
	struct pm_byte_set set;
} classes[] = {
	{'H', {{DIGITS, PM_BYTE_RANGE('A', 'F') | PM_BYTE_RANGE('a', 'f')}}},
	{'S', {{DIGITS | PM_BYTE('+') | PM_BYTE('/'), CAPS | SMALLS}}},
	{'a', {{DIGITS, CAPS | SMALLS}}},
	{'b', {{PM_BYTE_RANGE('2', '7'), CAPS}}},
	{'d', {{DIGITS, 0}}},
	{'h', {{DIGITS, PM_BYTE_RANGE('a', 'f')}}},
	{'k', {{DIGITS | PM_BYTE('-'), CAPS | SMALLS | PM_BYTE('_')}}},
	{'l', {{0, CAPS | SMALLS}}},
	{'m', {{DIGITS | PM_BYTE('-'), CAPS | SMALLS}}},
	{'n', {{DIGITS, SMALLS}}},
	{'s', {{DIGITS | PM_BYTE('+') | PM_BYTE('/') | PM_BYTE('='),
		      CAPS | SMALLS}}},
	{'u', {{DIGITS, CAPS}}},
	{'w', {{DIGITS, CAPS | SMALLS | PM_BYTE('_')}}},
};

static const struct pm_byte_set *class_set(char class)
{
	size_t i = 0;

	while (classes[i].class != class)
		i++;
	return &classes[i].set;
}

static unsigned read_number(const char **at)
{
	unsigned value = 0;

	for (; pm_is_digit(**at); ++*at)
		value = value * 10 + (unsigned)(**at - '0');
	return value;
}

/* Bytes of text that one part, "k22-43>", takes; 0: it does not fit. */
static size_t take_part(const char **part, struct pm_slice text)
{
	const struct pm_byte_set *set = class_set(*(*part)++);
	unsigned min = read_number(part), max = min;
	size_t len = 0;

	if (**part == '-') {
		++*part;
		max = read_number(part);
	}
	++*part;
	while (len < text.len && len < max && pm_byte_in(set, text.ptr[len]))
		len++;
	if (len < min)
		return 0;
	/* What goes on is no such secret, unless the form does, too. */
	if (!**part && len < text.len &&
		(pm_byte_in(set, text.ptr[len]) ||
			pm_secret_word_byte(text.ptr[len])))
		return 0;
	return len;
}

/* Bytes of text that fit a form; 0: it does not. */
static size_t fit(const char *form, struct pm_slice text)
{
	size_t len = 0, part;

	while (*form) {
		if (*form != '<') {
			if (len >= text.len || text.ptr[len] != *form)
				return 0;
			form++;
			len++;
			continue;
		}
		form++;
		part = take_part(&form, pm_slice_from(text, len));
		if (!part)
			return 0;
		len += part;
	}
	return len;
}

double pm_secret_entropy(struct pm_slice text)
{
	size_t counts[256] = {0};
	double bits = 0;

	for (size_t i = 0; i < text.len; i++)
		counts[(unsigned char)text.ptr[i]]++;
	for (size_t i = 0; i < 256; i++) {
		double share = (double)counts[i] / (double)text.len;

		if (counts[i])
			bits -= share * log2(share);
	}
	return bits;
}

static int sextet(char c)
{
	if (pm_is_capital(c))
		return c - 'A';
	if (pm_is_small(c))
		return c - 'a' + 26;
	if (pm_is_digit(c))
		return c - '0' + 52;
	return c == '-' || c == '+' ? 62 : 63;
}

/* The first part decodes to a JSON object that names an algorithm. */
static bool is_jwt(struct pm_slice text)
{
	ptrdiff_t dot = pm_slice_find(text, 0, '.');
	struct pm_buf json = PM_BUF_INIT;
	unsigned bits = 0, held = 0;
	bool fits;

	for (ptrdiff_t i = 0; i < dot; i++) {
		held = (held << 6 | (unsigned)sextet(text.ptr[i])) & 0xFFFF;
		bits += 6;
		if (bits >= 8) {
			bits -= 8;
			pm_buf_addc(&json, (char)(held >> bits & 0xFF));
		}
	}
	fits = json.len > 2 && json.ptr[0] == '{' &&
	       json.ptr[json.len - 1] == '}' && strstr(json.ptr, "\"alg\"");
	pm_buf_release(&json);
	return fits;
}

/* Not the class-hunting of a scanner that must not miss any: what follows is
   known to be wrong in a document. */
bool pm_secret_is_dummy(struct pm_slice word)
{
	static const char *const words[] = {"changeme", "example", "foo",
		"hunter2", "pass", "passwd", "password", "placeholder", "pwd",
		"redacted", "secret", "token", "your"};
	size_t same = 0;

	if (!word.len || strchr("$<{%[(", word.ptr[0]))
		return true;
	for (size_t i = 0; i < word.len; i++)
		same += word.ptr[i] == word.ptr[0];
	if (same == word.len)
		return true;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (pm_slice_is_nocase(word, words[i]))
			return true;
	return memmem(word.ptr, word.len, "EXAMPLE", 7) ||
	       memmem(word.ptr, word.len, "***", 3) ||
	       memmem(word.ptr, word.len, "xxxx", 4) ||
	       memmem(word.ptr, word.len, "XXXX", 4);
}

bool pm_secret_near(struct pm_slice text, size_t off, const char *word)
{
	size_t len = strlen(word), from = off < NEAR ? 0 : off - NEAR;
	struct pm_slice part = pm_slice_sub(text, from, 2 * NEAR);

	for (size_t i = 0; i + len <= part.len; i++)
		if (!strncasecmp(part.ptr + i, word, len))
			return true;
	return false;
}

static bool passes(const struct form *form, struct pm_slice text, size_t off,
	struct pm_slice secret)
{
	double least = form->check == ENTROPY_4 ? 4 : 3;

	if (pm_secret_is_dummy(secret) ||
		(form->near && !pm_secret_near(text, off, form->near)))
		return false;
	if (form->check == JWT)
		return is_jwt(secret);
	if (form->check == OPENAI &&
		!memmem(secret.ptr, secret.len, "T3BlbkFJ", 8))
		return false;
	return pm_secret_entropy(secret) >= least;
}

struct pm_byte_set pm_secret_firsts(void)
{
	struct pm_byte_set set = {{0}};

	for (size_t i = 0; i < NFORMS; i++) {
		unsigned first = (unsigned char)forms[i].form[0];

		set.bits[first >> 6] |= (uint64_t)1 << (first & 63);
	}
	return set;
}

/* In the order of the forms; none has a class there. */
static unsigned first_two(const char *at)
{
	return (unsigned char)at[0] * 256u + (unsigned char)at[1];
}

/* The number of the first form that begins with two or higher bytes. */
static size_t first_form(unsigned two)
{
	size_t low = 0, high = NFORMS;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (first_two(forms[mid].form) < two)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

size_t pm_secret_form(struct pm_slice text, size_t off, const char **name)
{
	struct pm_slice rest = pm_slice_from(text, off);
	unsigned two;

	if (rest.len < 2)
		return 0;
	two = first_two(rest.ptr);
	for (size_t i = first_form(two);
		i < NFORMS && first_two(forms[i].form) == two; i++) {
		size_t len = fit(forms[i].form, rest);

		if (!len || !passes(&forms[i], text, off,
				    pm_slice_sub(rest, 0, len)))
			continue;
		*name = forms[i].name;
		return len;
	}
	return 0;
}
