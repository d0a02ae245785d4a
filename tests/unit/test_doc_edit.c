/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Edits: the new bytes of small documents, and a property over many: outside
 * of what was edited every byte is as it was, and the value reads back.
 */
#include "doc/edit.h"
#include "doc_parsing.h"

enum kind { OWNER, FIRST, FIELDS, APPEND };

struct row {
	enum kind kind;
	const char *key, *value;
	const char *old, *new; /* new NULL: it cannot be done */
};

static bool edit(struct pm_edits *edits, const struct row *row)
{
	struct pm_slice value = pm_slice_str(row->value);

	switch (row->kind) {
	case OWNER:
		pm_edits_value(edits, &edits->doc->owner, value);
		return true;
	case FIRST:
		return pm_edits_add_first(edits, row->key, value);
	case FIELDS:
		return pm_edits_add_fields(edits, value);
	case APPEND:
		return pm_edits_append(edits, row->key, value);
	}
	return false;
}

static size_t check_rows(const struct row *rows, size_t n)
{
	size_t wrong = 0;

	for (size_t i = 0; i < n; i++) {
		struct pm_doc *doc = parse(rows[i].old);
		struct pm_buf out = PM_BUF_INIT;
		struct pm_edits edits;
		bool done;

		pm_edits_init(&edits, doc);
		done = edit(&edits, &rows[i]);
		assert_true(pm_edits_apply(&edits, &out));
		if (done != (rows[i].new != NULL) ||
			strcmp(out.ptr, done ? rows[i].new : rows[i].old)) {
			print_error("row %zu: %d\n%s", i, done, out.ptr);
			wrong++;
		}
		pm_edits_release(&edits);
		pm_buf_release(&out);
		pm_doc_free(doc);
	}
	return wrong;
}

#define CHECK_ROWS(rows)                                                       \
	assert_int_equal(check_rows(rows, sizeof rows / sizeof rows[0]), 0)

static void test_value(void **state)
{
	static const struct row rows[] = {
		{OWNER, NULL, "@bo", "---\nowner: ana # me\n---\nx\n",
			"---\nowner: \"@bo\" # me\n---\nx\n"},
		{OWNER, NULL, "bo", "---\nowner: \"@ana\"\n---\nx\n",
			"---\nowner: \"bo\"\n---\nx\n"},
		{OWNER, NULL, "bo", "---\nowner: 'ana'\n---\nx\n",
			"---\nowner: 'bo'\n---\nx\n"},
		{OWNER, NULL, "o'b", "---\nowner: 'ana'\n---\nx\n",
			"---\nowner: o'b\n---\nx\n"},
		{OWNER, NULL, "bo", "---\nowner:\nkind: x\n---\nx\n",
			"---\nowner: bo\nkind: x\n---\nx\n"},
		{OWNER, NULL, "bo", "---\nowner:   # who\n---\nx\n",
			"---\nowner: bo   # who\n---\nx\n"},
		{OWNER, NULL, "bo", "---\nowner: |\n  a\n  b\nkind: x\n---\n",
			"---\nowner: bo\nkind: x\n---\n"},
		{OWNER, NULL, "a: b", "---\nowner:\n>\n  x\nkind: y\n---\n",
			"---\nowner:\n \"a: b\"\nkind: y\n---\n"},
		{OWNER, NULL, "bo", "---\n{owner: ana}\n---\nx\n",
			"---\n{owner: bo}\n---\nx\n"},
		{OWNER, NULL, "bo", "---\nowner: @ana\nkind: x\n---\n",
			"---\nowner: bo\nkind: x\n---\n"},
		{OWNER, NULL, "bo", "---\nkind: x\n---\n",
			"---\nkind: x\n---\n"},
	};

	(void)state;
	CHECK_ROWS(rows);
}

