/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A label that stands in for a heading, "**Action items**" on a line of its
 * own, and the names below it. Such labels have no levels: what is told below
 * one, what only says its name again and what begins the next section is seen
 * from how it is written.
 */
#include "doc/builder.h"

#include "doc/actions.h"

#define BIT(role) (1u << PM_SECTION_##role)

/* The list at the top that an item is somewhere in. */
static size_t top_list(const struct pm_builder *b, size_t item)
{
	const struct pm_md_block *blocks = b->md->blocks;
	size_t list = blocks[item].parent;

	while (blocks[list].parent != SIZE_MAX &&
		blocks[blocks[list].parent].parent != SIZE_MAX)
		list = blocks[blocks[list].parent].parent;
	return list;
}

/* The innermost section when a label began it, else SIZE_MAX. */
static size_t open_label(const struct pm_builder *b)
{
	size_t in = b->nopen ? b->open[b->nopen - 1] : SIZE_MAX;

	return in != SIZE_MAX && pm_builder_section(b, in)->level ==
					 PM_LEVEL_STAND_IN
		       ? in
		       : SIZE_MAX;
}

/* True in the list of a label: "**Timeline:**" above "- **Detection:** ...",
   which are its entries, and what is said of an item in a list of its own. */
static bool within_list(
	const struct pm_builder *b, size_t at, const struct pm_key *key)
{
	size_t in = open_label(b), item = b->md->blocks[at].parent;
	size_t label;

	if (in == SIZE_MAX ||
		!(pm_builder_section(b, in)->roles &
			(BIT(ACTIONS) | BIT(TIMELINE) | BIT(REFERENCES))))
		return false;
	label = b->body->sections[in].heading;
	return !key->rest.len || top_list(b, item) == b->md->blocks[label].end;
}

/* "**Why?** A disk was full" below "**Root cause**", "- **Users hit:** 12"
   below "**Impact**": a part of what that label names. With nothing behind it
   "**Contributing factors**" is a section beside it. */
static bool tells_of_label(const struct pm_builder *b, const struct pm_key *key,
	const struct pm_roles *roles)
{
	size_t in = open_label(b);
	const struct pm_body_section *label;

	if (in == SIZE_MAX)
		return false;
	label = &b->body->sections[in];
	return !label->in_list && !label->rest.len &&
	       b->md->blocks[label->heading].bold &&
	       pm_builder_section(b, in)->roles == roles->set &&
	       (key->rest.len || key->form != PM_KEY_BOLD ||
		       (key->in_list && roles->set != BIT(CAUSE)));
}

bool pm_key_below_label(const struct pm_builder *b, size_t at,
	const struct pm_key *key, const struct pm_roles *roles)
{
	return (key->in_list && within_list(b, at, key)) ||
	       tells_of_label(b, key, roles);
}

/* True for a bold line of its own. */
static bool is_bold_line(
	const struct pm_builder *b, size_t at, const struct pm_key *key)
{
	return key->form == PM_KEY_BOLD && key->alone && !key->rest.len &&
	       b->md->blocks[at].parent == SIZE_MAX &&
	       key->line.line == b->md->blocks[at].line;
}

/* "**Approval**": it ends what the label above it names. */
static bool ends_label(const struct pm_builder *b, const struct pm_roles *roles)
{
	return roles->exact && roles->set == BIT(METADATA) &&
	       open_label(b) != SIZE_MAX;
}

/* "**Updates**" above times. */
static bool heads_updates(const struct pm_builder *b, size_t at,
	const struct pm_key *key, const struct pm_roles *roles)
{
	return roles->maybe_timeline && !(roles->set & PM_ROLES_TELLING) &&
	       !pm_builder_told_roles(b) &&
	       (pm_body_is_step(b->body, at, key->name) ||
		       pm_body_heads_times(b->body, at));
}

bool pm_key_opens(const struct pm_builder *b, size_t at,
	const struct pm_key *key, const struct pm_roles *roles)
{
	return is_bold_line(b, at, key) &&
	       (ends_label(b, roles) || heads_updates(b, at, key, roles));
}

bool pm_key_is_title(const struct pm_builder *b, size_t at,
	const struct pm_key *key, const struct pm_roles *roles)
{
	return at == 0 && b->body->title == SIZE_MAX && !roles->exact &&
	       is_bold_line(b, at, key);
}
