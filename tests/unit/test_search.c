/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Search and list over three documents: what is found, in which order, with
 * which section, line and snippet, and what a list says of a document.
 */
#include "indexing.h"

static void test_section_and_line(void **state)
{
	struct fixture *f = *state;

	finds(f, "dry",
		"2026-11-01-checkout:38 [Root causes] The connection pool ran "
		"<dry> because of a db-outage in a C++ proxy.\n");
	finds(f, "\"connection pool\"",
		"2026-11-01-checkout:37 [Root causes] The <connection> <pool> "
		"ran dry because of a db-outage in a C++ proxy.\n");
	finds(f, "watched",
		"2026-11-01-checkout:42 [Contributing] Nobody <watched> the "
		"queue length.\n");
	finds(f, "\"drain was\"",
		"2026-11-01-checkout:43 [Contributing] kubectl <drain> <was> "
		"run twice.\n");
}

/* A phrase that a line break cuts is one phrase. */
static void test_across_lines(void **state)
{
	finds(*state, "\"pool ran dry\"",
		"2026-11-01-checkout:37 [Root causes] The connection <pool> "
		"<ran> <dry> because of a db-outage in a C++ proxy.\n");
}

static void test_front_matter(void **state)
{
	struct fixture *f = *state;

	finds(f, "skipped",
		"2026-11-01-checkout:17 [] The canary <skipped> a shard\n");
	finds(f, "\"reject a config\"",
		"2026-11-01-checkout:21 [] <Reject> <a> <config> without a "
		"shard\n");
	finds(f, "answered",
		"2026-11-01-checkout:4 [] Checkout <answered> "
		"500\n");
}

static void test_as_written(void **state)
{
	struct fixture *f = *state;
	static const char *const queries[] = {"db-outage", "\"C++ proxy\"",
		"proxy C++", "DB-Outage", "db-out*", "\"a db\""};

	for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
		struct pm_index *index = open_index(f);

		lists_in(f, index, queries[i], "2026-11-01-checkout\n");
		pm_index_free(index);
	}
	lists(f, "node.js", "2026-11-01-checkout\n");
	lists(f, "2026-11-10", "");
	lists(f, "2026-11-01T10:09Z", "2026-11-01-checkout\n");
	lists(f, "outage-db", "");
}

static void test_diacritics(void **state)
{
	static const char snippet[] =
		"2026-11-01-checkout:33 [Summary] Shoppers in "
		"<caf\xc3\xa9s> saw errors from node.js.\n";
	struct fixture *f = *state;

	finds(f, "cafes", snippet);
	finds(f, "CAF\xc3\x89S", snippet);
	finds(f, "cafe\xcc\x81s", snippet);
}

/* All words must match; the best document comes first. */
static void test_order(void **state)
{
	struct fixture *f = *state;
	struct pm_index *index = open_index(f);

	finds_in(f, index, "checkout",
		"2026-11-01-checkout:4 [] <Checkout> answered 500\n"
		"2024-07-01-mail:3 [] The queue length grew and the "
		"<checkout> sent no mail.\n");
	finds_in(f, index, "queue length mail",
		"2024-07-01-mail:3 [] The <queue> <length> grew and the "
		"checkout sent no <mail>.\n");
	finds_in(f, index, "connection pool -timeout",
		"2026-11-01-checkout:37 [Root causes] The <connection> <pool> "
		"ran dry because of a db-outage in a C++ proxy.\n");
	pm_index_free(index);
}

static void test_columns(void **state)
{
	struct fixture *f = *state;
	struct pm_index *index = open_index(f);

	lists_in(f, index, "connection",
		"2026-11-01-checkout\n2025-03-02-search\n");
	lists_in(f, index, "causes:connection", "2026-11-01-checkout\n");
	lists_in(f, index, "summary:connection", "2025-03-02-search\n");
	lists_in(f, index, "causes:queue", "2026-11-01-checkout\n");
	lists_in(f, index, "actions:reject", "2026-11-01-checkout\n");
	lists_in(f, index, "title:mail", "2024-07-01-mail\n");
	lists_in(f, index, "-causes:pool", "2024-07-01-mail\n");
	finds_in(f, index, "causes:pool -timeout",
		"2026-11-01-checkout:37 [Root causes] The connection <pool> "
		"ran dry because of a db-outage in a C++ proxy.\n");
	pm_index_free(index);
}

