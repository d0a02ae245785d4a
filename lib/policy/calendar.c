/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The team's calendar: which days of the week it works, its holidays, and
 * where a deadline in working days falls. Days here are the calendar's, without
 * a time zone: a deadline is a day, not an instant.
 */
#include "policy/private.h"

#include <stdlib.h>

#define DAYS_OF_WEEK 7

/* The last day a date can be. */
#define YEAR_MOST 9999

static const char *const day_names[DAYS_OF_WEEK + 1] = {
	"mon", "tue", "wed", "thu", "fri", "sat", "sun", NULL};

static const char *const day_long_names[DAYS_OF_WEEK] = {"monday", "tuesday",
	"wednesday", "thursday", "friday", "saturday", "sunday"};

/* The number of a day of the week, Monday first, or -1. */
static int find_day(struct pm_slice name)
{
	for (int i = 0; i < DAYS_OF_WEEK; i++)
		if (pm_slice_is_nocase(name, day_names[i]) ||
			pm_slice_is_nocase(name, day_long_names[i]))
			return i;
	return -1;
}

/* One day of the week; twice the same is a slip for another. */
static int read_day(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, bool *days)
{
	int error = pm_policy_want_scalar(reader, node), day;

	if (error < 0)
		return error;
	day = find_day(node->text);
	if (day < 0)
		return pm_policy_fail_word(
			reader, node->span, "day", node->text, day_names);
	if (days[day])
		return pm_policy_fail(reader, node->span,
			"'%.*s' is named twice", PM_SLICE_ARG(node->text));
	days[day] = true;
	return 0;
}

int pm_policy_read_working_days(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field)
{
	bool *days = field;
	int error = pm_policy_want_list(reader, node);

	for (int i = 0; i < DAYS_OF_WEEK; i++)
		days[i] = false;
	/* No deadline would ever come. */
	if (error == 0 && !node->child)
		error = pm_policy_fail(reader, node->span,
			"'working_days' names no day (write: working_days: "
			"[mon, tue, wed, thu, fri])");
	for (const struct pm_yaml_node *c = node->child; c && error == 0;
		c = c->next)
		error = read_day(reader, c, days);
	return error;
}

static int compare_dates(const void *a, const void *b)
{
	int64_t left = pm_date_to_days(*(const struct pm_date *)a);
	int64_t right = pm_date_to_days(*(const struct pm_date *)b);

	return (left > right) - (left < right);
}

int pm_policy_read_holidays(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field)
{
	struct pm_policy *policy = &reader->own->policy;
	struct pm_map seen = PM_MAP_INIT;
	int error = pm_policy_want_list(reader, node);

	(void)field; /* the same array */
	policy->nholidays = 0;
	policy->holidays = pm_arena_alloc(&reader->own->arena,
		pm_policy_count(node) + 1, sizeof *policy->holidays);
	for (const struct pm_yaml_node *c = pm_policy_entries(node, error); c;
		c = c->next) {
		struct pm_date *date = &policy->holidays[policy->nholidays];
		const char *why = NULL;
		int bad = pm_policy_want_scalar(reader, c);

		if (bad == 0 && pm_date_parse(c->text, date, &why) < 0)
			bad = pm_policy_fail(reader, c->span,
				"'%.*s' is not a day: %s (write it like "
				"2026-12-25)",
				PM_SLICE_ARG(c->text),
				why ? why : "it cannot be read");
		if (bad == 0)
			bad = pm_policy_check_twice(
				reader, &seen, c->span, c->text);
		if (bad == 0)
			policy->nholidays++;
		error = pm_policy_worse(error, bad);
	}
	pm_map_release(&seen);
	if (policy->nholidays > 1)
		qsort(policy->holidays, policy->nholidays,
			sizeof *policy->holidays, compare_dates);
	return error;
}

/* Holidays before this day, by number since 1970. */
static size_t holidays_before(const struct pm_policy *policy, int64_t day)
{
	size_t low = 0, high = policy->nholidays;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (pm_date_to_days(policy->holidays[middle]) < day)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The day of the week, Monday 0. 1970-01-01 was a Thursday. */
static unsigned day_of_week(int64_t day)
{
	int64_t rest = (day + 3) % DAYS_OF_WEEK;

	return (unsigned)(rest < 0 ? rest + DAYS_OF_WEEK : rest);
}

bool pm_policy_deadline(const struct pm_policy *policy, struct pm_date from,
	unsigned days, struct pm_date *out)
{
	struct pm_date last = {YEAR_MOST, 12, 31};
	int64_t day = pm_date_to_days(from), most = pm_date_to_days(last);
	size_t holiday = holidays_before(policy, day + 1);

	if (days == 0)
		return false;
	while (days > 0 && ++day <= most) {
		bool off = !policy->working_days[day_of_week(day)];

		while (holiday < policy->nholidays &&
			pm_date_to_days(policy->holidays[holiday]) <= day) {
			off |= pm_date_to_days(policy->holidays[holiday]) ==
			       day;
			holiday++;
		}
		days -= !off;
	}
	*out = pm_date_from_days(day <= most ? day : most);
	return day <= most;
}
