/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The shape of a rule: one file in rules/, one row in rules.def. Rules only
 * read the document; a finding is added at a span with words for a person.
 * Everything about a rule (pm explain, its default levels, its first test)
 * comes from its entry.
 */
#ifndef PM_CHECK_CHECK_H
#define PM_CHECK_CHECK_H

#include "doc/doc.h"
#include "pm/check.h"
#include "snapshot/snapshot.h"

enum pm_scope {
	PM_SCOPE_DOCUMENT,   /* one document, in a worker */
	PM_SCOPE_REPOSITORY, /* needs what the others are: id-duplicate */
};

/* Everything a rule may look at. */
struct pm_check {
	struct pm_ctx *ctx; /* for ctx->now; rules do not fail */
	const struct pm_doc *doc;
	const struct pm_policy *policy;
	const struct pm_template *tmpl;
	struct pm_reader *reader; /* for files of the same state */
	const struct pm_snapshot *snap;
	struct pm_findings *out;
	const struct pm_rule *rule; /* the one that runs */
};

struct pm_rule {
	struct pm_rule_info info;
	enum pm_scope scope;
	void (*run)(struct pm_check *check);
};

#define PM_RULE_DEFINE(name) const struct pm_rule pm_rule_##name

/*
 * Adds a finding of the running rule at a span of the document; an empty span
 * means the first line. hint may be NULL. The level follows the rule, the
 * policy and the document's status.
 */
void pm_finding_add(struct pm_check *check, struct pm_span span,
	const char *hint, const char *fmt, ...) PM_PRINTF(4, 5);

/* As pm_finding_add at a whole line. */
void pm_finding_add_line(struct pm_check *check, unsigned line,
	const char *hint, const char *fmt, ...) PM_PRINTF(4, 5);

/*
 * As pm_finding_add with a level of its own instead of the rule's for this
 * status (the policy still wins): an action without an owner is an error in
 * a draft too.
 */
void pm_finding_add_level(struct pm_check *check, enum pm_level level,
	struct pm_span span, const char *hint, const char *fmt, ...)
	PM_PRINTF(5, 6);

/* Where an absent front matter key would be written: the front matter's first
   line, or line 1. */
struct pm_span pm_check_front_place(const struct pm_check *check);

#endif
