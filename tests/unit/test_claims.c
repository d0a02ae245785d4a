/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Typed durations, what they can mean, and what a sentence says they are. The
 * number is marked by brackets in the expectations: "[62 minutes]".
 */
#include "check/claims.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "pm/buf.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* text with brackets around every duration that is found. */
static void mark(struct pm_slice text, struct pm_buf *out)
{
	struct pm_typed typed;
	size_t off = 0, last = 0;

	while (pm_typed_next(text, &off, &typed)) {
		assert_true(typed.off >= last);
		assert_true(typed.off + typed.len <= typed.end);
		assert_true(typed.end == off && off <= text.len);
		assert_true(typed.low_s <= typed.high_s);
		pm_buf_add_slice(
			out, pm_slice_sub(text, last, typed.off - last));
		pm_buf_addc(out, '[');
		pm_buf_add_slice(out, pm_slice_sub(text, typed.off, typed.len));
		pm_buf_addc(out, ']');
		last = typed.off + typed.len;
	}
	pm_buf_add_slice(out, pm_slice_from(text, last));
}

static void durations_are_found(void **state)
{
	static const char *const marked[] = {
		"lasted [62 minutes].",
		"[1h 20m] and [1h20m], [2 h]",
		"[1 day, 2 hours and 3 minutes] in all",
		"for [about three hours]; [~7 min], [\xe2\x89\x88 4 h]",
		"[half an hour], [an hour and a half], [a day]",
		"[twenty-five minutes], [forty minutes], [ninety-nine days]",
		("[1.5 hours], [1,5 h], [10-20 min], [10\xe2\x80\x93"
		 "20 min], [4 to 5 hours]"),
		"a [30min] outage, a [47-minute] period",
		"[62\nminutes], [62\xc2\xa0min]",
		"[at least 2 days], [up to 3 h], [24+ hours]",
		"[just over 2 h], [no more than 10 s], [over an hour]",
		"[2 weeks]; [two and a half hours], [3 and a half days]",
		/* None of these is a duration. */
		"a few minutes, several hours, a couple of days",
		"5M requests, 24H, 3 MB, 10 ms, 4 models, 12 servers",
		"at 10:02 h, v1.5 m, us-east-1 d, #12 min, x5 s",
		"10 s/request, 3 min_wait, minutes, hour 3",
		"99999999999999999999 hours",
		"some minutes\n\n\n3\n\nhours",
		"",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(marked); i++) {
		struct pm_buf plain = PM_BUF_INIT, got = PM_BUF_INIT;

		for (const char *c = marked[i]; *c; c++)
			if (*c != '[' && *c != ']')
				pm_buf_addc(&plain, *c);
		mark(pm_buf_slice(&plain), &got);
		assert_string_equal(got.ptr ? got.ptr : "", marked[i]);
		pm_buf_release(&plain);
		pm_buf_release(&got);
	}
}

