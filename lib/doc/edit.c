/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Edits by span. Where a value stands is known from libyaml's marks; what is
 * around it is looked for in the bytes, because a mark says nothing of the
 * comment behind a value or of the dash before it.
 */
#include "doc/edit.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/escape.h"
#include "doc/private.h"

void pm_edits_init(struct pm_edits *edits, const struct pm_doc *doc)
{
	*edits = (struct pm_edits){.doc = doc, .arena = PM_ARENA_INIT};
}

void pm_edits_release(struct pm_edits *edits)
{
	pm_arena_release(&edits->arena);
	pm_vec_release(&edits->items);
	edits->has_yaml = false;
}

void pm_edits_replace(
	struct pm_edits *edits, struct pm_span span, struct pm_slice text)
{
	struct pm_edit *edit = pm_vec_push(&edits->items);

	edit->span = span;
	edit->text = pm_arena_slice(&edits->arena, text);
	edit->order = edits->items.len;
}

static void insert(struct pm_edits *edits, size_t off, struct pm_slice text)
{
	pm_edits_replace(edits, (struct pm_span){off, 0}, text);
}

/* --- the bytes around --------------------------------------------------- */

static bool is_line_end(char c)
{
	return c == '\n' || c == '\r';
}

static size_t line_start(struct pm_slice src, size_t off)
{
	while (off > 0 && !is_line_end(src.ptr[off - 1]))
		off--;
	return off;
}

/* Where the line's end is, LF, CR or CRLF not counted. */
static size_t line_end(struct pm_slice src, size_t off)
{
	while (off < src.len && !is_line_end(src.ptr[off]))
		off++;
	return off;
}

static size_t next_line(struct pm_slice src, size_t off)
{
	off = line_end(src, off);
	if (off + 1 < src.len && src.ptr[off] == '\r' &&
		src.ptr[off + 1] == '\n')
		return off + 2;
	return off < src.len ? off + 1 : off;
}

/* What the document ends its first line with. */
static const char *eol_of(const struct pm_doc *doc)
{
	size_t end = line_end(doc->src, 0);

	if (next_line(doc->src, 0) - end == 2)
		return "\r\n";
	return end < doc->src.len && doc->src.ptr[end] == '\r' ? "\r" : "\n";
}

/* The end of a value: a block of text is marked up to the line after it. */
static size_t value_end(struct pm_slice src, struct pm_span span)
{
	size_t end = span.off + span.len;

	while (end > span.off && is_line_end(src.ptr[end - 1]))
		end--;
	return end;
}

/* Behind the colon of a key; SIZE_MAX: there is none where it should be. */
static size_t behind_colon(struct pm_slice src, struct pm_span key)
{
	size_t off = key.off + key.len;

	while (off < src.len && (src.ptr[off] == ' ' || src.ptr[off] == '\t'))
		off++;
	return off < src.len && src.ptr[off] == ':' ? off + 1 : SIZE_MAX;
}

/* --- values -------------------------------------------------------------- */

/* The value in quotes of the kind that stood there, if it can have them. */
static void put_value(struct pm_buf *out, char quote, struct pm_slice value)
{
	size_t from = out->len;

	pm_yaml_scalar(out, value);
	if (out->ptr[from] == '"' || (quote != '"' && quote != '\''))
		return;
	if (memchr(value.ptr, quote, value.len) ||
		memchr(value.ptr, '\\', value.len))
		return;
	pm_buf_truncate(out, from);
	pm_buf_addf(out, "%c%.*s%c", quote, PM_SLICE_ARG(value), quote);
}

/* Blanks where the value is no further in than its key: a block of text may
   begin there, on a line of its own, and nothing else. */
static void put_indent(
	struct pm_buf *out, struct pm_slice src, const struct pm_field *field)
{
	size_t off = field->span.off, key = field->key.off;
	size_t at = off - line_start(src, off);

	if (!field->key.len)
		return;
	for (; at <= key - line_start(src, key); at++)
		pm_buf_addc(out, ' ');
}

