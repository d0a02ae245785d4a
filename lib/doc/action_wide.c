/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Marks of actions in Japanese, which blanks part from the words of an action
 * only at times: a state that the text ends in, a state or somebody that it
 * begins with, and whom a bracket puts in charge.
 */
#include "doc/action_words.h"

#include <string.h>

#include "base/utf8.h"

/* Bytes of a state, and of the name before さん. */
enum { STATE_MOST = 24, NAME_MOST = 12 };

static const char *const blanks[] = {" ", "　", NULL};

/* Takes the blanks, wide ones as well, that a text begins with. */
static bool take_blanks(struct pm_slice *text)
{
	size_t len, all = text->len;

	while ((len = pm_begins_with_one(*text, blanks)) > 0)
		*text = pm_slice_from(*text, len);
	return text->len < all;
}

/* True for the words behind which 済 says that they are done; it is the end of
   others too: "決済", "返済". */
static bool takes_done(struct pm_slice text)
{
	static const char *const deeds[] = {"対応", "実施", "完了", "追加",
		"修正", "設定", "適用", "確認", "導入", "反映", "作成", "変更",
		"更新", "削除", "交換", "復旧", "連絡", "共有", "登録", "調査",
		"検証", "公開", "配布", "デプロイ", "リリース", "マージ", " ",
		"　", "：", ":", "→", NULL};

	return pm_ends_in_one(text, deeds) > 0;
}

bool pm_action_wide_tail(struct pm_action_words *t)
{
	static const char *const signs[] = {"済み", "済", NULL};
	static const char *const joints[] = {
		" ", "　", "：", ":", "→", "※", "は", NULL};
	static const char *const nots[] = {"未", "決", NULL};
	struct pm_slice rest = t->rest;
	size_t len, cut;

	/* Nearly all texts end in a letter of ASCII. */
	if (!rest.len || !(rest.ptr[rest.len - 1] & 0x80))
		return false;
	len = pm_ends_in_one(rest, signs);
	rest.len -= len;
	if (!len || !rest.len || pm_ends_in_one(rest, nots) ||
		(len == strlen("済") && !takes_done(rest)))
		return false;
	while ((cut = pm_ends_in_one(rest, joints)) > 0)
		rest.len -= cut;
	if (!rest.len)
		return false;
	t->rest = rest;
	t->action->state = PM_ACTION_DONE;
	return true;
}

bool pm_action_wide_state(struct pm_action_words *t)
{
	static const char *const signs[] = {"：", ":", " ", "　", NULL};
	struct pm_slice word;
	enum pm_action_status status;
	size_t at = 0, sign = 0;
	bool whole;

	if (!t->rest.len || !(t->rest.ptr[0] & 0x80))
		return false;
	while (at < t->rest.len && at <= STATE_MOST &&
		!(sign = pm_begins_with_one(pm_slice_from(t->rest, at), signs)))
		at++;
	if (!sign || at > STATE_MOST)
		return false;
	word = pm_slice_sub(t->rest, 0, at);
	status = pm_status_of(word, &whole);
	/* "検討：棚を買う" is of a kind, "対応 鍵の棚" of words. */
	if (!whole ||
		(status != PM_ACTION_DONE && status != PM_ACTION_IN_PROGRESS))
		return false;
	t->rest = pm_slice_trim(pm_slice_from(t->rest, at + sign));
	take_blanks(&t->rest);
	t->action->state = status;
	return true;
}

/* Whether what follows somebody lets them act, *rest being the order: "さんが",
   "：", or nothing but a blank; not the particles of whom it is said to. */
static bool lets_act(struct pm_slice *rest, bool blank)
{
	static const char *const titles[] = {"さん", "氏", "様", NULL};
	static const char *const acts[] = {"が", "は", "：", ":", "、", NULL};
	static const char *const others[] = {"に", "と", "へ", "の", "から",
		"を", "で", "まで", "も", "や", "より", "宛", "経由", "以外",
		NULL};
	struct pm_slice text = *rest;
	size_t len = pm_begins_with_one(text, titles);
	uint32_t cp;

	if (len) {
		text = pm_slice_from(text, len);
		blank = take_blanks(&text);
	}
	len = pm_begins_with_one(text, acts);
	text = pm_slice_from(text, len);
	take_blanks(&text);
	if (!text.len || (!len && (!blank || pm_begins_with_one(text, others))))
		return false;
	pm_utf8_next(text, 0, &cp);
	if (!len && cp < 0x3000)
		return false;
	*rest = text;
	return true;
}

/* The length of "佐藤" in "佐藤さんが", of signs of Chinese alone: "お客さん"
   is nobody. */
static size_t titled_name(struct pm_slice text)
{
	size_t off = 0;
	uint32_t cp;

	while (off < text.len && off < NAME_MOST) {
		size_t len = pm_utf8_next(text, off, &cp);

		if (cp < 0x4E00 || cp > 0x9FFF)
			break;
		off += len;
	}
	return off > 3 && pm_slice_starts(pm_slice_from(text, off), "さん")
		       ? off
		       : 0;
}

bool pm_action_wide_name(struct pm_action_words *t)
{
	struct pm_slice text = t->rest, name, rest;
	size_t len = 0;
	bool blank;

	if (text.len && text.ptr[0] == '@')
		while (++len < text.len && text.ptr[len] != ' ' &&
			text.ptr[len] != ':' && !(text.ptr[len] & 0x80))
			;
	else
		len = titled_name(text);
	if (!len)
		return false;
	name = pm_slice_sub(text, 0, len);
	rest = pm_slice_from(text, len);
	blank = take_blanks(&rest);
	/* Only the signs of such a script say so; others are read as all are.
	 */
	if (!rest.len || !(rest.ptr[0] & 0x80) || !lets_act(&rest, blank) ||
		(name.ptr[0] == '@' && !pm_looks_like_name(NULL, name)))
		return false;
	pm_action_set_owner(t->body, t->action, name);
	t->rest = rest;
	return true;
}

struct pm_slice pm_mark_in_charge(struct pm_slice text)
{
	static const char sign[] = "担当";
	static const char *const titles[] = {"さん", "氏", "様", NULL};
	struct pm_slice name = {NULL, 0}, rest;

	if (pm_slice_starts(text, sign)) {
		rest = pm_slice_from(text, strlen(sign));
		if (take_blanks(&rest))
			name = rest;
	} else if (pm_slice_ends(text, sign)) {
		name = pm_slice_trim(
			pm_slice_sub(text, 0, text.len - strlen(sign)));
	} else {
		return name;
	}
	name.len -= pm_ends_in_one(name, titles);
	return pm_mark_is_wide_name(name) || pm_looks_like_name(NULL, name)
		       ? name
		       : (struct pm_slice){NULL, 0};
}
