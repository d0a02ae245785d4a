/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What was read of a document as text, one line for each thing, so that a test
 * is a document and what a careful reader finds in it.
 *
 *	sections	LINE role heading
 *	timeline	LINE time..end~ zone | text (source) !problem
 *	actions		LINE state | title | owner | due | tracker !doubt
 */
#ifndef DOC_READING_H
#define DOC_READING_H

#include "doc/doc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct reading {
	const char *name; /* what the case shows */
	const char *text;
	const char *expect;
};

static struct pm_ctx *reading_ctx;
static struct pm_policy *reading_policy;
static const char *reading_path = "postmortems/2026/notes.md";

static int reading_prepare(void **state)
{
	(void)state;
	reading_ctx = pm_ctx_new();
	return pm_policy_parse(
		reading_ctx, pm_slice_str(NULL), &reading_policy);
}

static int reading_finish(void **state)
{
	(void)state;
	pm_policy_free(reading_policy);
	pm_ctx_free(reading_ctx);
	return 0;
}

static inline void print_sections(struct pm_buf *buf, const struct pm_doc *doc)
{
	for (size_t i = 0; i < doc->nsections; i++) {
		const struct pm_section *sec = &doc->sections[i];

		const char *sep = " ";

		pm_buf_addf(buf, "%u", sec->line);
		for (int role = 0; role < PM_SECTION_COUNT; role++) {
			if (!(sec->roles & 1u << role))
				continue;
			pm_buf_addf(
				buf, "%s%s", sep, pm_section_role_name(role));
			sep = "+";
		}
		if (!sec->roles)
			pm_buf_adds(buf, " -");
		pm_buf_addf(buf, " %.*s\n", PM_SLICE_ARG(sec->heading));
	}
}

static inline void print_time(struct pm_buf *buf, const struct pm_time *time)
{
	if (time->precision == PM_PRECISION_NONE)
		pm_buf_adds(buf, "?");
	else
		pm_time_print(buf, time, PM_TIME_LOCAL);
}

static inline void print_timeline(struct pm_buf *buf, const struct pm_doc *doc)
{
	for (size_t i = 0; i < doc->timeline.nentries; i++) {
		const struct pm_entry *entry = &doc->timeline.entries[i];

		pm_buf_addf(buf, "%u ", entry->line);
		print_time(buf, &entry->time);
		if (entry->end.precision != PM_PRECISION_NONE) {
			pm_buf_adds(buf, "..");
			print_time(buf, &entry->end);
		}
		if (entry->time.approximate)
			pm_buf_adds(buf, "~");
		if (entry->has_zone)
			pm_buf_addf(buf, " %+d", entry->time.offset_min);
		pm_buf_addf(buf, " | %.*s", PM_SLICE_ARG(entry->text));
		if (entry->source.len)
			pm_buf_addf(
				buf, " (%.*s)", PM_SLICE_ARG(entry->source));
		if (entry->problem)
			pm_buf_addf(buf, " !%s", entry->problem);
		pm_buf_addc(buf, '\n');
	}
}

static inline void print_actions(struct pm_buf *buf, const struct pm_doc *doc)
{
	for (size_t i = 0; i < doc->nactions; i++) {
		const struct pm_action *action = &doc->actions[i];
		const char *state =
			action->state == PM_ACTION_UNKNOWN
				? "unknown"
				: pm_action_status_names[action->state];

		pm_buf_addf(buf, "%u %s | %.*s | %.*s | %.*s | %.*s",
			action->line, state, PM_SLICE_ARG(action->title.text),
			PM_SLICE_ARG(action->owner.text),
			PM_SLICE_ARG(action->due.text),
			PM_SLICE_ARG(action->tracker.text));
		if (action->due_doubt)
			pm_buf_addf(buf, " !%s", action->due_doubt);
		pm_buf_addc(buf, '\n');
	}
}

typedef void (*reading_print_fn)(struct pm_buf *buf, const struct pm_doc *doc);

/* Parses each text and compares what is printed of it. */
static inline void check_readings(
	const struct reading *cases, size_t count, reading_print_fn print)
{
	size_t wrong = 0;

	for (size_t i = 0; i < count; i++) {
		struct pm_buf buf = PM_BUF_INIT;
		struct pm_doc *doc = pm_doc_parse(reading_path,
			pm_slice_str(cases[i].text), reading_policy);

		print(&buf, doc);
		if (strcmp(buf.ptr, cases[i].expect) != 0) {
			print_error("%s:\n--- expected\n%s--- read\n%s",
				cases[i].name, cases[i].expect, buf.ptr);
			wrong++;
		}
		pm_buf_release(&buf);
		pm_doc_free(doc);
	}
	assert_int_equal(wrong, 0);
}

#define CHECK_READINGS(cases, print)                                           \
	check_readings(cases, sizeof(cases) / sizeof(cases)[0], print)

#endif
