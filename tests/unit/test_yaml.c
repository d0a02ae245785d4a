/* SPDX-License-Identifier: Apache-2.0 */
/*
 * YAML as pm takes it: the tree and its spans, the usual slips with their
 * place and hint, the limits.
 */
#include "yaml/yaml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/lines.h"

/* One text under test. */
struct reading {
	struct pm_arena arena;
	struct pm_slice text;
	struct pm_lines lines;
	struct pm_yaml yaml;
};

static void read_bytes(struct reading *r, const char *text, size_t len)
{
	static const struct pm_arena empty = PM_ARENA_INIT;

	r->arena = empty;
	r->text = pm_slice_make(text, len);
	pm_lines_init(&r->lines, r->text);
	pm_yaml_parse(&r->arena, r->text, NULL, &r->yaml);
}

static void read_text(struct reading *r, const char *text)
{
	read_bytes(r, text, strlen(text));
}

static void release(struct reading *r)
{
	pm_lines_release(&r->lines);
	pm_arena_release(&r->arena);
}

static const struct pm_yaml_node *get(const struct reading *r, const char *key)
{
	const struct pm_yaml_node *node = pm_yaml_get(r->yaml.root, key);

	if (!node)
		fail_msg("no key '%s' in: %s", key, r->text.ptr);
	return node;
}

/* The bytes of a span are exactly these. */
static void assert_span(
	const struct reading *r, struct pm_span span, const char *bytes)
{
	struct pm_slice written = pm_slice_sub(r->text, span.off, span.len);

	if (!pm_slice_is(written, bytes))
		fail_msg("span is '%.*s', not '%s'", PM_SLICE_ARG(written),
			bytes);
}

static void assert_text(const struct pm_yaml_node *node, const char *text)
{
	assert_non_null(node);
	if (!pm_slice_is(node->text, text))
		fail_msg("text is '%.*s', not '%s'", PM_SLICE_ARG(node->text),
			text);
}

/* Exactly one problem, there and with these words. */
static void assert_problem(const struct reading *r,
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

static void test_tree(void **state)
{
	static const char text[] = "title: A b  # note\n"
				   "owner: \"@ana\"\n"
				   "said: 'it''s'\n"
				   "empty:\n"
				   "list: [a, \"b c\" , d]\n"
				   "map: {x: 1, y: 'z'}   \n"
				   "items:\n"
				   "  - id: A1\n"
				   "    title: one\n"
				   "\n"
				   "  - two\n"
				   "folded: >-\n"
				   "  a\n"
				   "  b\n"
				   "long: a\n"
				   "  b\n";
	struct reading r;
	const struct pm_yaml_node *node;

	(void)state;
	read_text(&r, text);
	assert_null(r.yaml.problems);
	assert_true(r.yaml.complete);
	assert_int_equal(r.yaml.root->kind, PM_YAML_MAP);
	node = get(&r, "title");
	assert_text(node, "A b");
	assert_span(&r, node->span, "A b");
	assert_span(&r, node->key_span, "title");
	assert_false(node->quoted);
	assert_ptr_equal(node->text.ptr, text + 7);
	node = get(&r, "owner");
	assert_text(node, "@ana");
	assert_span(&r, node->span, "\"@ana\"");
	assert_true(node->quoted);
	node = get(&r, "said");
	assert_text(node, "it's");
	assert_span(&r, node->span, "'it''s'");
	node = get(&r, "empty");
	assert_int_equal(node->span.len, 0);
	assert_span(&r, node->key_span, "empty");
	node = get(&r, "list");
	assert_int_equal(node->kind, PM_YAML_LIST);
	assert_true(node->flow);
	assert_span(&r, node->span, "[a, \"b c\" , d]");
	assert_text(node->child->next, "b c");
	assert_span(&r, node->child->next->span, "\"b c\"");
	assert_span(&r, get(&r, "map")->span, "{x: 1, y: 'z'}");
	node = get(&r, "items");
	assert_false(node->flow);
	assert_span(&r, node->span, "- id: A1\n    title: one\n\n  - two");
	assert_span(&r, node->child->span, "id: A1\n    title: one");
	assert_text(pm_yaml_get(node->child, "title"), "one");
	assert_ptr_equal(node->child->parent, node);
	assert_text(node->child->next, "two");
	assert_text(get(&r, "folded"), "a b");
	assert_text(get(&r, "long"), "a b");
	assert_span(&r, get(&r, "long")->span, "a\n  b");
	assert_null(pm_yaml_get(r.yaml.root, "none"));
	assert_null(pm_yaml_get(node->child->next, "none"));
	assert_null(pm_yaml_get(NULL, "none"));
	release(&r);
}

/* Nothing is ever resolved: "no" is a word, 12:30 is no number. */
static void test_words(void **state)
{
	struct reading r;

	(void)state;
	read_text(&r, "a: no\nb: 014\nc: 12:30:45\nd: 1_000\ne: ~\nf: true\n");
	assert_null(r.yaml.problems);
	assert_text(get(&r, "a"), "no");
	assert_text(get(&r, "b"), "014");
	assert_text(get(&r, "c"), "12:30:45");
	assert_text(get(&r, "d"), "1_000");
	assert_text(get(&r, "e"), "~");
	release(&r);
}

static void test_empty(void **state)
{
	static const char *const texts[] = {"", "\n\n", "# only a comment\n",
		"   \n", "---\n", "\xef\xbb\xbf"};
	struct reading r;

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		read_text(&r, texts[i]);
		assert_null(r.yaml.problems);
		assert_true(r.yaml.complete);
		if (r.yaml.root)
			assert_int_equal(r.yaml.root->text.len, 0);
		release(&r);
	}
	read_bytes(&r, NULL, 0);
	assert_null(r.yaml.root);
	release(&r);
}

