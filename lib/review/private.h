/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A review from the inside. Each file looks at one thing that two versions of
 * a document have and adds what changed in it; nothing of a document is kept,
 * so what is added points into the documents and the arena, and lives as long.
 */
#ifndef PM_REVIEW_PRIVATE_H
#define PM_REVIEW_PRIVATE_H

#include "base/arena.h"
#include "base/record.h"
#include "pm/doc.h"
#include "pm/review.h"

/* Every kind of change: the order is that of changes of one weight. */
enum pm_review_kind {
#define PM_REVIEW_KIND(id, name, weight) PM_REVIEW_##id,
#include "review/kinds.def"
#undef PM_REVIEW_KIND
	PM_REVIEW_KINDS,
};

/* A finding that one version alone has. */
struct pm_review_finding {
	const char *rule;
	enum pm_level level;
	unsigned line;
	struct pm_slice message;
	bool mended; /* the old version alone; else the new one */
};

struct pm_review_judged {
	struct pm_review_finding *items;
	size_t len;
};

/* A document that is told of. */
struct pm_review_told {
	const struct pm_change *change; /* NULL: it did not change itself */
	const char *path;               /* of the new version, or the old */
	struct pm_review_judged *judged;
};

struct pm_review_list {
	struct pm_review_told *items; /* in order of paths */
	size_t len;
};

/*
 * Judges the change and says what the review tells of: the documents that it
 * touches, and others in which it brings or mends a finding. All lives in the
 * arena. Returns what the check does.
 */
int pm_review_judge(struct pm_ctx *ctx, struct pm_snapshot *after,
	struct pm_changes *changes, const struct pm_review_opts *opts,
	struct pm_arena *arena, struct pm_review_list *out);

/*
 * What depends on every byte of a version, so that it is known before secrets
 * are hidden in it.
 */
struct pm_review_stand {
	enum pm_approval_standing *approvals; /* NULL: not known yet */
	size_t count;                         /* people who approve the text */
	char digest[PM_DIGEST_SIZE]; /* of a final document; else empty */
};

struct pm_review_item;

/* Two versions of a document, and what was found so far. */
struct pm_review {
	const struct pm_doc *old; /* NULL: it is new */
	const struct pm_doc *new; /* NULL: it is gone */
	const struct pm_policy *policy;
	struct pm_arena *arena;
	bool words;     /* word-level differences are asked for */
	bool unchanged; /* old and new are one; findings alone are told */
	int64_t now;    /* UTC seconds */
	struct pm_review_stand old_stand, new_stand; /* filled when empty */
	const struct pm_review_judged *judged;       /* NULL: nobody did */
	/* Of the old version, matched; NULL: not known yet. */
	const struct pm_review_item *causes;
	bool causes_renumbered;
	struct pm_review_change *changes;
	size_t nchanges;
	unsigned seen[PM_REVIEW_KINDS]; /* of each kind, listed or not */
	struct pm_review_change spare;  /* takes what is not listed */
};

/*
 * Adds a change at a line of the new version (of the old one where old_side is
 * set afterwards) and returns it, to be completed. The weight is the kind's
 * own. More than a hundred of one kind are counted, not listed.
 */
struct pm_review_change *pm_review_add(struct pm_review *review,
	enum pm_review_kind kind, unsigned line, const char *fmt, ...)
	PM_PRINTF(4, 5);

/* Sets what the change is about, and the values before and after. */
void pm_review_values(struct pm_review_change *change, struct pm_slice subject,
	struct pm_slice old_text, struct pm_slice new_text);

/* Says how many were not listed and sorts, worst first. */
void pm_review_finish(struct pm_review *review);

/* Text from a document for a message: one line, cut to a few words. */
const char *pm_review_word(
	const struct pm_review *review, struct pm_slice text);

/* As pm_review_word in quotes, or "none" for nothing. */
const char *pm_review_quote(
	const struct pm_review *review, struct pm_slice text);

/* "'old' -> 'new'"; what a long text has in common with the other before they
   differ is left out. */
const char *pm_review_differ(const struct pm_review *review,
	struct pm_slice old_text, struct pm_slice new_text);

/* Where a field stands; the line of fallback when it is absent. */
unsigned pm_review_line(
	const struct pm_doc *doc, const struct pm_field *field, unsigned line);

/* The first line of a span. */
unsigned pm_review_span_line(const struct pm_doc *doc, struct pm_span span);

/* True when both read the same, however white space stands between words. */
bool pm_review_same(struct pm_slice a, struct pm_slice b);

/* True for the same person, however he is written. */
bool pm_review_same_person(struct pm_slice a, struct pm_slice b);

