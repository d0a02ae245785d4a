/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Front matter into struct pm_doc. Here values are only given their types and
 * places; whether a severity exists or a moment comes before another is for
 * the rules to say. What has the wrong shape is a problem, and is still read
 * as far as its meaning is plain, so that one slip is one finding.
 */
#include "doc/front.h"

#include <stddef.h>
#include <string.h>

#include "base/ascii.h"
#include "base/escape.h"
#include "pm/nearest.h"

/* At most so many rows in one table. */
#define MAX_ROWS 24

/* A value longer than this is not repeated in a hint. */
#define MAX_ECHO 60

struct pm_span pm_front_span(const struct pm_front *front, struct pm_span span)
{
	span.off += front->base;
	return span;
}

bool pm_front_null(const struct pm_yaml_node *node)
{
	return node->kind == PM_YAML_SCALAR && !node->quoted &&
	       node->text.len <= 4 &&
	       (node->text.len == 0 || pm_slice_is(node->text, "~") ||
		       pm_slice_is_nocase(node->text, "null"));
}

void pm_front_type(struct pm_front *front, const struct pm_yaml_node *node,
	const char *hint, const char *wants)
{
	static const char *const kinds[] = {
		[PM_YAML_SCALAR] = "text",
		[PM_YAML_MAP] = "a map",
		[PM_YAML_LIST] = "a list",
	};
	bool item = !node->key_span.len && node->parent;
	struct pm_slice key = item ? node->parent->key : node->key;

	pm_doc_problem(front->doc, PM_PROBLEM_FIELD_TYPE,
		pm_front_span(front, node->span), hint,
		"%s'%.*s' wants %s, not %s", item ? "an item of " : "",
		PM_SLICE_ARG(key), wants, kinds[node->kind]);
}

/* "write: owner: "@ana"": a list of one value where one value is wanted. */
static char *hint_one(const struct pm_yaml_node *node, struct pm_slice value,
	struct pm_arena *arena)
{
	struct pm_buf buf = PM_BUF_INIT;
	char *hint;

	pm_buf_addf(&buf, "write: %.*s: ", PM_SLICE_ARG(node->key));
	pm_yaml_scalar(&buf, value);
	hint = pm_arena_strdup(arena, buf.ptr);
	pm_buf_release(&buf);
	return hint;
}

/* True for a field that holds one person: of several the first answers. */
static bool is_person_key(struct pm_slice key)
{
	return pm_slice_is(key, "owner") || pm_slice_is(key, "person") ||
	       pm_slice_is(key, "by");
}

/*
 * A list where text is wanted: its first value counts. "[DRAFT]" was meant as
 * text more often than not, so brackets are suggested in quotes.
 */
static void text_of_list(struct pm_front *front,
	const struct pm_yaml_node *node, struct pm_field *out)
{
	const struct pm_yaml_node *first = node->child;
	struct pm_buf person = PM_BUF_INIT;
	struct pm_slice value;
	const char *hint = NULL;

	if (first && first->kind == PM_YAML_SCALAR) {
		out->text = first->text;
		out->span = pm_front_span(front, first->span);
	}
	value = pm_slice_sub(front->doc->src,
		pm_front_span(front, node->span).off, node->span.len);
	if (is_person_key(node->key) && pm_person_valid(out->text)) {
		pm_person_print(&person, out->text);
		hint = hint_one(
			node, pm_buf_slice(&person), front->doc->own->arena);
	} else if (first && !first->next && out->text.len <= MAX_ECHO &&
		   (!node->flow || pm_slice_starts(out->text, "@")))
		hint = hint_one(node, out->text, front->doc->own->arena);
	else if (node->flow && value.len <= MAX_ECHO && node->key.len)
		hint = hint_one(node, value, front->doc->own->arena);
	pm_front_type(front, node, hint, "one value");
	pm_buf_release(&person);
}

