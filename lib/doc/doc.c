/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A document from its bytes: encoding, front matter, body, in this order, in
 * one arena. Also what is asked of the finished document: places, lines,
 * sections, durations.
 */
#include "doc/front.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/path.h"
#include "doc/body.h"
#include "doc/scan.h"

const char *const pm_moment_names[PM_MOMENT_COUNT + 1] = {
	[PM_MOMENT_STARTED] = "started",
	[PM_MOMENT_DETECTED] = "detected",
	[PM_MOMENT_ACKNOWLEDGED] = "acknowledged",
	[PM_MOMENT_IDENTIFIED] = "identified",
	[PM_MOMENT_MITIGATED] = "mitigated",
	[PM_MOMENT_RESOLVED] = "resolved",
};

const char *const pm_duration_names[PM_DURATION_COUNT + 1] = {
	[PM_DURATION_TTD] = "ttd",
	[PM_DURATION_TTA] = "tta",
	[PM_DURATION_TTI] = "tti",
	[PM_DURATION_TTM] = "ttm",
	[PM_DURATION_TTR] = "ttr",
};

const char *const pm_action_status_names[PM_ACTION_UNKNOWN + 1] = {
	[PM_ACTION_PROPOSED] = "proposed",
	[PM_ACTION_OPEN] = "open",
	[PM_ACTION_IN_PROGRESS] = "in-progress",
	[PM_ACTION_DONE] = "done",
	[PM_ACTION_REJECTED] = "rejected",
	[PM_ACTION_SUPERSEDED] = "superseded",
};

void pm_doc_problem(struct pm_doc *doc, enum pm_problem_kind kind,
	struct pm_span span, const char *hint, const char *fmt, ...)
{
	struct pm_arena *arena = doc->own->arena;
	struct pm_problem *problem;
	struct pm_buf buf = PM_BUF_INIT;
	va_list args;

	va_start(args, fmt);
	pm_buf_vaddf(&buf, fmt, args);
	va_end(args);
	doc->problems = pm_doc_grow(
		doc, doc->problems, doc->nproblems, sizeof *problem);
	problem = &doc->problems[doc->nproblems++];
	problem->kind = kind;
	problem->span = span;
	problem->message = pm_arena_slice(arena, pm_buf_slice(&buf)).ptr;
	problem->hint = hint ? pm_arena_strdup(arena, hint) : NULL;
	pm_buf_release(&buf);
}

void *pm_doc_grow(struct pm_doc *doc, void *items, size_t len, size_t size)
{
	return pm_arena_grow(doc->own->arena, items, len, size);
}

enum pm_action_status pm_doc_action_status(struct pm_slice word)
{
	for (int i = 0; i < PM_ACTION_UNKNOWN; i++) {
		const char *name = pm_action_status_names[i];
		size_t len = 0;

		/* "In progress" and "in_progress" are "in-progress". */
		for (; len < word.len && name[len]; len++) {
			char c = pm_lower(word.ptr[len]);

			if (c == ' ' || c == '_')
				c = '-';
			if (c != name[len])
				break;
		}
		if (len == word.len && !name[len])
			return i;
	}
	return PM_ACTION_UNKNOWN;
}

/* Moves the table of lines into the arena, so that nothing else is freed. */
static void read_lines(struct pm_doc *doc)
{
	struct pm_lines *lines = &doc->own->lines;
	struct pm_lines table;
	size_t size = sizeof *table.starts;

	pm_lines_init(&table, doc->src);
	*lines = table;
	lines->starts = pm_arena_raw(doc->own->arena, table.count, size);
	memcpy(lines->starts, table.starts, table.count * size);
	pm_lines_release(&table);
}

static int by_place(const void *a, const void *b)
{
	const struct pm_problem *x = a, *y = b;

	if (x->span.off != y->span.off)
		return x->span.off < y->span.off ? -1 : 1;
	if (x->span.len != y->span.len)
		return x->span.len < y->span.len ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return strcmp(x->message, y->message);
}

/* True when the front matter is pm's, and not that of another tool. */
static bool is_own(const struct pm_doc *doc)
{
	return doc->schema.text.len || doc->front_id.text.len;
}

