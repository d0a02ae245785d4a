/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Documents by id. Where all documents are listed, their numbers were sorted
 * by folded id before the workers were forked and a question costs a binary
 * search; where only changes are judged, the names are listed at the first
 * question.
 */
#include "check/check.h"

#include "base/path.h"
#include "base/utf8.h"

struct asking {
	const struct pm_check *check;
	struct pm_slice id; /* exactly this; empty: any that is listed */
	const char **path;
	size_t count;
};

static int take(void *data, struct pm_slice path)
{
	struct asking *asking = data;

	if (pm_slice_is(path, asking->check->doc->path))
		return 0;
	if (asking->id.len && !pm_slice_eq(pm_path_id(path), asking->id))
		return 0;
	if (asking->count++ == 0 && asking->path)
		*asking->path = pm_arena_slice(asking->check->arena, path).ptr;
	return 0;
}

/* Index in by_id of the first document with this id or one that folds to the
   same, or of where it would be. */
static size_t first_of(
	const struct pm_check *check, struct pm_slice id, size_t n)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct pm_snapshot_doc *doc =
			pm_snapshot_doc(check->snap, check->by_id[mid]);

		if (pm_utf8_fold_cmp(doc->id, id) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* Asks for all ids that fold to the same as id. */
static size_t ask(struct asking *asking, struct pm_slice id)
{
	const struct pm_check *check = asking->check;
	size_t n = pm_snapshot_count(check->snap);

	if (!check->by_id) {
		/* What cannot be listed is not held against a document. */
		if (pm_reader_with_id(
			    check->ctx, check->reader, id, take, asking) < 0)
			pm_ctx_clear(check->ctx);
		return asking->count;
	}
	for (size_t i = first_of(check, id, n); i < n; i++) {
		const struct pm_snapshot_doc *doc =
			pm_snapshot_doc(check->snap, check->by_id[i]);

		if (pm_utf8_fold_cmp(doc->id, id) != 0)
			break;
		take(asking, pm_slice_str(doc->path));
	}
	return asking->count;
}

size_t pm_check_with_id(
	struct pm_check *check, struct pm_slice id, const char **path)
{
	struct asking asking = {.check = check, .id = id, .path = path};

	return ask(&asking, id);
}

size_t pm_check_like_id(
	struct pm_check *check, struct pm_slice id, const char **path)
{
	struct asking asking = {.check = check, .path = path};

	return ask(&asking, id);
}

int pm_check_each_path(struct pm_check *check, pm_reader_file_fn fn, void *data)
{
	size_t n = pm_snapshot_count(check->snap);
	int ret = 0;

	if (!check->by_id)
		return pm_reader_with_id(check->ctx, check->reader,
			pm_slice_make("", 0), fn, data);
	for (size_t i = 0; i < n && ret == 0; i++)
		ret = fn(data, pm_slice_str(pm_snapshot_doc(
				       check->snap, check->by_id[i])
						    ->path));
	return ret;
}
