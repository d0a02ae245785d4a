/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a commit changes, in the words of the domain: status, severity,
 * moments, actions opened and closed, sections rewritten. Both versions are
 * parsed in worker processes, as all documents are; what comes back is the
 * finished lines.
 */
#include "commit/private.h"

#include "base/map.h"
#include "base/pool.h"
#include "base/record.h"
#include "pm/doc.h"

#define MAX_LINES    24 /* of one document */
#define MAX_SECTIONS 6
#define MAX_TEXT     72 /* characters of a title in a line */

/* The lines of one document as they are made. */
struct lines {
	struct pm_buf text;
	size_t n, dropped;
};

/* Begins a line; false when there are too many. */
static bool begin(struct lines *lines)
{
	if (lines->n >= MAX_LINES) {
		lines->dropped++;
		return false;
	}
	if (lines->n++ > 0)
		pm_buf_addc(&lines->text, '\n');
	return true;
}

static void add_value(struct lines *lines, struct pm_slice value)
{
	if (value.len > 0)
		pm_commit_clean(&lines->text, value, MAX_TEXT);
	else
		pm_buf_adds(&lines->text, "none");
}

/* "name: old -> new", when they differ. */
static void add_change(struct lines *lines, const char *name,
	struct pm_slice old, struct pm_slice new)
{
	if (pm_slice_eq(old, new) || !begin(lines))
		return;
	pm_buf_addf(&lines->text, "%s: ", name);
	add_value(lines, old);
	pm_buf_adds(&lines->text, " -> ");
	add_value(lines, new);
}

/* "name: value", when there is one. */
static void add_fact(
	struct lines *lines, const char *name, struct pm_slice value)
{
	if (value.len == 0 || !begin(lines))
		return;
	pm_buf_addf(&lines->text, "%s: ", name);
	add_value(lines, value);
}

/* --- actions ------------------------------------------------------------- */

/* What tells one action from another in two versions. */
static struct pm_slice key_of(const struct pm_action *action)
{
	return action->id.text.len > 0 ? action->id.text : action->title.text;
}

/* "action A1 WORD: title". */
static void add_action(
	struct lines *lines, const struct pm_action *action, const char *word)
{
	if (!begin(lines))
		return;
	pm_buf_adds(&lines->text, "action ");
	if (action->id.text.len > 0) {
		pm_commit_clean(&lines->text, action->id.text, 20);
		pm_buf_addc(&lines->text, ' ');
	}
	pm_buf_addf(&lines->text, "%s: ", word);
	add_value(lines, action->title.text);
}

static void compare_action(struct lines *lines, const struct pm_action *old,
	const struct pm_action *new)
{
	if (!old && !pm_action_is_closed(new))
		add_action(lines, new, "opened");
	else if (!old || (pm_action_is_closed(new) && old->state != new->state))
		add_action(lines, new, pm_action_status_names[new->state]);
	else if (pm_action_is_closed(old) && !pm_action_is_closed(new))
		add_action(lines, new, "reopened");
	else if (!pm_slice_eq(old->due.text, new->due.text))
		add_action(lines, new, "due changed");
	else if (!pm_slice_eq(old->owner.text, new->owner.text))
		add_action(lines, new, "owner changed");
}

static void compare_actions(
	struct lines *lines, const struct pm_doc *old, const struct pm_doc *new)
{
	struct pm_map known = PM_MAP_INIT;
	struct pm_map seen = PM_MAP_INIT;

	for (size_t i = 0; old && i < old->nactions; i++)
		*pm_map_put(&known, key_of(&old->actions[i]), NULL) =
			(uintptr_t)&old->actions[i];
	for (size_t i = 0; i < new->nactions; i++) {
		const struct pm_action *action = &new->actions[i];
		const uintptr_t *before = pm_map_get(&known, key_of(action));

		compare_action(lines,
			before ? (const struct pm_action *)*before : NULL,
			action);
		pm_map_put(&seen, key_of(action), NULL);
	}
	for (size_t i = 0; old && i < old->nactions; i++)
		if (!pm_map_get(&seen, key_of(&old->actions[i])))
			add_action(lines, &old->actions[i], "removed");
	pm_map_release(&known);
	pm_map_release(&seen);
}

/* --- the rest of a document ---------------------------------------------- */

static void compare_moments(
	struct lines *lines, const struct pm_doc *old, const struct pm_doc *new)
{
	for (size_t i = 0; i < PM_MOMENT_COUNT; i++) {
		struct pm_slice now = new->times[i].field.text;

		if (!old || old->times[i].field.text.len == 0)
			add_fact(lines, pm_moment_names[i], now);
		else
			add_change(lines, pm_moment_names[i],
				old->times[i].field.text, now);
	}
}

static struct pm_slice body_of(
	const struct pm_doc *doc, const struct pm_section *section)
{
	return pm_slice_trim(
		pm_slice_sub(doc->src, section->body.off, section->body.len));
}

/* True when the section stands in the old version with the same words; known
   holds that version's sections by their headings, as numbers from one on. */
static bool is_known(const struct pm_map *known, const struct pm_doc *old,
	const struct pm_doc *new, const struct pm_section *section)
{
	const uintptr_t *number = pm_map_get(known, section->heading);

	return number && pm_slice_eq(body_of(old, &old->sections[*number - 1]),
				 body_of(new, section));
}

/* "sections: Impact, Timeline": those whose words are not the same. */
static void compare_sections(
	struct lines *lines, const struct pm_doc *old, const struct pm_doc *new)
{
	struct pm_map known = PM_MAP_INIT;
	size_t n = 0;

