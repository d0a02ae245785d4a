/* SPDX-License-Identifier: Apache-2.0 */
/* The lines of a baseline: read, refused at their place, used up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "check/baseline.h"

static const struct pm_finding finding = {
	.rule = "action-owner",
	.path = PM_SLICE_LIT("a b/2026-01-02-x.md"),
	.document = PM_SLICE_LIT("2026-01-02-x"),
	.start = {7, 1},
	.message = PM_SLICE_LIT("action 'x', see line 12, is 3 days late"),
	.source = PM_SLICE_LIT("  - x"),
};

static struct pm_baseline *parse(struct pm_ctx *ctx, struct pm_slice text)
{
	struct pm_baseline *baseline = NULL;

	assert_int_equal(pm_baseline_parse(ctx, text, &baseline), 0);
	return baseline;
}

/* What the line of a finding says is what is asked for later. */
static void round_trip(void **state)
{
	struct pm_ctx *ctx = pm_ctx_new();
	struct pm_buf text = PM_BUF_INIT;
	struct pm_finding moved = finding, other = finding;
	struct pm_baseline *baseline;

	(void)state;
	pm_baseline_add_line(&text, &finding, "it is known");
	assert_memory_equal(
		text.ptr, "a%20b/2026-01-02-x.md action-owner ", 35);
	baseline = parse(ctx, pm_buf_slice(&text));
	moved.start.line = 70;
	moved.message = pm_slice_str("action 'x', see line 9, is 1 day late");
	moved.source = pm_slice_str("- x\r");
	other.source = pm_slice_str("- y");
	assert_false(pm_baseline_holds(ctx, baseline, &other));
	assert_int_equal(pm_baseline_unused(ctx, baseline, NULL), 1);
	assert_true(pm_baseline_holds(ctx, baseline, &moved));
	assert_false(pm_baseline_holds(ctx, baseline, &moved));
	assert_int_equal(pm_baseline_unused(ctx, baseline, NULL), 0);
	pm_baseline_free(baseline);
	pm_buf_release(&text);
	pm_ctx_free(ctx);
}

/* An action is the same in the body and in front matter, under any id; a line
   of a time that went by the place alone holds it on. */
static void about_an_action(void **state)
{
	struct pm_ctx *ctx = pm_ctx_new();
	struct pm_buf text = PM_BUF_INIT;
	struct pm_finding body = finding, front = finding, other, old = finding;
	struct pm_baseline *baseline;

	(void)state;
	body.about = front.about = pm_slice_str(" has no ownerOrder disks");
	front.message = pm_slice_str("action A1 has no owner");
	front.source = pm_slice_str("  - id: A1");
	other = front;
	other.about = pm_slice_str(" has no ownerOrder racks");
	pm_baseline_add_line(&text, &body, NULL);
	pm_baseline_add_line(&text, &old, NULL);
	baseline = parse(ctx, pm_buf_slice(&text));
	assert_false(pm_baseline_holds(ctx, baseline, &other));
	assert_true(pm_baseline_holds(ctx, baseline, &front));
	assert_false(pm_baseline_holds(ctx, baseline, &front));
	assert_true(pm_baseline_holds(ctx, baseline, &body));
	assert_int_equal(pm_baseline_unused(ctx, baseline, NULL), 0);
	pm_baseline_free(baseline);
	pm_buf_release(&text);
	pm_ctx_free(ctx);
}

/* Comments, blank lines and CRLF are no lines of findings. */
static void lines(void **state)
{
	static const char text[] =
		"# words\r\n\r\n"
		"b.md action-due 0123456789abcdef\r\n"
		"a.md action-due 0123456789abcdef # words\r\n";
	struct pm_ctx *ctx = pm_ctx_new();
	struct pm_baseline *baseline = parse(ctx, pm_slice_str(text));

	(void)state;
	assert_int_equal(baseline->lines.len, 4);
	assert_int_equal(baseline->nsorted, 2);
	assert_int_equal(baseline->sorted[0], 3);
	pm_baseline_free(baseline);
	pm_ctx_free(ctx);
}

static void refused(void **state)
{
	static const char *const wrong[] = {
		"a.md action-due\n",
		"a.md action-due 0123456789abcdeg\n",
		"a.md action-due 0123456789abcdef words\n",
		"a.md action-du 0123456789abcdef\n",
		"a%zz.md action-due 0123456789abcdef\n",
		"a%00.md action-due 0123456789abcdef\n",
		"<<<<<<< HEAD\n",
		"=======\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct pm_ctx *ctx = pm_ctx_new();
		struct pm_baseline *baseline = NULL;
		struct pm_buf text = PM_BUF_INIT;

		pm_buf_addf(&text, "# first\n%s", wrong[i]);
		assert_int_equal(
			pm_baseline_parse(ctx, pm_buf_slice(&text), &baseline),
			PM_EINVALID);
		assert_null(baseline);
		assert_int_equal(pm_ctx_error(ctx)->pos.line, 2);
		pm_buf_release(&text);
		pm_ctx_free(ctx);
	}
}

/* What nobody can read, and approvals, are told in any case. */
static void told(void **state)
{
	(void)state;
	assert_true(pm_rule_baselined(pm_slice_str("action-owner")));
	assert_true(pm_rule_baselined(pm_slice_str("secret")));
	assert_false(pm_rule_baselined(pm_slice_str("document-too-complex")));
	assert_false(pm_rule_baselined(pm_slice_str("approval-missing")));
	assert_false(pm_rule_baselined(pm_slice_str("no-such-rule")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(round_trip),
		cmocka_unit_test(about_an_action),
		cmocka_unit_test(lines),
		cmocka_unit_test(refused),
		cmocka_unit_test(told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
