/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The policy's text: that of pm init, every setting with its explanation, and
 * what was found in the place of the defaults. A team reads it once and keeps
 * it; what is only a guess is a comment.
 */
#include <stdlib.h>

#include "adopt/private.h"
#include "base/alloc.h"
#include "base/escape.h"

/* People and severities beyond that are no list to read. */
#define MOST 60

/*
 * Puts text in the place of a setting at the top: its line and the indented
 * ones that follow it. The settings of pm init's policy are all there.
 */
static void replace(
	struct pm_buf *policy, const char *key, const struct pm_buf *text)
{
	struct pm_slice all = pm_buf_slice(policy);
	size_t n = strlen(key), off = 0, end;

	while (off < all.len) {
		ptrdiff_t line = pm_slice_find(all, off, '\n');

		if (memcmp(all.ptr + off, key, n) == 0 &&
			all.ptr[off + n] == ':')
			break;
		off = line < 0 ? all.len : (size_t)line + 1;
	}
	end = off;
	do {
		ptrdiff_t line = pm_slice_find(all, end, '\n');

		end = line < 0 ? all.len : (size_t)line + 1;
	} while (end < all.len && all.ptr[end] == ' ');
	pm_buf_splice(policy, off, end - off, pm_buf_slice(text));
}

static void add_list(struct pm_buf *out, const char *key,
	const char *const *items, size_t len)
{
	pm_buf_addf(out, "%s:\n", key);
	for (size_t i = 0; i < len; i++) {
		pm_buf_adds(out, "  - ");
		pm_json_str(out, pm_slice_str(items[i]));
		pm_buf_addc(out, '\n');
	}
}

static void put_documents(const struct pm_survey *survey, struct pm_buf *policy)
{
	struct pm_buf text = PM_BUF_INIT;

	add_list(&text, "documents", survey->globs.items, survey->globs.len);
	replace(policy, "documents", &text);
	pm_buf_reset(&text);
	pm_buf_adds(&text, "exclude:");
	if (!survey->readmes)
		pm_buf_adds(&text, "\n  - \"**/README.md\"\n");
	else
		pm_buf_adds(&text, survey->exclude.len ? "\n" : " []\n");
	for (size_t i = 0; i < survey->exclude.len; i++) {
		pm_buf_adds(&text, "  - ");
		pm_json_str(&text, pm_slice_str(survey->exclude.items[i]));
		pm_buf_addc(&text, '\n');
	}
	replace(policy, "exclude", &text);
	pm_buf_reset(&text);
	pm_buf_adds(&text, "new_dir: ");
	pm_json_str(&text, pm_slice_str(survey->new_dir));
	pm_buf_addc(&text, '\n');
	replace(policy, "new_dir", &text);
	pm_buf_release(&text);
}

static void put_size(const struct pm_survey *survey, struct pm_buf *policy)
{
	struct pm_buf text = PM_BUF_INIT;
	size_t most = 0, kib = 256;

	for (size_t i = 0; i < survey->files.len; i++)
		if (survey->files.items[i].chosen &&
			survey->files.items[i].size > most)
			most = survey->files.items[i].size;
	/* A worker said how large they are. */
	while (kib * 1024 < most && kib < SIZE_MAX / 4096)
		kib *= 2;
	if (kib > 256) {
		pm_buf_addf(&text, "max_document: %zu KiB\n", kib);
		replace(policy, "max_document", &text);
	}
	pm_buf_release(&text);
}

static int by_key(const void *a, const void *b)
{
	const struct pm_map_entry *const *pa = a, *const *pb = b;

	return pm_slice_cmp((*pa)->key, (*pb)->key);
}

/* The entries of a map in the order of their keys. Free with free(). */
static const struct pm_map_entry **sorted(const struct pm_map *map)
{
	const struct pm_map_entry **all = pm_alloc(map->len + 1, sizeof *all);

	for (size_t i = 0; i < map->len; i++)
		all[i] = &map->entries[i];
	if (map->len > 1)
		qsort(all, map->len, sizeof *all, by_key);
	return all;
}

/* True for a word that one before it is but for the case of letters. */
static bool is_again(const struct pm_map_entry **all, size_t at)
{
	size_t i = 0;

	while (i < at && !pm_slice_is_nocase(all[at]->key, all[i]->key.ptr))
		i++;
	return i < at;
}

/* Severities that neither have a name nor an alias in the default list. */
static void put_severities(const struct pm_survey *survey,
	const struct pm_policy *defaults, struct pm_buf *policy)
{
	const struct pm_map_entry **all = sorted(&survey->severities);
	static const char next[] = "\n# What may be written after kind:";
	struct pm_buf text = PM_BUF_INIT;
	char *at;

	for (size_t i = 0; i < survey->severities.len && i < MOST; i++) {
		if (pm_policy_severity(defaults, all[i]->key) ||
			is_again(all, i))
			continue;
		if (!text.len)
			pm_buf_adds(&text,
				"# Found in the documents; move each to where "
				"it belongs, the worst first, or\n# make it "
				"an alias of another:\n");
		pm_buf_adds(&text, "  - name: ");
		pm_json_str(&text, all[i]->key);
		pm_buf_addc(&text, '\n');
	}
	at = strstr(policy->ptr, next);
	if (at && text.len)
		pm_buf_splice(policy, (size_t)(at - policy->ptr), 0,
			pm_buf_slice(&text));
	pm_buf_release(&text);
	free(all);
}

