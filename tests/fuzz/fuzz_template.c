/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A template: taken, or refused with words. A line of a template that was
 * taken says nothing of its own (one with a variable is another line once it
 * is filled); filling it works or says what it lacks.
 */
#include "fuzz.h"

#include <string.h>

#include "policy/template.h"

static void use(struct pm_ctx *ctx, const struct pm_template *tmpl)
{
	static const struct pm_template_vars vars[] = {
		{PM_SLICE_LIT("title"), PM_SLICE_LIT("It broke: \"all\" #1")},
		{PM_SLICE_LIT("id"), PM_SLICE_LIT("2026-11-22-it-broke")},
		{PM_SLICE_LIT("date"), PM_SLICE_LIT("2026-11-22")},
	};
	struct pm_slice rest = tmpl->text;
	struct pm_slice line;
	struct pm_buf out = PM_BUF_INIT;

	FUZZ_CHECK(tmpl->nsections > 0);
	for (size_t i = 0; i < tmpl->nsections; i++) {
		FUZZ_CHECK(tmpl->sections[i].heading != NULL);
		FUZZ_CHECK(tmpl->sections[i].line >= 1);
		rest = tmpl->sections[i].text;
		while (pm_slice_line(&rest, &line))
			FUZZ_CHECK(memmem(line.ptr, line.len, "{{", 2) ||
				   pm_template_line_empty(tmpl, line));
	}
	if (pm_template_fill(
		    ctx, tmpl, vars, sizeof vars / sizeof *vars, &out) < 0)
		FUZZ_CHECK(pm_ctx_error(ctx)->message.len > 0);
	pm_buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pm_slice text = pm_slice_make((const char *)data, size);
	struct pm_ctx *ctx = pm_ctx_new();
	struct pm_template *tmpl = NULL;

	if (pm_template_parse(
		    ctx, "fuzz", ".pm/templates/fuzz.md", text, &tmpl) == 0) {
		use(ctx, tmpl);
	} else {
		FUZZ_CHECK(tmpl == NULL);
		FUZZ_CHECK(pm_ctx_error(ctx)->message.len > 0);
	}
	pm_template_free(tmpl);
	pm_ctx_free(ctx);
	return 0;
}
