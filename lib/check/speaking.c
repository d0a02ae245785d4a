/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Documents that speak of one that is gone from its place or lost a heading, or
 * of a file beside them that is gone or another: their links and their
 * "related" may lead nowhere now, their evidence may be none. Every document
 * has to be read for it, which is why it is done only when there is such a
 * file. Words that ids can be made of are looked up one by one, so the cost
 * does not grow with the number of documents that went.
 */
#include "check/job.h"

#include "base/ascii.h"
#include "base/map.h"
#include "base/path.h"
#include "base/pool.h"

/* So few ids are found sooner by looking for each of them. */
#define FEW 8

struct search {
	struct pm_check_job *job;
	struct pm_map words;            /* ids that are one word */
	PM_VEC(struct pm_slice) others; /* ids that are not, or are few */
	PM_VEC(size_t) numbers;         /* documents to be read */
	PM_VEC(size_t) found;
	bool all; /* so many files that each document may speak of one */
};

static bool is_word(char c)
{
	return pm_is_letter(c) || pm_is_digit(c) || c == '-' || c == '_' ||
	       (unsigned char)c >= 0x80;
}

static void add_id(struct search *search, struct pm_slice id, bool few)
{
	for (size_t i = 0; i < id.len; i++) {
		if (is_word(id.ptr[i]) && !few)
			continue;
		*pm_vec_push(&search->others) = id;
		return;
	}
	pm_map_put(&search->words, id, NULL);
}

/* What a link writes as it is; the rest may come as "%20". */
static bool is_plain(char c)
{
	return pm_is_letter(c) || pm_is_digit(c);
}

static struct pm_slice longest_run(struct pm_slice name, bool (*fits)(char))
{
	struct pm_slice best = {name.ptr, 0};
	size_t i = 0;

	while (i < name.len) {
		size_t start = i;

		while (i < name.len && fits(name.ptr[i]))
			i++;
		if (i - start > best.len)
			best = pm_slice_sub(name, start, i - start);
		i += i == start;
	}
	return best;
}

static bool is_written_so(struct pm_slice name)
{
	for (size_t i = 0; i < name.len; i++)
		if (name.ptr[i] != '.' && name.ptr[i] != '-' &&
			name.ptr[i] != '_' && !is_plain(name.ptr[i]))
			return false;
	return true;
}

/* A file by its name, as it stands in evidence and links, or by a part. */
static void add_file(struct search *search, const char *path, bool few)
{
	struct pm_slice name = pm_path_base(pm_slice_str(path));
	struct pm_slice word = longest_run(name, is_word);
	struct pm_slice part = longest_run(name, is_plain);

	if (is_written_so(name) && (few || !word.len))
		*pm_vec_push(&search->others) = name;
	else if (is_written_so(name))
		pm_map_put(&search->words, word, NULL);
	else if (few && part.len)
		*pm_vec_push(&search->others) = part;
	else
		search->all = true;
}

/* The document is no longer where it was. */
static bool is_gone(const struct pm_change *change)
{
	return change->kind == PM_CHANGE_REMOVED ||
	       change->kind == PM_CHANGE_RENAMED;
}

/* What is left to be read of what is asked for. */
static void add_numbers(struct search *search)
{
	const struct pm_check_job *job = search->job;
	const struct pm_check_opts *opts = job->opts;
	size_t n = opts->docs ? opts->ndocs : pm_snapshot_count(job->snap);

	for (size_t i = 0; i < n; i++) {
		size_t number = opts->docs ? opts->docs[i] : i;

		if (!pm_changes_find(job->changes,
			    pm_snapshot_doc(job->snap, number)->path))
			*pm_vec_push(&search->numbers) = number;
	}
}

/* What went, and what is left to be read. */
static void prepare(struct search *search)
{
	struct pm_check_job *job = search->job;
	size_t gone = pm_changes_files(job->changes);

	for (size_t i = 0; i < pm_changes_files(job->changes); i++)
		add_file(search, pm_changes_file(job->changes, i), gone <= FEW);

	for (size_t i = 0; i < pm_changes_count(job->changes); i++)
		gone += is_gone(pm_changes_item(job->changes, i));
	gone += job->lost.len;
	for (size_t i = 0; i < job->lost.len; i++)
		add_id(search,
			pm_path_id(pm_slice_str(pm_changes_item(
				job->changes, job->lost.items[i])
							->new_path)),
			gone <= FEW);
	for (size_t i = 0; i < pm_changes_count(job->changes); i++) {
		const struct pm_change *change =
			pm_changes_item(job->changes, i);

		if (is_gone(change))
			add_id(search,
				pm_path_id(pm_slice_str(change->old_path)),
				gone <= FEW);
	}
	add_numbers(search);
}

static bool has_word(const struct search *search, struct pm_slice text)
{
	size_t i = 0;

	while (i < text.len) {
		size_t start = i;

		while (i < text.len && is_word(text.ptr[i]))
			i++;
		if (i > start && pm_map_get(&search->words,
					 pm_slice_sub(text, start, i - start)))
			return true;
		i += i == start;
	}
	return false;
}

static bool speaks(const struct search *search, struct pm_slice text)
{
	for (size_t i = 0; i < search->others.len; i++) {
		struct pm_slice id = search->others.items[i];

		if (text.len && memmem(text.ptr, text.len, id.ptr, id.len))
			return true;
	}
	return search->words.len > 0 && has_word(search, text);
}

static int start(struct pm_ctx *ctx, void *data, void **out)
{
	struct search *search = data;
	struct pm_reader *reader;
	int ret = pm_reader_new(ctx, search->job->snap, &reader);

	*out = reader;
	return ret;
}

static int work(struct pm_ctx *ctx, void *data, void *state, size_t item,
	struct pm_buf *out)
{
	struct search *search = data;
	struct pm_buf bytes = PM_BUF_INIT;

	/* One that cannot be read has no links that could be judged. */
	if (pm_reader_doc(
		    ctx, state, search->numbers.items[item], &bytes, NULL) < 0)
		pm_ctx_clear(ctx);
	else if (speaks(search, pm_buf_slice(&bytes)))
		pm_buf_addc(out, '+');
	pm_buf_release(&bytes);
	return 0;
}

static int done(struct pm_ctx *ctx, void *data, size_t item,
	enum pm_pool_status status, struct pm_slice bytes)
{
	struct search *search = data;

	(void)ctx;
	if (status == PM_POOL_OK && bytes.len)
		*pm_vec_push(&search->found) = search->numbers.items[item];
	return 0;
}

int pm_check_select_speaking(struct pm_ctx *ctx, struct pm_check_job *job)
{
	struct search search = {.job = job, .words = PM_MAP_INIT};
	struct pm_pool pool = {
		.data = &search,
		.start = start,
		.work = work,
		.done = done,
		.help = pm_snapshot_help,
		.help_data = job->snap,
	};
	int ret;

	prepare(&search);
	pool.nitems = search.all ? 0 : search.numbers.len;
	ret = pool.nitems ? pm_pool_run(ctx, &pool) : 0;
	for (size_t i = 0; i < search.numbers.len && search.all; i++)
		*pm_vec_push(&search.found) = search.numbers.items[i];
	for (size_t i = 0; i < search.found.len && ret == 0; i++)
		*pm_vec_push(&job->items) =
			(struct pm_check_item){.number = search.found.items[i]};
	pm_map_release(&search.words);
	pm_vec_release(&search.others);
	pm_vec_release(&search.numbers);
	pm_vec_release(&search.found);
	return ret;
}
