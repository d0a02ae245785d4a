/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The option parser. A value is written through its offset into the args
 * struct of the table that holds the option; the table's macros have checked
 * the field's type.
 */
#include "options.h"

#include <errno.h>

#include "alloc.h"
#include "pm/nearest.h"

/* One parse: what is left of argv, and where the operands go. */
struct parse {
	const struct pm_optset *sets;
	size_t nsets;
	int argc;
	char **argv;
	int next; /* the argument to read */
	int operands;
	struct pm_buf *err;
};

/* An option that was found, and whether it was named by its opposite. */
struct match {
	const struct pm_opt *opt;
	char *args;
	bool negated;
};

/* True when name names opt; a switch also answers to its opposite. */
static bool names(const struct pm_opt *opt, struct pm_slice name, bool *negated)
{
	*negated = false;
	if (pm_slice_is(name, opt->name))
		return true;
	if (opt->kind != PM_OPT_BOOL)
		return false;
	*negated = true;
	if (pm_slice_starts(name, "no-") &&
		pm_slice_is(pm_slice_from(name, 3), opt->name))
		return true;
	return strncmp(opt->name, "no-", 3) == 0 &&
	       pm_slice_is(name, opt->name + 3);
}

static bool find_long(
	const struct parse *p, struct pm_slice name, struct match *out)
{
	for (size_t i = 0; i < p->nsets; i++) {
		const struct pm_opt *opt = p->sets[i].opts;

		for (; opt && opt->name; opt++) {
			if (!names(opt, name, &out->negated))
				continue;
			out->opt = opt;
			out->args = p->sets[i].args;
			return true;
		}
	}
	return false;
}

static bool find_letter(const struct parse *p, char letter, struct match *out)
{
	for (size_t i = 0; i < p->nsets; i++) {
		const struct pm_opt *opt = p->sets[i].opts;

		for (; opt && opt->name; opt++) {
			if (opt->letter != letter)
				continue;
			out->opt = opt;
			out->args = p->sets[i].args;
			out->negated = false;
			return true;
		}
	}
	return false;
}

/* The one word that begins so, as people abbreviate for git; else NULL. */
static const char *begun(struct pm_slice word, const char *const *words)
{
	const char *found = NULL;

	for (; word.len > 1 && *words; words++) {
		if (!pm_slice_eq(
			    pm_slice_sub(pm_slice_str(*words), 0, word.len),
			    word))
			continue;
		if (found)
			return NULL;
		found = *words;
	}
	return found;
}

/* Says that there is no such option, and which one is near. Returns -1. */
static int unknown(const struct parse *p, struct pm_slice name)
{
	const char *known[128];
	const char *near;
	size_t n = 0;

	for (size_t i = 0; i < p->nsets; i++)
		for (const struct pm_opt *o = p->sets[i].opts;
			o && o->name && n < 127; o++)
			known[n++] = o->name;
	known[n] = NULL;
	near = pm_nearest(name, known);
	if (!near)
		near = begun(name, known);
	pm_buf_addf(p->err, "unknown option '--%.*s'", PM_SLICE_ARG(name));
	if (near)
		pm_buf_addf(p->err, " (did you mean '--%s'?)", near);
	return -1;
}

static int set_int(struct parse *p, const struct match *m, const char *value)
{
	char *end;
	long number;

	errno = 0;
	number = strtol(value, &end, 10);
	if (end == value || *end || errno || number < 0) {
		pm_buf_addf(p->err, "'--%s' takes a whole number, not '%s'",
			m->opt->name, value);
		return -1;
	}
	memcpy(m->args + m->opt->off, &number, sizeof number);
	return 0;
}

/* A list can hold no more values than there are arguments. */
static void add_to_list(
	const struct parse *p, const struct match *m, const char *value)
{
	struct pm_opt_list *list = (void *)(m->args + m->opt->off);

	if (!list->items)
		list->items =
			pm_cli_alloc((size_t)p->argc + 1, sizeof *list->items);
	list->items[list->len++] = value;
}

/* Stores a value (NULL for a switch). */
static int store(struct parse *p, const struct match *m, const char *value)
{
	bool on = !m->negated;

	switch (m->opt->kind) {
	case PM_OPT_BOOL:
		memcpy(m->args + m->opt->off, &on, sizeof on);
		return 0;
	case PM_OPT_STR:
		memcpy(m->args + m->opt->off, &value, sizeof value);
		return 0;
	case PM_OPT_LIST:
		add_to_list(p, m, value);
		return 0;
	case PM_OPT_INT:
		return set_int(p, m, value);
	}
	return 0;
}

/* The value that follows as an argument of its own, or NULL with err set. */
static const char *next_value(struct parse *p, const struct pm_opt *opt)
{
	if (p->next < p->argc)
		return p->argv[p->next++];
	pm_buf_addf(p->err, "'--%s' needs a value: --%s <%s>", opt->name,
		opt->name, opt->value);
	return NULL;
}

static int read_long(struct parse *p, const char *arg)
{
	const char *equals = strchr(arg, '=');
	struct pm_slice name = pm_slice_str(arg);
	struct match m;
	const char *value = NULL;

	if (equals)
		name.len = (size_t)(equals - arg);
	if (!find_long(p, name, &m))
		return unknown(p, name);
	if (m.opt->kind == PM_OPT_BOOL) {
		if (!equals)
			return store(p, &m, NULL);
		pm_buf_addf(p->err, "'--%s' takes no value", m.opt->name);
		return -1;
	}
	value = equals ? equals + 1 : next_value(p, m.opt);
	return value ? store(p, &m, value) : -1;
}

/* "-qf json", "-fjson": switches may be joined, a value ends the word. */
static int read_letters(struct parse *p, const char *arg)
{
	for (; *arg; arg++) {
		struct match m;
		const char *value;

		if (!find_letter(p, *arg, &m)) {
			pm_buf_addf(p->err,
				"unknown option '-%c' (write '--' before "
				"operands that begin with '-')",
				*arg);
			return -1;
		}
		if (m.opt->kind == PM_OPT_BOOL) {
			if (store(p, &m, NULL) < 0)
				return -1;
			continue;
		}
		value = arg[1] ? arg + 1 : next_value(p, m.opt);
		return value ? store(p, &m, value) : -1;
	}
	return 0;
}

static void keep_rest(struct parse *p)
{
	while (p->next < p->argc)
		p->argv[p->operands++] = p->argv[p->next++];
}

int pm_options_parse(const struct pm_optset *sets, size_t nsets, unsigned flags,
	int *argc, char **argv, struct pm_buf *err)
{
	struct parse p = {sets, nsets, *argc, argv, 0, 0, err};
	int ret = 0;

	while (ret == 0 && p.next < p.argc) {
		char *arg = p.argv[p.next++];

		if (strcmp(arg, "--") == 0) {
			keep_rest(&p);
		} else if (arg[0] != '-' || !arg[1]) {
			p.argv[p.operands++] = arg;
			if (flags & PM_PARSE_STOP)
				keep_rest(&p);
		} else if (arg[1] == '-') {
			ret = read_long(&p, arg + 2);
		} else {
			ret = read_letters(&p, arg + 1);
		}
	}
	*argc = p.operands;
	return ret;
}

void pm_options_release(const struct pm_optset *set)
{
	for (const struct pm_opt *o = set->opts; o && o->name; o++)
		if (o->kind == PM_OPT_LIST) {
			struct pm_opt_list *list =
				(void *)((char *)set->args + o->off);

			free(list->items);
			list->items = NULL;
			list->len = 0;
		}
}