	for (size_t i = 0; i < old->nsections; i++)
		*pm_map_put(&known, old->sections[i].heading, NULL) = i + 1;
	for (size_t i = 0; n <= MAX_SECTIONS && i < new->nsections; i++) {
		const struct pm_section *section = &new->sections[i];

		if (section->heading.len == 0 ||
			is_known(&known, old, new, section))
			continue;
		if (n == 0 && !begin(lines))
			break;
		pm_buf_adds(&lines->text, n++ == 0 ? "sections: " : ", ");
		if (n > MAX_SECTIONS)
			pm_buf_adds(&lines->text, "...");
		else
			pm_commit_clean(&lines->text, section->heading, 40);
	}
	pm_map_release(&known);
}

static void describe(
	struct lines *lines, const struct pm_doc *old, const struct pm_doc *new)
{
	if (!old && begin(lines))
		pm_buf_adds(&lines->text, "new");
	if (!old) {
		add_fact(lines, "status", new->status.text);
		add_fact(lines, "severity", new->severity.text);
	} else {
		add_change(lines, "title", old->name, new->name);
		add_change(lines, "status", old->status.text, new->status.text);
		add_change(lines, "severity", old->severity.text,
			new->severity.text);
		add_change(lines, "owner", old->owner.text, new->owner.text);
	}
	compare_moments(lines, old, new);
	compare_actions(lines, old, new);
	if (old)
		compare_sections(lines, old, new);
	/* Words of the front matter that no line tells of, or the mode. */
	if (lines->n == 0 && begin(lines))
		pm_buf_adds(&lines->text, "changed");
	if (lines->dropped > 0)
		pm_buf_addf(
			&lines->text, "\nand %zu more changes", lines->dropped);
}

/* --- in a worker --------------------------------------------------------- */

/* The reader lives as long as its process: nobody frees it. */
static int start(struct pm_ctx *ctx, void *data, void **out)
{
	struct pm_commit_job *job = data;
	struct pm_reader *reader;
	int rc = pm_reader_new(ctx, job->snap, &reader);

	*out = reader;
	return rc;
}

/* What the parent is told: title, lines, evidence named. */
static void put_record(
	struct pm_buf *out, const struct lines *lines, const struct pm_doc *doc)
{
	pm_record_put_str(out, doc->name);
	pm_record_put_str(out, pm_buf_slice(&lines->text));
	pm_record_put_int(out, (int64_t)doc->nevidence);
	for (size_t i = 0; i < doc->nevidence; i++)
		pm_record_put_str(out, doc->evidence[i].file.text);
}

static int work(struct pm_ctx *ctx, void *data, void *state, size_t i,
	struct pm_buf *out)
{
	struct pm_commit_job *job = data;
	struct pm_reader *reader = state;
	const struct pm_commit_doc *doc = &job->docs.items[i];
	const struct pm_policy *policy = pm_snapshot_policy(job->snap);
	struct pm_buf old_text = PM_BUF_INIT, new_text = PM_BUF_INIT;
	struct lines lines = {.text = PM_BUF_INIT};
	struct pm_doc *old = NULL, *new = NULL;
	int rc = pm_reader_doc(ctx, reader, doc->number, &new_text, NULL);

	if (rc == 0 && !pm_oid_zero(&doc->head))
		rc = pm_git_blob(ctx, job->repo, &doc->head,
			policy->max_document, &old_text);
	if (rc == 0) {
		new = pm_doc_parse(doc->path, pm_buf_slice(&new_text), policy);
		if (!pm_oid_zero(&doc->head))
			old = pm_doc_parse(
				doc->path, pm_buf_slice(&old_text), policy);
		if (doc->changed)
			describe(&lines, old, new);
		put_record(out, &lines, new);
	}
	pm_doc_free(old);
	pm_doc_free(new);
	pm_buf_release(&old_text);
	pm_buf_release(&new_text);
	pm_buf_release(&lines.text);
	return rc;
}

/* --- in the parent ------------------------------------------------------- */

static int done(struct pm_ctx *ctx, void *data, size_t i,
	enum pm_pool_status status, struct pm_slice out)
{
	struct pm_commit_job *job = data;
	struct pm_commit_doc *doc = &job->docs.items[i];
	struct pm_buf files = PM_BUF_INIT;
	struct pm_record record;
	int64_t n;

	(void)ctx;
	/* A document that cannot be read is committed under its id; whether
	   it may be is the check's business. */
	doc->title = doc->id;
	doc->what = pm_slice_str(pm_oid_zero(&doc->head) ? "new" : "changed");
	if (status != PM_POOL_OK)
		return 0;
	pm_record_init(&record, out);
	doc->title = pm_arena_slice(&job->arena, pm_record_str(&record));
	doc->what = pm_arena_slice(&job->arena, pm_record_str(&record));
	n = pm_record_int(&record);
	for (int64_t k = 0; k < n && !record.bad; k++) {
		pm_buf_add_slice(&files, pm_record_str(&record));
		pm_buf_addc(&files, '\0');
	}
	doc->files = pm_arena_slice(&job->arena, pm_buf_slice(&files));
	pm_buf_release(&files);
	return 0;
}

int pm_commit_changes(struct pm_ctx *ctx, struct pm_commit_job *job)
{
	struct pm_pool pool = {
		.nitems = job->docs.len,
		.data = job,
		.start = start,
		.work = work,
		.done = done,
		.help = pm_snapshot_help,
		.help_data = job->snap,
	};

	return job->docs.len > 0 ? pm_pool_run(ctx, &pool) : 0;
}