static void test_fields(void **state)
{
	static const struct row rows[] = {
		{FIELDS, NULL, "owner: bo\n", "---\nkind: x\n# end\n---\nx",
			"---\nkind: x\n# end\nowner: bo\n---\nx"},
		{FIELDS, NULL, "a: b\nc: d\n", "---\n---\nx\n",
			"---\na: b\nc: d\n---\nx\n"},
		{FIELDS, NULL, "owner: bo\n", "---\n  kind: x\n---\nx\n", NULL},
	};

	(void)state;
	CHECK_ROWS(rows);
}

static void test_first(void **state)
{
	static const struct row rows[] = {
		{FIRST, "id", "a", "---\nschema: 1 # v\ntitle: x\n---\ny\n",
			"---\nschema: 1 # v\nid: a\ntitle: x\n---\ny\n"},
		{FIRST, "id", "a", "---\n# us\ntitle: x\nschema: 1\n---\n",
			"---\n# us\nid: a\ntitle: x\nschema: 1\n---\n"},
		{FIRST, "id", "a: b", "---\r\nschema: 1\r\n---\r\n",
			"---\r\nschema: 1\r\nid: \"a: b\"\r\n---\r\n"},
		{FIRST, "id", "a", "---\nschema:\n  1\n---\n",
			"---\nid: a\nschema:\n  1\n---\n"},
		{FIRST, "id", "a", "---\nschema: |\n  1\n---\n",
			"---\nid: a\nschema: |\n  1\n---\n"},
		{FIRST, "id", "a", "---\nschema:\n---\n",
			"---\nid: a\nschema:\n---\n"},
		{FIRST, "id", "a", "---\n---\nx\n", "---\nid: a\n---\nx\n"},
		{FIRST, "id", "a", "---\n  kind: x\n---\nx\n", NULL},
	};

	(void)state;
	CHECK_ROWS(rows);
}

static void test_append(void **state)
{
	static const struct row rows[] = {
		{APPEND, "tags", "c", "---\nkind: x\n---\nx\n",
			"---\nkind: x\ntags:\n  - c\n---\nx\n"},
		{APPEND, "tags", "c", "---\ntags: [a, b] # d\n---\nx\n",
			"---\ntags: [a, b, c] # d\n---\nx\n"},
		{APPEND, "tags", "c", "---\ntags: [a, b, ]\n---\nx\n",
			"---\ntags: [a, b, c, ]\n---\nx\n"},
		{APPEND, "tags", "c", "---\ntags: []\nkind: x\n---\nx\n",
			"---\ntags:\n  - c\nkind: x\n---\nx\n"},
		{APPEND, "tags", "c", "---\ntags: # d\nkind: x\n---\nx\n",
			"---\ntags: # d\n  - c\nkind: x\n---\nx\n"},
		{APPEND, "tags", "c", "---\ntags: ~\n---\nx\n",
			"---\ntags:\n  - c\n---\nx\n"},
		{APPEND, "tags", "c",
			"---\ntags:\n- a\n- b # d\n# e\nkind: x\n---\n",
			"---\ntags:\n- a\n- b # d\n- c\n# e\nkind: x\n---\n"},
		{APPEND, "tags", "c",
			"---\r\ntags:\r\n    - a\r\n\r\nkind: x\r\n---\r\n",
			"---\r\ntags:\r\n    - a\r\n    - c\r\n\r\nkind: "
			"x\r\n---\r\n"},
		{APPEND, "approvals", "{by: b}",
			"---\napprovals:\n  - by: a\n    at: |\n      x\n\n"
			"kind: x\n---\n",
			"---\napprovals:\n  - by: a\n    at: |\n      x\n"
			"  - {by: b}\n\nkind: x\n---\n"},
		{APPEND, "approvals", "{by: b}",
			"---\napprovals: [{by: a},\n  {by: c}]\n---\n",
			"---\napprovals: [{by: a},\n  {by: c}, {by: "
			"b}]\n---\n"},
		{APPEND, "tags", "c", "---\ntags: a\n---\nx\n", NULL},
		{APPEND, "tags", "c", "---\ntags: {a: b}\n---\nx\n", NULL},
		{APPEND, "tags", "c", "---\n? kind\n: x\n---\nx\n", NULL},
	};

	(void)state;
	CHECK_ROWS(rows);
}