/* Reads everything there is to read. */
static void read_all(struct pm_doc *doc)
{
	size_t limit = doc->own->policy->max_document;

	read_lines(doc);
	if (pm_doc_check_encoding(doc)) {
		pm_doc_read_front(doc);
		if (!limit || doc->src.len <= limit)
			pm_doc_read_body(doc);
		else
			pm_doc_problem(doc, PM_PROBLEM_TOO_COMPLEX,
				(struct pm_span){0, 0}, NULL,
				"the document has %zu bytes; the policy lets "
				"pm read %zu",
				doc->src.len, limit);
	}
	doc->name = doc->title.text.len ? doc->title.text : doc->own->page;
	/* Another tool's title is that of the page, often the shorter one;
	   what stands above the text is its title, unless it says no more than
	   what kind of document this is. */
	if (!doc->name.len ||
		(!is_own(doc) && !pm_body_names_kind(doc->heading)))
		doc->name = pm_body_is_title_label(doc->heading)
				    ? (struct pm_slice){NULL, 0}
				    : pm_body_behind_title(doc->heading);
	if (!doc->name.len && doc->own->body)
		doc->name = pm_body_told_title(doc->own->body);
	if (!doc->name.len)
		doc->name = doc->id;
	if (doc->nproblems)
		qsort(doc->problems, doc->nproblems, sizeof *doc->problems,
			by_place);
}

struct pm_doc *pm_doc_parse_opts(
	const char *path, struct pm_slice bytes, const struct pm_doc_opts *opts)
{
	struct pm_arena own = PM_ARENA_INIT;
	struct pm_arena *arena = opts->arena ? opts->arena : &own;
	struct pm_doc_private *private =
		pm_arena_alloc(arena, 1, sizeof *private);
	struct pm_doc *doc = pm_arena_alloc(arena, 1, sizeof *doc);

	/* The document's own arena moves into memory that it holds itself. */
	private->held = own;
	private->arena = opts->arena ? opts->arena : &private->held;
	private->policy = opts->policy;
	private->tmpl = opts->tmpl;
	private->memo = opts->memo;
	private->prose_only = opts->prose_only;
	doc->own = private;
	doc->path = path;
	doc->id = pm_path_id(pm_slice_str(path));
	doc->src = bytes;
	read_all(doc);
	return doc;
}

/*
 * The template's name, as far as it can be told before parsing: parsing wants
 * the template, and the front matter names it or the kind, which is next. A
 * wrong guess costs a second parse, so lines are only looked at by LF.
 */
static struct pm_slice guess_template(struct pm_slice bytes)
{
	struct pm_slice line, kind = pm_slice_make("", 0);
	ptrdiff_t end = pm_slice_find(bytes, 0, '\n');

	if (!pm_slice_starts(bytes, "---"))
		return kind;
	while (end >= 0) {
		size_t off = (size_t)end + 1;

		end = pm_slice_find(bytes, off, '\n');
		line = pm_slice_sub(
			bytes, off, end < 0 ? bytes.len : (size_t)end - off);
		if (!line.len || !memchr("-kt", line.ptr[0], 3))
			continue;
		if (pm_slice_starts(line, "---"))
			break;
		if (pm_slice_starts(line, "template:"))
			return pm_slice_trim(pm_slice_from(line, 9));
		if (pm_slice_starts(line, "kind:"))
			kind = pm_slice_trim(pm_slice_from(line, 5));
	}
	return kind;
}

struct pm_doc *pm_doc_parse_own(const char *path, struct pm_slice bytes,
	struct pm_doc_opts *opts, pm_doc_template_fn find, void *data)
{
	struct pm_slice name = guess_template(bytes);
	const struct pm_template *first = find(data, name);
	struct pm_doc *doc;

	opts->tmpl = first;
	if (!first)
		return NULL;
	doc = pm_doc_parse_opts(path, bytes, opts);
	if (pm_slice_eq(pm_doc_template(doc), name))
		return doc;
	opts->tmpl = find(data, pm_doc_template(doc));
	if (opts->tmpl && opts->tmpl != first)
		doc = pm_doc_parse_opts(path, bytes, opts);
	return opts->tmpl ? doc : NULL;
}

struct pm_doc *pm_doc_parse(
	const char *path, struct pm_slice bytes, const struct pm_policy *policy)
{
	struct pm_doc_opts opts = {.policy = policy};

	return pm_doc_parse_opts(path, bytes, &opts);
}

void pm_doc_free(struct pm_doc *doc)
{
	struct pm_arena own;

	if (!doc)
		return;
	own = doc->own->held;
	pm_arena_release(&own);
}

bool pm_doc_is_plain(const struct pm_doc *doc)
{
	return doc->own->plain;
}

struct pm_pos pm_doc_pos(const struct pm_doc *doc, size_t off)
{
	return pm_lines_pos(&doc->own->lines, off);
}

struct pm_slice pm_doc_line(const struct pm_doc *doc, unsigned line)
{
	return pm_lines_text(&doc->own->lines, line);
}

