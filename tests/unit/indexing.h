/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the tests of the index share: a scratch repository with a few
 * documents, git as a user would run it, and searches and lists shown as
 * text. The environment is the fixture's own, so that the cache directory can
 * be taken away.
 */
#ifndef INDEXING_H
#define INDEXING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/process.h"
#include "index/private.h"

/* 2026-11-22 12:00 UTC. */
#define NOW 1795348800

struct fixture {
	struct pm_ctx *ctx;
	struct pm_buf dir;   /* of the repository */
	struct pm_buf cache; /* XDG_CACHE_HOME; empty: there is none */
	struct pm_buf db;    /* path of the index */
	struct pm_repo *repo;
	struct pm_buf shown;
	struct pm_buf notices;
};

static const char checkout[] =
	"---\n"
	"schema: 1\n"
	"id: 2026-11-01-checkout\n"
	"title: Checkout answered 500\n"
	"kind: incident\n"
	"status: final\n"
	"severity: SEV1\n"
	"owner: \"@ana\"\n"
	"services: [checkout, payments]\n"
	"times:\n"
	"  started: 2026-11-01T10:02Z\n"
	"  detected: 2026-11-01T10:09Z\n"
	"  mitigated: 2026-11-01T10:31Z\n"
	"  resolved: 2026-11-01T11:04Z\n"
	"trigger: config-push\n"
	"causes:\n"
	"  - {id: C1, kind: config-change, text: The canary skipped a shard}\n"
	"tags: [cdn]\n"
	"action_items:\n"
	"  - id: A1\n"
	"    title: Reject a config without a shard\n"
	"    owner: \"@bo\"\n"
	"    due: 2026-11-10\n"
	"    status: open\n"
	"  - {id: A2, title: Page somebody, owner: TBD, status: open}\n"
	"  - {id: A3, title: Write it down, owner: \"@ana\", status: done}\n"
	"---\n"
	"\n"
	"# Checkout answered 500\n"
	"\n"
	"## Summary\n"
	"\n"
	"Shoppers in caf\xc3\xa9s saw errors from node.js.\n"
	"\n"
	"## Root causes\n"
	"\n"
	"The connection pool\n"
	"ran dry because of a db-outage in a *C++* proxy.\n"
	"\n"
	"### Contributing\n"
	"\n"
	"- Nobody watched the queue length.\n"
	"- `kubectl drain` was run twice.\n";

static const char search_slow[] =
	"---\n"
	"title: Search was slow\n"
	"kind: near-miss\n"
	"status: draft\n"
	"severity: SEV3\n"
	"owner: cem\n"
	"services: [search]\n"
	"times:\n"
	"  started: 2025-03-02T08:00+01:00\n"
	"---\n"
	"# Search was slow\n"
	"\n"
	"## Summary\n"
	"\n"
	"A timeout in the connection to the replica.\n"
	"\n"
	"## Root causes\n"
	"\n"
	"An index was missing; the pool was fine.\n";

static const char plain[] =
	"# Mail queue stuck\n"
	"\n"
	"The queue length grew and the checkout sent no mail.\n";

static inline const char *test_env(void *data, const char *name)
{
	struct fixture *f = data;

	if (!strcmp(name, "XDG_CACHE_HOME"))
		return f->cache.len ? f->cache.ptr : NULL;
	if (!strcmp(name, "HOME"))
		return NULL;
	return getenv(name);
}

static inline void test_notice(void *data, const char *line)
{
	struct fixture *f = data;

	pm_buf_addf(&f->notices, "%s\n", line);
}

/* Runs a program in the repository; its output is dropped. */
static inline void run(struct fixture *f, const char *const *argv)
{
	static const char *const env[] = {
		"GIT_AUTHOR_NAME=Ana",
		"GIT_AUTHOR_EMAIL=ana@example.org",
		"GIT_COMMITTER_NAME=Ana",
		"GIT_COMMITTER_EMAIL=ana@example.org",
		NULL,
	};
	struct pm_buf out = PM_BUF_INIT;
	struct pm_process process = {
		.argv = argv, .env = env, .dir = f->dir.ptr, .output = &out};

	assert_int_equal(pm_process_run(f->ctx, &process), 0);
	pm_buf_release(&out);
}

/* git with up to five arguments. */
#define git(f, ...) run((f), (const char *const[]){"git", __VA_ARGS__, NULL})

static inline void put(struct fixture *f, const char *path, const char *text)
{
	int root = pm_dir_open(f->ctx, f->dir.ptr);

	assert_true(root >= 0);
	assert_int_equal(pm_file_write_at(f->ctx, root, path,
				 pm_slice_str(text), PM_WRITE_PARENTS),
		0);
	close(root);
}

