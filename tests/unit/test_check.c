/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rules. Every entry's bad example must yield its own rule and no other,
 * its good example nothing at all; the cases in tests/cases/check/ hold what
 * is richer than an example. All of it runs through the engine as a user has
 * it: files in a repository, a snapshot, workers.
 *
 * A case is a directory with doc.md and expect.txt (one finding a line), and
 * policy.yaml where it needs one. PM_UPDATE=1 rewrites what is expected.
 */
#include <ftw.h>
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/path.h"
#include "base/vec.h"
#include "check/check.h"
#include "pm/check.h"

#define ID      "2026-11-22-checkout-500s"
#define PATH    "postmortems/2026/" ID ".md"
#define EXAMPLE "tests/cases/example/" ID ".md"

/* The team of the examples. */
static const char policy[] =
	"departments:\n"
	"  - {name: web-development, people: [\"@ana\"]}\n"
	"  - {name: customer-support, people: [\"@cy\"]}\n"
	"services:\n"
	"  - {name: checkout, department: web-development}\n"
	"people: [\"@ana\", \"@bo\"]\n";

struct found {
	char rule[32];
	enum pm_level level;
	char *path;
	unsigned line, col;
	char *message, *hint;
};

struct fixture {
	char dir[64];
	struct pm_ctx *ctx;
	struct pm_buf base; /* the complete document */
	struct pm_check_totals totals;
	PM_VEC(struct found) found;
};

/* --- a repository to check in ------------------------------------------- */

static void read_whole(const char *path, struct pm_buf *out)
{
	FILE *file = fopen(path, "rb");
	char chunk[4096];
	size_t n;

	if (!file)
		fail_msg("cannot read %s (run the tests from the top)", path);
	while ((n = fread(chunk, 1, sizeof chunk, file)) > 0)
		pm_buf_add(out, chunk, n);
	fclose(file);
}

static void write_whole(const char *path, struct pm_slice text)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(text.ptr, 1, text.len, file), text.len);
	assert_int_equal(fclose(file), 0);
}

/* Writes a file of the repository, with the directories above it. */
static void put(struct fixture *f, const char *path, struct pm_slice text)
{
	struct pm_buf full = PM_BUF_INIT;

	pm_buf_addf(&full, "%s/%s", f->dir, path);
	for (size_t i = strlen(f->dir) + 1; i < full.len; i++) {
		if (full.ptr[i] != '/')
			continue;
		full.ptr[i] = '\0';
		mkdir(full.ptr, 0777);
		full.ptr[i] = '/';
	}
	write_whole(full.ptr, text);
	pm_buf_release(&full);
}

static void put_str(struct fixture *f, const char *path, const char *text)
{
	put(f, path, pm_slice_str(text));
}

