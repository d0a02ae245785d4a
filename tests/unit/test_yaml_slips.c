/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The usual slips: each is told with its place and what to type, and the rest
 * of the text is read as if it had been typed so.
 */
#include "yaml_reading.h"

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
	{"b: x\nFoo bar\nz: 1\n", 2, 1, "'Foo bar' is not 'key: value'",
		"write: key: value", "x"},
	{"Foo bar\nb: x\n", 1, 1, "'Foo bar' is not 'key: value'",
		"write: key: value", "x"},
	{"z: 1\nbb y\nb: x\n", 2, 1, "no ':' after 'bb'", "write: bb: y", "x"},
	{"bb:[u: v]\nb: x\n", 1, 1, "no space after 'bb:'", "write: bb: [u: v]",
		"x"},
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

/* hazard: 109 110 */
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

/* hazard: 108 */
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
			"'#' begins a comment, which takes the rest of this "
			"line in",
			"put the entry in quotes", "x #1"},
		{"b: [#x]\nz: 1", 1, 5,
			"'#' begins a comment, which takes the rest of this "
			"line in",
			"put the entry in quotes", "#x"},
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
	read_text(&r, "l:\n  -id: A1\n   t: x\n  -{id: A2, t: y}\n");
	assert_problem(&r, r.yaml.problems, 2, 3, "no space after '-'",
		"write: - id: A1");
	assert_text(get(&r, "l")->child->next->child, "A2");
	release(&r);
	read_text(&r, "t:\n   s: a\n  d: b\n  e: c\nz: 1\n");
	assert_problem(&r, r.yaml.problems, 2, 4,
		"'s' is indented by 3, what stands beside it by 2",
		"indent it by 2 spaces");
	assert_null(r.yaml.problems->next);
	release(&r);
	read_text(&r, "l:\n  - id: A1\n\tt: x\n    u: y\nz: 1\n");
	assert_problem(&r, r.yaml.problems, 3, 1, "a tab indents this line",
		"indent with spaces");
	assert_null(r.yaml.problems->next);
	assert_text(pm_yaml_get(get(&r, "l")->child, "t"), "x");
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
		cmocka_unit_test(test_slips),
		cmocka_unit_test(test_spans_after_mending),
		cmocka_unit_test(test_comment),
		cmocka_unit_test(test_brackets),
		cmocka_unit_test(test_indentation),
		cmocka_unit_test(test_all_at_once),
		cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
