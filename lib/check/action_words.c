/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Titles of actions as orders. The lists are English (the verbs, which tell an
 * action from a remark when a body is read, are also Norwegian), and the
 * policy extends or replaces them; no list speaks of a language it does not
 * know, so without a verb only an English document is judged.
 */
#include "check/action_words.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/inline_text.h"
#include "base/utf8.h"

/* Without a number, a date or an outcome these never end. */
static const char *const vague[] = {"investigate", "investigating", "discuss",
	"look into", "look at", "looking into", "dig into", "improve",
	"improving", "be more", "be careful", "consider", "considering",
	"explore", "think about", "try to", "pay attention",
	"pay more attention", "keep an eye on", "raise awareness", "take care",
	"do better", "communicate better", NULL};

/* Longer than any of them. */
enum { VERB_MOST = 24 };

#define PM_VERB(text)                                                          \
	_Static_assert(sizeof(text) < VERB_MOST, "longer than VERB_MOST");
#include "check/verbs.def"
#undef PM_VERB

/* Without pointers: see base/inline_text.h. */
static const char verbs[][VERB_MOST] = {
#define PM_VERB(text) text,
#include "check/verbs.def"
#undef PM_VERB
};

/* What comes before an order without being one. */
static const char *const adverbs[] = {"also", "always", "do", "don't", "either",
	"first", "generally", "just", "maybe", "never", "not", "only", "please",
	"possibly", "then", NULL};

/* "When coming back, scale the cluster": the order comes behind the comma. */
static const char *const clauses[] = {"after", "as", "at", "before", "during",
	"for", "if", "in", "instead", "on", "once", "to", "until", "when",
	"whenever", "where", "while", "with", NULL};

static bool is_word(char c)
{
	return pm_is_letter(c) || c & 0x80 || pm_is_digit(c) || c == '\'' ||
	       c == '-' || c == '_';
}

bool pm_word_next(
	struct pm_slice *rest, struct pm_slice *word, struct pm_slice *gap)
{
	size_t from = 0, end;

	while (from < rest->len && !is_word(rest->ptr[from]))
		from++;
	for (end = from; end < rest->len && is_word(rest->ptr[end]);)
		end++;
	*gap = pm_slice_sub(*rest, 0, from);
	*word = pm_slice_sub(*rest, from, end - from);
	*rest = pm_slice_from(*rest, end);
	return word->len > 0;
}

bool pm_word_is_of(struct pm_slice word, const char *const *list)
{
	for (; *list; list++)
		if (pm_slice_is_nocase(word, *list))
			return true;
	return false;
}

bool pm_action_is_ahead(const struct pm_action *action)
{
	return action->title.text.len &&
	       (pm_action_is_open(action) ||
		       action->state == PM_ACTION_PROPOSED);
}

/* "#12", "shop/api#12", "OPS-12", an address. */
static bool is_ticket(struct pm_slice word)
{
	ptrdiff_t sign = pm_slice_find(word, 0, '#');
	size_t at = 0;

	if (pm_slice_starts(word, "https://") ||
		pm_slice_starts(word, "http://"))
		return true;
	if (sign >= 0) {
		at = (size_t)sign + 1;
	} else {
		while (at < word.len && pm_is_capital(word.ptr[at]))
			at++;
		if (at < 2 || at >= word.len || word.ptr[at] != '-')
			return false;
		at++;
	}
	word = pm_slice_from(word, at);
	for (at = 0; at < word.len && pm_is_digit(word.ptr[at]);)
		at++;
	return at && at == word.len;
}

bool pm_action_only_ticket(const struct pm_action *action)
{
	static const char signs[] = " \t\n,;:.()[]<>&";
	static const char *const words[] = {
		"and", "see", "issue", "ticket", "bug", "pr", NULL};
	struct pm_slice text = action->title.text, word;
	bool found = false;

	while (text.len) {
		size_t end = 0;

		/* A point stands in addresses as well: only the last is one. */
		while (end < text.len &&
			!memchr(" \t\n,;()[]<>", text.ptr[end], 11))
			end++;
		word = pm_slice_sub(text, 0, end);
		text = pm_slice_from(text, end + 1);
		while (word.len &&
			memchr(signs, word.ptr[word.len - 1], sizeof signs - 1))
			word.len--;
		if (!word.len || pm_word_is_of(word, words))
			continue;
		if (!is_ticket(word))
			return false;
		found = true;
	}
	return found;
}