static void durations_are_rounded_as_people_round(void **state)
{
	static const struct {
		const char *text;
		int64_t fits_min[4];  /* -1: no more */
		int64_t never_min[4]; /* the same */
	} rows[] = {
		{"62 minutes", {61, 62, 63, -1}, {58, 66, 120, -1}},
		{"60 minutes", {55, 60, 65, -1}, {45, 80, -1}},
		{"an hour", {31, 62, 90, -1}, {20, 100, -1}},
		{"about an hour", {40, 62, 85, -1}, {20, 120, -1}},
		{"about three hours", {140, 180, 220, -1}, {90, 300, -1}},
		{"1h 20m", {79, 80, 81, -1}, {75, 100, -1}},
		{"1.5 hours", {75, 90, 105, -1}, {60, 130, -1}},
		{"at least 2 hours", {110, 121, 9999, -1}, {60, -1}},
		{"2 hours or more", {110, 121, 9999, -1}, {60, -1}},
		{"up to 2 hours", {0, 10, 121, -1}, {200, -1}},
		{"10-20 min", {9, 10, 15, 20}, {5, 30, -1}},
		{"20 minutes or so", {15, 20, 25, -1}, {40, -1}},
		{"3 days", {2 * 1440, 4 * 1440, -1}, {600, 6 * 1440, -1}},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct pm_typed typed;
		size_t off = 0;

		assert_true(pm_typed_next(
			pm_slice_str(rows[i].text), &off, &typed));
		for (size_t k = 0; k < 4 && rows[i].fits_min[k] >= 0; k++)
			if (rows[i].fits_min[k] * 60 < typed.low_s ||
				rows[i].fits_min[k] * 60 > typed.high_s)
				fail_msg("'%s' is not %d min", rows[i].text,
					(int)rows[i].fits_min[k]);
		for (size_t k = 0; k < 4 && rows[i].never_min[k] > 0; k++)
			if (rows[i].never_min[k] * 60 >= typed.low_s &&
				rows[i].never_min[k] * 60 <= typed.high_s)
				fail_msg("'%s' is %d min", rows[i].text,
					(int)rows[i].never_min[k]);
	}
}

