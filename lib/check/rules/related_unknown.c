/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Related documents that are none: an id, the unique beginning of one or a
 * path must lead to a document of the same state. Addresses and the numbers of
 * trackers are taken as they are. All documents are only looked through for
 * what no file name answers.
 */
#include "check/check.h"

#include "base/ascii.h"
#include "base/nearest.h"
#include "base/path.h"

/* Wrong ids of one document for which the nearest is looked for. */
#define NEAREST_MOST 10

/* What the documents have that is like a word. */
struct likeness {
	struct pm_check *check;
	struct pm_slice word;
	size_t prefixed;         /* ids that begin with it */
	struct pm_slice nearest; /* id; arena; empty: none is near */
	unsigned distance;
	bool wants_nearest;
};

static bool is_alnum(char c)
{
	return pm_is_digit(c) || pm_is_letter(c);
}

/* INC-123, #12, org/repo#12, group/project!7, 4711 */
static bool is_tracker(struct pm_slice text)
{
	size_t i = text.len;

	while (i && pm_is_digit(text.ptr[i - 1]))
		i--;
	if (i == text.len || i == 0)
		return i == 0;
	if (text.ptr[i - 1] == '#' || text.ptr[i - 1] == '!')
		return true;
	/* A date begins with digits and has a second hyphen. */
	if (text.ptr[i - 1] != '-' || pm_is_digit(text.ptr[0]))
		return false;
	for (size_t k = 0; k + 1 < i; k++)
		if (!is_alnum(text.ptr[k]))
			return false;
	return true;
}

static bool is_elsewhere(struct pm_slice text)
{
	return !text.len || memmem(text.ptr, text.len, "://", 3) ||
	       is_tracker(text);
}

/* True when dir/name is a file of the state, or when that cannot be told. */
static bool is_file(
	struct pm_check *check, struct pm_slice dir, struct pm_slice name)
{
	struct pm_buf path = PM_BUF_INIT;
	int found = 0;

	if (pm_path_join(&path, dir, name) == 0 && path.len)
		found = pm_reader_exists(
			check->ctx, check->reader, pm_buf_slice(&path));
	if (found < 0)
		pm_ctx_clear(check->ctx);
	pm_buf_release(&path);
	return found == 1 || found < 0;
}

static bool is_path(struct pm_slice text)
{
	return pm_slice_find(text, 0, '/') >= 0 || pm_slice_ends(text, ".md") ||
	       pm_slice_ends(text, ".markdown");
}

/* Where documents of that id usually are: beside this one, or in the directory
   of the id's year. It spares a look at all of them, and finds what a sparse
   checkout leaves out. */
static bool is_beside(struct pm_check *check, struct pm_slice id)
{
	struct pm_slice dir = pm_path_dir(pm_slice_str(check->doc->path));
	const char *name =
		pm_arena_printf(check->arena, "%.*s.md", PM_SLICE_ARG(id));
	const char *year;

	if (is_file(check, dir, pm_slice_str(name)))
		return true;
	if (id.len < 5 || id.ptr[4] != '-')
		return false;
	year = pm_arena_printf(check->arena, "../%.4s/%s", id.ptr, name);
	return is_file(check, dir, pm_slice_str(year));
}

/* An id without its date. */
static struct pm_slice slug_of(struct pm_slice id)
{
	return id.len > 11 && pm_is_digit(id.ptr[0]) && id.ptr[10] == '-'
		       ? pm_slice_from(id, 11)
		       : id;
}

static int compare(void *data, struct pm_slice path)
{
	struct likeness *like = data;
	struct pm_slice id = pm_path_id(path);
	unsigned most = like->distance - 1, whole, slug;

	if (pm_slice_is(path, like->check->doc->path))
		return 0;
	if (pm_slice_eq(pm_slice_sub(id, 0, like->word.len), like->word))
		like->prefixed++;
	if (!like->wants_nearest || like->distance == 0)
		return 0;
	whole = pm_edit_distance(like->word, id, most);
	slug = pm_edit_distance(like->word, slug_of(id), most);
	whole = slug < whole ? slug : whole;
	if (whole > most)
		return 0;
	like->distance = whole;
	like->nearest = pm_arena_slice(like->check->arena, id);
	return 0;
}

static void report(struct pm_check *check, const struct pm_field *field,
	const struct likeness *like)
{
	const char *word = pm_check_word(check, field->text);
	struct pm_span place = pm_check_place(check, field);

	if (like->prefixed > 1)
		pm_finding_add(check, place, "write more of the id",
			"related '%s' can be any of %zu documents", word,
			like->prefixed);
	else if (like->nearest.len)
		pm_finding_add(check, place,
			pm_arena_printf(check->arena, "write: %.*s",
				PM_SLICE_ARG(like->nearest)),
			"no document is called '%s'", word);
	else
		pm_finding_add(check, place,
			"write an id ('pm list' shows them), a path or an "
			"address",
			"no document is called '%s'", word);
}

/* Looks at one item; *unknown counts those that no file name answers. */
static void judge(
	struct pm_check *check, const struct pm_field *field, size_t *unknown)
{
	struct pm_slice text = field->text, id = text;
	struct pm_slice own = pm_slice_str(check->doc->path);
	struct likeness like = {.check = check};

	if (is_path(text)) {
		if (is_file(check, pm_path_dir(own), text) ||
			is_file(check, pm_slice_make("", 0), text))
			return;
		id = pm_path_id(text);
	} else if (pm_slice_eq(id, check->doc->id)) {
		pm_finding_add(check, pm_check_place(check, field),
			"name another document, or leave it out",
			"the document is related to itself");
		return;
	} else if (is_beside(check, id) ||
		   pm_check_with_id(check, id, NULL) > 0) {
		return;
	}
	like.word = id;
	like.distance = 1 + (unsigned)(id.len < 9 ? id.len / 3 : 3);
	like.wants_nearest = (*unknown)++ < NEAREST_MOST;
	/* What cannot be listed is not held against a document. */
	if (pm_check_each_path(check, compare, &like) < 0)
		pm_ctx_clear(check->ctx);
	else if (is_path(text) || like.prefixed != 1)
		report(check, field, &like);
}

static void run(struct pm_check *check)
{
	const struct pm_field_list *related = &check->doc->related;
	size_t unknown = 0;

	for (size_t i = 0; i < related->len; i++) {
		if (!pm_findings_wanted(check))
			return;
		if (!is_elsewhere(related->items[i].text))
			judge(check, &related->items[i], &unknown);
	}
}

PM_RULE_DEFINE(related_unknown) = {
	.info =
		{
			.id = "related-unknown",
			.step = PM_STEP_SHARE,
			.level = PM_LEVELS(WARNING, WARNING, ERROR),
			.summary = "a related document is not in the "
				   "repository",
			.why = "That it happened before is the most useful "
			       "sentence of a post-mortem, if the reader can "
			       "open the other one. A mistyped id, or one "
			       "whose file was renamed, leads nowhere, and "
			       "nobody sees it until somebody needs it at "
			       "night.",
			.bad = "related: [2025-03-02-checkout-timeouts]\n",
			.good = "related: [INC-1102, "
				"\"https://example.org/wiki/timeouts\"]\n",
		},
	.scope = PM_SCOPE_REPOSITORY,
	.run = run,
};