static inline void commit_all(struct fixture *f)
{
	git(f, "add", "-A");
	git(f, "commit", "-q", "-m", "x");
}

/* An empty repository, opened. */
static inline int setup_empty(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	char name[] = "/tmp/pm-index.XXXXXX";

	assert_non_null(mkdtemp(name));
	f->ctx = pm_ctx_new();
	f->ctx->now = NOW;
	f->ctx->env = test_env;
	f->ctx->env_data = f;
	f->ctx->notice = test_notice;
	f->ctx->notice_data = f;
	f->dir = f->cache = f->db = (struct pm_buf)PM_BUF_INIT;
	f->shown = f->notices = (struct pm_buf)PM_BUF_INIT;
	pm_buf_addf(&f->dir, "%s/repo", name);
	assert_int_equal(mkdir(f->dir.ptr, 0777), 0);
	git(f, "init", "-q", ".");
	assert_int_equal(pm_repo_open(f->ctx, f->dir.ptr, &f->repo), 0);
	pm_index_path(f->ctx, f->repo, &f->db);
	*state = f;
	return 0;
}

/* With three documents committed. */
static inline int setup_three(void **state)
{
	setup_empty(state);
	put(*state, "postmortems/2026/2026-11-01-checkout.md", checkout);
	put(*state, "postmortems/2025/2025-03-02-search.md", search_slow);
	put(*state, "postmortems/2024-07-01-mail.md", plain);
	put(*state, "NOTES.md", "# Not a document about timeouts\n");
	commit_all(*state);
	return 0;
}

static inline int teardown(void **state)
{
	struct fixture *f = *state;
	char *top = strndup(f->dir.ptr, f->dir.len - strlen("/repo"));
	const char *const remove[] = {"rm", "-rf", top, NULL};
	struct pm_process process = {.argv = remove, .dir = "/"};

	pm_repo_free(f->repo);
	assert_int_equal(pm_process_run(f->ctx, &process), 0);
	free(top);
	pm_buf_release(&f->dir);
	pm_buf_release(&f->cache);
	pm_buf_release(&f->db);
	pm_buf_release(&f->shown);
	pm_buf_release(&f->notices);
	pm_ctx_free(f->ctx);
	free(f);
	return 0;
}

static inline void must(struct fixture *f, int ret)
{
	if (ret < 0)
		fail_msg("%s", pm_ctx_error(f->ctx)->message.ptr);
}

static inline struct pm_index *open_index(struct fixture *f)
{
	struct pm_index *index;

	pm_buf_reset(&f->notices);
	must(f, pm_index_open(f->ctx, f->repo, PM_INDEX_DEFAULT, &index));
	return index;
}

/* "id:line [section] snippet" with <marks>, one line a result. */
static inline int show_result(void *data, const struct pm_search_result *result)
{
	struct fixture *f = data;

	pm_buf_addf(&f->shown, "%.*s:%u [%.*s] ", PM_SLICE_ARG(result->id),
		result->line, PM_SLICE_ARG(result->section));
	for (size_t i = 0; i < result->snippet.len; i++) {
		char c = result->snippet.ptr[i];

		pm_buf_addc(&f->shown, c == 1 ? '<' : c == 2 ? '>' : c);
	}
	pm_buf_addc(&f->shown, '\n');
	return 0;
}

static inline int show_id(void *data, const struct pm_list_item *item)
{
	struct fixture *f = data;

	pm_buf_addf(&f->shown, "%.*s\n", PM_SLICE_ARG(item->id));
	return 0;
}

/* What a search in an open index gives, as text. */
static inline void finds_in(struct fixture *f, struct pm_index *index,
	const char *query, const char *expect)
{
	pm_buf_reset(&f->shown);
	must(f, pm_index_search(f->ctx, index, query, NULL, show_result, f));
	assert_string_equal(f->shown.ptr, expect);
}

static inline void lists_in(struct fixture *f, struct pm_index *index,
	const char *query, const char *expect)
{
	pm_buf_reset(&f->shown);
	must(f, pm_index_list(f->ctx, index, query, show_id, f));
	assert_string_equal(f->shown.ptr, expect);
}

/* The same as a command does it: opens, asks, closes. */
static inline void finds(
	struct fixture *f, const char *query, const char *expect)
{
	struct pm_index *index = open_index(f);

	finds_in(f, index, query, expect);
	pm_index_free(index);
}

static inline void lists(
	struct fixture *f, const char *query, const char *expect)
{
	struct pm_index *index = open_index(f);

	lists_in(f, index, query, expect);
	pm_index_free(index);
}

#endif
