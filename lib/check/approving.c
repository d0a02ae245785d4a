/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a commit may bring before enough people approved. Approvals come one
 * after the other, so the first of several is committed while the document is
 * not in order yet; who merges the branch is still told of it as an error. Only
 * an approval of the very text that is committed opens this, by somebody whose
 * approval counts: an edit that nobody read stays out.
 */
#include "check/private.h"

/* True when doc has this approval already, by the same person. */
static bool has(const struct pm_doc *doc, const struct pm_approval *wanted)
{
	struct pm_buf key = PM_BUF_INIT, other = PM_BUF_INIT;
	bool found = false;

	pm_person_key(&key, wanted->by.text);
	for (size_t i = 0; i < doc->napprovals && !found; i++) {
		const struct pm_approval *one = &doc->approvals[i];

		pm_buf_reset(&other);
		pm_person_key(&other, one->by.text);
		found = pm_slice_eq(one->digest.text, wanted->digest.text) &&
			strcmp(key.ptr, other.ptr) == 0;
	}
	pm_buf_release(&key);
	pm_buf_release(&other);
	return found;
}

/* True when it brings an approval that counts. */
static bool brings_approval(const struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;
	enum pm_approval_standing *standing = pm_arena_alloc(
		check->arena, doc->napprovals + 1, sizeof *standing);

	if (!pm_doc_approvals(doc, check->policy, check->ctx->now, standing))
		return false;
	for (size_t i = 0; i < doc->napprovals; i++)
		if (standing[i] == PM_APPROVAL_VALID &&
			!(check->base && has(check->base, &doc->approvals[i])))
			return true;
	return false;
}

void pm_findings_approving(struct pm_check *check)
{
	struct pm_findings *out = check->out;
	bool asked = false, brings = false;

	for (size_t i = 0; i < out->items.len; i++) {
		struct pm_found *found = &out->items.items[i];

		if (found->level != PM_LEVEL_ERROR ||
			!pm_rule_entry(found->rule)->approvable)
			continue;
		if (!asked)
			brings = brings_approval(check);
		asked = true;
		if (brings)
			found->level = PM_LEVEL_WARNING;
	}
}
