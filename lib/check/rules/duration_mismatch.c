/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Durations typed into the body that the moments contradict. Moments come from
 * the front matter; where it has none, from the entries of the timeline that
 * say which they are. A typed duration agrees when it fits any of the spans it
 * could mean, rounded as people round; where it may be of a part of the
 * incident, it only must not be longer than the whole.
 */
#include "check/check.h"

#include "check/claims.h"
#include "check/prose.h"

struct moment {
	bool known, in_body;
	int64_t sec, slack; /* it may be so much later */
	unsigned line;      /* of the entry */
	const struct pm_time *time;
};

struct typing {
	struct pm_check *check;
	struct moment moments[PM_MOMENT_COUNT];
	unsigned known;
};

/* A span that a duration may mean. */
struct between {
	enum pm_moment from, to;
};

#define S PM_MOMENT_STARTED
#define D PM_MOMENT_DETECTED
#define A PM_MOMENT_ACKNOWLEDGED
#define I PM_MOMENT_IDENTIFIED
#define M PM_MOMENT_MITIGATED
#define R PM_MOMENT_RESOLVED

/* The usual one of each first: it is named when none fits. People begin to
   count where it started, where they saw it, and where they took it up. */
static const struct between wholes[] = {
	{S, R}, {S, M}, {D, R}, {D, M}, {A, R}, {A, M}};
static const struct between detect[] = {{S, D}};
static const struct between acknowledge[] = {{D, A}, {S, A}};
static const struct between identify[] = {{D, I}, {S, I}, {A, I}};
static const struct between mitigate[] = {{S, M}, {D, M}, {A, M}};

#undef S
#undef D
#undef A
#undef I
#undef M
#undef R

#define COUNT(table) (sizeof(table) / sizeof *(table))

static const struct {
	const struct between *spans;
	size_t len;
} meanings[] = {
	[PM_CLAIM_NONE] = {NULL, 0},
	[PM_CLAIM_WHOLE] = {wholes, COUNT(wholes)},
	[PM_CLAIM_TTD] = {detect, COUNT(detect)},
	[PM_CLAIM_TTA] = {acknowledge, COUNT(acknowledge)},
	[PM_CLAIM_TTI] = {identify, COUNT(identify)},
	[PM_CLAIM_TTM] = {mitigate, COUNT(mitigate)},
	[PM_CLAIM_TTR] = {wholes, COUNT(wholes)},
};

/* How much later than written a time may be. */
static int64_t slack_of(const struct pm_time *time)
{
	if (time->approximate || time->precision == PM_PRECISION_HOUR)
		return 3600;
	return time->precision == PM_PRECISION_MINUTE ? 60 : 1;
}

static void take(struct typing *typing, enum pm_moment moment,
	const struct pm_time *time, unsigned line)
{
	struct moment *out = &typing->moments[moment];

	if (out->known || time->precision < PM_PRECISION_HOUR)
		return;
	*out = (struct moment){.known = true,
		.in_body = line != 0,
		.sec = time->sec,
		.slack = slack_of(time),
		.line = line,
		.time = time};
	typing->known++;
}

/* The moments, from one source: what a document says twice may differ, and
   that is for another rule to say. */
static void gather(struct typing *typing)
{
	const struct pm_doc *doc = typing->check->doc;
	const struct pm_timeline *timeline = &doc->timeline;

	for (size_t i = 0; i < PM_MOMENT_COUNT; i++)
		if (doc->times[i].valid)
			take(typing, (enum pm_moment)i, &doc->times[i].time, 0);
	for (size_t i = 0; !doc->times_key.len && i < timeline->nentries; i++) {
		const struct pm_entry *entry = &timeline->entries[i];
		struct pm_moment_claim claim;

		if (!entry->problem &&
			pm_moment_claim_read(entry->text, false, &claim))
			take(typing, claim.moment, &entry->time, entry->line);
	}
}

/* The bounds of a span; false when an end of it is not known. */
static bool bounds(const struct typing *typing, const struct between *span,
	int64_t *low, int64_t *high)
{
	const struct moment *from = &typing->moments[span->from];
	const struct moment *to = &typing->moments[span->to];

	if (!from->known || !to->known || to->sec < from->sec)
		return false;
	*low = to->sec - from->sec - from->slack;
	*high = to->sec - from->sec + to->slack;
	return true;
}

/* True when the words can mean the span. */
static bool fits(const struct typing *typing, const struct pm_typed *typed,
	const struct pm_claim *claim, const struct between *span)
{
	int64_t low, high;

	if (!bounds(typing, span, &low, &high))
		return false;
	if (claim->part)
		return typed->low_s <= high;
	return typed->high_s >= low && (claim->most || typed->low_s <= high);
}

/* The first span with both ends known; NULL when nothing can be compared. A
   part is compared with the whole only. */
static const struct between *usual(
	const struct typing *typing, const struct pm_claim *claim)
{
	int64_t low, high;

	for (size_t i = 0; i < meanings[claim->kind].len; i++) {
		const struct between *span = &meanings[claim->kind].spans[i];

		if (bounds(typing, span, &low, &high))
			return i && claim->part ? NULL : span;
	}
	return NULL;
}

static bool is_contradicted(const struct typing *typing,
	const struct pm_typed *typed, const struct pm_claim *claim)
{
	if (claim->kind == PM_CLAIM_NONE)
		return false;
	for (size_t i = 0; i < meanings[claim->kind].len; i++)
		if (fits(typing, typed, claim, &meanings[claim->kind].spans[i]))
			return false;
	return usual(typing, claim) != NULL;
}