/*
 * Slips that are told once and mended: what stands after them is read, and
 * "b" holds what its writer meant.
 */
static const struct slip {
	const char *text;
	unsigned line, col;
	const char *message, *hint;
	const char *b;
} slips[] = {
	{"b: @x\nz: 1\n", 1, 4, "a value that begins with '@' needs quotes",
		"write: b: \"@x\"", "@x"},
	{"b: @x # who\nz: 1\n", 1, 4,
		"a value that begins with '@' needs quotes", "write: b: \"@x\"",
		"@x"},
	{"b: `c`\nz: 1\n", 1, 4, "a value that begins with '`' needs quotes",
		"write: b: \"`c`\"", "`c`"},
	{"b: %x\nz: 1\n", 1, 4, "a value that begins with '%' needs quotes",
		"write: b: \"%x\"", "%x"},
	{"b: *bold* text\nz: 1\n", 1, 4,
		"a value that begins with '*' needs quotes",
		"write: b: \"*bold* text\"", "*bold* text"},
	{"b: > 5 min\nz: 1\n", 1, 4,
		"a value that begins with '>' needs quotes",
		"write: b: \"> 5 min\"", "> 5 min"},
	{"b: - x\nz: 1\n", 1, 4, "a value that begins with '-' needs quotes",
		"write: b: \"- x\"", "- x"},
	{"b: & more\nz: 1\n", 1, 4, "a value that begins with '&' needs quotes",
		"write: b: \"& more\"", "& more"},
	{"b: a: c\nz: 1\n", 1, 4,
		"the value of 'b' holds a ':' and needs quotes",
		"write: b: \"a: c\"", "a: c"},
	{"b: a: c: d # e\nz: 1\n", 1, 4,
		"the value of 'b' holds a ':' and needs quotes",
		"write: b: \"a: c: d\"", "a: c: d"},
	{"b: ends:\nz: 1\n", 1, 4,
		"the value of 'b' holds a ':' and needs quotes",
		"write: b: \"ends:\"", "ends:"},
	{"b: [x] y\nz: 1\n", 1, 4,
		"a value that begins with '[' and goes on as text needs quotes",
		"write: b: \"[x] y\"", "[x] y"},
	{"b: {x} y\nz: 1\n", 1, 4,
		"a value that begins with '{' and goes on as text needs quotes",
		"write: b: \"{x} y\"", "{x} y"},
	{"b: {{title}}\nz: 1\n", 1, 4,
		"a value that begins with '{' and goes on as text needs quotes",
		"write: b: \"{{title}}\"", "{{title}}"},
	{"b: \"Foo\" bar\nz: 1\n", 1, 4, "text after the closing quote",
		"write: b: \"\\\"Foo\\\" bar\"", "\"Foo\" bar"},
	{"b: 'it's so'\nz: 1\n", 1, 4, "text after the closing quote",
		"write: b: it's so", "it's so"},
	{"b: \"abc\nz: 1\n", 1, 4, "the quote that begins here is not closed",
		"write: b: \"abc\"", "abc"},
	{"b: \"abc\nz: \"x\"\n", 1, 4,
		"the quote that begins here is not closed", "write: b: \"abc\"",
		"abc"},
	{"z: 'x'\nb: 'abc  ", 2, 4, "the quote that begins here is not closed",
		"write: b: 'abc'", "abc"},
	{"b: \"C:\\dir\"\nz: 1\n", 1, 7, "'\\d' is no escape in double quotes",
		"write the backslash twice, or use single quotes", "C:\\dir"},
	{"z: 1\nb:x y\n", 2, 1, "no space after 'b:'", "write: b: x y", "x y"},
	{"b:x\nz: 1\n", 1, 1, "no space after 'b:'", "write: b: x", "x"},
	{"b = x\nz: 1\n", 1, 3, "'=' where ':' is wanted", "write: b: x", "x"},
	{"b\xef\xbc\x9ax\nz: 1\n", 1, 2, "a wide colon (U+FF1A)",
		"write ':' and a space", "x"},
	{"b:\xc2\xa0x\nz: 1\n", 1, 3, "a no-break space follows 'b:'",
		"write an ordinary space after the ':'", "x"},
	{"z: 1\nb: x\xc2\xa0\n", 2, 5, "a no-break space at the edge of a word",
		"write an ordinary space instead, or delete it", "x"},
	{"z: 1\n\xc2\xa0"
	 "b: x\n",
		2, 1, "a no-break space indents this line",
		"indent with ordinary spaces, or not at all", "x"},
	{"z: 1\n b: x\n", 2, 2,
		"'b' is indented by 1, what stands beside it by 0",
		"do not indent it", "x"},
	{" z: 1\nb: x\n", 1, 2,
		"the first key is indented by 1, a later one by 0",
		"do not indent it", "x"},
	{"z: 1\n\tb: x\n", 2, 1, "a tab indents this line",
		"indent with spaces", "x"},
	{"b: x\nfoo bar\nz: 1\n", 2, 1, "'foo bar' is not 'key: value'",
		"write: key: value", "x"},
	{"foo bar\nb: x\n", 1, 1, "'foo bar' is not 'key: value'",
		"write: key: value", "x"},
	{"b: x\n]\nz: 1\n", 2, 1, "a bracket that closes nothing", "delete it",
		"x"},
	{": y\nb: x\n", 1, 1, "no key stands before this ':'",
		"write: key: value", "x"},
	{"b: x\n- y\nz: 1\n", 2, 1, "a list item where a key is wanted",
		"a list stands below 'key:' with nothing after it", "x"},
	{"b: x\n  - y\nz: 1\n", 2, 3,
		"a list item below a value is read as part of it",
		"put the value on a line of its own, as an item, or indent the "
		"item as a key is",
		"x"},
	{"%TAG ! x\n---\nb: x\n", 1, 1, "directives are not part of pm's YAML",
		"delete this line", "x"},
	{"b: x\n%y\n", 2, 1, "a line cannot begin with '%'", NULL, "x"},
	{"b: x\n...\nz: 1\n", 3, 1, "a line after the end of the YAML",
		"delete it", "x"},
};

