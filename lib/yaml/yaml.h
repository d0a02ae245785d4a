/* SPDX-License-Identifier: Apache-2.0 */
/*
 * YAML as pm takes it: one document, read as events under limits into a tree
 * of nodes with byte spans. Anchors, aliases, tags, directives, duplicate and
 * merge keys are problems, never features. The only user of libyaml; its
 * marks (code points, its own idea of lines) become byte offsets here.
 */
#ifndef PM_YAML_YAML_H
#define PM_YAML_YAML_H

#include "base/arena.h"
#include "pm/slice.h"

enum pm_yaml_kind { PM_YAML_SCALAR, PM_YAML_MAP, PM_YAML_LIST };

struct pm_yaml_node {
	enum pm_yaml_kind kind;
	struct pm_span span;  /* bytes in the text, quotes included */
	struct pm_slice text; /* scalar: decoded value (text or arena) */
	bool quoted;          /* scalar: written in quotes or as a block */
	bool flow;            /* map, list: written with brackets */
	struct pm_slice key;  /* decoded key when the parent is a map */
	struct pm_span key_span;
	struct pm_yaml_node *child; /* first child, in source order */
	struct pm_yaml_node *next;  /* next sibling */
	struct pm_yaml_node *parent;
};

enum pm_yaml_problem_kind {
	PM_YAML_SYNTAX,    /* not YAML as pm takes it */
	PM_YAML_CHARACTER, /* bytes no text has: bad UTF-8, raw controls */
	PM_YAML_LIMIT,     /* too long or too deep */
};

/* One thing wrong with the text, in words that say what to type. */
struct pm_yaml_problem {
	enum pm_yaml_problem_kind kind;
	struct pm_span span;
	struct pm_span other; /* the first of two places; len 0: none */
	const char *message;  /* in the arena */
	const char *hint;     /* what to type instead, or NULL */
	struct pm_yaml_problem *next;
};

struct pm_yaml {
	struct pm_yaml_node *root; /* NULL when empty or unreadable */
	struct pm_yaml_problem *problems;
	bool complete; /* nothing had to be mended or left out */
};

struct pm_yaml_limits {
	size_t bytes;   /* 0: 32 KiB */
	unsigned depth; /* 0: 16 */
};

/*
 * Reads text into nodes that live in arena; spans count from text's start.
 * Never fails: what is wrong is in out->problems, in order of place. libyaml
 * stops at the first error; the usual slips are therefore mended in a copy,
 * as their hint says, and the rest is read, so that one run names them all.
 * A mended value is the text as its writer meant it; its span is where it
 * stands. What cannot be mended is left out and the nodes beside it are kept.
 */
void pm_yaml_parse(struct pm_arena *arena, struct pm_slice text,
	const struct pm_yaml_limits *limits, struct pm_yaml *out);

/* The value of key in a map (the first, if twice), or NULL. */
const struct pm_yaml_node *pm_yaml_get(
	const struct pm_yaml_node *map, const char *key);

#endif
