/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Finding and hiding secrets. Three looks, each of which skips nearly all of a
 * text: for runs of at least RUN bytes, eight bytes at a time; for the "@"
 * behind a password in an address; for the first line of a private key. What is
 * found is rare, so what follows may take its time.
 */
#include "base/secret.h"

#include <stdlib.h>

#include "base/ascii.h"
#include "base/secret_form.h"
#include "base/vec.h"

/* The shortest run that a form of secrets.def, or a token behind "Bearer",
   makes: no secret is overlooked by skipping this far. */
#define RUN 18

/* How much of a secret may be shown. */
#define SHOWN 4

/* How far a password in an address, a key's end, a line's marks may be. */
#define ADDRESS_MOST 256
#define KEY_MOST     ((size_t)16 << 10)
#define LINE_MOST    1000

/* A password without a user's name before it; shorter ones are ports. */
#define NAMELESS_LEAST 6

/* The bytes of runs. */
static const struct pm_byte_set in_run = {{
	PM_BYTE_RANGE('0', '9') | PM_BYTE('+') | PM_BYTE('-') | PM_BYTE('.') |
		PM_BYTE('/') | PM_BYTE('='),
	PM_BYTE_RANGE('A', 'Z') | PM_BYTE_RANGE('a', 'z') | PM_BYTE('_') |
		PM_BYTE('~'),
}};

void pm_secrets_release(struct pm_secrets *secrets)
{
	pm_vec_release(secrets);
	secrets->len = 0;
}

static void add(struct pm_secrets *out, const char *name, size_t off,
	size_t len, size_t shown)
{
	struct pm_secret *secret = pm_vec_push(out);

	secret->name = name;
	secret->span = (struct pm_span){off, len};
	secret->hide = (struct pm_span){off + shown, len - shown};
}

/* --- runs ---------------------------------------------------------------- */

/* Azure's client secrets have their mark in the middle, at the tilde. */
static size_t add_azure(
	struct pm_slice text, size_t from, size_t tilde, struct pm_secrets *out)
{
	size_t end = tilde + 1, start = tilde - 5;

	if (tilde < from + 5 || text.ptr[tilde - 1] != 'Q' ||
		!pm_is_digit(text.ptr[tilde - 2]))
		return 0;
	while (end < text.len && end < tilde + 36 &&
		(pm_secret_word_byte(text.ptr[end]) ||
			strchr("~.-", text.ptr[end])))
		end++;
	if (end < tilde + 32 || end > tilde + 35 ||
		(start && pm_secret_word_byte(text.ptr[start - 1])) ||
		pm_secret_entropy(pm_slice_sub(text, start, end - start)) < 3)
		return 0;
	add(out, "Azure client secret", start, end - start, SHOWN);
	return end;
}

/* "123456789:" before a run of 35 is how Telegram's bots are called. */
static bool add_telegram(
	struct pm_slice text, size_t from, size_t end, struct pm_secrets *out)
{
	size_t digits = from;

	if (end - from != 35 || from < 9 || text.ptr[from - 1] != ':')
		return false;
	for (digits = from - 1; digits && pm_is_digit(text.ptr[digits - 1]);
		digits--)
		;
	if (from - 1 - digits < 8 || from - 1 - digits > 10 ||
		!pm_secret_near(text, digits, "telegram"))
		return false;
	add(out, "Telegram bot token", digits, end - digits, SHOWN);
	return true;
}

/* "Bearer " or "Basic " before a run, and "Authorization: " before that, in
   the line of a curl command. */
static bool add_header(
	struct pm_slice text, size_t from, size_t end, struct pm_secrets *out)
{
	size_t line = from < LINE_MOST ? 0 : from - LINE_MOST;
	struct pm_slice before = pm_slice_sub(text, line, from - line);
	struct pm_slice run = pm_slice_sub(text, from, end - from);

