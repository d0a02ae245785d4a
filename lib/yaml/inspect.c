/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What YAML allows and pm does not: duplicate keys, merge keys, escapes that
 * stand for characters nobody sees; and comments that were not meant as such.
 * Looked for once, in the finished tree.
 */
#include "yaml/private.h"

#include <string.h>

#include "base/map.h"
#include "base/utf8.h"

/* Maps with fewer keys are searched, larger ones hashed. */
#define FEW_KEYS 32

static void tell_duplicate(struct pm_yaml_reader *rd,
	const struct pm_yaml_node *node, const struct pm_yaml_node *first)
{
	pm_yaml_problem(rd, PM_YAML_SYNTAX, node->key_span,
		"delete one of them", "'%.*s' stands twice",
		PM_SLICE_ARG(node->key));
	pm_yaml_problem_other(rd, first->key_span);
}

static void find_duplicates_few(
	struct pm_yaml_reader *rd, const struct pm_yaml_node *map)
{
	const struct pm_yaml_node *node, *first;

	for (node = map->child; node; node = node->next) {
		for (first = map->child; first != node; first = first->next) {
			if (pm_slice_eq(first->key, node->key)) {
				tell_duplicate(rd, node, first);
				break;
			}
		}
	}
}

static void find_duplicates_many(
	struct pm_yaml_reader *rd, const struct pm_yaml_node *map)
{
	const struct pm_yaml_node *node;
	struct pm_map seen = PM_MAP_INIT;

	for (node = map->child; node; node = node->next) {
		bool added;
		uintptr_t *value = pm_map_put(&seen, node->key, &added);

		if (added)
			*value = (uintptr_t)node;
		else
			tell_duplicate(
				rd, node, (const struct pm_yaml_node *)*value);
	}
	pm_map_release(&seen);
}

/* One bit of 64 that equal keys share; none of the keys that pm knows in one
   map share theirs. */
static uint64_t sign_of(struct pm_slice key)
{
	unsigned bit = 0;

	if (key.len)
		bit = (unsigned char)key.ptr[0] * 5u +
		      (unsigned char)key.ptr[key.len - 1] * 3u +
		      (unsigned)key.len * 7u;
	return UINT64_C(1) << (bit & 63);
}

static void inspect_map(
	struct pm_yaml_reader *rd, const struct pm_yaml_node *map)
{
	const struct pm_yaml_node *node;
	uint64_t seen = 0;
	bool apart = true;
	size_t keys = 0;

	for (node = map->child; node; node = node->next) {
		uint64_t sign = sign_of(node->key);

		apart = apart && !(seen & sign);
		seen |= sign;
		keys++;
		if (pm_slice_is(node->key, "<<") && node->key_span.len == 2)
			pm_yaml_problem(rd, PM_YAML_SYNTAX, node->key_span,
				"write the keys out",
				"merge keys are not part of pm's YAML");
	}
	if (apart)
		return;
	if (keys <= FEW_KEYS)
		find_duplicates_few(rd, map);
	else
		find_duplicates_many(rd, map);
}

/* The digits that follow \x, \u and \U. */
static size_t escape_digits(char letter)
{
	switch (letter) {
	case 'x':
		return 2;
	case 'u':
		return 4;
	case 'U':
		return 8;
	default:
		return 0;
	}
}

/* The character an escape stands for; 'A' for the harmless ones. */
static uint32_t escape_value(struct pm_slice digits, char letter)
{
	uint32_t cp = 0;

	switch (letter) {
	case '0':
		return 0;
	case 'a':
	case 'b':
	case 'v':
	case 'f':
	case 'e':
		return 0x1b;
	case 'N':
		return 0x85;
	case 'L':
	case 'P':
		return 0x2028;
	case 'x':
	case 'u':
	case 'U':
		break;
	default:
		return 'A';
	}
	for (size_t i = 0; i < digits.len; i++) {
		unsigned c = (unsigned char)digits.ptr[i] | 0x20u;

		/* Not a digit: mended, and told as no escape. */
		if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f'))
			return 'A';

		cp = cp * 16 + (c >= 'a' ? c - 'a' + 10u : c - 0x30u);
	}
	return cp;
}

/* Escapes of a double-quoted scalar for what nobody would see. */
static void inspect_escapes(struct pm_yaml_reader *rd, struct pm_span span)
{
	size_t end = span.off + span.len;

	for (size_t off = span.off + 1; off + 1 < end; off++) {
		struct pm_slice digits, escape;
		char letter = rd->text.ptr[off + 1];
		size_t n;

		if (rd->text.ptr[off] != '\\')
			continue;
		n = escape_digits(letter);
		digits = pm_slice_sub(rd->text, off + 2, n);
		escape = pm_slice_sub(rd->text, off, n + 2);
		if (pm_utf8_invisible(escape_value(digits, letter)))
			pm_yaml_problem(rd, PM_YAML_SYNTAX,
				(struct pm_span){off, n + 2}, "delete it",
				"the escape '%.*s' stands for an invisible "
				"character",
				PM_SLICE_ARG(escape));
		off++;
	}
}

/*
 * "title: Fix #123 now" has the value "Fix". A '#' that a letter or digit
 * follows at once was hardly meant as a comment: those are told, and a true
 * comment costs its writer one space ("# like this").
 */
static void inspect_comment(
	struct pm_yaml_reader *rd, const struct pm_yaml_node *node)
{
	struct pm_yaml_shape shape;
	size_t off = node->span.off + node->span.len;
	struct pm_slice text = rd->text;
	size_t hash = off;
	uint32_t cp;

	while (hash < text.len &&
		(text.ptr[hash] == ' ' || text.ptr[hash] == '\t'))
		hash++;
	if (hash == off || hash + 1 >= text.len || text.ptr[hash] != '#')
		return;
	pm_utf8_next(text, hash + 1, &cp);
	if (!pm_utf8_word(cp))
		return;
	shape = pm_yaml_shape_at(rd, off);
	pm_yaml_problem(rd, PM_YAML_SYNTAX,
		(struct pm_span){hash, shape.end - hash},
		pm_yaml_hint_quote(rd, &shape,
			pm_slice_trim(pm_slice_sub(
				text, shape.value, shape.end - shape.value))),
		node->text.len
			? "' #' begins a comment: the value is only '%.*s'"
			: "' #' begins a comment: the value is empty%.*s",
		PM_SLICE_ARG(node->text));
}

static void inspect_scalar(
	struct pm_yaml_reader *rd, const struct pm_yaml_node *node)
{
	struct pm_span span = node->span;

	if (!node->quoted) {
		inspect_comment(rd, node);
		return;
	}
	if (span.len > 2 && rd->text.ptr[span.off] == '"' &&
		memchr(rd->text.ptr + span.off, '\\', span.len))
		inspect_escapes(rd, span);
}

void pm_yaml_inspect(struct pm_yaml_reader *rd)
{
	const struct pm_yaml_node *node = rd->root;

	for (; node; node = pm_yaml_tree_next(node)) {
		if (node->kind == PM_YAML_MAP)
			inspect_map(rd, node);
		else if (node->kind == PM_YAML_SCALAR)
			inspect_scalar(rd, node);
	}
}
