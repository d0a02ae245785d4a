/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A post-mortem as data: front matter, sections, moments, timeline, actions,
 * causes, links, each with the place it was read from. A document is parsed
 * once, from bytes that must outlive it, into one arena; every slice points
 * into those bytes or that arena. Reading never fails: what cannot be read is
 * a problem with its place, and the rest is there.
 *
 *	struct pm_doc *doc = pm_doc_parse(path, bytes, policy);
 *	for (size_t i = 0; i < doc->nactions; i++)
 *		look_at(&doc->actions[i]);
 *	pm_doc_free(doc);
 *
 * Parsing hostile bytes can take unbounded time inside cmark-gfm: callers in
 * libpm parse in worker processes (base/pool.h).
 */
#ifndef PM_DOC_H
#define PM_DOC_H

#include "pm/policy.h"
#include "pm/time.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A value with its place. span.len 0: it is not in the document. */
struct pm_field {
	struct pm_slice text; /* decoded */
	struct pm_span span;  /* of the value as written, quotes included */
	struct pm_span key;   /* of its key; len 0: none */
};

struct pm_field_list {
	struct pm_field *items;
	size_t len;
	struct pm_span span; /* of the whole list; len 0: absent */
	struct pm_span key;
};

enum pm_moment {
	PM_MOMENT_STARTED,
	PM_MOMENT_DETECTED,
	PM_MOMENT_ACKNOWLEDGED,
	PM_MOMENT_IDENTIFIED,
	PM_MOMENT_MITIGATED,
	PM_MOMENT_RESOLVED,
};
#define PM_MOMENT_COUNT 6

/* "started" ...; NULL-terminated, in the order of enum pm_moment. */
extern const char *const pm_moment_names[PM_MOMENT_COUNT + 1];

struct pm_moment_value {
	struct pm_field field;
	struct pm_time time; /* valid is set when the field could be read */
	bool valid;
	const char *why; /* why it could not be read; static or arena */
};

enum pm_duration {
	PM_DURATION_TTD, /* started -> detected */
	PM_DURATION_TTA, /* detected -> acknowledged */
	PM_DURATION_TTI, /* detected -> identified */
	PM_DURATION_TTM, /* started -> mitigated */
	PM_DURATION_TTR, /* started -> resolved */
};
#define PM_DURATION_COUNT 5

/* "ttd", "tta", "tti", "ttm", "ttr", NULL. */
extern const char *const pm_duration_names[PM_DURATION_COUNT + 1];

struct pm_participant {
	struct pm_field person, department, role;
	struct pm_span span;
};

struct pm_cause {
	struct pm_field id, kind, text;
	struct pm_span span;
};

struct pm_evidence_ref {
	struct pm_field file, sha256, source, from, to;
	struct pm_span span;
};

/* Who approved which text: digest is that of pm_doc_digest, as approved. */
struct pm_approval {
	struct pm_field by, at, digest;
	struct pm_time time; /* of at; valid is set when it could be read */
	bool valid;
	struct pm_span span;
};

/*
 * A finding that the team accepts: "allow: [{rule, reason, by, until, where}]"
 * in front matter holds for the whole document or, with where, for the lines
 * that have these words; "<!-- pm: allow RULE: reason -->" in the body holds
 * for the block below it.
 */
struct pm_waiver {
	struct pm_field rule, reason, by, until;
	struct pm_field where;     /* front matter: words of the lines it holds
				      for; empty: the whole document */
	struct pm_date until_date; /* its last day; year 0: none, or no date */
	struct pm_span span;
	const char *problem; /* why it cannot be read; NULL: it can be */
	bool in_body;
	unsigned first, last; /* lines it holds for, in the body */
};

/* What "status" of an action says, and what a body's check box can say. */
enum pm_action_status {
	PM_ACTION_PROPOSED,
	PM_ACTION_OPEN,
	PM_ACTION_IN_PROGRESS,
	PM_ACTION_DONE,
	PM_ACTION_REJECTED,
	PM_ACTION_SUPERSEDED,
	PM_ACTION_UNKNOWN, /* something else was written */
};
extern const char *const pm_action_status_names[PM_ACTION_UNKNOWN + 1];

struct pm_action {
	struct pm_field id, title, type, owner, due, priority, status, tracker,
		proof, reason;
	struct pm_field_list addresses;
	enum pm_action_status state; /* OPEN when nothing is written */
	struct pm_date due_date;     /* year 0: none, or not a date */
	const char *due_doubt; /* why due, as written, is two days; or NULL */
	struct pm_date due_first; /* the first of them */
	struct pm_span span;      /* the whole item */
	unsigned line;            /* where it begins */
	bool in_body;             /* read from the body, not front matter */
	bool box;                 /* there as a check box */
};

