/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A whole document. Everything read from it points into it, in its order, and
 * has a line that exists. cmark-gfm itself takes minutes over some texts of a
 * few KiB; in pm a worker's limits answer that, here the size is kept small
 * and the time allowed for one input is long.
 */
#include "fuzz.h"

#include "doc/doc.h"

enum { SIZE_MAX_INPUT = 4096 };

static void check_sections(const struct pm_doc *doc)
{
	size_t last = 0;

	for (size_t i = 0; i < doc->nsections; i++) {
		const struct pm_section *section = &doc->sections[i];

		FUZZ_CHECK(section->span.off >= last);
		last = section->span.off;
		FUZZ_CHECK(section->level >= 1 && section->level <= 7);
		FUZZ_CHECK(section->line >= 1);
		FUZZ_CHECK(fuzz_within(section->span, doc->src));
		FUZZ_CHECK(fuzz_within(section->body, doc->src));
		FUZZ_CHECK(section->parent == SIZE_MAX || section->parent < i);
		FUZZ_CHECK(section->role < PM_SECTION_COUNT);
	}
}

static void check_rest(const struct pm_doc *doc, unsigned lines)
{
	const struct pm_slice *anchors;
	const struct pm_prose *prose;
	size_t nprose;

	for (size_t i = 0; i < doc->timeline.nentries; i++) {
		const struct pm_entry *entry = &doc->timeline.entries[i];

		FUZZ_CHECK(entry->line >= 1 && entry->line <= lines);
		FUZZ_CHECK(fuzz_within(entry->span, doc->src));
	}
	for (size_t i = 0; i < doc->nactions; i++) {
		const struct pm_action *action = &doc->actions[i];

		FUZZ_CHECK(action->line >= 1 && action->line <= lines);
		FUZZ_CHECK(fuzz_within(action->span, doc->src));
		FUZZ_CHECK(fuzz_within(action->owner.span, doc->src));
		FUZZ_CHECK(fuzz_within(action->due.span, doc->src));
	}
	for (size_t i = 0; i < doc->nlinks; i++) {
		FUZZ_CHECK(doc->links[i].line <= lines);
		FUZZ_CHECK(fuzz_within(doc->links[i].span, doc->src));
	}
	nprose = pm_doc_prose(doc, &prose);
	for (size_t i = 0; i < nprose; i++) {
		FUZZ_CHECK(prose[i].line <= lines);
		FUZZ_CHECK(fuzz_within(prose[i].span, doc->src));
	}
	pm_doc_anchors(doc, &anchors);
	for (size_t i = 0; i < doc->nproblems; i++)
		FUZZ_CHECK(fuzz_within(doc->problems[i].span, doc->src));
}

static void check_waivers(const struct pm_doc *doc, unsigned lines)
{
	for (size_t i = 0; i < doc->nwaivers; i++) {
		const struct pm_waiver *waiver = &doc->waivers[i];

		FUZZ_CHECK(fuzz_within(waiver->span, doc->src));
		FUZZ_CHECK(fuzz_within(waiver->rule.span, doc->src));
		FUZZ_CHECK(fuzz_within(waiver->reason.span, doc->src));
		FUZZ_CHECK(waiver->first <= waiver->last);
		FUZZ_CHECK(waiver->last <= lines);
		FUZZ_CHECK(i == 0 ||
			   doc->waivers[i - 1].in_body <= waiver->in_body);
	}
}

static void check_digest(const struct pm_doc *doc)
{
	char digest[sizeof PM_DIGEST_PREFIX + 64] = PM_DIGEST_PREFIX;

	pm_doc_digest(doc, digest + sizeof PM_DIGEST_PREFIX - 1);
	FUZZ_CHECK(pm_doc_digest_valid(pm_slice_str(digest)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pm_slice text = pm_slice_make((const char *)data, size);
	struct pm_doc *doc;
	struct pm_pos end;

	if (size > SIZE_MAX_INPUT)
		return 0;
	doc = pm_doc_parse(
		"postmortems/2026/2026-11-22-a.md", text, fuzz_policy());
	end = pm_doc_pos(doc, doc->src.len);
	FUZZ_CHECK(end.line >= 1 && end.col >= 1);
	check_sections(doc);
	check_rest(doc, end.line);
	check_waivers(doc, end.line);
	check_digest(doc);
	for (enum pm_duration d = PM_DURATION_TTD; d <= PM_DURATION_TTR; d++) {
		int64_t seconds;

		(void)pm_doc_duration(doc, d, &seconds);
	}
	pm_doc_free(doc);
	return 0;
}
