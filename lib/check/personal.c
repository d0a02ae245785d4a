/* SPDX-License-Identifier: Apache-2.0 */
/* E-mail addresses and telephone numbers. */
#include "check/personal.h"

#include <strings.h>

#include "base/ascii.h"

static bool ends_nocase(struct pm_slice text, const char *tail)
{
	size_t len = strlen(tail);

	return text.len >= len &&
	       !strncasecmp(text.ptr + text.len - len, tail, len);
}

/* Domains that belong to nobody, to programs, or to lists. */
static bool is_nobody(struct pm_slice domain)
{
	static const char *const tails[] = {"example.com", "example.net",
		"example.org", ".example", ".internal", ".invalid", ".lan",
		".local", ".localhost", ".test", "googlegroups.com",
		"groups.io", "gserviceaccount.com", "noreply.github.com", NULL};

	for (size_t i = 0; tails[i]; i++)
		if (ends_nocase(domain, tails[i]))
			return true;
	return false;
}

/* Addresses of an office, not of a person. */
static bool is_office(struct pm_slice local)
{
	static const char *const names[] = {"abuse", "admin", "alerts",
		"billing", "contact", "dev", "devops", "donotreply",
		"engineering", "feedback", "git", "hello", "help", "helpdesk",
		"hostmaster", "info", "legal", "no-reply", "noreply", "oncall",
		"ops", "postmaster", "press", "privacy", "root", "sales",
		"security", "sponsors", "sre", "support", "team", "webmaster",
		NULL};
	static const char *const tails[] = {"-admin", "-dev", "-list", "-ops",
		"-support", "-team", "-users", NULL};

	for (size_t i = 0; names[i]; i++)
		if (pm_slice_is_nocase(local, names[i]))
			return true;
	for (size_t i = 0; tails[i]; i++)
		if (ends_nocase(local, tails[i]))
			return true;
	return false;
}

/* Length of a domain name with a dot and letters at its end; 0: none. */
static size_t domain_len(struct pm_slice text)
{
	size_t len = 0, last = 0, tail = 0;

	while (len < text.len &&
		(pm_is_letter(text.ptr[len]) || pm_is_digit(text.ptr[len]) ||
			strchr(".-", text.ptr[len]))) {
		if (text.ptr[len] == '\0')
			break;
		len++;
	}
	while (len && strchr(".-", text.ptr[len - 1]))
		len--;
	for (size_t i = 0; i < len; i++)
		if (text.ptr[i] == '.')
			last = i;
	for (size_t i = last + 1; last && i < len; i++)
		tail += pm_is_letter(text.ptr[i]);
	return last && tail >= 2 && tail == len - last - 1 ? len : 0;
}

bool pm_personal_is_mailto(struct pm_slice text, size_t off)
{
	return ends_nocase(pm_slice_sub(text, 0, off), "mailto:");
}

/* Where the name of an address begins whose "@" is at off; off: it has none. */
static size_t mail_start(struct pm_slice text, size_t off)
{
	size_t start = off;

	while (start && off - start < 64 &&
		(pm_is_word(text.ptr[start - 1]) ||
			strchr(".%+-", text.ptr[start - 1])))
		start--;
	while (start < off && strchr(".%+-", text.ptr[start]))
		start++;
	/* Behind these it is a part of a URL or of a setting. */
	if (start && strchr("/:=@", text.ptr[start - 1]) &&
		!pm_personal_is_mailto(text, start))
		return off;
	return start;
}

static void find_mail(
	struct pm_check *check, struct pm_slice text, pm_personal_fn fn)
{
	struct pm_personal one = {.name = "e-mail address"};
	ptrdiff_t at = -1;

	while ((at = pm_slice_find(text, (size_t)(at + 1), '@')) >= 0) {
		size_t off = (size_t)at, start, len;

		if (off + 1 >= text.len || !pm_is_word(text.ptr[off + 1]))
			continue;
		start = mail_start(text, off);
		if (start == off)
			continue;
		len = domain_len(pm_slice_sub(text, off + 1, 255));
		if (!len || is_nobody(pm_slice_sub(text, off + 1, len)) ||
			is_office(pm_slice_sub(text, start, off - start)))
			continue;
		one.span = (struct pm_span){start, off + 1 + len - start};
		fn(check, &one);
	}
}

/* "2026-11-22" is no part of a number. */
static bool is_date(struct pm_slice text)
{
	for (size_t i = 0; i + 7 < text.len; i++)
		if (text.ptr[i + 4] == '-' && text.ptr[i + 7] == '-')
			return true;
	return false;
}

/* "+12 500 000 rows": thousands, with blanks between them. */
static bool is_figure(struct pm_slice text)
{
	size_t group = 0;

	for (size_t i = 1; i < text.len; i++) {
		if (pm_is_digit(text.ptr[i])) {
			group++;
			continue;
		}
		if (text.ptr[i] != ' ' || group == 0 || group > 3 ||
			(group < 3 && i > 3))
			return false;
		group = 0;
	}
	return group == 3 && text.len > 8 && pm_slice_ends(text, " 000");
}

/* Numbers of films and examples: 555 for the exchange, in North America. */
static bool is_fiction(struct pm_slice text)
{
	return text.len > 1 && text.ptr[1] == '1' &&
	       memmem(text.ptr, text.len, "555", 3);
}

/* "+1204 -37": lines that a change adds and removes. */
static bool is_diff(struct pm_slice text, size_t end)
{
	return end + 2 < text.len && text.ptr[end] == ' ' &&
	       text.ptr[end + 1] == '-' && pm_is_digit(text.ptr[end + 2]);
}

/* The digits behind the "+" at off, with single signs between them: how long
   all of it is, and how many digits; 0: no country's code begins there. */
static size_t phone_len(struct pm_slice text, size_t off, size_t *digits)
{
	size_t end = off + 1, last = off;

	*digits = 0;
	if (end >= text.len || text.ptr[end] < '1' || text.ptr[end] > '9' ||
		(off && (pm_is_word(text.ptr[off - 1]) ||
				strchr("+=-.", text.ptr[off - 1]))))
		return 0;
	for (; end < text.len && end < last + 3; end++) {
		if (pm_is_digit(text.ptr[end])) {
			++*digits;
			last = end;
		} else if (!strchr(" -.()/", text.ptr[end])) {
			break;
		}
	}
	return last + 1 - off;
}

static void find_phones(
	struct pm_check *check, struct pm_slice text, pm_personal_fn fn)
{
	struct pm_personal one = {.name = "telephone number"};
	ptrdiff_t at = (ptrdiff_t)check->doc->body_off - 1;

	while ((at = pm_slice_find(text, (size_t)(at + 1), '+')) >= 0) {
		size_t off = (size_t)at, digits;
		size_t len = phone_len(text, off, &digits), end = off + len;
		struct pm_slice number = pm_slice_sub(text, off, len);

		if (digits < 8 || digits > 15 || is_date(number) ||
			(end < text.len && pm_is_word(text.ptr[end])) ||
			is_fiction(number) || is_figure(number) ||
			is_diff(text, end))
			continue;
		one.span = (struct pm_span){off, len};
		fn(check, &one);
	}
}

void pm_personal_find(
	struct pm_check *check, struct pm_slice text, pm_personal_fn fn)
{
	find_mail(check, text, fn);
	find_phones(check, text, fn);
	pm_personal_numbers(check, text, fn);
	pm_personal_machines(check, text, fn);
}
