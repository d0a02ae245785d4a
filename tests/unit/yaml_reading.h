/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the tests of the YAML reader share: one text, what was read from it,
 * and assertions that say what they saw.
 */
#ifndef YAML_READING_H
#define YAML_READING_H

#include "yaml/yaml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/lines.h"

/* One text under test. */
struct reading {
	struct pm_arena arena;
	struct pm_slice text;
	struct pm_lines lines;
	struct pm_yaml yaml;
};

static inline void read_bytes(struct reading *r, const char *text, size_t len)
{
	static const struct pm_arena empty = PM_ARENA_INIT;

	r->arena = empty;
	r->text = pm_slice_make(text, len);
	pm_lines_init(&r->lines, r->text);
	pm_yaml_parse(&r->arena, r->text, NULL, &r->yaml);
}

static inline void read_text(struct reading *r, const char *text)
{
	read_bytes(r, text, strlen(text));
}

static inline void release(struct reading *r)
{
	pm_lines_release(&r->lines);
	pm_arena_release(&r->arena);
}

static inline const struct pm_yaml_node *get(
	const struct reading *r, const char *key)
{
	const struct pm_yaml_node *node = pm_yaml_get(r->yaml.root, key);

	if (!node)
		fail_msg("no key '%s' in: %s", key, r->text.ptr);
	return node;
}

/* The bytes of a span are exactly these. */
static inline void assert_span(
	const struct reading *r, struct pm_span span, const char *bytes)
{
	struct pm_slice written = pm_slice_sub(r->text, span.off, span.len);

	if (!pm_slice_is(written, bytes))
		fail_msg("span is '%.*s', not '%s'", PM_SLICE_ARG(written),
			bytes);
}

static inline void assert_text(
	const struct pm_yaml_node *node, const char *text)
{
	assert_non_null(node);
	if (!pm_slice_is(node->text, text))
		fail_msg("text is '%.*s', not '%s'", PM_SLICE_ARG(node->text),
			text);
}

/* Exactly one problem, there and with these words. */
static inline void assert_problem(const struct reading *r,
	const struct pm_yaml_problem *p, unsigned line, unsigned col,
	const char *message, const char *hint)
{
	struct pm_pos pos;

	if (!p)
		fail_msg("no problem in: %s", r->text.ptr);
	pos = pm_lines_pos(&r->lines, p->span.off);
	if (pos.line != line || pos.col != col ||
		strcmp(p->message, message) != 0)
		fail_msg("got %u:%u %s, not %u:%u %s", pos.line, pos.col,
			p->message, line, col, message);
	if (!hint)
		assert_null(p->hint);
	else if (!p->hint || strcmp(p->hint, hint) != 0)
		fail_msg("hint is '%s', not '%s'", p->hint ? p->hint : "(none)",
			hint);
}

#endif
