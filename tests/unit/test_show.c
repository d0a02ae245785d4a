/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pm show: a document as it was read, in JSON, and as written, made safe.
 */
#include "checking.h"

#include "pm/show.h"

static int to_buffer(void *data, struct pm_slice bytes)
{
	pm_buf_add_slice(data, bytes);
	return 0;
}

/* Shows the document PATH; what pm_show returned. */
static int show(struct fixture *f, const char *format, const char *section,
	struct pm_buf *out)
{
	struct pm_snapshot_opts snap_opts = PM_SNAPSHOT_OPTS_INIT;
	struct pm_show_opts opts = {.section = section,
		.report = {
			.format = format, .sink = to_buffer, .sink_data = out}};
	struct pm_snapshot *snap = NULL;
	struct pm_repo *repo = NULL;
	int ret;

	pm_buf_reset(out);
	assert_int_equal(pm_repo_open(f->ctx, f->dir, &repo), 0);
	assert_int_equal(pm_snapshot_open(f->ctx, repo, &snap_opts, &snap), 0);
	assert_int_equal(pm_snapshot_count(snap), 1);
	ret = pm_show(f->ctx, snap, 0, &opts);
	pm_snapshot_free(snap);
	pm_repo_free(repo);
	return ret;
}

static void assert_has(const struct pm_buf *out, const char *text)
{
	if (!strstr(out->ptr, text))
		fail_msg("no '%s' in %s", text, out->ptr);
}

static void fields_have_their_names(void **state)
{
	struct fixture *f = *state;
	struct pm_buf out = PM_BUF_INIT;

	put_example(f, "owner: ana\n"
		       "times:\n"
		       "  started: ~2026-11-22T11:02+01:00\n"
		       "  detected: unknown\n"
		       "evidence:\n"
		       "  - {file: a.svg, source: nginx}\n"
		       "approvals:\n"
		       "  - {by: bo, at: 2026-11-23T09:00Z, digest: sha256:0}\n"
		       "allow: [{rule: secret, reason: a fixture}]\n");
	assert_int_equal(show(f, "json", NULL, &out), 0);
	assert_int_equal(strncmp(out.ptr,
				 "{\"schema\": 1, \"path\": \"" PATH "\", "
				 "\"id\": \"" ID "\", \"title\": ",
				 60),
		0);
	assert_has(&out, "\"owner\": \"@ana\"");
	assert_has(&out, "\"severity\": \"SEV2\"");
	assert_has(&out, "\"services\": []");
	assert_has(&out, "\"times\": {\"started\": "
			 "\"~2026-11-22T11:02+01:00\", \"detected\": "
			 "\"unknown\", \"acknowledged\": null");
	assert_has(&out, "\"causes\": [{\"id\": \"C1\", \"kind\": "
			 "\"config-change\", \"text\": ");
	assert_has(&out, "\"impact\": {\"users\": 12000, "
			 "\"requests_failed\": 48210, \"note\": \"EU only\"}");
	assert_has(&out, "\"evidence\": [{\"file\": \"a.svg\", \"sha256\": "
			 "null, \"source\": \"nginx\", \"from\": null, "
			 "\"to\": null}]");
	assert_has(&out, "\"by\": \"@bo\", \"at\": \"2026-11-23T09:00Z\", "
			 "\"digest\": \"sha256:0\", \"stale\": true}]");
	assert_has(&out, "\"rule\": \"secret\", \"reason\": \"a fixture\", "
			 "\"by\": null, \"until\": null, \"where\": null}]");
	assert_has(&out, "\"participants\": [{\"person\": \"@ana\", "
			 "\"department\": \"web-development\"");
	pm_buf_release(&out);
}