static const struct {
	const char *text;
	enum pm_claim_kind kind;
	bool part;
} sentences[] = {
	{"The incident lasted 62 minutes.", PM_CLAIM_WHOLE, false},
	{"This outage\nlasted for about 2 h.", PM_CLAIM_WHOLE, false},
	{"It was an outage of 1h 20m.", PM_CLAIM_WHOLE, false},
	{"a 30 minute outage", PM_CLAIM_WHOLE, false},
	{"# 2019-04-03, 30min outage during an upgrade", PM_CLAIM_WHOLE, false},
	{"The incident lasted from 10:02 to 11:04 UTC (62 minutes).",
		PM_CLAIM_WHOLE, false},
	{"**Duration:** 62 min", PM_CLAIM_WHOLE, false},
	{"- Time to detection: 54 minutes", PM_CLAIM_TTD, false},
	{"| Time To Resolve | 6 hours, 14 minutes |", PM_CLAIM_TTR, false},
	{"x\n| Total Downtime | 2 hours |", PM_CLAIM_WHOLE, false},
	{"The TTR: 45 min", PM_CLAIM_TTR, false},
	{"Our time to mitigate was 22 minutes.", PM_CLAIM_TTM, false},
	{"TTD 25m, TTR 3h", PM_CLAIM_TTD, false},
	{"We saw it, TTM 29 min.", PM_CLAIM_TTM, false},
	{"Over by noon. The total duration was 2h 30m.", PM_CLAIM_WHOLE, false},
	{"The total downtime was about 5 hours.", PM_CLAIM_WHOLE, false},
	{"The incident was resolved within 20 minutes.", PM_CLAIM_TTR, false},
	{"The outage was detected after 7 minutes.", PM_CLAIM_TTD, false},
	{"For 62 minutes customers could not pay.", PM_CLAIM_WHOLE, true},
	{"The hub was down for about three hours.", PM_CLAIM_WHOLE, true},
	{"The database outage lasted 10 minutes.", PM_CLAIM_WHOLE, true},
	{"A partial outage lasting 3 h.", PM_CLAIM_WHOLE, true},
	{"Time to detect (TTD): 55 minutes", PM_CLAIM_TTD, false},
	{"- **Time to mitigate** (TTM) was 5 min", PM_CLAIM_TTM, false},
	{"| TTD (started to detected) | 55 min |", PM_CLAIM_TTD, true},
	{"Duration (EU only): 55 min", PM_CLAIM_WHOLE, true},
	{"Length of the outage: 5 hours", PM_CLAIM_WHOLE, false},
	{"It took 3 hours to resolve the incident.", PM_CLAIM_TTR, false},
	{"It took us about 40 minutes to detect the outage.", PM_CLAIM_TTD,
		false},
	{"It took 40 minutes to notice the problem.", PM_CLAIM_TTD, true},
	{"It took 40 minutes to mitigate it, by hand.", PM_CLAIM_TTM, true},
	{"It took 10 minutes to resolve the outage in the EU.", PM_CLAIM_TTR,
		true},
	{"The outage took 5 hours.", PM_CLAIM_WHOLE, false},
	{"The incident took 5 hours to resolve.", PM_CLAIM_WHOLE, false},
	{"Resolved after 5 hours.", PM_CLAIM_TTR, true},
	{"- Detected after 55 minutes", PM_CLAIM_TTD, true},
	{"We saw it. It was fixed after 5 hours.", PM_CLAIM_TTR, true},
	{"That was 5 hours of downtime.", PM_CLAIM_WHOLE, true},
	{"The outage took 3 hours, and nobody saw it.", PM_CLAIM_WHOLE, false},
	{"The outage took 3 hours because a disk broke.", PM_CLAIM_WHOLE,
		false},
	{"All in all the outage took 3 hours overall.", PM_CLAIM_WHOLE, false},
	{"The incident took 3 hours in all (see below).", PM_CLAIM_WHOLE,
		false},
	{"The incident took 3 hours to resolve, for one disk.", PM_CLAIM_WHOLE,
		false},
	{"The incident took 3 hours to resolve fully.", PM_CLAIM_WHOLE, false},
	{"Checkout was unavailable for a total of 3 hours.", PM_CLAIM_WHOLE,
		true},
	{"Checkout was down 3 hours.", PM_CLAIM_WHOLE, true},
	{"The downtime was 3 hours.", PM_CLAIM_WHOLE, false},
	{"The database downtime was 3 hours in total.", PM_CLAIM_WHOLE, true},
	{"The outage was about 3 hours long.", PM_CLAIM_WHOLE, false},
	{"The total outage time was 3 hours.", PM_CLAIM_WHOLE, false},
	{"The outage spanned 3 hours.", PM_CLAIM_WHOLE, false},
	{"It took us 3 hours to restore service.", PM_CLAIM_TTR, true},
	{"Service was restored after 3 hours.", PM_CLAIM_TTR, true},
	{"The disruption was over after 3 hours.", PM_CLAIM_TTR, false},
	{"The outage ended after 3 hours.", PM_CLAIM_TTR, false},
	/* Something else. */
	{"The rollback took two minutes.", PM_CLAIM_NONE, false},
	{"It took 10 minutes to restore the database.", PM_CLAIM_NONE, false},
	{"It took 40 minutes to detect that the EU was hit.", PM_CLAIM_NONE,
		false},
	{"It took the vendor 3 hours to resolve the incident.", PM_CLAIM_NONE,
		false},
	{"Last year it took 3 hours to resolve the outage.", PM_CLAIM_NONE,
		false},
	{"The incident took 5 minutes to reach everybody.", PM_CLAIM_NONE,
		false},
	{"The deploy was fixed after 5 hours.", PM_CLAIM_NONE, false},
	{"It took two weeks to fix the issue in the library.", PM_CLAIM_NONE,
		false},
	{"Retries (TTD): 5 minutes", PM_CLAIM_NONE, false},
	{"(TTD): 5 minutes", PM_CLAIM_NONE, false},
	{"5 hours of logs are lost.", PM_CLAIM_NONE, false},
	{"10 minutes of downtime per month", PM_CLAIM_NONE, false},
	{"The incident took 1.5 hours from start to finish.", PM_CLAIM_WHOLE,
		false},
	{"It took 1.5 hours from start to finish.", PM_CLAIM_WHOLE, true},
	{"The deploy took 1.5 hours from start to finish.", PM_CLAIM_NONE,
		false},
	{"The alert fired seven minutes after the start.", PM_CLAIM_NONE,
		false},
	{"We answer within 24 hours on business days.", PM_CLAIM_NONE, false},
	{"Tickets must be resolved within 24 hours.", PM_CLAIM_NONE, false},
	{"The previous incident lasted 24 hours.", PM_CLAIM_NONE, false},
	{"If the outage had lasted 3 hours, ...", PM_CLAIM_NONE, false},
	{"Our SLA allows a downtime of 43 minutes.", PM_CLAIM_NONE, false},
	{"Logs are kept for 30 days.", PM_CLAIM_NONE, false},
	{"Mean time to detect: 5 minutes", PM_CLAIM_NONE, false},
	{"Last year's MTTD 5 minutes", PM_CLAIM_NONE, false},
	{"The total duration 5 minutes", PM_CLAIM_NONE, false},
	{"The duration was 5 minutes.", PM_CLAIM_NONE, false},
	{"Cache duration: 10 min", PM_CLAIM_NONE, false},
	{"The alert was resolved within 5 minutes.", PM_CLAIM_NONE, false},
	{"The incident was resolved within 5 minutes of the page.",
		PM_CLAIM_NONE, false},
	{"It was detected. 30 minutes of logs are lost.", PM_CLAIM_NONE, false},
	{"Duration\n\n- 30 minutes of logs", PM_CLAIM_NONE, false},
	{"The outage took 3 hours of our time.", PM_CLAIM_NONE, false},
	{"The outage took 5 minutes to detect.", PM_CLAIM_NONE, false},
	{"The incident took 3 hours to resolve in the EU.", PM_CLAIM_NONE,
		false},
	{"The server was down 30 minutes before the alert.", PM_CLAIM_NONE,
		false},
	{"The site was down 3 days later.", PM_CLAIM_NONE, false},
	{"The downtime was 3 hours longer.", PM_CLAIM_NONE, false},
	{"The outage was 3 hours after the deploy.", PM_CLAIM_NONE, false},
	{"The outage was 3 hours ago.", PM_CLAIM_NONE, false},
	{"The queue was 3 hours long.", PM_CLAIM_NONE, false},
	{"It took 3 hours to restore the service's data.", PM_CLAIM_NONE,
		false},
	{"The deploy was over after 5 minutes.", PM_CLAIM_NONE, false},
	{"It was handed over after 3 hours.", PM_CLAIM_NONE, false},
	{"The mail service was restored after 3 hours.", PM_CLAIM_NONE, false},
	{"Service was restored after 3 hours of work.", PM_CLAIM_NONE, false},
	{"A total of 3 hours was logged.", PM_CLAIM_NONE, false},
};

