/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A parsed document as one record: the fields of the front matter by their
 * names, then what was read from the body. Names are JSON keys and stay as
 * they are. What is absent is null or an empty list, never left out; only the
 * keys of "impact" are the document's own, so its shape is made for each.
 */
#include "report/document.h"

#include <assert.h>

#include "base/ascii.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

#define COLUMN(name, kind, rows)                                               \
	{                                                                      \
		name, "", PM_VALUE_##kind, PM_ROLE_NONE, rows                  \
	}
#define SHAPE(key, cols)                                                       \
	{                                                                      \
		.name = (key), .columns = (cols), .ncolumns = COUNT(cols),     \
		.style = PM_TEXT_FIELDS                                        \
	}

/* Impact in figures: more digits than this are a name, not a number. */
#define DIGITS_MOST 15

static const struct pm_column participant_columns[] = {
	COLUMN("person", STR, NULL),
	COLUMN("department", STR, NULL),
	COLUMN("role", STR, NULL),
};
static const struct pm_shape participant_shape =
	SHAPE("participants", participant_columns);

static const struct pm_column time_columns[] = {
	COLUMN("started", STR, NULL),
	COLUMN("detected", STR, NULL),
	COLUMN("acknowledged", STR, NULL),
	COLUMN("identified", STR, NULL),
	COLUMN("mitigated", STR, NULL),
	COLUMN("resolved", STR, NULL),
};
static const struct pm_shape time_shape = SHAPE("times", time_columns);

static const struct pm_column cause_columns[] = {
	COLUMN("id", STR, NULL),
	COLUMN("kind", STR, NULL),
	COLUMN("text", STR, NULL),
};
static const struct pm_shape cause_shape = SHAPE("causes", cause_columns);

static const struct pm_column evidence_columns[] = {
	COLUMN("file", STR, NULL),
	COLUMN("sha256", STR, NULL),
	COLUMN("source", STR, NULL),
	COLUMN("from", STR, NULL),
	COLUMN("to", STR, NULL),
};
static const struct pm_shape evidence_shape =
	SHAPE("evidence", evidence_columns);

static const struct pm_column approval_columns[] = {
	COLUMN("line", INT, NULL),
	COLUMN("by", STR, NULL),
	COLUMN("at", STR, NULL),
	COLUMN("digest", STR, NULL),
	COLUMN("stale", BOOL, NULL),
};
static const struct pm_shape approval_shape =
	SHAPE("approvals", approval_columns);

static const struct pm_column waiver_columns[] = {
	COLUMN("line", INT, NULL),
	COLUMN("rule", STR, NULL),
	COLUMN("reason", STR, NULL),
	COLUMN("by", STR, NULL),
	COLUMN("until", STR, NULL),
	COLUMN("where", STR, NULL),
};
static const struct pm_shape waiver_shape = SHAPE("allow", waiver_columns);

static const struct pm_column section_columns[] = {
	COLUMN("line", INT, NULL),
	COLUMN("level", INT, NULL),
	COLUMN("heading", STR, NULL),
	COLUMN("role", STR, NULL),
	COLUMN("words", INT, NULL),
	COLUMN("empty", BOOL, NULL),
	/* Only where one section was asked for: always the last. */
	COLUMN("text", STR, NULL),
};
static const struct pm_shape text_shape = SHAPE("sections", section_columns);
static const struct pm_shape section_shape = {
	.name = "sections",
	.columns = section_columns,
	.ncolumns = COUNT(section_columns) - 1,
	.style = PM_TEXT_FIELDS,
};

static const struct pm_column entry_columns[] = {
	COLUMN("line", INT, NULL),
	COLUMN("time", STR, NULL),
	COLUMN("offset", STR, NULL),
	COLUMN("end", STR, NULL),
	COLUMN("approximate", BOOL, NULL),
	COLUMN("text", STR, NULL),
	COLUMN("source", STR, NULL),
};
static const struct pm_shape entry_shape = SHAPE("entries", entry_columns);

static const struct pm_column timeline_columns[] = {
	COLUMN("zone", STR, NULL),
	COLUMN("entries", ROWS, &entry_shape),
};
static const struct pm_shape timeline_shape =
	SHAPE("timeline", timeline_columns);

