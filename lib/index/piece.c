/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The searchable text of a document, piece by piece: the values of its front
 * matter, then its prose, headings among it, each with the column it is
 * searched in. The row and the snippet are both made from this walk, so what
 * the table says matches is found again in the document.
 */
#include "index/private.h"

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

/* A title that only the front matter of another tool has; it is no field. */
static void emit_page(const struct walk *w)
{
	const struct pm_doc *doc = w->doc;
	struct pm_field page = {.text = doc->name};

	if (doc->name.ptr == doc->title.text.ptr ||
		doc->name.ptr == doc->heading.ptr ||
		doc->name.ptr == doc->id.ptr)
		return;
	page.span.off = (size_t)(doc->name.ptr - doc->src.ptr);
	page.span.len = doc->name.len;
	emit_field(w, &page, PM_TEXT_TITLE);
}

static void emit_front(const struct walk *w)
{
	const struct pm_doc *doc = w->doc;

	emit_field(w, &doc->title, PM_TEXT_TITLE);
	emit_page(w);
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

/* Moves *next to the first section that begins behind a line, and returns
   the one that begins on it, or SIZE_MAX. */
static size_t heading_at(const struct pm_doc *doc, unsigned line, size_t *next)
{
	size_t found = SIZE_MAX;

	while (*next < doc->nsections && doc->sections[*next].line <= line) {
		if (doc->sections[*next].line == line)
			found = *next;
		(*next)++;
	}
	if (found == SIZE_MAX && *next && doc->sections[*next - 1].line == line)
		found = *next - 1;
	return found;
}

/* A heading belongs to the section it opens, the H1 to the title; an H1 that
   repeats the title says nothing new. */
static void emit_body(const struct walk *w)
{
	const struct pm_doc *doc = w->doc;
	bool repeats = pm_slice_eq(doc->heading, doc->title.text);
	const struct pm_prose *all;
	size_t n = pm_doc_prose(doc, &all), next = 0;

	for (size_t i = 0; i < n; i++) {
		const struct pm_prose *prose = &all[i];
		size_t opened = heading_at(doc, prose->line, &next);
		struct pm_piece piece = {
			.text = prose->text,
			.span = prose->span,
			.line = prose->line,
			.section = opened != SIZE_MAX ? opened : prose->section,
			.body = true,
		};

		piece.column = section_column(doc, piece.section);
		if (doc->heading_line && prose->line == doc->heading_line) {
			if (repeats)
				continue;
			piece.column = PM_TEXT_TITLE;
			piece.section = SIZE_MAX;
		}
		w->fn(w->data, &piece);
	}
}

void pm_pieces(const struct pm_doc *doc, pm_piece_fn fn, void *data)
{
	const struct walk w = {doc, fn, data};

	emit_front(&w);
	emit_body(&w);
}
