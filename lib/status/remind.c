/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One text for each person who owes something, over all documents: who is
 * latest first, and of each person what is latest first. As plain text, as
 * Markdown for a chat or an issue, or as an mbox that a mailer takes apart.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/escape.h"
#include "base/map.h"
#include "base/vec.h"
#include "pm/term.h"
#include "status/private.h"

/* What rules ask of one person in one document is listed up to so many. */
#define LISTED 3

struct debt {
	size_t person;
	struct pm_slice id;
	struct pm_status_item item;
};

struct person {
	struct pm_slice name; /* "@ana"; empty: nobody is named */
	size_t debts, first;  /* first: in the sorted list */
	bool dated;
	int64_t late; /* of what is latest */
	/* By rules, in the document that is added: */
	size_t asked, steps[PM_STEP_COUNT];
	bool told;
};

struct pm_reminder {
	struct pm_arena arena;
	struct pm_map numbers; /* key -> number of the person */
	PM_VEC(struct person) persons;
	PM_VEC(struct debt) debts;
	struct pm_buf only; /* key of the one asked for; empty: all */
};

struct format {
	const char *name;
	void (*head)(struct pm_buf *out, const struct person *person);
	void (*item)(struct pm_buf *out, const struct debt *debt);
};

struct pm_reminder *pm_reminder_new(const char *person)
{
	struct pm_reminder *reminder = pm_alloc(1, sizeof *reminder);

	reminder->arena = (struct pm_arena)PM_ARENA_INIT;
	reminder->numbers = (struct pm_map)PM_MAP_INIT;
	reminder->only = (struct pm_buf)PM_BUF_INIT;
	if (person)
		pm_person_key(&reminder->only, pm_slice_str(person));
	return reminder;
}

void pm_reminder_free(struct pm_reminder *reminder)
{
	if (!reminder)
		return;
	pm_vec_release(&reminder->persons);
	pm_vec_release(&reminder->debts);
	pm_map_release(&reminder->numbers);
	pm_arena_release(&reminder->arena);
	pm_buf_release(&reminder->only);
	free(reminder);
}

/* The number of a person, or SIZE_MAX: not one that was asked for. */
static size_t find_person(struct pm_reminder *reminder, struct pm_slice who)
{
	struct pm_buf key = PM_BUF_INIT;
	uintptr_t *number;
	size_t found = SIZE_MAX;
	bool added;

	pm_person_key(&key, who);
	if (!reminder->only.len || pm_slice_eq(pm_buf_slice(&key),
					   pm_buf_slice(&reminder->only))) {
		number = pm_map_put(
			&reminder->numbers, pm_buf_slice(&key), &added);
		if (added) {
			*number = reminder->persons.len;
			pm_vec_push(&reminder->persons)->name =
				pm_arena_slice(&reminder->arena, who);
		}
		found = *number;
	}
	pm_buf_release(&key);
	return found;
}

static void add_debt(struct pm_reminder *reminder, size_t number,
	const struct pm_status_doc *doc, const struct pm_status_item *item)
{
	struct person *person = &reminder->persons.items[number];
	struct debt *debt = pm_vec_push(&reminder->debts);

	*debt = (struct debt){
		number, pm_arena_slice(&reminder->arena, doc->id), *item};
	debt->item.what = pm_arena_slice(&reminder->arena, item->what);
	person->debts++;
	if (item->due.year && (!person->dated || item->late > person->late))
		person->late = item->late;
	person->dated = person->dated || item->due.year;
}

/* What rules ask of one person in one document, when it is too much to list,
   is one thing to do, told by how much of each step it is. */
static void add_summary(struct pm_reminder *reminder, size_t number,
	const struct pm_status_doc *doc, const struct pm_status_item *first)
{
	const struct person *person = &reminder->persons.items[number];
	struct pm_status_item item = *first;
	struct pm_buf text = PM_BUF_INIT;
	const char *sep = "";

	pm_buf_addf(&text, "%zu things missing before it %s: ", person->asked,
		doc->state == PM_STATUS_DRAFT    ? "goes into review"
		: doc->state == PM_STATUS_REVIEW ? "is final"
						 : "holds as final");
	for (int step = 0; step < PM_STEP_COUNT; step++) {
		if (!person->steps[step])
			continue;
		pm_buf_addf(&text, "%s%s %zu", sep,
			pm_step_name((enum pm_step)step), person->steps[step]);
		sep = ", ";
	}
	pm_buf_adds(&text, " ('pm status' lists them)");
	item.what = pm_buf_slice(&text);
	item.line = 0;
	add_debt(reminder, number, doc, &item);
	pm_buf_release(&text);
}