static const struct pm_column action_columns[] = {
	COLUMN("line", INT, NULL),
	COLUMN("id", STR, NULL),
	COLUMN("title", STR, NULL),
	COLUMN("type", STR, NULL),
	COLUMN("owner", STR, NULL),
	COLUMN("due", STR, NULL),
	COLUMN("status", STR, NULL),
	COLUMN("priority", STR, NULL),
	COLUMN("tracker", STR, NULL),
	COLUMN("addresses", STRS, NULL),
};
static const struct pm_shape action_shape = SHAPE("actions", action_columns);

/* What is being turned into values. */
struct view {
	struct pm_arena *arena;
	const struct pm_doc *doc;
	enum pm_section_role role;
	struct pm_column *impact; /* its columns, made for this document */
	size_t nimpact;
};

static struct pm_value *room(struct view *view, size_t rows, size_t columns)
{
	return pm_arena_alloc(
		view->arena, rows * columns + 1, sizeof(struct pm_value));
}

static struct pm_value text_value(struct pm_slice text)
{
	return text.len ? pm_value_str(text) : pm_value_null();
}

static struct pm_value field_value(const struct pm_field *field)
{
	return text_value(field->text);
}

/* The form pm writes, where it can be read as a person at all. */
static struct pm_value person_value(
	struct view *view, struct pm_slice person, bool as_written)
{
	struct pm_buf text = PM_BUF_INIT;
	struct pm_slice copy;

	if (!pm_doc_names_person(person))
		return pm_value_null();
	if (as_written || !pm_person_valid(person))
		return pm_value_str(person);
	pm_person_print(&text, person);
	copy = pm_arena_slice(view->arena, pm_buf_slice(&text));
	pm_buf_release(&text);
	return pm_value_str(copy);
}

static struct pm_value list_value(
	struct view *view, const struct pm_field_list *list)
{
	struct pm_slice *texts =
		pm_arena_alloc(view->arena, list->len + 1, sizeof *texts);

	for (size_t i = 0; i < list->len; i++)
		texts[i] = list->items[i].text;
	return pm_value_strs(texts, list->len);
}

static struct pm_value time_value(
	struct view *view, const struct pm_time *time, enum pm_time_style style)
{
	struct pm_buf text = PM_BUF_INIT;
	struct pm_slice copy;

	pm_time_print(&text, time, style);
	copy = pm_arena_slice(view->arena, pm_buf_slice(&text));
	pm_buf_release(&text);
	return pm_value_str(copy);
}

/* The writer's clock, as much of it as is known. */
static struct pm_value clock_value(
	struct view *view, const struct pm_time *time)
{
	if (time->precision == PM_PRECISION_NONE)
		return pm_value_null();
	return time_value(view, time, PM_TIME_LOCAL);
}

/* "+01:00", so that a clock followed by it is RFC 3339. */
static struct pm_value offset_value(
	struct view *view, const struct pm_entry *entry)
{
	int minutes = entry->time.offset_min;
	int size = minutes < 0 ? -minutes : minutes;

	if (!entry->has_zone || entry->time.precision == PM_PRECISION_NONE)
		return pm_value_null();
	return pm_value_text(pm_arena_printf(view->arena, "%c%02d:%02d",
		minutes < 0 ? '-' : '+', size / 60, size % 60));
}

static struct pm_value participants_value(struct view *view)
{
	const struct pm_doc *doc = view->doc;
	struct pm_value *rows =
		room(view, doc->nparticipants, COUNT(participant_columns));
	struct pm_value *v = rows;

	for (size_t i = 0; i < doc->nparticipants; i++) {
		const struct pm_participant *one = &doc->participants[i];

		*v++ = person_value(view, one->person.text, false);
		*v++ = field_value(&one->department);
		*v++ = field_value(&one->role);
	}
	return pm_value_rows(rows, doc->nparticipants);
}

static struct pm_value times_value(struct view *view)
{
	struct pm_value *row = room(view, 1, PM_MOMENT_COUNT);