/* True when nothing is left to do: it is done, rejected or superseded. */
static inline bool pm_action_is_closed(const struct pm_action *action)
{
	return action->state == PM_ACTION_DONE ||
	       action->state == PM_ACTION_REJECTED ||
	       action->state == PM_ACTION_SUPERSEDED;
}

struct pm_section {
	struct pm_slice heading; /* text without markup */
	enum pm_section_role role;
	unsigned roles; /* bit set of all roles of a combined heading */
	unsigned level; /* 1..6; 7: a bold line that stands in */
	unsigned line;
	struct pm_span span; /* heading line to the end of the section,
				deeper sections included */
	struct pm_span body; /* after the heading, up to the next heading of
				any level */
	bool empty;          /* pm_doc_words is 0 (see section-empty) */
	size_t parent;       /* index, SIZE_MAX at the top */
};

struct pm_entry { /* of a timeline */
	unsigned line;
	struct pm_span span;
	struct pm_time time, end; /* precision NONE: unknown / no end */
	bool has_zone;            /* an offset or zone is known for it */
	struct pm_slice text;     /* what happened */
	struct pm_slice source;   /* "(grafana)" at its end, without parens */
	const char *problem;      /* why its stamp could not be read, or NULL */
};

struct pm_timeline {
	struct pm_slice
		zone; /* as stated: "UTC", "+01:00"; empty: not stated */
	struct pm_entry *entries;
	size_t nentries;
	unsigned line; /* of its section; 0: there is none */
};

struct pm_link {
	struct pm_slice url;
	struct pm_span span; /* the whole line when the place is not known */
	unsigned line;
	bool image;
};

/* One stretch of prose, for rules that look at words. */
struct pm_prose {
	struct pm_slice text; /* without markup */
	struct pm_span span;
	unsigned line;
	bool quoted;    /* within a block quote */
	bool code;      /* a code span or block */
	size_t section; /* index, SIZE_MAX before the first */
	size_t reach;   /* none up to this one ends behind it; SIZE_MAX from the
			   first on that stands before the one before it */
};

enum pm_problem_kind {
	PM_PROBLEM_FRONT_MISSING, /* no front matter at all */
	PM_PROBLEM_FRONT_SYNTAX,
	PM_PROBLEM_FIELD_UNKNOWN,
	PM_PROBLEM_FIELD_TYPE, /* a list where text is wanted, and the like */
	PM_PROBLEM_ENCODING,
	PM_PROBLEM_TOO_COMPLEX,
};

struct pm_problem {
	enum pm_problem_kind kind;
	struct pm_span span;
	const char *message; /* arena */
	const char *hint;    /* what to type; NULL: none */
};

struct pm_doc {
	const char *path;   /* from the repository's top */
	struct pm_slice id; /* as pm_snapshot_doc has it */
	struct pm_slice src;
	size_t body_off; /* where the body begins; 0: no front matter */
	bool has_front;

	struct pm_field schema, front_id, title, kind, tmpl, status, severity,
		owner, incident, detected_by, trigger;
	struct pm_field_list services, departments, tags, related;
	struct pm_participant *participants;
	size_t nparticipants;
	struct pm_moment_value times[PM_MOMENT_COUNT];
	struct pm_span times_key; /* "times:"; len 0: absent */
	struct pm_cause *causes;
	size_t ncauses;
	struct pm_span causes_key;
	struct pm_field *impact; /* key spans hold the keys; nimpact of them */
	size_t nimpact;
	struct pm_evidence_ref *evidence;
	size_t nevidence;
	struct pm_approval *approvals;
	size_t napprovals;
	struct pm_span approvals_key;
	struct pm_waiver *waivers; /* by place */
	size_t nwaivers;

	enum pm_status state;    /* of status; DRAFT when absent or unknown */
	struct pm_slice heading; /* the H1, or empty */
	unsigned heading_line;   /* 0: none */
	struct pm_slice name;    /* title, else H1, else id: for people */

	struct pm_section *sections;
	size_t nsections;
	struct pm_timeline timeline;
	struct pm_action *actions;
	size_t nactions;
	struct pm_span actions_key; /* "action_items:"; len 0: absent */
	/* What the body lists where front matter has actions: none of it
	   counts, but the two should not contradict one another. */
	struct pm_action *listed;
	size_t nlisted;
	struct pm_link *links;
	size_t nlinks;
	struct pm_problem *problems;
	size_t nproblems;