/* A warning keeps nothing back: nobody is written to for it. */
static bool keeps_back(const struct pm_status_item *item)
{
	return !item->rule || item->level == PM_LEVEL_ERROR;
}

/* How much rules ask of each person in a document. */
static void count_asked(struct pm_reminder *reminder,
	const struct pm_status_doc *doc, size_t *numbers)
{
	for (size_t i = 0; i < doc->nitems; i++) {
		const struct pm_status_item *item = &doc->items[i];
		struct person *person;

		numbers[i] = keeps_back(item) ? find_person(reminder, item->who)
					      : SIZE_MAX;
		if (numbers[i] == SIZE_MAX || !item->rule)
			continue;
		person = &reminder->persons.items[numbers[i]];
		person->asked++;
		person->steps[item->step]++;
	}
}

void pm_reminder_add(
	struct pm_reminder *reminder, const struct pm_status_doc *doc)
{
	size_t *numbers = pm_alloc(doc->nitems + 1, sizeof *numbers);

	count_asked(reminder, doc, numbers);
	for (size_t i = 0; i < doc->nitems; i++) {
		const struct pm_status_item *item = &doc->items[i];
		struct person *person;

		if (numbers[i] == SIZE_MAX)
			continue;
		person = &reminder->persons.items[numbers[i]];
		if (!item->rule || person->asked <= LISTED)
			add_debt(reminder, numbers[i], doc, item);
		else if (!person->told)
			add_summary(reminder, numbers[i], doc, item);
		person->told |= item->rule != NULL;
	}
	for (size_t i = 0; i < doc->nitems; i++) {
		struct person *person;

		if (numbers[i] == SIZE_MAX)
			continue;
		person = &reminder->persons.items[numbers[i]];
		person->told = false;
		person->asked = 0;
		memset(person->steps, 0, sizeof person->steps);
	}
	free(numbers);
}

/* --- formats ------------------------------------------------------------- */

/* "4 things wait for an owner": "nobody owes" would say that all is done. */
static void put_unowned(struct pm_buf *out, const struct person *person)
{
	pm_buf_addf(out, "%zu thing%s for an owner", person->debts,
		person->debts == 1 ? " waits" : "s wait");
}

/* " owes 2 things", behind a name. */
static void put_owes(struct pm_buf *out, const struct person *person)
{
	pm_buf_addf(out, " owes %zu thing%s", person->debts,
		pm_plural(person->debts));
}

static void text_head(struct pm_buf *out, const struct person *person)
{
	if (person->name.len) {
		pm_term_text(out, person->name, true);
		put_owes(out, person);
	} else {
		put_unowned(out, person);
	}
	pm_buf_addc(out, '\n');
}

static void text_item(struct pm_buf *out, const struct debt *debt)
{
	pm_buf_adds(out, "  ");
	pm_status_due(out, &debt->item);
	pm_buf_adds(out, ": ");
	pm_term_text(out, debt->item.what, false);
	pm_buf_adds(out, "\n    ");
	pm_term_text(out, debt->id, false);
	if (debt->item.line)
		pm_buf_addf(out, ", line %u", debt->item.line);
	pm_buf_addc(out, '\n');
}

/* Letters of handles and addresses, none of which is markup. */
static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
			    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			    "0123456789.-+@";

static bool is_plain(struct pm_slice name)
{
	for (size_t i = 0; i < name.len; i++)
		if (name.ptr[i] != '/' &&
			!memchr(plain, name.ptr[i], sizeof plain - 1))
			return false;
	return true;
}

/* A handle stays one, so that a chat or forge tells its owner. */
static void markdown_head(struct pm_buf *out, const struct person *person)
{
	pm_buf_adds(out, "### ");
	if (person->name.len && is_plain(person->name))
		pm_buf_add_slice(out, person->name);
	else if (person->name.len)
		pm_md_text(out, person->name);
	if (person->name.len)
		put_owes(out, person);
	else
		put_unowned(out, person);
	pm_buf_adds(out, "\n\n");
}

static void markdown_item(struct pm_buf *out, const struct debt *debt)
{
	pm_buf_adds(out, debt->item.late > 0 ? "- **" : "- ");
	pm_status_due(out, &debt->item);
	pm_buf_adds(out, debt->item.late > 0 ? "**: " : ": ");
	pm_md_text(out, debt->item.what);
	pm_buf_adds(out, " (");
	pm_md_text(out, debt->id);
	if (debt->item.line)
		pm_buf_addf(out, ", line %u", debt->item.line);
	pm_buf_adds(out, ")\n");
}

