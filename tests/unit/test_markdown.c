/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Markdown as flat arrays: kinds, lines (also those which cmark gets wrong),
 * runs with their places, anchors. Hostile depth does not recurse.
 */
#include "markdown/markdown.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct parsed {
	struct pm_arena arena;
	struct pm_lines lines;
	struct pm_md md;
};

static void parse_from(struct parsed *p, const char *text, size_t off)
{
	p->arena = (struct pm_arena)PM_ARENA_INIT;
	pm_lines_init(&p->lines, pm_slice_str(text));
	pm_md_parse(&p->arena, &p->lines, off, &p->md);
	/* From the end, to see that order makes no difference. */
	for (size_t i = p->md.nblocks; i-- > 0;)
		pm_md_read(&p->md, i);
}

static void release(struct parsed *p)
{
	pm_lines_release(&p->lines);
	pm_arena_release(&p->arena);
}

/* One line for each block: depth as dots, kind, lines, flags, text. */
static void print_blocks(struct pm_buf *buf, const struct pm_md *md)
{
	static const char *const kinds[] = {"heading", "para", "list", "item",
		"code", "html", "table", "row", "cell", "quote", "rule",
		"note"};

	for (size_t i = 0; i < md->nblocks; i++) {
		const struct pm_md_block *block = &md->blocks[i];
		size_t up = block->parent;

		for (; up != SIZE_MAX; up = md->blocks[up].parent)
			pm_buf_addc(buf, '.');
		pm_buf_addf(buf, "%s %u-%u", kinds[block->kind], block->line,
			block->end_line);
		if (block->kind == PM_MD_HEADING)
			pm_buf_addf(buf, " h%u", block->level);
		pm_buf_adds(buf, block->setext ? " under" : "");
		pm_buf_adds(buf, block->header ? " header" : "");
		pm_buf_adds(buf, block->ordered ? " ordered" : "");
		if (block->task)
			pm_buf_adds(buf, block->ticked ? " [x]" : " [ ]");
		if (block->text.len)
			pm_buf_addf(buf, " %.*s", PM_SLICE_ARG(block->text));
		pm_buf_addc(buf, '\n');
	}
}

static void check_blocks(const char *text, const char *expect)
{
	struct pm_buf buf = PM_BUF_INIT;
	struct parsed p;

	parse_from(&p, text, 0);
	print_blocks(&buf, &p.md);
	assert_string_equal(buf.ptr, expect);
	pm_buf_release(&buf);
	release(&p);
}

static void test_blocks(void **state)
{
	(void)state;
	check_blocks("# One\n\ntext\nmore\n\n- a\n- [x] b\n\n  c\n\n1. d\n",
		"heading 1-1 h1 One\n"
		"para 3-4 text more\n"
		"list 6-9\n"
		".item 6-6\n"
		"..para 6-6 a\n"
		".item 7-9 [x]\n"
		"..para 7-7 b\n"
		"..para 9-9 c\n"
		"list 11-11 ordered\n"
		".item 11-11\n"
		"..para 11-11 d\n");
	check_blocks("", "");
}

/* hazard: 98 */
static void test_lines_that_cmark_gets_wrong(void **state)
{
	(void)state;
	/* A table under a paragraph, with and without rows. */
	check_blocks("one\ntwo\n| a | b |\n|---|---|\n| 1 | 2 |\n",
		"para 1-2 one two\n"
		"table 3-5\n"
		".row 3-3 header\n"
		"..cell 3-3 a\n"
		"..cell 3-3 b\n"
		".row 5-5\n"
		"..cell 5-5 1\n"
		"..cell 5-5 2\n");
	check_blocks("one\n| a |\n|---|\n", "para 1-1 one\n"
					    "table 2-3\n"
					    ".row 2-2 header\n"
					    "..cell 2-2 a\n");
	/* Raw HTML, underlined headings, indented code, trailing blanks. */
	check_blocks("<!-- a\nb -->\nOver\nlines\n=====\n\n    code\n\n\nend\n",
		"html 1-2\n"
		"heading 3-5 h1 under Over lines\n"
		"code 7-7\n"
		"para 10-10 end\n");
	check_blocks("- a\n\n\n\n# b\n", "list 1-1\n"
					 ".item 1-1\n"
					 "..para 1-1 a\n"
					 "heading 5-5 h1 b\n");
	/* Definitions before a paragraph are no part of it. */
	check_blocks("[x]: http://example.org\nafter\n", "para 2-2 after\n");
}

