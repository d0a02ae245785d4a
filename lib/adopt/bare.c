/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files without a suffix that are called like documents. pm reads Markdown by
 * its suffix, so the most that can be done is to say that they are there.
 */
#include <stdlib.h>

#include "adopt/private.h"
#include "base/path.h"
#include "git/git.h"

struct looking {
	struct pm_survey *survey;
	struct pm_map dirs; /* of documents */
};

/* True for a path that was named, or lies where documents are sought and is
   called like one: with a date or a running number. */
static bool is_meant(const struct looking *looking, struct pm_slice path)
{
	const struct pm_adopt_opts *opts = looking->survey->opts;

	if (pm_adopt_is_named(opts, path))
		return true;
	return pm_adopt_is_asked_for(opts, path) &&
	       pm_adopt_is_numbered(path) &&
	       (pm_map_get(&looking->dirs, pm_path_dir(path)) ||
		       pm_adopt_names_documents(pm_path_dir(path)));
}

static int look(void *data, struct pm_slice path)
{
	struct looking *looking = data;
	struct pm_survey *survey = looking->survey;
	int ignored;

	if (pm_slice_find(pm_path_base(path), 0, '.') >= 0 ||
		!is_meant(looking, path))
		return 0;
	path = pm_arena_slice(&survey->arena, path);
	ignored = pm_git_ignored(survey->ctx, survey->repo, path.ptr);
	if (ignored < 0)
		pm_ctx_clear(survey->ctx);
	if (ignored <= 0)
		*pm_vec_push(&survey->bare) = path;
	return 0;
}

static int by_path(const void *a, const void *b)
{
	return pm_slice_cmp(
		*(const struct pm_slice *)a, *(const struct pm_slice *)b);
}

int pm_survey_bare(struct pm_survey *survey, const struct pm_snapshot *snap)
{
	struct looking looking = {
		.survey = survey, .dirs = pm_survey_dirs(survey)};
	struct pm_reader *reader = NULL;
	int ret = pm_reader_new(survey->ctx, snap, &reader);

	if (ret == 0)
		ret = pm_reader_files(survey->ctx, reader, pm_slice_make("", 0),
			look, &looking);
	if (survey->bare.len > 1)
		qsort(survey->bare.items, survey->bare.len,
			sizeof *survey->bare.items, by_path);
	pm_reader_free(reader);
	pm_map_release(&looking.dirs);
	return ret;
}