static void the_body_has_its_lines(void **state)
{
	struct fixture *f = *state;
	struct pm_buf out = PM_BUF_INIT;

	put_example(f,
		"## Timeline\n\n"

		"- 2026-11-22 11:02+01:00 the push is live (deploy log)\n"
		"- ~2026-11-22 11:09 - 11:12 the alert fires\n\n"
		"## What went well\n\n"
		"TODO\n");
	assert_int_equal(show(f, "json", NULL, &out), 0);
	assert_has(&out, "\"heading\": \"Impact\", \"role\": \"impact\", ");
	assert_has(&out, "\"heading\": \"What went well\", \"role\": "
			 "\"went_well\", \"words\": 0, \"empty\": true}");
	assert_has(&out, "\"time\": \"2026-11-22T11:02\", \"offset\": "
			 "\"+01:00\", \"end\": null, \"approximate\": false, "
			 "\"text\": \"the push is live\", \"source\": "
			 "\"deploy log\"}");
	assert_has(&out, "\"end\": \"2026-11-22T11:12\", \"approximate\": "
			 "true, ");
	assert_has(&out, "\"id\": \"A1\", \"title\": \"Reject a config that "
			 "drops a shard in the presubmit check\", \"type\": "
			 "\"prevent\", \"owner\": \"@bo\", \"due\": "
			 "\"2026-12-05\", \"status\": \"open\", \"priority\": "
			 "\"P1\", \"tracker\": null, \"addresses\": "
			 "[\"C1\"]}");
	pm_buf_release(&out);
}

static void actions_of_the_body_say_what_they_say(void **state)
{
	struct fixture *f = *state;
	struct pm_buf out = PM_BUF_INIT;

	put_example(f, "action_items: []\n"
		       "## Action items\n\n"
		       "- [ ] Alert per region\n"
		       "- [x] Roll back. Owner: @ana\n");
	assert_int_equal(show(f, "json", NULL, &out), 0);
	assert_has(&out, "\"id\": null, \"title\": \"Alert per region\", "
			 "\"type\": null, \"owner\": null, \"due\": null, "
			 "\"status\": \"open\"");
	assert_has(&out, "\"owner\": \"@ana\", \"due\": null, \"status\": "
			 "\"done\"");
	pm_buf_release(&out);
}

static void text_is_the_document_made_safe(void **state)
{
	struct fixture *f = *state;
	struct pm_buf out = PM_BUF_INIT;

	put_str(f, PATH, "# A\n\n\ttab \x1b[2J \xe2\x80\xae\n::error::x\n");
	assert_int_equal(show(f, NULL, NULL, &out), 0);
	assert_string_equal(
		out.ptr, "# A\n\n\ttab \\x1b[2J \\u202e\n\\x3a:error::x\n");
	pm_buf_release(&out);
}

static void one_section_alone(void **state)
{
	struct fixture *f = *state;
	struct pm_buf out = PM_BUF_INIT;

	put_example(f, "## Impact\n\nNone.\n\n### Customers\n\nNone.\n");
	assert_int_equal(show(f, NULL, "impact", &out), 0);
	assert_string_equal(
		out.ptr, "## Impact\n\nNone.\n\n### Customers\n\nNone.\n\n");
	assert_int_equal(show(f, "json", "impact", &out), 0);
	assert_has(&out, "\"sections\": [{\"line\": ");
	assert_has(&out, "\"text\": \"## Impact\\n\\nNone.\\n");
	assert_null(strstr(out.ptr, "\"heading\": \"Summary\""));
	pm_buf_release(&out);
}

static void a_section_that_is_not_there(void **state)
{
	struct fixture *f = *state;
	struct pm_buf out = PM_BUF_INIT;

	put_example(f, "");
	assert_int_equal(show(f, NULL, "background", &out), PM_ENOTFOUND);
	assert_non_null(
		strstr(pm_ctx_error(f->ctx)->message.ptr, "'background'"));
	assert_int_equal(show(f, NULL, "impct", &out), PM_EUSAGE);
	assert_non_null(strstr(pm_ctx_error(f->ctx)->message.ptr, "'impact'"));
	assert_int_equal(show(f, NULL, "other", &out), PM_EUSAGE);
	assert_int_equal(show(f, "jsn", NULL, &out), PM_EUSAGE);
	assert_int_equal(out.len, 0);
	pm_buf_release(&out);
}

static void a_document_too_complex_is_an_error(void **state)
{
	struct fixture *f = *state;
	struct pm_buf text = PM_BUF_INIT, out = PM_BUF_INIT;

	while (text.len < 300000)
		pm_buf_adds(&text, "some words\n");
	put(f, PATH, pm_buf_slice(&text));
	assert_int_equal(show(f, "json", NULL, &out), PM_ELIMIT);
	pm_buf_release(&text);
	pm_buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(fields_have_their_names),
		TEST(the_body_has_its_lines),
		TEST(actions_of_the_body_say_what_they_say),
		TEST(text_is_the_document_made_safe),
		TEST(one_section_alone),
		TEST(a_section_that_is_not_there),
		TEST(a_document_too_complex_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