	struct pm_doc_private *own; /* what only the parser uses */
};

/*
 * Parses bytes (borrowed; they must outlive the document, as must path and
 * policy). Never NULL, never fails.
 */
struct pm_doc *pm_doc_parse(const char *path, struct pm_slice bytes,
	const struct pm_policy *policy);

/* Frees it with all that was borrowed from it; NULL is fine. */
void pm_doc_free(struct pm_doc *doc);

/* Line and column of a byte offset in the document, both 1-based. */
struct pm_pos pm_doc_pos(const struct pm_doc *doc, size_t off);

/* The bytes of a 1-based line, without its end. */
struct pm_slice pm_doc_line(const struct pm_doc *doc, unsigned line);

/* The innermost section that holds a 1-based line, or NULL. Borrowed. */
const struct pm_section *pm_doc_section_at(
	const struct pm_doc *doc, unsigned line);

/* The first section with this role, or NULL. Borrowed. */
const struct pm_section *pm_doc_section(
	const struct pm_doc *doc, enum pm_section_role role);

/*
 * What few ask for is read when it is asked for. Each sets *out to an array
 * that lives as long as the document, and returns the number of its elements:
 * the anchors of headings and raw HTML, in order, and the prose.
 */
size_t pm_doc_anchors(const struct pm_doc *doc, const struct pm_slice **out);
size_t pm_doc_prose(const struct pm_doc *doc, const struct pm_prose **out);

/* Words of a section of the document, deeper sections included, that say
   something: its headings and the template's text do not count. */
unsigned pm_doc_words(
	const struct pm_doc *doc, const struct pm_section *section);

/*
 * Seconds between the two moments of a duration; returns false when one of
 * them is missing, unknown or has only a date.
 */
bool pm_doc_duration(
	const struct pm_doc *doc, enum pm_duration which, int64_t *seconds);

/*
 * Writes the digest of what people approve: hexadecimal SHA-256 of all that
 * the document says but its approvals, its status and the progress of its
 * actions (status, proof, reason and tracker in front matter, the tick of a
 * box in the body). How front matter is laid out, quoted and commented, line
 * ends, a byte order mark and blanks at either end of the body make no
 * difference; any other word, and the order of fields, does. An approval holds
 * it after PM_DIGEST_PREFIX.
 */
#define PM_DIGEST_PREFIX    "sha256:"
#define PM_DIGEST_SIZE      65 /* 64 digits in lower case and a terminator */
#define PM_DIGEST_FULL_SIZE (sizeof PM_DIGEST_PREFIX - 1 + PM_DIGEST_SIZE)
void pm_doc_digest(const struct pm_doc *doc, char out[PM_DIGEST_SIZE]);

/* True for PM_DIGEST_PREFIX and 64 hexadecimal digits in lower case. */
bool pm_doc_digest_valid(struct pm_slice digest);

/* What an approval is worth for the text as it is now. */
enum pm_approval_standing {
	PM_APPROVAL_VALID,   /* counts */
	PM_APPROVAL_STALE,   /* was given to another text */
	PM_APPROVAL_AGAIN,   /* the same person has another that counts */
	PM_APPROVAL_OWNER,   /* by the owner of the document */
	PM_APPROVAL_FOREIGN, /* by somebody whom the policy does not name */
	PM_APPROVAL_NOBODY,  /* by "TBD", or by none of the policy's people */
	PM_APPROVAL_FUTURE,  /* dated in the future */
	PM_APPROVAL_BROKEN,  /* who, when or which text cannot be read */
};

/*
 * Writes how each approval stands to out, which has room for doc->napprovals,
 * and returns how many people approve the present text. now is in UTC seconds.
 */
size_t pm_doc_approvals(const struct pm_doc *doc,
	const struct pm_policy *policy, int64_t now,
	enum pm_approval_standing *out);

/* True when one of the approvals that count is this person's, by the key that
   pm_person_key gives; standing is what pm_doc_approvals wrote. */
bool pm_doc_approved_by(const struct pm_doc *doc,
	const enum pm_approval_standing *standing, const char *key);

/* True when the person is named: not empty, "TBD", "-", "?", "nobody" ... */
bool pm_doc_names_person(struct pm_slice person);

/* True when something shows that the action is done: not empty, "TBD", "done"
   nor the tracker again. */
bool pm_doc_has_proof(const struct pm_action *action);

#ifdef __cplusplus
}
#endif

#endif