static void sentences_say_what_a_duration_is(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(sentences); i++) {
		struct pm_slice text = pm_slice_str(sentences[i].text);
		struct pm_typed typed;
		struct pm_claim claim;
		size_t off = 0;

		if (!pm_typed_next(text, &off, &typed))
			fail_msg("no duration in '%s'", sentences[i].text);
		claim = pm_claim_read(text, &typed);
		if (claim.kind != sentences[i].kind ||
			claim.part != sentences[i].part)
			fail_msg("'%s': kind %d, part %d", sentences[i].text,
				(int)claim.kind, (int)claim.part);
	}
}

static void a_stop_watch_wants_a_label(void **state)
{
	static const struct {
		const char *text;
		enum pm_claim_kind kind; /* NONE: or nothing is found */
		int64_t hours_min, minutes_s;
	} rows[] = {
		{"Time to resolution: 00:45", PM_CLAIM_TTR, 45, 45},
		{"| Duration | 1:02 |", PM_CLAIM_WHOLE, 62, 62},
		{"**TTD:** 00:07:30", PM_CLAIM_TTD, 7, 0},
		{"- Time to detect: 01:10 (from the log)", PM_CLAIM_TTD, 70,
			70},
		{"Duration: 10:02 - 11:04", PM_CLAIM_NONE, 0, 0},
		{"Duration: 10:02 UTC", PM_CLAIM_NONE, 0, 0},
		{"Duration: 2026-11-22T10:02", PM_CLAIM_NONE, 0, 0},
		{"Duration: 1:75", PM_CLAIM_NONE, 0, 0},
		{"Duration: 1:022", PM_CLAIM_NONE, 0, 0},
		{"The incident was resolved after 10:45.", PM_CLAIM_NONE, 0, 0},
		{"It was noticed at 10:09", PM_CLAIM_NONE, 0, 0},
		{"", PM_CLAIM_NONE, 0, 0},
		{":", PM_CLAIM_NONE, 0, 0},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct pm_slice text = pm_slice_str(rows[i].text);
		struct pm_claim claim = {.kind = PM_CLAIM_NONE};
		struct pm_typed hours, minutes;
		size_t off = 0;

		if (pm_typed_clock(text, &off, &hours, &minutes))
			claim = pm_claim_read(text, &hours);
		if (claim.kind != rows[i].kind)
			fail_msg(
				"'%s': kind %d", rows[i].text, (int)claim.kind);
		if (claim.kind == PM_CLAIM_NONE)
			continue;
		assert_in_range(
			rows[i].hours_min * 60, hours.low_s, hours.high_s);
		if (rows[i].minutes_s)
			assert_in_range(rows[i].minutes_s, minutes.low_s,
				minutes.high_s);
		else
			assert_int_equal(minutes.high_s, hours.high_s);
	}
}

