/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A text read with and without libyaml, for the unit tests and for the fuzz
 * entry: where yaml/plain.c reads it at all, both trees are the same.
 */
#ifndef YAML_TWICE_H
#define YAML_TWICE_H

#include "yaml/private.h"

static inline bool same_span(struct pm_span a, struct pm_span b)
{
	return a.off == b.off && a.len == b.len;
}

static inline bool same_tree(
	const struct pm_yaml_node *a, const struct pm_yaml_node *b)
{
	for (; a && b; a = a->next, b = b->next) {
		if (a->kind != b->kind || a->quoted != b->quoted ||
			a->flow != b->flow || !pm_slice_eq(a->text, b->text) ||
			!pm_slice_eq(a->key, b->key) ||
			!same_span(a->span, b->span) ||
			!same_span(a->key_span, b->key_span) ||
			!a->parent != !b->parent ||
			!same_tree(a->child, b->child))
			return false;
	}
	return !a && !b;
}

/* 1: both trees are the same; 0: only libyaml reads the text; -1: they
   differ. */
static inline int read_twice(struct pm_slice text)
{
	struct pm_arena arena = PM_ARENA_INIT;
	struct pm_lines lines = {0};
	struct pm_yaml_reader rd = {.arena = &arena,
		.text = text,
		.lines = &lines,
		.max_depth = 16};
	struct pm_yaml_node *plain;
	int result = 0;

	pm_yaml_text_prepare(&rd);
	pm_yaml_plain(&rd);
	plain = rd.root;
	if (plain) {
		pm_yaml_text_apply(&rd);
		pm_yaml_tree_read(&rd);
		/* No slip is hidden from those who look for them, either. */
		result = !rd.stop.set && !rd.problems.len &&
					 !pm_yaml_suspect(&rd) &&
					 same_tree(plain, rd.root)
				 ? 1
				 : -1;
	}
	pm_lines_release(&lines);
	pm_vec_release(&rd.edits);
	pm_vec_release(&rd.problems);
	pm_arena_release(&arena);
	return result;
}

#endif
