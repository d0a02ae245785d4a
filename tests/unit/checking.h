/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the tests of the check share: a repository of their own, the engine
 * run over it as a user has it (files, a snapshot, workers), and examples laid
 * over the complete document (see check/check.h).
 */
#ifndef CHECKING_H
#define CHECKING_H

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/process.h"
#include "base/vec.h"
#include "check/check.h"
#include "pm/check.h"

#define ID      "2026-11-22-checkout-500s"
#define PATH    "postmortems/2026/" ID ".md"
#define EXAMPLE "tests/cases/example/" ID ".md"

/* The team of the examples; its worst incidents want an approval. */
static const char policy[] =
	"severities:\n"
	"  - {name: SEV1, review_days: 3, final_days: 10, action_days: 30,\n"
	"     approvals: 1}\n"
	"  - {name: SEV2, aliases: [P2], review_days: 5, final_days: 14, "
	"action_days: 60}\n"
	"  - {name: SEV3, review_days: 10, final_days: 30, action_days: 90}\n"
	"  - {name: SEV4}\n"
	"departments:\n"
	"  - {name: web-development, people: [\"@ana\"]}\n"
	"  - {name: customer-support, people: [\"@cy\"]}\n"
	"services:\n"
	"  - {name: checkout, department: web-development,\n"
	"     team: \"@acme/checkout\"}\n"
	"people: [\"@ana\", \"@bo\"]\n"
	"action_owner_person: true\n";

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

static inline void read_whole(const char *path, struct pm_buf *out)
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

static inline void write_whole(const char *path, struct pm_slice text)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(text.ptr, 1, text.len, file), text.len);
	assert_int_equal(fclose(file), 0);
}

/* Writes a file of the repository, with the directories above it. */
static inline void put(
	struct fixture *f, const char *path, struct pm_slice text)
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

static inline void put_str(
	struct fixture *f, const char *path, const char *text)
{
	put(f, path, pm_slice_str(text));
}

