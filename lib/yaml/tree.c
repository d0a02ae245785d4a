/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libyaml's events as a tree of nodes. Its own loader is not used: it follows
 * aliases and takes quadratic time over anchors. Its marks count code points
 * of the copy, so a cursor that walks with them turns them into bytes, and
 * the edits turn those into bytes of the text as given.
 */
#include "yaml/private.h"

#include <yaml.h>

#include "base/ascii.h"

#define POOL_NODES 64

struct pm_yaml_nodes {
	struct pm_yaml_nodes *next;
	size_t used;
	struct pm_yaml_node items[POOL_NODES];
};

/* One open list or map. */
struct frame {
	struct pm_yaml_node *node; /* NULL at the bottom and within a key */
	struct pm_yaml_node *last; /* its last child so far */
	bool map;
	bool have_key; /* the next node is the value of key */
	bool aside;    /* what is in it is not kept: it is a key */
	struct pm_slice key;
	struct pm_span key_span;
};

struct builder {
	struct pm_yaml_reader *rd;
	yaml_parser_t parser;
	struct pm_yaml_nodes *pool; /* the one in use */
	struct frame *frames;       /* max_depth + 1 of them */
	unsigned depth;
	unsigned documents;
	struct pm_span first_document; /* its "---", if written */
	size_t index, off;             /* the cursor in copy */
	bool done;
};

/* The byte in copy of a code point; cheap when near the last one asked. */
static size_t byte_at(struct builder *b, size_t index)
{
	struct pm_slice copy = b->rd->copy;

	if (b->rd->ascii)
		return index < copy.len ? index : copy.len;
	while (b->index < index && b->off < copy.len) {
		b->off++;
		while (b->off < copy.len && (copy.ptr[b->off] & 0xc0) == 0x80)
			b->off++;
		b->index++;
	}
	while (b->index > index && b->off > 0) {
		b->off--;
		while (b->off > 0 && (copy.ptr[b->off] & 0xc0) == 0x80)
			b->off--;
		b->index--;
	}
	return b->off;
}

/* The bytes [from, to) of copy, as a span of the text as given. */
static struct pm_span origin(struct builder *b, size_t from, size_t to)
{
	if (b->rd->edits.len) {
		from = pm_yaml_text_origin(b->rd, from);
		to = pm_yaml_text_origin(b->rd, to);
	}
	return (struct pm_span){from, to > from ? to - from : 0};
}

/* Its nodes are zeroed one by one, as they are used. */
static struct pm_yaml_nodes *new_pool(struct pm_arena *arena)
{
	struct pm_yaml_nodes *pool = pm_arena_raw(arena, 1, sizeof *pool);

	pool->next = NULL;
	pool->used = 0;
	return pool;
}

/* A zeroed node; those of an earlier attempt are used again. */
static struct pm_yaml_node *new_node(struct builder *b)
{
	struct pm_yaml_node *node;

	if (b->pool->used == POOL_NODES) {
		if (!b->pool->next)
			b->pool->next = new_pool(b->rd->arena);
		b->pool = b->pool->next;
		b->pool->used = 0;
	}
	node = &b->pool->items[b->pool->used++];
	*node = (struct pm_yaml_node){0};
	return node;
}

/* Reports an anchor, tag or alias that begins at off in copy. */
static void refuse_property(struct builder *b, size_t off, size_t end)
{
	struct pm_slice copy = b->rd->copy;
	struct pm_slice name = pm_slice_sub(copy, off, end - off);
	const char *what = "tags";

	if (copy.ptr[off] == '&')
		what = "anchors";
	else if (copy.ptr[off] == '*')
		what = "aliases";
	pm_yaml_problem(b->rd, PM_YAML_SYNTAX, origin(b, off, end),
		*what == 'a' ? "put the value in quotes if it is meant as text"
			     : "delete it, or put the value in quotes",
		"'%.*s': %s are not part of pm's YAML", PM_SLICE_ARG(name),
		what);
}

