/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pm init and pm new against real repositories: what is written and kept,
 * values held against the policy, names taken once, paths that stay inside.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/process.h"
#include "pm/scaffold.h"
#include "policy/scan.h"
#include "snapshot/snapshot.h"

/* 2026-11-22 12:00 UTC. */
#define NOW 1795348800

struct fixture {
	struct pm_ctx *ctx;
	struct pm_buf dir;
	struct pm_repo *repo;
};

static const char *dir_env(void *data, const char *name)
{
	(void)data;
	return getenv(name);
}

static void run(struct fixture *f, const char *const *argv)
{
	struct pm_buf out = PM_BUF_INIT;
	struct pm_process process = {
		.argv = argv, .dir = f->dir.ptr, .output = &out};

	assert_int_equal(pm_process_run(f->ctx, &process), 0);
	pm_buf_release(&out);
}

static int setup(void **state)
{
	static const char *const init[] = {"git", "init", "-q", ".", NULL};
	struct fixture *f = calloc(1, sizeof *f);
	char name[] = "/tmp/pm-scaffold.XXXXXX";

	assert_non_null(mkdtemp(name));
	f->ctx = pm_ctx_new();
	f->ctx->now = NOW;
	f->ctx->env = dir_env;
	f->dir = (struct pm_buf)PM_BUF_INIT;
	pm_buf_adds(&f->dir, name);
	run(f, init);
	assert_int_equal(pm_repo_open(f->ctx, f->dir.ptr, &f->repo), 0);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;
	const char *remove[] = {"rm", "-rf", f->dir.ptr, NULL};
	struct pm_process process = {.argv = remove};

	pm_repo_free(f->repo);
	assert_int_equal(pm_process_run(f->ctx, &process), 0);
	pm_buf_release(&f->dir);
	pm_ctx_free(f->ctx);
	free(f);
	return 0;
}

/* Writes a file of the repository. */
static void put(struct fixture *f, const char *path, const char *text)
{
	int root = pm_dir_open(f->ctx, f->dir.ptr);

	assert_true(root >= 0);
	assert_int_equal(pm_file_write_at(f->ctx, root, path,
				 pm_slice_str(text), PM_WRITE_PARENTS),
		0);
	close(root);
}

/* The bytes of a file of the repository; empty when it is not there. */
static struct pm_buf get(struct fixture *f, const char *path)
{
	struct pm_buf full = PM_BUF_INIT, text = PM_BUF_INIT;

	pm_buf_addf(&full, "%s/%s", f->dir.ptr, path);
	if (pm_file_read(f->ctx, full.ptr, 0, &text) < 0)
		pm_ctx_clear(f->ctx);
	pm_buf_release(&full);
	return text;
}

/* pm new with a fresh snapshot; the path is appended to path. */
static int start(
	struct fixture *f, const struct pm_new_opts *opts, struct pm_buf *path)
{
	struct pm_snapshot_opts snap_opts = PM_SNAPSHOT_OPTS_INIT;
	struct pm_snapshot *snap = NULL;
	int code = pm_snapshot_open(f->ctx, f->repo, &snap_opts, &snap);

	if (code == 0)
		code = pm_new(f->ctx, snap, opts, path);
	pm_snapshot_free(snap);
	return code;
}

/* The same, and gives what was written. */
static struct pm_buf made(
	struct fixture *f, const struct pm_new_opts *opts, const char *want)
{
	struct pm_buf path = PM_BUF_INIT, text;
	int code = start(f, opts, &path);

	if (code < 0)
		fail_msg("%s", pm_ctx_error(f->ctx)->message.ptr);
	assert_string_equal(path.ptr, want);
	text = get(f, path.ptr);
	assert_true(text.len > 0);
	pm_buf_release(&path);
	return text;
}

static void has(const struct pm_buf *text, const char *part)
{
	if (!strstr(text->ptr, part))
		fail_msg("no '%s' in:\n%s", part, text->ptr);
}

struct told {
	unsigned written, kept;
};

static void wrote(void *data, const char *path, bool written)
{
	struct told *told = data;

	assert_true(strncmp(path, ".pm/", 4) == 0);
	*(written ? &told->written : &told->kept) += 1;
}

