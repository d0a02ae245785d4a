/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Findings that a change brought and those it mended, as the check tells them
 * apart. They come from the parent, which judged the documents before the
 * workers were forked.
 */
#include "review/private.h"

/* True for a section that is missing because it was taken out. */
static bool is_taken_out(
	const struct pm_review *review, const struct pm_review_finding *finding)
{
	if (strcmp(finding->rule, "section-missing") != 0)
		return false;
	for (size_t i = 0; i < review->nchanges; i++) {
		const struct pm_review_change *change = &review->changes[i];

		if (strcmp(change->kind, "section-removed") == 0 &&
			change->weight == PM_REVIEW_ALERT &&
			pm_slice_is(finding->message,
				pm_arena_printf(review->arena,
					"section '%.*s' is missing",
					PM_SLICE_ARG(change->subject))))
			return true;
	}
	return false;
}

/* True for what is said of the same action, or of the same line. */
static bool is_of(const struct pm_review *review,
	const struct pm_review_finding *finding,
	const struct pm_review_change *change)
{
	const char *action = pm_arena_printf(
		review->arena, "action %.*s ", PM_SLICE_ARG(change->subject));

	return (change->line == finding->line && !change->old_side) ||
	       pm_slice_starts(finding->message, action);
}

static bool has_alert(const struct pm_review *review,
	const struct pm_review_finding *finding, const char *kind)
{
	for (size_t i = 0; i < review->nchanges; i++) {
		const struct pm_review_change *change = &review->changes[i];

		if (change->weight == PM_REVIEW_ALERT &&
			strcmp(change->kind, kind) == 0 &&
			is_of(review, finding, change))
			return true;
	}
	return false;
}

/*
 * True when the review has told it already, in its own words: of approvals and
 * final texts always, of a section that was removed, of some others when an
 * alert is about the same.
 */
static bool is_told(
	const struct pm_review *review, const struct pm_review_finding *finding)
{
	static const char *const told[] = {
		"approval-missing", "approval-stale", "final-edited"};
	static const struct {
		const char *rule, *kind;
	} by_line[] = {
		{"action-due", "action-redated"},
		{"action-owner", "action-reowned"},
		{"action-proof", "action-closed"},
		{"action-reason", "action-rejected"},
		{"action-reason", "action-superseded"},
		{"section-empty", "section-emptied"},
	};

	if (review->unchanged)
		return false;
	if (is_taken_out(review, finding))
		return true;
	for (size_t i = 0; i < sizeof told / sizeof *told; i++)
		if (strcmp(finding->rule, told[i]) == 0)
			return true;
	for (size_t i = 0; i < sizeof by_line / sizeof *by_line; i++)
		if (strcmp(finding->rule, by_line[i].rule) == 0 &&
			has_alert(review, finding, by_line[i].kind))
			return true;
	return false;
}

static void introduced(
	struct pm_review *review, const struct pm_review_finding *finding)
{
	bool quiet =
		finding->level == PM_LEVEL_NOTE || is_told(review, finding);
	struct pm_review_change *change =
		pm_review_add(review, PM_REVIEW_FINDING_NEW, finding->line,
			"%s: %.*s [%s]", pm_level_name(finding->level),
			PM_SLICE_ARG(finding->message), finding->rule);

	change->subject = pm_slice_str(finding->rule);
	change->new_text = pm_slice_str(pm_level_name(finding->level));
	if (finding->level == PM_LEVEL_ERROR)
		change->weight = PM_REVIEW_ALERT;
	if (quiet)
		change->weight = PM_REVIEW_QUIET;
}

static void mended(
	struct pm_review *review, const struct pm_review_finding *finding)
{
	struct pm_review_change *change = pm_review_add(review,
		PM_REVIEW_FINDING_MENDED, finding->line, "mended: %.*s [%s]",
		PM_SLICE_ARG(finding->message), finding->rule);

	change->old_side = !review->unchanged;
	change->subject = pm_slice_str(finding->rule);
	change->old_text = pm_slice_str(pm_level_name(finding->level));
}

/*
 * True when the new version says the same, on a line of another text: to the
 * check that is a new finding, but the old one was not mended. Each answers
 * for one.
 */
static bool goes_on(const struct pm_review_judged *judged, bool *used,
	const struct pm_review_finding *finding)
{
	for (size_t i = 0; i < judged->len; i++) {
		const struct pm_review_finding *other = &judged->items[i];

		if (other->mended || used[i] || other->rule != finding->rule ||
			!pm_slice_eq(other->message, finding->message))
			continue;
		used[i] = true;
		return true;
	}
	return false;
}

/* Which findings are mended, and do not only stand elsewhere now. */
static bool *find_mended(
	struct pm_arena *arena, const struct pm_review_judged *judged)
{
	bool *used = pm_arena_alloc(arena, judged->len + 1, sizeof *used);
	bool *out = pm_arena_alloc(arena, judged->len + 1, sizeof *out);

	for (size_t i = 0; i < judged->len; i++)
		out[i] = judged->items[i].mended &&
			 !goes_on(judged, used, &judged->items[i]);
	return out;
}

/* Errors first: the list of one kind has an end. */
void pm_review_findings(struct pm_review *review)
{
	const struct pm_review_judged *judged = review->judged;
	bool *is_mended;

	if (!judged)
		return;
	for (int level = PM_LEVEL_ERROR; level >= 0; level--)
		for (size_t i = 0; i < judged->len; i++)
			if (!judged->items[i].mended &&
				(int)judged->items[i].level == level)
				introduced(review, &judged->items[i]);
	is_mended = find_mended(review->arena, judged);
	for (size_t i = 0; i < judged->len; i++)
		if (is_mended[i])
			mended(review, &judged->items[i]);
}

void pm_review_count(
	const struct pm_review_judged *judged, struct pm_review_totals *totals)
{
	struct pm_arena arena = PM_ARENA_INIT;
	bool *is_mended = find_mended(&arena, judged);

	for (size_t i = 0; i < judged->len; i++) {
		const struct pm_review_finding *finding = &judged->items[i];

		totals->mended += is_mended[i];
		totals->introduced[finding->level] += !finding->mended;
	}
	pm_arena_release(&arena);
}
