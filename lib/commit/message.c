/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The commit message: "postmortem: TITLE", what changed, and a trailer for
 * each document by which "git log --grep" finds it. Text from documents is
 * put in as plain one-line text, whatever it holds.
 */
#include "commit/private.h"

#include <string.h>

#include "base/ascii.h"
#include "base/secret.h"
#include "base/utf8.h"

#define MAX_SUBJECT 100 /* characters of the title in the first line */
#define MAX_BODY    40  /* documents told of in one message */
#define TRAILER     "Post-Mortem: "

static void clean(struct pm_buf *out, struct pm_slice text, size_t max)
{
	size_t n = 0, start = out->len;
	bool blank = false;
	uint32_t cp;

	for (size_t off = 0; off < text.len;) {
		size_t len = pm_utf8_next(text, off, &cp);

		if (max && n >= max) {
			pm_buf_adds(out, "...");
			return;
		}
		if (cp == PM_UTF8_BAD || cp <= ' ' || pm_utf8_invisible(cp)) {
			blank = out->len > start;
		} else {
			if (blank)
				pm_buf_addc(out, ' ');
			pm_buf_add(out, text.ptr + off, len);
			n += 1 + blank;
			blank = false;
		}
		off += len;
	}
}

/* A message travels farther than the document: a secret in a title or a value
   is hidden before the text is cut, while it still looks like one. */
void pm_commit_clean(struct pm_buf *out, struct pm_slice text, size_t max)
{
	struct pm_buf copy = PM_BUF_INIT;

	/* What is not cut is a name that others look for. */
	if (!max) {
		clean(out, text, max);
		return;
	}
	pm_buf_add_slice(&copy, text);
	pm_secrets_hide(copy.ptr, copy.len);
	clean(out, pm_buf_slice(&copy), max);
	pm_buf_release(&copy);
}

/* Each line of text as a list item. */
static void add_items(struct pm_buf *out, struct pm_slice text)
{
	struct pm_slice line = {0};

	while (pm_slice_line(&text, &line)) {
		pm_buf_adds(out, "- ");
		pm_buf_add_slice(out, line);
		pm_buf_addc(out, '\n');
	}
}

/* "- evidence: a.svg added, b.log". */
static void add_evidence(struct pm_buf *out, const struct pm_commit_doc *doc)
{
	struct pm_slice rest = doc->added;
	struct pm_slice name = {0};

	if (doc->nevidence == 0)
		return;
	pm_buf_adds(out, "- evidence: ");
	for (size_t i = 0;
		i < PM_COMMIT_FILES_NAMED && pm_slice_line(&rest, &name); i++) {
		pm_buf_adds(out, i > 0 ? ", " : "");
		pm_commit_clean(out, name, 80);
	}
	if (doc->nevidence > PM_COMMIT_FILES_NAMED)
		pm_buf_addf(out, " and %zu more",
			doc->nevidence - PM_COMMIT_FILES_NAMED);
	pm_buf_addc(out, '\n');
}

static void add_title(struct pm_buf *out, const struct pm_commit_doc *doc)
{
	size_t before = out->len;

	pm_commit_clean(out, doc->title, MAX_SUBJECT);
	if (out->len == before)
		pm_commit_clean(out, doc->id, MAX_SUBJECT);
}

static void add_one(struct pm_buf *out, const struct pm_commit_doc *doc)
{
	pm_buf_adds(out, "postmortem: ");
	add_title(out, doc);
	pm_buf_adds(out, "\n\n");
	add_items(out, doc->what);
	add_evidence(out, doc);
}

static void add_many(struct pm_buf *out, const struct pm_commit_job *job)
{
	pm_buf_addf(out, "postmortem: %zu documents\n", job->docs.len);
	for (size_t i = 0; i < job->docs.len && i < MAX_BODY; i++) {
		const struct pm_commit_doc *doc = &job->docs.items[i];

		pm_buf_addc(out, '\n');
		add_title(out, doc);
		pm_buf_addc(out, '\n');
		add_items(out, doc->what);
		add_evidence(out, doc);
	}
	if (job->docs.len > MAX_BODY)
		pm_buf_addf(out, "\nand %zu more\n", job->docs.len - MAX_BODY);
}

/* "Token: value", as git's trailers are. */
static bool is_trailer(struct pm_slice line)
{
	ptrdiff_t colon = pm_slice_find(line, 0, ':');

	if (colon <= 0)
		return false;
	for (ptrdiff_t i = 0; i < colon; i++) {
		char c = line.ptr[i];

		if (!(pm_is_letter(c) || pm_is_digit(c) || c == '-'))
			return false;
	}
	return true;
}

/* True when the last of several paragraphs is trailers and nothing else. */
static bool ends_in_trailers(struct pm_slice text)
{
	struct pm_slice line = {0};
	size_t paragraphs = 0;
	bool only = false, fresh = true;

	while (pm_slice_line(&text, &line)) {
		if (pm_slice_trim(line).len == 0) {
			fresh = true;
			continue;
		}
		only = is_trailer(line) && (fresh || only);
		paragraphs += fresh;
		fresh = false;
	}
	return paragraphs > 1 && only;
}

/* The user's own words: git cleans them, as far as its settings want. */
static void add_own(struct pm_buf *out, const char *own)
{
	struct pm_slice text = pm_slice_str(own);

	if (pm_slice_trim(text).len == 0)
		return;
	while (text.len > 0 && strchr("\r\n", text.ptr[text.len - 1]))
		text.len--;
	pm_buf_add_slice(out, text);
	pm_buf_addc(out, '\n');
}

void pm_commit_message(
	const struct pm_commit_job *job, const char *own, struct pm_buf *out)
{
	if (own)
		add_own(out, own);
	else if (job->docs.len == 1)
		add_one(out, &job->docs.items[0]);
	else
		add_many(out, job);
	/* An empty message stays empty, to be refused. */
	if (out->len == 0)
		return;
	if (!ends_in_trailers(pm_buf_slice(out)))
		pm_buf_addc(out, '\n');
	for (size_t i = 0; i < job->docs.len; i++) {
		pm_buf_adds(out, TRAILER);
		pm_commit_clean(out, job->docs.items[i].id, 0);
		pm_buf_addc(out, '\n');
	}
}
