/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two texts, the byte 0x1e between them, and the difference that is shown of
 * them: what it takes away from the one and puts in makes the other.
 */
#include "fuzz_repo.h"

#include "git/git.h"

static unsigned number(const char **at)
{
	return (unsigned)strtoul(*at, (char **)(uintptr_t)at, 10);
}

/* The bytes of the next line, with its end, off *rest. */
static struct pm_slice take_line(struct pm_slice *rest)
{
	ptrdiff_t end = pm_slice_find(*rest, 0, '\n');
	size_t len = end < 0 ? rest->len : (size_t)end + 1;
	struct pm_slice line = pm_slice_sub(*rest, 0, len);

	*rest = pm_slice_from(*rest, len);
	return line;
}

/* Writes old with the hunks of the patch applied. */
static void apply(
	struct pm_slice old, struct pm_slice patch, struct pm_buf *out)
{
	unsigned at = 1, start, count;

	while (patch.len) {
		struct pm_slice line = take_line(&patch);
		const char *text = line.ptr + 4;

		if (pm_slice_starts(line, "@@ -")) {
			start = number(&text);
			count = 1;
			if (*text == ',') {
				text++;
				count = number(&text);
			}
			start += count == 0;
			for (; at < start; at++)
				pm_buf_add_slice(out, take_line(&old));
			continue;
		}
		if (line.ptr[0] == '-' || line.ptr[0] == ' ') {
			struct pm_slice was = take_line(&old);

			at++;
			if (line.ptr[0] == ' ')
				pm_buf_add_slice(out, was);
		} else if (line.ptr[0] == '+') {
			pm_buf_add_slice(out, pm_slice_from(line, 1));
		}
		/* "\ No newline at end of file" takes the last end back. */
		if (pm_slice_starts(patch, "\\ No newline") &&
			line.ptr[0] == '+')
			pm_buf_truncate(out, out->len - 1);
	}
	pm_buf_add_slice(out, old);
}

/* libgit2 wants to be woken up, which opening a repository does. */
static void wake_up(void)
{
	static struct pm_repo *repo;

	fuzz_repo();
	if (!repo) {
		struct pm_ctx *ctx = pm_ctx_new();

		repo = fuzz_open(ctx);
		pm_ctx_free(ctx);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pm_slice text = pm_slice_make((const char *)data, size);
	struct pm_slice old, new;
	struct pm_ctx *ctx = pm_ctx_new();
	struct pm_buf patch = PM_BUF_INIT, out = PM_BUF_INIT;
	struct pm_slice hunks;
	const char *first;

	wake_up();
	fuzz_cut(text, '\x1e', &old, &new);
	FUZZ_CHECK(pm_git_patch(ctx, "a.md", old, new, &patch) == 0);
	FUZZ_CHECK((patch.len == 0) == pm_slice_eq(old, new));
	first = patch.len ? memmem(patch.ptr, patch.len, "\n@@ -", 5) : NULL;
	/* Bytes that are no text are only said to differ. */
	if (first) {
		hunks = pm_slice_from(
			pm_buf_slice(&patch), (size_t)(first + 1 - patch.ptr));
		apply(old, hunks, &out);
		FUZZ_CHECK(pm_slice_eq(pm_buf_slice(&out), new));
	} else if (patch.len) {
		FUZZ_CHECK(memmem(patch.ptr, patch.len, "Binary", 6) != NULL);
	}
	pm_buf_release(&patch);
	pm_buf_release(&out);
	pm_ctx_free(ctx);
	return 0;
}