static void test_init(void **state)
{
	struct fixture *f = *state;
	struct told told = {0, 0};
	struct pm_buf text;

	assert_int_equal(pm_init(f->ctx, f->repo, false, wrote, &told), 1);
	assert_int_equal(told.written, 1);
	text = get(f, ".pm/policy.yaml");
	assert_true(pm_slice_eq(pm_buf_slice(&text), pm_policy_default_text()));
	pm_buf_release(&text);
	put(f, ".pm/policy.yaml", "kinds: [incident]\n");
	put(f, ".pm/templates/short.md", "## Ours\n");
	assert_int_equal(pm_init(f->ctx, f->repo, true, wrote, &told), 3);
	assert_int_equal(told.written, 4);
	assert_int_equal(told.kept, 2);
	assert_int_equal(pm_init(f->ctx, f->repo, true, NULL, NULL), 0);
	text = get(f, ".pm/policy.yaml");
	assert_string_equal(text.ptr, "kinds: [incident]\n");
	pm_buf_release(&text);
	text = get(f, ".pm/templates/short.md");
	assert_string_equal(text.ptr, "## Ours\n");
	pm_buf_release(&text);
	text = get(f, ".pm/templates/near-miss.md");
	assert_true(pm_slice_eq(pm_buf_slice(&text),
		*pm_template_builtin(pm_slice_str("near-miss"))));
	pm_buf_release(&text);
}

static void test_new(void **state)
{
	static const char *const services[] = {"Checkout", "search"};
	static const char *const departments[] = {"care", "WEB"};
	struct fixture *f = *state;
	struct pm_new_opts opts = {
		.title = " \"Quotes\": # & *stars* ",
		.severity = "p2",
		.started = "2026-11-21T23:30-05:00",
		.owner = "Ana",
		.incident = "INC-7",
		.services = services,
		.nservices = 2,
		.departments = departments,
		.ndepartments = 2,
	};
	struct pm_buf text;

	put(f, ".pm/policy.yaml",
		"departments: [web, care]\n"
		"services:\n"
		"  - {name: checkout, department: web, team: \"@org/pay\"}\n"
		"  - {name: search, department: web, team: \"@org/pay\"}\n"
		"people: [ana]\n");
	text = made(
		f, &opts, "postmortems/2026/2026-11-21-quotes-and-stars.md");
	has(&text, "\nid: 2026-11-21-quotes-and-stars\n");
	has(&text, "\ntitle: \"\\\"Quotes\\\": # & *stars*\"\n");
	has(&text, "\n# \"Quotes\": # \\& \\*stars\\*\n");
	has(&text, "\nkind: incident\n");
	has(&text, "\nstatus: draft\n");
	has(&text, "\nseverity: SEV2\n");
	has(&text, "\nowner: \"@Ana\"\n");
	has(&text, "\nincident: INC-7\n");
	has(&text, "\n  started: 2026-11-21T23:30-05:00\n");
	has(&text, "\nservices: [checkout, search]\n");
	has(&text, "\ndepartments: [web, care]\n");
	has(&text, "\nparticipants:\n"
		   "  - {person: \"@org/pay\", department: web}\n#");
	has(&text, "\naction_items: []\n");
	pm_buf_release(&text);
}

/* What was not said stays empty, and nothing stands behind the colon. */
static void test_new_bare(void **state)
{
	struct fixture *f = *state;
	struct pm_new_opts opts = {.title = "Queue stopped"};
	struct pm_buf text =
		made(f, &opts, "postmortems/2026/2026-11-22-queue-stopped.md");

	has(&text, "\nseverity:\n");
	has(&text, "\nowner:\n");
	has(&text, "\n  started:\n");
	has(&text, "\nservices: []\n");
	has(&text, "\nparticipants: []\n");
	assert_null(strstr(text.ptr, "{{"));
	assert_null(strstr(text.ptr, "<!-- pm:"));
	assert_null(strstr(text.ptr, " \n"));
	pm_buf_release(&text);
}

static void test_kind_and_template(void **state)
{
	struct fixture *f = *state;
	struct pm_new_opts opts = {.title = "a", .kind = "Near-Miss"};
	struct pm_buf text = made(f, &opts, "postmortems/2026/2026-11-22-a.md");

	has(&text, "\nkind: near-miss\n");
	has(&text, "\n## What stopped it\n");
	pm_buf_release(&text);
	opts = (struct pm_new_opts){.title = "b", .tmpl = "security"};
	text = made(f, &opts, "postmortems/2026/2026-11-22-b.md");
	has(&text, "\nkind: security\n");
	pm_buf_release(&text);
	opts = (struct pm_new_opts){.title = "c", .tmpl = "short"};
	text = made(f, &opts, "postmortems/2026/2026-11-22-c.md");
	has(&text, "\nkind: incident\n");
	has(&text, "\ntemplate: short\n");
	pm_buf_release(&text);
}