static bool replaces_english(const struct pm_policy *policy)
{
	for (size_t i = 0; i < policy->nwording; i++)
		if (policy->wording[i].replace &&
			!strcmp(policy->wording[i].language, "en"))
			return true;
	return false;
}

/* The words of phrase begin text and end there. */
static bool begins(struct pm_slice text, const char *phrase)
{
	size_t len;

	if (text.len && (text.ptr[0] ^ phrase[0]) & ~0x20)
		return false;
	len = strlen(phrase);
	return pm_slice_is_nocase(pm_slice_sub(text, 0, len), phrase) &&
	       (len == text.len || !is_word(text.ptr[len]));
}

/* In one of the two lists. */
static bool is_verb(struct pm_slice text)
{
	struct pm_slice word, gap;
	char small[VERB_MOST];
	struct pm_slice key = {small, 0};

	if (pm_begins_with_verb(text))
		return true;
	if (!pm_word_next(&text, &word, &gap) || word.len >= sizeof small)
		return false;
	for (; key.len < word.len; key.len++)
		small[key.len] = pm_lower(word.ptr[key.len]);
	return bsearch(&key, verbs, sizeof verbs / sizeof *verbs, sizeof *verbs,
		       pm_inline_order) != NULL;
}

bool pm_action_has_verbs(const struct pm_check *check)
{
	const struct pm_policy *policy = check->policy;
	size_t n = 0;

	for (size_t i = 0; i < policy->nwording; i++)
		n += policy->wording[i].verbs.len;
	return n || !replaces_english(policy);
}

bool pm_action_begins_with_verb(
	const struct pm_check *check, struct pm_slice text)
{
	const struct pm_policy *policy = check->policy;
	size_t first = 0;

	if (!replaces_english(policy)) {
		if (is_verb(text))
			return true;
		/* "re-run" */
		while (first < text.len && is_word(text.ptr[first]) &&
			text.ptr[first] != '-')
			first++;
		if (first && first < 7 && first < text.len &&
			text.ptr[first] == '-')
			return is_verb(pm_slice_from(text, first + 1));
	}
	for (size_t i = 0; i < policy->nwording; i++)
		for (size_t j = 0; j < policy->wording[i].verbs.len; j++)
			if (begins(text, policy->wording[i].verbs.items[j]))
				return true;
	return false;
}

/* Behind brackets, numbers and signs at the beginning. */
static struct pm_slice skip_labels(struct pm_slice text)
{
	for (;;) {
		ptrdiff_t end = -1;

		while (text.len && !is_word(text.ptr[0]) &&
			!strchr("[(", text.ptr[0]))
			text = pm_slice_from(text, 1);
		if (text.len && text.ptr[0] == '[')
			end = pm_slice_find(text, 0, ']');
		else if (text.len && text.ptr[0] == '(')
			end = pm_slice_find(text, 0, ')');
		else if (text.len && pm_is_digit(text.ptr[0]))
			end = pm_slice_find(text, 0, ' ');
		if (end < 0)
			return text;
		text = pm_slice_from(text, (size_t)end + 1);
	}
}

/* Behind the first sign of this kind, when it comes early. */
static struct pm_slice behind(struct pm_slice text, char sign, size_t most)
{
	ptrdiff_t at = pm_slice_find(pm_slice_sub(text, 0, most), 0, sign);

	if (at < 0)
		return pm_slice_make(text.ptr, 0);
	return skip_labels(pm_slice_from(text, (size_t)at + 1));
}

struct pm_slice pm_action_order(const struct pm_check *check,
	const struct pm_action *action, bool *verb)
{
	struct pm_slice text = skip_labels(action->title.text);
	struct pm_slice rest = text, word, gap, next;

	*verb = pm_action_begins_with_verb(check, text);
	if (*verb || !pm_word_next(&rest, &word, &gap))
		return text;
	next = skip_labels(rest);
	if ((pm_word_is_of(word, adverbs) || pm_slice_ends(word, "ly")) &&
		pm_action_begins_with_verb(check, next)) {
		*verb = true;
		return next;
	}
	next = behind(text, ':', 40);
	if (next.len && pm_action_begins_with_verb(check, next)) {
		*verb = true;
		return next;
	}
	next = behind(text, ',', 100);
	if (next.len && pm_word_is_of(word, clauses) &&
		pm_action_begins_with_verb(check, next)) {
		*verb = true;
		return next;
	}
	return text;
}