void pm_edits_value(struct pm_edits *edits, const struct pm_field *field,
	struct pm_slice value)
{
	struct pm_slice src = edits->doc->src;
	struct pm_buf text = PM_BUF_INIT;
	size_t off;

	if (field->span.len) {
		put_indent(&text, src, field);
		put_value(&text, src.ptr[field->span.off], value);
		off = value_end(src, field->span) - field->span.off;
		pm_edits_replace(edits, (struct pm_span){field->span.off, off},
			pm_buf_slice(&text));
	} else if (field->key.len) {
		off = behind_colon(src, field->key);
		pm_buf_addc(&text, ' ');
		pm_yaml_scalar(&text, value);
		if (off != SIZE_MAX)
			insert(edits, off, pm_buf_slice(&text));
	}
	pm_buf_release(&text);
}

/* --- fields of the front matter ------------------------------------------ */

/* A place in the document for one in the front matter. */
static struct pm_span in_doc(const struct pm_edits *edits, struct pm_span span)
{
	span.off += edits->doc->own->front.off;
	return span;
}

static const struct pm_yaml_node *find(
	const struct pm_edits *edits, const char *key)
{
	return edits->yaml.root ? pm_yaml_get(edits->yaml.root, key) : NULL;
}

/* Blanks before the fields: most often none. */
static struct pm_slice indent_of(const struct pm_edits *edits, size_t off)
{
	size_t start = line_start(edits->doc->src, off);

	return pm_slice_sub(edits->doc->src, start, off - start);
}

/* True when nothing but blanks stands before off on its line. */
static bool begins_line(const struct pm_edits *edits, size_t off)
{
	return pm_slice_trim(indent_of(edits, off)).len == 0;
}

/* The front matter as a map in block style; false when it is none, and when a
   key does not begin its line, as in "? key": nothing can be written like it.
 */
static bool read_front(struct pm_edits *edits)
{
	const struct pm_doc_private *private = edits->doc->own;
	const struct pm_yaml_node *root, *node;

	/* Where it is not closed, nobody knows where its last field is. */
	if (!edits->doc->has_front || !private->fence.len ||
		private->front.off + private->front.len == edits->doc->body_off)
		return false;
	if (!edits->has_yaml)
		pm_yaml_parse(&edits->arena,
			pm_slice_sub(edits->doc->src, private->front.off,
				private->front.len),
			NULL, &edits->yaml);
	edits->has_yaml = true;
	root = edits->yaml.root;
	if (!edits->yaml.complete || edits->yaml.problems ||
		(root && (root->kind != PM_YAML_MAP || root->flow)))
		return false;
	for (node = root ? root->child : NULL; node; node = node->next)
		if (!begins_line(edits, in_doc(edits, node->key_span).off))
			return false;
	return true;
}

/* Adds lines behind the last field. */
static void add_lines(struct pm_edits *edits, struct pm_slice text)
{
	const struct pm_span *front = &edits->doc->own->front;

	insert(edits, front->off + front->len, text);
}

static struct pm_slice field_indent(const struct pm_edits *edits)
{
	const struct pm_yaml_node *root = edits->yaml.root;

	if (!root || !root->child)
		return pm_slice_make("", 0);
	return indent_of(edits, in_doc(edits, root->child->key_span).off);
}

bool pm_edits_add_fields(struct pm_edits *edits, struct pm_slice lines)
{
	if (!read_front(edits) || field_indent(edits).len)
		return false;
	add_lines(edits, lines);
	return true;
}

/* Where the first field stands, or the one behind the schema. */
static size_t first_off(const struct pm_edits *edits)
{
	struct pm_slice src = edits->doc->src;
	const struct pm_yaml_node *node =
		edits->yaml.root ? edits->yaml.root->child : NULL;
	size_t key, line;

	if (!node)
		return edits->doc->own->front.off;
	key = in_doc(edits, node->key_span).off;
	line = next_line(src, key);
	/* A value on the line below its key is not to be parted from it. */
	if (pm_slice_is(node->key, "schema") && node->kind == PM_YAML_SCALAR &&
		node->text.len &&
		value_end(src, in_doc(edits, node->span)) < line)
		return line;
	return line_start(src, key);
}