/* Reads one value; a list or map there is a problem. */
static void read_text(struct pm_front *front, const struct pm_yaml_node *node,
	struct pm_field *out)
{
	out->span = pm_front_span(front, node->span);
	if (node->key_span.len)
		out->key = pm_front_span(front, node->key_span);
	if (node->kind == PM_YAML_SCALAR) {
		if (!pm_front_null(node))
			out->text = node->text;
	} else if (node->kind == PM_YAML_LIST) {
		text_of_list(front, node, out);
	} else {
		pm_front_type(front, node, NULL, "one value");
	}
}

static void add_item(struct pm_front *front, struct pm_field_list *list,
	struct pm_slice text, struct pm_span span)
{
	struct pm_field *item;

	list->items =
		pm_doc_grow(front->doc, list->items, list->len, sizeof *item);
	item = &list->items[list->len++];
	item->text = text;
	item->span = span;
}

/* "a, b" without brackets or quotes is what it looks like: two items. */
static void items_of_text(struct pm_front *front,
	const struct pm_yaml_node *node, struct pm_field_list *list)
{
	struct pm_slice text = node->text;
	struct pm_span span = pm_front_span(front, node->span);
	size_t off = 0;

	if (node->quoted || !memchr(text.ptr, ',', text.len) ||
		text.len != span.len) {
		add_item(front, list, text, span);
		return;
	}
	while (off < text.len) {
		ptrdiff_t comma = pm_slice_find(text, off, ',');
		size_t end = comma < 0 ? text.len : (size_t)comma;
		struct pm_slice item =
			pm_slice_trim(pm_slice_sub(text, off, end - off));

		if (item.len)
			add_item(front, list, item,
				(struct pm_span){span.off + (size_t)(item.ptr -
								     text.ptr),
					item.len});
		off = end + 1;
	}
}

static void read_list(struct pm_front *front, const struct pm_yaml_node *node,
	struct pm_field_list *list)
{
	list->span = pm_front_span(front, node->span);
	list->key = pm_front_span(front, node->key_span);
	if (node->kind == PM_YAML_MAP) {
		pm_front_type(front, node, "write: [one, two]", "a list");
		return;
	}
	if (node->kind == PM_YAML_SCALAR) {
		if (!pm_front_null(node))
			items_of_text(front, node, list);
		return;
	}
	for (node = node->child; node; node = node->next) {
		if (node->kind != PM_YAML_SCALAR)
			pm_front_type(front, node, NULL, "text");
		else if (!pm_front_null(node))
			add_item(front, list, node->text,
				pm_front_span(front, node->span));
	}
}

/* Fields other tools and other habits have, and where pm has them. */
static const struct {
	const char *name, *hint;
} strangers[] = {
	{"actions", "write: action_items"},
	{"approved_by", "write: approvals"},
	{"author", "write: owner"},
	{"authors", "write: participants"},
	{"cause", "write: causes"},
	{"date", "the date is that of times: started"},
	{"detected", "write it below times"},
	{"duration", "durations are computed from times"},
	{"resolved", "write it below times"},
	{"root_cause", "write: causes"},
	{"sev", "write: severity"},
	{"started", "write it below times"},
	{"summary", "the summary is a section of the text"},
	{"ttd", "durations are computed from times"},
	{"ttr", "durations are computed from times"},
	{"waivers", "write: allow"},
};

/* What to write instead of an unknown field, or NULL. */
static const char *hint_known(struct pm_front *front, struct pm_slice key,
	const struct pm_front_table *table)
{
	const char *names[MAX_ROWS + 1] = {NULL};
	struct pm_buf lower = PM_BUF_INIT;
	const char *near;

	for (size_t i = 0; i < table->nrows && i < MAX_ROWS; i++)
		names[i] = table->rows[i].name;
	for (size_t i = 0; i < key.len; i++)
		pm_buf_addc(&lower, pm_lower(key.ptr[i]));
	near = pm_nearest(pm_buf_slice(&lower), names);
	for (size_t i = 0; !near && !*table->what &&
			   i < sizeof strangers / sizeof strangers[0];
		i++) {
		if (pm_slice_is(pm_buf_slice(&lower), strangers[i].name)) {
			pm_buf_release(&lower);
			return strangers[i].hint;
		}
	}
	pm_buf_release(&lower);
	if (!near)
		return NULL;
	return pm_arena_printf(
		front->doc->own->arena, "did you mean '%s'?", near);
}

