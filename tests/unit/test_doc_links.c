/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Links, images, anchors and prose of a document, each with its place.
 */
#include "doc_reading.h"

static void print_links(struct pm_buf *buf, const struct pm_doc *doc)
{
	for (size_t i = 0; i < doc->nlinks; i++) {
		const struct pm_link *link = &doc->links[i];
		struct pm_slice there =
			pm_slice_sub(doc->src, link->span.off, link->span.len);

		pm_buf_addf(buf, "%u%s %.*s [%.*s]\n", link->line,
			link->image ? " image" : "", PM_SLICE_ARG(link->url),
			PM_SLICE_ARG(there));
	}
}

static void print_anchors(struct pm_buf *buf, const struct pm_doc *doc)
{
	const struct pm_slice *anchors;
	size_t n = pm_doc_anchors(doc, &anchors);

	for (size_t i = 0; i < n; i++)
		pm_buf_addf(buf, "%.*s\n", PM_SLICE_ARG(anchors[i]));
}

static void print_prose(struct pm_buf *buf, const struct pm_doc *doc)
{
	const struct pm_prose *all;
	size_t n = pm_doc_prose(doc, &all);

	for (size_t i = 0; i < n; i++) {
		const struct pm_prose *prose = &all[i];

		pm_buf_addf(buf, "%u", prose->line);
		if (prose->section != SIZE_MAX)
			pm_buf_addf(buf, " s%zu", prose->section);
		pm_buf_addf(buf, "%s%s |%.*s|\n",
			prose->quoted ? " quoted" : "",
			prose->code ? " code" : "", PM_SLICE_ARG(prose->text));
	}
}

static void test_links(void **state)
{
	static const struct reading cases[] = {
		{"links and images say where their address stands",
			"a [b](c.md) d\n![e](f.png)\n",
			"1 c.md [c.md]\n2 image f.png [f.png]\n"},
		{"an image within a link is two", "[![a](b.png)](c.md)\n",
			"1 image b.png [b.png]\n1 c.md [c.md]\n"},
		{"bare addresses and those in angles",
			"see https://a.example/b and <https://c.example>\n",
			"1 https://a.example/b [https://a.example/b]\n"
			"1 https://c.example [https://c.example]\n"},
		{"reference links have their words for a place",
			"a [b] c\n\n[b]: https://d.example/e\n",
			"1 https://d.example/e [b]\n"},
		{"a link of several runs is one",
			"[one **two** `three`](x.md)\n", "1 x.md [x.md]\n"},
		{"two links to one place are two", "[a](x.md) and [b](x.md)\n",
			"1 x.md [x.md]\n1 x.md [x.md]\n"},
		{"raw HTML",
			"<a href=\"x.md\">a</a>\n\n<div>\n<img src='y.png'>\n"
			"</div>\n",
			"1 x.md [x.md]\n4 image y.png [y.png]\n"},
		{"in tables, headings and lists",
			"# [a](b)\n\n- [c](d)\n\n| [e](f) |\n|---|\n",
			"1 b [b]\n3 d [d]\n5 f [f]\n"},
		{"none in code and comments",
			"`[a](b)`\n\n    [c](d)\n\n<!-- <a href=\"x\"> -->\n",
			""},
	};

	(void)state;
	CHECK_READINGS(cases, print_links);
}

static void test_anchors(void **state)
{
	static const struct reading cases[] = {
		{"repeated headings are numbered",
			"# A b\n\n## A b\n\nC\n-\n\n### a B\n",
			"a-b\na-b-1\nc\na-b-2\n"},
		{"named places in HTML",
			"<a id=\"x\"></a> text <a name='y'></a>\n\n"
			"<div id=\"z\">\n\n</div>\n",
			"x\ny\nz\n"},
		{"times are headings too",
			"# T\n\n## Timeline\n\n### 10:02 UTC\n",
			"t\ntimeline\n1002-utc\n"},
	};

	(void)state;
	CHECK_READINGS(cases, print_anchors);
}

static void test_prose(void **state)
{
	static const struct reading cases[] = {
		{"code is told apart, emphasis is not",
			"one **two** `three` four\nfive\n",
			"1 |one two |\n1 code |three|\n1 | four|\n2 |five|\n"},
		{"quotes, and the section around",
			"# T\n\n## S\n\nb\n\n> c\n\nd\n",
			"1 |T|\n3 |S|\n5 s0 |b|\n7 s0 quoted |c|\n9 s0 |d|\n"},
		{"code blocks, cells and items",
			"```\nx\n```\n\n| a |\n|---|\n| b |\n\n- c\n",
			"1 code |x\n|\n5 |a|\n7 |b|\n9 |c|\n"},
		{"no comments and no tags", "<!-- a -->\n\nb <i>c</i>\n",
			"3 |b c|\n"},
	};

	(void)state;
	CHECK_READINGS(cases, print_prose);
}

/* A stretch with a place stands there. */
static void test_places_of_prose(void **state)
{
	struct pm_doc *doc = pm_doc_parse(reading_path,
		pm_slice_str("# T\n\nall is **well** here, `x`\n"),
		reading_policy);
	const struct pm_prose *prose;

	(void)state;
	assert_int_equal(pm_doc_prose(doc, &prose), 3);
	assert_int_equal(prose[1].span.off, 5);
	assert_int_equal(prose[1].span.len, 22);
	assert_int_equal(prose[2].span.off, 28);
	/* Asked again, it is the same. */
	assert_int_equal(pm_doc_prose(doc, &prose), 3);
	pm_doc_free(doc);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_anchors),
		cmocka_unit_test(test_prose),
		cmocka_unit_test(test_places_of_prose),
	};

	return cmocka_run_group_tests(tests, reading_prepare, reading_finish);
}
