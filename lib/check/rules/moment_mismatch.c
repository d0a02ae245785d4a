/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A moment of the front matter and the entry of the timeline that claims to be
 * it, with two different times. Several entries may claim one moment (alerts
 * fire more than once): one that agrees is enough. Two clocks read by two
 * people differ by a minute, which is no mistake.
 */
#include "check/check.h"

#include "check/claims.h"

#define DAY 86400

/* What was seen of one moment among the entries. */
struct seen {
	const struct pm_entry *entry; /* the first that claims it */
	bool weak;                    /* by words that may mean another */
	bool agreed;                  /* an entry agrees, or cannot be said
					 to differ */
	bool stands; /* some entry stands at the moment's time */
};

static bool is_exact(const struct pm_time *time)
{
	return !time->approximate && time->precision >= PM_PRECISION_MINUTE;
}

/* True when both can be the same instant. */
static bool agrees(const struct pm_time *a, const struct pm_time *b)
{
	int64_t apart = a->sec < b->sec ? b->sec - a->sec : a->sec - b->sec;

	/* Seconds are read off two clocks as well. */
	if (apart <= 60 || (is_exact(a) && is_exact(b)))
		return apart <= 60;
	if (a->precision == PM_PRECISION_DAY ||
		b->precision == PM_PRECISION_DAY)
		return apart < (int64_t)2 * DAY;
	return apart <= 3600;
}

static bool is_far(const struct pm_time *a, const struct pm_time *b)
{
	return a->sec - b->sec > DAY || b->sec - a->sec > DAY;
}

/* Notes which moments have an entry at their time. */
static void stand(struct seen *seen, const struct pm_doc *doc,
	const struct pm_entry *entry)
{
	for (size_t i = 0; i < PM_MOMENT_COUNT; i++)
		if (!seen[i].stands && doc->times[i].valid &&
			agrees(&entry->time, &doc->times[i].time))
			seen[i].stands = true;
}

static void look(struct seen *seen, const struct pm_doc *doc,
	const struct pm_entry *entry, bool weak)
{
	struct pm_moment_claim claim;
	const struct pm_moment_value *value;
	bool within;

	if (!pm_moment_claim_read(entry->text, weak, &claim))
		return;
	value = &doc->times[claim.moment];
	seen = &seen[claim.moment];
	if (!value->valid || value->time.precision == PM_PRECISION_NONE)
		return;
	/* Another day is a mistyped one, and said so elsewhere. */
	if (claim.weak && is_far(&entry->time, &value->time))
		return;
	within = entry->end.precision != PM_PRECISION_NONE &&
		 value->time.sec >= entry->time.sec &&
		 value->time.sec <= entry->end.sec;
	if (within || !entry->has_zone || agrees(&entry->time, &value->time))
		seen->agreed = true;
	if (!seen->entry || (seen->weak && !claim.weak)) {
		seen->entry = entry;
		seen->weak = claim.weak;
	}
}

/* True when some moment has no entry at its time: only then a weak claim can
   be about it. */
static bool wants_weak(const struct seen *seen, const struct pm_doc *doc)
{
	for (size_t i = 0; i < PM_MOMENT_COUNT; i++)
		if (doc->times[i].valid && !seen[i].stands)
			return true;
	return false;
}

/* "alert fires" is how it was detected only where an alert detected it. */
static bool is_meant(
	const struct pm_doc *doc, const struct seen *seen, size_t moment)
{
	if (!seen->entry || seen->agreed)
		return false;
	if (!seen->weak)
		return true;
	return !seen->stands &&
	       (moment != PM_MOMENT_DETECTED ||
		       pm_slice_is(doc->detected_by.text, "alert"));
}

static void report(
	struct pm_check *check, const struct seen *seen, size_t moment)
{
	const struct pm_doc *doc = check->doc;
	const struct pm_moment_value *value = &doc->times[moment];
	unsigned line = pm_doc_pos(doc, value->field.span.off).line;
	struct pm_slice text = pm_doc_line(doc, seen->entry->line);
	struct pm_buf at = PM_BUF_INIT;
	struct pm_span place = {0, text.len};

	if (text.ptr)
		place.off = (size_t)(text.ptr - doc->src.ptr);
	pm_buf_addf(
		&at, "'%s' is at ", pm_check_word(check, seen->entry->text));
	pm_time_print(&at, &seen->entry->time, PM_TIME_RFC3339);
	pm_buf_addf(
		&at, ", but line %u has %s: ", line, pm_moment_names[moment]);
	pm_time_print(&at, &value->time, PM_TIME_RFC3339);
	pm_finding_add_level(check,
		seen->weak ? PM_LEVEL_WARNING : PM_LEVEL_DEFAULT, place,
		"mend the one that is wrong", "%s", at.ptr);
	pm_buf_release(&at);
}

static void run(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;
	const struct pm_timeline *timeline = &doc->timeline;
	struct seen seen[PM_MOMENT_COUNT] = {0};
	bool weak;

	if (!doc->times_key.len)
		return;
	for (size_t i = 0; i < timeline->nentries; i++)
		stand(seen, doc, &timeline->entries[i]);
	weak = wants_weak(seen, doc);
	for (size_t i = 0; i < timeline->nentries; i++) {
		const struct pm_entry *entry = &timeline->entries[i];

		if (!entry->problem &&
			entry->time.precision != PM_PRECISION_NONE)
			look(seen, doc, entry, weak);
	}
	for (size_t i = 0; i < PM_MOMENT_COUNT; i++)
		if (is_meant(doc, &seen[i], i))
			report(check, &seen[i], i);
}

PM_RULE_DEFINE(moment_mismatch) = {
	.info =
		{
			.id = "moment-mismatch",
			.step = PM_STEP_ANALYSE,
			.level = PM_LEVELS(WARNING, ERROR, ERROR),
			.summary = "the timeline and the front matter give a "
				   "moment two times",
			.why = "All durations are computed from the moments of "
			       "the front matter, while people read the "
			       "timeline. When the timeline says that the "
			       "incident was resolved at one time and the "
			       "front matter at another, the statistics "
			       "count an incident that nobody had.",
			.bad = "## Timeline\n\n"
			       "- 2026-11-22 10:02Z the push reaches "
			       "production\n"
			       "- 2026-11-22 10:31Z the push is rolled back\n"
			       "- 2026-11-22 11:40Z incident resolved\n",
			.good = "## Timeline\n\n"
				"- 2026-11-22 10:02Z the push reaches "
				"production\n"
				"- 2026-11-22 10:31Z the push is rolled back\n"
				"- 2026-11-22 11:04Z incident resolved\n",
		},
	.run = run,
};
