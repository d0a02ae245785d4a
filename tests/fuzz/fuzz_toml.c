/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Front matter of another tool: TOML between two lines "+++". The bytes stand
 * there, and once more as the whole document; what is read of it lies within
 * the text, and the body begins behind it.
 */
#include "fuzz.h"

#include "doc/private.h"

static void check(struct pm_slice text)
{
	struct pm_doc *doc = pm_doc_parse(
		"postmortems/2026/2026-11-22-a.md", text, fuzz_policy());
	struct pm_slice toml = doc->own->toml;

	FUZZ_CHECK(doc->body_off <= doc->src.len);
	if (toml.len) {
		FUZZ_CHECK(toml.ptr >= doc->src.ptr);
		FUZZ_CHECK(toml.ptr + toml.len <= doc->src.ptr + doc->body_off);
	}
	FUZZ_CHECK(fuzz_within(doc->title.span, doc->src));
	for (size_t i = 0; i < doc->nproblems; i++)
		FUZZ_CHECK(fuzz_within(doc->problems[i].span, doc->src));
	pm_doc_free(doc);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pm_slice text = pm_slice_make((const char *)data, size);
	struct pm_buf src = PM_BUF_INIT;

	check(text);
	pm_buf_adds(&src, "+++\n");
	pm_buf_add_slice(&src, text);
	pm_buf_adds(&src, "\n+++\n\n# A title\n\n## Summary\n\nWords.\n");
	check(pm_buf_slice(&src));
	pm_buf_release(&src);
	return 0;
}