static void test_notes_come_last(void **state)
{
	(void)state;
	check_blocks("a[^n]\n\n[^n]: said below\n\nb\n",
		"para 1-1 a\n"
		"para 5-5 b\n"
		"note 3-3\n"
		".para 3-3 said below\n");
}

/* The same blocks on the same lines whatever ends them. */
/* hazard: 99 */
static void test_line_ends(void **state)
{
	(void)state;
	check_blocks("# a\r\n\r\nb\r\n", "heading 1-1 h1 a\npara 3-3 b\n");
	check_blocks("# a\r\rb\r", "heading 1-1 h1 a\npara 3-3 b\n");
	check_blocks("# a\n\nb", "heading 1-1 h1 a\npara 3-3 b\n");
}

/* hazard: 96 */
static void test_lines_count_the_front_matter(void **state)
{
	static const char text[] = "---\nid: x\n---\n# a\n\n| h |\n|---|\n";
	struct parsed p;

	(void)state;
	parse_from(&p, text, strlen("---\nid: x\n---\n"));
	assert_int_equal(p.md.blocks[0].line, 4);
	assert_int_equal(p.md.blocks[1].kind, PM_MD_TABLE);
	assert_int_equal(p.md.blocks[1].line, 6);
	assert_int_equal(p.md.runs[0].line, 4);
	assert_int_equal(p.md.runs[0].span.off, strlen("---\nid: x\n---\n# "));
	release(&p);
}

/* Every run that says where it stands stands there, and they are in order. */
static size_t check_run(
	const struct parsed *p, const struct pm_md_run *run, size_t last)
{
	struct pm_slice there;

	if (!run->span.len)
		return last;
	there = pm_slice_sub(p->lines.text, run->span.off, run->span.len);
	assert_true(pm_slice_eq(there, run->text));
	assert_true(run->span.off >= last);
	assert_int_equal(
		run->line, pm_lines_pos(&p->lines, run->span.off).line);
	return run->span.off + run->span.len;
}

static void check_places(const struct parsed *p)
{
	size_t last = 0;

	for (size_t i = 0; i < p->md.nblocks; i++) {
		const struct pm_md_block *block = &p->md.blocks[i];

		for (size_t k = 0; k < block->nruns; k++)
			last = check_run(p, &p->md.runs[block->run + k], last);
	}
}

static void test_runs(void **state)
{
	static const struct {
		const char *text, *url;
		unsigned style;
	} want[] = {
		{"one ", "", 0},
		{"two", "", PM_MD_STRONG},
		{" ", "", 0},
		{"a_b", "", PM_MD_INLINE_CODE},
		{" ", "", PM_MD_BREAK},
		{"link", "x.md", PM_MD_LINK},
		{" ", "", 0},
		{"alt", "p.png", PM_MD_LINK | PM_MD_IMAGE},
		{"", "y.md", PM_MD_LINK},
		{" ", "", 0},
		{"<b>", "", PM_MD_INLINE_HTML},
		{"gone", "", PM_MD_STRIKE},
		{" ", "", 0},
		{"http://h.example/a", "http://h.example/a", PM_MD_LINK},
	};
	struct parsed p;

	(void)state;
	parse_from(&p,
		"one **two** `a_b`\n[link](x.md) [![alt](p.png)](y.md) "
		"<b>~~gone~~ http://h.example/a\n",
		0);
	check_places(&p);
	assert_int_equal(p.md.nruns, sizeof want / sizeof want[0]);
	for (size_t i = 0; i < p.md.nruns; i++) {
		assert_true(pm_slice_is(p.md.runs[i].text, want[i].text));
		assert_true(pm_slice_is(p.md.runs[i].url, want[i].url));
		assert_int_equal(p.md.runs[i].style, want[i].style);
	}
	assert_true(pm_slice_is(p.md.blocks[0].text,
		"one two a_b link alt gone http://h.example/a"));
	release(&p);
}

