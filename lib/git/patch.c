/* SPDX-License-Identifier: Apache-2.0 */
/* What changed in a file, as "git diff" shows it: libgit2 does it all. */
#include "git/private.h"

int pm_git_patch(struct pm_ctx *ctx, const char *path, struct pm_slice old,
	struct pm_slice new, struct pm_buf *out)
{
	git_diff_options opts;
	git_patch *patch = NULL;
	git_buf text = {0};
	int rc = git_diff_options_init(&opts, GIT_DIFF_OPTIONS_VERSION);

	/* A document is text, whatever bytes it holds. */
	opts.flags |= GIT_DIFF_FORCE_TEXT;
	if (rc == 0)
		rc = git_patch_from_buffers(&patch, old.ptr, old.len, path,
			new.ptr, new.len, path, &opts);
	if (rc == 0)
		rc = git_patch_to_buf(&text, patch);
	if (rc == 0)
		pm_buf_add(out, text.ptr, text.size);
	git_buf_dispose(&text);
	git_patch_free(patch);
	return rc == 0 ? 0 : pm_git_fail(ctx, rc, "cannot compare '%s'", path);
}