static void test_slips(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof slips / sizeof slips[0]; i++) {
		const struct slip *slip = &slips[i];
		struct reading r;

		read_text(&r, slip->text);
		assert_problem(&r, r.yaml.problems, slip->line, slip->col,
			slip->message, slip->hint);
		if (r.yaml.problems->next)
			fail_msg("'%s': second problem: %s", slip->text,
				r.yaml.problems->next->message);
		assert_text(get(&r, "b"), slip->b);
		if (strstr(slip->text, "z: 1") && slip->text[0] != '%' &&
			!strstr(slip->text, "..."))
			assert_text(get(&r, "z"), "1");
		release(&r);
	}
}

/* What follows the slip keeps its place, whatever the mending inserted. */
static void test_spans_after_mending(void **state)
{
	struct reading r;

	(void)state;
	read_text(&r,
		"b: \"abc\nowner: \"@ana\"\nx:y\n  z: 1\n"
		"t\xc3\xadt: \xc3\xb1: @x\nlast: [\xc3\xa9, 'o'] # end\n");
	assert_false(r.yaml.complete);
	assert_span(&r, get(&r, "b")->span, "\"abc");
	assert_span(&r, get(&r, "owner")->span, "\"@ana\"");
	assert_span(&r, get(&r, "x")->span, "y");
	assert_span(&r, get(&r, "t\xc3\xadt")->span, "\xc3\xb1: @x");
	assert_text(get(&r, "t\xc3\xadt"), "\xc3\xb1: @x");
	assert_span(&r, get(&r, "last")->span, "[\xc3\xa9, 'o']");
	assert_span(&r, get(&r, "last")->child->next->span, "'o'");
	release(&r);
}

