/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading typed values out of YAML nodes: lists, names, maps with known keys,
 * lists of named records. Nothing here knows a key of the policy; what fails,
 * fails at the node's place with what to write instead.
 */
#include "policy/private.h"

#include "base/ascii.h"
#include "base/nearest.h"
#include "base/utf8.h"

int pm_policy_fail(struct pm_policy_reader *reader, struct pm_span span,
	const char *fmt, ...)
{
	struct pm_buf text = PM_BUF_INIT;
	va_list args;
	int code;

	va_start(args, fmt);
	pm_buf_vaddf(&text, fmt, args);
	va_end(args);
	code = pm_policy_mistake(reader->ctx, &reader->mistakes, PM_POLICY_PATH,
		pm_lines_pos(&reader->lines, span.off), text.ptr);
	pm_buf_release(&text);
	return code;
}

int pm_policy_fail_word(struct pm_policy_reader *reader, struct pm_span span,
	const char *what, struct pm_slice word, const char *const *words)
{
	const char *near = pm_nearest_sole(word, words);
	struct pm_buf list = PM_BUF_INIT;
	int code;

	for (size_t i = 0; !near && words[i]; i++)
		pm_buf_addf(&list, "%s%s", i ? ", " : "", words[i]);
	if (near)
		code = pm_policy_fail(reader, span,
			"unknown %s '%.*s' (did you mean '%s'?)", what,
			PM_SLICE_ARG(word), near);
	else
		code = pm_policy_fail(reader, span,
			"unknown %s '%.*s' (one of: %s)", what,
			PM_SLICE_ARG(word), list.ptr);
	pm_buf_release(&list);
	return code;
}

bool pm_policy_is_nothing(const struct pm_yaml_node *node)
{
	return node->kind == PM_YAML_SCALAR && !node->quoted &&
	       (node->text.len == 0 || pm_slice_is(node->text, "~") ||
		       pm_slice_is(node->text, "null"));
}

/* The key under which a node stands, its own or that of its list. */
static struct pm_slice key_of(const struct pm_yaml_node *node)
{
	while (node->key.len == 0 && node->parent)
		node = node->parent;
	return node->key;
}

int pm_policy_want_list(
	struct pm_policy_reader *reader, const struct pm_yaml_node *node)
{
	struct pm_slice key = key_of(node);
	const char *quote = node->quoted ? "\"" : "";

	if (node->kind == PM_YAML_LIST || pm_policy_is_nothing(node))
		return 0;
	if (node->kind == PM_YAML_SCALAR)
		return pm_policy_fail(reader, node->span,
			"'%.*s' is a list (write: %.*s: [%s%.*s%s])",
			PM_SLICE_ARG(key), PM_SLICE_ARG(key), quote,
			PM_SLICE_ARG(node->text), quote);
	return pm_policy_fail(reader, node->span,
		"'%.*s' is a list (write each item after '- ')",
		PM_SLICE_ARG(key));
}

int pm_policy_want_map(
	struct pm_policy_reader *reader, const struct pm_yaml_node *node)
{
	struct pm_slice key = key_of(node);

	if (node->kind == PM_YAML_MAP || pm_policy_is_nothing(node))
		return 0;
	return pm_policy_fail(reader, node->span,
		"'%.*s' holds settings (write them as 'name: value')",
		PM_SLICE_ARG(key));
}

int pm_policy_want_scalar(
	struct pm_policy_reader *reader, const struct pm_yaml_node *node)
{
	struct pm_slice key = key_of(node);

	if (node->kind == PM_YAML_SCALAR)
		return 0;
	return pm_policy_fail(reader, node->span,
		"'%.*s' takes one value, not a %s", PM_SLICE_ARG(key),
		node->kind == PM_YAML_LIST ? "list" : "set of settings");
}

/* Fails unless text can be the name of something. */
static int check_name(struct pm_policy_reader *reader, struct pm_span span,
	struct pm_slice text)
{
	uint32_t cp;

	if (text.len == 0)
		return pm_policy_fail(reader, span, "a name is empty");
	if (text.len > PM_NAME_MAX)
		return pm_policy_fail(reader, span,
			"a name has %zu bytes (at most %d are allowed)",
			text.len, PM_NAME_MAX);
	if (pm_utf8_find_invisible(text, 0, &cp) >= 0 ||
		pm_slice_find(text, 0, '\n') >= 0 ||
		pm_slice_find(text, 0, '\t') >= 0)
		return pm_policy_fail(reader, span,
			"a name holds a character that cannot be seen");
	return 0;
}

int pm_policy_read_name(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field)
{
	const char **out = field;
	int error = pm_policy_want_scalar(reader, node);

	if (error == 0)
		error = check_name(reader, node->span, node->text);
	if (error == 0)
		*out = pm_arena_slice(&reader->own->arena, node->text).ptr;
	return error;
}

int pm_policy_check_twice(struct pm_policy_reader *reader, struct pm_map *seen,
	struct pm_span span, struct pm_slice name)
{
	char folded[PM_PERSON_MAX];
	struct pm_pos pos;
	uintptr_t *line;
	bool added;

	if (reader->shipped)
		return 0;
	pos = pm_lines_pos(&reader->lines, span.off);
	line = pm_map_put(seen, pm_policy_fold(folded, name), &added);
	if (!added)
		return pm_policy_fail(reader, span,
			"'%.*s' is named twice (first on line %u)",
			PM_SLICE_ARG(name), (unsigned)*line);
	*line = pos.line;
	return 0;
}