	if (from < 2 || text.ptr[from - 1] != ' ' ||
		(text.ptr[from - 2] != 'r' && text.ptr[from - 2] != 'c'))
		return false;
	if (!pm_slice_ends(before, "Bearer ") &&
		!pm_slice_ends(before, "bearer ") &&
		!pm_slice_ends(before, "Basic ") &&
		!pm_slice_ends(before, "basic "))
		return false;
	if (!pm_secret_near(before, before.len, "authorization:") ||
		!memmem(before.ptr, before.len, "curl ", 5) ||
		pm_secret_is_dummy(run) || pm_secret_entropy(run) < 3)
		return false;
	add(out, "credentials of a curl command", from, end - from, SHOWN);
	return true;
}

/* The secrets of one run. */
static void read_run(struct pm_slice text, size_t from, size_t end,
	const struct pm_byte_set *firsts, struct pm_secrets *out)
{
	size_t len, at = from;
	const char *name;

	if (add_telegram(text, from, end, out) ||
		add_header(text, from, end, out))
		return;
	while (at < end) {
		if (text.ptr[at] == '~') {
			len = add_azure(text, from, at, out);
			at = len ? len : at + 1;
			continue;
		}
		len = 0;
		if (pm_byte_in(firsts, text.ptr[at]) &&
			(at == 0 || !pm_secret_word_byte(text.ptr[at - 1])))
			len = pm_secret_form(text, at, &name);
		if (len) {
			add(out, name, at, len, SHOWN);
			at += len;
			continue;
		}
		/* No form begins within a word. */
		while (at < end && pm_secret_word_byte(text.ptr[at]))
			at++;
		while (at < end && text.ptr[at] != '~' &&
			!pm_secret_word_byte(text.ptr[at]))
			at++;
	}
}

/* False when one of eight bytes is none of a run, being above ASCII or below
   '+', as blanks, quotes and brackets are: the high bits tell. Only a byte
   above ASCII carries into the next, and fails by itself. */
static bool may_be_run(const char *at)
{
	const uint64_t high = 0x8080808080808080, over = 0x5555555555555555;
	uint64_t bytes;

	memcpy(&bytes, at, sizeof bytes);
	return ((bytes + over) & ~bytes & high) == high;
}

/*
 * Every run that is long enough fills eight bytes that begin at a multiple of
 * eight, and three more: at most seven are before the first such eight. Few
 * words fill them.
 */
static void find_runs(struct pm_slice text, struct pm_secrets *out)
{
	struct pm_byte_set firsts = {{0}};
	size_t at = 0, begin, end;

	while (at + 8 + 3 <= text.len) {
		if (!may_be_run(text.ptr + at) ||
			!may_be_run(text.ptr + at + 3)) {
			at += 8;
			continue;
		}
		begin = end = at;
		while (end < text.len && pm_byte_in(&in_run, text.ptr[end]))
			end++;
		/* The next eight that do not hold the byte at end. */
		at = (end + 8) & ~(size_t)7;
		while (begin && pm_byte_in(&in_run, text.ptr[begin - 1]))
			begin--;
		if (end - begin < RUN)
			continue;
		if (!firsts.bits[1])
			firsts = pm_secret_firsts();
		read_run(text, begin, end, &firsts, out);
	}
}

/* --- addresses ----------------------------------------------------------- */

/* The first byte after "://" when that stands before off, with neither blank
   nor "/" nor "@" between; else 0. */
static size_t authority(struct pm_slice text, size_t off)
{
	size_t least = off < ADDRESS_MOST ? 0 : off - ADDRESS_MOST;

	for (size_t at = off; at > least; at--) {
		char c = text.ptr[at - 1];

		if (c == '/')
			return at >= 3 && text.ptr[at - 2] == '/' &&
					       text.ptr[at - 3] == ':'
				       ? at
				       : 0;
		if (c == ' ' || c == '@' || c == '\n' || c == '\t' ||
			c == '\r' || c == '"' || c == '`')
			return 0;
	}
	return 0;
}

