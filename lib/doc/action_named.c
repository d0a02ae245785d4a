/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Actions that are told in paragraphs or their lines, each behind whose it is:
 * "Anke: import in one transaction. By Friday." Any word may stand before a
 * colon, "Tooling: we had none", so one of the names has to be known as that
 * of a person, and several have to stand under one heading.
 */
#include "doc/action_reader.h"

#include <string.h>

#include "doc/scan.h"

enum { ENOUGH = 2, NAME_MOST = 30 };

/* True for three words and more: "Anke: yes" tells of nothing to do. */
static bool is_told(struct pm_slice order)
{
	enum { BLANKS = 2 };
	size_t blanks = 0;

	for (size_t i = 0; i < order.len; i++)
		blanks += order.ptr[i] == ' ';
	return blanks >= BLANKS && !pm_action_ends_in_colon(order);
}

/* The name that a line begins with, else nothing; *order: what is behind. */
static struct pm_slice name_before(const struct pm_action_reader *r,
	struct pm_slice text, struct pm_slice *order)
{
	static const struct pm_slice none = {NULL, 0};
	ptrdiff_t colon;
	struct pm_slice name;

	text = pm_slice_trim(text);
	colon = pm_slice_find(pm_slice_sub(text, 0, NAME_MOST), 0, ':');
	if (colon <= 0 || pm_action_is_key(text))
		return none;
	name = pm_slice_sub(text, 0, (size_t)colon);
	*order = pm_slice_from(text, (size_t)colon + 1);
	if (!pm_slice_starts(*order, " ") ||
		!pm_looks_like_name(r->body->doc->own->policy, name))
		return none;
	*order = pm_slice_trim(*order);
	return is_told(*order) ? name : none;
}

/* How many lines of a paragraph begin so, if the first does and all or no
   other; else 0. *known: one of them names somebody who is known. */
static size_t count_names(
	const struct pm_action_reader *r, size_t at, bool *known)
{
	const struct pm_md_block *block = pm_action_block(r, at);
	size_t names = 0, lines = 0;

	for (size_t run = 0; run < block->nruns; lines++) {
		struct pm_text_line line =
			pm_body_text_line(r->body, block, &run);
		struct pm_slice order, name = name_before(r, line.text, &order);

		if (!lines && !name.len)
			return 0;
		names += name.len > 0;
		*known = *known || (name.len && pm_person_known(r->body, name));
	}
	return names == 1 || names == lines ? names : 0;
}

bool pm_action_named_below(const struct pm_action_reader *r, size_t heading)
{
	size_t names = 0;
	bool known = false;

	for (size_t i = heading + 1; i < r->end;
		i = pm_action_block(r, i)->end) {
		const struct pm_md_block *block = pm_action_block(r, i);

		if (block->kind == PM_MD_HEADING)
			break;
		if (block->kind == PM_MD_PARAGRAPH)
			names += count_names(r, i, &known);
	}
	return known && names >= ENOUGH;
}

static void add_named(struct pm_action_reader *r, struct pm_text_line line)
{
	struct pm_slice name = name_before(r, line.text, &line.text);
	size_t added = r->body->doc->nactions;

	pm_action_line(r, &line);
	if (name.len && r->body->doc->nactions > added)
		pm_action_set_owner(
			r->body, &r->body->doc->actions[added], name);
}

bool pm_action_named(struct pm_action_reader *r, size_t at)
{
	const struct pm_md_block *block = pm_action_block(r, at);
	bool known = false;
	size_t names = count_names(r, at, &known);

	if (names == 1)
		add_named(r, pm_body_text(block));
	for (size_t run = 0; names > 1 && run < block->nruns;)
		add_named(r, pm_body_text_line(r->body, block, &run));
	return names > 0;
}
