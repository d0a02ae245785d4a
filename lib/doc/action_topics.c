/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Items that hold a list, and whose own words do not say what they are: in
 * scripts without blanks a topic above its tasks looks like a task above what
 * elaborates it, and a name in bold may head either. What stands in their lists
 * tells.
 */
#include "doc/action_reader.h"

#include <string.h>

#include "doc/scan.h"

/* True for words with signs of Japanese or Chinese among them: their first
   bytes begin none of another script. */
static bool is_wide(struct pm_slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.ptr[i] >= 0xE3 &&
			(unsigned char)text.ptr[i] <= 0xE9)
			return true;
	return false;
}

/* Without the bracket and the full stop that a text ends in. */
static struct pm_slice bare_end(struct pm_slice text)
{
	struct pm_slice inner;
	size_t open;

	text = pm_trim_marks(text);
	if (pm_slice_ends(text, "。"))
		text.len -= strlen("。");
	if (pm_bracket_behind(text, &inner, &open) && open)
		text = pm_trim_marks(pm_slice_sub(text, 0, open));
	return text;
}

/* "鍵の追加", "手順の見直し", "自動化", "鍵を変える": Japanese puts what is
   done last. */
static bool ends_in_deed(struct pm_slice text)
{
	static const char *const deeds[] = {"する", "しない", "こと", "追加",
		"導入", "整備", "適用", "修正", "変更", "強化", "作成",
		"見直し", "設定", "削除", "更新", "徹底", "改善", "分離",
		"実装", "実施", "検討", "調査", "確認", "対応", "移行", "廃止",
		"統一", "共有", "策定", "構築", "増強", "拡充", "拡張", "検証",
		"引き上げ", "延長", "短縮", "停止", "教育", "周知", "登録",
		"記載", "明記", "公開", "配布", "交換", "増設", "再設計",
		"切り替え", "撤去", "無効", "限定", "禁止", "義務", "化"};

	for (size_t i = 0; i < sizeof deeds / sizeof deeds[0]; i++)
		if (pm_slice_ends(text, deeds[i]))
			return true;
	return false;
}

/* True for words of Japanese that say what is to be done. */
static bool is_wide_order(struct pm_slice text)
{
	return pm_slice_ends(pm_trim_marks(text), "。") ||
	       pm_slice_find_text(text, 0, pm_slice_str("を")) >= 0 ||
	       ends_in_deed(bare_end(text));
}

bool pm_action_names_topic(
	const struct pm_action_reader *r, size_t list, struct pm_slice text)
{
	enum { LONGEST = 60 };
	size_t orders = 0, others = 0;

	if (text.len > LONGEST || !is_wide(text) || is_wide_order(text))
		return false;
	for (size_t i = list + 1; i < pm_action_block(r, list)->end;
		i = pm_action_block(r, i)->end)
		if (is_wide_order(pm_action_item_text(r, i)))
			orders++;
		else
			others++;
	return orders && orders >= others;
}

/* "**部屋の札の追加**" above "七つまで", "重なりなし": in bold as a topic may
   be, but nothing below it says what is to be done. */
static bool is_bold_order(
	const struct pm_action_reader *r, size_t list, struct pm_slice text)
{
	size_t orders = 0, deeds = 0, all = 0;

	if (!is_wide(text))
		return false;
	for (size_t i = list + 1; i < pm_action_block(r, list)->end;
		i = pm_action_block(r, i)->end) {
		struct pm_slice below = pm_action_item_text(r, i);

		all++;
		if (pm_action_block(r, i)->task)
			return false;
		if (!is_wide(below))
			return false;
		deeds += ends_in_deed(bare_end(below));
		orders += pm_slice_ends(pm_trim_marks(below), "。") ||
			  pm_slice_find_text(below, 0, pm_slice_str("を")) >= 0;
	}
	return !orders &&
	       (ends_in_deed(bare_end(text)) ? deeds < all : deeds * 2 < all);
}

/* True for a sentence that begins with what joins it to words above: "When the
   key is lost, ...", "Dette gir ...". */
static bool is_told_on(struct pm_slice text)
{
	static const char *const words[] = {"after", "because", "berre",
		"currently", "da", "dersom", "det", "detta", "dette", "dies",
		"efter", "endast", "etter", "falls", "fordi", "hvis", "if",
		"indtil", "inntil", "it", "kun", "nar", "once", "sedan",
		"siden", "since", "slik", "sobald", "that", "this", "til",
		"tills", "today", "until", "when", "while", "wenn", NULL};
	struct pm_scan scan = {text, 0, false};
	char word[PM_SCAN_WORD];

	return pm_scan_word(&scan, word) && pm_word_in(word, words);
}

bool pm_action_told_below(const struct pm_action_reader *r, size_t item,
	size_t list, struct pm_slice text)
{
	enum { WORDS = 3 };
	const struct pm_md_block *block = pm_action_block(r, item);
	size_t words = 1, on = 0;

	for (size_t i = 0; i < text.len; i++)
		words += text.ptr[i] == ' ';
	if (block->task || !pm_action_block(r, block->parent)->ordered ||
		!pm_action_all_bold(r, item + 1))
		return false;
	if (is_bold_order(r, list, text))
		return true;
	if (words < WORDS)
		return false;
	for (size_t i = list + 1; i < pm_action_block(r, list)->end;
		i = pm_action_block(r, i)->end) {
		struct pm_slice told = pm_action_item_text(r, i);

		if (pm_action_block(r, i)->task || pm_begins_with_verb(told) ||
			!pm_slice_ends(told, "."))
			return false;
		on += is_told_on(told);
	}
	return on > 0;
}

bool pm_action_tells_of_later(struct pm_slice heading)
{
	static const char *const words[] = {"future", "gjenstaende", "gjenstar",
		"kommande", "kommende", "kvar", "later", "neste", "next",
		"nasta", "næste", "open", "pending", "planerade", "planlagt",
		"planlagte", "planned", "remaining", "senere", "todo",
		"udestaende", "upcoming", "vidare", "videre", NULL};
	static const char *const signs[] = {
		"今後", "予定", "未", "残", "次", "検討", "計画", "将来"};

	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
		if (pm_slice_find_text(heading, 0, pm_slice_str(signs[i])) >= 0)
			return true;
	return pm_holds_word_in(heading, words);
}
