/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Policy: a team's settings, from one committed file, .pm/policy.yaml. A
 * repository without one has the built-in defaults; every list can be
 * replaced. Nothing in it names a program. Everything here is read-only after
 * loading and lives until pm_policy_free.
 *
 *	struct pm_policy *policy;
 *	if (pm_policy_parse(ctx, text, &policy) == 0 &&
 *		!pm_policy_severity(policy, pm_slice_str("SEV9")))
 *		puts("there is no SEV9");
 *	pm_policy_free(policy);
 */
#ifndef PM_POLICY_H
#define PM_POLICY_H

#include "pm/context.h"
#include "pm/time.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PM_POLICY_PATH    ".pm/policy.yaml"
#define PM_TEMPLATES_PATH ".pm/templates"

enum pm_status { PM_STATUS_DRAFT, PM_STATUS_REVIEW, PM_STATUS_FINAL };
#define PM_STATUS_COUNT 3

enum pm_level {
	PM_LEVEL_DEFAULT = -1, /* in a policy: the rule's own; never a result */
	PM_LEVEL_OFF,
	PM_LEVEL_NOTE,
	PM_LEVEL_WARNING,
	PM_LEVEL_ERROR,
};
#define PM_LEVEL_COUNT 4 /* OFF to ERROR */

/* What a section is for, whatever its heading says. */
enum pm_section_role {
	PM_SECTION_OTHER,
	PM_SECTION_SUMMARY,
	PM_SECTION_IMPACT,
	PM_SECTION_TIMELINE,
	PM_SECTION_CAUSE,
	PM_SECTION_TRIGGER,
	PM_SECTION_DETECTION,
	PM_SECTION_RESOLUTION,
	PM_SECTION_LESSONS,
	PM_SECTION_WENT_WELL,
	PM_SECTION_WENT_WRONG,
	PM_SECTION_LUCKY,
	PM_SECTION_ACTIONS,
	PM_SECTION_BACKGROUND,
	PM_SECTION_REFERENCES,
	PM_SECTION_METADATA,
};
#define PM_SECTION_COUNT 16

/* "went_well", "other": static; and back (PM_ENOTFOUND: no such role). */
const char *pm_section_role_name(enum pm_section_role role);
int pm_section_role_parse(struct pm_slice name, enum pm_section_role *out);

/* Which of two figures of a date comes first: 03/04/2026. */
enum pm_date_order { PM_ORDER_UNKNOWN, PM_ORDER_DAY, PM_ORDER_MONTH };

/* "draft", "review", "final"; "error", "warning", "note", "off": static; and
   back (PM_ENOTFOUND: no such word). */
const char *pm_status_name(enum pm_status status);
int pm_status_parse(struct pm_slice name, enum pm_status *out);
const char *pm_level_name(enum pm_level level);
int pm_level_parse(struct pm_slice name, enum pm_level *out);

/*
 * A list of names, in the order of the file. An empty list in a policy takes
 * any value.
 */
struct pm_map;
struct pm_names {
	const char **items; /* len of them, NULL after the last */
	size_t len;
	const struct pm_map *index; /* for pm_names_has; NULL: it scans */
};

struct pm_severity {
	const char *name;        /* "SEV2" */
	struct pm_names aliases; /* "S2", "P2" */
	unsigned rank;           /* 0 is the worst */
	unsigned review_days; /* working days from resolved to status review; 0:
				 none */
	unsigned final_days;  /* the same to status final */
	unsigned action_days; /* latest due date after the incident; 0: none */
	unsigned approvals;   /* how many people must approve it; 0: none */
};

struct pm_service {
	const char *name;
	const char *department; /* NULL: none */
	const char *team;       /* "@org/team"; NULL: none */
};

struct pm_department {
	const char *name;
	struct pm_names
		people; /* who may stand for it, as keys; may be empty */
};

struct pm_synonym {
	const char *heading; /* folded, white space made single */
	enum pm_section_role role;
};

/* What the wording rules look for in one language. */
struct pm_wording {
	const char *language;  /* "en": there are built-in lists for it */
	struct pm_names blame; /* words that put it on a person */
	struct pm_names vague; /* how an action begins that has no end */
	struct pm_names verbs; /* how an action begins */
	bool replace;          /* the built-in lists of it are not used */
};

struct pm_rule_setting {
	const char *rule;
	enum pm_level level[PM_STATUS_COUNT]; /* DEFAULT: not said for it */
	struct pm_pos pos;                    /* in the policy file */
};

