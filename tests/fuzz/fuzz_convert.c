/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Front matter drafted from what a document says: the draft can be read whole,
 * the body stays to the byte, what was said before is said after, and a second
 * draft has nothing to add.
 */
#include "fuzz.h"

#include "doc/doc.h"
#include "doc/edit.h"
#include "mend/convert.h"

enum { SIZE_MAX_INPUT = 4096 };

static struct pm_doc *parse(struct pm_slice text)
{
	return pm_doc_parse(
		"postmortems/2026/2026-11-22-a.md", text, fuzz_policy());
}

static void check_kept(const struct pm_doc *doc, const struct pm_doc *after)
{
	FUZZ_CHECK(after->nactions == doc->nactions);
	FUZZ_CHECK(after->timeline.nentries == doc->timeline.nentries);
	for (size_t i = 0; i < after->nproblems; i++)
		FUZZ_CHECK(after->problems[i].kind != PM_PROBLEM_FRONT_SYNTAX);
	for (size_t i = 0; i < PM_MOMENT_COUNT; i++)
		FUZZ_CHECK(after->times[i].valid ||
			   !after->times[i].field.text.len);
	/* In front matter an owner is somebody, or pm check refuses it. */
	for (size_t i = 0; i < after->nactions; i++)
		FUZZ_CHECK(after->actions[i].in_body ||
			   pm_person_valid(after->actions[i].owner.text) ||
			   !pm_doc_names_person(after->actions[i].owner.text));
}

static void check_draft(const struct pm_doc *doc, enum pm_front_extent extent)
{
	struct pm_front_draft draft = {PM_BUF_INIT, PM_BUF_INIT};
	struct pm_buf text = PM_BUF_INIT;
	struct pm_slice body = doc->src;
	struct pm_doc *after;

	pm_front_draft(doc, fuzz_policy(), extent, &draft);
	FUZZ_CHECK(draft.words.len > 0);
	if (pm_slice_starts(body, "\xef\xbb\xbf"))
		body = pm_slice_from(body, 3);
	pm_buf_adds(&text, "---\n");
	pm_buf_add_slice(&text, pm_buf_slice(&draft.fields));
	pm_buf_adds(&text, "---\n");
	pm_buf_add_slice(&text, body);
	after = parse(pm_buf_slice(&text));
	FUZZ_CHECK(after->has_front);
	FUZZ_CHECK(
		pm_slice_eq(pm_slice_from(after->src, after->body_off), body));
	FUZZ_CHECK(after->schema.text.len > 0);
	/* Of what pm would write, every field reads as it was meant. */
	if (pm_front_keeps(doc, after))
		check_kept(doc, after);
	pm_doc_free(after);
	pm_buf_release(&text);
	pm_buf_release(&draft.fields);
	pm_buf_release(&draft.words);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pm_slice text = pm_slice_make((const char *)data, size);
	struct pm_doc *doc;

	if (size > SIZE_MAX_INPUT)
		return 0;
	doc = parse(text);
	if (!doc->has_front && doc->body_off == 0)
		for (unsigned i = 0; i < PM_FRONT_EXTENTS; i++)
			check_draft(doc, (enum pm_front_extent)i);
	pm_doc_free(doc);
	return 0;
}