/* False when a duration agrees with the moments, whatever else is said in its
   sentence: of a part less is wrong, unless it is "within". Most agree. */
static bool may_contradict(const struct typing *typing, struct pm_slice text,
	const struct pm_typed *typed)
{
	struct pm_claim claim = pm_claim_guess(text, typed);

	return claim.kind != PM_CLAIM_NONE &&
	       (claim.most || is_contradicted(typing, typed, &claim));
}

/* True when somebody wrote it here: not code, a quotation or a comment. */
static bool is_prose(const struct pm_check *check, size_t off)
{
	const struct pm_prose *stretch = pm_check_stretch(check, off);

	return stretch && !stretch->code && !stretch->quoted;
}

/* "started 10:02Z", "'incident starts' in line 40, 10:02". */
static void name_moment(
	struct pm_buf *out, const struct typing *typing, enum pm_moment which)
{
	const struct moment *moment = &typing->moments[which];

	pm_buf_addf(out, "%s ", pm_moment_names[which]);
	pm_time_print(out, moment->time,
		moment->time->has_offset ? PM_TIME_RFC3339 : PM_TIME_LOCAL);
	if (moment->in_body)
		pm_buf_addf(out, " in line %u", moment->line);
}

static void report(const struct typing *typing, const struct pm_typed *typed,
	const struct pm_claim *claim)
{
	struct pm_check *check = typing->check;
	const struct between *span = usual(typing, claim);
	const struct moment *from = &typing->moments[span->from];
	const struct moment *to = &typing->moments[span->to];
	struct pm_span place = {typed->off, typed->len};
	struct pm_buf words = PM_BUF_INIT;

	pm_buf_addf(&words, "typed '%s', but the moments give ",
		pm_check_word(check,
			pm_slice_sub(check->doc->src, typed->off, typed->len)));
	pm_duration_print(&words, to->sec - from->sec);
	pm_buf_adds(&words, ": ");
	name_moment(&words, typing, span->from);
	pm_buf_adds(&words, ", ");
	name_moment(&words, typing, span->to);
	pm_finding_add_level(check,
		claim->part ? PM_LEVEL_WARNING : PM_LEVEL_DEFAULT,
		pm_check_first_line(check, place),
		"mend the moment that is wrong, or leave the duration out: pm "
		"computes it",
		"%s", words.ptr);
	pm_buf_release(&words);
}

/* Reads what was typed with its unit in text from off on. */
static void read_words(
	const struct typing *typing, struct pm_slice text, size_t off)
{
	struct pm_check *check = typing->check;
	struct pm_typed typed;

	while (pm_typed_next(text, &off, &typed)) {
		struct pm_claim claim;

		if (!may_contradict(typing, text, &typed))
			continue;
		claim = pm_claim_read(text, &typed);
		if (is_contradicted(typing, &typed, &claim) &&
			pm_findings_wanted(check) &&
			is_prose(check, typed.off + typed.len - 1))
			report(typing, &typed, &claim);
	}
}

/* The same for "00:45", which may be two things: neither must fit. */
static void read_clocks(
	const struct typing *typing, struct pm_slice text, size_t off)
{
	struct pm_check *check = typing->check;
	struct pm_typed hours, minutes;

	while (pm_typed_clock(text, &off, &hours, &minutes)) {
		struct pm_claim claim;

		if (!may_contradict(typing, text, &hours))
			continue;
		claim = pm_claim_read(text, &hours);
		if (is_contradicted(typing, &hours, &claim) &&
			is_contradicted(typing, &minutes, &claim) &&
			pm_findings_wanted(check) && is_prose(check, hours.off))
			report(typing, &hours, &claim);
	}
}

static void read_text(
	const struct typing *typing, struct pm_slice text, size_t off)
{
	read_words(typing, text, off);
	read_clocks(typing, text, off);
}

/* True where other incidents, single steps or the future are spoken of. */
static bool is_spared(const struct pm_section *section)
{
	return (section->roles | 1u << section->role) &
	       (1u << PM_SECTION_TIMELINE | 1u << PM_SECTION_ACTIONS |
		       1u << PM_SECTION_BACKGROUND | 1u << PM_SECTION_LUCKY |
		       1u << PM_SECTION_REFERENCES);
}

static void run(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;
	struct typing typing = {.check = check};
	size_t off = doc->body_off;

	gather(&typing);
	if (typing.known < 2)
		return;
	for (size_t i = 0; i < doc->nsections; i++) {
		const struct pm_section *section = &doc->sections[i];

		if (section->span.off < off || !is_spared(section))
			continue;
		read_text(&typing, pm_slice_sub(doc->src, 0, section->span.off),
			off);
		off = section->span.off + section->span.len;
	}
	read_text(&typing, doc->src, off);
}

PM_RULE_DEFINE(duration_mismatch) = {
	.info =
		{
			.id = "duration-mismatch",
			.step = PM_STEP_ANALYSE,
			.level = PM_LEVELS(WARNING, ERROR, ERROR),
			.summary = "a typed duration is not what the moments "
				   "give",
			.why = "A duration that somebody typed is counted once "
			       "and never again: the moments are mended in "
			       "review, and the sentence that everybody "
			       "quotes still says 45 minutes. One of the two "
			       "is wrong, and the reader cannot tell which. "
			       "The durations in pm's own output are "
			       "computed from the moments, so none has to be "
			       "typed.",
			.bad = "## Summary\n\n"
			       "A push removed the EU shard. The outage "
			       "lasted 45 minutes.\n",
			.good = "## Summary\n\n"
				"A push removed the EU shard. The outage "
				"lasted about an hour.\n",
		},
	.run = run,
};