static bool is_white(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Where the anchor or tag that begins at off ends. */
static size_t property_end(struct pm_slice copy, size_t off)
{
	bool anchor = copy.ptr[off++] == '&';

	while (off < copy.len && !is_white(copy.ptr[off])) {
		char c = copy.ptr[off];
		bool name = pm_is_digit(c) || c == '_' || c == '-' ||
			    pm_is_letter(c);

		if (anchor ? !name : pm_yaml_among(c, ",[]{}"))
			break;
		off++;
	}
	return off;
}

/*
 * A node's mark stands before its anchor and tag: reports them and returns
 * where the node itself begins, at most end.
 */
static size_t skip_properties(struct builder *b, size_t off, size_t end)
{
	struct pm_slice copy = b->rd->copy;

	while (off < end && (copy.ptr[off] == '&' || copy.ptr[off] == '!')) {
		size_t next = property_end(copy, off);

		refuse_property(b, off, next);
		while (next < end && is_white(copy.ptr[next]))
			next++;
		off = next < end ? next : end;
	}
	return off;
}

/* Hangs a finished or just opened node into the open list or map. */
static void attach(struct builder *b, struct pm_yaml_node *node)
{
	struct frame *top = &b->frames[b->depth];

	if (top->aside)
		return;
	if (top->map) {
		node->key = top->key;
		node->key_span = top->key_span;
		top->have_key = false;
	}
	node->parent = top->node;
	if (!top->node)
		b->rd->root = node;
	else if (top->last)
		top->last->next = node;
	else
		top->node->child = node;
	top->last = node;
}

static bool wants_key(const struct builder *b)
{
	const struct frame *top = &b->frames[b->depth];

	return top->map && !top->have_key && !top->aside;
}

static void take_key(
	struct builder *b, struct pm_slice key, struct pm_span span)
{
	struct frame *top = &b->frames[b->depth];

	top->have_key = true;
	top->key = key;
	top->key_span = span;
}

/*
 * The decoded value of a scalar that stands at [from, to) in copy: a slice of
 * the text as given where decoding changed nothing, else of the arena.
 */
static struct pm_slice decoded(
	struct builder *b, const yaml_event_t *event, size_t from, size_t to)
{
	struct pm_yaml_reader *rd = b->rd;
	struct pm_slice value =
		pm_slice_make((const char *)event->data.scalar.value,
			event->data.scalar.length);
	bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	struct pm_slice written;
	struct pm_span span;
	bool same;

	if (!plain && to >= from + 2) {
		from++;
		to--;
	}
	written = pm_slice_sub(rd->copy, from, to - from);
	span = origin(b, from, to);
	same = pm_slice_eq(written, value) && span.len == value.len;
	if (same || pm_yaml_text_filled(rd, span))
		return pm_slice_sub(rd->text, span.off, span.len);
	if (rd->standins)
		return pm_yaml_text_restore(rd->arena, value);
	return pm_arena_slice(rd->arena, value);
}

static void on_scalar(struct builder *b, const yaml_event_t *event)
{
	size_t from = byte_at(b, event->start_mark.index);
	size_t to = byte_at(b, event->end_mark.index);
	struct pm_yaml_node *node;
	struct pm_slice text;
	struct pm_span span;

	if (event->data.scalar.anchor || event->data.scalar.tag)
		from = skip_properties(b, from, to);
	if (to < from)
		to = from;
	text = decoded(b, event, from, to);
	span = origin(b, from, to);
	if (wants_key(b)) {
		take_key(b, text, span);
		return;
	}
	node = new_node(b);
	node->kind = PM_YAML_SCALAR;
	node->text = text;
	node->span = span;
	node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	attach(b, node);
}

/* An alias counts as the text it is written with. */
static void on_alias(struct builder *b, const yaml_event_t *event)
{
	size_t from = byte_at(b, event->start_mark.index);
	size_t to = byte_at(b, event->end_mark.index);
	struct pm_span span = origin(b, from, to);
	struct pm_slice text = pm_slice_sub(b->rd->text, span.off, span.len);
	struct pm_yaml_node *node;

	refuse_property(b, from, to);
	if (wants_key(b)) {
		take_key(b, text, span);
		return;
	}
	node = new_node(b);
	node->kind = PM_YAML_SCALAR;
	node->text = text;
	node->span = span;
	attach(b, node);
}

/* Stops at a list or map that is nested too deep. */
static void too_deep(struct builder *b, size_t off)
{
	struct pm_yaml_stop *stop = &b->rd->stop;

	pm_yaml_problem(b->rd, PM_YAML_LIMIT, origin(b, off, off + 1), NULL,
		"lists and maps are nested more than %u deep",
		b->rd->max_depth);
	*stop = (struct pm_yaml_stop){.set = true,
		.final = true,
		.context = "",
		.problem = "",
		.off = off};
	b->done = true;
}

static void on_open(struct builder *b, const yaml_event_t *event)
{
	bool map = event->type == YAML_MAPPING_START_EVENT;
	const yaml_char_t *anchor = map ? event->data.mapping_start.anchor
					: event->data.sequence_start.anchor;
	const yaml_char_t *tag = map ? event->data.mapping_start.tag
				     : event->data.sequence_start.tag;
	size_t off = byte_at(b, event->start_mark.index);
	bool aside = b->frames[b->depth].aside || wants_key(b);
	struct pm_yaml_node *node = NULL;

	if (b->depth >= b->rd->max_depth) {
		too_deep(b, off);
		return;
	}
	if (anchor || tag)
		off = skip_properties(b, off, b->rd->copy.len);
	if (!aside) {
		node = new_node(b);
		node->kind = map ? PM_YAML_MAP : PM_YAML_LIST;
		node->flow = map ? event->data.mapping_start.style ==
					     YAML_FLOW_MAPPING_STYLE
				 : event->data.sequence_start.style ==
					     YAML_FLOW_SEQUENCE_STYLE;
		attach(b, node);
	}
	b->depth++;
	b->frames[b->depth] =
		(struct frame){.node = node, .map = map, .aside = aside};
	b->frames[b->depth].key_span = origin(b, off, off);
	if (node)
		node->span = b->frames[b->depth].key_span;
}

/* The end of what a block node holds: libyaml's mark is the next token's. */
static size_t block_end(const struct frame *frame)
{
	const struct pm_yaml_node *last = frame->last;
	size_t end;

	if (!last)
		return frame->node->span.off;
	end = last->span.off + last->span.len;
	if (frame->map && last->key_span.off + last->key_span.len > end)
		end = last->key_span.off + last->key_span.len;
	return end;
}

static void on_close(struct builder *b, const yaml_event_t *event)
{
	struct frame *top = &b->frames[b->depth];
	size_t end =
		pm_yaml_text_origin(b->rd, byte_at(b, event->end_mark.index));
	struct pm_yaml_node *node = top->node;

	b->depth--;
	if (node) {
		/* A map of one pair in a flow list has no brackets. */
		bool bare = node->flow &&
			    event->end_mark.index == event->start_mark.index;

		if (!node->flow || bare)
			end = block_end(top);
		node->span.len =
			end > node->span.off ? end - node->span.off : 0;
		return;
	}
	if (wants_key(b) || b->frames[b->depth].aside) {
		struct pm_span span = top->key_span;

		if (b->frames[b->depth].aside)
			return;
		span.len = end > span.off ? end - span.off : 0;
		take_key(
			b, pm_slice_sub(b->rd->text, span.off, span.len), span);
		pm_yaml_problem(b->rd, PM_YAML_SYNTAX, span,
			"put it in quotes if it is meant as text",
			"a key must be text, not a list or map");
	}
}

static void on_document(struct builder *b, const yaml_event_t *event)
{
	size_t from = byte_at(b, event->start_mark.index);
	struct pm_span span = origin(b, from, from + 3);

	if (event->data.document_start.implicit)
		span.len = 0;
	if (++b->documents == 1) {
		b->first_document = span;
		return;
	}
	if (!span.len)
		span.len = 1;
	pm_yaml_problem(b->rd, PM_YAML_SYNTAX, span, "delete this line",
		"a second YAML document begins here");
	pm_yaml_problem_other(b->rd, b->first_document);
	b->done = true;
}

static void on_event(struct builder *b, const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_DOCUMENT_START_EVENT:
		on_document(b, event);
		break;
	case YAML_ALIAS_EVENT:
		on_alias(b, event);
		break;
	case YAML_SCALAR_EVENT:
		on_scalar(b, event);
		break;
	case YAML_SEQUENCE_START_EVENT:
	case YAML_MAPPING_START_EVENT:
		on_open(b, event);
		break;
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		on_close(b, event);
		break;
	case YAML_STREAM_END_EVENT:
		b->done = true;
		break;
	default:
		break;
	}
}

