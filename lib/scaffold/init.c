/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Setting up a repository: the policy file and, for editing, the templates.
 * Whatever is there already is kept, so that running it twice is the same as
 * running it once.
 */
#include "pm/scaffold.h"

#include <unistd.h>

#include "base/file.h"
#include "policy/template.h"

struct init {
	struct pm_ctx *ctx;
	int root; /* descriptor of the work tree */
	pm_wrote_fn wrote;
	void *data;
	int count; /* files written */
};

/* Writes one file unless it is there. */
static int write_file(struct init *init, const char *path, struct pm_slice text)
{
	int error = pm_file_write_at(init->ctx, init->root, path, text,
		PM_WRITE_NEW | PM_WRITE_PARENTS);

	if (error == PM_EEXISTS)
		pm_ctx_clear(init->ctx);
	else if (error < 0)
		return error;
	if (error == 0)
		init->count++;
	if (init->wrote)
		init->wrote(init->data, path, error == 0);
	return 0;
}

/* Copies the shipped templates. */
static int write_templates(struct init *init)
{
	const char *const *names = pm_template_builtin_names();
	struct pm_buf path = PM_BUF_INIT;
	int error = 0;

	for (size_t i = 0; names[i] && error == 0; i++) {
		pm_buf_reset(&path);
		pm_buf_addf(&path, "%s/%s.md", PM_TEMPLATES_PATH, names[i]);
		error = write_file(init, path.ptr,
			*pm_template_builtin(pm_slice_str(names[i])));
	}
	pm_buf_release(&path);
	return error;
}

int pm_init(struct pm_ctx *ctx, struct pm_repo *repo, bool templates,
	pm_wrote_fn wrote, void *data)
{
	struct init init = {.ctx = ctx, .wrote = wrote, .data = data};
	const char *top = pm_repo_worktree(repo);
	int error;

	if (!top)
		return pm_fail(ctx, PM_EBARE,
			"cannot write the policy: a bare repository has no "
			"work tree (run pm init in a clone)");
	init.root = pm_dir_open(ctx, top);
	if (init.root < 0)
		return init.root;
	error = write_file(&init, PM_POLICY_PATH, pm_policy_default_text());
	if (error == 0 && templates)
		error = write_templates(&init);
	close(init.root);
	return error < 0 ? error : init.count;
}