static int remove_one(
	const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static void remove_tree(struct fixture *f, const char *path)
{
	char full[128];

	snprintf(full, sizeof full, "%s/%s", f->dir, path);
	nftw(full, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void forget(struct fixture *f)
{
	for (size_t i = 0; i < f->found.len; i++) {
		free(f->found.items[i].path);
		free(f->found.items[i].message);
		free(f->found.items[i].hint);
	}
	f->found.len = 0;
}

static char *copy(struct pm_slice text)
{
	return strndup(text.ptr ? text.ptr : "", text.len);
}

static int collect(void *data, const struct pm_finding *finding)
{
	struct fixture *f = data;
	struct found *found = pm_vec_push(&f->found);

	snprintf(found->rule, sizeof found->rule, "%s", finding->rule);
	found->level = finding->level;
	found->path = copy(finding->path);
	found->line = finding->start.line;
	found->col = finding->start.col;
	found->message = copy(finding->message);
	found->hint = copy(finding->hint);
	assert_true(finding->start.line >= 1 && finding->start.col >= 1);
	assert_true(finding->end.line > finding->start.line ||
		    (finding->end.line == finding->start.line &&
			    finding->end.col >= finding->start.col));
	return 0;
}

/* Checks the named documents, or all; what the engine returned. */
static int check(struct fixture *f, const size_t *docs, size_t ndocs)
{
	struct pm_snapshot_opts snap_opts = PM_SNAPSHOT_OPTS_INIT;
	struct pm_check_opts opts = {docs, ndocs, collect, f};
	struct pm_snapshot *snap = NULL;
	struct pm_repo *repo = NULL;
	int ret;

	forget(f);
	ret = pm_repo_open(f->ctx, f->dir, &repo);
	if (ret == 0)
		ret = pm_snapshot_open(f->ctx, repo, &snap_opts, &snap);
	if (ret == 0)
		ret = pm_check_run(f->ctx, snap, &opts, &f->totals);
	pm_snapshot_free(snap);
	pm_repo_free(repo);
	return ret;
}

static void check_all(struct fixture *f)
{
	if (check(f, NULL, 0) < 0)
		fail_msg("%s", pm_ctx_error(f->ctx)->message.ptr);
}

static size_t count(const struct fixture *f, const char *rule)
{
	size_t n = 0;

	for (size_t i = 0; i < f->found.len; i++)
		n += strcmp(f->found.items[i].rule, rule) == 0;
	return n;
}

static const struct found *find(const struct fixture *f, const char *rule)
{
	for (size_t i = 0; i < f->found.len; i++)
		if (strcmp(f->found.items[i].rule, rule) == 0)
			return &f->found.items[i];
	fail_msg("no finding of %s", rule);
	return NULL;
}

static void print_found(const struct fixture *f)
{
	for (size_t i = 0; i < f->found.len; i++) {
		const struct found *one = &f->found.items[i];

		fprintf(stderr, "%s:%u:%u: %s: %s [%s]\n", one->path, one->line,
			one->col, pm_level_name(one->level), one->message,
			one->rule);
	}
}

/* --- a piece laid over the complete document ---------------------------- */

static bool is_key(struct pm_slice line)
{
	return line.len && line.ptr[0] >= 'a' && line.ptr[0] <= 'z' &&
	       pm_slice_find(line, 0, ':') > 0;
}

/* "owner: x" -> "owner" */
static struct pm_slice key_of(struct pm_slice line)
{
	ptrdiff_t colon = pm_slice_find(line, 0, ':');

	return pm_slice_sub(line, 0, colon < 0 ? line.len : (size_t)colon);
}

/* Appends lines of text, from the one that begins at *rest, while they belong
   to what begins there: a key with all that is indented, or a section. */
static void take_block(struct pm_slice *rest, bool section, struct pm_buf *out)
{
	struct pm_slice line, after = *rest;
	bool first = true;

	while (pm_slice_line(&after, &line)) {
		bool begins = section ? pm_slice_starts(line, "## ") ||
						pm_slice_starts(line, "# ")
				      : is_key(line) ||
						pm_slice_starts(line, "---") ||
						line.len == 0;

		if (begins && !first)
			return;
		first = false;
		pm_buf_add(out, rest->ptr, (size_t)(after.ptr - rest->ptr));
		*rest = after;
	}
	*rest = after;
}

/* True when piece has a block that begins with this key or heading; its text
   then goes to out. */
static bool block_of(struct pm_slice piece, struct pm_slice head, bool section,
	struct pm_buf *out)
{
	struct pm_slice rest = piece, line, at;

	for (at = rest; pm_slice_line(&rest, &line); at = rest) {
		if (section ? !pm_slice_eq(pm_slice_trim(line), head)
			    : !is_key(line) || !pm_slice_eq(key_of(line), head))
			continue;
		take_block(&at, section, out);
		return true;
	}
	return false;
}

/* Keys of the front matter: those of piece instead of, or after, base's. */
static void lay_keys(
	struct pm_slice base, struct pm_slice piece, struct pm_buf *out)
{
	struct pm_slice rest = base, line, peek;
	struct pm_buf old = PM_BUF_INIT;

	for (peek = rest; pm_slice_line(&peek, &line); peek = rest) {
		pm_buf_reset(&old);
		take_block(&rest, false, &old);
		if (!block_of(piece, key_of(line), false, out))
			pm_buf_add_slice(out, pm_buf_slice(&old));
	}
	rest = piece;
	for (peek = rest; pm_slice_line(&peek, &line); peek = rest) {
		pm_buf_reset(&old);
		take_block(&rest, false, &old);
		if (is_key(line) && !block_of(base, key_of(line), false, &old))
			pm_buf_add_slice(out, pm_buf_slice(&old));
	}
	pm_buf_release(&old);
}

static void lay_sections(
	struct pm_slice base, struct pm_slice piece, struct pm_buf *out)
{
	struct pm_slice rest = base, line, peek;
	struct pm_buf old = PM_BUF_INIT;

	for (peek = rest; pm_slice_line(&peek, &line); peek = rest) {
		pm_buf_reset(&old);
		take_block(&rest, true, &old);
		if (pm_slice_starts(line, "## ") &&
			block_of(piece, pm_slice_trim(line), true, out))
			pm_buf_addc(out, '\n');
		else
			pm_buf_add_slice(out, pm_buf_slice(&old));
	}
	pm_buf_release(&old);
}

/* Offset of the first line that begins with prefix, or the end. */
static size_t line_off(struct pm_slice text, const char *prefix)
{
	struct pm_slice rest = text, line, at;

	for (at = rest; pm_slice_line(&rest, &line); at = rest)
		if (pm_slice_starts(line, prefix))
			return (size_t)(at.ptr - text.ptr);
	return text.len;
}

/* The whole document that an example stands for (see check/check.h). */
static void lay_over(
	struct pm_slice base, struct pm_slice piece, struct pm_buf *out)
{
	size_t keys = 4; /* after "---\n" */
	size_t fence = keys + line_off(pm_slice_from(base, keys), "---");
	size_t body = line_off(piece, "#");

	if (pm_slice_starts(piece, "---") || pm_slice_starts(piece, "<!--")) {
		pm_buf_add_slice(out, piece);
		return;
	}
	pm_buf_adds(out, "---\n");
	lay_keys(pm_slice_sub(base, keys, fence - keys),
		pm_slice_sub(piece, 0, body), out);
	if (pm_slice_starts(pm_slice_from(piece, body), "# ")) {
		pm_buf_adds(out, "---\n\n");
		pm_buf_add_slice(out, pm_slice_from(piece, body));
		return;
	}
	lay_sections(
		pm_slice_from(base, fence), pm_slice_from(piece, body), out);
}

/* Cuts "# file: PATH" off the top of an example. */
static bool file_line(struct pm_slice *piece, struct pm_slice *path)
{
	struct pm_slice rest = *piece, line;

	if (!pm_slice_line(&rest, &line) || !pm_slice_starts(line, "# file: "))
		return false;
	*path = pm_slice_from(line, 8);
	*piece = rest;
	return true;
}

/* Writes an example to where it says it stands, or to PATH. */
static void put_example(struct fixture *f, const char *example)
{
	struct pm_slice piece = pm_slice_str(example), path, rest = piece;
	struct pm_buf text = PM_BUF_INIT;
	bool named = false;

	while (file_line(&rest, &path))
		;
	lay_over(pm_buf_slice(&f->base), rest, &text);
	while (file_line(&piece, &path)) {
		char *name = copy(path);

		put(f, name, pm_buf_slice(&text));
		free(name);
		named = true;
	}
	if (!named)
		put(f, PATH, pm_buf_slice(&text));
	pm_buf_release(&text);
}

static void check_example(struct fixture *f, const char *example)
{
	remove_tree(f, "postmortems");
	put_example(f, example);
	check_all(f);
}

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	char command[128];

	f->ctx = pm_ctx_new();
	f->ctx->now = 1795348800; /* 2026-11-22T12:00:00Z */
	f->base = (struct pm_buf)PM_BUF_INIT;
	read_whole(EXAMPLE, &f->base);
	snprintf(f->dir, sizeof f->dir, "/tmp/pm-check-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	snprintf(command, sizeof command, "git init -q %s", f->dir);
	assert_int_equal(system(command), 0);
	put_str(f, ".pm/policy.yaml", policy);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	remove_tree(f, "");
	forget(f);
	pm_vec_release(&f->found);
	pm_buf_release(&f->base);
	pm_ctx_free(f->ctx);
	free(f);
	return 0;
}

/* --- the entries --------------------------------------------------------- */

static void the_complete_document_is_clean(void **state)
{
	struct fixture *f = *state;

	check_example(f, "");
	print_found(f);
	assert_int_equal(f->found.len, 0);
	assert_int_equal(f->totals.documents, 1);
}

static void every_bad_example_breaks_its_rule_alone(void **state)
{
	struct fixture *f = *state;
	size_t n, failed = 0;
	const struct pm_rule_info *const *rules = pm_rules(&n);

	for (size_t i = 0; i < n; i++) {
		check_example(f, rules[i]->bad);
		if (f->found.len && count(f, rules[i]->id) == f->found.len)
			continue;
		fprintf(stderr, "%s: bad example, %zu findings\n", rules[i]->id,
			f->found.len);
		print_found(f);
		failed++;
	}
	assert_int_equal(failed, 0);
}

static void every_good_example_is_clean(void **state)
{
	struct fixture *f = *state;
	size_t n, failed = 0;
	const struct pm_rule_info *const *rules = pm_rules(&n);

	for (size_t i = 0; i < n; i++) {
		check_example(f, rules[i]->good);
		if (f->found.len == 0)
			continue;
		fprintf(stderr, "%s: good example\n", rules[i]->id);
		print_found(f);
		failed++;
	}
	assert_int_equal(failed, 0);
}

static void entries_are_whole_and_sorted(void **state)
{
	size_t n;
	const struct pm_rule_info *const *rules = pm_rules(&n);

	(void)state;
	assert_int_equal(n, 31);
	for (size_t i = 0; i < n; i++) {
		assert_true(
			i == 0 || strcmp(rules[i - 1]->id, rules[i]->id) < 0);
		assert_null(strchr(rules[i]->id, '_'));
		assert_true(strlen(rules[i]->summary) > 10);
		assert_true(strlen(rules[i]->why) > 100);
		assert_non_null(pm_step_name(rules[i]->step));
		assert_ptr_equal(
			pm_rule_find(pm_slice_str(rules[i]->id)), rules[i]);
	}
	assert_null(pm_rule_find(pm_slice_str("action-ovner")));
	assert_string_equal(
		pm_rule_nearest(pm_slice_str("action-ovner")), "action-owner");
	assert_null(pm_rule_nearest(pm_slice_str("something else")));
}

/* --- levels -------------------------------------------------------------- */

static void levels_follow_the_status(void **state)
{
	struct fixture *f = *state;
	static const enum pm_level want[] = {
		PM_LEVEL_WARNING, PM_LEVEL_ERROR, PM_LEVEL_ERROR};
	static const char *const examples[] = {
		"status: draft\nseverity:\n",
		"status: review\nseverity:\n",
		"status: final\nseverity:\n",
	};

	for (size_t i = 0; i < PM_STATUS_COUNT; i++) {
		check_example(f, examples[i]);
		assert_int_equal(f->found.len, 1);
		assert_int_equal(f->found.items[0].level, want[i]);
	}
}

static void an_action_without_owner_is_an_error_in_a_draft(void **state)
{
	struct fixture *f = *state;
	const struct found *found;

	check_example(f, "status: draft\n"
			 "action_items:\n"
			 "  - id: A1\n"
			 "    title: Add the EU shard\n"
			 "    type: prevent\n"
			 "    due: 2026-12-05\n"
			 "    addresses: [C1]\n");
	assert_int_equal(f->found.len, 1);
	found = find(f, "action-owner");
	assert_int_equal(found->level, PM_LEVEL_ERROR);
	assert_string_equal(found->message, "action A1 has no owner");
	assert_string_equal(found->hint, "write: owner: \"@name\"");
	assert_int_equal(found->col, 5);
	assert_int_equal(f->totals.errors, 1);
}

static void a_proposed_action_may_wait_but_not_for_ever(void **state)
{
	struct fixture *f = *state;

#define PROPOSED                                                               \
	"action_items:\n"                                                      \
	"  - id: A1\n"                                                         \
	"    title: Add the EU shard\n"                                        \
	"    type: prevent\n"                                                  \
	"    status: proposed\n"                                               \
	"    addresses: [C1]\n"
	check_example(f, PROPOSED);
	assert_int_equal(f->found.len, 0);
	check_example(f, "status: final\n" PROPOSED);
	assert_int_equal(f->found.len, 1);
	assert_int_equal(find(f, "action-status")->level, PM_LEVEL_WARNING);
}

static void the_policy_sets_levels(void **state)
{
	struct fixture *f = *state;
	struct pm_buf text = PM_BUF_INIT;

	pm_buf_adds(&text, policy);
	pm_buf_adds(&text, "rules:\n"
			   "  field-missing: off\n"
			   "  trigger-missing: {review: note}\n"
			   "  action-status: {final: error}\n");
	put(f, ".pm/policy.yaml", pm_buf_slice(&text));
	check_example(f, "severity:\ntrigger:\n");
	assert_int_equal(f->found.len, 1);
	assert_int_equal(find(f, "trigger-missing")->level, PM_LEVEL_NOTE);
	assert_int_equal(f->totals.notes, 1);
	assert_int_equal(f->totals.errors, 0);
	/* What the policy does not say keeps the rule's own level, and what
	   it says wins over a finding's own. */
	check_example(f, "status: final\ntrigger:\n" PROPOSED);
	assert_int_equal(find(f, "trigger-missing")->level, PM_LEVEL_ERROR);
	assert_int_equal(find(f, "action-status")->level, PM_LEVEL_ERROR);
	put_str(f, ".pm/policy.yaml", policy);
	pm_buf_release(&text);
}

static void the_unknown_rule_is_named_with_its_place(void **state)
{
	struct fixture *f = *state;
	const struct pm_error *error;

	remove_tree(f, "postmortems");
	put_example(f, "");
	put_str(f, ".pm/policy.yaml", "rules:\n  action-ovner: off\n");
	assert_int_equal(check(f, NULL, 0), PM_EINVALID);
	error = pm_ctx_error(f->ctx);
	assert_string_equal(error->path.ptr, ".pm/policy.yaml");
	assert_int_equal(error->pos.line, 2);
	assert_non_null(strstr(error->message.ptr, "'action-owner'"));
	put_str(f, ".pm/policy.yaml", policy);
}

/* --- the engine ---------------------------------------------------------- */

static void a_person_is_one_of_the_policy(void **state)
{
	struct fixture *f = *state;

	check_example(f, "owner: \"@anna\"\n");
	assert_string_equal(find(f, "person-unknown")->hint, "write: \"@ana\"");
	put_str(f, ".pm/policy.yaml", "people: []\n");
	check_example(f, "owner: \"@anna\"\n");
	assert_int_equal(f->found.len, 0);
	put_str(f, ".pm/policy.yaml", policy);
}

static void findings_come_by_path_and_place(void **state)
{
	struct fixture *f = *state;

	remove_tree(f, "postmortems");
	put_str(f, "postmortems/b.md", "---\nid: b\n---\n# B\n\n[x](no.md)\n");
	put_str(f, "postmortems/a.md", "---\nid: z\n---\n# A\n\n[x](no.md)\n");
	check_all(f);
	assert_int_equal(f->totals.documents, 2);
	assert_true(f->found.len > 4);
	for (size_t i = 1; i < f->found.len; i++) {
		const struct found *a = &f->found.items[i - 1];
		const struct found *b = &f->found.items[i];
		int order = strcmp(a->path, b->path);

		assert_true(order <= 0);
		if (order)
			continue;
		assert_true(a->line < b->line ||
			    (a->line == b->line &&
				    (a->col < b->col ||
					    (a->col == b->col &&
						    strcmp(a->rule, b->rule) <=
							    0))));
	}
}

static void named_documents_are_checked_once_each(void **state)
{
	struct fixture *f = *state;
	const size_t docs[] = {1, 0, 1};

	remove_tree(f, "postmortems");
	put_str(f, "postmortems/a.md", "# A\n");
	put_str(f, "postmortems/b.md", "# B\n");
	put_str(f, "postmortems/c.md", "# C\n");
	assert_int_equal(check(f, docs, 3), 0);
	assert_int_equal(f->totals.documents, 2);
	assert_int_equal(count(f, "front-matter-missing"), 2);
	assert_string_equal(f->found.items[0].path, "postmortems/a.md");
}

static void the_number_of_workers_changes_nothing(void **state)
{
	struct fixture *f = *state;
	struct pm_buf one = PM_BUF_INIT, two = PM_BUF_INIT;
	char path[64];

	remove_tree(f, "postmortems");
	for (int i = 0; i < 300; i++) {
		snprintf(path, sizeof path, "postmortems/d%03d.md", i);
		put_str(f, path, "---\nid: x\nowner: @y\n---\n\n- [ ] do it\n");
	}
	for (unsigned jobs = 1; jobs <= 2; jobs++) {
		struct pm_buf *out = jobs == 1 ? &one : &two;

		f->ctx->jobs = jobs;
		check_all(f);
		for (size_t i = 0; i < f->found.len; i++)
			pm_buf_addf(out, "%s:%u:%u %s %s\n",
				f->found.items[i].path, f->found.items[i].line,
				f->found.items[i].col, f->found.items[i].rule,
				f->found.items[i].message);
	}
	f->ctx->jobs = 0;
	assert_true(one.len > 10000);
	assert_true(pm_slice_eq(pm_buf_slice(&one), pm_buf_slice(&two)));
	pm_buf_release(&one);
	pm_buf_release(&two);
}

/* A table whose missing cells the parser would fill in: HAZARDS 78. */
static void put_stalling(struct fixture *f, const char *path)
{
	struct pm_buf text = PM_BUF_INIT;

	for (int i = 0; i < 2000; i++)
		pm_buf_adds(&text, "|x");
	pm_buf_adds(&text, "\n");
	for (int i = 0; i < 2000; i++)
		pm_buf_adds(&text, "|-");
	pm_buf_adds(&text, "\n");
	for (int i = 0; i < 2000; i++)
		pm_buf_adds(&text, "|x|\n");
	put(f, path, pm_buf_slice(&text));
	pm_buf_release(&text);
}

static void a_stalling_document_stops_nobody(void **state)
{
	struct fixture *f = *state;
	const struct found *found;

	remove_tree(f, "postmortems");
	put_str(f, "postmortems/a.md", "# A\n");
	put_stalling(f, "postmortems/b.md");
	put_str(f, "postmortems/c.md", "# C\n");
	check_all(f);
	found = find(f, "document-too-complex");
	assert_string_equal(found->path, "postmortems/b.md");
	assert_int_equal(found->line, 1);
	assert_int_equal(found->level, PM_LEVEL_ERROR);
	assert_int_equal(count(f, "document-too-complex"), 1);
	assert_string_equal(
		f->found.items[f->found.len - 1].path, "postmortems/c.md");
}

static void a_document_that_is_too_large_is_a_finding(void **state)
{
	struct fixture *f = *state;
	struct pm_buf text = PM_BUF_INIT;

	remove_tree(f, "postmortems");
	while (text.len < 300000)
		pm_buf_adds(&text, "some words\n");
	put(f, "postmortems/a.md", pm_buf_slice(&text));
	check_all(f);
	assert_int_equal(f->found.len, 1);
	assert_string_equal(f->found.items[0].rule, "document-too-complex");
	assert_non_null(strstr(f->found.items[0].message, "256"));
	pm_buf_release(&text);
}

static void a_flood_of_findings_is_cut_and_counted(void **state)
{
	struct fixture *f = *state;
	struct pm_buf text = PM_BUF_INIT;

	remove_tree(f, "postmortems");
	pm_buf_adds(&text, "# A\n\n");
	for (int i = 0; i < 5000; i++)
		pm_buf_adds(&text, "x\xe2\x80\x8b y ");
	put(f, "postmortems/a.md", pm_buf_slice(&text));
	check_all(f);
	assert_int_equal(count(f, "invisible-character"), 101);
	assert_string_equal(f->found.items[f->found.len - 1].message,
		"4900 more findings of this rule are not listed");
	pm_buf_release(&text);
}

static void values_in_messages_are_cut(void **state)
{
	struct fixture *f = *state;
	struct pm_buf text = PM_BUF_INIT;

	pm_buf_adds(&text, "kind: ");
	for (int i = 0; i < 5000; i++)
		pm_buf_adds(&text, "x");
	pm_buf_adds(&text, "\n");
	check_example(f, text.ptr);
	assert_true(strlen(find(f, "field-value")->message) < 120);
	pm_buf_release(&text);
}

static int stop(void *data, const struct pm_finding *finding)
{
	(void)finding;
	++*(int *)data;
	return PM_ESTOP;
}

static void a_callback_that_stops_is_obeyed(void **state)
{
	struct fixture *f = *state;
	struct pm_snapshot_opts snap_opts = PM_SNAPSHOT_OPTS_INIT;
	struct pm_snapshot *snap = NULL;
	struct pm_repo *repo = NULL;
	int calls = 0;
	struct pm_check_opts opts = {NULL, 0, stop, &calls};

	remove_tree(f, "postmortems");
	put_str(f, "postmortems/a.md", "# A\n");
	put_str(f, "postmortems/b.md", "# B\n");
	assert_int_equal(pm_repo_open(f->ctx, f->dir, &repo), 0);
	assert_int_equal(pm_snapshot_open(f->ctx, repo, &snap_opts, &snap), 0);
	assert_int_equal(
		pm_check_run(f->ctx, snap, &opts, &f->totals), PM_ESTOP);
	assert_int_equal(calls, 1);
	pm_snapshot_free(snap);
	pm_repo_free(repo);
}

static void a_broken_template_is_an_error_at_its_line(void **state)
{
	struct fixture *f = *state;
	const struct pm_error *error;

	remove_tree(f, "postmortems");
	put_example(f, "");
	put_str(f, ".pm/templates/default.md",
		"# {{title}}\n\n## Impact\n\n<!-- pm: rule=impact -->\n");
	assert_int_equal(check(f, NULL, 0), PM_EINVALID);
	error = pm_ctx_error(f->ctx);
	assert_string_equal(error->path.ptr, ".pm/templates/default.md");
	assert_int_equal(error->pos.line, 5);
	remove_tree(f, ".pm/templates");
}

/* --- times --------------------------------------------------------------- */

static bool before(const char *a, const char *b)
{
	struct pm_time ta, tb;

	assert_int_equal(pm_time_parse(pm_slice_str(a), &ta, NULL), 0);
	assert_int_equal(pm_time_parse(pm_slice_str(b), &tb, NULL), 0);
	return pm_time_before(&ta, &tb);
}

static void times_compare_as_exactly_as_they_are_known(void **state)
{
	(void)state;
	assert_true(before("2026-11-22T10:02Z", "2026-11-22T10:03Z"));
	assert_false(before("2026-11-22T10:02Z", "2026-11-22T10:02Z"));
	assert_false(before("2026-11-22T10:03Z", "2026-11-22T10:02Z"));
	assert_true(before("2026-11-22T11:02+01:00", "2026-11-22T10:03Z"));
	assert_false(before("2026-11-22T10:02:10Z", "2026-11-22T10:02Z"));
	assert_true(before("2026-11-22T10:02:10Z", "2026-11-22T10:02:11Z"));
	assert_false(before("2026-11-22", "2026-11-22T10:02Z"));
	assert_true(before("2026-11-21", "2026-11-22T10:02Z"));
	assert_false(before("unknown", "2026-11-22T10:02Z"));
	assert_false(before("~2026-11-22T10:02Z", "2026-11-22T10:30Z"));
	assert_true(before("~2026-11-22T10:02Z", "2026-11-22T11:30Z"));
	assert_true(before("1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z"));
}

/* --- cases --------------------------------------------------------------- */

static void write_case(const struct fixture *f, struct pm_buf *out)
{
	for (size_t i = 0; i < f->found.len; i++) {
		const struct found *one = &f->found.items[i];

		pm_buf_addf(out, "%u:%u: %s: %s [%s]\n", one->line, one->col,
			pm_level_name(one->level), one->message, one->rule);
		if (*one->hint)
			pm_buf_addf(out, "\t%s\n", one->hint);
	}
}

/* Runs one case; true when the findings are those expected. */
static bool run_case(struct fixture *f, const char *dir)
{
	struct pm_buf text = PM_BUF_INIT, want = PM_BUF_INIT, got = PM_BUF_INIT;
	char path[256];
	bool same;

	remove_tree(f, "postmortems");
	snprintf(path, sizeof path, "%s/doc.md", dir);
	read_whole(path, &text);
	put(f, PATH, pm_buf_slice(&text));
	pm_buf_reset(&text);
	snprintf(path, sizeof path, "%s/policy.yaml", dir);
	if (access(path, R_OK) == 0)
		read_whole(path, &text);
	else
		pm_buf_adds(&text, policy);
	put(f, ".pm/policy.yaml", pm_buf_slice(&text));
	check_all(f);
	write_case(f, &got);
	snprintf(path, sizeof path, "%s/expect.txt", dir);
	if (getenv("PM_UPDATE"))
		write_whole(path, pm_buf_slice(&got));
	read_whole(path, &want);
	same = pm_slice_eq(pm_buf_slice(&want), pm_buf_slice(&got));
	if (!same)
		fprintf(stderr, "%s: expected\n%s%s: got\n%s", dir, want.ptr,
			dir, got.ptr);
	pm_buf_release(&text);
	pm_buf_release(&want);
	pm_buf_release(&got);
	return same;
}

static void cases(void **state)
{
	struct fixture *f = *state;
	glob_t found;
	size_t failed = 0;

	assert_int_equal(glob("tests/cases/check/*/", 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		size_t len = strlen(found.gl_pathv[i]);

		found.gl_pathv[i][len - 1] = '\0';
		failed += !run_case(f, found.gl_pathv[i]);
	}
	globfree(&found);
	put_str(f, ".pm/policy.yaml", policy);
	assert_int_equal(failed, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_complete_document_is_clean),
		TEST(every_bad_example_breaks_its_rule_alone),
		TEST(every_good_example_is_clean),
		TEST(entries_are_whole_and_sorted),
		TEST(levels_follow_the_status),
		TEST(an_action_without_owner_is_an_error_in_a_draft),
		TEST(a_proposed_action_may_wait_but_not_for_ever),
		TEST(the_policy_sets_levels),
		TEST(the_unknown_rule_is_named_with_its_place),
		TEST(a_person_is_one_of_the_policy),
		TEST(findings_come_by_path_and_place),
		TEST(named_documents_are_checked_once_each),
		TEST(the_number_of_workers_changes_nothing),
		TEST(a_stalling_document_stops_nobody),
		TEST(a_document_that_is_too_large_is_a_finding),
		TEST(a_flood_of_findings_is_cut_and_counted),
		TEST(values_in_messages_are_cut),
		TEST(a_callback_that_stops_is_obeyed),
		TEST(a_broken_template_is_an_error_at_its_line),
		TEST(times_compare_as_exactly_as_they_are_known),
		TEST(cases),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
