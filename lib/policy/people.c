/* SPDX-License-Identifier: Apache-2.0 */
/*
 * People: how one is written, when two spellings are the same person, and the
 * files that list them. A CODEOWNERS file is read for the owners it names,
 * not for its patterns; roles such as GitLab's @@maintainer name nobody.
 */
#include "pm/policy.h"

#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "policy/private.h"

/* Without the white space around it and one "@" before it. */
static struct pm_slice bare(struct pm_slice person)
{
	person = pm_slice_trim(person);
	if (person.len > 0 && person.ptr[0] == '@')
		person = pm_slice_from(person, 1);
	return person;
}

void pm_person_key(struct pm_buf *out, struct pm_slice person)
{
	person = bare(person);
	pm_buf_reserve(out, person.len);
	for (size_t i = 0; i < person.len; i++) {
		char c = person.ptr[i];

		pm_buf_addc(out, pm_lower(c));
	}
}

void pm_person_print(struct pm_buf *out, struct pm_slice person)
{
	person = bare(person);
	if (person.len > 0 && pm_slice_find(person, 0, '@') < 0)
		pm_buf_addc(out, '@');
	pm_buf_add_slice(out, person);
}

/*
 * True for letters and digits of any script with single "-", "_", "." or "+"
 * between or after them.
 */
static bool handle_valid(struct pm_slice text)
{
	size_t off = 0;

	while (off < text.len) {
		uint32_t cp;
		size_t len = pm_utf8_next(text, off, &cp);
		bool mark = cp == '-' || cp == '_' || cp == '.' || cp == '+';

		if (cp == PM_UTF8_BAD || (!mark && !pm_utf8_word(cp)))
			return false;
		if (off == 0 && (cp == '-' || cp == '.' || cp == '+'))
			return false;
		off += len;
	}
	return text.len > 0;
}

/* True when every part between separators is a handle. */
static bool parts_valid(struct pm_slice text, char separator)
{
	size_t from = 0;

	for (;;) {
		ptrdiff_t at = pm_slice_find(text, from, separator);
		size_t end = at < 0 ? text.len : (size_t)at;

		if (!handle_valid(pm_slice_sub(text, from, end - from)))
			return false;
		if (at < 0)
			return true;
		from = end + 1;
	}
}

bool pm_person_valid(struct pm_slice person)
{
	ptrdiff_t at;
	bool marked;

	person = pm_slice_trim(person);
	if (person.len > PM_PERSON_MAX)
		return false;
	marked = person.len > 0 && person.ptr[0] == '@';
	person = bare(person);
	at = pm_slice_find(person, 0, '@');
	if (at < 0)
		return parts_valid(person, '/');
	/* "@ana@example.org" is neither a handle nor an address. */
	if (marked || !handle_valid(pm_slice_sub(person, 0, (size_t)at)))
		return false;
	return parts_valid(pm_slice_from(person, (size_t)at + 1), '.');
}

void pm_policy_add_person(struct pm_policy_own *own, struct pm_slice key)
{
	struct pm_names *people = &own->policy.people;
	uintptr_t *listed = pm_map_put(&own->people, key, NULL);

	/* Known already as one of a department is not listed yet. */
	if (*listed)
		return;
	*listed = 1;
	if (people->len + 1 >= own->people_cap) {
		size_t cap = own->people_cap ? own->people_cap * 2 : 16;
		const char **items =
			pm_arena_alloc(&own->arena, cap, sizeof *items);

		if (people->len > 0)
			memcpy(items, people->items,
				people->len * sizeof *items);
		people->items = items;
		own->people_cap = cap;
	}
	people->items[people->len++] = pm_arena_slice(&own->arena, key).ptr;
	people->items[people->len] = NULL;
}

bool pm_policy_knows_person(
	const struct pm_policy *policy, struct pm_slice person)
{
	const struct pm_policy_own *own = (const struct pm_policy_own *)policy;
	char key[PM_PERSON_MAX];

	if (policy->people.len == 0)
		return true;
	person = bare(person);
	if (person.len > sizeof key)
		return false;
	return pm_map_get(&own->people, pm_policy_fold(key, person));
}

bool pm_policy_is_team(const struct pm_policy *policy, struct pm_slice person)
{
	const struct pm_policy_own *own = (const struct pm_policy_own *)policy;
	char key[PM_PERSON_MAX];

	if (!pm_person_valid(person))
		return false;
	person = bare(person);
	if (pm_slice_find(person, 0, '/') >= 0)
		return true;
	return person.len <= sizeof key &&
	       (pm_map_get(&own->teams, pm_policy_fold(key, person)) ||
		       pm_policy_department(policy, person));
}

/* True for two ways of writing one person. */
static bool is_same_person(struct pm_slice a, struct pm_slice b)
{
	char key[PM_PERSON_MAX], other[PM_PERSON_MAX];

	a = bare(a);
	b = bare(b);
	return a.len <= sizeof key && b.len <= sizeof other &&
	       pm_slice_eq(pm_policy_fold(key, a), pm_policy_fold(other, b));
}

bool pm_policy_may_approve(const struct pm_policy *policy,
	struct pm_slice person, struct pm_slice owner)
{
	if (policy->approvers.len)
		return pm_names_has(&policy->approvers, bare(person));
	return !is_same_person(person, owner);
}

