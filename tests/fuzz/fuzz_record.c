/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a worker sends, when hostile text has taken it over: the first byte
 * says what the rest pretends to be. Each reader takes it or leaves it, and
 * hands on nothing that points elsewhere.
 */
#include "fuzz_empty_index.h"

#include "base/digest.h"
#include "check/private.h"
#include "index/private.h"
#include "review/private.h"

/* What a record was put together from comes back, whatever it was. */
static void round_trip(struct pm_slice text)
{
	struct pm_buf bytes = PM_BUF_INIT;
	struct pm_record record;
	int64_t number;

	for (size_t off = 0; off < text.len; off += 8) {
		number = 0;
		memcpy(&number, text.ptr + off,
			text.len - off < 8 ? text.len - off : 8);
		pm_record_put_int(&bytes, number);
		pm_record_put_str(&bytes, pm_slice_from(text, off));
	}
	pm_record_init(&record, pm_buf_slice(&bytes));
	for (size_t off = 0; off < text.len; off += 8) {
		number = 0;
		memcpy(&number, text.ptr + off,
			text.len - off < 8 ? text.len - off : 8);
		FUZZ_CHECK(pm_record_int(&record) == number);
		FUZZ_CHECK(pm_slice_eq(
			pm_record_str(&record), pm_slice_from(text, off)));
	}
	FUZZ_CHECK(pm_record_done(&record));
	/* Behind the end there is nothing, and it is told. */
	FUZZ_CHECK(pm_record_int(&record) == 0 && record.bad);
	pm_buf_release(&bytes);
}

static bool is_in(struct pm_slice part, struct pm_slice whole)
{
	return part.len <= whole.len &&
	       (!part.len ||
		       (part.ptr >= whole.ptr &&
			       part.ptr + part.len <= whole.ptr + whole.len));
}

static void read_findings(struct pm_slice bytes)
{
	struct pm_record record;
	struct pm_finding finding = {0};
	size_t waived, n;

	pm_record_init(&record, bytes);
	pm_findings_get_counts(&record, &waived, &n);
	while (n-- > 0 && pm_findings_get(&record, &finding)) {
		FUZZ_CHECK(pm_rule_find(pm_slice_str(finding.rule)) != NULL);
		FUZZ_CHECK(pm_level_name(finding.level) != NULL);
		FUZZ_CHECK(pm_step_name(finding.step) != NULL);
		FUZZ_CHECK(is_in(finding.message, bytes));
		FUZZ_CHECK(is_in(finding.hint, bytes));
		FUZZ_CHECK(is_in(finding.source, bytes));
	}
}

static void read_fixes(struct pm_slice bytes)
{
	struct pm_record record;
	struct pm_fixed fixed;

	pm_record_init(&record, bytes);
	for (size_t n = pm_fixes_get_count(&record); n > 0; n--) {
		if (!pm_fixes_get(&record, &fixed))
			break;
		FUZZ_CHECK(is_in(fixed.message, bytes));
	}
}

static void read_review(struct pm_slice bytes)
{
	struct pm_arena arena = PM_ARENA_INIT;
	struct pm_review_doc doc = {.kind = PM_CHANGE_MODIFIED};
	struct pm_record record;

	pm_record_init(&record, bytes);
	if (pm_review_get(&record, &arena, &doc))
		for (size_t i = 0; i < doc.nchanges; i++) {
			FUZZ_CHECK(pm_review_weight_name(
					   doc.changes[i].weight) != NULL);
			FUZZ_CHECK(doc.changes[i].kind != NULL);
		}
	pm_arena_release(&arena);
}

/* The digest is right; the edits are what they are. */
static void read_edits(struct pm_slice bytes)
{
	static const struct pm_slice src =
		PM_SLICE_LIT("---\nowner: a\n---\n\n# A title\n");
	struct pm_buf text = PM_BUF_INIT, out = PM_BUF_INIT;
	struct pm_record record;
	char digest[PM_SHA256_HEX];

	pm_sha256_hex(src, digest);
	pm_record_put_str(&text, pm_slice_str(digest));
	pm_buf_add_slice(&text, bytes);
	pm_record_init(&record, pm_buf_slice(&text));
	if (pm_edits_replay(&record, src, &out) < 0)
		FUZZ_CHECK(out.len == 0);
	else
		FUZZ_CHECK(out.len <= src.len + bytes.len);
	pm_buf_release(&text);
	pm_buf_release(&out);
}

static void read_error(struct pm_slice bytes)
{
	struct pm_ctx *ctx = pm_ctx_new();
	struct pm_record record;

	pm_record_init(&record, bytes);
	FUZZ_CHECK(pm_record_raise(ctx, &record) < 0);
	FUZZ_CHECK(pm_ctx_error(ctx)->code < 0);
	pm_ctx_free(ctx);
}

static void read_row(struct pm_slice bytes)
{
	static const struct pm_oid oid = {{1, 2, 3}};
	struct pm_sql *sql = fuzz_empty_index();
	struct pm_ctx *ctx = pm_ctx_new();
	struct pm_time times[PM_MOMENT_COUNT];

	FUZZ_CHECK(pm_sql_exec(sql, "BEGIN") == 0);
	if (pm_row_insert(ctx, sql, &oid, 1, bytes) == 0)
		FUZZ_CHECK(pm_row_known(sql, &oid, 1) == 1);
	else
		FUZZ_CHECK(pm_ctx_error(ctx)->message.len > 0);
	FUZZ_CHECK(pm_sql_exec(sql, "ROLLBACK") == 0);
	/* What a foreign index says of the moments. */
	pm_row_times(bytes, times);
	for (size_t i = 0; i < PM_MOMENT_COUNT; i++) {
		struct pm_buf out = PM_BUF_INIT;

		pm_time_print(&out, &times[i], PM_TIME_RFC3339);
		FUZZ_CHECK(out.len > 0);
		pm_buf_release(&out);
	}
	pm_ctx_free(ctx);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static void (*const readers[])(struct pm_slice bytes) = {
		round_trip,
		read_findings,
		read_fixes,
		read_review,
		read_edits,
		read_error,
		read_row,
	};
	struct pm_slice bytes;

	if (!size)
		return 0;
	bytes = pm_slice_make((const char *)data + 1, size - 1);
	readers[data[0] % (sizeof readers / sizeof *readers)](bytes);
	return 0;
}