bool pm_edits_add_first(
	struct pm_edits *edits, const char *key, struct pm_slice value)
{
	struct pm_buf line = PM_BUF_INIT;

	if (!read_front(edits) || field_indent(edits).len)
		return false;
	pm_buf_addf(&line, "%s: ", key);
	pm_yaml_scalar(&line, value);
	pm_buf_adds(&line, eol_of(edits->doc));
	insert(edits, first_off(edits), pm_buf_slice(&line));
	pm_buf_release(&line);
	return true;
}

/* --- lists --------------------------------------------------------------- */

/* A new line with an item, as far in as said. */
static void put_item(struct pm_buf *out, const struct pm_edits *edits,
	struct pm_slice indent, struct pm_slice item)
{
	pm_buf_adds(out, eol_of(edits->doc));
	pm_buf_add_slice(out, indent);
	pm_buf_adds(out, "- ");
	pm_buf_add_slice(out, item);
}

/* Behind the last item of a list in block style. */
static bool append_block(struct pm_edits *edits,
	const struct pm_yaml_node *list, struct pm_slice item)
{
	struct pm_slice src = edits->doc->src;
	const struct pm_yaml_node *last = list->child;
	struct pm_span first = in_doc(edits, list->span), span;
	struct pm_buf text = PM_BUF_INIT;
	struct pm_slice indent = indent_of(edits, first.off);

	/* "- - a": a list that begins in the line of another. */
	if (src.ptr[first.off] != '-' || !begins_line(edits, first.off))
		return false;
	while (last->next)
		last = last->next;
	span = in_doc(edits, last->span);
	put_item(&text, edits, indent, item);
	insert(edits, line_end(src, value_end(src, span)), pm_buf_slice(&text));
	pm_buf_release(&text);
	return true;
}

/* Before the closing bracket, behind the last item. */
static void append_flow(struct pm_edits *edits, const struct pm_yaml_node *list,
	struct pm_slice item)
{
	const struct pm_yaml_node *last = list->child;
	struct pm_slice src = edits->doc->src;
	struct pm_buf text = PM_BUF_INIT;
	size_t off;

	while (last->next)
		last = last->next;
	off = value_end(src, in_doc(edits, last->span));
	/* "[key:," would make the comma a part of the key. */
	pm_buf_addf(&text, "%s, %.*s",
		off && src.ptr[off - 1] == ':' ? " " : "", PM_SLICE_ARG(item));
	insert(edits, off, pm_buf_slice(&text));
	pm_buf_release(&text);
}

/* The first item, on a line of its own; "[]", "~" and nothing give way. */
static bool append_first(struct pm_edits *edits,
	const struct pm_yaml_node *node, struct pm_slice item)
{
	struct pm_slice src = edits->doc->src;
	struct pm_span key = in_doc(edits, node->key_span);
	struct pm_span span = in_doc(edits, node->span);
	size_t off = behind_colon(src, key), end = off;
	struct pm_buf indent = PM_BUF_INIT, text = PM_BUF_INIT;

	if (off == SIZE_MAX)
		return false;
	if (node->span.len)
		end = value_end(src, span);
	else
		off = end = line_end(src, off);
	pm_buf_add_slice(&indent, indent_of(edits, key.off));
	pm_buf_adds(&indent, "  ");
	put_item(&text, edits, pm_buf_slice(&indent), item);
	pm_edits_replace(
		edits, (struct pm_span){off, end - off}, pm_buf_slice(&text));
	pm_buf_release(&indent);
	pm_buf_release(&text);
	return true;
}

static bool is_nothing(const struct pm_yaml_node *node)
{
	if (node->kind == PM_YAML_LIST)
		return !node->child;
	return node->kind == PM_YAML_SCALAR && !node->quoted &&
	       (!node->text.len || pm_slice_is(node->text, "~") ||
		       pm_slice_is_nocase(node->text, "null"));
}

bool pm_edits_append(
	struct pm_edits *edits, const char *key, struct pm_slice item)
{
	const struct pm_yaml_node *node;
	struct pm_buf text = PM_BUF_INIT;

