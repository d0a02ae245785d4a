/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Entries whose time stands behind a label: "First detected: 2026-11-22 10:09".
 * The label is what happened then, unless it says how long something took.
 */
#include "doc/collector.h"

#include <string.h>

#include "base/ascii.h"
#include "doc/roles.h"

/* Bytes of a label, and of a bracket with a clock. */
enum { LABEL_MAX = 60, BRACKET_MAX = 24 };

/* "(by the alerts)" and nothing else: said of a time, not instead of it. */
static bool is_remark(struct pm_slice text)
{
	return text.len > 2 && text.ptr[0] == '(' &&
	       pm_slice_find(text, 0, ')') + 1 == (ptrdiff_t)text.len;
}

/* What sets a label off from the time behind it, where more is told. */
enum set_off { SET_OFF_NOT, SET_OFF, SET_OFF_LOOSELY };

/*
 * "Detected: 10:43", "[DETECTED] 10:43" and "**Detected** 10:43"; loosely
 * "Detected at 10:43" and "Detected - 10:43", as any sentence goes on, so that
 * something has to part the time from what follows as well.
 */
static enum set_off sets_off(
	const struct pm_collector *c, struct pm_slice text, size_t off)
{
	static const char *const loose[] = {
		" at ", " - ", " – ", " — ", " @ ", NULL};
	struct pm_slice label = pm_slice_sub(text, 0, off);

	if (off < 3 || text.ptr[off - 1] != ' ')
		return SET_OFF_NOT;
	if (text.ptr[off - 2] == ':')
		return SET_OFF;
	if (text.ptr[off - 2] == ']')
		return text.ptr[0] == '[' ? SET_OFF : SET_OFF_NOT;
	if (c->bold && c->bold <= off && off - c->bold <= 1)
		return SET_OFF;
	/* "@ana 10:43 ..." */
	if (text.ptr[0] == '@' &&
		pm_slice_find(text, 0, ' ') == (ptrdiff_t)off - 1)
		return SET_OFF;
	for (size_t i = 0; loose[i]; i++)
		if (off > strlen(loose[i]) && pm_slice_ends(label, loose[i]))
			return SET_OFF_LOOSELY;
	return SET_OFF_NOT;
}

/* "Detected: 10:43 UTC by the alarm" in a timeline: what stands behind the time
   belongs to it as the label does. Not so "Downtime: 1:20 hours". */
static enum set_off told_behind(
	const struct pm_collector *c, struct pm_slice text, size_t off)
{
	const struct pm_doc_private *own = c->body->doc->own;
	enum set_off set_off = c->named ? sets_off(c, text, off) : SET_OFF_NOT;
	struct pm_roles roles;

	if (set_off == SET_OFF_NOT)
		return SET_OFF_NOT;
	roles = pm_roles_recall(
		own->memo, own->policy, pm_slice_sub(text, 0, off - 2));
	return roles.set & 1u << PM_SECTION_METADATA ? SET_OFF_NOT : set_off;
}

/* "Mitigation (10:10 UTC): the old version is back": set off by what follows
   the bracket. "The old version (10:10) is back" has its time in passing. */
static bool told_behind_bracket(
	const struct pm_collector *c, struct pm_slice text, size_t off)
{
	ptrdiff_t close;
	struct pm_scan scan;

	if (off > 1 && text.ptr[off] == '~')
		off--;
	if (!c->named || off == 0 || text.ptr[off] != '(')
		return false;
	close = pm_slice_find(pm_slice_sub(text, off, BRACKET_MAX), 0, ')');
	if (close < 0)
		return false;
	scan = (struct pm_scan){text, off + (size_t)close + 1, false};
	/* "**Detected** (10:05 UTC) by the alarm" */
	if (c->bold && off - c->bold <= 1)
		return true;
	return pm_scan_any(&scan, ":") ||
	       (pm_scan_any(&scan, " ") && pm_scan_dash(&scan));
}

/* Where the stamp behind a short label begins; 0 for none. */
static size_t behind_label(struct pm_slice text)
{
	/* "[P1] 10:05" */
	ptrdiff_t close =
		pm_slice_starts(text, "[") ? pm_slice_find(text, 0, ']') : -1;
	size_t off = close > 0 ? (size_t)close : 0;

	while (off < text.len && off <= LABEL_MAX &&
		!pm_is_digit(text.ptr[off]))
		off++;
	if (off == 0 || off >= text.len || off > LABEL_MAX)
		return 0;
	return text.ptr[off - 1] == '~' || text.ptr[off - 1] == '(' ? off - 1
								    : off;
}

/* "Duration: 1:20", "Time to detect: 0:05": a length of time looks like a
   clock, and the label tells. "Downtime began: 10:02" has an event in it. */