static void entries_claim_moments(void **state)
{
	static const struct {
		const char *text;
		int moment; /* -1: none */
		bool weak;
	} rows[] = {
		{"Incident resolved", PM_MOMENT_RESOLVED, false},
		{"**Resolved**: queues are empty", PM_MOMENT_RESOLVED, false},
		{"(detected) the pager rings", PM_MOMENT_DETECTED, false},
		{"(Resolved)", PM_MOMENT_RESOLVED, false},
		{"(started the rollback) by hand", -1, false},
		{"(deploy log) resolved", -1, false},
		{"the incident is over.", PM_MOMENT_RESOLVED, false},
		{"The outage begins (deploy log)", PM_MOMENT_STARTED, false},
		{"Mitigated by rollback", PM_MOMENT_MITIGATED, false},
		{"Incident detected by the pager", PM_MOMENT_DETECTED, false},
		{"the checkout alert fires", PM_MOMENT_DETECTED, true},
		{"root cause identified: the canary", PM_MOMENT_IDENTIFIED,
			true},
		{"Incident resolved for the EU only", -1, false},
		{"Incident resolved?", -1, false},
		{"Incident believed to be resolved", -1, false},
		{"resolved on node 3", -1, false},
		{"Detected a slow query", -1, false},
		{"started the rollback", -1, false},
		{"Impact starts to fall", -1, false},
		{"Incident resolved, but it fires again", -1, false},
		{"", -1, false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct pm_moment_claim claim;
		bool claims = pm_moment_claim_read(
			pm_slice_str(rows[i].text), true, &claim);

		assert_int_equal(
			pm_moment_claim_read(
				pm_slice_str(rows[i].text), false, &claim),
			claims && !rows[i].weak);
		pm_moment_claim_read(pm_slice_str(rows[i].text), true, &claim);

		if (claims != (rows[i].moment >= 0) ||
			(claims && ((int)claim.moment != rows[i].moment ||
					   claim.weak != rows[i].weak)))
			fail_msg("'%s': %d", rows[i].text,
				claims ? (int)claim.moment : -1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(durations_are_found),
		cmocka_unit_test(durations_are_rounded_as_people_round),
		cmocka_unit_test(sentences_say_what_a_duration_is),
		cmocka_unit_test(a_stop_watch_wants_a_label),
		cmocka_unit_test(entries_claim_moments),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
