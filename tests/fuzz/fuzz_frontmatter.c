/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Front matter: the bytes are read as YAML, then as the head of a document.
 * Every span a reader gives lies within the text, every problem has words,
 * and the tree hangs together. What is read without libyaml is what libyaml
 * would have read.
 */
#include "../unit/yaml_twice.h"
#include "fuzz.h"

#include "doc/doc.h"

enum { DEPTH_MAX = 64 };

static void check_node(
	const struct pm_yaml_node *node, struct pm_slice text, unsigned depth)
{
	FUZZ_CHECK(depth < DEPTH_MAX);
	FUZZ_CHECK(fuzz_within(node->span, text));
	FUZZ_CHECK(fuzz_within(node->key_span, text));
	FUZZ_CHECK(node->kind != PM_YAML_SCALAR || !node->child);
	for (const struct pm_yaml_node *child = node->child; child;
		child = child->next) {
		FUZZ_CHECK(child->parent == node);
		check_node(child, text, depth + 1);
	}
}

static void read_yaml(struct pm_slice text)
{
	struct pm_arena arena = PM_ARENA_INIT;
	struct pm_yaml yaml = {NULL, NULL, false};

	pm_yaml_parse(&arena, text, NULL, &yaml);
	if (yaml.root)
		check_node(yaml.root, text, 0);
	for (const struct pm_yaml_problem *p = yaml.problems; p; p = p->next) {
		FUZZ_CHECK(p->message && *p->message);
		FUZZ_CHECK(fuzz_within(p->span, text));
		FUZZ_CHECK(fuzz_within(p->other, text));
	}
	pm_arena_release(&arena);
}

static void check_list(const struct pm_field_list *list, struct pm_slice src)
{
	FUZZ_CHECK(fuzz_within(list->span, src));
	for (size_t i = 0; i < list->len; i++)
		FUZZ_CHECK(fuzz_within(list->items[i].span, src));
}

static void read_head(const struct pm_policy *policy, struct pm_slice text)
{
	struct pm_buf src = PM_BUF_INIT;
	struct pm_doc *doc;

	pm_buf_adds(&src, "---\n");
	pm_buf_add_slice(&src, text);
	pm_buf_adds(&src, "\n---\n\n# A title\n\n## Summary\n\nWords.\n");
	doc = pm_doc_parse(
		"postmortems/2026/2026-11-22-a.md", pm_buf_slice(&src), policy);
	FUZZ_CHECK(fuzz_within(doc->owner.span, doc->src));
	FUZZ_CHECK(fuzz_within(doc->title.span, doc->src));
	check_list(&doc->services, doc->src);
	check_list(&doc->tags, doc->src);
	for (size_t i = 0; i < PM_MOMENT_COUNT; i++) {
		const struct pm_moment_value *moment = &doc->times[i];

		FUZZ_CHECK(fuzz_within(moment->field.span, doc->src));
		FUZZ_CHECK(moment->valid || !moment->field.text.len ||
			   moment->why);
	}
	for (size_t i = 0; i < doc->nactions; i++)
		FUZZ_CHECK(fuzz_within(doc->actions[i].span, doc->src));
	for (size_t i = 0; i < doc->nproblems; i++) {
		FUZZ_CHECK(doc->problems[i].message);
		FUZZ_CHECK(fuzz_within(doc->problems[i].span, doc->src));
	}
	pm_doc_free(doc);
	pm_buf_release(&src);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pm_slice text = pm_slice_make((const char *)data, size);

	read_yaml(text);
	FUZZ_CHECK(read_twice(text) >= 0);
	read_head(fuzz_policy(), text);
	return 0;
}