struct pm_policy {
	struct pm_names documents; /* globs; default: *.md below postmortems */
	struct pm_names exclude;   /* globs */
	const char *new_dir;       /* where pm new writes: "postmortems" */
	const char *default_template;
	struct pm_severity *severities;
	size_t nseverities;
	struct pm_names kinds, triggers, cause_kinds, action_types,
		action_priorities, detected_by, roles;
	struct pm_department *departments;
	size_t ndepartments;
	struct pm_service *services;
	size_t nservices;
	struct pm_names status_names[PM_STATUS_COUNT]; /* beside draft ... */
	struct pm_names people;  /* who may be named, as pm_person_key writes
				    them; empty: anybody */
	const char *people_file; /* CODEOWNERS or list; NULL: none */
	struct pm_synonym *synonyms; /* the policy's own, sorted by heading */
	size_t nsynonyms;
	struct pm_names approvers; /* keys of those who may approve; empty:
				      anybody but the document's owner */
	bool transitions[PM_STATUS_COUNT][PM_STATUS_COUNT]; /* [from][to]; to
							itself: always */
	bool action_owner_person; /* a team alone does not own an action */
	bool working_days[7];     /* Monday first */
	struct pm_date *holidays; /* sorted */
	size_t nholidays;
	struct pm_wording *wording;
	size_t nwording;
	struct pm_names personal_data; /* texts that are fine to publish */
	enum pm_date_order date_order; /* where a document does not show it */
	struct pm_rule_setting *rules;
	size_t nrules;
	size_t max_document; /* bytes; default 256 KiB */
	bool from_file;      /* false: built-in defaults */
};

/*
 * Reads one policy. text is the file's bytes; an empty slice gives the
 * defaults. PM_EINVALID: something in it is wrong, at path and line; unknown
 * keys, wrong types and unknown rules are errors with the nearest right word.
 */
int pm_policy_parse(
	struct pm_ctx *ctx, struct pm_slice text, struct pm_policy **out);

/* Frees it with all that was borrowed from it; NULL is fine. */
void pm_policy_free(struct pm_policy *policy);

/*
 * Adds the people named in the policy's people_file to policy->people: a
 * CODEOWNERS file (every owner it names, GitHub's and GitLab's forms) or a
 * plain list, one a line. path is for messages. A line that cannot be read is
 * PM_EINVALID at its place.
 */
int pm_policy_add_people(struct pm_ctx *ctx, struct pm_policy *policy,
	const char *path, struct pm_slice text);

/* The severity with this name or alias (case folded), or NULL. Borrowed. */
const struct pm_severity *pm_policy_severity(
	const struct pm_policy *policy, struct pm_slice name);

/* The service or department of this name, or NULL. Borrowed. */
const struct pm_service *pm_policy_service(
	const struct pm_policy *policy, struct pm_slice name);
const struct pm_department *pm_policy_department(
	const struct pm_policy *policy, struct pm_slice name);

/* True for what is told to be a team: by its slash, or because the policy has
   it as a service's team or as a department. */
bool pm_policy_is_team(const struct pm_policy *policy, struct pm_slice person);

/* True when the list holds name (ASCII case folded). */
bool pm_names_has(const struct pm_names *names, struct pm_slice name);

/*
 * The day that is days working days after from: Saturday with 1 is Monday
 * where Monday is worked and no holiday. False when days is 0 (no deadline)
 * and beyond the year 9999.
 */
bool pm_policy_deadline(const struct pm_policy *policy, struct pm_date from,
	unsigned days, struct pm_date *out);

/*
 * pm_status_parse with the policy's further names ("Entwurf" for draft).
 * PM_ENOTFOUND: no such status.
 */
int pm_policy_status(const struct pm_policy *policy, struct pm_slice name,
	enum pm_status *out);

/*
 * True when the policy lets this person be named: in people or the people
 * file, in a department, as a service's team; anybody where people is empty.
 */
bool pm_policy_knows_person(
	const struct pm_policy *policy, struct pm_slice person);

/*
 * True when the policy lets this person approve a document of this owner: who
 * is among the approvers, or, where none are named, anybody but the owner.
 */
bool pm_policy_may_approve(const struct pm_policy *policy,
	struct pm_slice person, struct pm_slice owner);

/*
 * The same for every way a person is written: appends "ana" for ana, @ana,
 * "@Ana"; "org/team" for @org/team; an e-mail address in lower case.
 */
void pm_person_key(struct pm_buf *out, struct pm_slice person);

/* Appends the form pm writes: "@ana", "@org/team", an e-mail address as is. */
void pm_person_print(struct pm_buf *out, struct pm_slice person);

/* True for something that can be a person: a handle, team or address. */
bool pm_person_valid(struct pm_slice person);

/* True when a path from the repository's top is a document by the policy's
   globs. */
bool pm_policy_is_document(
	const struct pm_policy *policy, struct pm_slice path);

/* Names of the built-in templates, sorted, NULL after the last. Static. */
const char *const *pm_template_builtin_names(void);

/* The text pm init writes: every setting, explained, at its default. */
struct pm_slice pm_policy_default_text(void);

#ifdef __cplusplus
}
#endif

#endif
