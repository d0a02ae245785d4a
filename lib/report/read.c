/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A parsed document for a person: what was read and on which line, so that
 * somebody who wonders why an action or a moment counts, or does not, sees it
 * at a glance. The same as the record of document.c, without what is absent.
 */
#include "base/escape.h"
#include "doc/doc.h"
#include "report/document.h"

/* "    12  ", or blanks where it stands on no line of its own. */
static void put_line(struct pm_buf *out, unsigned line)
{
	if (line)
		pm_buf_addf(out, "%6u  ", line);
	else
		pm_buf_adds(out, "        ");
}

static void put_text(struct pm_buf *out, struct pm_slice text)
{
	pm_term_text(out, text, false);
}

static unsigned line_of(const struct pm_doc *doc, const struct pm_span *span)
{
	return span->len ? pm_doc_pos(doc, span->off).line : 0;
}

static void put_field(struct pm_buf *out, const struct pm_doc *doc,
	const char *name, const struct pm_field *field)
{
	if (!field->text.len)
		return;
	put_line(out, line_of(doc, &field->span));
	pm_buf_addf(out, "%-13s ", name);
	put_text(out, field->text);
	pm_buf_addc(out, '\n');
}

static void put_list(struct pm_buf *out, const struct pm_doc *doc,
	const char *name, const struct pm_field_list *list)
{
	if (!list->len)
		return;
	put_line(out, line_of(doc, &list->items[0].span));
	pm_buf_addf(out, "%-13s ", name);
	for (size_t i = 0; i < list->len; i++) {
		pm_buf_adds(out, i ? ", " : "");
		put_text(out, list->items[i].text);
	}
	pm_buf_addc(out, '\n');
}

static void put_people(struct pm_buf *out, const struct pm_doc *doc)
{
	for (size_t i = 0; i < doc->nparticipants; i++) {
		const struct pm_participant *one = &doc->participants[i];

		put_line(out, line_of(doc, &one->person.span));
		pm_buf_addf(out, "%-13s ", "participant");
		put_text(out, one->person.text);
		if (one->department.text.len) {
			pm_buf_adds(out, ", ");
			put_text(out, one->department.text);
		}
		if (one->role.text.len) {
			pm_buf_adds(out, ", ");
			put_text(out, one->role.text);
		}
		pm_buf_addc(out, '\n');
	}
}

/* A group that has nothing says so: nothing read is an answer. */
static void end_group(struct pm_buf *out, size_t begin)
{
	if (out->len == begin)
		pm_buf_adds(out, "        none\n");
}

/*
 * What lines above the text state, "**Severity:** SEV2". Shown as written and
 * marked, since it counts only where front matter is drafted from it.
 */
static void put_stated(
	struct pm_buf *out, const struct pm_doc *doc, bool moments)
{
	static const char *const names[PM_FACT_COUNT] = {
		[PM_FACT_DAY] = "day",
		[PM_FACT_DATE] = "date",
		[PM_FACT_SEVERITY] = "severity",
		[PM_FACT_OWNER] = "owner",
		[PM_FACT_PARTICIPANTS] = "participants",
	};
	struct pm_fact_line fact;
	unsigned line = 0;

	while (pm_doc_next_fact(doc, &line, &fact)) {
		bool moment = fact.fact < PM_FACT_DAY;

		if ((moment || fact.fact <= PM_FACT_DATE) != moments)
			continue;
		put_line(out, line - 1);
		pm_buf_addf(out, "%-13s ",
			moment ? pm_moment_names[fact.fact] : names[fact.fact]);
		put_text(out, fact.value);
		if (fact.zone.len) {
			pm_buf_addc(out, ' ');
			put_text(out, fact.zone);
		}
		pm_buf_adds(out, " (said in the text)\n");
	}
}

static void put_fields(struct pm_buf *out, const struct pm_doc *doc)
{
	size_t begin;

	pm_buf_adds(out, "fields\n");
	begin = out->len;
	put_field(out, doc, "kind", &doc->kind);
	put_field(out, doc, "status", &doc->status);
	put_field(out, doc, "severity", &doc->severity);
	put_field(out, doc, "owner", &doc->owner);
	put_field(out, doc, "incident", &doc->incident);
	put_list(out, doc, "services", &doc->services);
	put_list(out, doc, "departments", &doc->departments);
	put_people(out, doc);
	put_field(out, doc, "detected by", &doc->detected_by);
	put_field(out, doc, "trigger", &doc->trigger);
	for (size_t i = 0; i < doc->ncauses; i++)
		put_field(out, doc, "cause", &doc->causes[i].text);
	put_list(out, doc, "tags", &doc->tags);
	put_list(out, doc, "related", &doc->related);
	put_stated(out, doc, false);
	end_group(out, begin);
}

