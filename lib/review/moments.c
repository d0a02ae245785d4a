/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Moments, and what moving one does to the durations. A moment that moved is
 * the quietest way to make an incident look shorter, so it is always an alert;
 * the durations that follow stand right below it.
 */

#include "review/private.h"

#include "base/ascii.h"

/* "2026-11-22T10:02Z", as people in every zone can compare it. */
static const char *print_time(
	const struct pm_review *review, const struct pm_moment_value *moment)
{
	struct pm_buf out = PM_BUF_INIT;
	const char *text;

	if (!moment->valid)
		return pm_review_quote(review, moment->field.text);
	pm_time_print(&out, &moment->time, PM_TIME_UTC);
	text = pm_arena_strdup(review->arena, out.ptr);
	pm_buf_release(&out);
	return text;
}

static const char *print_span(const struct pm_review *review, int64_t seconds)
{
	struct pm_buf out = PM_BUF_INIT;
	const char *text;

	pm_duration_print(&out, seconds < 0 ? -seconds : seconds);
	text = pm_arena_printf(
		review->arena, "%s%s", seconds < 0 ? "-" : "", out.ptr);
	pm_buf_release(&out);
	return text;
}

/* Known to the hour at least, so that it can be said by how much it moved. */
static bool is_known(const struct pm_moment_value *moment)
{
	return moment->valid && moment->time.precision > PM_PRECISION_DAY;
}

static bool same_time(
	const struct pm_moment_value *a, const struct pm_moment_value *b)
{
	if (!a->valid || !b->valid)
		return pm_review_same(a->field.text, b->field.text);
	return a->time.sec == b->time.sec &&
	       a->time.precision == b->time.precision &&
	       a->time.approximate == b->time.approximate;
}

static void moved(struct pm_review *review, const char *name,
	const struct pm_moment_value *a, const struct pm_moment_value *b)
{
	int64_t by = b->time.sec - a->time.sec;
	bool known = is_known(a) && is_known(b);
	struct pm_review_change *change;

	change = pm_review_add(review, PM_REVIEW_MOMENT_MOVED,
		pm_review_line(review->new, &b->field, 1),
		"moment '%s' moved: %s -> %s%s%s%s", name,
		print_time(review, a), print_time(review, b),
		known && by ? " (" : "",
		known && by ? print_span(review, by < 0 ? -by : by) : "",
		!known || !by ? ""
		: by < 0      ? " earlier)"
			      : " later)");
	pm_review_values(
		change, pm_slice_str(name), a->field.text, b->field.text);
	if (known) {
		change->amount = by;
		change->unit = "seconds";
	}
}

static void compare_moment(struct pm_review *review, size_t i)
{
	const struct pm_moment_value *a = &review->old->times[i];
	const struct pm_moment_value *b = &review->new->times[i];
	const char *name = pm_moment_names[i];
	struct pm_slice none = pm_slice_make("", 0);
	struct pm_review_change *change;

	if (same_time(a, b))
		return;
	if (a->field.text.len && b->field.text.len) {
		moved(review, name, a, b);
	} else if (b->field.text.len) {
		change = pm_review_add(review, PM_REVIEW_MOMENT_ADDED,
			pm_review_line(review->new, &b->field, 1),
			"moment '%s' set: %s", name, print_time(review, b));
		pm_review_values(
			change, pm_slice_str(name), none, b->field.text);
	} else {
		change = pm_review_add(review, PM_REVIEW_MOMENT_REMOVED,
			pm_review_line(review->old, &a->field, 1),
			"moment '%s' removed: it was %s", name,
			print_time(review, a));
		change->old_side = true;
		pm_review_values(
			change, pm_slice_str(name), a->field.text, none);
	}
}

/* Where a duration ends: the line that its change is shown at. */
static const struct pm_field *end_of(
	const struct pm_doc *doc, enum pm_duration which)
{
	static const enum pm_moment ends[PM_DURATION_COUNT] = {
		[PM_DURATION_TTD] = PM_MOMENT_DETECTED,
		[PM_DURATION_TTA] = PM_MOMENT_ACKNOWLEDGED,
		[PM_DURATION_TTI] = PM_MOMENT_IDENTIFIED,
		[PM_DURATION_TTM] = PM_MOMENT_MITIGATED,
		[PM_DURATION_TTR] = PM_MOMENT_RESOLVED,
	};

	return &doc->times[ends[which]].field;
}

static const char *upper(const struct pm_review *review, const char *name)
{
	char *text = pm_arena_strdup(review->arena, name);

	for (char *c = text; *c; c++)
		*c = pm_upper(*c);
	return text;
}

static void compare_duration(struct pm_review *review, enum pm_duration which)
{
	const char *name = upper(review, pm_duration_names[which]);
	struct pm_review_change *change;
	int64_t a = 0, b = 0;
	bool was = pm_doc_duration(review->old, which, &a);
	bool is = pm_doc_duration(review->new, which, &b);
	const char *before = was ? print_span(review, a) : "unknown";
	const char *after = is ? print_span(review, b) : "unknown";
	unsigned line = pm_review_line(review->new, end_of(review->new, which),
		pm_review_span_line(review->new, review->new->times_key));

	if (was == is && a == b)
		return;
	if (was && is)
		change = pm_review_add(review, PM_REVIEW_DURATION, line,
			"%s %s -> %s (%s %s)", name, before, after,
			print_span(review, b > a ? b - a : a - b),
			b > a ? "longer" : "shorter");
	else
		change = pm_review_add(review, PM_REVIEW_DURATION, line,
			"%s %s -> %s", name, before, after);
	pm_review_values(change, pm_slice_str(name), pm_slice_str(before),
		pm_slice_str(after));
	if (was && is) {
		change->amount = b - a;
		change->unit = "seconds";
	}
	/* It belongs to the moment that did it. */
	if (was)
		change->weight = PM_REVIEW_ALERT;
}

void pm_review_moments(struct pm_review *review)
{
	for (size_t i = 0; i < PM_MOMENT_COUNT; i++)
		compare_moment(review, i);
	for (size_t i = 0; i < PM_DURATION_COUNT; i++)
		compare_duration(review, (enum pm_duration)i);
}
