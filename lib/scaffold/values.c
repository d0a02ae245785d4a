/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What was asked for on the command line, held against the policy: a word
 * that the policy does not know is refused here, with the nearest one, and
 * not found by pm check a day later. Nothing is invented: what was not said
 * stays empty in the document.
 */
#include "scaffold/private.h"

#include <string.h>

#include "base/nearest.h"
#include "base/utf8.h"

/* Most bytes of a title or of a reference to a tracker. */
#define TEXT_MAX 500

#define ZWNJ 0x200C
#define ZWJ  0x200D

/* Fails about a value that is none of words; a short list is shown whole. */
static int unknown(struct pm_scaffold *s, const char *what, const char *value,
	const char *const *words)
{
	const char *near = pm_nearest_sole(pm_slice_str(value), words);
	struct pm_buf list = PM_BUF_INIT;

	for (size_t i = 0; !near && words[i] && i < 12; i++)
		pm_buf_addf(&list, "%s%s", i ? ", " : "one of: ", words[i]);
	if (near)
		pm_fail(s->ctx, PM_EUSAGE,
			"unknown %s '%s' (did you mean '%s'?)", what, value,
			near);
	else
		pm_fail(s->ctx, PM_EUSAGE, "unknown %s '%s' (%s)", what, value,
			list.len ? list.ptr : "see .pm/policy.yaml");
	pm_buf_release(&list);
	return PM_EUSAGE;
}

/* Fails unless text is one line that people can see. */
static int check_text(
	struct pm_scaffold *s, const char *what, struct pm_slice text)
{
	size_t off = 0, bad;

	if (!pm_utf8_valid(text, &bad))
		return pm_fail(s->ctx, PM_EUSAGE,
			"the %s is not UTF-8 at byte %zu", what, bad + 1);
	if (text.len > TEXT_MAX)
		return pm_fail(s->ctx, PM_EUSAGE,
			"the %s has %zu bytes (at most %d are allowed)", what,
			text.len, TEXT_MAX);
	while (off < text.len) {
		uint32_t cp;

		off += pm_utf8_next(text, off, &cp);
		/* Persian, Indic scripts and emoji need the joiners. */
		if (cp == ZWNJ || cp == ZWJ)
			continue;
		if (cp == '\n' || cp == '\r' || cp == '\t' ||
			pm_utf8_invisible(cp))
			return pm_fail(s->ctx, PM_EUSAGE,
				"the %s holds U+%04X, which cannot be seen "
				"(leave it out)",
				what, (unsigned)cp);
	}
	return 0;
}

static int read_title(struct pm_scaffold *s, const char *title)
{
	s->title = pm_slice_trim(pm_slice_str(title));
	if (s->title.len == 0)
		return pm_fail(s->ctx, PM_EUSAGE,
			"the title is blank (say what users saw)");
	return check_text(s, "title", s->title);
}

/* The item of a list that value is, as the policy spells it, or NULL. */
static const char *spelling(const struct pm_names *names, const char *value)
{
	if (!pm_names_has(names, pm_slice_str(value)))
		return NULL;
	for (size_t i = 0; i < names->len; i++)
		if (pm_slice_is_nocase(pm_slice_str(value), names->items[i]))
			return names->items[i];
	return NULL;
}

/*
 * The kind: as asked for, else that of the template's name, else the first of
 * the policy.
 */
static int read_kind(struct pm_scaffold *s, const struct pm_new_opts *opts)
{
	const struct pm_names *kinds = &s->policy->kinds;

	s->tmpl = opts->tmpl;
	s->kind = kinds->len ? kinds->items[0] : "incident";
	if (opts->tmpl && !opts->kind && spelling(kinds, opts->tmpl))
		s->kind = spelling(kinds, opts->tmpl);
	if (!opts->kind)
		return 0;
	s->kind = kinds->len ? spelling(kinds, opts->kind) : opts->kind;
	if (!s->kind)
		return unknown(s, "kind", opts->kind, kinds->items);
	return check_text(s, "kind", pm_slice_str(s->kind));
}

static int read_severity(struct pm_scaffold *s, const char *value)
{
	const struct pm_policy *policy = s->policy;
	const struct pm_severity *severity;
	PM_VEC(const char *) words = {0};
	int error;

	s->severity = value ? value : "";
	if (!value)
		return 0;
	if (policy->nseverities == 0)
		return check_text(s, "severity", pm_slice_str(value));
	severity = pm_policy_severity(policy, pm_slice_str(value));
	if (severity) {
		s->severity = severity->name;
		return 0;
	}
	for (size_t i = 0; i < policy->nseverities; i++)
		*pm_vec_push(&words) = policy->severities[i].name;
	for (size_t i = 0; i < policy->nseverities; i++)
		for (size_t j = 0; j < policy->severities[i].aliases.len; j++)
			*pm_vec_push(&words) =
				policy->severities[i].aliases.items[j];
	*pm_vec_push(&words) = NULL;
	error = unknown(s, "severity", value, words.items);
	pm_vec_release(&words);
	return error;
}

/* The owner in the form that pm writes; one of those who may be named. */
static int read_owner(struct pm_scaffold *s, const char *value)
{
	struct pm_buf text = PM_BUF_INIT;
	struct pm_slice person = pm_slice_str(value);

	s->owner = "";
	if (!value || pm_slice_trim(person).len == 0)
		return 0;
	if (!pm_person_valid(person))
		return pm_fail(s->ctx, PM_EUSAGE,
			"'%s' is not a person (write @name, @org/team or an "
			"e-mail address)",
			value);
	pm_person_key(&text, person);
	if (!pm_policy_knows_person(s->policy, person)) {
		int error =
			unknown(s, "person", text.ptr, s->policy->people.items);

		pm_buf_release(&text);
		return error;
	}
	pm_buf_reset(&text);
	pm_person_print(&text, person);
	s->owner = pm_arena_slice(&s->arena, pm_buf_slice(&text)).ptr;
	pm_buf_release(&text);
	return 0;
}