static void put_moments(struct pm_buf *out, const struct pm_doc *doc)
{
	size_t begin;

	pm_buf_adds(out, "moments\n");
	begin = out->len;
	for (int i = 0; i < PM_MOMENT_COUNT; i++) {
		const struct pm_moment_value *moment = &doc->times[i];

		if (!moment->field.text.len)
			continue;
		put_line(out, line_of(doc, &moment->field.span));
		pm_buf_addf(out, "%-13s ", pm_moment_names[i]);
		if (moment->valid)
			pm_time_print(out, &moment->time, PM_TIME_RFC3339);
		else
			put_text(out, moment->field.text);
		if (!moment->valid && moment->why)
			pm_buf_addf(out, " (not read: %s)", moment->why);
		pm_buf_addc(out, '\n');
	}
	put_stated(out, doc, true);
	end_group(out, begin);
}

static void put_sections(struct pm_buf *out, const struct pm_doc *doc)
{
	size_t begin;

	pm_buf_adds(out, "sections\n");
	begin = out->len;
	for (size_t i = 0; i < doc->nsections; i++) {
		const struct pm_section *section = &doc->sections[i];
		unsigned words = pm_doc_words(doc, section);

		put_line(out, section->line);
		pm_buf_addf(out, "%-13s ", pm_section_role_name(section->role));
		put_text(out, section->heading);
		if (section->empty)
			pm_buf_adds(out, " (empty)\n");
		else
			pm_buf_addf(
				out, " (%u word%s)\n", words, pm_plural(words));
	}
	end_group(out, begin);
}

/* Its clock, as much as was written, and the zone where one is known. */
static void put_clock(struct pm_buf *out, const struct pm_entry *entry)
{
	if (entry->problem) {
		pm_buf_addf(out, "(not read: %s)", entry->problem);
	} else if (entry->time.precision == PM_PRECISION_NONE) {
		pm_buf_adds(out, "unknown");
	} else {
		/* The writer's clock is printed without it. */
		if (entry->time.approximate && !entry->has_zone)
			pm_buf_addc(out, '~');
		pm_time_print(out, &entry->time,
			entry->has_zone ? PM_TIME_RFC3339 : PM_TIME_LOCAL);
		if (entry->end.precision != PM_PRECISION_NONE) {
			pm_buf_adds(out, " to ");
			pm_time_print(out, &entry->end, PM_TIME_LOCAL);
		}
	}
}

static void put_timeline(struct pm_buf *out, const struct pm_doc *doc)
{
	const struct pm_timeline *timeline = &doc->timeline;
	size_t begin;

	pm_buf_adds(out, "timeline");
	if (timeline->nentries)
		pm_buf_adds(out, ", ");
	if (timeline->nentries && timeline->zone.len)
		put_text(out, timeline->zone);
	else if (timeline->nentries)
		pm_buf_adds(out, "no zone stated");
	pm_buf_addc(out, '\n');
	begin = out->len;
	for (size_t i = 0; i < timeline->nentries; i++) {
		const struct pm_entry *entry = &timeline->entries[i];

		put_line(out, entry->line);
		put_clock(out, entry);
		pm_buf_adds(out, "  ");
		put_text(out, entry->text);
		if (entry->source.len) {
			pm_buf_adds(out, " (");
			put_text(out, entry->source);
			pm_buf_addc(out, ')');
		}
		pm_buf_addc(out, '\n');
	}
	end_group(out, begin);
}

static void put_due(struct pm_buf *out, const struct pm_action *action)
{
	const struct pm_date *date = &action->due_date;

	if (date->year) {
		pm_buf_addf(out, ", due %04d-%02u-%02u", date->year,
			date->month, date->day);
	} else if (action->due.text.len) {
		pm_buf_adds(out, ", due ");
		put_text(out, action->due.text);
		pm_buf_addf(out, " (%s)",
			action->due_doubt ? action->due_doubt : "no date");
	} else {
		pm_buf_adds(out, ", no due date");
	}
}

static void put_action(struct pm_buf *out, const struct pm_action *action)
{
	put_line(out, action->line);
	if (action->id.text.len) {
		put_text(out, action->id.text);
		pm_buf_adds(out, "  ");
	}
	put_text(out, action->title.text);
	pm_buf_adds(out, "\n        ");
	if (action->state == PM_ACTION_UNKNOWN)
		put_text(out, action->status.text);
	else
		pm_buf_adds(out, pm_action_status_names[action->state]);
	pm_buf_adds(out, ", ");
	if (pm_doc_names_person(action->owner.text))
		put_text(out, action->owner.text);
	else
		pm_buf_adds(out, "no owner");
	put_due(out, action);
	if (action->type.text.len) {
		pm_buf_adds(out, ", ");
		put_text(out, action->type.text);
	}
	pm_buf_addc(out, '\n');
}

void pm_document_read(const struct pm_doc *doc, struct pm_buf *out)
{
	size_t begin;

	pm_term_text(out, pm_slice_str(doc->path), true);
	pm_buf_adds(out, ": ");
	put_text(out, doc->name);
	pm_buf_addc(out, '\n');
	put_fields(out, doc);
	put_moments(out, doc);
	put_sections(out, doc);
	put_timeline(out, doc);
	pm_buf_adds(out, "actions\n");
	begin = out->len;
	for (size_t i = 0; i < doc->nactions; i++)
		put_action(out, &doc->actions[i]);
	end_group(out, begin);
}