struct pm_slice pm_action_vague(
	const struct pm_check *check, struct pm_slice order)
{
	const struct pm_policy *policy = check->policy;
	bool english = !replaces_english(policy);

	/* Most differ from each of them at once. */
	for (size_t i = 0; english && order.len && vague[i]; i++)
		if ((order.ptr[0] | 0x20) == vague[i][0] &&
			begins(order, vague[i]))
			return pm_slice_sub(order, 0, strlen(vague[i]));
	for (size_t i = 0; i < policy->nwording; i++)
		for (size_t j = 0; j < policy->wording[i].vague.len; j++) {
			const char *phrase = policy->wording[i].vague.items[j];

			if (begins(order, phrase))
				return pm_slice_sub(order, 0, strlen(phrase));
		}
	return pm_slice_make("", 0);
}

/* "200", "99.9%", "2026-12-01": but not the 8 of k8s, nor OPS-12. */
static bool has_number(struct pm_slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (pm_is_digit(text.ptr[i]) &&
			(i == 0 || strchr(" (<>=~+", text.ptr[i - 1])))
			return true;
	return false;
}

bool pm_action_has_bound(struct pm_slice order)
{
	static const char *const bounds[] = {"by", "until", "whether", NULL};
	struct pm_slice rest = order, word, gap, last = {"", 0};

	if (has_number(order))
		return true;
	for (size_t n = 0; pm_word_next(&rest, &word, &gap); n++) {
		/* "Investigate if": a question that has an answer. */
		if (pm_word_is_of(word, bounds) ||
			(n == 1 && pm_slice_is_nocase(word, "if")) ||
			(pm_slice_is_nocase(last, "so") &&
				pm_slice_is_nocase(word, "that")) ||
			(pm_slice_is_nocase(last, "and") &&
				pm_begins_with_verb(word)))
			return true;
		last = word;
	}
	return false;
}

bool pm_text_is_foreign(struct pm_slice text)
{
	size_t foreign = 0;

	for (size_t i = pm_utf8_skip_ascii(text, 0); i < text.len;
		i = pm_utf8_skip_ascii(text, i + 1))
		foreign++;
	return foreign * 3 > text.len;
}

/* Some six hundred words of a body tell its language. */
enum { SAMPLE = 4096 };

/* The letters of a short word, in lower case, as one number. */
#define WORD(a, b, c, d) ((uint32_t)(a) << 24 | (b) << 16 | (c) << 8 | (d))

/* The words that hold English sentences together. */
static bool is_function_word(struct pm_slice word)
{
	uint32_t letters = 0;

	if (word.len > sizeof letters)
		return false;
	for (size_t i = 0; i < word.len; i++)
		letters = letters << 8 | ((unsigned char)word.ptr[i] | 0x20u);
	switch (letters) {
	case WORD(0, 0, 0, 'a'):
	case WORD(0, 'a', 'n', 'd'):
	case WORD(0, 'f', 'o', 'r'):
	case WORD(0, 0, 'i', 'n'):
	case WORD(0, 0, 'i', 's'):
	case WORD(0, 0, 'i', 't'):
	case WORD(0, 0, 'o', 'f'):
	case WORD(0, 0, 'o', 'n'):
	case WORD('t', 'h', 'a', 't'):
	case WORD(0, 't', 'h', 'e'):
	case WORD('t', 'h', 'i', 's'):
	case WORD(0, 0, 't', 'o'):
	case WORD(0, 'w', 'a', 's'):
	case WORD(0, 0, 'w', 'e'):
	case WORD('w', 'e', 'r', 'e'):
	case WORD('w', 'i', 't', 'h'):
		return true;
	}
	return false;
}

bool pm_check_is_english(const struct pm_check *check)
{
	struct pm_slice text =
		pm_slice_sub(check->doc->src, check->doc->body_off, SAMPLE);
	size_t words = 0, known = 0, end;

	if (pm_text_is_foreign(text))
		return false;
	for (size_t i = 0; i < text.len; i = end + 1) {
		for (end = i; end < text.len && is_word(text.ptr[end]); end++)
			;
		if (end == i)
			continue;
		words++;
		if (!is_function_word(pm_slice_sub(text, i, end - i)))
			continue;
		known++;
		/* Enough, were each second byte that is left a word. */
		if (known * 100 > (words + (text.len - end) / 2) * 12)
			return true;
	}
	/* A few words tell less. */
	return words < 10 || known * 100 > words * (words < 50 ? 6 : 12);
}