static inline int remove_one(
	const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static inline void remove_tree(struct fixture *f, const char *path)
{
	char full[128];

	snprintf(full, sizeof full, "%s/%s", f->dir, path);
	nftw(full, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static inline void forget(struct fixture *f)
{
	for (size_t i = 0; i < f->found.len; i++) {
		free(f->found.items[i].path);
		free(f->found.items[i].message);
		free(f->found.items[i].hint);
	}
	f->found.len = 0;
}

static inline char *copy(struct pm_slice text)
{
	return strndup(text.ptr ? text.ptr : "", text.len);
}

static inline int collect(void *data, const struct pm_finding *finding)
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
static inline int check(struct fixture *f, const size_t *docs, size_t ndocs)
{
	struct pm_snapshot_opts snap_opts = PM_SNAPSHOT_OPTS_INIT;
	struct pm_check_opts opts = {
		.docs = docs, .ndocs = ndocs, .finding = collect, .data = f};
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

static inline void check_all(struct fixture *f)
{
	if (check(f, NULL, 0) < 0)
		fail_msg("%s", pm_ctx_error(f->ctx)->message.ptr);
}

static inline size_t count(const struct fixture *f, const char *rule)
{
	size_t n = 0;

	for (size_t i = 0; i < f->found.len; i++)
		n += strcmp(f->found.items[i].rule, rule) == 0;
	return n;
}

static inline const struct found *find(
	const struct fixture *f, const char *rule)
{
	for (size_t i = 0; i < f->found.len; i++)
		if (strcmp(f->found.items[i].rule, rule) == 0)
			return &f->found.items[i];
	fail_msg("no finding of %s", rule);
	return NULL;
}

static inline void print_found(const struct fixture *f)
{
	for (size_t i = 0; i < f->found.len; i++) {
		const struct found *one = &f->found.items[i];

		fprintf(stderr, "%s:%u:%u: %s: %s [%s]\n", one->path, one->line,
			one->col, pm_level_name(one->level), one->message,
			one->rule);
	}
}

/* --- a piece laid over the complete document ---------------------------- */

static inline bool is_key(struct pm_slice line)
{
	return line.len && line.ptr[0] >= 'a' && line.ptr[0] <= 'z' &&
	       pm_slice_find(line, 0, ':') > 0;
}

/* "owner: x" -> "owner" */
static inline struct pm_slice key_of(struct pm_slice line)
{
	ptrdiff_t colon = pm_slice_find(line, 0, ':');

	return pm_slice_sub(line, 0, colon < 0 ? line.len : (size_t)colon);
}

/* Appends lines of text, from the one that begins at *rest, while they belong
   to what begins there: a key with all that is indented, or a section. */
static inline void take_block(
	struct pm_slice *rest, bool section, struct pm_buf *out)
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
static inline bool block_of(struct pm_slice piece, struct pm_slice head,
	bool section, struct pm_buf *out)
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
static inline void lay_keys(
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

static inline void lay_sections(
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
static inline size_t line_off(struct pm_slice text, const char *prefix)
{
	struct pm_slice rest = text, line, at;

	for (at = rest; pm_slice_line(&rest, &line); at = rest)
		if (pm_slice_starts(line, prefix))
			return (size_t)(at.ptr - text.ptr);
	return text.len;
}

/* The whole document that an example stands for (see check/check.h). */
static inline void lay_over(
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

/* Writes the document's own digest where the text says so. */
static inline void fill_digest(struct fixture *f, struct pm_buf *text)
{
	static const char mark[] = "<of this text>";
	struct pm_buf filled = PM_BUF_INIT;
	struct pm_slice rest = pm_buf_slice(text), line;
	struct pm_policy *defaults = NULL;
	struct pm_doc *doc;
	char digest[PM_DIGEST_SIZE];

	if (!strstr(text->ptr, mark))
		return;
	assert_int_equal(
		pm_policy_parse(f->ctx, pm_slice_str(""), &defaults), 0);
	doc = pm_doc_parse(PATH, rest, defaults);
	pm_doc_digest(doc, digest);
	while (pm_slice_line(&rest, &line)) {
		bool has = pm_slice_ends(line, mark);

		if (has)
			line.len -= strlen(mark);
		pm_buf_add_slice(&filled, line);
		pm_buf_addf(&filled, "%s\n", has ? digest : "");
	}
	pm_doc_free(doc);
	pm_policy_free(defaults);
	pm_buf_release(text);
	*text = filled;
}

/* Cuts "# file: PATH" off the top of an example. */
static inline bool file_line(struct pm_slice *piece, struct pm_slice *path)
{
	struct pm_slice rest = *piece, line;

	if (!pm_slice_line(&rest, &line) || !pm_slice_starts(line, "# file: "))
		return false;
	*path = pm_slice_from(line, 8);
	*piece = rest;
	return true;
}

/* Writes an example to where it says it stands, or to PATH. */
static inline void put_example(struct fixture *f, const char *example)
{
	struct pm_slice piece = pm_slice_str(example), path, rest = piece;
	struct pm_buf text = PM_BUF_INIT;
	bool named = false;

	while (file_line(&rest, &path))
		;
	lay_over(pm_buf_slice(&f->base), rest, &text);
	fill_digest(f, &text);
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

static inline void run_git(struct fixture *f, const char *const *argv)
{
	/* Tests may run inside a hook. */
	static const char *const env[] = {"GIT_DIR", "GIT_INDEX_FILE",
		"GIT_WORK_TREE", "GIT_AUTHOR_NAME=A", "GIT_AUTHOR_EMAIL=a@b.c",
		"GIT_COMMITTER_NAME=A", "GIT_COMMITTER_EMAIL=a@b.c", NULL};
	const struct pm_process git = {.argv = argv, .env = env, .dir = f->dir};

	assert_int_equal(pm_process_run(f->ctx, &git), 0);
}

/* Makes what is in the work tree the state before the next change. */
static inline void commit_all(struct fixture *f)
{
	static const char *const add[] = {"git", "add", "-A", NULL};
	static const char *const commit[] = {"git", "-c", "commit.gpgsign=0",
		"commit", "-q", "--no-verify", "-m", "x", NULL};

	run_git(f, add);
	run_git(f, commit);
}

/* Takes the state before away again. */
static inline void forget_commits(struct fixture *f)
{
	static const char *const forget_head[] = {
		"git", "update-ref", "-d", "HEAD", NULL};
	static const char *const forget_index[] = {
		"git", "read-tree", "--empty", NULL};

	run_git(f, forget_head);
	run_git(f, forget_index);
}

/* Cuts the part between "# before" and "# now" off an example. */
static inline char *cut_before(const char **example)
{
	static const char head[] = "# before\n", next[] = "# now\n";
	const char *before = *example + strlen(head);
	const char *now = strstr(*example, next);

	if (strncmp(*example, head, strlen(head)) != 0)
		return NULL;
	assert_non_null(now);
	*example = now + strlen(next);
	return strndup(before, (size_t)(now - before));
}

static inline void check_example(struct fixture *f, const char *example)
{
	const char *now = example;
	char *before = cut_before(&now);

	remove_tree(f, "postmortems");
	if (before) {
		put_example(f, before);
		commit_all(f);
	}
	put_example(f, now);
	check_all(f);
	if (before)
		forget_commits(f);
	free(before);
}

static inline int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	const char *argv[] = {"git", "init", "-q", f->dir, NULL};
	/* Tests may run inside a hook. */
	const char *env[] = {
		"GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", NULL};
	const struct pm_process init = {.argv = argv, .env = env};

	f->ctx = pm_ctx_new();
	f->ctx->now = 1795348800; /* 2026-11-22T12:00:00Z */
	f->base = (struct pm_buf)PM_BUF_INIT;
	read_whole(EXAMPLE, &f->base);
	snprintf(f->dir, sizeof f->dir, "/tmp/pm-check-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	assert_int_equal(pm_process_run(f->ctx, &init), 0);
	put_str(f, ".pm/policy.yaml", policy);
	*state = f;
	return 0;
}

static inline int teardown(void **state)
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

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif
