/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Looking at every file of text, once, in workers: a repository that is not
 * under pm yet has other people's Markdown in it, which is as hostile as any.
 * A worker sends back a flat record of what it saw; deciding is the parent's.
 */
#include "base/alloc.h"
#include "base/ascii.h"
#include "base/path.h"
#include "base/pool.h"
#include "base/record.h"
#include "base/utf8.h"
#include "adopt/private.h"
#include "doc/doc.h"
#include "snapshot/snapshot.h"

/* What anybody calls text in Markdown; max_document is wider than the default
   so that a long document is seen and the policy can make room for it. */
static const char everything[] =
	"documents: ['**/*.md', '**/*.markdown', '**/*.mkd', '**/*.mdown',\n"
	"  '**/*.mdx', '**/*.qmd', '**/*.rmd', '**/*.Rmd', '**/*.MD']\n"
	"exclude: ['.pm/**']\nmax_document: 2 MiB\n";

/* So many of the files that cannot be read are named. */
#define BROKEN_MOST 10

/* What a record begins with in the place of a size. */
#define UNREAD (-1)

struct worker {
	struct pm_reader *reader;
	struct pm_arena arena;
	struct pm_buf bytes;
	struct pm_map memo;
};

struct job {
	struct pm_survey *survey;
	struct pm_snapshot *snap;
	PM_VEC(size_t) docs;
	size_t nbroken;
};

static int start(struct pm_ctx *ctx, void *data, void **out)
{
	struct job *job = data;
	struct worker *worker = pm_alloc(1, sizeof *worker);

	worker->arena = (struct pm_arena){
		.limit = PM_DOC_ARENA_MOST, .full = pm_pool_leave_memory};
	worker->bytes = (struct pm_buf)PM_BUF_INIT;
	worker->memo = (struct pm_map)PM_MAP_INIT;
	*out = worker;
	return pm_reader_new(ctx, job->snap, &worker->reader);
}

/* --- one document, in a worker ------------------------------------------- */

/* The first bytes of a line that say something. */
static struct pm_slice line_of(const struct pm_doc *doc, unsigned line)
{
	return pm_slice_trim(pm_doc_line(doc, line));
}

static bool is_numbered(struct pm_slice line)
{
	size_t n = 0;

	while (n < line.len && pm_is_digit(line.ptr[n]))
		n++;
	return n && n + 1 < line.len &&
	       (line.ptr[n] == '.' || line.ptr[n] == ')') &&
	       line.ptr[n + 1] == ' ';
}

static bool is_bullet(struct pm_slice line)
{
	return line.len > 1 && memchr("-*+", line.ptr[0], 3) &&
	       line.ptr[1] == ' ';
}

static bool is_box(struct pm_slice line)
{
	struct pm_slice rest =
		is_bullet(line) ? pm_slice_trim(pm_slice_from(line, 2)) : line;

	return rest.len > 2 && rest.ptr[0] == '[' && rest.ptr[2] == ']' &&
	       memchr(" xX", rest.ptr[1], 3);
}

static enum pm_adopt_style action_style(
	const struct pm_doc *doc, const struct pm_action *action)
{
	struct pm_slice line = line_of(doc, action->line);

	if (!action->in_body)
		return PM_ADOPT_ACTIONS_FRONT;
	if (is_box(line))
		return PM_ADOPT_ACTIONS_BOXES;
	if (is_bullet(line))
		return PM_ADOPT_ACTIONS_BULLETS;
	if (is_numbered(line))
		return PM_ADOPT_ACTIONS_NUMBERS;
	if (memchr(line.ptr, '|', line.len))
		return PM_ADOPT_ACTIONS_TABLE;
	return PM_ADOPT_ACTIONS_OTHER;
}

static enum pm_adopt_style timeline_style(const struct pm_doc *doc)
{
	struct pm_slice line;

	if (!doc->timeline.nentries)
		return PM_ADOPT_TIMELINE_NONE;
	line = line_of(doc, doc->timeline.entries[0].line);
	if (is_bullet(line) || is_numbered(line))
		return PM_ADOPT_TIMELINE_LIST;
	if (pm_slice_starts(line, "#"))
		return PM_ADOPT_TIMELINE_HEADINGS;
	if (memchr(line.ptr, '|', line.len))
		return PM_ADOPT_TIMELINE_TABLE;
	return PM_ADOPT_TIMELINE_PARAGRAPHS;
}

static enum pm_adopt_style front_style(const struct pm_doc *doc)
{
	if (pm_slice_starts(doc->src, "+++"))
		return PM_ADOPT_FRONT_TOML;
	if (!doc->has_front)
		return PM_ADOPT_FRONT_NONE;
	return doc->schema.text.len ? PM_ADOPT_FRONT_PM : PM_ADOPT_FRONT_YAML;
}

/* True when the heading alone tells what its section is for. */
static bool tells_role(const struct pm_doc *doc,
	const struct pm_section *section, const struct pm_policy *policy)
{
	struct pm_buf text = PM_BUF_INIT;
	struct pm_doc *alone;
	bool tells;

	pm_buf_addf(&text, "# Title\n\n## %.*s\n\nWords.\n",
		PM_SLICE_ARG(section->heading));
	alone = pm_doc_parse(doc->path, pm_buf_slice(&text), policy);
	tells = pm_doc_section(alone, section->role) != NULL;
	pm_doc_free(alone);
	pm_buf_release(&text);
	return tells;
}

/*
 * Headings whose section is known for a timeline or actions by what is in it
 * alone: in the policy they are known in the next document too, before
 * anything is in it.
 */
static void put_headings(struct pm_buf *out, const struct pm_doc *doc,
	const struct pm_policy *policy)
{
	for (size_t i = 0; i < doc->nsections; i++) {
		const struct pm_section *section = &doc->sections[i];

		if ((section->role != PM_SECTION_TIMELINE &&
			    section->role != PM_SECTION_ACTIONS) ||
			section->level > 6 || section->heading.len > 60 ||
			tells_role(doc, section, policy))
			continue;
		pm_record_put_int(out, section->role);
		pm_record_put_str(out, section->heading);
	}
	pm_record_put_int(out, PM_SECTION_OTHER);
}

/* True for what the policy can hold as a name: all of it can be seen. */
static bool is_visible(struct pm_slice name)
{
	uint32_t cp;

	return pm_utf8_find_invisible(name, 0, &cp) < 0 &&
	       pm_slice_find(name, 0, '\n') < 0 &&
	       pm_slice_find(name, 0, '\t') < 0;
}

/* The severity of the front matter, else what one line above the text says. */
static void put_severity(struct pm_buf *out, const struct pm_doc *doc)
{
	struct pm_slice found = doc->severity.text;
	struct pm_fact_line fact;
	unsigned line = 0, n = 0;

	while (!doc->severity.text.len && pm_doc_next_fact(doc, &line, &fact))
		if (fact.fact == PM_FACT_SEVERITY && !n++)
			found = pm_doc_severity_word(fact.value);
	/* Of another tool's front matter the word stays as it is. */
	if (n > 1 || !pm_doc_severity_word(found).len || !is_visible(found))
		found = pm_slice_make("", 0);
	pm_record_put_str(out, found);
}

/* A person worth writing down: a handle, a team or an address. */
static void put_person(struct pm_buf *out, struct pm_slice person)
{
	struct pm_buf text = PM_BUF_INIT;

	if (!pm_doc_names_person(person) || !pm_person_valid(person))
		return;
	pm_person_print(&text, person);
	pm_record_put_str(out, pm_buf_slice(&text));
	pm_buf_release(&text);
}

static void put_people(struct pm_buf *out, const struct pm_doc *doc)
{
	put_person(out, doc->owner.text);
	for (size_t i = 0; i < doc->nparticipants; i++)
		put_person(out, doc->participants[i].person.text);
	for (size_t i = 0; i < doc->nactions; i++)
		if (pm_slice_starts(doc->actions[i].owner.text, "@"))
			put_person(out, doc->actions[i].owner.text);
	pm_record_put_str(out, pm_slice_make("", 0));
}

static void see_actions(struct pm_seen *seen, const struct pm_doc *doc)
{
	for (size_t i = 0; i < doc->nactions; i++) {
		const struct pm_action *action = &doc->actions[i];

		seen->styles |= 1u << action_style(doc, action);
		seen->due += action->due_date.year != 0;
		if (action->state != PM_ACTION_OPEN &&
			action->state != PM_ACTION_IN_PROGRESS &&
			action->state != PM_ACTION_PROPOSED)
			continue;
		seen->actions++;
		seen->no_owner += !pm_doc_names_person(action->owner.text);
		seen->no_due += action->due_date.year == 0;
	}
	if (!doc->nactions)
		seen->styles |= 1u << PM_ADOPT_ACTIONS_NONE;
}

static void see(struct pm_seen *seen, const struct pm_doc *doc)
{
	seen->titled = pm_adopt_says_it(doc->name);
	seen->entries = (unsigned)doc->timeline.nentries;
	for (size_t i = 0; i < doc->nsections; i++)
		seen->roles |=
			doc->sections[i].roles | 1u << doc->sections[i].role;
	for (size_t i = 0; i < doc->timeline.nentries && !seen->unread; i++)
		if (doc->timeline.entries[i].problem)
			seen->unread = doc->timeline.entries[i].line;
	see_actions(seen, doc);
	seen->styles |= 1u << front_style(doc) | 1u << timeline_style(doc);
}

