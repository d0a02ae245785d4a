/* SPDX-License-Identifier: Apache-2.0 */
/*
 * YAML as pm takes it: the tree and its spans, places, what is refused, and
 * the limits. The slips have a file of their own.
 */
#include "yaml/private.h"
#include "yaml_reading.h"

#include <time.h>

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
/* hazard: 107 */
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
/* hazard: 104 */
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

/* hazard: 101 102 111 */
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
		{"l:\n  &-?id:\n", "'&-': anchors are not part of pm's YAML", 2,
			3},
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

/* hazard: 103 */
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
/* hazard: 105 106 */
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

/* hazard: 111 */
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

/* hazard: 100 */
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
/* hazard: 100 */
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

/* What libyaml asks of memory, asked of ours: pieces that hold what they should
   and do not touch each other, also across the ceiling of a block. */
static void test_memory(void **state)
{
	struct pm_arena arena = PM_ARENA_INIT;
	char *text, *grown, *other;

	(void)state;
	pm_yaml_use(&arena);
	assert_false(pm_yaml_keeps());
	text = pm_yaml_strdup("owner");
	other = pm_yaml_malloc(3);
	assert_true(pm_yaml_keeps());
	memcpy(other, "due", 3);
	assert_ptr_equal(pm_yaml_realloc(text, 4), text);
	grown = pm_yaml_realloc(text, 100 * 1000);
	memset(grown + 6, 'x', 100 * 1000 - 6);
	pm_yaml_free(text);
	assert_string_equal(text, "owner");
	assert_memory_equal(grown, "owner", 6);
	assert_memory_equal(other, "due", 3);
	memset(pm_yaml_realloc(NULL, 5), 'y', 5);
	assert_memory_equal(other, "due", 3);
	assert_int_equal((uintptr_t)grown % _Alignof(max_align_t), 0);
	pm_arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tree),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_line_separators),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_duplicates),
		cmocka_unit_test(test_characters),
		cmocka_unit_test(test_utf16),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_size),
		cmocka_unit_test(test_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