/* An unknown field is told once in a document, however often it stands. */
static void tell_unknown(struct pm_front *front,
	const struct pm_yaml_node *node, const struct pm_front_table *table)
{
	struct pm_span span = pm_front_span(front, node->key_span);
	struct pm_buf name = PM_BUF_INIT;
	bool first;

	pm_buf_addf(&name, "%s/%.*s", table->what, PM_SLICE_ARG(node->key));
	pm_map_put(&front->told, pm_buf_slice(&name), &first);
	pm_buf_release(&name);
	if (first)
		pm_doc_problem(front->doc, PM_PROBLEM_FIELD_UNKNOWN, span,
			hint_known(front, node->key, table),
			*table->what ? "unknown field '%.*s' in %s"
				     : "unknown field '%.*s'%s",
			PM_SLICE_ARG(node->key), table->what);
}

/* The row of a key, or the number of rows. Looked for from row next on, since
   most people keep to the order of the manual; *next is behind it then. */
static size_t find_row(
	const struct pm_front_table *table, struct pm_slice key, size_t *next)
{
	char first = key.len ? key.ptr[0] : '\0';

	for (size_t n = 0; n < table->nrows; n++) {
		size_t i = *next < table->nrows ? *next : 0;

		*next = i + 1;
		if (table->rows[i].name[0] == first &&
			pm_slice_is(key, table->rows[i].name))
			return i;
	}
	return table->nrows;
}

void pm_front_read(struct pm_front *front, const struct pm_yaml_node *map,
	const struct pm_front_table *table, void *out)
{
	const struct pm_yaml_node *node;
	bool seen[MAX_ROWS] = {false};
	size_t next = 0;

	for (node = map->child; node; node = node->next) {
		size_t i = find_row(table, node->key, &next);
		const struct pm_front_row *row = &table->rows[i];

		if (i == table->nrows) {
			/* "<<" and the like were told by the YAML reader. */
			if (!pm_slice_is(node->key, "<<"))
				tell_unknown(front, node, table);
			continue;
		}
		if (seen[i]) /* told as a duplicate; the first one counts */
			continue;
		seen[i] = true;
		if (row->kind == PM_FRONT_NODE)
			row->read(front, node);
		else if (row->kind == PM_FRONT_LIST)
			read_list(front, node,
				(struct pm_field_list *)((char *)out +
							 row->off));
		else
			read_text(front, node,
				(struct pm_field *)((char *)out + row->off));
	}
}

static void read_moment(struct pm_front *front, const struct pm_yaml_node *node,
	struct pm_moment_value *moment)
{
	read_text(front, node, &moment->field);
	/* Alone, "~" is not "nothing" here but "unknown". */
	if (node->kind == PM_YAML_SCALAR && pm_slice_is(node->text, "~"))
		moment->field.text = node->text;
	if (moment->field.text.len)
		moment->valid = pm_time_parse(moment->field.text, &moment->time,
					&moment->why) == 0;
}

static void read_times(struct pm_front *front, const struct pm_yaml_node *node)
{
	struct pm_doc *doc = front->doc;
	struct pm_front_row rows[PM_MOMENT_COUNT] = {{0}};
	struct pm_front_table table = {"times", rows, PM_MOMENT_COUNT};
	size_t next = 0;

	doc->times_key = pm_front_span(front, node->key_span);
	if (node->kind != PM_YAML_MAP) {
		if (!pm_front_null(node))
			pm_front_type(front, node,
				"write: times: {started: 2026-11-22T10:02Z}",
				"a map of moments");
		return;
	}
	for (size_t i = 0; i < PM_MOMENT_COUNT; i++)
		rows[i].name = pm_moment_names[i];
	for (node = node->child; node; node = node->next) {
		size_t i = find_row(&table, node->key, &next);

		if (i == PM_MOMENT_COUNT)
			tell_unknown(front, node, &table);
		else if (!doc->times[i].field.key.len)
			read_moment(front, node, &doc->times[i]);
	}
}