/* In the place of a record: what kept the file from being read. */
static void put_passing(struct pm_ctx *ctx, struct pm_buf *out)
{
	pm_record_put_int(out, UNREAD);
	pm_record_put_str(out, pm_buf_slice(&pm_ctx_error(ctx)->message));
	pm_ctx_clear(ctx);
}

static int work(struct pm_ctx *ctx, void *data, void *state, size_t item,
	struct pm_buf *out)
{
	struct job *job = data;
	struct worker *worker = state;
	struct pm_doc_opts opts = {.policy = pm_snapshot_policy(job->snap),
		.arena = &worker->arena,
		.memo = &worker->memo};
	size_t number = job->docs.items[item];
	struct pm_seen seen = {0};
	const struct pm_doc *doc;
	int ret;

	pm_buf_reset(&worker->bytes);
	pm_arena_reset(&worker->arena);
	ret = pm_reader_doc(ctx, worker->reader, number, &worker->bytes, NULL);
	if (ret == PM_ELIMIT)
		return ret;
	if (ret < 0) {
		put_passing(ctx, out);
		return 0;
	}
	doc = pm_doc_parse_opts(pm_snapshot_doc(job->snap, number)->path,
		pm_buf_slice(&worker->bytes), &opts);
	see(&seen, doc);
	pm_record_put_int(out, (int64_t)worker->bytes.len);
	pm_record_put_int(out, seen.titled);
	pm_record_put_int(out, seen.roles);
	pm_record_put_int(out, seen.styles);
	pm_record_put_int(out, seen.actions);
	pm_record_put_int(out, seen.no_owner);
	pm_record_put_int(out, seen.no_due);
	pm_record_put_int(out, seen.due);
	pm_record_put_int(out, seen.entries);
	pm_record_put_int(out, seen.unread);
	put_severity(out, doc);
	put_headings(out, doc, opts.policy);
	put_people(out, doc);
	return 0;
}

/* --- all of them, in the parent ------------------------------------------ */

static void count(struct pm_map *map, struct pm_slice key)
{
	if (key.len)
		++*pm_map_put(map, key, NULL);
}

static void count_headings(
	struct pm_survey *survey, struct pm_record *record, bool chosen)
{
	struct pm_buf key = PM_BUF_INIT;
	int64_t role;

	while ((role = pm_record_int(record)) > PM_SECTION_OTHER &&
		role < PM_SECTION_COUNT) {
		struct pm_slice text = pm_record_str(record);

		pm_buf_reset(&key);
		pm_buf_addf(&key, "%s ",
			pm_section_role_name((enum pm_section_role)role));
		pm_buf_add_slice(&key, text);
		if (chosen)
			count(&survey->headings, pm_buf_slice(&key));
	}
	pm_buf_release(&key);
}

static void read_seen(struct pm_seen *seen, struct pm_record *record)
{
	seen->titled = pm_record_int(record) != 0;
	seen->roles = (unsigned)pm_record_int(record);
	seen->styles = (unsigned)pm_record_int(record);
	seen->actions = (unsigned)pm_record_int(record);
	seen->no_owner = (unsigned)pm_record_int(record);
	seen->no_due = (unsigned)pm_record_int(record);
	seen->due = (unsigned)pm_record_int(record);
	seen->entries = (unsigned)pm_record_int(record);
	seen->unread = (unsigned)pm_record_int(record);
}

/* Too large, gone, or too much: nobody can say what it is. */
static void leave_out(struct pm_ctx *ctx, struct job *job, struct pm_seen *seen,
	enum pm_pool_status status, struct pm_slice bytes)
{
	seen->broken = true;
	if (job->nbroken++ >= BROKEN_MOST)
		return;
	/* The error of a reader names the file. */
	if (seen->passing)
		pm_notice(ctx, "not looked at: %.*s", PM_SLICE_ARG(bytes));
	else if (status == PM_POOL_FAILED)
		pm_notice(ctx, "left out: %.*s", PM_SLICE_ARG(bytes));
	else
		pm_notice(ctx, "left out: '%s': %s", seen->path.ptr,
			pm_pool_reason(status));
}

/* Whoever names a file says what it is. */
bool pm_adopt_is_named(const struct pm_adopt_opts *opts, struct pm_slice path)
{
	for (size_t i = 0; i < opts->ndirs; i++)
		if (pm_slice_is(path, opts->dirs[i]))
			return true;
	return false;
}

static bool is_chosen(
	const struct pm_adopt_opts *opts, const struct pm_seen *seen)
{
	if (!opts->all)
		return pm_seen_is_document(seen);
	return !pm_adopt_accompanies(seen->path) ||
	       pm_seen_is_own_readme(seen) ||
	       pm_adopt_is_named(opts, seen->path);
}