/* Front matter that is absent, in brackets or cannot be read takes nothing. */
static void test_nothing_to_add_to(void **state)
{
	static const char *const docs[] = {"# No front matter\n", "x\n", "",
		"---\n{kind: x}\n---\nx\n", "---\nowner: @ana\n---\nx\n",
		"---\nowner: \"ana\nkind: x\n---\n", "---\nkind: x\n"};

	(void)state;
	for (size_t i = 0; i < sizeof docs / sizeof docs[0]; i++) {
		const struct row rows[] = {
			{FIRST, "id", "a", docs[i], NULL},
			{FIELDS, NULL, "title: t\n", docs[i], NULL},
			{APPEND, "tags", "c", docs[i], NULL},
		};

		CHECK_ROWS(rows);
	}
}

/* Several at once, in whatever order; two at one place do not fit. */
static void test_together(void **state)
{
	struct pm_slice src = pm_slice_str("---\nowner: a\nkind: b\n---\nx\n");
	struct pm_doc *doc = pm_doc_parse(PATH, src, policy);
	struct pm_buf out = PM_BUF_INIT;
	struct pm_edits edits;

	(void)state;
	pm_edits_init(&edits, doc);
	assert_true(pm_edits_add_fields(&edits, pm_slice_str("title: t\n")));
	pm_edits_value(&edits, &doc->kind, pm_slice_str("c"));
	assert_true(pm_edits_append(&edits, "tags", pm_slice_str("u")));
	pm_edits_value(&edits, &doc->owner, pm_slice_str("d"));
	assert_true(pm_edits_apply(&edits, &out));
	assert_string_equal(out.ptr, "---\nowner: d\nkind: c\ntitle: t\ntags:\n"
				     "  - u\n---\nx\n");
	pm_edits_value(&edits, &doc->kind, pm_slice_str("e"));
	pm_buf_reset(&out);
	pm_buf_adds(&out, "before");
	assert_false(pm_edits_apply(&edits, &out));
	assert_string_equal(out.ptr, "before");
	pm_edits_release(&edits);
	pm_buf_release(&out);
	pm_doc_free(doc);
}

/* --- the property --------------------------------------------------------- */

static const char *const heads[] = {
	"owner: ana\n",
	"owner: \"@ana\"   # who\ntags: [a]\n",
	"# first\n\nowner: 'it''s'\n\n# last\n",
	"kind: x\nowner:\n",
	"owner: # nobody\nkind: x\n",
	"owner: >-\n  folded\n  text\n\nkind: x\n",
	"  kind: x\n  owner: ana\n",
	"kind: x\napprovals: []\n",
	"approvals:\n- {by: \"@a\"}\n",
	"approvals:\n    - by: a # b\n      at: c\n\n    # d\nkind: x\n",
	"approvals: [{by: a}]\nunknown: {owner: x}\n",
	"\"owner\" : ana\n",
	"owner: caf\xc3\xa9\nkind: x\n",
	"",
};
static const char *const values[] = {"bo", "@bo", "a: b", "x # y", "- a",
	"it's", "say \"x\"", "back\\slash", "caf\xc3\xa9", "", " edge ", "[a]",
	"{a}", "~", "null", "a\nb", "tab\there", "%", "'", "\"", "a,b"};
static const char *const tails[] = {
	"---\n\n# A\n\nb\n", "---\n# A", "...\n\n\n", "---"};

/* The document with another line end. */
static void with_eol(struct pm_buf *out, const char *text, const char *eol)
{
	for (; *text; text++) {
		if (*text == '\n')
			pm_buf_adds(out, eol);
		else
			pm_buf_addc(out, *text);
	}
}

