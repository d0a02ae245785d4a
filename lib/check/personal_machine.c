/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Addresses of machines on the public network: whose they are is known to a
 * provider. Version numbers look like them, and networks are nobody.
 */
#include "check/personal.h"

#include <arpa/inet.h>
#include <stdint.h>

#include "base/ascii.h"

#define VERSION_REACH 24

/* Reserved for private use, documentation, tests, groups; or a resolver that
   everybody uses. */
static const struct {
	unsigned char octets[4];
	unsigned bits;
} reserved[] = {
	{{0, 0, 0, 0}, 8},
	{{1, 0, 0, 1}, 32},
	{{1, 1, 1, 1}, 32},
	{{8, 8, 0, 0}, 16},
	{{9, 9, 9, 9}, 32},
	{{10, 0, 0, 0}, 8},
	{{100, 64, 0, 0}, 10},
	{{127, 0, 0, 0}, 8},
	{{169, 254, 0, 0}, 16},
	{{172, 16, 0, 0}, 12},
	{{192, 0, 0, 0}, 24},
	{{192, 0, 2, 0}, 24},
	{{192, 168, 0, 0}, 16},
	{{198, 18, 0, 0}, 15},
	{{198, 51, 100, 0}, 24},
	{{203, 0, 113, 0}, 24},
	{{224, 0, 0, 0}, 3},
};

static bool is_public(const unsigned *octets)
{
	for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++) {
		unsigned differ = 0;

		for (size_t j = 0; j < 4; j++)
			differ = differ << 8 |
				 (octets[j] ^ reserved[i].octets[j]);
		if ((uint64_t)differ >> (32 - reserved[i].bits) == 0)
			return false;
	}
	return true;
}

/* A version has small numbers, or is called one just before. */
static bool is_version(struct pm_slice text, size_t off, const unsigned *octets)
{
	static const char *const words[] = {"version", "Version", "release",
		"Release", "upgrade", "Upgrade", "build", "bump"};
	size_t from = off < VERSION_REACH ? 0 : off - VERSION_REACH;
	struct pm_slice before = pm_slice_sub(text, from, off - from);
	bool small = true;

	for (size_t i = 0; i < 4; i++)
		small = small && octets[i] < 20;
	for (size_t i = 0; !small && i < 8; i++)
		small = before.len && memmem(before.ptr, before.len, words[i],
					      strlen(words[i]));
	return small;
}

/* Four numbers up to 255 with dots from off on; their length, or 0. */
static size_t read_four(struct pm_slice text, size_t off, unsigned *octets)
{
	size_t at = off;

	for (size_t i = 0; i < 4; i++) {
		size_t start = at;

		if (i && (at >= text.len || text.ptr[at++] != '.'))
			return 0;
		start = at;
		octets[i] = 0;
		while (at < text.len && at - start < 4 &&
			pm_is_digit(text.ptr[at]))
			octets[i] = octets[i] * 10 +
				    (unsigned)(text.ptr[at++] - '0');
		if (at == start || octets[i] > 255 ||
			(at - start > 1 && text.ptr[start] == '0'))
			return 0;
	}
	return at - off;
}

/* What goes on is something else: a longer number, a name, a network. */
static bool goes_on(struct pm_slice text, size_t end)
{
	if (end >= text.len)
		return false;
	if (text.ptr[end] == '.' || text.ptr[end] == '-')
		return end + 1 < text.len && pm_is_word(text.ptr[end + 1]);
	return pm_is_word(text.ptr[end]) || text.ptr[end] == '/';
}

static void find_four(
	struct pm_check *check, struct pm_slice text, pm_personal_fn fn)
{
	struct pm_personal one = {.name = "IP address"};
	ptrdiff_t at = (ptrdiff_t)check->doc->body_off;

	while ((at = pm_slice_find(text, (size_t)(at + 1), '.')) >= 0) {
		size_t off = (size_t)at, len;
		unsigned octets[4];

		if (!pm_is_digit(text.ptr[off - 1]) || off + 1 >= text.len ||
			!pm_is_digit(text.ptr[off + 1]))
			continue;
		while (off && pm_is_digit(text.ptr[off - 1]))
			off--;
		if (off && (pm_is_word(text.ptr[off - 1]) ||
				   strchr(".-/", text.ptr[off - 1])))
			continue;
		len = read_four(text, off, octets);
		if (!len || goes_on(text, off + len) || !is_public(octets) ||
			is_version(text, off, octets))
			continue;
		one.span = (struct pm_span){off, len};
		fn(check, &one);
	}
}

/* "2001:" or "3fff:", the beginning of every public address, at off. */
static bool begins_six(struct pm_slice text, size_t off)
{
	return (text.ptr[off] == '2' || text.ptr[off] == '3') &&
	       pm_is_hex(text.ptr[off + 1]) && pm_is_hex(text.ptr[off + 2]) &&
	       pm_is_hex(text.ptr[off + 3]) &&
	       (off == 0 || !(pm_is_word(text.ptr[off - 1]) ||
				    strchr(":.-", text.ptr[off - 1])));
}

/* 2001:db8::/32 and 3fff::/20. */
static bool is_documentation(const unsigned char *bytes)
{
	return !memcmp(bytes, "\x20\x01\x0d\xb8", 4) ||
	       (bytes[0] == 0x3f && bytes[1] == 0xff && bytes[2] < 0x10);
}

static void find_six(
	struct pm_check *check, struct pm_slice text, pm_personal_fn fn)
{
	struct pm_personal one = {.name = "IP address"};
	ptrdiff_t at = (ptrdiff_t)check->doc->body_off + 3;

	while ((at = pm_slice_find(text, (size_t)(at + 1), ':')) >= 0) {
		size_t off = (size_t)at - 4, end = (size_t)at;
		char address[64];
		unsigned char bytes[16];

		if (!begins_six(text, off))
			continue;
		while (end < text.len && end - off < sizeof address - 1 &&
			(pm_is_hex(text.ptr[end]) || text.ptr[end] == ':'))
			end++;
		/* At the end of a clause. */
		if (text.ptr[end - 1] == ':' && text.ptr[end - 2] != ':')
			end--;
		memcpy(address, text.ptr + off, end - off);
		address[end - off] = '\0';
		if (inet_pton(AF_INET6, address, bytes) != 1 ||
			goes_on(text, end) || is_documentation(bytes))
			continue;
		one.span = (struct pm_span){off, end - off};
		fn(check, &one);
	}
}

void pm_personal_machines(
	struct pm_check *check, struct pm_slice text, pm_personal_fn fn)
{
	find_four(check, text, fn);
	find_six(check, text, fn);
}
