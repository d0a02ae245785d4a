/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The searchable text of a document, piece by piece: the values of its front
 * matter, then headings and prose in their order, each with the column it is
 * searched in. The row and the snippet are both made from this walk, so what
 * the table says matches is found again in the document.
 */
#include "private.h"

struct walk {
	const struct pm_doc *doc;
	pm_piece_fn fn;
	void *data;
};

static void emit_field(const struct walk *w, const struct pm_field *field,
	enum pm_text_column column)
{
	struct pm_piece piece = {
		.column = column,
		.text = field->text,
		.span = field->span,
		.line = 1,
		.section = SIZE_MAX,
	};

	if (field->text.len == 0)
		return;
	if (field->span.len)
		piece.line = pm_doc_pos(w->doc, field->span.off).line;
	w->fn(w->data, &piece);
}

static void emit_list(const struct walk *w, const struct pm_field_list *list,
	enum pm_text_column column)
{
	for (size_t i = 0; i < list->len; i++)
		emit_field(w, &list->items[i], column);
}

/* What identifies the document and who was there. */
static void emit_facts(const struct walk *w)
{
	const struct pm_doc *doc = w->doc;
	const struct pm_field *const fields[] = {
		&doc->front_id,
		&doc->kind,
		&doc->status,
		&doc->severity,
		&doc->owner,
		&doc->incident,
		&doc->detected_by,
	};

	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		emit_field(w, fields[i], PM_TEXT_REST);
	emit_list(w, &doc->services, PM_TEXT_REST);
	emit_list(w, &doc->departments, PM_TEXT_REST);
	emit_list(w, &doc->tags, PM_TEXT_REST);
	emit_list(w, &doc->related, PM_TEXT_REST);
	for (size_t i = 0; i < doc->nparticipants; i++) {
		emit_field(w, &doc->participants[i].person, PM_TEXT_REST);
		emit_field(w, &doc->participants[i].department, PM_TEXT_REST);
		emit_field(w, &doc->participants[i].role, PM_TEXT_REST);
	}
	for (int i = 0; i < PM_MOMENT_COUNT; i++)
		emit_field(w, &doc->times[i].field, PM_TEXT_REST);
	for (size_t i = 0; i < doc->nevidence; i++) {
		emit_field(w, &doc->evidence[i].file, PM_TEXT_REST);
		emit_field(w, &doc->evidence[i].source, PM_TEXT_REST);
	}
}

/* Actions of the body are part of its prose. */
static void emit_actions(const struct walk *w)
{
	for (size_t i = 0; i < w->doc->nactions; i++) {
		const struct pm_action *action = &w->doc->actions[i];

		if (action->in_body)
			continue;
		emit_field(w, &action->id, PM_TEXT_ACTIONS);
		emit_field(w, &action->title, PM_TEXT_ACTIONS);
		emit_field(w, &action->type, PM_TEXT_ACTIONS);
		emit_field(w, &action->owner, PM_TEXT_ACTIONS);
		emit_field(w, &action->status, PM_TEXT_ACTIONS);
		emit_field(w, &action->tracker, PM_TEXT_ACTIONS);
		emit_field(w, &action->reason, PM_TEXT_ACTIONS);
	}
}

static void emit_front(const struct walk *w)
{
	const struct pm_doc *doc = w->doc;
	struct pm_piece h1 = {
		.column = PM_TEXT_TITLE,
		.text = doc->heading,
		.line = doc->heading_line,
		.section = SIZE_MAX,
	};

	emit_field(w, &doc->title, PM_TEXT_TITLE);
	if (h1.text.len && !pm_slice_eq(h1.text, doc->title.text))
		w->fn(w->data, &h1);
	emit_facts(w);
	emit_field(w, &doc->trigger, PM_TEXT_CAUSES);
	for (size_t i = 0; i < doc->ncauses; i++) {
		emit_field(w, &doc->causes[i].text, PM_TEXT_CAUSES);
		emit_field(w, &doc->causes[i].kind, PM_TEXT_CAUSES);
	}
	for (size_t i = 0; i < doc->nimpact; i++)
		emit_field(w, &doc->impact[i], PM_TEXT_IMPACT);
	emit_actions(w);
}

/* The column of a role; OTHER has none of its own. */
static enum pm_text_column column_of(enum pm_section_role role)
{
	switch (role) {
	case PM_SECTION_SUMMARY:
		return PM_TEXT_SUMMARY;
	case PM_SECTION_IMPACT:
		return PM_TEXT_IMPACT;
	case PM_SECTION_TIMELINE:
		return PM_TEXT_TIMELINE;
	case PM_SECTION_CAUSE:
	case PM_SECTION_TRIGGER:
		return PM_TEXT_CAUSES;
	case PM_SECTION_LESSONS:
	case PM_SECTION_WENT_WELL:
	case PM_SECTION_WENT_WRONG:
	case PM_SECTION_LUCKY:
		return PM_TEXT_LESSONS;
	case PM_SECTION_ACTIONS:
		return PM_TEXT_ACTIONS;
	default:
		return PM_TEXT_REST;
	}
}

/* A section without a role of its own belongs to the one around it. */
static enum pm_text_column section_column(
	const struct pm_doc *doc, size_t section)
{
	while (section < doc->nsections) {
		const struct pm_section *s = &doc->sections[section];

		if (s->role != PM_SECTION_OTHER)
			return column_of(s->role);
		section = s->parent;
	}
	return PM_TEXT_REST;
}

static void emit_heading(const struct walk *w, size_t i)
{
	const struct pm_section *section = &w->doc->sections[i];
	struct pm_piece piece = {
		.column = section_column(w->doc, i),
		.text = section->heading,
		.line = section->line,
		.section = i,
	};

	if (piece.text.len)
		w->fn(w->data, &piece);
}

/* Headings and prose merged by line: both lists are in document order. */
static void emit_body(const struct walk *w)
{
	const struct pm_doc *doc = w->doc;
	size_t heading = 0;

	for (size_t i = 0; i < doc->nprose; i++) {
		const struct pm_prose *prose = &doc->prose[i];
		struct pm_piece piece = {
			.column = section_column(doc, prose->section),
			.text = prose->text,
			.span = prose->span,
			.line = prose->line,
			.section = prose->section,
		};

		while (heading < doc->nsections &&
			doc->sections[heading].line <= prose->line)
			emit_heading(w, heading++);
		if (piece.text.len)
			w->fn(w->data, &piece);
	}
	while (heading < doc->nsections)
		emit_heading(w, heading++);
}

void pm_pieces(const struct pm_doc *doc, pm_piece_fn fn, void *data)
{
	const struct walk w = {doc, fn, data};

	emit_front(&w);
	emit_body(&w);
}