/* Extensions are asked for by what a text holds: the cases are those where
   that is easily got wrong. */
static void test_addresses(void **state)
{
	static const struct {
		const char *text, *urls; /* each followed by a blank */
	} cases[] = {
		{"see http://a.example/x now\n", "http://a.example/x "},
		{"[a](http://a.example) b\n", "http://a.example "},
		{"[a](http://a.example) http://b.example\n",
			"http://a.example http://b.example "},
		/* It looks like the address of a link and is none. */
		{"a](http://a.example) b\n", "http://a.example "},
		{"\\<http://a.example b\n", "http://a.example "},
		{"<http://a.example> b\n", "http://a.example "},
		{"[a]\n\n[a]: http://a.example\n", "http://a.example "},
		{"[a]: http://a.example is an address\n", "http://a.example "},
		{"`http://a.example`\n\n    http://a.example\n", ""},
		{"www.example.org\n", "http://www.example.org "},
		{"a@example.org\n", "mailto:a@example.org "},
		{"a&#64;example.org\n", "mailto:a@example.org "},
		{"a&commat;example.org\n", "mailto:a@example.org "},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct pm_buf urls = PM_BUF_INIT;
		struct parsed p;

		parse_from(&p, cases[i].text, 0);
		for (size_t k = 0; k < p.md.nruns; k++)
			if (p.md.runs[k].url.len)
				pm_buf_addf(&urls, "%.*s ",
					PM_SLICE_ARG(p.md.runs[k].url));
		assert_string_equal(urls.ptr, cases[i].urls);
		pm_buf_release(&urls);
		release(&p);
	}
}