/* Notes where libyaml stopped. */
static void on_error(struct builder *b)
{
	const yaml_parser_t *parser = &b->parser;
	struct pm_yaml_stop *stop = &b->rd->stop;
	size_t context = byte_at(b, parser->context_mark.index);
	size_t off = byte_at(b, parser->problem_mark.index);

	stop->set = true;
	stop->context = parser->context ? parser->context : "";
	stop->problem = parser->problem ? parser->problem : "";
	stop->off = pm_yaml_text_origin(b->rd, off);
	stop->context_off = parser->context
				    ? pm_yaml_text_origin(b->rd, context)
				    : stop->off;
}

/* Ends the lists and maps that are still open with what they hold. */
static void close_open(struct builder *b)
{
	for (; b->depth > 0; b->depth--) {
		struct frame *top = &b->frames[b->depth];

		if (top->node)
			top->node->span.len =
				block_end(top) - top->node->span.off;
	}
}

static void prepare(struct builder *b)
{
	struct pm_yaml_reader *rd = b->rd;

	rd->root = NULL;
	rd->stop = (struct pm_yaml_stop){0};
	if (!rd->nodes)
		rd->nodes = new_pool(rd->arena);
	b->pool = rd->nodes;
	b->pool->used = 0;
	b->frames =
		pm_arena_alloc(rd->arena, rd->max_depth + 1, sizeof *b->frames);
}

void pm_yaml_tree_read(struct pm_yaml_reader *rd)
{
	struct builder b = {.rd = rd};

	prepare(&b);
	pm_yaml_use(rd->arena);
	if (!yaml_parser_initialize(&b.parser)) {
		rd->stop = (struct pm_yaml_stop){.set = true,
			.final = true,
			.context = "",
			.problem = "out of memory"};
		return;
	}
	/* Said, not guessed: UTF-16 is refused, not understood. */
	yaml_parser_set_encoding(&b.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(
		&b.parser, (const unsigned char *)rd->copy.ptr, rd->copy.len);
	while (!b.done) {
		yaml_event_t event;

		if (!yaml_parser_parse(&b.parser, &event)) {
			on_error(&b);
			break;
		}
		on_event(&b, &event);
		if (!pm_yaml_keeps())
			yaml_event_delete(&event);
	}
	close_open(&b);
	if (!pm_yaml_keeps())
		yaml_parser_delete(&b.parser);
}

const struct pm_yaml_node *pm_yaml_tree_next(const struct pm_yaml_node *node)
{
	if (node->child)
		return node->child;
	while (node && !node->next)
		node = node->parent;
	return node ? node->next : NULL;
}