/* Where a file that lists people is being read. */
struct people_reader {
	struct pm_ctx *ctx;
	struct pm_policy_own *own;
	const char *path;
	struct pm_slice line; /* the whole present line */
	unsigned number;
	size_t mistakes;   /* so far */
	struct pm_buf key; /* scratch */
};

/* Reports text, which is part of the present line, as no person. */
static void no_person(struct people_reader *reader, struct pm_slice text)
{
	struct pm_pos pos = {
		reader->number, (unsigned)(text.ptr - reader->line.ptr) + 1};
	struct pm_buf words = PM_BUF_INIT;

	pm_buf_addf(&words,
		"cannot read '%.*s' as a person (write @name, @org/team or an "
		"e-mail address)",
		(int)(text.len > 60 ? 60 : text.len), text.ptr);
	pm_policy_mistake(
		reader->ctx, &reader->mistakes, reader->path, pos, words.ptr);
	pm_buf_release(&words);
}

/* False when it is none. */
static bool add_person(struct people_reader *reader, struct pm_slice text)
{
	if (!pm_person_valid(text)) {
		no_person(reader, text);
		return false;
	}
	pm_buf_reset(&reader->key);
	pm_person_key(&reader->key, text);
	pm_policy_add_person(reader->own, pm_buf_slice(&reader->key));
	return true;
}

/* Cuts the next word off *rest; empty at the end or at a comment. */
static struct pm_slice next_word(struct pm_slice *rest)
{
	struct pm_slice text = pm_slice_trim(*rest);
	size_t end = 0;

	if (text.len > 0 && text.ptr[0] == '#')
		text.len = 0;
	while (end < text.len && text.ptr[end] != ' ' && text.ptr[end] != '\t')
		end++;
	*rest = pm_slice_from(text, end);
	return pm_slice_sub(text, 0, end);
}

/* Skips a pattern, in which "\ " is a space. */
static void skip_pattern(struct pm_slice *rest)
{
	size_t i = 0;

	while (i < rest->len && rest->ptr[i] != ' ' && rest->ptr[i] != '\t')
		i += rest->ptr[i] == '\\' && i + 1 < rest->len ? 2 : 1;
	*rest = pm_slice_from(*rest, i);
}

/*
 * Skips what comes before a section's default owners: "[Name]", "^[Name]",
 * "[Name][2]". Returns false when the line is no section header. A pattern
 * may begin with "[" too; only a section has its "]" before any "/".
 */
static bool skip_section(struct pm_slice *rest)
{
	struct pm_slice text = *rest;
	ptrdiff_t end;

	if (text.len > 0 && text.ptr[0] == '^')
		text = pm_slice_from(text, 1);
	if (text.len == 0 || text.ptr[0] != '[')
		return false;
	end = pm_slice_find(text, 0, ']');
	if (end < 0)
		return false;
	text = pm_slice_from(text, (size_t)end + 1);
	if (text.len > 0 && text.ptr[0] == '[') {
		end = pm_slice_find(text, 0, ']');
		if (end < 0)
			return false;
		text = pm_slice_from(text, (size_t)end + 1);
	}
	if (text.len > 0 && text.ptr[0] != ' ' && text.ptr[0] != '\t')
		return false;
	*rest = text;
	return true;
}

/* Adds the owners of one line of a CODEOWNERS file. */
static void read_owners(struct people_reader *reader, struct pm_slice rest)
{
	struct pm_slice word;

	if (!skip_section(&rest))
		skip_pattern(&rest);
	while ((word = next_word(&rest)).len > 0) {
		if (pm_slice_starts(word, "@@"))
			continue;
		/* A handle needs its "@" here: a bare word is a slip, such
		   as a space in a pattern without its backslash. */
		if (pm_slice_find(word, 0, '@') < 0)
			no_person(reader, word);
		else
			add_person(reader, word);
	}
}

/* Adds the one person on a line of a plain list. */
static void read_person(struct people_reader *reader, struct pm_slice rest)
{
	struct pm_slice word = next_word(&rest);

	if (!add_person(reader, word))
		return;
	word = next_word(&rest);
	if (word.len > 0)
		no_person(reader, word);
}

/* The last part of the path tells which kind of file it is. */
static bool is_codeowners(const char *path)
{
	const char *slash = strrchr(path, '/');

	return strcmp(slash ? slash + 1 : path, "CODEOWNERS") == 0;
}

int pm_policy_add_people(struct pm_ctx *ctx, struct pm_policy *policy,
	const char *path, struct pm_slice text)
{
	struct people_reader reader = {
		.ctx = ctx,
		.own = (struct pm_policy_own *)policy,
		.path = path,
		.key = PM_BUF_INIT,
	};
	bool owners = is_codeowners(path);

	if (pm_slice_starts(text, "\xEF\xBB\xBF"))
		text = pm_slice_from(text, 3);
	while (pm_slice_line(&text, &reader.line)) {
		struct pm_slice line = pm_slice_trim(reader.line);

		reader.number++;
		if (line.len == 0 || line.ptr[0] == '#')
			continue;
		if (owners)
			read_owners(&reader, line);
		else
			read_person(&reader, line);
	}
	pm_buf_release(&reader.key);
	return pm_policy_mistakes_end(ctx, reader.mistakes, path);
}