/* As a comment: naming them all would make everybody else an error. */
static void put_people(const struct pm_survey *survey, struct pm_buf *policy)
{
	const struct pm_map_entry **all = sorted(&survey->people);
	struct pm_buf text = PM_BUF_INIT;

	if (survey->people.len && survey->people.len <= MOST) {
		pm_buf_adds(&text,
			"# Found as owners and participants. Take the marks "
			"away, and nobody else may\n# be named:\n"
			"# people:\n");
		for (size_t i = 0; i < survey->people.len; i++) {
			pm_buf_adds(&text, "#   - ");
			pm_json_str(&text, all[i]->key);
			pm_buf_addc(&text, '\n');
		}
		pm_buf_adds(&text, "people: []\n");
		replace(policy, "people", &text);
	}
	pm_buf_release(&text);
	free(all);
}

/* Headings whose section holds what their name does not tell, by role. */
static void put_sections(const struct pm_survey *survey, struct pm_buf *policy)
{
	const struct pm_map_entry **all = sorted(&survey->headings);
	struct pm_buf text = PM_BUF_INIT;
	struct pm_slice last = {NULL, 0};

	for (size_t i = 0; all && i < survey->headings.len && i < MOST; i++) {
		ptrdiff_t blank = pm_slice_find(all[i]->key, 0, ' ');
		struct pm_slice role =
			pm_slice_sub(all[i]->key, 0, (size_t)blank);

		/* Once may be chance, and would hold for all the others. */
		if (all[i]->value < 2)
			continue;
		if (!text.len)
			pm_buf_adds(&text,
				"# Found: sections that pm knows by what is in "
				"them only.\nsections:\n");
		if (!pm_slice_eq(role, last))
			pm_buf_addf(&text, "  %.*s:\n", PM_SLICE_ARG(role));
		last = role;
		pm_buf_adds(&text, "    - ");
		pm_json_str(
			&text, pm_slice_from(all[i]->key, (size_t)blank + 1));
		pm_buf_addc(&text, '\n');
	}
	if (text.len)
		replace(policy, "sections", &text);
	pm_buf_release(&text);
	free(all);
}

/*
 * Where hardly an action has a due date, asking for one in each draft would
 * bury the question that is answered first: who does it.
 */
static void add_due_rule(const struct pm_survey *survey, struct pm_buf *text)
{
	size_t actions = 0, due = 0;

	for (size_t i = 0; i < survey->files.len; i++) {
		const struct pm_seen *seen = &survey->files.items[i];

		actions += seen->chosen ? seen->actions : 0;
		due += seen->chosen ? seen->actions - seen->no_due : 0;
	}
	if (due * 2 >= actions && actions)
		return;
	pm_buf_addf(text,
		"  # %zu of %zu open actions have a due date. Drafts, and "
		"documents without a\n  # status, are not asked for it; take "
		"this away when you want that.\n"
		"  action-due: {draft: off}\n",
		due, actions);
}

/* The keys of another tool are no mistakes. */
static void add_key_rule(const struct pm_survey *survey, struct pm_buf *text)
{
	size_t n = 0;

	for (size_t i = 0; i < survey->files.len; i++)
		n += survey->files.items[i].chosen &&
		     survey->files.items[i].styles >> PM_ADOPT_FRONT_YAML & 1u;
	if (n)
		pm_buf_addf(text,
			"  # %zu document%s front matter of another tool, "
			"whose keys pm does not know.\n"
			"  field-unknown: off\n",
			n, n == 1 ? " has" : "s have");
}

static void put_rules(const struct pm_survey *survey, struct pm_buf *policy)
{
	struct pm_buf text = PM_BUF_INIT;

	pm_buf_adds(&text, "rules:\n");
	add_due_rule(survey, &text);
	add_key_rule(survey, &text);
	if (!pm_slice_is(pm_buf_slice(&text), "rules:\n"))
		replace(policy, "rules", &text);
	pm_buf_release(&text);
}

void pm_survey_policy(const struct pm_survey *survey, struct pm_buf *out)
{
	struct pm_slice defaults_text = {NULL, 0};
	struct pm_policy *defaults = NULL;

	pm_buf_add_slice(out, pm_policy_default_text());
	put_documents(survey, out);
	put_size(survey, out);
	if (pm_policy_parse(survey->ctx, defaults_text, &defaults) == 0)
		put_severities(survey, defaults, out);
	pm_policy_free(defaults);
	put_people(survey, out);
	put_sections(survey, out);
	put_rules(survey, out);
}