const struct pm_section *pm_doc_section_at(
	const struct pm_doc *doc, unsigned line)
{
	size_t low = 0, high = doc->nsections;
	size_t off = pm_lines_off(&doc->own->lines, line);

	/* The last section that begins at or before the line ... */
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (doc->sections[middle].line <= line)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low)
		return NULL;
	/* ... or the first around it that goes on beyond the line's start. */
	for (low--; low != SIZE_MAX; low = doc->sections[low].parent) {
		const struct pm_section *section = &doc->sections[low];

		if (section->line == line ||
			off < section->span.off + section->span.len)
			return section;
	}
	return NULL;
}

const struct pm_section *pm_doc_section(
	const struct pm_doc *doc, enum pm_section_role role)
{
	for (size_t i = 0; i < doc->nsections; i++) {
		if (doc->sections[i].role == role ||
			(doc->sections[i].roles & (1u << role)))
			return &doc->sections[i];
	}
	return NULL;
}

bool pm_doc_duration(
	const struct pm_doc *doc, enum pm_duration which, int64_t *seconds)
{
	static const struct {
		enum pm_moment from, to;
	} ends[PM_DURATION_COUNT] = {
		[PM_DURATION_TTD] = {PM_MOMENT_STARTED, PM_MOMENT_DETECTED},
		[PM_DURATION_TTA] = {PM_MOMENT_DETECTED,
			PM_MOMENT_ACKNOWLEDGED},
		[PM_DURATION_TTI] = {PM_MOMENT_DETECTED, PM_MOMENT_IDENTIFIED},
		[PM_DURATION_TTM] = {PM_MOMENT_STARTED, PM_MOMENT_MITIGATED},
		[PM_DURATION_TTR] = {PM_MOMENT_STARTED, PM_MOMENT_RESOLVED},
	};
	const struct pm_moment_value *from = &doc->times[ends[which].from];
	const struct pm_moment_value *to = &doc->times[ends[which].to];

	if (!from->valid || from->time.precision < PM_PRECISION_HOUR ||
		!to->valid || to->time.precision < PM_PRECISION_HOUR)
		return false;
	*seconds = to->time.sec - from->time.sec;
	return true;
}

bool pm_doc_names_person(struct pm_slice person)
{
	static const char *const nobody[] = {"all", "any maintainer", "anybody",
		"anyone", "as needed", "assignee", "channel",
		"contributor needed", "everybody", "everyone", "help wanted",
		"here", "me", "n/a", "na", "name", "need owner",
		"needs an owner", "needs owner", "nil", "no one", "no owner",
		"no owner yet", "no-one", "nobody", "nobody yet", "none",
		"none yet", "noone", "not allocated", "not assigned",
		"not known", "not yet assigned", "null", "open", "owner",
		"owner needed", "owner tbc", "owner tbd", "pending", "person",
		"somebody", "someone", "tba", "tbc", "tbd", "to be agreed",
		"to be allocated", "to be assigned", "to be confirmed",
		"to be decided", "to be determined", "todo", "unallocated",
		"unassigned", "unclaimed", "undecided", "unknown", "unowned",
		"up for grabs", "username", "vacant", "volunteer needed",
		"volunteer wanted", "volunteers needed", "volunteers welcome",
		"who", "whoever", "xx", "xxx", "your name", "your-name",
		"yourname"};
	static const char marks[] = " \t@<>()[]{}*_`\"'.?!-~/\\#:";

	/* Marks around the word say nothing: "@TBD", "<owner>", "**?**". */
	while (person.len && memchr(marks, person.ptr[0], sizeof marks - 1))
		person = pm_slice_from(person, 1);
	while (person.len &&
		memchr(marks, person.ptr[person.len - 1], sizeof marks - 1))
		person.len--;
	if (!person.len)
		return false;
	for (size_t i = 0; i < sizeof nobody / sizeof nobody[0]; i++) {
		if (pm_slice_is_nocase(person, nobody[i]))
			return false;
	}
	/* En and em dashes stand for "nobody" in tables. */
	return !pm_slice_is(person, "\xe2\x80\x93") &&
	       !pm_slice_is(person, "\xe2\x80\x94");
}

bool pm_doc_has_proof(const struct pm_action *action)
{
	/* They say again what the status does. */
	static const char *const claims[] = {"closed", "completed", "deployed",
		"done", "fixed", "merged", "ok", "true", "yes", NULL};
	struct pm_slice proof = action->proof.text;

	for (size_t i = 0; claims[i]; i++)
		if (pm_slice_is_nocase(proof, claims[i]))
			return false;
	/* "TBD" and "-" are no more of a proof than of a person, and the
	   tracker says only that a ticket was closed. */
	return pm_doc_names_person(proof) &&
	       (proof.len != action->tracker.text.len ||
		       memcmp(proof.ptr, action->tracker.text.ptr, proof.len) !=
			       0);
}