	if (!read_front(edits))
		return false;
	node = find(edits, key);
	if (node && is_nothing(node))
		return append_first(edits, node, item);
	if (node && node->kind != PM_YAML_LIST)
		return false;
	if (node && !node->flow)
		return append_block(edits, node, item);
	if (node) {
		append_flow(edits, node, item);
		return true;
	}
	pm_buf_addf(&text, "%.*s%s:%s", PM_SLICE_ARG(field_indent(edits)), key,
		eol_of(edits->doc));
	pm_buf_addf(&text, "%.*s  - %.*s%s", PM_SLICE_ARG(field_indent(edits)),
		PM_SLICE_ARG(item), eol_of(edits->doc));
	add_lines(edits, pm_buf_slice(&text));
	pm_buf_release(&text);
	return true;
}

/* --- all together --------------------------------------------------------- */

static int by_place(const void *pa, const void *pb)
{
	const struct pm_edit *a = pa, *b = pb;

	if (a->span.off != b->span.off)
		return a->span.off < b->span.off ? -1 : 1;
	return a->order < b->order ? -1 : 1;
}

/* Copies src with the edits, which are sorted; false when two overlap. */
static bool copy(struct pm_slice src, const struct pm_edit *items, size_t n,
	struct pm_buf *out)
{
	size_t at = 0;

	for (size_t i = 0; i < n; i++) {
		struct pm_span span = items[i].span;

		if (span.off < at || span.off > src.len ||
			span.len > src.len - span.off)
			return false;
		pm_buf_add_slice(out, pm_slice_sub(src, at, span.off - at));
		pm_buf_add_slice(out, items[i].text);
		at = span.off + span.len;
	}
	pm_buf_add_slice(out, pm_slice_from(src, at));
	return true;
}

static bool apply(struct pm_slice src, struct pm_edit *items, size_t n,
	struct pm_buf *out)
{
	size_t before = out->len;

	if (n > 1)
		qsort(items, n, sizeof *items, by_place);
	if (copy(src, items, n, out))
		return true;
	pm_buf_truncate(out, before);
	return false;
}

bool pm_edits_apply(const struct pm_edits *edits, struct pm_buf *out)
{
	PM_VEC(struct pm_edit) items = {0};
	bool fits;

	for (size_t i = 0; i < edits->items.len; i++)
		*pm_vec_push(&items) = edits->items.items[i];
	fits = apply(edits->doc->src, items.items, items.len, out);
	pm_vec_release(&items);
	return fits;
}

void pm_edits_put(const struct pm_edits *edits, struct pm_buf *record)
{
	char digest[PM_SHA256_HEX];

	pm_sha256_hex(edits->doc->src, digest);
	pm_record_put_str(record, pm_slice_str(digest));
	pm_record_put_int(record, (int64_t)edits->items.len);
	for (size_t i = 0; i < edits->items.len; i++) {
		const struct pm_edit *edit = &edits->items.items[i];

		pm_record_put_int(record, (int64_t)edit->span.off);
		pm_record_put_int(record, (int64_t)edit->span.len);
		pm_record_put_str(record, edit->text);
	}
}

int pm_edits_replay(
	struct pm_record *record, struct pm_slice src, struct pm_buf *out)
{
	PM_VEC(struct pm_edit) items = {0};
	char digest[PM_SHA256_HEX];
	bool same, fits = false;
	int64_t n;

	pm_sha256_hex(src, digest);
	same = pm_slice_is(pm_record_str(record), digest);
	n = pm_record_int(record);
	for (; n > 0 && !record->bad; n--) {
		struct pm_edit *edit = pm_vec_push(&items);

		edit->span.off = (size_t)pm_record_int(record);
		edit->span.len = (size_t)pm_record_int(record);
		edit->text = pm_record_str(record);
		edit->order = items.len;
	}
	if (same && !record->bad)
		fits = apply(src, items.items, items.len, out);
	pm_vec_release(&items);
	return fits ? 0 : PM_EINVALID;
}
