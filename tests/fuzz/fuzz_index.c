/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An index file that somebody else wrote or a disk spoilt: the bytes of the
 * input are laid over a good one, three for a place, or stand for all of it
 * where the first is odd. The index is a cache: no command fails because of
 * it, whatever it then answers.
 */
#include "fuzz_repo.h"

#include "pm/index.h"
#include "pm/snapshot.h"

#define DB ".git/pm/index.db"

static int take_item(void *data, const struct pm_list_item *item)
{
	(void)item;
	++*(size_t *)data;
	return 0;
}

static int take_result(void *data, const struct pm_search_result *result)
{
	(void)result;
	++*(size_t *)data;
	return 0;
}

static void query(struct pm_ctx *ctx, struct pm_index *index)
{
	struct pm_search_opts opts = {.limit = 5};
	size_t n = 0;

	FUZZ_CHECK(
		pm_index_list(ctx, index, "has:actions", take_item, &n) >= 0);
	FUZZ_CHECK(pm_index_list(ctx, index, "", take_item, &n) >= 0);
	FUZZ_CHECK(pm_index_search(ctx, index, "checkout", &opts, take_result,
			   &n) >= 0);
	FUZZ_CHECK(pm_index_search(ctx, index, "owner:ana shard*", &opts,
			   take_result, &n) >= 0);
}

static void use(unsigned flags)
{
	struct pm_ctx *ctx = pm_ctx_new();
	struct pm_repo *repo;
	struct pm_index *index = NULL;

	ctx->now = 1795348800;
	ctx->jobs = 1;
	repo = fuzz_open(ctx);
	FUZZ_CHECK(repo != NULL);
	FUZZ_CHECK(pm_index_open(ctx, repo, flags, &index) == 0);
	query(ctx, index);
	pm_index_free(index);
	pm_repo_free(repo);
	pm_ctx_free(ctx);
}

/* The bytes of a good index, made once. */
static struct pm_slice good(void)
{
	static struct pm_buf bytes;
	struct pm_buf path = PM_BUF_INIT;
	struct pm_ctx *ctx;

	if (bytes.len)
		return pm_buf_slice(&bytes);
	fuzz_repo();
	bytes = (struct pm_buf)PM_BUF_INIT;
	use(PM_INDEX_REBUILD);
	ctx = pm_ctx_new();
	pm_buf_addf(&path, "%s/" DB, fuzz_dir());
	FUZZ_CHECK(pm_file_read(ctx, path.ptr, 0, &bytes) == 0);
	pm_buf_release(&path);
	pm_ctx_free(ctx);
	return pm_buf_slice(&bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pm_slice base = good();
	struct pm_buf bytes = PM_BUF_INIT;

	if (size && data[0] % 2) {
		pm_buf_add(&bytes, data + 1, size - 1);
	} else {
		pm_buf_add_slice(&bytes, base);
		for (size_t i = 1; i + 3 < size; i += 4) {
			size_t at = (size_t)data[i] << 16 |
				    (size_t)data[i + 1] << 8 | data[i + 2];

			bytes.ptr[at % bytes.len] = (char)data[i + 3];
		}
	}
	fuzz_put(DB, pm_buf_slice(&bytes));
	pm_buf_release(&bytes);
	use(size % 2 ? PM_INDEX_GLANCE : PM_INDEX_DEFAULT);
	return 0;
}