static void test_filters(void **state)
{
	struct fixture *f = *state;
	struct pm_index *index = open_index(f);

	lists_in(f, index, "severity<=SEV2", "2026-11-01-checkout\n");
	lists_in(f, index, "severity>SEV1", "2025-03-02-search\n");
	lists_in(f, index, "-severity:SEV1",
		"2025-03-02-search\n2024-07-01-mail\n");
	lists_in(f, index, "status:draft", "2025-03-02-search\n");
	lists_in(f, index, "status:draft,final",
		"2026-11-01-checkout\n2025-03-02-search\n");
	lists_in(f, index, "service:checkout service:payments",
		"2026-11-01-checkout\n");
	lists_in(f, index, "kind:near-miss", "2025-03-02-search\n");
	lists_in(f, index, "trigger:config-push", "2026-11-01-checkout\n");
	lists_in(f, index, "trigger:unknown", "");
	lists_in(f, index, "cause:config-change", "2026-11-01-checkout\n");
	lists_in(f, index, "tag:CDN", "2026-11-01-checkout\n");
	lists_in(f, index, "tag:cd", "");
	pm_index_free(index);
}

static void test_people(void **state)
{
	struct fixture *f = *state;
	struct pm_index *index = open_index(f);

	lists_in(f, index, "owner:@ana", "2026-11-01-checkout\n");
	lists_in(f, index, "owner:Bo", "2026-11-01-checkout\n");
	lists_in(f, index, "owner:@cem", "2025-03-02-search\n");
	lists_in(f, index, "owner:TBD", "");
	pm_index_free(index);
}

static void test_dates(void **state)
{
	struct fixture *f = *state;
	struct pm_index *index = open_index(f);

	lists_in(f, index, "after:2026-11-01", "2026-11-01-checkout\n");
	lists_in(f, index, "after:2026-11-02", "");
	lists_in(f, index, "before:2026-11-01",
		"2025-03-02-search\n2024-07-01-mail\n");
	lists_in(f, index, "started:2025", "2025-03-02-search\n");
	lists_in(f, index, "started<=2024-07-01", "2024-07-01-mail\n");
	lists_in(f, index, "started<2024-07-01", "");
	pm_index_free(index);
}

static void test_has(void **state)
{
	struct fixture *f = *state;
	struct pm_index *index = open_index(f);

	lists_in(f, index, "has:actions", "2026-11-01-checkout\n");
	lists_in(f, index, "has:overdue", "2026-11-01-checkout\n");
	lists_in(f, index, "-has:overdue",
		"2025-03-02-search\n2024-07-01-mail\n");
	f->ctx->now = NOW - 30 * 86400;
	lists_in(f, index, "has:overdue", "");
	f->ctx->now = NOW;
	pm_index_free(index);
}

static void test_id_and_path(void **state)
{
	struct fixture *f = *state;
	struct pm_index *index = open_index(f);

	lists_in(f, index, "id:2025", "2025-03-02-search\n");
	lists_in(f, index, "id:*-mail", "2024-07-01-mail\n");
	lists_in(f, index, "id:[2]*", "");
	lists_in(f, index, "path:postmortems/2026/", "2026-11-01-checkout\n");
	lists_in(f, index, "path:*/2025/*", "2025-03-02-search\n");
	pm_index_free(index);
}

/* Without words the newest come first, with the summary's beginning. */
static void test_filters_alone(void **state)
{
	finds(*state, "after:2024",
		"2026-11-01-checkout:33 [Summary] Shoppers in caf\xc3\xa9s "
		"saw errors from node.js.\n"
		"2025-03-02-search:15 [Summary] A timeout in the connection "
		"to the replica.\n"
		"2024-07-01-mail:3 [] The queue length grew and the checkout "
		"sent no mail.\n");
}