	for (size_t i = 0; i < PM_MOMENT_COUNT; i++) {
		const struct pm_moment_value *moment = &view->doc->times[i];

		row[i] = moment->valid ? time_value(view, &moment->time,
						 PM_TIME_RFC3339)
				       : field_value(&moment->field);
	}
	return pm_value_row(row);
}

static struct pm_value causes_value(struct view *view)
{
	const struct pm_doc *doc = view->doc;
	struct pm_value *rows = room(view, doc->ncauses, COUNT(cause_columns));
	struct pm_value *v = rows;

	for (size_t i = 0; i < doc->ncauses; i++) {
		*v++ = field_value(&doc->causes[i].id);
		*v++ = field_value(&doc->causes[i].kind);
		*v++ = field_value(&doc->causes[i].text);
	}
	return pm_value_rows(rows, doc->ncauses);
}

static struct pm_value evidence_value(struct view *view)
{
	const struct pm_doc *doc = view->doc;
	struct pm_value *rows =
		room(view, doc->nevidence, COUNT(evidence_columns));
	struct pm_value *v = rows;

	for (size_t i = 0; i < doc->nevidence; i++) {
		const struct pm_evidence_ref *ref = &doc->evidence[i];

		*v++ = field_value(&ref->file);
		*v++ = field_value(&ref->sha256);
		*v++ = field_value(&ref->source);
		*v++ = field_value(&ref->from);
		*v++ = field_value(&ref->to);
	}
	return pm_value_rows(rows, doc->nevidence);
}

/* Whether each is of this text is what a reader wants to know. */
static struct pm_value approvals_value(struct view *view)
{
	const struct pm_doc *doc = view->doc;
	struct pm_value *rows =
		room(view, doc->napprovals, COUNT(approval_columns));
	struct pm_value *v = rows;
	char digest[PM_DIGEST_FULL_SIZE] = PM_DIGEST_PREFIX;

	if (doc->napprovals)
		pm_doc_digest(doc, digest + strlen(PM_DIGEST_PREFIX));
	for (size_t i = 0; i < doc->napprovals; i++) {
		const struct pm_approval *one = &doc->approvals[i];

		*v++ = pm_value_int(pm_doc_pos(doc, one->span.off).line);
		*v++ = person_value(view, one->by.text, false);
		*v++ = one->valid
			       ? time_value(view, &one->time, PM_TIME_RFC3339)
			       : field_value(&one->at);
		*v++ = field_value(&one->digest);
		*v++ = pm_value_bool(!pm_slice_is(one->digest.text, digest));
	}
	return pm_value_rows(rows, doc->napprovals);
}

static struct pm_value waivers_value(struct view *view)
{
	const struct pm_doc *doc = view->doc;
	struct pm_value *rows =
		room(view, doc->nwaivers, COUNT(waiver_columns));
	struct pm_value *v = rows;

	for (size_t i = 0; i < doc->nwaivers; i++) {
		const struct pm_waiver *one = &doc->waivers[i];

		*v++ = pm_value_int(pm_doc_pos(doc, one->span.off).line);
		*v++ = field_value(&one->rule);
		*v++ = field_value(&one->reason);
		*v++ = person_value(view, one->by.text, false);
		*v++ = field_value(&one->until);
		*v++ = field_value(&one->where);
	}
	return pm_value_rows(rows, doc->nwaivers);
}

/* A plain run of digits is a number, anything else is text. */
static struct pm_value figure_value(struct pm_slice text)
{
	int64_t value = 0;

	if (text.len == 0 || text.len > DIGITS_MOST ||
		(text.len > 1 && text.ptr[0] == '0'))
		return text_value(text);
	for (size_t i = 0; i < text.len; i++) {
		if (!pm_is_digit(text.ptr[i]))
			return text_value(text);
		value = value * 10 + (text.ptr[i] - '0');
	}
	return pm_value_int(value);
}

static struct pm_value impact_value(struct view *view)
{
	const struct pm_doc *doc = view->doc;
	struct pm_value *row = room(view, 1, doc->nimpact);

