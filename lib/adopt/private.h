/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files of lib/adopt share: what was seen in each file, from
 * survey.c, and what follows from it. Private to this directory.
 */
#ifndef PM_ADOPT_PRIVATE_H
#define PM_ADOPT_PRIVATE_H

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"
#include "pm/adopt.h"
#include "pm/policy.h"
#include "snapshot/snapshot.h"

/* One file, as far as it was read. */
struct pm_seen {
	struct pm_slice path;
	size_t size;
	bool chosen;      /* it is a post-mortem */
	bool titled;      /* its title says what it is */
	bool broken;      /* it cannot be read: too much for the limits */
	bool passing;     /* broken, but for a reason that may go by */
	unsigned roles;   /* bit set of its sections */
	unsigned styles;  /* bit set */
	unsigned actions; /* still to be done, and of those ... */
	unsigned no_owner, no_due;
	unsigned due;     /* actions with a day, done or not */
	unsigned entries; /* of its timeline */
	unsigned unread;  /* line of an entry that cannot be read; 0: none */
};

/* A heading that means something though pm does not know it. */
struct pm_seen_heading {
	struct pm_slice text;
	enum pm_section_role role;
};

struct pm_survey {
	struct pm_ctx *ctx;
	struct pm_repo *repo;
	const struct pm_adopt_opts *opts;
	struct pm_arena arena;
	PM_VEC(struct pm_seen) files;
	size_t chosen;
	struct pm_map severities; /* as written: number of documents */
	struct pm_map people;     /* as pm writes them: number of documents */
	struct pm_map headings;   /* "role heading": number of documents */
	PM_VEC(const char *) globs;
	PM_VEC(const char *) exclude;
	const char *new_dir;          /* NULL: the default */
	bool readmes;                 /* some are documents */
	PM_VEC(struct pm_slice) bare; /* files called like documents but for
					 the suffix, in order */
};

/* Reads every file of text, in workers, and decides which are post-mortems. */
int pm_survey_read(struct pm_survey *survey);
void pm_survey_release(struct pm_survey *survey);

/* The directories that documents stand in. Release it. */
struct pm_map pm_survey_dirs(const struct pm_survey *survey);

/* Finds files without a suffix that are called like documents. */
int pm_survey_bare(struct pm_survey *survey, const struct pm_snapshot *snap);

/* True for a path that was named itself, and for one beneath what was. */
bool pm_adopt_is_named(const struct pm_adopt_opts *opts, struct pm_slice path);
bool pm_adopt_is_asked_for(
	const struct pm_adopt_opts *opts, struct pm_slice path);

/* True when a name says it: "incident-report", "Postmortem of ...". */
bool pm_adopt_says_it(struct pm_slice text);

/* True when a file is a post-mortem by its path and its sections. */
bool pm_seen_is_document(const struct pm_seen *seen);

/* True for the README of a directory that is one incident's: it has a timeline,
   and its directory a date or number, or a place among documents. */
bool pm_seen_is_own_readme(const struct pm_seen *seen);

/* True for a directory that is called after what it holds: "incidents". */
bool pm_adopt_names_documents(struct pm_slice dir);

/* True for a file that accompanies documents: a README, a template. */
bool pm_adopt_accompanies(struct pm_slice path);

/* True for a name with a date or a running number: a document's, where its
   neighbours are documents. */
bool pm_adopt_is_numbered(struct pm_slice path);

/* Finds globs that cover the documents, and not every README. */
void pm_survey_globs(struct pm_survey *survey);

/* Appends the policy: that of pm init, with what was found put in. */
void pm_survey_policy(const struct pm_survey *survey, struct pm_buf *out);

#endif