static void test_wrong(void **state)
{
	struct fixture *f = *state;
	struct pm_index *index = open_index(f);
	int ret;

	ret = pm_index_search(f->ctx, index, "", NULL, show_result, f);
	assert_int_equal(ret, PM_EUSAGE);
	ret = pm_index_search(
		f->ctx, index, "a severity:SEV9", NULL, show_result, f);
	assert_int_equal(ret, PM_EUSAGE);
	assert_int_equal(pm_ctx_error(f->ctx)->pos.col, 12);
	ret = pm_index_list(f->ctx, index, "sevrity:SEV1", show_id, f);
	assert_int_equal(ret, PM_EUSAGE);
	assert_int_equal(pm_ctx_error(f->ctx)->pos.col, 1);
	pm_index_free(index);
}

static void test_limit(void **state)
{
	struct fixture *f = *state;
	struct pm_search_opts opts = {.limit = 1};
	struct pm_index *index = open_index(f);

	assert_int_equal(
		pm_index_search(f->ctx, index, "the", &opts, show_result, f),
		1);
	pm_index_free(index);
}

static int stop(void *data, const struct pm_list_item *item)
{
	(void)item;
	(*(int *)data)++;
	return PM_ESTOP;
}

static void test_stop(void **state)
{
	struct fixture *f = *state;
	struct pm_index *index = open_index(f);
	int given = 0;

	assert_int_equal(
		pm_index_list(f->ctx, index, NULL, stop, &given), PM_ESTOP);
	assert_int_equal(given, 1);
	pm_index_free(index);
}

static int show_item(void *data, const struct pm_list_item *item)
{
	struct fixture *f = data;

	pm_buf_addf(&f->shown, "%.*s|%.*s|%.*s|%.*s|%.*s|%.*s|%.*s\n",
		PM_SLICE_ARG(item->path), PM_SLICE_ARG(item->title),
		PM_SLICE_ARG(item->kind), PM_SLICE_ARG(item->status),
		PM_SLICE_ARG(item->severity), PM_SLICE_ARG(item->owner),
		PM_SLICE_ARG(item->trigger));
	for (size_t i = 0; i < item->nservices; i++)
		pm_buf_addf(
			&f->shown, "%.*s ", PM_SLICE_ARG(item->services[i]));
	for (int i = 0; i < PM_MOMENT_COUNT; i++)
		pm_buf_addf(&f->shown, "%.*s,", PM_SLICE_ARG(item->times[i]));
	for (int i = 0; i < PM_DURATION_COUNT; i++)
		pm_buf_addf(&f->shown, " %d", (int)item->durations[i]);
	pm_buf_addf(&f->shown, " / %d %d %d %d %d\n", (int)item->actions,
		(int)item->actions_open, (int)item->actions_done,
		(int)item->actions_overdue, (int)item->actions_unowned);
	return 0;
}

static void test_item(void **state)
{
	struct fixture *f = *state;
	struct pm_index *index = open_index(f);

	must(f, pm_index_list(f->ctx, index, "after:2025", show_item, f));
	assert_string_equal(f->shown.ptr,
		"postmortems/2026/2026-11-01-checkout.md|Checkout answered "
		"500|incident|final|SEV1|@ana|config-push\n"
		"checkout payments 2026-11-01T10:02Z,2026-11-01T10:09Z,,,"
		"2026-11-01T10:31Z,2026-11-01T11:04Z, 7 -1 -1 29 62 / "
		"3 2 1 1 1\n"
		"postmortems/2025/2025-03-02-search.md|Search was slow|"
		"near-miss|draft|SEV3|cem|\n"
		"search 2025-03-02T08:00+01:00,,,,,, -1 -1 -1 -1 -1 / "
		"0 0 0 0 0\n");
	pm_index_free(index);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup_three, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_section_and_line),
		TEST(test_across_lines),
		TEST(test_front_matter),
		TEST(test_as_written),
		TEST(test_diacritics),
		TEST(test_order),
		TEST(test_columns),
		TEST(test_filters),
		TEST(test_people),
		TEST(test_dates),
		TEST(test_has),
		TEST(test_id_and_path),
		TEST(test_filters_alone),
		TEST(test_wrong),
		TEST(test_limit),
		TEST(test_stop),
		TEST(test_item),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