/* What could have been markup and is none is text like any other: one run. */
static void test_text_in_one_run(void **state)
{
	static const char *const cases[][2] = {
		{"a [b] c! *d :e_f\n", "a [b] c! *d :e_f"},
		{"no[^1]te\n", "no[^1]te"},
		{"no[^1]te ~ [^2]\n\n[^2]: x\n", "no[^1]te ~ "},
		{"mail me@home [x] a ~b\n", "mail me@home [x] a ~b"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct parsed p;

		parse_from(&p, cases[i][0], 0);
		assert_true(pm_slice_is(p.md.runs[0].text, cases[i][1]));
		release(&p);
	}
}

static void test_places_of_repeated_words(void **state)
{
	struct parsed p;

	(void)state;
	parse_from(&p,
		"a *a* **a** [a](a) a\na `a`\n\n- a\n- a\n\n"
		"| a | a |\n|---|---|\n| a | a |\n",
		0);
	check_places(&p);
	/* The link's address is not taken for the text behind it. */
	assert_int_equal(p.md.runs[5].span.off, strlen("a *a* **a** ["));
	assert_int_equal(p.md.runs[6].span.off, strlen("a *a* **a** [a](a)"));
	release(&p);
}

/* Deep nesting is walked, not recursed into, and stays quick. */
/* hazard: 88 */
static void test_depth(void **state)
{
	enum { DEPTH = 20000 };
	struct pm_buf buf = PM_BUF_INIT;
	struct parsed p;

	(void)state;
	for (int i = 0; i < DEPTH; i++)
		pm_buf_adds(&buf, "> ");
	pm_buf_adds(&buf, "deep\n");
	parse_from(&p, buf.ptr, 0);
	assert_int_equal(p.md.nblocks, DEPTH + 1);
	assert_int_equal(p.md.blocks[0].end, DEPTH + 1);
	assert_true(pm_slice_is(p.md.blocks[DEPTH].text, "deep"));
	release(&p);
	pm_buf_release(&buf);
}

/* Bytes that are no UTF-8, and NUL, come out as something that is. */
/* hazard: 95 */
static void test_bad_bytes(void **state)
{
	static const char text[] = "a\xff"
				   "b\0c\n";
	struct pm_arena arena = PM_ARENA_INIT;
	struct pm_lines lines;
	struct pm_md md;

	(void)state;
	pm_lines_init(&lines, pm_slice_make(text, sizeof text - 1));
	pm_md_parse(&arena, &lines, 0, &md);
	assert_int_equal(md.nblocks, 1);
	assert_true(pm_slice_is(pm_md_read(&md, 0)->text, "a\xef\xbf\xbd"
							  "b\xef\xbf\xbd"
							  "c"));
	pm_lines_release(&lines);
	pm_arena_release(&arena);
}

static void test_anchors(void **state)
{
	static const char *const cases[][2] = {
		{"What went well", "what-went-well"},
		{"  Trigger & causes ", "trigger--causes"},
		{"A/B: 50 %!", "ab-50-"},
		{"snake_case-and-dash", "snake_case-and-dash"},
		{"\xc3\x84rger in \xc3\x98st", "\xc3\xa4rger-in-\xc3\xb8st"},
		{"\xe6\xa6\x82\xe8\xa6\x81", "\xe6\xa6\x82\xe8\xa6\x81"},
		{"\xd0\x96\xd0\xb0\xd1\x80", "\xd0\xb6\xd0\xb0\xd1\x80"},
		{"", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct pm_buf buf = PM_BUF_INIT;

		pm_md_anchor(&buf, pm_slice_str(cases[i][0]));
		assert_string_equal(buf.ptr, cases[i][1]);
		pm_buf_release(&buf);
	}
}

/* What is read of a text must not depend on the comment behind it. */
static void check_whatever(const char *body, const char *comment)
{
	struct pm_buf text = PM_BUF_INIT;
	struct pm_buf other = PM_BUF_INIT;
	struct parsed plain, walked;

	pm_buf_addf(&text, "%s\n\n<!-- x -->\n", body);
	pm_buf_addf(&other, "%s\n\n<!-- %s -->\n", body, comment);
	parse_from(&plain, text.ptr, 0);
	parse_from(&walked, other.ptr, 0);
	assert_int_equal(plain.md.nblocks, walked.md.nblocks);
	for (size_t b = 0; b < plain.md.nblocks; b++) {
		const struct pm_md_block *x = &plain.md.blocks[b];
		const struct pm_md_block *y = &walked.md.blocks[b];

		assert_int_equal(x->kind, y->kind);
		assert_int_equal(x->line, y->line);
		assert_int_equal(x->end_line, y->end_line);
		assert_int_equal(x->nruns, y->nruns);
		assert_true(pm_slice_eq(x->text, y->text));
	}
	assert_int_equal(plain.md.nruns, walked.md.nruns);
	for (size_t r = 0; r < plain.md.nruns; r++) {
		const struct pm_md_run *x = &plain.md.runs[r];
		const struct pm_md_run *y = &walked.md.runs[r];

		assert_int_equal(x->style, y->style);
		assert_int_equal(x->line, y->line);
		assert_int_equal(x->span.off, y->span.off);
		assert_int_equal(x->span.len, y->span.len);
		assert_true(pm_slice_eq(x->text, y->text));
		assert_true(pm_slice_eq(x->url, y->url));
	}
	release(&plain);
	release(&walked);
	pm_buf_release(&text);
	pm_buf_release(&other);
}

/*
 * Plain paragraphs are read from their lines, and those with some markup when
 * somebody asks; a control character anywhere makes that impossible, and the
 * whole tree is made and walked. Addresses are looked for where some stand
 * outside of links: "www." asks for that anyway. All must say the same.
 */
static void check_as_walked(const char *body)
{
	check_whatever(body, "\v");
	check_whatever(body, "www.");
}

static void test_plain_as_walked(void **state)
{
	static const char *const texts[] = {
		"one line\n",
		"one line without end",
		"two\nlines\n",
		"two  \nlines\n",
		"two \nlines \n",
		"two\\\nlines\n",
		"   indented\n     more\nlazy\n",
		"\tcode\n\ntext\twith tab\n",
		"- item\n  goes on\n- second\nlazy\n\n  own paragraph\n",
		("1. first\n12. second\n   - deeper\n     - deepest\n"
		 "       - beyond\n         - and on\n"),
		"-\n  begins below\n",
		"- [ ] task\n- [x] done\n  goes on\n",
		"> quoted\n> twice\nlazy\n",
		"text\n| a | b |\n|---|---|\n| c | d |\n",
		"heading\n===\ntext\n",
		"[a]: http://example.org\ntext behind it\n",
		"see http://example.org and www.example.org\n",
		"mail ana@example.org\nnow\n",
		"[link](http://example.org) and\n\nplain http\n",
		"snake_case and a_b\n\n`code` here\n\nplain\n",
		"a & b &amp; c\n\nx < y\n",
		"2026-11-22 10:02Z something (source)\n",
		"\xc3\xa9t\xc3\xa9\n\xe6\x97\xa5\n",
		"text[^1] with a note\n\n[^1]: the note\n  goes on\n",
		"- a\n\n  b\n\n      code\n\n* c\n+ d\n",
		"*soft* and **bold** words\nof _two_ lines\n",
		"a **bold\n`code` in** it\\\nand *open\n",
		"***both** one*  \nbreak \\* &lt; ] ![\n",
		"- **item**\n  *goes*\n- `a\n  b` c\n\n> **q\n> r**\n",
		"*a*\n===\n\n**b**\n\n| *c* | d |\n|---|---|\n| `e` | f |\n",
		"**a**\n| b | c |\n|---|---|\n\nfoo~~bar~~ *baz*\n",
		("| a | b |\n|---|---|\n| c \\| d |  |\n| <br> | f & g |\n"
		 "| http://h.example | ~ | i |\n> | j |\n> |---|\n> | k |\n"),
		"~~a~~ b\n\n*c* ~ d\n\n**e** f\n",
		"<http://a.example> *b*\n\n**c**\n\n[d](http://d.example)\n",
		"[a <http://a.example> b](c) [d [e](http://e.example)](f)\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		check_as_walked(texts[i]);
}

/* The same for texts of random pieces, from a fixed seed. */
static void test_random_as_walked(void **state)
{
	static const char *const pieces[] = {"word ", "two words", "\n", "\n",
		"\n\n", "  ", "*", "**", "_", "`", "\\", "&amp;", "- ", "> ",
		"1. ", "# ", "| a | b |\n|---|---|\n", "---\n", "[", "](x)",
		"<", "https://a.example ", "a@b.example", "~~", "    ", "```\n",
		"<https://b.example>", "| c | *d* |\n",
		"[e](https://e.example)", "\xc3\xa9"};
	uint32_t seed = 2026;

	(void)state;
	for (int n = 0; n < 10000; n++) {
		struct pm_buf text = PM_BUF_INIT;

		for (int i = 0; i <= n % 20; i++) {
			seed = seed * 1664525 + 1013904223;
			pm_buf_adds(&text,
				pieces[(seed >> 8) %
					(sizeof pieces / sizeof pieces[0])]);
		}
		check_as_walked(text.ptr);
		pm_buf_release(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain_as_walked),
		cmocka_unit_test(test_random_as_walked),
		cmocka_unit_test(test_blocks),
		cmocka_unit_test(test_lines_that_cmark_gets_wrong),
		cmocka_unit_test(test_notes_come_last),
		cmocka_unit_test(test_line_ends),
		cmocka_unit_test(test_lines_count_the_front_matter),
		cmocka_unit_test(test_runs),
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_text_in_one_run),
		cmocka_unit_test(test_places_of_repeated_words),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_bad_bytes),
		cmocka_unit_test(test_anchors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