/* Columns are bytes, lines are LF, CR and CRLF. */
static void test_places(void **state)
{
	struct reading r;
	struct pm_yaml_problem *p;

	(void)state;
	read_text(&r, "t\xc3\xadtulo: \xc3\xb1 x\r\nowner: @x\rb: \xc3\xa9: "
		      "c\r\nq: 'x'\r\n");
	p = r.yaml.problems;
	assert_problem(&r, p, 2, 8, "a value that begins with '@' needs quotes",
		"write: owner: \"@x\"");
	assert_int_equal(p->span.len, 2);
	p = p->next;
	assert_problem(&r, p, 3, 4,
		"the value of 'b' holds a ':' and needs quotes",
		"write: b: \"\xc3\xa9: c\"");
	assert_int_equal(p->span.len, 5);
	assert_null(p->next);
	assert_text(get(&r, "q"), "x");
	assert_span(&r, get(&r, "q")->span, "'x'");
	release(&r);
}

/* U+2028 and its like end no line: a key cannot hide behind one. */
static void test_line_separators(void **state)
{
	struct reading r;

	(void)state;
	read_text(&r, "a: x\xe2\x80\xa8y\nb: \"p\xc2\x85q\"\n"
		      "c: \"r\\\n  s\xe2\x80\xa9t\xc2\x85\"\nd: @x\n");
	assert_text(get(&r, "a"), "x\xe2\x80\xa8y");
	assert_text(get(&r, "b"), "p\xc2\x85q");
	assert_text(get(&r, "c"), "rs\xe2\x80\xa9t\xc2\x85");
	assert_problem(&r, r.yaml.problems, 5, 4,
		"a value that begins with '@' needs quotes",
		"write: d: \"@x\"");
	assert_null(r.yaml.problems->next);
	release(&r);
	read_text(&r, "a: x\xe2\x80\xa8owner: y\n");
	assert_int_equal(r.yaml.root->child->next ? 1 : 0, 0);
	assert_problem(&r, r.yaml.problems, 1, 4,
		"the value of 'a' holds a ':' and needs quotes",
		"write: a: \"x\\u2028owner: y\"");
	release(&r);
}