/* Every variable there is has a value. */
static void test_every_variable(void **state)
{
	struct fixture *f = *state;
	struct pm_new_opts opts = {.title = "All", .tmpl = "all"};
	struct pm_buf tmpl = PM_BUF_INIT, text;
	size_t n;
	const struct pm_variable *variables = pm_variables(&n);

	pm_buf_adds(&tmpl, "## A\n");
	for (size_t i = 0; i < n; i++)
		pm_buf_addf(&tmpl, "%s={{%s}}\n", variables[i].name,
			variables[i].name);
	put(f, ".pm/templates/all.md", tmpl.ptr);
	text = made(f, &opts, "postmortems/2026/2026-11-22-all.md");
	has(&text, "\nyear=2026\n");
	has(&text, "\nseverity_values=SEV1, SEV2, SEV3, SEV4\n");
	has(&text, "\nstatus_values=draft, review, final\n");
	has(&text, "\ntemplate=all\n");
	pm_buf_release(&tmpl);
	pm_buf_release(&text);
}

static const struct {
	struct pm_new_opts opts;
	int code;
	const char *message;
} wrong[] = {
	{{.title = " \t "}, PM_EUSAGE, "blank"},
	{{.title = "a\033[31m"}, PM_EUSAGE, "U+001B"},
	{{.title = "a\nb"}, PM_EUSAGE, "U+000A"},
	{{.title = "a\xe2\x80\xae"
		   "b"},
		PM_EUSAGE, "U+202E"},
	{{.title = "a\xff"}, PM_EUSAGE, "not UTF-8"},
	{{.title = "x", .severity = "SEV22"}, PM_EUSAGE, "'SEV2'"},
	{{.title = "x", .severity = "zzzzz"}, PM_EUSAGE, "one of: SEV1, SEV2"},
	{{.title = "x", .kind = "incidnt"}, PM_EUSAGE, "'incident'"},
	{{.title = "x", .tmpl = "shrt"}, PM_EUSAGE, "'short'"},
	{{.title = "x", .tmpl = "../../x"}, PM_EUSAGE, "../../x"},
	{{.title = "x", .owner = "a b"}, PM_EUSAGE, "not a person"},
	{{.title = "x", .owner = "anna"}, PM_EUSAGE, "'ana'"},
	{{.title = "x", .started = "soon"}, PM_EUSAGE, "'soon'"},
	{{.title = "x", .started = "2026-02-31T10:00Z"}, PM_EUSAGE, "28 days"},
	{{.title = "x", .incident = "a\nb"}, PM_EUSAGE, "incident"},
	{{.title = "x",
		 .services = (const char *const[]){"sarch"},
		 .nservices = 1},
		PM_EUSAGE, "'search'"},
	{{.title = "x",
		 .departments = (const char *const[]){"wab"},
		 .ndepartments = 1},
		PM_EUSAGE, "'web'"},
};

static void test_wrong(void **state)
{
	struct fixture *f = *state;
	struct stat st;
	struct pm_buf path = PM_BUF_INIT;

	put(f, ".pm/policy.yaml",
		"departments: [web]\nservices: [search]\npeople: [ana]\n");
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		int code = start(f, &wrong[i].opts, &path);

		if (code != wrong[i].code ||
			!strstr(pm_ctx_error(f->ctx)->message.ptr,
				wrong[i].message))
			fail_msg("%zu: %d %s", i, code,
				pm_ctx_error(f->ctx)->message.ptr);
		assert_int_equal(path.len, 0);
	}
	pm_buf_addf(&path, "%s/postmortems", f->dir.ptr);
	assert_int_equal(stat(path.ptr, &st), -1);
	pm_buf_release(&path);
}

static void test_numbers(void **state)
{
	struct fixture *f = *state;
	struct pm_new_opts opts = {.title = "Twice"};
	struct pm_buf text;

	put(f, "postmortems/old/2026-11-22-TWICE-2.md", "# x\n");
	text = made(f, &opts, "postmortems/2026/2026-11-22-twice.md");
	pm_buf_release(&text);
	text = made(f, &opts, "postmortems/2026/2026-11-22-twice-3.md");
	has(&text, "\nid: 2026-11-22-twice-3\n");
	pm_buf_release(&text);
}

