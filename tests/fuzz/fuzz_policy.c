/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A policy, or, where the bytes begin with "#", a people file as well: taken,
 * or refused with words. What was taken is used: globs, names, severities.
 */
#include "fuzz.h"

static void use(struct pm_policy *policy)
{
	struct pm_slice name = pm_slice_str("SEV2");
	struct pm_slice path =
		pm_slice_str("postmortems/2026/2026-11-22-a-b.md");
	struct pm_date day = {9990, 1, 1}, end;
	enum pm_status status;

	/* Whatever the calendar, it ends, and not before it began. */
	for (unsigned days = 1; days < 4000; days += 1300)
		if (pm_policy_deadline(policy, day, days, &end))
			FUZZ_CHECK(pm_date_to_days(end) >
				   pm_date_to_days(day) + days - 1);
	(void)pm_policy_severity(policy, name);
	(void)pm_policy_service(policy, name);
	(void)pm_policy_department(policy, name);
	(void)pm_policy_status(policy, name, &status);
	(void)pm_policy_is_document(policy, path);
	(void)pm_policy_knows_person(policy, name);
	FUZZ_CHECK(policy->new_dir && policy->default_template);
	for (size_t i = 0; i < policy->nseverities; i++)
		FUZZ_CHECK(policy->severities[i].name != NULL);
}

static void read_people(struct pm_ctx *ctx, struct pm_slice text)
{
	static const struct pm_slice defaults = {NULL, 0};
	struct pm_policy *policy = NULL;

	FUZZ_CHECK(pm_policy_parse(ctx, defaults, &policy) == 0);
	if (pm_policy_add_people(ctx, policy, "CODEOWNERS", text) < 0)
		FUZZ_CHECK(pm_ctx_error(ctx)->message.len > 0);
	use(policy);
	pm_policy_free(policy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pm_slice text = pm_slice_make((const char *)data, size);
	struct pm_ctx *ctx = pm_ctx_new();
	struct pm_policy *policy = NULL;

	if (pm_policy_parse(ctx, text, &policy) == 0) {
		use(policy);
	} else {
		FUZZ_CHECK(policy == NULL);
		FUZZ_CHECK(pm_ctx_error(ctx)->message.len > 0);
	}
	pm_policy_free(policy);
	pm_ctx_clear(ctx);
	if (pm_slice_starts(text, "#"))
		read_people(ctx, text);
	pm_ctx_free(ctx);
	return 0;
}