	view->impact = pm_arena_alloc(
		view->arena, doc->nimpact + 1, sizeof *view->impact);
	for (size_t i = 0; i < doc->nimpact; i++) {
		const struct pm_field *field = &doc->impact[i];
		struct pm_slice key =
			pm_slice_sub(doc->src, field->key.off, field->key.len);

		view->impact[i] = (struct pm_column)COLUMN(
			pm_arena_slice(view->arena, key).ptr, STR, NULL);
		row[i] = figure_value(field->text);
	}
	view->nimpact = doc->nimpact;
	return pm_value_row(row);
}

bool pm_document_has_role(
	const struct pm_section *section, enum pm_section_role role)
{
	return section->role == role || (section->roles & 1u << role);
}

static struct pm_value sections_value(struct view *view)
{
	const struct pm_doc *doc = view->doc;
	bool one = view->role != PM_SECTION_OTHER;
	struct pm_value *rows =
		room(view, doc->nsections, COUNT(section_columns));
	struct pm_value *v = rows;
	size_t n = 0;

	for (size_t i = 0; i < doc->nsections; i++) {
		const struct pm_section *section = &doc->sections[i];

		if (one && !pm_document_has_role(section, view->role))
			continue;
		*v++ = pm_value_int(section->line);
		*v++ = pm_value_int(section->level);
		*v++ = pm_value_str(section->heading);
		*v++ = pm_value_text(pm_section_role_name(section->role));
		*v++ = pm_value_int(pm_doc_words(doc, section));
		*v++ = pm_value_bool(section->empty);
		if (one)
			*v++ = pm_value_str(pm_slice_sub(doc->src,
				section->span.off, section->span.len));
		n++;
	}
	return pm_value_rows(rows, n);
}

static struct pm_value timeline_value(struct view *view)
{
	const struct pm_timeline *timeline = &view->doc->timeline;
	struct pm_value *rows =
		room(view, timeline->nentries, COUNT(entry_columns));
	struct pm_value *row = room(view, 1, COUNT(timeline_columns));
	struct pm_value *v = rows;

	for (size_t i = 0; i < timeline->nentries; i++) {
		const struct pm_entry *entry = &timeline->entries[i];

		*v++ = pm_value_int(entry->line);
		*v++ = clock_value(view, &entry->time);
		*v++ = offset_value(view, entry);
		*v++ = clock_value(view, &entry->end);
		*v++ = pm_value_bool(entry->time.approximate);
		*v++ = pm_value_str(entry->text);
		*v++ = text_value(entry->source);
	}
	row[0] = text_value(timeline->zone);
	row[1] = pm_value_rows(rows, timeline->nentries);
	return pm_value_row(row);
}

/* Of two days the first, as of an entry of the timeline: that it is in doubt
   is what the check says. */
static struct pm_value due_value(
	struct view *view, const struct pm_action *action)
{
	const struct pm_date *date =
		action->due_doubt ? &action->due_first : &action->due_date;

	if (!date->year)
		return field_value(&action->due);
	return pm_value_text(pm_arena_printf(view->arena, "%04d-%02u-%02u",
		date->year, date->month, date->day));
}

static struct pm_value actions_value(struct view *view)
{
	const struct pm_doc *doc = view->doc;
	struct pm_value *rows =
		room(view, doc->nactions, COUNT(action_columns));
	struct pm_value *v = rows;

	for (size_t i = 0; i < doc->nactions; i++) {
		const struct pm_action *action = &doc->actions[i];

		*v++ = pm_value_int(action->line);
		*v++ = field_value(&action->id);
		*v++ = field_value(&action->title);
		*v++ = field_value(&action->type);
		/* "Rick", "rick", "@rick": the same in the body and, converted,
		   in front matter. */
		*v++ = person_value(view, action->owner.text, true);
		*v++ = due_value(view, action);
		*v++ = action->state == PM_ACTION_UNKNOWN
			       ? field_value(&action->status)
			       : pm_value_text(
					 pm_action_status_names[action->state]);
		*v++ = field_value(&action->priority);
		*v++ = field_value(&action->tracker);
		*v++ = list_value(view, &action->addresses);
	}
	return pm_value_rows(rows, doc->nactions);
}

