/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Edits of front matter that nobody has seen before: a value reads back, what
 * is appended is one item more, front matter that could be read whole can be
 * read whole again, and no byte outside of an edit's span is another.
 */
#include "fuzz.h"

#include "doc/edit.h"

static const struct pm_slice value = PM_SLICE_LIT("a: \"b\" # c");

static void make_doc(struct pm_slice front, struct pm_buf *src)
{
	pm_buf_adds(src, "---\n");
	pm_buf_add_slice(src, front);
	pm_buf_adds(src, "\n---\n\n# A title\n\nWords.\n");
}

static struct pm_doc *parse(const struct pm_buf *src)
{
	return pm_doc_parse("postmortems/2026/2026-11-22-a.md",
		pm_buf_slice(src), fuzz_policy());
}

/* What stands before and after the edits is as it was. */
static void check_around(const struct pm_edits *edits, struct pm_slice out)
{
	const struct pm_edit *edit = &edits->items.items[0];
	struct pm_slice src = edits->doc->src;
	size_t end = edit->span.off + edit->span.len;
	struct pm_slice tail = pm_slice_from(src, end);

	FUZZ_CHECK(fuzz_within(edit->span, src));
	FUZZ_CHECK(out.len == src.len - edit->span.len + edit->text.len);
	FUZZ_CHECK(pm_slice_eq(pm_slice_sub(out, 0, edit->span.off),
		pm_slice_sub(src, 0, edit->span.off)));
	FUZZ_CHECK(pm_slice_eq(pm_slice_from(out, out.len - tail.len), tail));
}

enum kind { VALUE, APPEND, LIST };

/* An owner that was read, in front matter that could be read whole. */
static bool has_owner(const struct pm_doc *doc)
{
	for (size_t i = 0; i < doc->nproblems; i++)
		if (doc->problems[i].kind == PM_PROBLEM_FRONT_SYNTAX)
			return false;
	return doc->owner.span.len && doc->owner.text.len;
}

static bool edit_one(struct pm_edits *edits, enum kind kind)
{
	struct pm_slice item = pm_slice_str("{by: x}");

	if (kind == VALUE && !has_owner(edits->doc))
		return false;
	if (kind == VALUE) {
		pm_edits_value(edits, &edits->doc->owner, value);
		return true;
	}
	return pm_edits_append(
		edits, kind == LIST ? "tags" : "approvals", item);
}

static void check_read(
	const struct pm_doc *old, const struct pm_doc *new, enum kind kind)
{
	for (size_t i = 0; i < new->nproblems; i++)
		FUZZ_CHECK(new->problems[i].kind != PM_PROBLEM_FRONT_SYNTAX);
	if (kind == VALUE)
		FUZZ_CHECK(pm_slice_eq(new->owner.text, value));
	else if (kind == APPEND)
		FUZZ_CHECK(new->napprovals == old->napprovals + 1);
}

static void edit(struct pm_slice front, enum kind kind)
{
	struct pm_buf src = PM_BUF_INIT, out = PM_BUF_INIT;
	struct pm_edits edits;
	struct pm_doc *old, *new;

	make_doc(front, &src);
	old = parse(&src);
	pm_edits_init(&edits, old);
	if (edit_one(&edits, kind) && edits.items.len) {
		FUZZ_CHECK(edits.items.len == 1);
		FUZZ_CHECK(pm_edits_apply(&edits, &out));
		check_around(&edits, pm_buf_slice(&out));
		new = parse(&out);
		check_read(old, new, kind);
		pm_doc_free(new);
	}
	pm_edits_release(&edits);
	pm_doc_free(old);
	pm_buf_release(&src);
	pm_buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pm_slice front = pm_slice_make((const char *)data, size);

	for (enum kind kind = VALUE; kind <= LIST; kind++)
		edit(front, kind);
	return 0;
}
