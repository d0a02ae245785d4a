/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What --fix does to a document: the rules that found something say what they
 * mend, in a worker; the edits travel to the parent, which alone writes. A
 * finding that is waived, or whose rule is off, is nothing to mend.
 */
#include <stdlib.h>
#include <string.h>

#include "check/private.h"

struct pm_fixes {
	struct pm_edits edits;
	PM_VEC(struct pm_fixed) items;
};

struct pm_edits *pm_fix_add(struct pm_check *check, struct pm_fixes *fixes,
	struct pm_span span, const char *fmt, ...)
{
	struct pm_fixed *fixed = pm_vec_push(&fixes->items);
	struct pm_buf text = PM_BUF_INIT;
	va_list args;

	va_start(args, fmt);
	pm_buf_vaddf(&text, fmt, args);
	va_end(args);
	fixed->rule = check->rule->info.id;
	fixed->pos = pm_doc_pos(check->doc, span.off);
	fixed->message = pm_arena_slice(check->arena, pm_buf_slice(&text));
	pm_buf_release(&text);
	return &fixes->edits;
}

static bool found_something(const struct pm_findings *out, size_t rule)
{
	for (size_t i = 0; i < out->items.len; i++)
		if (out->items.items[i].rule == rule)
			return true;
	return false;
}

static int by_place(const void *pa, const void *pb)
{
	const struct pm_fixed *a = pa, *b = pb;

	if (a->pos.line != b->pos.line)
		return a->pos.line < b->pos.line ? -1 : 1;
	if (a->pos.col != b->pos.col)
		return a->pos.col < b->pos.col ? -1 : 1;
	return strcmp(a->rule, b->rule);
}

static void put(struct pm_fixes *fixes, struct pm_buf *out)
{
	qsort(fixes->items.items, fixes->items.len, sizeof *fixes->items.items,
		by_place);
	pm_record_put_int(out, (int64_t)fixes->items.len);
	for (size_t i = 0; i < fixes->items.len; i++) {
		const struct pm_fixed *fixed = &fixes->items.items[i];

		pm_record_put_str(out, pm_slice_str(fixed->rule));
		pm_record_put_int(out, fixed->pos.line);
		pm_record_put_int(out, fixed->pos.col);
		pm_record_put_str(out, fixed->message);
	}
	pm_edits_put(&fixes->edits, out);
}

void pm_fixes_put(struct pm_check *check, struct pm_buf *out)
{
	struct pm_fixes fixes = {0};
	struct pm_buf trial = PM_BUF_INIT;

	pm_edits_init(&fixes.edits, check->doc);
	for (size_t i = 0; (check->rule = pm_rule_entry(i)); i++)
		if (check->rule->fix && found_something(check->out, i))
			check->rule->fix(check, &fixes);
	/* Two rules that want the same bytes have two right answers. */
	if (fixes.items.len && pm_edits_apply(&fixes.edits, &trial))
		put(&fixes, out);
	pm_buf_release(&trial);
	pm_edits_release(&fixes.edits);
	pm_vec_release(&fixes.items);
}

size_t pm_fixes_get_count(struct pm_record *record)
{
	return (size_t)pm_record_int(record);
}

bool pm_fixes_get(struct pm_record *record, struct pm_fixed *fixed)
{
	const struct pm_rule_info *info = pm_rule_find(pm_record_str(record));

	fixed->pos.line = (unsigned)pm_record_int(record);
	fixed->pos.col = (unsigned)pm_record_int(record);
	fixed->message = pm_record_str(record);
	fixed->rule = info ? info->id : NULL;
	return info && !record->bad;
}
