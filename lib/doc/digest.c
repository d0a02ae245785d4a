/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The digest of what people approve. Front matter is read again and its values
 * are hashed, not its bytes: an edit of what does not count (an approval more,
 * an action that is done) would else leave a comma or a line behind. Lengths
 * stand before texts, so no two documents run together to the same bytes.
 */
#include "base/digest.h"

#include "doc/front.h"

struct sum {
	struct pm_sha256 sha;
	struct pm_buf head; /* what stands before a text */
};

static void add_text(struct sum *sum, char kind, struct pm_slice text)
{
	pm_buf_reset(&sum->head);
	pm_buf_addf(&sum->head, "%c%zu:", kind, text.len);
	pm_sha256_add(&sum->sha, pm_buf_slice(&sum->head));
	pm_sha256_add(&sum->sha, text);
}

static bool is_among(struct pm_slice key, const char *const *names)
{
	for (; *names; names++)
		if (pm_slice_is(key, *names))
			return true;
	return false;
}

/* What may change without anybody having to look at the text again. */
static bool is_progress(const struct pm_yaml_node *node)
{
	static const char *const head[] = {"approvals", "status", NULL};
	static const char *const action[] = {
		"proof", "reason", "status", "tracker", NULL};
	const struct pm_yaml_node *map = node->parent;

	if (!map || map->kind != PM_YAML_MAP)
		return false;
	if (!map->parent)
		return is_among(node->key, head);
	/* An item of action_items, or one map in place of the list. */
	if (map->parent->kind == PM_YAML_LIST)
		map = map->parent;
	return map->parent && !map->parent->parent &&
	       pm_slice_is(map->key, "action_items") &&
	       is_among(node->key, action);
}

/* The node after this one in the order of the text; NULL: that was all. */
static const struct pm_yaml_node *next_node(
	struct sum *sum, const struct pm_yaml_node *node, bool inside)
{
	if (inside && node->child)
		return node->child;
	for (; node; node = node->parent) {
		if (inside && node->kind != PM_YAML_SCALAR)
			add_text(sum, 'e', (struct pm_slice){NULL, 0});
		if (node->next)
			return node->next;
		inside = true;
	}
	return NULL;
}

/* Keys, texts and the ends of maps and lists, in order, without recursion. */
static void add_tree(struct sum *sum, const struct pm_yaml_node *node)
{
	static const char kinds[] = {
		[PM_YAML_SCALAR] = 't',
		[PM_YAML_MAP] = 'm',
		[PM_YAML_LIST] = 'l',
	};

	while (node) {
		bool counts = !is_progress(node);

		if (counts) {
			if (node->parent && node->parent->kind == PM_YAML_MAP)
				add_text(sum, 'k', node->key);
			add_text(sum, kinds[node->kind], node->text);
		}
		node = next_node(sum, node, counts);
	}
}

/* Front matter of which a part could not be read counts as it is written. */
static void add_front(struct sum *sum, const struct pm_doc *doc)
{
	struct pm_arena arena = PM_ARENA_INIT;
	struct pm_slice text = pm_slice_sub(
		doc->src, doc->own->front.off, doc->own->front.len);
	struct pm_yaml yaml;

	pm_yaml_parse(&arena, text, NULL, &yaml);
	if (yaml.complete)
		add_tree(sum, yaml.root);
	else
		add_text(sum, 'f', text);
	pm_arena_release(&arena);
}

/* The offset of the tick of an action's box in its line, or -1. */
static ptrdiff_t find_tick(struct pm_slice line)
{
	/* Blanks, bars of a table and marks of lists and quotes. */
	static const char marks[] = " \t>|-*+.)0123456789";

	for (size_t at = 0; at + 2 < line.len; at++) {
		char c = line.ptr[at];

		if (c == '[' && line.ptr[at + 2] == ']')
			return (ptrdiff_t)at + 1;
		if (!memchr(marks, c, sizeof marks - 1))
			break;
	}
	return -1;
}

static bool is_action_line(
	const struct pm_doc *doc, unsigned line, size_t *action)
{
	while (*action < doc->nactions && doc->actions[*action].line < line)
		++*action;
	return *action < doc->nactions && doc->actions[*action].in_body &&
	       doc->actions[*action].line == line;
}

/* Line by line, each with LF; blank lines at either end do not count. */
static void add_body(struct sum *sum, const struct pm_doc *doc)
{
	struct pm_slice body = pm_slice_from(doc->src, doc->body_off), line;
	struct pm_slice rest;
	unsigned number;
	size_t action = 0;

	if (!doc->body_off && pm_slice_starts(body, "\xef\xbb\xbf"))
		body = pm_slice_from(body, 3);
	body = pm_slice_trim(body);
	number = pm_doc_pos(doc, (size_t)(body.ptr - doc->src.ptr)).line;
	rest = body;
	for (; pm_slice_line(&rest, &line); number++) {
		ptrdiff_t tick = -1;

		if (is_action_line(doc, number, &action))
			tick = find_tick(line);
		if (tick >= 0) {
			pm_sha256_add(
				&sum->sha, pm_slice_sub(line, 0, (size_t)tick));
			pm_sha256_add(&sum->sha, pm_slice_str(" "));
			line = pm_slice_from(line, (size_t)tick + 1);
		}
		pm_sha256_add(&sum->sha, line);
		pm_sha256_add(&sum->sha, pm_slice_str("\n"));
	}
}

void pm_doc_digest(const struct pm_doc *doc, char out[PM_DIGEST_SIZE])
{
	struct sum sum = {.head = PM_BUF_INIT};

	pm_sha256_init(&sum.sha);
	/* Another way to compute it would have another name here. */
	add_text(&sum, 'd', pm_slice_str("post-mortem 1"));
	if (doc->has_front)
		add_front(&sum, doc);
	add_text(&sum, 'b', (struct pm_slice){NULL, 0});
	if (doc->src.len)
		add_body(&sum, doc);
	pm_sha256_end(&sum.sha, out);
	pm_buf_release(&sum.head);
}

bool pm_doc_digest_valid(struct pm_slice digest)
{
	struct pm_slice hex;

	if (!pm_slice_starts(digest, PM_DIGEST_PREFIX))
		return false;
	hex = pm_slice_from(digest, strlen(PM_DIGEST_PREFIX));
	for (size_t i = 0; i < hex.len; i++)
		if (!memchr("0123456789abcdef", hex.ptr[i], 16))
			return false;
	return hex.len == PM_SHA256_HEX - 1;
}
