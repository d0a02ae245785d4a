/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What each approval of a document is worth today. One person counts once,
 * however often and in whatever form the name is written.
 */
#include "doc/doc.h"

/* Clocks differ by minutes; a date without a clock by the width of the world.
 */
#define SLACK_S     3600
#define SLACK_DAY_S 86400

static bool is_future(const struct pm_approval *approval, int64_t now)
{
	bool day = approval->time.precision == PM_PRECISION_DAY;

	return approval->time.sec > now + (day ? SLACK_DAY_S : SLACK_S);
}

/* How one approval stands, seen alone; digest is that of the present text. */
static enum pm_approval_standing judge(const struct pm_doc *doc,
	const struct pm_policy *policy, const struct pm_approval *approval,
	int64_t now, struct pm_slice digest)
{
	struct pm_slice by = approval->by.text;

	if (!pm_person_valid(by) || !approval->valid ||
		approval->time.precision == PM_PRECISION_NONE ||
		!pm_doc_digest_valid(approval->digest.text))
		return PM_APPROVAL_BROKEN;
	if (!pm_policy_may_approve(policy, by, doc->owner.text))
		return policy->approvers.len ? PM_APPROVAL_FOREIGN
					     : PM_APPROVAL_OWNER;
	if (!pm_doc_names_person(by) ||
		(!policy->approvers.len && !pm_policy_knows_person(policy, by)))
		return PM_APPROVAL_NOBODY;
	if (is_future(approval, now))
		return PM_APPROVAL_FUTURE;
	if (!pm_slice_eq(pm_slice_from(approval->digest.text,
				 strlen(PM_DIGEST_PREFIX)),
		    digest))
		return PM_APPROVAL_STALE;
	return PM_APPROVAL_VALID;
}

size_t pm_doc_approvals(const struct pm_doc *doc,
	const struct pm_policy *policy, int64_t now,
	enum pm_approval_standing *out)
{
	/* Keys of those who approved this text. */
	struct pm_map valid = PM_MAP_INIT;
	struct pm_buf key = PM_BUF_INIT;
	char digest[PM_DIGEST_SIZE];
	size_t count;

	if (!doc->napprovals)
		return 0;
	pm_doc_digest(doc, digest);
	for (size_t i = 0; i < doc->napprovals; i++) {
		bool added;

		out[i] = judge(doc, policy, &doc->approvals[i], now,
			pm_slice_str(digest));
		if (out[i] != PM_APPROVAL_VALID)
			continue;
		pm_buf_reset(&key);
		pm_person_key(&key, doc->approvals[i].by.text);
		pm_map_put(&valid, pm_buf_slice(&key), &added);
		if (!added)
			out[i] = PM_APPROVAL_AGAIN;
	}
	/* Who approved this text too need not take the older one back. */
	for (size_t i = 0; i < doc->napprovals; i++) {
		if (out[i] != PM_APPROVAL_STALE)
			continue;
		pm_buf_reset(&key);
		pm_person_key(&key, doc->approvals[i].by.text);
		if (pm_map_get(&valid, pm_buf_slice(&key)))
			out[i] = PM_APPROVAL_AGAIN;
	}
	count = valid.len;
	pm_map_release(&valid);
	pm_buf_release(&key);
	return count;
}

bool pm_doc_approved_by(const struct pm_doc *doc,
	const enum pm_approval_standing *standing, const char *key)
{
	struct pm_buf other = PM_BUF_INIT;
	bool found = false;

	for (size_t i = 0; i < doc->napprovals && !found; i++) {
		if (standing[i] != PM_APPROVAL_VALID)
			continue;
		pm_buf_reset(&other);
		pm_person_key(&other, doc->approvals[i].by.text);
		found = strcmp(other.ptr, key) == 0;
	}
	pm_buf_release(&other);
	return found;
}
