/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the formats with a size limit hold until the end: for each document its
 * heading, and the lines of each weight. When all is known the worst lines are
 * taken first, of all documents, until the room is used up.
 */
#include "review/held.h"

#include <stdlib.h>

#include "base/alloc.h"

/* Lines of one weight that are kept: more than a comment could hold. */
#define KEEP_FACTOR 2

/* What a list of lines costs beside them. */
#define LIST 16

/* What folding the quiet lines of a document away costs beside them. */
#define FOLD 100

void pm_review_held_begin(struct pm_review_out *out, size_t most, size_t frame)
{
	struct pm_review_held *held = pm_alloc(1, sizeof *held);

	if (out->opts->max_size)
		most = out->opts->max_size;
	held->room = most > frame ? most - frame : 0;
	out->state = held;
}

void pm_review_held_end(struct pm_review_out *out)
{
	struct pm_review_held *held = out->state;

	for (size_t i = 0; i < held->docs.len; i++)
		pm_buf_release(&held->docs.items[i].heading);
	for (size_t i = 0; i < held->lines.len; i++)
		pm_buf_release(&held->lines.items[i].text);
	pm_vec_release(&held->docs);
	pm_vec_release(&held->lines);
	free(held);
	out->state = NULL;
}

struct pm_buf *pm_review_held_doc(struct pm_review_held *held)
{
	struct pm_review_held_doc *doc = pm_vec_push(&held->docs);

	doc->heading = (struct pm_buf)PM_BUF_INIT;
	doc->first = held->lines.len;
	return &doc->heading;
}

struct pm_buf *pm_review_held_line(
	struct pm_review_held *held, enum pm_review_weight weight)
{
	struct pm_review_held_line *line;

	held->seen++;
	/* Of what could not be printed anyway only the number is kept. */
	if (held->bytes[weight] > held->room * KEEP_FACTOR)
		return NULL;
	line = pm_vec_push(&held->lines);
	line->text = (struct pm_buf)PM_BUF_INIT;
	line->weight = weight;
	held->docs.items[held->docs.len - 1].len++;
	return &line->text;
}

void pm_review_held_keep(struct pm_review_held *held)
{
	const struct pm_review_held_line *line =
		&held->lines.items[held->lines.len - 1];

	held->bytes[line->weight] += line->text.len;
}

/* Takes a document's heading, once; false when it does not fit. */
static bool take_doc(struct pm_review_held *held,
	struct pm_review_held_doc *doc, size_t *used)
{
	if (doc->shown)
		return true;
	if (*used + doc->heading.len + LIST > held->room)
		return false;
	*used += doc->heading.len + LIST;
	doc->shown = true;
	return true;
}

/* Takes a line; the first quiet one comes with what folds them away. */
static bool take_line(struct pm_review_held *held,
	struct pm_review_held_doc *doc, struct pm_review_held_line *line,
	size_t *used)
{
	bool quiet = line->weight == PM_REVIEW_QUIET;
	size_t len = line->text.len + (quiet && !doc->quiet ? FOLD : 0);

	if (!take_doc(held, doc, used) || *used + len > held->room)
		return false;
	*used += len;
	doc->quiet += quiet;
	doc->loud += !quiet;
	line->shown = true;
	held->listed++;
	return true;
}

/* Takes the lines of one weight, in order, while they fit. */
static bool take_lines(
	struct pm_review_held *held, enum pm_review_weight weight, size_t *used)
{
	for (size_t d = 0; d < held->docs.len; d++) {
		struct pm_review_held_doc *doc = &held->docs.items[d];

		for (size_t i = 0; i < doc->len; i++) {
			struct pm_review_held_line *line =
				&held->lines.items[doc->first + i];

			if (line->weight != weight)
				continue;
			if (!take_line(held, doc, line, used))
				return false;
		}
	}
	return true;
}

void pm_review_held_fit(struct pm_review_held *held)
{
	size_t used = 0;

	for (int weight = PM_REVIEW_ALERT; weight >= 0; weight--)
		if (!take_lines(held, (enum pm_review_weight)weight, &used))
			break;
	/* What has nothing to list still says so, where there is room. */
	for (size_t d = 0; d < held->docs.len; d++)
		if (take_doc(held, &held->docs.items[d], &used))
			held->docs_listed++;
}

void pm_review_held_put_docs(const struct pm_review_held *held,
	pm_review_held_print print, struct pm_buf *out)
{
	for (size_t d = 0; d < held->docs.len; d++) {
		const struct pm_review_held_doc *doc = &held->docs.items[d];

		if (!doc->shown)
			continue;
		pm_buf_add_slice(out, pm_buf_slice(&doc->heading));
		print(held, doc, out);
	}
}

static void put_lines(const struct pm_review_held *held,
	const struct pm_review_held_doc *doc, bool quiet, struct pm_buf *out)
{
	for (size_t i = 0; i < doc->len; i++) {
		const struct pm_review_held_line *line =
			&held->lines.items[doc->first + i];

		if (line->shown && (line->weight == PM_REVIEW_QUIET) == quiet)
			pm_buf_add_slice(out, pm_buf_slice(&line->text));
	}
}

void pm_review_held_put_quiet(const struct pm_review_held *held,
	const struct pm_review_held_doc *doc, struct pm_buf *out)
{
	put_lines(held, doc, true, out);
}

void pm_review_held_put_loud(const struct pm_review_held *held,
	const struct pm_review_held_doc *doc, struct pm_buf *out)
{
	put_lines(held, doc, false, out);
}

bool pm_review_held_put_missing(
	const struct pm_review_held *held, struct pm_buf *out)
{
	size_t lines = held->seen - held->listed;
	size_t docs = held->docs.len - held->docs_listed;

	if (!lines && !docs)
		return false;
	pm_buf_addf(out,
		"%zu more changes and %zu more documents are not listed", lines,
		docs);
	return true;
}
