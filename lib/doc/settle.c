/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names that mean one thing beside some sections and another beside others:
 * what was done at once, or is still to be done; what a section tells, or one
 * line above all of them.
 */
#include "doc/actions.h"

#define BIT(role) (1u << PM_SECTION_##role)

/* True for a section with boxes to tick or a table of actions: what it holds
   says more than what it is called. */
static bool holds_actions(
	const struct pm_body *body, const struct pm_body_section *sec)
{
	for (size_t i = sec->first; i < sec->end; i++)
		if (body->md->blocks[i].task ||
			(body->md->blocks[i].kind == PM_MD_TABLE &&
				pm_action_is_table(body->md, i)))
			return true;
	return false;
}

/* True for a section among actions: "Actions immédiates" below the
   recommendations. */
static bool among_actions(const struct pm_body *body, size_t at)
{
	const struct pm_section *sections = body->doc->sections;

	for (at = sections[at].parent; at != SIZE_MAX; at = sections[at].parent)
		if (sections[at].roles & BIT(ACTIONS))
			return true;
	return false;
}

/* True for a section that is "Remediation" or stands in one. */
static bool is_remediation(const struct pm_body *body, size_t section)
{
	while (section != SIZE_MAX && !body->sections[section].maybe_resolution)
		section = body->doc->sections[section].parent;
	return section != SIZE_MAX;
}

/* "Remediation" is what was done where the actions have their own section;
   "To do" within it is none. */
void pm_body_settle_remediation(struct pm_body *body)
{
	struct pm_doc *doc = body->doc;
	bool actions = false;

	for (size_t i = 0; i < doc->nsections; i++)
		actions = actions || (doc->sections[i].roles & BIT(ACTIONS) &&
					     !is_remediation(body, i));
	for (size_t i = 0; actions && i < doc->nsections; i++) {
		if (!body->sections[i].maybe_resolution ||
			among_actions(body, i) ||
			holds_actions(body, &body->sections[i]))
			continue;
		doc->sections[i].roles &= ~BIT(ACTIONS);
		doc->sections[i].roles |= BIT(RESOLUTION);
		if (doc->sections[i].role == PM_SECTION_ACTIONS)
			doc->sections[i].role = PM_SECTION_RESOLUTION;
	}
}

/*
 * "**Affected services:** search" among the facts that a document begins with
 * is one of them where a heading below tells of the impact; where none does,
 * it is all that is told.
 */
void pm_body_settle_facts(struct pm_body *body)
{
	struct pm_doc *doc = body->doc;
	unsigned below = 0;
	size_t head = 0;

	while (head < doc->nsections &&
		doc->sections[head].level == PM_LEVEL_STAND_IN)
		head++;
	for (size_t i = head; i < doc->nsections; i++)
		if (doc->sections[i].level < PM_LEVEL_STAND_IN)
			below |= doc->sections[i].roles;
	for (size_t i = 0; i < head; i++) {
		struct pm_section *sec = &doc->sections[i];

		if (!body->sections[i].rest.len ||
			body->sections[i].rest.len > PM_KEY_MAX ||
			(sec->roles & below) != sec->roles)
			continue;
		sec->role = PM_SECTION_METADATA;
		sec->roles = BIT(METADATA);
	}
}
