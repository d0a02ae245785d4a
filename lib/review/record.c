/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Changes on their way from a worker to the parent, and the small things that
 * every format says in the same way.
 */
#include "review/private.h"

/* A status or severity that says more than that says nothing. */
#define STATE_MOST 60

static const char *const units[] = {
	NULL, "seconds", "days", "words", "changes", "actions", "approvals"};

#define UNITS (sizeof units / sizeof *units)

static int64_t unit_number(const char *unit)
{
	for (size_t i = 1; unit && i < UNITS; i++)
		if (strcmp(units[i], unit) == 0)
			return (int64_t)i;
	return 0;
}

void pm_review_put(struct pm_buf *out, const struct pm_review *review)
{
	const struct pm_doc *doc = review->new ? review->new : review->old;
	struct pm_slice none = pm_slice_make("", 0);

	pm_record_put_str(out, doc ? doc->name : none);
	pm_record_put_str(out, doc ? doc->status.text : none);
	pm_record_put_str(out, doc ? doc->severity.text : none);
	pm_record_put_int(out, (int64_t)review->nchanges);
	for (size_t i = 0; i < review->nchanges; i++) {
		const struct pm_review_change *change = &review->changes[i];

		pm_record_put_str(out, pm_slice_str(change->kind));
		pm_record_put_int(out, change->weight);
		pm_record_put_int(out, change->old_side);
		pm_record_put_int(out, change->line);
		pm_record_put_str(out, change->subject);
		pm_record_put_str(out, change->old_text);
		pm_record_put_str(out, change->new_text);
		pm_record_put_int(out, change->amount);
		pm_record_put_int(out, unit_number(change->unit));
		pm_record_put_str(out, change->message);
		pm_record_put_str(out, change->words);
	}
}

/* One change; its texts point into the record. */
static void get_change(struct pm_record *record, struct pm_arena *arena,
	struct pm_review_change *change)
{
	int64_t weight, unit;

	change->kind = pm_arena_slice(arena, pm_record_str(record)).ptr;
	weight = pm_record_int_in(record, 0, PM_REVIEW_WEIGHTS);
	change->old_side = pm_record_int(record) != 0;
	change->line = (unsigned)pm_record_int(record);
	change->subject = pm_record_str(record);
	change->old_text = pm_record_str(record);
	change->new_text = pm_record_str(record);
	change->amount = pm_record_int(record);
	unit = pm_record_int_in(record, 0, (int64_t)UNITS);
	change->message = pm_record_str(record);
	change->words = pm_record_str(record);
	change->weight = (enum pm_review_weight)weight;
	change->unit = units[unit];
}

bool pm_review_get(struct pm_record *record, struct pm_arena *arena,
	struct pm_review_doc *doc)
{
	struct pm_review_change *changes = NULL;
	int64_t n;

	doc->title = pm_record_str(record);
	doc->status = pm_record_str(record);
	doc->severity = pm_record_str(record);
	n = pm_record_int(record);
	for (int64_t i = 0; i < n && !record->bad; i++) {
		changes = pm_arena_grow(
			arena, changes, doc->nchanges, sizeof *changes);
		get_change(record, arena, &changes[doc->nchanges]);
		doc->weights[changes[doc->nchanges++].weight]++;
	}
	doc->changes = changes;
	return !record->bad;
}

/* "2 to look at first, 1 change, 3 quiet", or "nothing to say". */
static void add_counts(
	struct pm_buf *out, const size_t weights[PM_REVIEW_WEIGHTS])
{
	size_t alerts = weights[PM_REVIEW_ALERT];
	size_t changes = weights[PM_REVIEW_CHANGE];
	size_t quiet = weights[PM_REVIEW_QUIET], before = out->len;

	if (alerts)
		pm_buf_addf(out, "%zu to look at first", alerts);
	if (changes)
		pm_buf_addf(out, "%s%zu change%s",
			out->len > before ? ", " : "", changes,
			pm_plural(changes));
	if (quiet)
		pm_buf_addf(out, "%s%zu quiet", out->len > before ? ", " : "",
			quiet);
	if (out->len == before)
		pm_buf_adds(out, "nothing to say");
}

void pm_review_add_total(
	struct pm_buf *out, const struct pm_review_totals *totals)
{
	size_t n = totals->documents ? totals->documents : totals->unchanged;

	if (!n) {
		pm_buf_adds(out, "no post-mortem changes");
		return;
	}
	pm_buf_addf(out, "%zu %sdocument%s", n,
		totals->documents ? "" : "unchanged ", pm_plural(n));
	if (totals->documents && totals->unchanged)
		pm_buf_addf(out, " and %zu unchanged", totals->unchanged);
	pm_buf_adds(out, ", ");
	add_counts(out, totals->weights);
}

void pm_review_add_settings(struct pm_buf *to, const struct pm_review_out *out,
	void (*put)(struct pm_buf *out, struct pm_slice text))
{
	pm_buf_addf(
		to, "the settings change %s(", out->no_docs ? "" : "as well ");
	put(to, pm_slice_str(out->settings));
	pm_buf_adds(to, out->no_docs
				? "): what comes is judged by the new ones"
				: "): all of this is judged by the new ones");
}

void pm_review_add_state(struct pm_buf *out, const struct pm_review_doc *doc,
	void (*put)(struct pm_buf *out, struct pm_slice text))
{
	const struct pm_slice words[] = {doc->status, doc->severity};

	pm_buf_addf(out, "(%s", pm_change_name(doc->kind));
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (!words[i].len)
			continue;
		pm_buf_adds(out, ", ");
		put(out, pm_slice_sub(words[i], 0, STATE_MOST));
	}
	pm_buf_adds(out, "): ");
	add_counts(out, doc->weights);
}

bool pm_review_is_mark(char c)
{
	return c >= (char)PM_REVIEW_REMOVED && c <= (char)PM_REVIEW_GAP;
}

bool pm_review_next_words(
	struct pm_slice *rest, enum pm_review_mark *mark, struct pm_slice *text)
{
	size_t end = 0;

	while (rest->len &&
		(rest->ptr[0] == ' ' || rest->ptr[0] == (char)PM_REVIEW_ENDS))
		*rest = pm_slice_from(*rest, 1);
	if (!rest->len)
		return false;
	*mark = PM_REVIEW_SAME;
	if (pm_review_is_mark(rest->ptr[0])) {
		*mark = (enum pm_review_mark)rest->ptr[0];
		*rest = pm_slice_from(*rest, 1);
	}
	while (*mark != PM_REVIEW_GAP && end < rest->len &&
		!pm_review_is_mark(rest->ptr[end]))
		end++;
	*text = pm_slice_trim(pm_slice_sub(*rest, 0, end));
	*rest = pm_slice_from(*rest, end);
	return true;
}
