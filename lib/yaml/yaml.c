/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading a YAML text again and again, a few times at most, until libyaml
 * gets to its end: each round mends the slip that stopped the one before. A
 * text without slips is read once.
 */
#include "yaml/private.h"

#include <stdlib.h>
#include <string.h>

#include "base/escape.h"

#define DEFAULT_BYTES (32 * 1024)
#define DEFAULT_DEPTH 16

/* Rounds of mending; a text with more slips than that is not YAML at all. */
#define MAX_ROUNDS 200

/* Problems that are kept: enough for any text that people mend by hand. */
#define MAX_PROBLEMS 200

/* A value longer than this is not repeated in a hint. */
#define MAX_ECHO 100

static struct pm_yaml_problem *add_problem(struct pm_yaml_reader *rd,
	enum pm_yaml_problem_kind kind, struct pm_span span)
{
	struct pm_yaml_problem *problem = pm_vec_push(&rd->problems);

	problem->kind = kind;
	problem->span = span;
	if (span.len > rd->text.len - span.off)
		problem->span.len = rd->text.len - span.off;
	return problem;
}

void pm_yaml_problem(struct pm_yaml_reader *rd, enum pm_yaml_problem_kind kind,
	struct pm_span span, const char *hint, const char *fmt, ...)
{
	struct pm_yaml_problem *problem;
	struct pm_buf buf = PM_BUF_INIT;
	va_list args;

	if (rd->problems.len >= MAX_PROBLEMS) {
		rd->overflow = true;
		return;
	}
	va_start(args, fmt);
	pm_buf_vaddf(&buf, fmt, args);
	va_end(args);
	problem = add_problem(rd, kind, span);
	problem->message = pm_arena_strdup(rd->arena, buf.ptr);
	problem->hint = hint;
	pm_buf_release(&buf);
}

void pm_yaml_problem_other(struct pm_yaml_reader *rd, struct pm_span other)
{
	if (rd->problems.len && !rd->overflow)
		rd->problems.items[rd->problems.len - 1].other = other;
}

const char *pm_yaml_hint_quote(const struct pm_yaml_reader *rd,
	const struct pm_yaml_shape *shape, struct pm_slice value)
{
	struct pm_slice key = pm_slice_sub(
		rd->text, shape->content, shape->key_end - shape->content);
	struct pm_buf buf = PM_BUF_INIT;
	const char *hint;

	if (value.len > MAX_ECHO)
		return "put the value in double quotes";
	pm_buf_adds(&buf, "write: ");
	if (shape->keyed)
		pm_buf_addf(&buf, "%.*s: ", PM_SLICE_ARG(key));
	else if (shape->item)
		pm_buf_adds(&buf, "- ");
	pm_yaml_scalar(&buf, value);
	hint = pm_arena_strdup(rd->arena, buf.ptr);
	pm_buf_release(&buf);
	return hint;
}

/* Takes the problems [from, to) out again: their attempt is void. */
static void drop_problems(struct pm_yaml_reader *rd, size_t from, size_t to)
{
	struct pm_yaml_problem *items = rd->problems.items;

	if (to > from)
		memmove(&items[from], &items[to],
			(rd->problems.len - to) * sizeof *items);
	rd->problems.len -= to - from;
}

/* Reads the text until nothing more can be mended. */
static void read_text(struct pm_yaml_reader *rd)
{
	for (unsigned round = 0; round < MAX_ROUNDS; round++) {
		size_t before = rd->problems.len, after;
		bool again;

		pm_yaml_text_apply(rd);
		pm_yaml_tree_read(rd);
		after = rd->problems.len;
		if (rd->stop.final || rd->overflow)
			return;
		again = pm_yaml_suspect(rd);
		if (!again && rd->stop.set)
			again = pm_yaml_slip(rd);
		if (!again)
			return;
		drop_problems(rd, before, after);
	}
	rd->overflow = true;
}

static int by_place(const void *a, const void *b)
{
	const struct pm_yaml_problem *x = a, *y = b;

	if (x->span.off != y->span.off)
		return x->span.off < y->span.off ? -1 : 1;
	if (x->span.len != y->span.len)
		return x->span.len < y->span.len ? -1 : 1;
	return strcmp(x->message, y->message);
}

/* Hands the problems over, sorted and linked. */
static void take_problems(struct pm_yaml_reader *rd, struct pm_yaml *out)
{
	size_t n = rd->problems.len;
	struct pm_yaml_problem *items;

	if (!n)
		return;
	qsort(rd->problems.items, n, sizeof *items, by_place);
	items = pm_arena_alloc(rd->arena, n, sizeof *items);
	memcpy(items, rd->problems.items, n * sizeof *items);
	for (size_t i = 0; i + 1 < n; i++)
		items[i].next = &items[i + 1];
	if (rd->overflow)
		items[n - 1].hint =
			"there are more problems than these; mend them first";
	out->problems = items;
}

/* True when the text is short enough; a longer one is not looked at. */
static bool check_size(struct pm_yaml_reader *rd, size_t limit)
{
	size_t len = rd->text.len;

	if (len <= limit)
		return true;
	pm_yaml_problem(rd, PM_YAML_LIMIT, (struct pm_span){0, 0}, NULL,
		"%zu bytes of YAML; pm reads at most %zu", len, limit);
	rd->stop.set = true;
	return false;
}

void pm_yaml_parse(struct pm_arena *arena, struct pm_slice text,
	const struct pm_yaml_limits *limits, struct pm_yaml *out)
{
	struct pm_lines lines = {0};
	struct pm_yaml_reader rd = {
		.arena = arena, .text = text, .lines = &lines};
	size_t bytes = DEFAULT_BYTES;

	*out = (struct pm_yaml){0};
	rd.max_depth = DEFAULT_DEPTH;
	if (limits && limits->bytes)
		bytes = limits->bytes;
	if (limits && limits->depth)
		rd.max_depth = limits->depth;
	if (check_size(&rd, bytes)) {
		pm_yaml_text_prepare(&rd);
		pm_yaml_plain(&rd);
		if (!rd.root)
			read_text(&rd);
		pm_yaml_inspect(&rd);
	}
	out->root = rd.root;
	out->complete = !rd.stop.set && rd.edits.len == 0;
	take_problems(&rd, out);
	pm_lines_release(&lines);
	pm_vec_release(&rd.edits);
	pm_vec_release(&rd.problems);
}

const struct pm_yaml_node *pm_yaml_get(
	const struct pm_yaml_node *map, const char *key)
{
	const struct pm_yaml_node *node;

	if (!map || map->kind != PM_YAML_MAP)
		return NULL;
	for (node = map->child; node; node = node->next) {
		if (pm_slice_is(node->key, key))
			return node;
	}
	return NULL;
}