static void read_impact(struct pm_front *front, const struct pm_yaml_node *node)
{
	struct pm_doc *doc = front->doc;

	if (node->kind != PM_YAML_MAP) {
		if (!pm_front_null(node))
			pm_front_type(front, node,
				"write: impact: {note: what it was}", "a map");
		return;
	}
	for (node = node->child; node; node = node->next) {
		doc->impact = pm_doc_grow(
			doc, doc->impact, doc->nimpact, sizeof *doc->impact);
		read_text(front, node, &doc->impact[doc->nimpact++]);
	}
}

#define TEXT(name, member)                                                     \
	{                                                                      \
		name, PM_FRONT_TEXT, offsetof(struct pm_doc, member), NULL     \
	}
#define LIST(name, member)                                                     \
	{                                                                      \
		name, PM_FRONT_LIST, offsetof(struct pm_doc, member), NULL     \
	}
#define NODE(name, read)                                                       \
	{                                                                      \
		name, PM_FRONT_NODE, 0, read                                   \
	}

/* In the order of the manual. */
static const struct pm_front_row rows[] = {
	TEXT("schema", schema),
	TEXT("id", front_id),
	TEXT("title", title),
	TEXT("kind", kind),
	TEXT("template", tmpl),
	TEXT("status", status),
	TEXT("severity", severity),
	TEXT("owner", owner),
	TEXT("incident", incident),
	LIST("services", services),
	LIST("departments", departments),
	NODE("participants", pm_front_participants),
	NODE("times", read_times),
	TEXT("detected_by", detected_by),
	TEXT("trigger", trigger),
	NODE("causes", pm_front_causes),
	NODE("impact", read_impact),
	LIST("tags", tags),
	LIST("related", related),
	NODE("evidence", pm_front_evidence),
	NODE("action_items", pm_front_actions),
	NODE("approvals", pm_front_approvals),
	NODE("allow", pm_front_waivers),
};

static const struct pm_front_table table = {
	"", rows, sizeof rows / sizeof rows[0]};

/* What the YAML reader found, as problems of the document. */
static void take_problems(struct pm_front *front, const struct pm_yaml *yaml)
{
	struct pm_doc *doc = front->doc;
	const struct pm_yaml_problem *p;

	for (p = yaml->problems; p; p = p->next) {
		enum pm_problem_kind kind = PM_PROBLEM_FRONT_SYNTAX;
		struct pm_span other = pm_front_span(front, p->other);

		/* Bytes that are no text are told for the whole document:
		   bad ones by the encoding, invisible ones by their rule. */
		if (p->kind == PM_YAML_CHARACTER)
			continue;
		if (p->kind == PM_YAML_LIMIT)
			kind = PM_PROBLEM_TOO_COMPLEX;
		if (p->other.len)
			pm_doc_problem(doc, kind, pm_front_span(front, p->span),
				p->hint, "%s (first in line %u)", p->message,
				pm_doc_pos(doc, other.off).line);
		else
			pm_doc_problem(doc, kind, pm_front_span(front, p->span),
				p->hint, "%s", p->message);
	}
}

void pm_doc_read_front(struct pm_doc *doc)
{
	struct pm_front front = {.doc = doc, .told = PM_MAP_INIT};
	struct pm_span span;
	struct pm_yaml yaml;

	pm_doc_find_front(doc);
	if (!doc->has_front)
		return;
	span = doc->own->front;
	front.base = span.off;
	pm_yaml_parse(doc->own->arena,
		pm_slice_sub(doc->src, span.off, span.len), NULL, &yaml);
	take_problems(&front, &yaml);
	if (yaml.root && yaml.root->kind == PM_YAML_MAP)
		pm_front_read(&front, yaml.root, &table, doc);
	else if (yaml.root && yaml.complete)
		pm_doc_problem(doc, PM_PROBLEM_FRONT_SYNTAX,
			pm_front_span(&front, yaml.root->span),
			"write: key: value",
			"front matter is a map of fields, one 'key: value' a "
			"line");
	pm_map_release(&front.told);
	if (pm_policy_status(doc->own->policy, doc->status.text, &doc->state) <
		0)
		doc->state = PM_STATUS_DRAFT;
}
