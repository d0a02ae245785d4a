/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The shape of a rule: one file in rules/, one row in rules.def. Rules only
 * read the document; a finding is added at a span with words for a person.
 * Everything about a rule (pm explain, its default levels, its first test)
 * comes from its entry.
 *
 * The examples of an entry. Each is a document, or a piece of one that stands
 * for itself when it is read:
 *
 *	status: draft			keys of the front matter first;
 *	action_items: []
 *
 *	## Impact			then sections.
 *	None that we know of.
 *
 * The test of the entries lays a piece over one complete document that no rule
 * objects to (tests/cases/example): a key replaces the key of that name with
 * all that belongs to it, a section the section of that heading; a piece with
 * an H1 replaces the whole body. What begins with "---" or "<!--" is a whole
 * document. Lines "# file: PATH" at the top say where it stands, and may be
 * several. "<of this text>" at the end of a line is the document's digest. Of
 * two pieces after the lines "# before" and "# now" the first is the version
 * that the change begins with.
 */
#ifndef PM_CHECK_CHECK_H
#define PM_CHECK_CHECK_H

#include "base/arena.h"
#include "base/secret.h"
#include "base/record.h"
#include "doc/doc.h"
#include "doc/edit.h"
#include "pm/check.h"
#include "snapshot/snapshot.h"

enum pm_scope {
	PM_SCOPE_DOCUMENT,   /* one document and the files around it */
	PM_SCOPE_REPOSITORY, /* needs what the others are: id-duplicate */
};

/* Default levels, by status. A draft may be unfinished. */
#define PM_LEVELS(draft, review, final)                                        \
	{                                                                      \
		PM_LEVEL_##draft, PM_LEVEL_##review, PM_LEVEL_##final          \
	}

struct pm_anchors;
struct pm_blames;
struct pm_fixes;

/* Everything a rule may look at. */
struct pm_check {
	struct pm_ctx *ctx; /* for ctx->now; rules do not fail */
	const struct pm_doc *doc;
	const struct pm_doc *base; /* the same document before the change that
				      is judged; NULL: it is new, unchanged,
				      or nothing is known of it */
	const struct pm_policy *policy;
	const struct pm_template *tmpl;
	struct pm_reader *reader; /* for files of the same state */
	const struct pm_snapshot *snap;
	struct pm_findings *out;
	const struct pm_rule *rule; /* the one that runs */

	struct pm_arena *arena;     /* the document's: words for a finding */
	struct pm_anchors *anchors; /* of other documents */
	const struct pm_blames *blames; /* see check/blame.h */
	struct pm_secrets *secrets;     /* of the document: shown to nobody */
	bool *used;                     /* by waiver: it held for a finding */
	const size_t *by_id;            /* for pm_check_with_id */
	bool ids;                       /* its id may be another's as well: not
					   where a change leaves the id alone */
	bool fields;    /* front matter is there and can be read:
			   what is absent is missing */
	unsigned roles; /* bit set: roles that some section has */
};

struct pm_rule {
	struct pm_rule_info info;
	enum pm_scope scope;
	bool always;     /* also for a document that could not be read */
	bool sole;       /* where it finds something, only "always" is run */
	bool strict;     /* no waiver holds for it */
	bool placed;     /* a waiver of it holds for one place, never for all */
	bool told;       /* no baseline holds it back */
	bool blinds;     /* where it finds something, others find less than
			    there is: what they are silent about is not mended */
	bool change;     /* judges what changed: silent without check->base */
	bool approvable; /* an approval of the text mends what it finds */
	bool after;      /* runs when waivers were applied: about them */
	void (*run)(struct pm_check *check);
	/* Mends what has one right answer; asked only where the rule found
	   something. NULL: nothing has. */
	void (*fix)(struct pm_check *check, struct pm_fixes *fixes);
};

#define PM_RULE_DEFINE(name) const struct pm_rule pm_rule_##name

/*
 * Adds a finding of the running rule at a span of the document; an empty span
 * at 0 means the first line. hint may be NULL. The level follows the rule, the
 * policy and the document's status.
 */
void pm_finding_add(struct pm_check *check, struct pm_span span,
	const char *hint, const char *fmt, ...) PM_PRINTF(4, 5);

/* As pm_finding_add at a whole line. */
void pm_finding_add_line(struct pm_check *check, unsigned line,
	const char *hint, const char *fmt, ...) PM_PRINTF(4, 5);

/* True when the marks of a merge that nobody finished are in the document. */
bool pm_check_is_unmerged(const struct pm_doc *doc);

/*
 * Gives the places of all texts that a finding points at (but its rule's name,
 * which is static), for whoever keeps one beyond the call it came with.
 */
#define PM_FINDING_TEXTS 6
void pm_finding_texts(
	struct pm_finding *finding, struct pm_slice *out[PM_FINDING_TEXTS]);

/*
 * As pm_finding_add with a level of its own instead of the rule's for this
 * status (the policy still wins): a proposed action that nobody decided on
 * weighs less than a status that does not exist.
 */
void pm_finding_add_level(struct pm_check *check, enum pm_level level,
	struct pm_span span, const char *hint, const char *fmt, ...)
	PM_PRINTF(5, 6);

/*
 * The name of an action, for the message of the next finding, which is about
 * it and begins with its name: "%s has no owner".
 */