/* The order of the changes and what each looks at. */
void pm_review_docs(struct pm_review *review);
void pm_review_facts(struct pm_review *review);
void pm_review_lists(struct pm_review *review);
void pm_review_moments(struct pm_review *review);
void pm_review_causes(struct pm_review *review);
void pm_review_actions(struct pm_review *review);
void pm_review_take_stand(struct pm_review *review, const struct pm_doc *doc,
	struct pm_review_stand *out);
void pm_review_approvals(struct pm_review *review);
void pm_review_findings(struct pm_review *review);

/* Adds to the totals all findings of one document, listed or not. */
void pm_review_count(
	const struct pm_review_judged *judged, struct pm_review_totals *totals);
void pm_review_timeline(struct pm_review *review);
void pm_review_sections(struct pm_review *review);

/* --- words -------------------------------------------------------------- */

/* A text cut into words, with what tells two of them apart. */
struct pm_review_words {
	struct pm_review_token {
		struct pm_slice text;
		uint64_t hash;
	} * items;
	size_t len;
};

/* Appends the words of a text, as written. */
void pm_review_words_add(struct pm_review_words *words, struct pm_arena *arena,
	struct pm_slice text);

struct pm_review_words_diff {
	size_t removed, added; /* words */
	size_t first_old;      /* the first word that differs */
	size_t first_new;
	bool equal;
};

/*
 * Compares two texts word by word. With shown not NULL the differences are
 * appended to it, marked as in struct pm_review_change. Two texts that differ
 * in more than a thousand words between the first and the last difference are
 * taken as one that was replaced.
 */
void pm_review_words_compare(const struct pm_review_words *old,
	const struct pm_review_words *new, struct pm_arena *arena,
	struct pm_review_words_diff *diff, struct pm_buf *shown);

/* --- matching ----------------------------------------------------------- */

/* What one side's items are told apart by. */
struct pm_review_item {
	struct pm_slice id;   /* may be empty */
	struct pm_slice text; /* title of an action, text of a cause */
	size_t match;         /* the other side's number; SIZE_MAX: none */
	uint64_t *words;      /* these are for the matching alone */
	size_t nwords, next;
};

/*
 * Finds which item of the new side is which of the old one: the same id, then
 * the same text, then the most words in common, at least half of them. Sets
 * match on both sides.
 */
void pm_review_match(struct pm_arena *arena, struct pm_review_item *old,
	size_t nold, struct pm_review_item *new, size_t nnew);

/* How many per cent of their words two texts share. */
unsigned pm_review_alike(
	struct pm_arena *arena, struct pm_slice a, struct pm_slice b);

/* --- the way to the parent and out --------------------------------------- */

/* Appends the changes as a record; reads them again into the arena. */
void pm_review_put(struct pm_buf *out, const struct pm_review *review);
bool pm_review_get(struct pm_record *record, struct pm_arena *arena,
	struct pm_review_doc *doc);

/* What a format writes into; it is handed on when it grows. */
struct pm_review_out {
	struct pm_ctx *ctx;
	const struct pm_review_opts *opts;
	struct pm_review_totals *totals; /* complete at the end */
	const char *settings;            /* those that change; NULL: none */
	bool no_docs;                    /* no document changes */
	struct pm_buf text;
	void *state; /* the format's own; freed by its end */
	int failed;  /* the first failure */
};

/* Appends what every format says where the settings change; their names as put
   writes them. */
void pm_review_add_settings(struct pm_buf *to, const struct pm_review_out *out,
	void (*put)(struct pm_buf *out, struct pm_slice text));

/* A format: how a review begins, a document of it, and its end. */
struct pm_review_format {
	const char *name;
	void (*begin)(struct pm_review_out *out);
	void (*doc)(struct pm_review_out *out, const struct pm_review_doc *doc);
	void (*end)(struct pm_review_out *out);
};

extern const struct pm_review_format pm_review_format_text;
extern const struct pm_review_format pm_review_format_markdown;
extern const struct pm_review_format pm_review_format_json;
extern const struct pm_review_format pm_review_format_html;

/* "2 documents and 1 unchanged, " and their counts, or "no post-mortem
   changes". */
void pm_review_add_total(
	struct pm_buf *out, const struct pm_review_totals *totals);

/*
 * "(modified, review, SEV2): 2 to look at first", with put to append what the
 * document says, as the format has it.
 */
void pm_review_add_state(struct pm_buf *out, const struct pm_review_doc *doc,
	void (*put)(struct pm_buf *out, struct pm_slice text));

/*
 * Cuts the next piece of the words of a change off *rest; false at the end.
 * *mark is anything but PM_REVIEW_ENDS; a gap has no text.
 */
bool pm_review_next_words(struct pm_slice *rest, enum pm_review_mark *mark,
	struct pm_slice *text);

/* True for a byte that is a mark. */
bool pm_review_is_mark(char c);

#endif
