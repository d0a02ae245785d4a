/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Evidence whose bytes are not those that the front matter names by their
 * SHA-256. A pointer that Git LFS left in the file's place names the digest of
 * the file it stands for, which is then compared: nothing is fetched.
 */
#include "check/check.h"

#include "base/ascii.h"
#include "base/digest.h"
#include "check/evidence.h"

/* A file is read whole, in a worker that has little memory. */
#define SIZE_MOST ((size_t)32 << 20)

/* A pointer is shorter; git-lfs says 1024 bytes at most. */
#define POINTER_MOST 1024

/* The 64 digits of "sha256:HEX" or HEX; empty when they are none. */
static struct pm_slice digits(struct pm_slice text)
{
	if (pm_slice_starts(text, "sha256:"))
		text = pm_slice_from(text, 7);
	if (text.len != PM_SHA256_HEX - 1)
		return pm_slice_make("", 0);
	for (size_t i = 0; i < text.len; i++)
		if (!pm_is_hex(text.ptr[i]))
			return pm_slice_make("", 0);
	return text;
}

/* The digest that a pointer of Git LFS names; empty: it is no pointer. */
static struct pm_slice pointer(struct pm_slice bytes)
{
	static const char head[] = "version https://git-lfs.github.com/spec/";
	struct pm_slice rest = bytes, line;

	if (bytes.len > POINTER_MOST || !pm_slice_starts(bytes, head))
		return pm_slice_make("", 0);
	while (pm_slice_line(&rest, &line))
		if (pm_slice_starts(line, "oid sha256:"))
			return digits(pm_slice_from(line, 4));
	return pm_slice_make("", 0);
}

static void report_unread(struct pm_check *check, const struct pm_field *file,
	struct pm_span place, int code)
{
	const char *name = pm_check_word(check, file->text);

	if (code == PM_ELIMIT)
		pm_finding_add_level(check, PM_LEVEL_NOTE, place,
			"compare it by hand: sha256sum",
			"evidence '%s' is larger than %zu MiB, so its digest "
			"was not compared",
			name, SIZE_MOST >> 20);
	else
		pm_finding_add(check, place, NULL,
			"the digest of evidence '%s' cannot be compared: %s",
			name, pm_ctx_error(check->ctx)->message.ptr);
	pm_ctx_clear(check->ctx);
}

static void compare(struct pm_check *check,
	const struct pm_evidence_ref *evidence, struct pm_slice want,
	struct pm_slice path)
{
	struct pm_span place = pm_check_place(check, &evidence->sha256);
	struct pm_buf bytes = PM_BUF_INIT;
	char hex[PM_SHA256_HEX];
	struct pm_slice got;
	int ret = pm_reader_file(
		check->ctx, check->reader, path, SIZE_MOST, &bytes);

	if (ret < 0) {
		report_unread(check, &evidence->file, place, ret);
		pm_buf_release(&bytes);
		return;
	}
	got = pointer(pm_buf_slice(&bytes));
	if (!got.len) {
		pm_sha256_hex(pm_buf_slice(&bytes), hex);
		got = pm_slice_str(hex);
	}
	if (!pm_slice_is_nocase(want, pm_arena_slice(check->arena, got).ptr))
		pm_finding_add(check, place,
			pm_arena_printf(check->arena,
				"bring the old file back, or write: sha256: "
				"%.*s",
				PM_SLICE_ARG(got)),
			"evidence '%s' is not what it was: its digest is "
			"%.12s..., not %.12s...",
			pm_check_word(check, evidence->file.text), got.ptr,
			want.ptr);
	pm_buf_release(&bytes);
}

static void run(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;
	struct pm_buf path = PM_BUF_INIT;

	for (size_t i = 0; i < doc->nevidence; i++) {
		const struct pm_evidence_ref *evidence = &doc->evidence[i];
		struct pm_slice want = digits(evidence->sha256.text);

		if (!evidence->sha256.text.len)
			continue;
		if (!pm_findings_wanted(check))
			break;
		if (!want.len)
			pm_finding_add(check,
				pm_check_place(check, &evidence->sha256),
				"write what sha256sum prints: 64 of 0-9 and "
				"a-f",
				"'%s' is no SHA-256",
				pm_check_word(check, evidence->sha256.text));
		else if (pm_evidence_find(check, evidence->file.text, &path) ==
			 PM_EVIDENCE_FILE)
			compare(check, evidence, want, pm_buf_slice(&path));
	}
	pm_buf_release(&path);
}

PM_RULE_DEFINE(evidence_changed) = {
	.info =
		{
			.id = "evidence-changed",
			.step = PM_STEP_COLLECT,
			.level = PM_LEVELS(WARNING, ERROR, ERROR),
			.summary = "evidence is not the file whose digest was "
				   "written down",
			.why = "A log that was exported again, a graph drawn "
			       "over another hour, a line that somebody "
			       "blacked out: the timeline was written from "
			       "the old bytes, and nothing in the new ones "
			       "shows it. Who changes evidence writes its "
			       "new digest, and the reviewer sees that it "
			       "changed.",
			.bad = "evidence:\n"
			       "  - file: 2026-11-22-checkout-500s.md\n"
			       "    sha256: "
			       "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b93"
			       "4ca495991b7852b855\n",
			.good = "evidence:\n"
				"  - file: https://example.org/errors.svg\n"
				"    sha256: "
				"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b9"
				"34ca495991b7852b855\n",
		},
	.run = run,
};