static void test_comment(void **state)
{
	struct reading r;

	(void)state;
	read_text(&r, "a: Fix #123 now # x\nb: y # a comment\nc: z #\n"
		      "d: w ## e\nf: v #---\ng: #1\nh: '#1'\ni: a#b\n");
	assert_problem(&r, r.yaml.problems, 1, 8,
		"' #' begins a comment: the value is only 'Fix'",
		"write: a: \"Fix #123 now # x\"");
	assert_problem(&r, r.yaml.problems->next, 6, 4,
		"' #' begins a comment: the value is empty",
		"write: g: \"#1\"");
	assert_null(r.yaml.problems->next->next);
	assert_true(r.yaml.complete);
	assert_text(get(&r, "a"), "Fix");
	assert_text(get(&r, "i"), "a#b");
	release(&r);
}

static void test_brackets(void **state)
{
	static const struct slip cases[] = {
		{"b: [@x, y]\nz: 1", 1, 5,
			"a value that begins with '@' needs quotes",
			"write: \"@x\"", "@x"},
		{"b: [{p: @x, q: 1}]\nz: 1", 1, 9,
			"a value that begins with '@' needs quotes",
			"write: \"@x\"", NULL},
		{"b: [x, y\nz: 1\nq: [1]", 1, 4,
			"the '[' that begins here is not closed",
			"write ']' after the last entry", "x"},
		{"b: [x,\n  y\nz: 1", 1, 4,
			"the '[' that begins here is not closed",
			"write ']' after the last entry", "x"},
		{"z: 1\nb: [x", 2, 4, "the '[' that begins here is not closed",
			"write ']' after the last entry", "x"},
		{"z: 1\nb: [", 2, 4, "the '[' that begins here is not closed",
			"write ']' after the last entry", NULL},
		{"b: {p: x\nz: 1", 1, 4,
			"the '{' that begins here is not closed",
			"write '}' after the last entry", NULL},
		{"b: [x #1, y]\nz: 1", 1, 7,
			"' #' begins a comment, which takes the rest of this "
			"line in",
			"put the entry in quotes", "x #1"},
		{"b: {p: EU only: y}\nz: 1", 1, 8,
			"a value that holds a ':' needs quotes, unless a ',' "
			"is missing",
			"write: \"EU only: y\"", NULL},
		{"b: [x,, y]\nz: 1", 1, 7, "no entry stands before this ','",
			"delete it", "x"},
		{"b: [\"x, y]\nz: 1", 1, 5,
			"the quote that begins here is not closed",
			"close it before the next ',' or bracket", "x"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct reading r;
		const struct pm_yaml_node *b;

		read_text(&r, cases[i].text);
		assert_problem(&r, r.yaml.problems, cases[i].line, cases[i].col,
			cases[i].message, cases[i].hint);
		assert_null(r.yaml.problems->next);
		b = get(&r, "b");
		assert_int_not_equal(b->kind, PM_YAML_SCALAR);
		if (cases[i].b)
			assert_text(b->child, cases[i].b);
		assert_text(get(&r, "z"), "1");
		release(&r);
	}
}

/* An item that is indented wrongly goes to the list it was meant for. */
static void test_indentation(void **state)
{
	struct reading r;
	const struct pm_yaml_node *list;

	(void)state;
	read_text(&r, "l:\n  - id: A1\n    t: b\n   o: c\n   - id: A2\n"
		      "t:\n  s: a\n   d: b\n   e: c\nz: 1\n");
	assert_problem(&r, r.yaml.problems, 4, 4,
		"'o' is indented by 3, what stands beside it by 4",
		"indent it by 4 spaces");
	assert_problem(&r, r.yaml.problems->next, 5, 6,
		"'id' is indented by 3, what stands beside it by 2",
		"indent it by 2 spaces");
	list = get(&r, "l");
	assert_text(pm_yaml_get(list->child, "o"), "c");
	assert_text(pm_yaml_get(list->child->next, "id"), "A2");
	assert_text(pm_yaml_get(get(&r, "t"), "d"), "b");
	assert_text(pm_yaml_get(get(&r, "t"), "e"), "c");
	assert_text(get(&r, "z"), "1");
	release(&r);
	read_text(&r, "a:\n\tb: 1\n\tc:\n\t\td: 2\nl:\n\t- x\n\t- y\nz: 1\n");
	assert_problem(&r, r.yaml.problems, 2, 1,
		"a tab indents this line, and 2 after it",
		"indent with spaces");
	assert_problem(&r, r.yaml.problems->next, 6, 1,
		"a tab indents this line, and 1 after it",
		"indent with spaces");
	assert_text(pm_yaml_get(pm_yaml_get(get(&r, "a"), "c"), "d"), "2");
	assert_text(get(&r, "l")->child->next, "y");
	assert_text(get(&r, "z"), "1");
	release(&r);
	read_text(&r, "a:\n\xc2\xa0\xc2\xa0"
		      "b: 1\n\xc2\xa0\xc2\xa0"
		      "c: 2\nz: 1\n");
	assert_problem(&r, r.yaml.problems, 2, 1,
		"a no-break space indents this line",
		"indent with ordinary spaces, or not at all");
	assert_text(pm_yaml_get(get(&r, "a"), "c"), "2");
	release(&r);
	read_text(&r, "l:\n- a\n- b\nm:\n- c\n - d\n");
	assert_problem(&r, r.yaml.problems, 6, 4,
		"'d' is indented by 1, what stands beside it by 0",
		"do not indent it");
	assert_text(get(&r, "m")->child->next, "d");
	release(&r);
	read_text(&r, "l:\n  -a\n  -b\nz: 1\n");
	assert_problem(
		&r, r.yaml.problems, 2, 3, "no space after '-'", "write: - a");
	assert_problem(&r, r.yaml.problems->next, 3, 3, "no space after '-'",
		"write: - b");
	assert_text(get(&r, "l")->child->next, "b");
	release(&r);
}

/* One run tells everything that is wrong, in order of place. */
static void test_all_at_once(void **state)
{
	struct reading r;
	struct pm_yaml_problem *p;
	unsigned n = 0;
	size_t last = 0;

	(void)state;
	read_text(&r, "a: @x\nb: c: d\n\te: 1\nf: \"g\nh: [i\nj: k\nj: l\n"
		      "m: &n o\np: *n\n<<: *n\nq: !t r\ns: \"\\e\"\n");
	for (p = r.yaml.problems; p; p = p->next) {
		assert_true(p->span.off >= last);
		last = p->span.off;
		n++;
	}
	assert_int_equal(n, 12);
	assert_text(get(&r, "a"), "@x");
	assert_text(get(&r, "b"), "c: d");
	assert_text(get(&r, "f"), "g");
	assert_text(get(&r, "h")->child, "i");
	assert_text(get(&r, "m"), "o");
	release(&r);
}

static void test_refused(void **state)
{
	static const struct {
		const char *text, *message;
		unsigned line, col;
	} cases[] = {
		{"a: 1\nb: &x 2\n", "'&x': anchors are not part of pm's YAML",
			2, 4},
		{"a: *x\n", "'*x': aliases are not part of pm's YAML", 1, 4},
		{"a: !!str 1\n", "'!!str': tags are not part of pm's YAML", 1,
			4},
		{"a: ! b\n", "'!': tags are not part of pm's YAML", 1, 4},
		{"<<: {a: b}\n", "merge keys are not part of pm's YAML", 1, 1},
		{"[a]: b\n", "a key must be text, not a list or map", 1, 1},
		{"? {a: b}\n: c\n", "a key must be text, not a list or map", 1,
			3},
		{"a: 1\n---\nb: 2\n", "a second YAML document begins here", 2,
			1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct reading r;

		read_text(&r, cases[i].text);
		assert_problem(&r, r.yaml.problems, cases[i].line, cases[i].col,
			cases[i].message,
			r.yaml.problems ? r.yaml.problems->hint : NULL);
		assert_null(r.yaml.problems->next);
		assert_non_null(r.yaml.root);
		release(&r);
	}
}

static void test_duplicates(void **state)
{
	struct reading r;
	struct pm_buf many = PM_BUF_INIT;

	(void)state;
	read_text(&r, "a: 1\nb: {c: 1, d: 2, \"c\": 3}\na: 2\n");
	assert_problem(&r, r.yaml.problems, 2, 17, "'c' stands twice",
		"delete one of them");
	assert_int_equal(r.yaml.problems->other.off, 9);
	assert_int_equal(r.yaml.problems->other.len, 1);
	assert_problem(&r, r.yaml.problems->next, 3, 1, "'a' stands twice",
		"delete one of them");
	assert_int_equal(r.yaml.problems->next->other.off, 0);
	assert_text(get(&r, "a"), "1");
	release(&r);
	for (unsigned i = 0; i < 40; i++)
		pm_buf_addf(&many, "k%u: v\n", i);
	pm_buf_adds(&many, "k7: w\n");
	read_bytes(&r, many.ptr, many.len);
	assert_problem(&r, r.yaml.problems, 41, 1, "'k7' stands twice",
		"delete one of them");
	assert_int_equal(
		pm_lines_pos(&r.lines, r.yaml.problems->other.off).line, 8);
	assert_null(r.yaml.problems->next);
	release(&r);
	pm_buf_release(&many);
}

/* libyaml gives bytes it refuses no place, and takes any that is escaped. */
static void test_characters(void **state)
{
	static const char text[] =
		"a: x\x1by\nb: \xff\xfe\nc: z\0w\nd: \xc2\x9b"
		"e: @f\ng: \"\\0\\e[1m\\x41\\u202e\\t\"\n";
	static const struct {
		unsigned line, col;
		const char *message;
		enum pm_yaml_problem_kind kind;
	} expected[] = {
		{1, 5, "the invisible character U+001B", PM_YAML_CHARACTER},
		{2, 4, "byte 0xff is not UTF-8", PM_YAML_CHARACTER},
		{3, 5, "the invisible character U+0000", PM_YAML_CHARACTER},
		{4, 4, "the invisible character U+009B", PM_YAML_CHARACTER},
		{4, 4, "the value of 'd' holds a ':' and needs quotes",
			PM_YAML_SYNTAX},
		{5, 5, "the escape '\\0' stands for an invisible character",
			PM_YAML_SYNTAX},
		{5, 7, "the escape '\\e' stands for an invisible character",
			PM_YAML_SYNTAX},
		{5, 16,
			"the escape '\\u202e' stands for an invisible "
			"character",
			PM_YAML_SYNTAX},
	};
	struct reading r;
	const struct pm_yaml_problem *p;

	(void)state;
	read_bytes(&r, text, sizeof text - 1);
	p = r.yaml.problems;
	for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
		assert_non_null(p);
		assert_problem(&r, p, expected[i].line, expected[i].col,
			expected[i].message, p->hint);
		assert_int_equal(p->kind, expected[i].kind);
		p = p->next;
	}
	assert_null(p);
	assert_true(pm_slice_eq(get(&r, "c")->text, pm_slice_make("z\0w", 3)));
	release(&r);
}

static void test_utf16(void **state)
{
	static const char text[] = "\xff\xfe"
				   "a\0:\0 \0b\0\n\0";
	struct reading r;

	(void)state;
	read_bytes(&r, text, sizeof text - 1);
	assert_non_null(r.yaml.problems);
	assert_int_equal(r.yaml.problems->kind, PM_YAML_CHARACTER);
	release(&r);
}

/* Processor time of one reading, in seconds. */
static double cost(const char *text, size_t len)
{
	struct timespec before, after;
	struct reading r;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
	read_bytes(&r, text, len);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
	release(&r);
	return (double)(after.tv_sec - before.tv_sec) +
	       (double)(after.tv_nsec - before.tv_nsec) * 1e-9;
}

static void test_depth(void **state)
{
	struct reading r;
	struct pm_buf buf = PM_BUF_INIT;

	(void)state;
	for (unsigned depth = 15; depth <= 16; depth++) {
		pm_buf_reset(&buf);
		pm_buf_adds(&buf, "a: ");
		for (unsigned i = 0; i < depth; i++)
			pm_buf_addc(&buf, '[');
		for (unsigned i = 0; i < depth; i++)
			pm_buf_addc(&buf, ']');
		read_bytes(&r, buf.ptr, buf.len);
		if (depth == 15) {
			assert_null(r.yaml.problems);
		} else {
			assert_problem(&r, r.yaml.problems, 1, 19,
				"lists and maps are nested more than 16 deep",
				NULL);
			assert_int_equal(r.yaml.problems->kind, PM_YAML_LIMIT);
			assert_false(r.yaml.complete);
		}
		release(&r);
	}
	pm_buf_release(&buf);
}

/* Texts that hold libyaml for seconds, and texts that are nothing but slips. */
static void test_hostile(void **state)
{
	static const char *const parts[] = {"[", "{", "{a: ", "- ", "[a,", "? ",
		"k: @b\n", "k: a: b\n", "\tk: 1\n", "%TAG ! x\n", "k: \"\n",
		" k: v\n  k: v\n", "k: [\n", "a\n", "- -x\n", "k: &a *b\n",
		"\xff\n", "k:\xc2\xa0v\n", "k: x\n  - y\n", "'\n", "\"\\q",
		"{{", "k: {a: b: c}\n", "k: 'a'b'\n"};
	struct pm_buf buf = PM_BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		pm_buf_reset(&buf);
		while (buf.len + strlen(parts[i]) <= 32768)
			pm_buf_adds(&buf, parts[i]);
		if (cost(buf.ptr, buf.len) > 3.0)
			fail_msg("'%s' repeated takes too long", parts[i]);
	}
	pm_buf_release(&buf);
}

