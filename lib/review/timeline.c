/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Timeline entries have no ids: what happened is known by its words, and by
 * its time where the words are the same as another's. The same words at
 * another time were moved; other words at the same time were reworded.
 */

#include "base/map.h"
#include "review/private.h"

static struct pm_review_item *items(
	struct pm_review *review, const struct pm_doc *doc)
{
	const struct pm_timeline *timeline = &doc->timeline;
	struct pm_review_item *list = pm_arena_alloc(
		review->arena, timeline->nentries + 1, sizeof *list);

	for (size_t i = 0; i < timeline->nentries; i++) {
		const struct pm_entry *entry = &timeline->entries[i];

		list[i].text = entry->text;
		/* Equal words are told apart by their time first. */
		list[i].id = pm_slice_str(pm_arena_printf(review->arena,
			"%lld %d %.*s", (long long)entry->time.sec,
			(int)entry->time.precision,
			PM_SLICE_ARG(pm_slice_sub(entry->text, 0, 200))));
	}
	return list;
}

static const char *print_time(
	const struct pm_review *review, const struct pm_entry *entry)
{
	struct pm_buf out = PM_BUF_INIT;
	const char *text;

	pm_time_print(&out, &entry->time,
		entry->has_zone ? PM_TIME_UTC : PM_TIME_LOCAL);
	text = pm_arena_strdup(review->arena, out.ptr);
	pm_buf_release(&out);
	return text;
}

static bool same_time(const struct pm_time *a, const struct pm_time *b)
{
	return a->precision == b->precision &&
	       (a->precision == PM_PRECISION_NONE || a->sec == b->sec) &&
	       a->approximate == b->approximate;
}

/* An instant as the key of a map. */
static struct pm_slice key_of(const struct pm_time *time)
{
	return pm_slice_make((const char *)&time->sec, sizeof time->sec);
}

/* The same instant, known, and no other entry's words. */
static void join_same_time(const struct pm_doc *old, struct pm_review_item *a,
	const struct pm_doc *new, struct pm_review_item *b)
{
	struct pm_map map = PM_MAP_INIT;

	for (size_t j = new->timeline.nentries; j-- > 0;) {
		const struct pm_time *time = &new->timeline.entries[j].time;

		if (b[j].match == SIZE_MAX &&
			time->precision != PM_PRECISION_NONE)
			*pm_map_put(&map, key_of(time), NULL) = j + 1;
	}
	for (size_t i = 0; i < old->timeline.nentries; i++) {
		const struct pm_time *time = &old->timeline.entries[i].time;
		const uintptr_t *hit;

		if (a[i].match != SIZE_MAX ||
			time->precision == PM_PRECISION_NONE)
			continue;
		hit = pm_map_get(&map, key_of(time));
		if (!hit || b[*hit - 1].match != SIZE_MAX)
			continue;
		a[i].match = *hit - 1;
		b[*hit - 1].match = i;
	}
	pm_map_release(&map);
}

static void moved(struct pm_review *review, const struct pm_entry *a,
	const struct pm_entry *b)
{
	int64_t by = b->time.sec - a->time.sec;
	bool known = a->time.precision > PM_PRECISION_DAY &&
		     b->time.precision > PM_PRECISION_DAY && by;
	struct pm_buf span = PM_BUF_INIT;
	struct pm_review_change *change;

	pm_duration_print(&span, by < 0 ? -by : by);
	change = pm_review_add(review, PM_REVIEW_TIMELINE_MOVED, b->line,
		"timeline entry moved: %s -> %s%s%s%s: %s",
		print_time(review, a), print_time(review, b), known ? " (" : "",
		known ? span.ptr : "",
		!known   ? ""
		: by < 0 ? " earlier)"
			 : " later)",
		pm_review_quote(review, b->text));
	pm_review_values(change, b->text, pm_slice_str(print_time(review, a)),
		pm_slice_str(print_time(review, b)));
	if (known) {
		change->amount = by;
		change->unit = "seconds";
	}
	pm_buf_release(&span);
}

static void changed(struct pm_review *review, const struct pm_entry *a,
	const struct pm_entry *b)
{
	struct pm_review_change *change;

	if (!same_time(&a->time, &b->time))
		moved(review, a, b);
	if (!pm_review_same(a->text, b->text)) {
		change = pm_review_add(review, PM_REVIEW_TIMELINE_REWORDED,
			b->line, "timeline entry reworded: %s: %s",
			print_time(review, b),
			pm_review_differ(review, a->text, b->text));
		pm_review_values(change, pm_slice_str(print_time(review, b)),
			a->text, b->text);
	} else if (!pm_review_same(a->source, b->source)) {
		change = pm_review_add(review, PM_REVIEW_TIMELINE_REWORDED,
			b->line,
			"timeline entry has another source: %s: %s -> %s",
			pm_review_quote(review, b->text),
			pm_review_quote(review, a->source),
			pm_review_quote(review, b->source));
		pm_review_values(change, b->text, a->source, b->source);
		change->weight = PM_REVIEW_QUIET;
	}
}

/* An entry that only one version has. */
static void only(
	struct pm_review *review, const struct pm_entry *entry, bool removed)
{
	struct pm_slice none = pm_slice_make("", 0);
	struct pm_review_change *change = pm_review_add(review,
		removed ? PM_REVIEW_TIMELINE_REMOVED : PM_REVIEW_TIMELINE_ADDED,
		entry->line, "timeline entry %s: %s %s",
		removed ? "removed" : "added", print_time(review, entry),
		pm_review_quote(review, entry->text));

	change->old_side = removed;
	pm_review_values(change, pm_slice_str(print_time(review, entry)),
		removed ? entry->text : none, removed ? none : entry->text);
}

void pm_review_timeline(struct pm_review *review)
{
	const struct pm_doc *old = review->old, *new = review->new;
	struct pm_review_item *a = items(review, old), *b = items(review, new);

	pm_review_match(review->arena, a, old->timeline.nentries, b,
		new->timeline.nentries);
	join_same_time(old, a, new, b);
	for (size_t i = 0; i < old->timeline.nentries; i++) {
		const struct pm_entry *entry = &old->timeline.entries[i];

		if (a[i].match == SIZE_MAX)
			only(review, entry, true);
		else
			changed(review, entry,
				&new->timeline.entries[a[i].match]);
	}
	for (size_t i = 0; i < new->timeline.nentries; i++)
		if (b[i].match == SIZE_MAX)
			only(review, &new->timeline.entries[i], false);
}
