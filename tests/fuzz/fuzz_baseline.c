/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A baseline: taken, or refused with words at a line. A line that is written
 * for a finding is read back, whatever its path and words are.
 */
#include "fuzz.h"

#include "check/baseline.h"

static void use(
	struct pm_ctx *ctx, struct pm_baseline *baseline, struct pm_slice text)
{
	size_t n = pm_baseline_unused(ctx, baseline, NULL);
	struct pm_finding finding = {
		.rule = "action-owner",
		.path = pm_slice_sub(text, 0, 40),
		.document = pm_slice_sub(text, 0, 40),
		.start = {7, 1},
		.message = text,
		.source = text,
	};
	bool held = pm_baseline_holds(ctx, baseline, &finding);

	FUZZ_CHECK(n <= baseline->lines.len);
	FUZZ_CHECK(pm_baseline_unused(ctx, baseline, NULL) == n - held);
}

/* A path from the first line, words from the rest. */
static void round_trip(struct pm_ctx *ctx, struct pm_slice text)
{
	struct pm_finding finding = {
		.rule = "link-broken",
		.path = pm_slice_sub(text, 0, text.len / 3),
		.start = {2, 1},
		.message = pm_slice_from(text, text.len / 3),
		.source = pm_slice_from(text, text.len / 2),
	};
	struct pm_buf line = PM_BUF_INIT;
	struct pm_baseline *baseline = NULL;

	if (!finding.path.len || memchr(finding.path.ptr, 0, finding.path.len))
		return;
	pm_baseline_add_line(&line, &finding, "it is known");
	FUZZ_CHECK(pm_baseline_parse(ctx, pm_buf_slice(&line), &baseline) == 0);
	FUZZ_CHECK(baseline->lines.len == 1 && baseline->nsorted == 1);
	FUZZ_CHECK(pm_baseline_holds(ctx, baseline, &finding));
	FUZZ_CHECK(!pm_baseline_holds(ctx, baseline, &finding));
	pm_baseline_free(baseline);
	pm_buf_release(&line);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pm_slice text = pm_slice_make((const char *)data, size);
	struct pm_ctx *ctx = pm_ctx_new();
	struct pm_baseline *baseline = NULL;

	if (pm_baseline_parse(ctx, text, &baseline) == 0) {
		use(ctx, baseline, text);
	} else {
		FUZZ_CHECK(baseline == NULL);
		FUZZ_CHECK(pm_ctx_error(ctx)->pos.line > 0);
	}
	pm_baseline_free(baseline);
	pm_ctx_clear(ctx);
	round_trip(ctx, text);
	pm_ctx_free(ctx);
	return 0;
}
