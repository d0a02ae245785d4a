/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Putting the post-mortems that a team has already under pm: what is there is
 * looked at, and .pm/policy.yaml and .pm/baseline are written so that pm check
 * is silent today and speaks of what is new. No document is touched.
 *
 *	struct pm_adopt_opts opts = {.dry_run = true};
 *	struct pm_adopt_result result;
 *	if (pm_adopt(ctx, repo, &opts, &result) == 0)
 *		tell(&result);
 *	pm_adopt_result_release(&result);
 */
#ifndef PM_ADOPT_H
#define PM_ADOPT_H

#include "pm/buf.h"
#include "pm/repo.h"

#ifdef __cplusplus
extern "C" {
#endif

struct pm_adopt_opts {
	const char *const *dirs; /* directories or files, from the top; ndirs
				    of them; none: the whole work tree */
	size_t ndirs;
	bool all;     /* every Markdown file there is one, but a README and
			 the like */
	bool dry_run; /* write nothing */
};

/* How a document is written. */
enum pm_adopt_style {
	PM_ADOPT_FRONT_PM, /* front matter of pm's own */
	PM_ADOPT_FRONT_YAML,
	PM_ADOPT_FRONT_TOML,
	PM_ADOPT_FRONT_NONE,
	PM_ADOPT_TIMELINE_LIST,
	PM_ADOPT_TIMELINE_TABLE,
	PM_ADOPT_TIMELINE_HEADINGS,
	PM_ADOPT_TIMELINE_PARAGRAPHS,
	PM_ADOPT_TIMELINE_NONE,
	PM_ADOPT_ACTIONS_FRONT,
	PM_ADOPT_ACTIONS_BOXES,
	PM_ADOPT_ACTIONS_BULLETS,
	PM_ADOPT_ACTIONS_NUMBERS,
	PM_ADOPT_ACTIONS_TABLE,
	PM_ADOPT_ACTIONS_OTHER,
	PM_ADOPT_ACTIONS_NONE,
};
#define PM_ADOPT_STYLE_COUNT 16

/* "timeline", "table": what a style is of, and its name. Static. */
const char *pm_adopt_style_of(enum pm_adopt_style style);
const char *pm_adopt_style_name(enum pm_adopt_style style);

struct pm_adopt_result {
	size_t files;                        /* looked at */
	size_t documents;                    /* that are post-mortems */
	size_t styles[PM_ADOPT_STYLE_COUNT]; /* documents of that style */
	size_t actions, no_owner, no_due;    /* of those still to be done */
	size_t unread; /* timelines with entries that cannot be read */
	struct pm_buf unread_at;  /* "PATH:LINE" of each, a line each */
	struct pm_buf secrets_at; /* the same for what may be a secret */
	struct pm_buf none_at;    /* paths beside the documents that are none,
				     a line each, the first few of none */
	struct pm_buf globs;      /* the policy's documents, a line each */
	struct pm_buf bare_at;    /* the same of files without a suffix that are
				     called like documents */
	size_t secrets, none, bare;
	size_t findings; /* that the baseline holds */
	size_t left;     /* findings that it cannot hold */
	bool had_policy; /* one was there: it stays as it is */
	bool had_baseline;
	bool ignored;       /* Git ignores what was written */
	size_t outside;     /* documents found that the policy there leaves
			       out */
	struct pm_buf diff; /* dry_run: of what the policy says beside the one
			       that pm init writes, or beside the one there */
};

/*
 * Adopts. PM_EBARE: no work tree. A policy or baseline that is there is never
 * changed. result is to be released in any case.
 */
int pm_adopt(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_adopt_opts *opts, struct pm_adopt_result *result);
void pm_adopt_result_release(struct pm_adopt_result *result);

#ifdef __cplusplus
}
#endif

#endif