static void find_passwords(struct pm_slice text, struct pm_secrets *out)
{
	ptrdiff_t at = -1, colon;

	while ((at = pm_slice_find(text, (size_t)(at + 1), '@')) >= 0) {
		size_t end = (size_t)at, start = authority(text, end), off;
		struct pm_slice host = pm_slice_sub(text, end + 1, 8);

		if (!start)
			continue;
		colon = pm_slice_find(pm_slice_sub(text, 0, end), start, ':');
		if (colon < 0)
			continue;
		off = (size_t)colon + 1;
		/* Redis knows no user: "redis://:...@host". */
		if ((size_t)colon == start && end - off < NAMELESS_LEAST)
			continue;
		/* "postgres:postgres@" is how a database comes. */
		if (pm_slice_starts(host, "example.") ||
			pm_slice_eq(pm_slice_sub(text, off, end - off),
				pm_slice_sub(text, start, off - 1 - start)) ||
			pm_secret_is_dummy(pm_slice_sub(text, off, end - off)))
			continue;
		add(out, "password in an address", off, end - off,
			end - off < 16 ? 0 : SHOWN);
	}
}

/* --- private keys -------------------------------------------------------- */

#define KEY_BEGIN  "-----BEGIN "
#define KEY_DASHES 5
#define KEY_END    "-----END "
/* Fewer base64 characters in a row are a word of the text around. */
#define KEY_RUN 40

/* Offset behind "-----BEGIN RSA PRIVATE KEY-----" at off, or 0. */
static size_t key_head(struct pm_slice text, size_t off)
{
	struct pm_slice rest =
		pm_slice_sub(text, off + sizeof KEY_BEGIN - 1, 128);
	const char *dashes = memmem(rest.ptr, rest.len, "-----", 5);
	struct pm_slice title;

	if (!dashes)
		return 0;
	title = pm_slice_make(rest.ptr, (size_t)(dashes - rest.ptr));
	if (pm_slice_find(title, 0, '\n') >= 0 ||
		!(pm_slice_ends(title, "PRIVATE KEY") ||
			pm_slice_ends(title, "PRIVATE KEY BLOCK")))
		return 0;
	return (size_t)(dashes - text.ptr) + 5;
}

static bool is_key_byte(char c)
{
	return (pm_secret_word_byte(c) && c != '_') || c == '+' || c == '/' ||
	       c == '=';
}

/* Where the key's characters end that begin behind its first line at off; 0:
   there are none, only the line is mentioned. */
static size_t key_end(struct pm_slice text, size_t off)
{
	struct pm_slice rest = pm_slice_sub(text, off, KEY_MOST);
	const char *foot = memmem(rest.ptr, rest.len, KEY_END, 9);
	size_t len = foot ? (size_t)(foot - rest.ptr) : rest.len;
	size_t run = 0, last = 0;

	for (size_t i = 0; i < len; i++) {
		run = is_key_byte(rest.ptr[i]) ? run + 1 : 0;
		if (run >= KEY_RUN)
			last = i + 1;
		else if (!last && i > 1024)
			break;
		else if (!foot && last && i > last + 100)
			break;
	}
	if (!last)
		return 0;
	return off + (foot ? len : last);
}

static void find_keys(struct pm_slice text, struct pm_secrets *out)
{
	size_t at = 0, head, end, off;
	ptrdiff_t letter;

	/* A capital B is rare, dashes are not. */
	while ((letter = pm_slice_find(text, at + KEY_DASHES, 'B')) >= 0) {
		off = (size_t)letter - KEY_DASHES;
		at = off + 1;
		if (!pm_slice_starts(pm_slice_from(text, off), KEY_BEGIN))
			continue;
		head = key_head(text, off);
		if (!head)
			continue;
		end = key_end(text, head);
		add(out, "private key", off, (end ? end : head) - off,
			head - off);
		out->items[out->len - 1].mention = !end;
		at = end ? end : head;
	}
}

/* --- all of them --------------------------------------------------------- */