static void test_size(void **state)
{
	struct pm_yaml_limits limits = {.bytes = 10, .depth = 2};
	struct reading r;
	struct pm_buf buf = PM_BUF_INIT;

	(void)state;
	while (buf.len < 32768)
		pm_buf_adds(&buf, "# 1234\n ");
	read_bytes(&r, buf.ptr, 32768);
	assert_null(r.yaml.problems);
	release(&r);
	pm_buf_addc(&buf, ' ');
	read_bytes(&r, buf.ptr, 32769);
	assert_problem(&r, r.yaml.problems, 1, 1,
		"32769 bytes of YAML; pm reads at most 32768", NULL);
	assert_int_equal(r.yaml.problems->kind, PM_YAML_LIMIT);
	assert_null(r.yaml.root);
	assert_false(r.yaml.complete);
	release(&r);
	pm_buf_release(&buf);
	read_text(&r, "a: [b]\n");
	pm_yaml_parse(&r.arena, r.text, &limits, &r.yaml);
	assert_null(r.yaml.problems);
	release(&r);
	read_text(&r, "a: [[]]\n");
	pm_yaml_parse(&r.arena, r.text, &limits, &r.yaml);
	assert_non_null(r.yaml.problems);
	release(&r);
}

/* More slips than anybody mends: some are told, and that there are more. */
static void test_many(void **state)
{
	struct reading r;
	struct pm_buf buf = PM_BUF_INIT;
	const struct pm_yaml_problem *p;
	unsigned n = 0;

	(void)state;
	for (unsigned i = 0; i < 1000; i++)
		pm_buf_addf(&buf, "k%u: @x\n", i);
	read_bytes(&r, buf.ptr, buf.len);
	for (p = r.yaml.problems; p->next; p = p->next)
		n++;
	assert_true(n >= 150);
	assert_string_equal(
		p->hint, "there are more problems than these; mend them first");
	release(&r);
	pm_buf_release(&buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tree),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_slips),
		cmocka_unit_test(test_spans_after_mending),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_line_separators),
		cmocka_unit_test(test_comment),
		cmocka_unit_test(test_brackets),
		cmocka_unit_test(test_indentation),
		cmocka_unit_test(test_all_at_once),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_duplicates),
		cmocka_unit_test(test_characters),
		cmocka_unit_test(test_utf16),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_size),
		cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
