/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lists that explain what types and priorities mean, "P1: within a week", are
 * no actions; lists of actions that begin with their type or priority, "P1: Add
 * an alert", look the same. A legend explains each word once, and what it
 * explains stands beside it. A legend in one line, "Legend: P1 urgent, P2
 * later", says nothing of the list below it.
 */
#include "doc/action_reader.h"

#include <string.h>

#include "base/ascii.h"
#include "doc/scan.h"

/* Bytes of a word that is explained. */
enum { KEY_MOST = 24 };

/* Words that types and priorities are explained with. */
static const char *const keys[] = {"prevent", "detect", "mitigate", "process",
	"repair", "investigate", "p0", "p1", "p2", "p3", "p4", "high", "medium",
	"low", "critical", "short", "long", "prevention", "detection",
	"mitigation", "予防", "検知", "緩和", "対応", "調査", "プロセス",
	"forebygge", "oppdage", "begrense"};

enum { KEYS = sizeof keys / sizeof keys[0] };

/* The word that a text begins with and sets off, as its place among them, and
   what stands behind it; KEYS when there is none. */
static size_t key_of(struct pm_slice text, struct pm_slice *behind)
{
	static const char *const signs[] = {":", "：", "…", NULL};
	static const char *const dashes[] = {"-", "–", "—", "=", "(", NULL};
	size_t end = 0, sign = 0, key = 0;

	for (; end < text.len && end < KEY_MOST && !sign; end++) {
		struct pm_slice rest = pm_slice_from(text, end);

		if (rest.ptr[0] == ' ') {
			sign = pm_begins_with_one(
				pm_slice_from(rest, 1), dashes);
			sign += sign > 0;
		} else if (!pm_is_letter(rest.ptr[0])) {
			sign = pm_begins_with_one(rest, signs);
		}
	}
	if (!sign)
		return KEYS;
	end--;
	*behind = pm_slice_trim(pm_slice_from(text, end + sign));
	while (key < KEYS &&
		!pm_slice_is_nocase(pm_slice_sub(text, 0, end), keys[key]))
		key++;
	return key;
}

/* True for "Types:" or "Priority levels" right above a list, which is then of
   those; "Tasks by priorities" are tasks. */
static bool is_announced(const struct pm_action_reader *r, size_t list)
{
	static const char *const words[] = {"categories", "definitions", "key",
		"kinds", "legend", "levels", "priorities", "types", NULL};
	struct pm_scan scan;
	char word[PM_SCAN_WORD], last[PM_SCAN_WORD] = "";

	if (!list || (r->md->blocks[list - 1].kind != PM_MD_PARAGRAPH &&
			     r->md->blocks[list - 1].kind != PM_MD_HEADING))
		return false;
	scan = (struct pm_scan){pm_action_block(r, list - 1)->text, 0, false};
	while (!pm_scan_end(&scan)) {
		if (!pm_scan_word(&scan, word)) {
			scan.off++;
			continue;
		}
		if (strcmp(word, "by") == 0)
			return false;
		memcpy(last, word, sizeof last);
	}
	return pm_word_in(last, words);
}

/* True where actions of the same section stand above a list, or another list or
   a table below it. */
static bool stands_beside(const struct pm_action_reader *r, size_t list)
{
	if (r->body->doc->nactions > r->before)
		return true;
	for (size_t i = pm_action_block(r, list)->end; i < r->end;
		i = pm_action_block(r, i)->end)
		if (pm_action_block(r, i)->kind == PM_MD_LIST ||
			pm_action_block(r, i)->kind == PM_MD_TABLE)
			return true;
	return false;
}

bool pm_action_is_legend(const struct pm_action_reader *r, size_t list)
{
	bool seen[KEYS] = {false};
	size_t items = 0, orders = 0;

	for (size_t i = list + 1; i < pm_action_block(r, list)->end;
		i = pm_action_block(r, i)->end) {
		struct pm_slice behind = {NULL, 0};
		size_t key = KEYS;

		if (!pm_action_block(r, i)->task)
			key = key_of(pm_action_item_text(r, i), &behind);
		if (key == KEYS || seen[key])
			return false;
		seen[key] = true;
		items++;
		orders += pm_begins_with_verb(behind);
	}
	return is_announced(r, list) ||
	       (orders * 2 < items && stands_beside(r, list));
}

/* True for words that announce a legend. */
static bool names_legend(struct pm_slice text)
{
	static const char *const words[] = {
		"legend", "legenda", "legende", "leyenda", "forklaring", NULL};

	return pm_slice_find_text(text, 0, pm_slice_str("凡例")) >= 0 ||
	       pm_holds_word_in(text, words);
}

bool pm_action_tells_legend(struct pm_slice text)
{
	enum { NAME_MOST = 40 };
	static const char *const parts[] = {
		"=", ",", ";", "/", "|", "·", "→", "、", "，", "\n", NULL};
	struct pm_slice name, marks;
	ptrdiff_t end;
	bool whole;

	text = pm_trim_marks(text);
	end = pm_slice_find(text, 0, '=');
	/* "✅ = done, 🚧 = begun": a sign before what it means. */
	if (end > 0 && text.ptr[0] & 0x80 &&
		pm_status_of(pm_slice_trim(pm_slice_sub(text, 0, (size_t)end)),
			&whole) != PM_ACTION_UNKNOWN &&
		whole)
		return true;
	end = pm_slice_find(pm_slice_sub(text, 0, NAME_MOST), 0, ':');
	if (end < 0)
		end = pm_slice_find_text(pm_slice_sub(text, 0, NAME_MOST), 0,
			pm_slice_str("："));
	if (end < 1)
		return false;
	name = pm_slice_sub(text, 0, (size_t)end);
	marks = pm_slice_from(text, (size_t)end);
	marks = pm_slice_trim(
		pm_slice_from(marks, marks.ptr[0] == ':' ? 1 : strlen("：")));
	/* "Legend: see the list below", "Legend, by priority:" lead to it. */
	if (pm_action_ends_in_colon(marks) || !names_legend(name) ||
		pm_slice_find_text(marks, 0, pm_slice_str("below")) >= 0 ||
		pm_slice_find_text(marks, 0, pm_slice_str("following")) >= 0)
		return false;
	for (size_t i = 0; i < marks.len; i++)
		if (pm_begins_with_one(pm_slice_from(marks, i), parts))
			return i > 0;
	return false;
}