static int by_place(const void *pa, const void *pb)
{
	const struct pm_secret *a = pa, *b = pb;

	if (a->span.off != b->span.off)
		return a->span.off < b->span.off ? -1 : 1;
	return a->span.len > b->span.len ? -1 : a->span.len < b->span.len;
}

/* The line that holds off, or the one above it. */
static struct pm_slice line_of(struct pm_slice text, size_t off, bool above)
{
	size_t start = off, end;

	while (start && off - start < LINE_MOST && text.ptr[start - 1] != '\n')
		start--;
	if (above) {
		if (!start || text.ptr[start - 1] != '\n')
			return pm_slice_make(text.ptr, 0);
		return line_of(text, start - 1, false);
	}
	for (end = off; end < text.len && end - off < LINE_MOST; end++)
		if (text.ptr[end] == '\n')
			break;
	return pm_slice_make(text.ptr + start, end - start);
}

static bool has(struct pm_slice line, const char *mark)
{
	return line.len && memmem(line.ptr, line.len, mark, strlen(mark));
}

/* Somebody looked at it and found it harmless: the marks of gitleaks,
   trufflehog and detect-secrets. */
static bool is_allowed(struct pm_slice text, size_t off)
{
	struct pm_slice line = line_of(text, off, false);

	return has(line, "gitleaks:allow") || has(line, "trufflehog:ignore") ||
	       has(line, "pragma: allowlist secret") ||
	       has(line_of(text, off, true),
		       "pragma: allowlist nextline secret");
}

/* Sorts, and drops what is allowed or lies within another. */
static void settle(struct pm_slice text, struct pm_secrets *out, size_t first)
{
	size_t kept = first, end = 0;

	qsort(out->items + first, out->len - first, sizeof *out->items,
		by_place);
	for (size_t i = first; i < out->len; i++) {
		struct pm_secret secret = out->items[i];

		if (secret.span.off < end || is_allowed(text, secret.span.off))
			continue;
		end = secret.span.off + secret.span.len;
		out->items[kept++] = secret;
	}
	out->len = kept;
}

void pm_secrets_find(struct pm_slice text, struct pm_secrets *out)
{
	size_t first = out->len;

	if (!text.len)
		return;
	find_runs(text, out);
	find_passwords(text, out);
	find_keys(text, out);
	if (out->len > first)
		settle(text, out, first);
}

/* --- hiding -------------------------------------------------------------- */

static void hide(char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] > ' ')
			text[i] = 'x';
}

void pm_secrets_hide_part(
	const struct pm_secrets *secrets, size_t off, char *part, size_t len)
{
	for (size_t i = 0; i < secrets->len; i++) {
		const struct pm_secret *secret = &secrets->items[i];
		size_t from = secret->hide.off;
		size_t end = from + secret->hide.len;

		if (end <= off || from >= off + len)
			continue;
		from = from < off ? 0 : from - off;
		end = end - off < len ? end - off : len;
		hide(part + from, end - from);
	}
}

bool pm_secrets_hide(char *text, size_t len)
{
	struct pm_secrets secrets = {NULL, 0, 0};
	bool found;

	pm_secrets_find(pm_slice_make(text, len), &secrets);
	found = secrets.len > 0;
	pm_secrets_hide_part(&secrets, 0, text, len);
	pm_secrets_release(&secrets);
	return found;
}

void pm_secrets_hide_copies(const struct pm_secrets *secrets,
	struct pm_slice whole, char *text, size_t len)
{
	for (size_t i = 0; i < secrets->len; i++) {
		const struct pm_secret *secret = &secrets->items[i];
		const char *value = whole.ptr + secret->hide.off;
		char *end = text + len, *at = text;

		if (secret->hide.len < SHOWN)
			continue;
		while ((at = memmem(at, (size_t)(end - at), value,
				secret->hide.len))) {
			hide(at, secret->hide.len);
			at += secret->hide.len;
		}
	}
}
