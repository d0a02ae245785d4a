/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What stands below a paragraph that could stand in for a heading: a list, the
 * times of a timeline, a block of code with them; and what is cut off its
 * words, or speaks against it.
 */
#include "doc/body.h"

#include <string.h>

#include "doc/stamp.h"

struct pm_slice pm_body_cut_bracket(struct pm_slice text)
{
	ptrdiff_t open = pm_slice_find(text, 0, '(');

	if (open < 1 || !pm_slice_ends(text, ")"))
		return text;
	return pm_slice_trim(pm_slice_sub(text, 0, (size_t)open));
}

bool pm_body_has_link(
	const struct pm_body *body, const struct pm_text_line *line)
{
	for (size_t i = 0; i < line->nruns; i++)
		if (body->md->runs[line->run + i].url.len)
			return true;
	return pm_slice_find_text(line->text, 0, pm_slice_str("://")) >= 0;
}

bool pm_body_heads_list(const struct pm_body *body, size_t at)
{
	const struct pm_md *md = body->md;
	size_t next = md->blocks[at].end;

	return next < md->nblocks &&
	       (md->blocks[next].kind == PM_MD_LIST ||
		       md->blocks[next].kind == PM_MD_TABLE) &&
	       md->blocks[next].parent == md->blocks[at].parent;
}

bool pm_body_heads_times(const struct pm_body *body, size_t at)
{
	const struct pm_md *md = body->md;
	size_t next = md->blocks[at].end;
	struct pm_stamp stamp;

	return next < md->nblocks && md->blocks[next].kind == PM_MD_PARAGRAPH &&
	       pm_stamp_read(
		       pm_md_read(md, next)->text, PM_STAMP_STRICT, &stamp);
}

bool pm_body_heads_code(const struct pm_body *body, size_t at)
{
	const struct pm_md *md = body->md;
	size_t next = md->blocks[at].end;
	struct pm_slice rest, line;
	struct pm_stamp stamp;

	if (next >= md->nblocks || md->blocks[next].kind != PM_MD_CODE)
		return false;
	rest = md->blocks[next].literal;
	return pm_slice_line(&rest, &line) &&
	       pm_stamp_read(pm_slice_trim(line), PM_STAMP_STRICT, &stamp);
}

/* True for a text that begins with a clock, and for nothing said of a day. */
static bool begins_with_clock(struct pm_slice text)
{
	struct pm_stamp stamp;

	return pm_stamp_read(text, PM_STAMP_STRICT, &stamp) &&
	       pm_stamp_has_clock(&stamp);
}

/* "Recovery (16:40-17:00)": a name with clocks in a bracket at its end, and
   what stands in that. */
static bool ends_in_clock(struct pm_slice name, struct pm_slice *when)
{
	ptrdiff_t open = pm_slice_find(name, 0, '(');

	if (!pm_slice_ends(name, ")") || open < 0)
		return false;
	*when = pm_slice_sub(
		name, (size_t)open + 1, name.len - (size_t)open - 2);
	return begins_with_clock(*when);
}

/* Where "- 10:05" begins in "Recovery - 10:05", or "at 10:05", "@ 10:05", with
   nothing behind it; 0: nowhere. */
static size_t clock_at_end(struct pm_slice name, struct pm_slice *when)
{
	static const char *const signs[] = {
		" - ", " – ", " — ", " @ ", " at ", ", ", ": ", NULL};
	enum { WHEN_MAX = 32 };
	size_t at = name.len > WHEN_MAX ? name.len - WHEN_MAX : 1;
	struct pm_stamp stamp;

	/* Most headings end in a letter that no clock ends in. */
	if (!name.len ||
		!memchr("0123456789mMcCtTzZ", name.ptr[name.len - 1], 18))
		return 0;
	for (; at < name.len; at++) {
		size_t sign =
			pm_begins_with_one(pm_slice_from(name, at), signs);

		if (!sign)
			continue;
		*when = pm_slice_from(name, at + sign);
		if (pm_stamp_read(*when, PM_STAMP_STRICT, &stamp) &&
			stamp.clock.precision >= PM_PRECISION_MINUTE &&
			stamp.len == when->len)
			return at;
	}
	return 0;
}

bool pm_body_is_phase(
	struct pm_slice name, struct pm_slice *label, struct pm_slice *when)
{
	size_t end;

	if (ends_in_clock(name, when)) {
		*label = pm_body_cut_bracket(name);
		return true;
	}
	end = clock_at_end(name, when);
	*label = pm_slice_sub(name, 0, end);
	return end > 0;
}

bool pm_body_is_step(
	const struct pm_body *body, size_t at, struct pm_slice name)
{
	const struct pm_md *md = body->md;
	size_t next = md->blocks[at].end, text;
	struct pm_slice when;

	if (ends_in_clock(name, &when))
		return true;
	if (next + 1 >= md->nblocks || md->blocks[next].kind != PM_MD_LIST ||
		md->blocks[next].parent != md->blocks[at].parent)
		return false;
	text = pm_body_item_text(body, next + 1);
	return text != SIZE_MAX &&
	       begins_with_clock(pm_md_read(md, text)->text);
}