/* Columns whose rows depend on the document, or on what was asked for. */
enum { IMPACT = 16, SECTIONS = 22 };

static const struct pm_column document_columns[] = {
	COLUMN("path", STR, NULL),
	COLUMN("id", STR, NULL),
	COLUMN("title", STR, NULL),
	COLUMN("kind", STR, NULL),
	COLUMN("template", STR, NULL),
	COLUMN("status", STR, NULL),
	COLUMN("severity", STR, NULL),
	COLUMN("owner", STR, NULL),
	COLUMN("incident", STR, NULL),
	COLUMN("services", STRS, NULL),
	COLUMN("departments", STRS, NULL),
	COLUMN("participants", ROWS, &participant_shape),
	COLUMN("times", ROW, &time_shape),
	COLUMN("detected_by", STR, NULL),
	COLUMN("trigger", STR, NULL),
	COLUMN("causes", ROWS, &cause_shape),
	[IMPACT] = COLUMN("impact", ROW, NULL), /* made for each document */
	COLUMN("tags", STRS, NULL),
	COLUMN("related", STRS, NULL),
	COLUMN("evidence", ROWS, &evidence_shape),
	COLUMN("approvals", ROWS, &approval_shape),
	COLUMN("allow", ROWS, &waiver_shape),
	[SECTIONS] = COLUMN("sections", ROWS, &section_shape),
	COLUMN("timeline", ROW, &timeline_shape),
	COLUMN("actions", ROWS, &action_shape),
};

#define NCOLUMNS COUNT(document_columns)

/* One value for each of document_columns, in their order. */
static void document_values(struct view *view, struct pm_value values[NCOLUMNS])
{
	const struct pm_doc *doc = view->doc;
	struct pm_value *v = values;

	*v++ = pm_value_text(doc->path);
	*v++ = pm_value_str(doc->id);
	*v++ = text_value(doc->name);
	*v++ = field_value(&doc->kind);
	*v++ = field_value(&doc->tmpl);
	*v++ = field_value(&doc->status);
	*v++ = field_value(&doc->severity);
	*v++ = person_value(view, doc->owner.text, false);
	*v++ = field_value(&doc->incident);
	*v++ = list_value(view, &doc->services);
	*v++ = list_value(view, &doc->departments);
	*v++ = participants_value(view);
	*v++ = times_value(view);
	*v++ = field_value(&doc->detected_by);
	*v++ = field_value(&doc->trigger);
	*v++ = causes_value(view);
	*v++ = impact_value(view);
	*v++ = list_value(view, &doc->tags);
	*v++ = list_value(view, &doc->related);
	*v++ = evidence_value(view);
	*v++ = approvals_value(view);
	*v++ = waivers_value(view);
	*v++ = sections_value(view);
	*v++ = timeline_value(view);
	*v++ = actions_value(view);
	assert(v == values + NCOLUMNS);
}

int pm_document_report(struct pm_ctx *ctx, const struct pm_report_opts *opts,
	struct pm_arena *arena, const struct pm_doc *doc,
	enum pm_section_role role)
{
	struct view view = {.arena = arena, .doc = doc, .role = role};
	struct pm_shape impact = {.name = "impact", .style = PM_TEXT_FIELDS};
	struct pm_column columns[NCOLUMNS];
	struct pm_value values[NCOLUMNS];
	const struct pm_shape shape = {
		.name = "document",
		.columns = columns,
		.ncolumns = NCOLUMNS,
		.style = PM_TEXT_FIELDS,
		.single = true,
	};
	struct pm_report *report;
	int ret;

	document_values(&view, values);
	impact.columns = view.impact;
	impact.ncolumns = view.nimpact;
	memcpy(columns, document_columns, sizeof columns);
	columns[IMPACT].rows = &impact;
	if (role != PM_SECTION_OTHER)
		columns[SECTIONS].rows = &text_shape;
	ret = pm_report_new(ctx, opts, &shape, &report);
	if (ret < 0)
		return ret;
	pm_report_record(report, values);
	return pm_report_end(report);
}