/* An address as it is; of a handle the name, which a mailer may know. Only
   letters that cannot end the line or begin a comment. */
static void mail_address(struct pm_buf *out, struct pm_slice name)
{
	bool at = pm_slice_starts(name, "@");

	for (size_t i = at; i < name.len; i++)
		pm_buf_addc(out, memchr(plain, name.ptr[i], sizeof plain - 1)
					 ? name.ptr[i]
					 : '-');
	if (!name.len)
		pm_buf_adds(out, "postmaster");
}

static void mail_head(struct pm_buf *out, const struct person *person)
{
	pm_buf_adds(out, "From pm Thu Jan  1 00:00:00 1970\nTo: ");
	mail_address(out, person->name);
	pm_buf_addf(out,
		"\nSubject: post-mortems: %zu thing%s to do%s\n"
		"MIME-Version: 1.0\n"
		"Content-Type: text/plain; charset=utf-8\n"
		"Content-Transfer-Encoding: 8bit\n\n",
		person->debts, pm_plural(person->debts),
		person->dated && person->late > 0 ? " (late)" : "");
	/* Behind an empty line it would begin another mail. */
	if (pm_slice_starts(person->name, "From "))
		pm_buf_addc(out, '>');
	text_head(out, person);
	pm_buf_addc(out, '\n');
}

static const struct format formats[] = {
	{"text", text_head, text_item},
	{"markdown", markdown_head, markdown_item},
	{"mail", mail_head, text_item},
};

/* --- order --------------------------------------------------------------- */

/* Late before early, a date before none; then by name, nobody last. */
static int by_lateness(const void *pa, const void *pb)
{
	const struct person *a = *(const struct person *const *)pa;
	const struct person *b = *(const struct person *const *)pb;

	if (!a->name.len != !b->name.len)
		return a->name.len ? -1 : 1;
	if (a->dated != b->dated)
		return a->dated ? -1 : 1;
	if (a->dated && a->late != b->late)
		return a->late > b->late ? -1 : 1;
	return pm_slice_cmp(a->name, b->name);
}

static int by_due(const void *pa, const void *pb)
{
	const struct debt *a = pa, *b = pb;
	bool dated = a->item.due.year, other = b->item.due.year;

	if (a->person != b->person)
		return a->person < b->person ? -1 : 1;
	if (dated != other)
		return dated ? -1 : 1;
	if (dated && a->item.late != b->item.late)
		return a->item.late > b->item.late ? -1 : 1;
	if (!pm_slice_eq(a->id, b->id))
		return pm_slice_cmp(a->id, b->id);
	if (pm_status_turn(&a->item) != pm_status_turn(&b->item))
		return pm_status_turn(&a->item) - pm_status_turn(&b->item);
	if (a->item.line != b->item.line)
		return a->item.line < b->item.line ? -1 : 1;
	return pm_slice_cmp(a->item.what, b->item.what);
}

static const struct format *find_format(const char *name)
{
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		if (!name || strcmp(formats[i].name, name) == 0)
			return &formats[i];
	return NULL;
}

static void print_person(const struct pm_reminder *reminder,
	const struct format *format, const struct person *person,
	struct pm_buf *out)
{
	const struct debt *debts = &reminder->debts.items[person->first];

	format->head(out, person);
	for (size_t i = 0; i < person->debts; i++)
		format->item(out, &debts[i]);
}

int pm_reminder_print(struct pm_ctx *ctx, struct pm_reminder *reminder,
	const char *name, struct pm_buf *out)
{
	const struct format *format = find_format(name);
	size_t n = reminder->persons.len;
	const struct person **order;

	if (!format)
		return pm_fail(ctx, PM_EUSAGE,
			"a reminder has no format '%s' (one of: text, "
			"markdown, mail)",
			name);
	if (reminder->debts.len)
		qsort(reminder->debts.items, reminder->debts.len,
			sizeof *reminder->debts.items, by_due);
	for (size_t i = 1; i < n; i++)
		reminder->persons.items[i].first =
			reminder->persons.items[i - 1].first +
			reminder->persons.items[i - 1].debts;
	order = pm_alloc(n + 1, sizeof *order);
	for (size_t i = 0; i < n; i++)
		order[i] = &reminder->persons.items[i];
	if (n)
		qsort(order, n, sizeof *order, by_lateness);
	for (size_t i = 0; i < n; i++) {
		if (i)
			pm_buf_addc(out, '\n');
		print_person(reminder, format, order[i], out);
	}
	free(order);
	return (int)n;
}