const char *pm_finding_about(
	struct pm_check *check, const struct pm_action *action);

/*
 * The next finding is known again by this text, which lives as long as the
 * document, whatever else its message says: of documents, say, that come and
 * go.
 */
void pm_finding_known_by(struct pm_check *check, struct pm_slice text);

/* Findings that the running rule adds from now on belong to this step, not to
   the rule's own: an empty timeline is something to collect. */
void pm_finding_step(struct pm_check *check, enum pm_step step);

/* Adds a finding for each problem of this kind that reading met. */
void pm_finding_add_problems(struct pm_check *check, enum pm_problem_kind kind);

/* True while the running rule may still add findings that are listed: below
   it, words that cost time to find are worth it. */
bool pm_findings_wanted(const struct pm_check *check);

/* Where an absent front matter key would be written: the front matter's first
   line, or line 1. */
struct pm_span pm_check_front_place(const struct pm_check *check);

/* Where a field stands: its value, else its key, else pm_check_front_place. */
struct pm_span pm_check_place(
	const struct pm_check *check, const struct pm_field *field);

/* The part of a span that lies on its first line. */
struct pm_span pm_check_first_line(
	const struct pm_check *check, struct pm_span span);

/* What an action says, or where that is not known as the next one. */
struct pm_span pm_check_title_place(
	const struct pm_check *check, const struct pm_action *action);

/* The first line of an action. */
struct pm_span pm_check_action_place(
	const struct pm_check *check, const struct pm_action *action);

/* "action A2", "action 'Reject a config that ...'": for messages. */
const char *pm_check_action_name(
	const struct pm_check *check, const struct pm_action *action);

/* The text with what is known of the document's secrets hidden. */
struct pm_slice pm_check_shown(
	const struct pm_check *check, struct pm_slice text);

/* Text from the document for a message: terminated, its secrets hidden, cut to
   a few words. */
const char *pm_check_word(const struct pm_check *check, struct pm_slice text);

/*
 * A hint for a value that is on no list: "write: kind: near-miss" with the
 * nearest, else "write one of: ...". words is NULL-terminated; an empty one
 * gives NULL.
 */
const char *pm_check_suggest(const struct pm_check *check, const char *key,
	struct pm_slice word, const char *const *words);

/* What became of a waiver. */
enum pm_waiver_state {
	PM_WAIVER_HOLDS,
	PM_WAIVER_INVALID,   /* cannot be read, or for no rule that takes one */
	PM_WAIVER_NO_PLACE,  /* which line it is for is not said */
	PM_WAIVER_NO_REASON, /* does not count */
	PM_WAIVER_EXPIRED,   /* does not count any more */
};

/* Whether a waiver of the document counts today. */
enum pm_waiver_state pm_waiver_state(
	const struct pm_check *check, const struct pm_waiver *waiver);

/* The level that a rule has in the document's status; OFF: it is silent. */
enum pm_level pm_rule_level(
	const struct pm_check *check, const struct pm_rule *rule);

/* Where a waiver stands: its first line. */
struct pm_span pm_check_waiver_place(
	const struct pm_check *check, const struct pm_waiver *waiver);

/*
 * How many documents besides this one have that id, or one that is the same
 * but for case and accents; *path (may be NULL) is the first of them. In a
 * large repository of which only changes are judged the
 * first question of a run costs a listing: ask for ids that matter.
 */
size_t pm_check_with_id(
	struct pm_check *check, struct pm_slice id, const char **path);
size_t pm_check_like_id(
	struct pm_check *check, struct pm_slice id, const char **path);

/* Visits the path of every document, in no order that means anything: to look
   for what nearly is an id. A PM_E code: they cannot be listed. */
int pm_check_each_path(
	struct pm_check *check, pm_reader_file_fn fn, void *data);

/* Today in UTC, so that every machine says the same. */
struct pm_date pm_check_today(const struct pm_check *check);

/* True while somebody has to do it: open or in progress. */
bool pm_action_is_open(const struct pm_action *action);

/*
 * True when a is certainly before b: compared as exactly as the coarser of
 * them was written; an unknown one is before nothing, "about" is an hour wide.
 */
bool pm_time_before(const struct pm_time *a, const struct pm_time *b);

/*
 * Notes that the running rule mends what stands at a span, in words for a
 * person ("the id is ..."), and gives the edits to do it with.
 */
struct pm_edits *pm_fix_add(struct pm_check *check, struct pm_fixes *fixes,
	struct pm_span span, const char *fmt, ...) PM_PRINTF(4, 5);

/* What one rule mends in a document. */
struct pm_fixed {
	const char *rule;
	struct pm_pos pos;
	struct pm_slice message;
};

/*
 * Reads what a document's record tells of its fixes (pm_check_opts.fixes): how
 * many there are, each of them, and then the edits, for pm_edits_replay.
 */
size_t pm_fixes_get_count(struct pm_record *record);
bool pm_fixes_get(struct pm_record *record, struct pm_fixed *fixed);

/* Entry number i of the rules, as in pm_rules(); NULL beyond the last. */
const struct pm_rule *pm_rule_entry(size_t i);

/* The rule of that name; NULL: none has it. */
const struct pm_rule *pm_rule_named(struct pm_slice id);

#endif