/* Many processes, one title: as many files as processes. */
/* hazard: 70 */
static void test_at_once(void **state)
{
	enum { COUNT = 12 };
	struct fixture *f = *state;
	struct pm_new_opts opts = {.title = "Storm"};
	pid_t child[COUNT];

	for (int i = 0; i < COUNT; i++) {
		child[i] = fork();
		if (child[i] == 0) {
			struct pm_repo *repo = NULL;
			struct pm_buf path = PM_BUF_INIT;
			struct fixture own = *f;
			int code = pm_repo_open(f->ctx, f->dir.ptr, &repo);

			own.repo = repo;
			if (code == 0)
				code = start(&own, &opts, &path);
			_exit(code == 0 ? 0 : 1);
		}
	}
	for (int i = 0; i < COUNT; i++) {
		int status;

		assert_int_equal(waitpid(child[i], &status, 0), child[i]);
		assert_int_equal(status, 0);
	}
	for (int i = 1; i <= COUNT; i++) {
		struct pm_buf path = PM_BUF_INIT, id = PM_BUF_INIT, text;

		pm_buf_adds(&id, "2026-11-22-storm");
		if (i > 1)
			pm_buf_addf(&id, "-%d", i);
		pm_buf_addf(&path, "postmortems/2026/%s.md", id.ptr);
		text = get(f, path.ptr);
		pm_buf_adds(&id, "\n");
		has(&text, id.ptr);
		pm_buf_release(&text);
		pm_buf_release(&path);
		pm_buf_release(&id);
	}
}

static void test_directories(void **state)
{
	struct fixture *f = *state;
	struct pm_new_opts opts = {.title = "a"};
	struct pm_buf text, path = PM_BUF_INIT;

	put(f, ".pm/policy.yaml", "documents: [\"docs/pm/*.md\"]\n");
	text = made(f, &opts, "docs/pm/2026-11-22-a.md");
	pm_buf_release(&text);
	put(f, ".pm/policy.yaml", "documents: [\"/*.md\"]\n");
	text = made(f, &opts, "2026-11-22-a.md");
	pm_buf_release(&text);
	put(f, ".pm/policy.yaml",
		"documents: [\"docs/**/*.md\"]\nnew_dir: other\n");
	assert_int_equal(start(f, &opts, &path), PM_EINVALID);
	has(&pm_ctx_error(f->ctx)->message, "no document by the policy");
	assert_int_equal(path.len, 0);
	pm_buf_release(&path);
}

/* A link out of the repository is not followed, and nothing is written. */
/* hazard: 128 */
static void test_link(void **state)
{
	struct fixture *f = *state;
	struct pm_new_opts opts = {.title = "a"};
	struct pm_buf link = PM_BUF_INIT, path = PM_BUF_INIT;
	char outside[] = "/tmp/pm-outside.XXXXXX";

	assert_non_null(mkdtemp(outside));
	pm_buf_addf(&link, "%s/postmortems", f->dir.ptr);
	assert_int_equal(symlink(outside, link.ptr), 0);
	assert_true(start(f, &opts, &path) < 0);
	assert_int_equal(rmdir(outside), 0); /* empty still */
	pm_buf_reset(&link);
	pm_buf_addf(&link, "%s/.pm", f->dir.ptr);
	assert_int_equal(symlink("/tmp", link.ptr), 0);
	assert_true(pm_init(f->ctx, f->repo, false, NULL, NULL) < 0);
	assert_int_equal(access("/tmp/policy.yaml", F_OK), -1);
	pm_buf_release(&link);
	pm_buf_release(&path);
}

static void test_bare(void **state)
{
	static const char *const init[] = {
		"git", "init", "-q", "--bare", "bare.git", NULL};
	struct fixture *f = *state;
	struct pm_new_opts opts = {.title = "a"};
	struct pm_buf path = PM_BUF_INIT;

	run(f, init);
	pm_repo_free(f->repo);
	pm_buf_addf(&path, "%s/bare.git", f->dir.ptr);
	assert_int_equal(pm_repo_open(f->ctx, path.ptr, &f->repo), 0);
	assert_int_equal(pm_init(f->ctx, f->repo, false, NULL, NULL), PM_EBARE);
	pm_buf_reset(&path);
	assert_int_equal(start(f, &opts, &path), PM_EBARE);
	pm_buf_release(&path);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_init),
		TEST(test_new),
		TEST(test_new_bare),
		TEST(test_kind_and_template),
		TEST(test_every_variable),
		TEST(test_wrong),
		TEST(test_numbers),
		TEST(test_at_once),
		TEST(test_directories),
		TEST(test_link),
		TEST(test_bare),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