/* The date is that of started in the offset as written, else today's. */
static int read_started(struct pm_scaffold *s, const char *value)
{
	struct pm_ctx *ctx = s->ctx;
	struct pm_time time;
	struct pm_buf text = PM_BUF_INIT;
	const char *why = NULL;

	s->today = pm_time_date(ctx->now, pm_ctx_offset(ctx));
	s->date = s->today;
	s->started = "";
	if (!value)
		return 0;
	if (pm_time_parse_user(ctx, pm_slice_str(value), &time, &why) < 0)
		return pm_fail(ctx, PM_EUSAGE,
			"cannot read '%s' as a time: %s (write "
			"2026-11-22T10:02Z, '2026-11-22 10:02', 10:02, now or "
			"-2h)",
			value, why ? why : "not understood");
	if (time.precision != PM_PRECISION_NONE)
		s->date = pm_time_date(time.sec, time.offset_min);
	pm_time_print(&text, &time, PM_TIME_RFC3339);
	s->started = pm_arena_slice(&s->arena, pm_buf_slice(&text)).ptr;
	pm_buf_release(&text);
	return 0;
}

/* Adds a department unless it is there. */
static void add_department(struct pm_scaffold *s, const char *name)
{
	for (size_t i = 0; i < s->departments.len; i++)
		if (pm_slice_is_nocase(
			    pm_slice_str(name), s->departments.items[i]))
			return;
	*pm_vec_push(&s->departments) = name;
}

/* A team takes part until the people of it do. */
static void add_team(
	struct pm_scaffold *s, const char *team, const char *department)
{
	for (size_t i = 0; i < s->participants.len; i++)
		if (strcmp(s->participants.items[i].person, team) == 0)
			return;
	*pm_vec_push(&s->participants) =
		(struct pm_scaffold_row){team, department};
}

/* One service with its department and team. */
static int add_service(struct pm_scaffold *s, const char *value)
{
	const struct pm_policy *policy = s->policy;
	const struct pm_service *service =
		pm_policy_service(policy, pm_slice_str(value));
	const char **words;

	if (service) {
		*pm_vec_push(&s->services) = service->name;
		if (service->department)
			add_department(s, service->department);
		if (service->team)
			add_team(s, service->team, service->department);
		return 0;
	}
	if (policy->nservices == 0) {
		*pm_vec_push(&s->services) = value;
		return check_text(s, "service", pm_slice_str(value));
	}
	words = pm_arena_alloc(&s->arena, policy->nservices + 1, sizeof *words);
	for (size_t i = 0; i < policy->nservices; i++)
		words[i] = policy->services[i].name;
	return unknown(s, "service", value, words);
}

static int read_department(struct pm_scaffold *s, const char *value)
{
	const struct pm_policy *policy = s->policy;
	const struct pm_department *department =
		pm_policy_department(policy, pm_slice_str(value));
	const char **words;

	if (department || policy->ndepartments == 0) {
		add_department(s, department ? department->name : value);
		return check_text(s, "department", pm_slice_str(value));
	}
	words = pm_arena_alloc(
		&s->arena, policy->ndepartments + 1, sizeof *words);
	for (size_t i = 0; i < policy->ndepartments; i++)
		words[i] = policy->departments[i].name;
	return unknown(s, "department", value, words);
}

/* Made of the words for it, or of the title; digits alone would say nothing. */
static int read_slug(struct pm_scaffold *s, const char *value)
{
	struct pm_buf slug = PM_BUF_INIT;
	bool said = pm_slug(&slug, value ? pm_slice_str(value) : s->title);

	s->slug = pm_arena_slice(&s->arena, pm_buf_slice(&slug));
	if (!said && !value)
		pm_notice(s->ctx,
			"the title has no words in plain letters, so the id "
			"ends in '%s' ('--slug db-outage' names it yourself)",
			slug.ptr);
	pm_buf_release(&slug);
	if (said || !value)
		return 0;
	return pm_fail(s->ctx, PM_EUSAGE,
		"the slug '%s' has no plain letter (write it like db-outage)",
		value);
}

int pm_scaffold_read(struct pm_scaffold *s, const struct pm_new_opts *opts)
{
	int error = read_title(s, opts->title);

	s->incident = opts->incident ? opts->incident : "";
	if (error == 0)
		error = check_text(s, "incident", pm_slice_str(s->incident));
	if (error == 0)
		error = read_kind(s, opts);
	if (error == 0)
		error = read_severity(s, opts->severity);
	if (error == 0)
		error = read_owner(s, opts->owner);
	if (error == 0)
		error = read_started(s, opts->started);
	for (size_t i = 0; i < opts->nservices && error == 0; i++)
		error = add_service(s, opts->services[i]);
	for (size_t i = 0; i < opts->ndepartments && error == 0; i++)
		error = read_department(s, opts->departments[i]);
	/* It may speak, which helps only where all else is right. */
	return error == 0 ? read_slug(s, opts->slug) : error;
}

void pm_scaffold_release(struct pm_scaffold *s)
{
	pm_vec_release(&s->services);
	pm_vec_release(&s->departments);
	pm_vec_release(&s->participants);
	pm_arena_release(&s->arena);
}
