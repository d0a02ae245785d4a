/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two versions of a document, the byte 0x1e between them. Whatever they are:
 * a version does not differ from itself, every change has its line, the worst
 * come first, a record brings back what was put into it, and no format writes
 * what a terminal obeys or more than it may.
 */
#include "fuzz.h"

#include "pm/doc.h"
#include "review/private.h"

enum { SIZE_MAX_INPUT = 4096, SIZE_MAX_COMMENT = 6000 };

static void compare(struct pm_review *review, struct pm_arena *arena,
	struct pm_slice old, struct pm_slice new)
{
	static const char path[] = "postmortems/2026/2026-11-22-a.md";

	*review = (struct pm_review){
		.policy = fuzz_policy(), .arena = arena, .words = true};
	review->old = pm_doc_parse(path, old, fuzz_policy());
	review->new = pm_doc_parse(path, new, fuzz_policy());
	pm_review_docs(review);
	pm_review_finish(review);
}

static void free_docs(struct pm_review *review)
{
	pm_doc_free((struct pm_doc *)(uintptr_t)review->old);
	pm_doc_free((struct pm_doc *)(uintptr_t)review->new);
}

static void write_all(struct pm_arena *arena, struct pm_review_doc *doc)
{
	const struct pm_review_format *const formats[] = {
		&pm_review_format_text,
		&pm_review_format_markdown,
		&pm_review_format_json,
		&pm_review_format_html,
	};
	struct pm_review_opts opts = PM_REVIEW_OPTS_INIT;
	struct pm_review_totals totals = {.documents = 1};
	struct pm_ctx *ctx = pm_ctx_new();

	(void)arena;
	opts.width = 60;
	opts.max_size = SIZE_MAX_COMMENT;
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
		struct pm_review_out out = {.ctx = ctx,
			.opts = &opts,
			.totals = &totals,
			.text = PM_BUF_INIT};

		formats[i]->begin(&out);
		formats[i]->doc(&out, doc);
		formats[i]->end(&out);
		FUZZ_CHECK(out.failed == 0);
		FUZZ_CHECK(!memchr(out.text.ptr, '\033', out.text.len));
		FUZZ_CHECK(!memmem(out.text.ptr, out.text.len, "##[", 3));
		if (i % 2)
			FUZZ_CHECK(out.text.len <= SIZE_MAX_COMMENT);
		pm_buf_release(&out.text);
	}
	pm_ctx_free(ctx);
}

static void check_changes(const struct pm_review *review)
{
	struct pm_pos old = pm_doc_pos(review->old, review->old->src.len);
	struct pm_pos new = pm_doc_pos(review->new, review->new->src.len);

	for (size_t i = 0; i < review->nchanges; i++) {
		const struct pm_review_change *change = &review->changes[i];

		FUZZ_CHECK(change->line >= 1);
		FUZZ_CHECK(change->line <=
			   (change->old_side ? old.line : new.line));
		FUZZ_CHECK(change->message.len > 0);
		if (i)
			FUZZ_CHECK(change->weight <= change[-1].weight);
	}
}

static void travel(const struct pm_review *review, struct pm_arena *arena)
{
	struct pm_review_doc doc = {.kind = PM_CHANGE_MODIFIED,
		.path = pm_slice_str("a.md"),
		.id = pm_slice_str("a")};
	struct pm_buf bytes = PM_BUF_INIT;
	struct pm_record record;

	pm_review_put(&bytes, review);
	pm_record_init(&record, pm_buf_slice(&bytes));
	FUZZ_CHECK(pm_review_get(&record, arena, &doc));
	FUZZ_CHECK(pm_record_done(&record));
	FUZZ_CHECK(doc.nchanges == review->nchanges);
	write_all(arena, &doc);
	pm_buf_release(&bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pm_slice text = pm_slice_make((const char *)data, size);
	struct pm_slice old, new;
	struct pm_arena arena = PM_ARENA_INIT;
	struct pm_review review;

	if (size > SIZE_MAX_INPUT)
		return 0;
	fuzz_cut(text, '\x1e', &old, &new);
	compare(&review, &arena, old, new);
	check_changes(&review);
	travel(&review, &arena);
	free_docs(&review);
	pm_arena_reset(&arena);
	compare(&review, &arena, new, new);
	for (size_t i = 0; i < review.nchanges; i++)
		FUZZ_CHECK(
			strncmp(review.changes[i].kind, "approval-", 9) == 0 ||
			strcmp(review.changes[i].kind, "document-unreadable") ==
				0);
	free_docs(&review);
	pm_arena_release(&arena);
	return 0;
}