static bool names_length(struct pm_slice label)
{
	static const char *const words[] = {"duration", "length", "elapsed",
		"ttd", "tta", "tti", "ttm", "ttr", "mttd", "mtta", "mttr",
		"dauer", "varighet", "varighed", "varaktighet", "kesto",
		"duree", "duracion", "duracao", "durata", "duur", "trvani",
		NULL};
	static const char *const off[] = {
		"downtime", "ausfallzeit", "nedetid", "nertid", NULL};
	struct pm_scan scan = {label, 0, false};
	char word[PM_SCAN_WORD];
	bool time = false, down = false;

	while (!pm_scan_end(&scan)) {
		if (!pm_scan_word(&scan, word)) {
			scan.off++;
			continue;
		}
		if (time && strcmp(word, "to") == 0)
			return true;
		time = strcmp(word, "time") == 0;
		down = pm_word_in(word, off);
		if (pm_word_in(word, words))
			return true;
	}
	return down;
}

/* "First detected" of "First detected at:", "First detected (". */
static struct pm_slice before_time(struct pm_slice text)
{
	static const char *const ends[] = {
		":", "-", ",", "(", "[", "–", "—", " at", " on", " by", NULL};
	bool more = true;

	while (more) {
		more = false;
		text = pm_slice_trim(text);
		for (size_t i = 0; ends[i] && !more; i++) {
			more = pm_slice_ends(text, ends[i]);
			text.len -= more ? strlen(ends[i]) : 0;
		}
	}
	return text;
}

bool pm_collect_labelled(struct pm_collector *c, struct pm_slice text,
	enum pm_raw_form form, struct pm_stamp *stamp)
{
	size_t off = behind_label(text);
	enum set_off behind = told_behind(c, text, off);
	bool told = behind || told_behind_bracket(c, text, off);
	struct pm_slice when, remark;
	struct pm_raw_entry *raw;

	if (off == 0 || (text.len > 2 * LABEL_MAX && !told))
		return false;
	when = pm_slice_from(text, off);
	if (!pm_stamp_read(when, PM_STAMP_STRICT, stamp) ||
		!pm_stamp_has_clock(stamp) ||
		(!stamp->date.given &&
			names_length(pm_slice_sub(text, 0, off))))
		return false;
	remark = pm_slice_from(when, stamp->len);
	if (behind == SET_OFF_LOOSELY && !stamp->marked)
		told = false;
	told = told && remark.len > 0 && !is_remark(remark);
	if (remark.len && !told && (text.ptr[off] == '(' || !is_remark(remark)))
		return false;
	raw = pm_collect_add(c, form, when, stamp);
	raw->label = true;
	if (told) {
		raw->text = text;
		return true;
	}
	raw->text = before_time(pm_slice_sub(text, 0, off));
	if (remark.len)
		raw->source = pm_slice_sub(remark, 1, remark.len - 2);
	return true;
}

/*
 * Where the instant at the end of an item begins: "Service was back by March
 * 30, 2026 at 12:30pm.", if the word before says that it happened then.
 * "Nothing was written since ..." tells of another time. 0: it has none.
 */
static size_t instant_at_end(struct pm_slice text, struct pm_stamp *stamp)
{
	static const char *const words[] = {" at ", " on ", " by ", NULL};
	size_t off;

	if (!pm_stamp_at_end(text, &off, stamp) ||
		!(stamp->date.year || stamp->date.named))
		return 0;
	for (size_t i = 0; words[i]; i++)
		if (pm_slice_ends(pm_slice_sub(text, 0, off), words[i]))
			return off;
	return 0;
}

/* The same of a clock in a bracket, "3 of the hosts were down (10:02 UTC)",
   which is the time of what stands before it, however much that is. */
static size_t bracket_at_end(struct pm_slice text, struct pm_stamp *stamp)
{
	size_t open;

	if (pm_slice_ends(text, "."))
		text.len--;
	if (!pm_slice_ends(text, ")"))
		return 0;
	open = text.len;
	while (open && text.len - open < BRACKET_MAX &&
		text.ptr[open - 1] != '(')
		open--;
	if (open < 2 || text.ptr[open - 1] != '(' ||
		text.ptr[open - 2] != ' ' ||
		!pm_stamp_read(pm_slice_from(text, open - 1), PM_STAMP_STRICT,
			stamp) ||
		stamp->clock.precision < PM_PRECISION_MINUTE ||
		open - 1 + stamp->len < text.len)
		return 0;
	return open - 1;
}

bool pm_collect_ended(
	struct pm_collector *c, struct pm_slice text, struct pm_stamp *stamp)
{
	struct pm_raw_entry *raw;
	size_t off;

	if (!c->named)
		return false;
	off = instant_at_end(text, stamp);
	if (!off)
		off = bracket_at_end(text, stamp);
	if (!off || names_length(pm_slice_sub(text, 0, off)))
		return false;
	raw = pm_collect_add(c, PM_RAW_ITEM, pm_slice_from(text, off), stamp);
	raw->text = before_time(pm_slice_sub(text, 0, off));
	return true;
}