size_t pm_policy_count(const struct pm_yaml_node *node)
{
	size_t n = 0;

	for (const struct pm_yaml_node *c = node->child; c; c = c->next)
		n++;
	return n;
}

void pm_policy_names_room(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, struct pm_names *names)
{
	names->len = 0;
	names->index = NULL;
	names->items = pm_arena_alloc(&reader->own->arena,
		pm_policy_count(node) + 1, sizeof *names->items);
}

int pm_policy_read_names(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field)
{
	struct pm_names *names = field;
	struct pm_map seen = PM_MAP_INIT;
	int error = pm_policy_want_list(reader, node);

	pm_policy_names_room(reader, node, names);
	for (const struct pm_yaml_node *c = pm_policy_entries(node, error); c;
		c = c->next) {
		int bad = pm_policy_read_name(
			reader, c, &names->items[names->len]);

		if (bad == 0)
			bad = pm_policy_check_twice(
				reader, &seen, c->span, c->text);
		if (bad == 0)
			names->len++;
		error = pm_policy_worse(error, bad);
	}
	pm_map_release(&seen);
	return error;
}

/* More keys than any map of the policy has. */
#define SETTINGS_MAX 40

static const struct pm_policy_setting *find_setting(
	const struct pm_policy_setting *settings, struct pm_slice key)
{
	for (; settings->key; settings++)
		if (pm_slice_is(key, settings->key))
			return settings;
	return NULL;
}

/* Fails about a key that is none of settings. */
static int fail_key(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node,
	const struct pm_policy_setting *settings)
{
	const char *words[SETTINGS_MAX + 1];
	size_t n = 0;

	while (n < SETTINGS_MAX && settings[n].key) {
		words[n] = settings[n].key;
		n++;
	}
	words[n] = NULL;
	return pm_policy_fail_word(
		reader, node->key_span, "setting", node->key, words);
}

int pm_policy_read_map(struct pm_policy_reader *reader,
	const struct pm_yaml_node *map,
	const struct pm_policy_setting *settings, void *record)
{
	int error = 0;

	for (const struct pm_yaml_node *c = map->child; c; c = c->next) {
		const struct pm_policy_setting *s =
			find_setting(settings, c->key);
		int bad = s ? s->read(reader, c, (char *)record + s->off)
			    : fail_key(reader, c, settings);

		error = pm_policy_worse(error, bad);
	}
	return error;
}

/* The key under which a record's name stands: that of its first member. */
static const char *name_key(const struct pm_policy_setting *settings)
{
	while (settings->off != 0)
		settings++;
	return settings->key;
}

/*
 * One item that has a name: "checkout", {name: checkout, ...}, or, where the
 * whole is a map, "checkout: {...}". The name is the record's first member.
 */
static int read_item(struct pm_policy_reader *reader,
	const struct pm_yaml_node *item,
	const struct pm_policy_setting *settings, const char **record)
{
	int error = 0;

	if (item->parent->kind == PM_YAML_MAP) {
		error = check_name(reader, item->key_span, item->key);
		if (error < 0)
			return error;
		*record = pm_arena_slice(&reader->own->arena, item->key).ptr;
		error = pm_policy_want_map(reader, item);
	} else if (item->kind == PM_YAML_SCALAR) {
		return pm_policy_read_name(reader, item, record);
	} else if (item->kind == PM_YAML_LIST) {
		return pm_policy_fail(reader, item->span,
			"a list stands where a name is wanted");
	}
	if (error == 0)
		error = pm_policy_read_map(reader, item, settings, record);
	if (error == 0 && !*record)
		error = pm_policy_fail(reader, item->span,
			"an item of '%.*s' has no %s (write: %s: ...)",
			PM_SLICE_ARG(key_of(item->parent)), name_key(settings),
			name_key(settings));
	return error;
}

/* Where the name of an item stands, key being what it is written under. */
static struct pm_span item_span(
	const struct pm_yaml_node *item, const char *key)
{
	const struct pm_yaml_node *name = pm_yaml_get(item, key);

	if (item->parent->kind == PM_YAML_MAP)
		return item->key_span;
	return item->kind == PM_YAML_MAP && name ? name->span : item->span;
}

struct pm_span pm_policy_item_span(const struct pm_yaml_node *item)
{
	return item_span(item, "name");
}

int pm_policy_read_items(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node,
	const struct pm_policy_setting *settings, size_t size, void *out)
{
	char *records = pm_arena_alloc(
		&reader->own->arena, pm_policy_count(node) + 1, size);
	struct pm_map seen = PM_MAP_INIT;
	int error = node->kind == PM_YAML_MAP
			    ? 0
			    : pm_policy_want_list(reader, node);
	size_t n = 0;

	for (const struct pm_yaml_node *c = pm_policy_entries(node, error); c;
		c = c->next) {
		const char **record = (const char **)(records + n * size);
		int bad = read_item(reader, c, settings, record);

		if (*record && pm_policy_check_twice(reader, &seen,
				       item_span(c, name_key(settings)),
				       pm_slice_str(*record)) < 0)
			bad = PM_EINVALID;
		error = pm_policy_worse(error, bad);
		n++;
	}
	pm_map_release(&seen);
	*(void **)out = records;
	return error;
}

bool pm_policy_read_digits(struct pm_slice *text, size_t *out)
{
	size_t i = 0;

	*out = 0;
	for (; i < text->len && pm_is_digit(text->ptr[i]); i++) {
		if (i == 9)
			return false;
		*out = *out * 10 + (size_t)(text->ptr[i] - '0');
	}
	*text = pm_slice_from(*text, i);
	return i > 0;
}