static int done(struct pm_ctx *ctx, void *data, size_t item,
	enum pm_pool_status status, struct pm_slice bytes)
{
	struct job *job = data;
	struct pm_survey *survey = job->survey;
	struct pm_seen *seen = pm_vec_push(&survey->files);
	struct pm_record record;
	struct pm_slice text;
	int64_t size;

	seen->path = pm_arena_slice(&survey->arena,
		pm_slice_str(pm_snapshot_doc(job->snap, job->docs.items[item])
				     ->path));
	if (status != PM_POOL_OK) {
		leave_out(ctx, job, seen, status, bytes);
		return 0;
	}
	pm_record_init(&record, bytes);
	size = pm_record_int(&record);
	if (size == UNREAD) {
		seen->passing = true;
		leave_out(ctx, job, seen, status, pm_record_str(&record));
		return 0;
	}
	seen->size = (size_t)size;
	read_seen(seen, &record);
	seen->chosen = is_chosen(survey->opts, seen);
	survey->chosen += seen->chosen;
	text = pm_record_str(&record);
	if (seen->chosen)
		count(&survey->severities, text);
	count_headings(survey, &record, seen->chosen);
	while ((text = pm_record_str(&record)).len)
		if (seen->chosen)
			count(&survey->people, text);
	return 0;
}

/* True when a path is in one of the directories that were named. */
bool pm_adopt_is_asked_for(
	const struct pm_adopt_opts *opts, struct pm_slice path)
{
	for (size_t i = 0; i < opts->ndirs; i++) {
		size_t n = strlen(opts->dirs[i]);

		if (n == 0 || (pm_slice_starts(path, opts->dirs[i]) &&
				      (path.len == n || path.ptr[n] == '/')))
			return true;
	}
	return opts->ndirs == 0;
}

/* The policy names where documents lie: those that are not there it would
   leave out for everybody. */
static void tell_sparse(struct pm_ctx *ctx, const struct pm_snapshot *snap)
{
	size_t n = pm_snapshot_left_out(snap);

	if (n)
		pm_notice(ctx,
			"%zu Markdown file%s left out by the sparse checkout "
			"and not looked at ('git sparse-checkout disable' "
			"first, if post-mortems are among %s)",
			n, n == 1 ? " is" : "s are", n == 1 ? "it" : "them");
}

int pm_survey_read(struct pm_survey *survey)
{
	struct pm_ctx *ctx = survey->ctx;
	struct pm_snapshot_opts snap_opts = PM_SNAPSHOT_OPTS_INIT;
	struct pm_policy *policy = NULL;
	struct job job = {.survey = survey};
	struct pm_pool pool = {
		.data = &job,
		.start = start,
		.work = work,
		.done = done,
		.help = pm_snapshot_help,
	};
	int ret = pm_policy_parse(ctx, pm_slice_str(everything), &policy);

	snap_opts.policy = policy;
	if (ret == 0)
		ret = pm_snapshot_open(
			ctx, survey->repo, &snap_opts, &job.snap);
	for (size_t i = 0; ret == 0 && i < pm_snapshot_count(job.snap); i++)
		if (pm_adopt_is_asked_for(survey->opts,
			    pm_slice_str(pm_snapshot_doc(job.snap, i)->path)))
			*pm_vec_push(&job.docs) = i;
	if (ret == 0)
		tell_sparse(ctx, job.snap);
	pool.nitems = job.docs.len;
	pool.help_data = job.snap;
	if (ret == 0)
		ret = pm_pool_run(ctx, &pool);
	if (ret == 0)
		ret = pm_survey_bare(survey, job.snap);
	if (ret == 0 && job.nbroken > BROKEN_MOST)
		pm_notice(ctx, "%zu more files are left out",
			job.nbroken - BROKEN_MOST);
	pm_vec_release(&job.docs);
	pm_snapshot_free(job.snap);
	pm_policy_free(policy);
	return ret;
}

struct pm_map pm_survey_dirs(const struct pm_survey *survey)
{
	struct pm_map dirs = PM_MAP_INIT;

	for (size_t i = 0; i < survey->files.len; i++)
		if (survey->files.items[i].chosen)
			pm_map_put(&dirs,
				pm_path_dir(survey->files.items[i].path), NULL);
	return dirs;
}

void pm_survey_release(struct pm_survey *survey)
{
	pm_vec_release(&survey->files);
	pm_vec_release(&survey->globs);
	pm_vec_release(&survey->exclude);
	pm_vec_release(&survey->bare);
	pm_map_release(&survey->severities);
	pm_map_release(&survey->people);
	pm_map_release(&survey->headings);
	pm_arena_release(&survey->arena);
}