/* Every byte outside of the one edit is as it was. */
static void check_around(const struct pm_edits *edits, const struct pm_buf *out)
{
	const struct pm_edit *one = &edits->items.items[0];
	struct pm_slice src = edits->doc->src;
	struct pm_slice tail =
		pm_slice_from(src, one->span.off + one->span.len);

	assert_int_equal(edits->items.len, 1);
	assert_int_equal(out->len, src.len - one->span.len + one->text.len);
	assert_memory_equal(out->ptr, src.ptr, one->span.off);
	assert_true(pm_slice_eq(
		pm_slice_from(pm_buf_slice(out), out->len - tail.len), tail));
}

static void check_value(const struct pm_doc *doc, const char *value)
{
	struct pm_buf out = PM_BUF_INIT;
	struct pm_edits edits;
	struct pm_doc *new;

	pm_edits_init(&edits, doc);
	pm_edits_value(&edits, &doc->owner, pm_slice_str(value));
	assert_true(pm_edits_apply(&edits, &out));
	check_around(&edits, &out);
	new = pm_doc_parse(PATH, pm_buf_slice(&out), policy);
	if (!pm_slice_is(new->owner.text, value))
		fail_msg("'%s' reads back as '%.*s' in\n%s", value,
			PM_SLICE_ARG(new->owner.text), out.ptr);
	assert_int_equal(new->napprovals, doc->napprovals);
	assert_true(pm_slice_eq(new->kind.text, doc->kind.text));
	pm_doc_free(new);
	pm_edits_release(&edits);
	pm_buf_release(&out);
}

static void check_append(const struct pm_doc *doc)
{
	struct pm_buf out = PM_BUF_INIT;
	struct pm_edits edits;
	struct pm_doc *new;

	pm_edits_init(&edits, doc);
	assert_true(pm_edits_append(
		&edits, "approvals", pm_slice_str("{by: \"@z\"}")));
	assert_true(pm_edits_apply(&edits, &out));
	check_around(&edits, &out);
	new = pm_doc_parse(PATH, pm_buf_slice(&out), policy);
	assert_int_equal(new->napprovals, doc->napprovals + 1);
	assert_true(
		pm_slice_is(new->approvals[new->napprovals - 1].by.text, "@z"));
	assert_true(pm_slice_eq(new->owner.text, doc->owner.text));
	pm_doc_free(new);
	pm_edits_release(&edits);
	pm_buf_release(&out);
}

static void check_all_edits(const char *text, const char *eol)
{
	struct pm_buf src = PM_BUF_INIT;
	struct pm_doc *doc;

	with_eol(&src, text, eol);
	doc = pm_doc_parse(PATH, pm_buf_slice(&src), policy);
	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
		if (doc->owner.key.len)
			check_value(doc, values[i]);
	check_append(doc);
	pm_doc_free(doc);
	pm_buf_release(&src);
}

/* hazard: 112 */
static void test_property(void **state)
{
	static const char *const eols[] = {"\n", "\r\n", "\r"};

	(void)state;
	for (size_t h = 0; h < sizeof heads / sizeof heads[0]; h++)
		for (size_t t = 0; t < sizeof tails / sizeof tails[0]; t++)
			for (size_t e = 0; e < 3; e++) {
				struct pm_buf text = PM_BUF_INIT;

				pm_buf_addf(
					&text, "---\n%s%s", heads[h], tails[t]);
				check_all_edits(text.ptr, eols[e]);
				pm_buf_release(&text);
			}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_value),
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_first),
		cmocka_unit_test(test_append),
		cmocka_unit_test(test_nothing_to_add_to),
		cmocka_unit_test(test_together),
		cmocka_unit_test(test_property),
	};

	return cmocka_run_group_tests(tests, prepare, finish);
}
