/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What rules share: where a thing stands, how it is named in a message, and
 * how two times compare. Values from documents may be as long as the document;
 * whatever goes into a message is cut here.
 */
#include "check/check.h"

#include "base/nearest.h"
#include "base/utf8.h"

/* Bytes of a document's own words in a message. */
#define WORD_MOST 60

/* Names that a hint lists before it gives up. */
#define LIST_MOST 12

/* How wide "about 10:00" is. */
#define ABOUT_S 3600

struct pm_span pm_check_front_place(const struct pm_check *check)
{
	if (!check->doc->has_front)
		return (struct pm_span){0, 0};
	return pm_check_first_line(
		check, (struct pm_span){0, check->doc->src.len});
}

struct pm_span pm_check_place(
	const struct pm_check *check, const struct pm_field *field)
{
	if (field->span.len)
		return pm_check_first_line(check, field->span);
	if (field->key.len)
		return field->key;
	return pm_check_front_place(check);
}

struct pm_span pm_check_first_line(
	const struct pm_check *check, struct pm_span span)
{
	struct pm_slice part =
		pm_slice_sub(check->doc->src, span.off, span.len);
	ptrdiff_t end = pm_slice_find(part, 0, '\n');

	if (!part.len)
		return span;
	if (end >= 0)
		part.len = (size_t)end;
	end = pm_slice_find(part, 0, '\r');
	span.len = end >= 0 ? (size_t)end : part.len;
	return span;
}

struct pm_span pm_check_title_place(
	const struct pm_check *check, const struct pm_action *action)
{
	return action->title.span.len
		       ? pm_check_first_line(check, action->title.span)
		       : pm_check_action_place(check, action);
}

struct pm_span pm_check_action_place(
	const struct pm_check *check, const struct pm_action *action)
{
	return pm_check_first_line(check, action->span);
}

/* Three texts as one. */
static const char *join(const struct pm_check *check, struct pm_slice before,
	struct pm_slice text, struct pm_slice after)
{
	size_t len = before.len + text.len;
	char *all = pm_arena_raw(check->arena, len + after.len + 1, 1);

	memcpy(all, before.ptr, before.len);
	memcpy(all + before.len, text.ptr, text.len);
	memcpy(all + len, after.ptr, after.len);
	all[len + after.len] = '\0';
	return all;
}

const char *pm_check_action_name(
	const struct pm_check *check, const struct pm_action *action)
{
	if (action->id.text.len)
		return join(check, pm_slice_str("action "),
			pm_slice_str(pm_check_word(check, action->id.text)),
			pm_slice_str(""));
	if (action->title.text.len)
		return join(check, pm_slice_str("action '"),
			pm_slice_str(pm_check_word(check, action->title.text)),
			pm_slice_str("'"));
	return "an action";
}

struct pm_slice pm_check_shown(
	const struct pm_check *check, struct pm_slice text)
{
	char *copy;

	if (!check->secrets->len || !text.len)
		return text;
	copy = pm_arena_alloc(check->arena, text.len + 1, 1);
	memcpy(copy, text.ptr, text.len);
	pm_secrets_hide(copy, text.len);
	pm_secrets_hide_copies(check->secrets, check->doc->src, copy, text.len);
	return pm_slice_make(copy, text.len);
}

const char *pm_check_word(const struct pm_check *check, struct pm_slice text)
{
	/* Before it is cut: half a secret is not known as one. */
	text = pm_check_shown(check, text);
	if (text.len <= WORD_MOST)
		return pm_arena_slice(check->arena, text).ptr;
	return join(check, pm_slice_str(""), pm_utf8_cut(text, WORD_MOST),
		pm_slice_str("..."));
}

static char *put(char *at, const char *text)
{
	size_t len = strlen(text);

	memcpy(at, text, len + 1);
	return at + len;
}

/* "write one of: SEV1, SEV2, ..." */
static const char *list(const struct pm_check *check, const char *const *words)
{
	static const char head[] = "write one of: ", more[] = ", ...";
	size_t size = sizeof head + sizeof more;
	char *hint, *at;

	for (size_t i = 0; words[i] && i < LIST_MOST; i++)
		size += strlen(words[i]) + 2;
	hint = pm_arena_raw(check->arena, size, 1);
	at = put(hint, head);
	for (size_t i = 0; words[i]; i++) {
		if (i == LIST_MOST) {
			put(at, more);
			break;
		}
		if (i)
			at = put(at, ", ");
		at = put(at, words[i]);
	}
	return hint;
}

const char *pm_check_suggest(const struct pm_check *check, const char *key,
	struct pm_slice word, const char *const *words)
{
	const char *near;

	if (!words || !words[0] || !pm_findings_wanted(check))
		return NULL;
	/* Nothing is near to no word. */
	near = word.len ? pm_nearest_sole(
				  pm_slice_sub(word, 0, WORD_MOST), words)
			: NULL;
	if (near)
		return pm_arena_printf(
			check->arena, "write: %s: %s", key, near);
	return list(check, words);
}

struct pm_date pm_check_today(const struct pm_check *check)
{
	return pm_time_date(check->ctx->now, 0);
}

bool pm_action_is_open(const struct pm_action *action)
{
	return action->state == PM_ACTION_OPEN ||
	       action->state == PM_ACTION_IN_PROGRESS;
}

/* Rounds towards the past, before 1970 too. */
static int64_t floor_div(int64_t sec, int64_t unit)
{
	return sec / unit - (sec % unit < 0);
}

static int64_t day_of(const struct pm_time *time)
{
	return pm_date_to_days(pm_time_date(time->sec, time->offset_min));
}

bool pm_time_before(const struct pm_time *a, const struct pm_time *b)
{
	enum pm_precision coarser =
		a->precision < b->precision ? a->precision : b->precision;

	if (coarser == PM_PRECISION_NONE)
		return false;
	if (coarser == PM_PRECISION_DAY)
		return day_of(a) < day_of(b);
	if (a->approximate || b->approximate)
		return a->sec < b->sec - ABOUT_S;
	if (coarser == PM_PRECISION_HOUR)
		return floor_div(a->sec, 3600) < floor_div(b->sec, 3600);
	if (coarser == PM_PRECISION_MINUTE)
		return floor_div(a->sec, 60) < floor_div(b->sec, 60);
	return a->sec < b->sec;
}
