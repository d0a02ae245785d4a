/* SPDX-License-Identifier: Apache-2.0 */
/* pm review: each kind of change, found between two versions of the example. */
#include "reviewing.h"

/* Edits to the old version, edits to the new one, and what is said of it. */
struct review_case {
	const char *name;
	struct edit old[3], new[4];
	const char *want;
};

static const struct review_case cases[] = {
	{
		"nothing",
		{{0}},
		{{0}},
		"",
	},
	{
		"white space only",
		{{0}},
		{{"kind: incident", "kind:   incident"}},
		"quiet 1 other-changed: only what means nothing to pm changed: "
		"white space, comments, order or unknown keys\n",
	},
	{
		"status forward",
		{{0}},
		{{"status: review", "status: final"}},
		"change 6 status-changed: status: review -> final\n",
	},
	{
		"status back",
		{{"status: review", "status: final"}},
		{{"status: final", "status: draft"}},
		"alert 6 status-changed: status went back: final -> draft\n",
	},
	{
		"a status that is none",
		{{0}},
		{{"status: review", "status: published"}},
		"alert 6 status-changed: status: review -> published\n",
	},
	{
		"severity lowered",
		{{0}},
		{{"severity: SEV2", "severity: SEV3"}},
		"alert 7 severity-changed: severity lowered: SEV2 -> SEV3\n",
	},
	{
		"severity raised",
		{{0}},
		{{"severity: SEV2", "severity: SEV1"}},
		"change 7 severity-changed: severity raised: SEV2 -> SEV1\n",
	},
	{
		"owner and title",
		{{0}},
		{{"owner: \"@ana\"", "owner: \"@bo\""},
			{"title: Checkout answered",
				"title: The checkout answered"}},
		"change 8 owner-changed: owner: @ana -> @bo\n"
		"change 4 title-changed: title: 'Checkout answered 500 to EU "
		"customers' -> 'The checkout answered 500 to EU customers'\n",
	},
	{
		"the same owner, written otherwise",
		{{0}},
		{{"owner: \"@ana\"", "owner: Ana"}},
		"quiet 1 other-changed: only what means nothing to pm changed: "
		"white space, comments, order or unknown keys\n",
	},
	{
		"owner gone",
		{{0}},
		{{"owner: \"@ana\"", "owner: TBD"}},
		"alert 8 owner-changed: owner: @ana -> TBD\n",
	},
	{
		"other fields",
		{{0}},
		{{"kind: incident", "kind: near-miss"},
			{"trigger: config-push", "trigger: unknown"},
			{"incident: INC-1234\n", ""}},
		"change 1 field-changed: incident: INC-1234 -> none\n"
		"change 5 field-changed: kind: incident -> near-miss\n"
		"change 20 field-changed: trigger: config-push -> unknown\n",
	},
	{
		"lists",
		{{0}},
		{{"services: []", "services: [checkout]"},
			{"  - {person: \"@bo\", department: customer-support, "
			 "role: scribe}\n",
				""},
			{"tags: [cdn]", "tags: []"}},
		"change -14 list-removed: participant removed: @bo for "
		"customer-support (scribe)\n"
		"change -25 list-removed: tag removed: cdn\n"
		"quiet 10 list-added: service added: checkout\n",
	},
	{
		"impact smaller",
		{{0}},
		{{"users: 12000", "users: 1200"}, {", note: EU only", ""}},
		"alert 24 impact-changed: impact, users: 12000 -> 1200\n"
		"alert -24 impact-changed: impact, note: EU only -> none\n",
	},
	{
		"moment moved",
		{{0}},
		{{"detected: 2026-11-22T10:09Z",
			"detected: 2026-11-22T10:04Z"}},
		"alert 17 moment-moved: moment 'detected' moved: "
		"2026-11-22T10:09Z -> 2026-11-22T10:04Z (5 min earlier)\n"
		"alert 17 duration-changed: TTD 7 min -> 2 min (5 min "
		"shorter)\n",
	},
	{
		"moment in another zone",
		{{0}},
		{{"detected: 2026-11-22T10:09Z",
			"detected: 2026-11-22T11:09+01:00"}},
		"quiet 1 other-changed: only what means nothing to pm changed: "
		"white space, comments, order or unknown keys\n",
	},
	{
		"moment about",
		{{0}},
		{{"detected: 2026", "detected: ~2026"}},
		"alert 17 moment-moved: moment 'detected' moved: "
		"2026-11-22T10:09Z -> ~2026-11-22T10:09Z\n",
	},
	{
		"moment removed and set",
		{{0}},
		{{"  mitigated: 2026-11-22T10:31Z\n",
			"  identified: 2026-11-22T10:20Z\n"}},
		"alert -18 moment-removed: moment 'mitigated' removed: it was "
		"2026-11-22T10:31Z\n"
		"alert 15 duration-changed: TTM 29 min -> unknown\n"
		"change 18 moment-added: moment 'identified' set: "
		"2026-11-22T10:20Z\n"
		"change 18 duration-changed: TTI unknown -> 11 min\n",
	},
	{
		"action slips",
		{{0}},
		{{"due: 2026-12-05", "due: 2026-12-19"}},
		"change 32 action-redated: action A1 slipped 14 days: "
		"2026-12-05 -> 2026-12-19\n",
	},
	{
		"action is pulled in",
		{{0}},
		{{"due: 2026-12-05", "due: 2026-12-04"}},
		"change 32 action-redated: action A1 pulled in by 1 day: "
		"2026-12-05 -> 2026-12-04\n",
	},
	{
		"action loses its date",
		{{0}},
		{{"    due: 2026-12-05\n", ""}},
		"alert 28 action-redated: action A1 due: 2026-12-05 -> none\n",
	},
	{
		"action changes hands",
		{{0}},
		{{"owner: \"@bo\"\n    due", "owner: \"@cy\"\n    due"}},
		"change 31 action-reowned: action A1 re-owned: @bo -> @cy\n",
	},
	{
		"action has no owner any more",
		{{0}},
		{{"owner: \"@bo\"\n    due", "owner: TBD\n    due"}},
		"alert 31 action-reowned: action A1 has no owner any more: it "
		"was @bo\n",
	},
	{
		"action retyped",
		{{0}},
		{{"type: prevent", "type: docs"},
			{"priority: P1", "priority: P3"},
			{"addresses: [C1]", "addresses: []"}},
		"change 30 action-retyped: action A1 type: prevent -> docs\n"
		"change 35 action-addresses-changed: action A1 addresses: C1 "
		"-> none\n"
		"quiet 33 action-priority-changed: action A1 priority: P1 -> "
		"P3\n",
	},
	{
		"action closed with proof",
		{{0}},
		{{"status: open\n    addr", "status: done\n    proof: "
					    "https://example.org/1\n    addr"}},
		"change 34 action-closed: action A1 closed with proof "
		"(https://example.org/1): 'Reject a config that drops a shard "
		"in the presubmit check'\n",
	},
	{
		"action closed without proof",
		{{0}},
		{{"status: open\n    addr", "status: done\n    addr"}},
		"alert 34 action-closed: action A1 closed without proof: "
		"'Reject a config that drops a shard in the presubmit check'\n",
	},
	{
		"proof taken away",
		{{"status: open\n    addr", "status: done\n    proof: "
					    "https://example.org/1\n    addr"}},
		{{"    proof: https://example.org/1\n", ""}},
		"alert 28 action-proof-changed: action A1 proof: "
		"https://example.org/1 -> none\n",
	},
	{
		"action rejected",
		{{0}},
		{{"status: open\n    addr", "status: rejected\n    addr"}},
		"alert 34 action-rejected: action A1 rejected without a "
		"reason: 'Reject a config that drops a shard in the presubmit "
		"check'\n",
	},
	{
		"action rejected with a reason",
		{{0}},
		{{"status: open\n    addr",
			"status: rejected\n    reason: too dear\n    addr"}},
		"change 34 action-rejected: action A1 rejected: too dear\n",
	},
	{
		"action superseded",
		{{0}},
		{{"status: open\n    addr",
			"status: superseded\n    reason: see A2\n    addr"}},
		"change 34 action-superseded: action A1 superseded: see A2\n",
	},
	{
		"action reopened",
		{{"status: open\n    addr", "status: done\n    addr"}},
		{{"status: done", "status: in-progress"}},
		"change 34 action-reopened: action A1 reopened: done -> "
		"in-progress\n",
	},
	{
		"action begun",
		{{0}},
		{{"status: open\n    addr", "status: in-progress\n    addr"}},
		"quiet 34 action-status-changed: action A1 status: open -> "
		"in-progress\n",
	},
	{
		"action dropped",
		{{0}},
		{{"action_items:\n  - id: A1\n    title: Reject a config that "
		  "drops a shard in the presubmit check\n    type: prevent\n   "
		  " owner: \"@bo\"\n    due: 2026-12-05\n    priority: P1\n    "
		  "status: open\n    addresses: [C1]\n",
			"action_items: []\n"}},
		"alert -28 action-dropped: action A1 dropped while open: "
		"'Reject a config that drops a shard in the presubmit check'\n",
	},
	{
		"action replaced under its number",
		{{0}},
		{{"title: Reject a config that drops a shard in the presubmit "
		  "check",
			"title: Write a page about canaries"}},
		"alert 29 action-replaced: action A1 is another one now: "
		"'Reject a config that drops a shard in the presubmit check' "
		"-> 'Write a page about canaries'\n",
	},
	{
		"action reworded",
		{{0}},
		{{"title: Reject a config that drops",
			"title: Refuse a config that drops"}},
		"quiet 29 action-reworded: action A1 reworded: 'Reject a "
		"config that drops a shard in the presubmit check' -> 'Refuse "
		"a config that drops a shard in the presubmit check'\n",
	},
	{
		"the end of a long title",
		{{0}},
		{{"in the presubmit check", "in the presubmit run"}},
		"quiet 29 action-reworded: action A1 reworded: '...in the "
		"presubmit check' -> '...in the presubmit run'\n",
	},
	{
		"action opened",
		{{0}},
		{{"    addresses: [C1]\n",
			"    addresses: [C1]\n  - id: A2\n    title: Watch the "
			"EU rate\n    owner: \"@cy\"\n    due: 2026-12-09\n"}},
		"change 36 action-opened: action A2 opened: 'Watch the EU "
		"rate' (@cy, due 2026-12-09)\n",
	},
	{
		"action renumbered behind a new one",
		{{0}},
		{{"  - id: A1\n",
			"  - id: A1\n    title: Watch the EU rate\n    owner: "
			"\"@cy\"\n    due: 2026-12-09\n  - id: A2\n"}},
		"change 28 action-opened: action A1 opened: 'Watch the EU "
		"rate' (@cy, due 2026-12-09)\n"
		"quiet 32 action-renumbered: action A1 is called A2 now: "
		"'Reject a config that drops a shard in the presubmit check'\n",
	},
	{
		"action renumbered",
		{{0}},
		{{"  - id: A1\n", "  - id: AI-7\n"}},
		"quiet 28 action-renumbered: action A1 is called AI-7 now: "
		"'Reject a config that drops a shard in the presubmit check'\n",
	},
	{
		"causes that change their ids, and what addresses them",
		{{"EU shard}\n", "EU shard}\n  - {id: C2, kind: process, text: "
				 "The alert watches the global rate only}\n"},
			{"addresses: [C1]", "addresses: [C1, C2]"}},
		{{"id: C2", "id: C3"}, {"id: C1", "id: C2"},
			{"id: C3", "id: C1"}},
		"quiet 23 cause-renumbered: cause C1 is called C2 now: 'The "
		"canary did not cover the EU shard'\n"
		"quiet 24 cause-renumbered: cause C2 is called C1 now: 'The "
		"alert watches the global rate only'\n",
	},
	{
		"the title, and the heading with it",
		{{0}},
		{{"title: Checkout answered", "title: The shop answered"},
			{"# Checkout answered", "# The shop answered"}},
		"change 4 title-changed: title: 'Checkout answered 500 to EU "
		"customers' -> 'The shop answered 500 to EU customers'\n",
	},
	{
		"cause removed",
		{{0}},
		{{"causes:\n  - {id: C1, kind: config-change, text: The canary "
		  "did not cover the EU shard}\n",
			"causes: []\n"}},
		"alert -23 cause-removed: cause C1 removed: 'The canary did "
		"not cover the EU shard'\n",
	},
	{
		"cause changed",
		{{0}},
		{{"kind: config-change, text: The canary did not cover the EU "
		  "shard",
			"kind: process, text: The canary does not cover the EU "
			"shard"}},
		"change 23 cause-kind-changed: cause C1 is of another kind: "
		"'config-change' -> 'process'\n"
		"change 23 cause-reworded: cause C1 reworded: 'The canary did "
		"not cover the EU shard' -> 'The canary does not cover the EU "
		"shard'\n",
	},
	{
		"cause added",
		{{0}},
		{{"EU shard}\n", "EU shard}\n  - {id: C2, kind: process, text: "
				 "Nobody watched}\n"}},
		"change 24 cause-added: cause C2 added: 'Nobody watched'\n",
	},
	{
		"section emptied",
		{{0}},
		{{"The rollback took two minutes from the decision to the last "
		  "server.\n",
			""}},
		"alert 73 section-emptied: section 'What went well' emptied: "
		"it had 12 words\n",
	},
	{
		"section filled",
		{{"The rollback took two minutes from the decision to the last "
		  "server.\n",
			""}},
		{{"## What went well\n",
			"## What went well\n\nWe rolled back.\n"}},
		"change 73 section-filled: section 'What went well' filled: 3 "
		"words\n",
	},
	{
		"section removed",
		{{0}},
		{{"## Detection\n\nThe error rate alert fired seven minutes "
		  "after the start. It watches the global\nrate, and the EU is "
		  "a third of it.\n\n",
			""}},
		"alert -64 section-removed: section 'Detection' removed: 23 "
		"words\n",
	},
	{
		"section added",
		{{0}},
		{{"## Resolution", "## Communication\n\nSupport told them "
				   "all.\n\n## Resolution"}},
		"change 69 section-added: section 'Communication' added: 4 "
		"words\n",
	},
	{
		"section edited",
		{{0}},
		{{"rolled back by hand", "rolled back by @bo"}},
		"quiet 71 section-edited: section 'Resolution' edited: 1 word "
		"removed, 1 added\n",
	},
	{
		"section rewritten",
		{{0}},
		{{"The push was rolled back by hand, and the retry queue "
		  "drained on its own.",
			"We waited until it was over and the queues were empty "
			"again."}},
		"change 71 section-rewritten: section 'Resolution' rewritten "
		"by 77 %: 12 words removed, 9 added\n",
	},
	{
		"section wrapped anew",
		{{0}},
		{{"The push was rolled back by hand, and",
			"The push was\nrolled back by hand, and"}},
		"quiet 1 other-changed: only what means nothing to pm changed: "
		"white space, comments, order or unknown keys\n",
	},
	{
		"section renamed",
		{{0}},
		{{"## Lessons learned", "## Lessons we took"}},
		"quiet 86 section-renamed: section 'Lessons learned' is called "
		"'Lessons we took' now\n",
	},
	{
		"text before the first section",
		{{0}},
		{{"# Checkout answered 500 to EU customers\n",
			"# Checkout answered 500 to EU customers\n\nA short "
			"word before.\n"}},
		"quiet 40 section-edited: section '(the beginning)' edited: 0 "
		"words removed, 4 added\n",
	},
	{
		"timeline entry moved",
		{{0}},
		{{"- 2026-11-22 10:31Z the push",
			"- 2026-11-22 10:41Z the push"}},
		"change 56 timeline-moved: timeline entry moved: "
		"2026-11-22T10:31Z -> 2026-11-22T10:41Z (10 min later): 'the "
		"push is rolled back and errors fall'\n",
	},
	{
		"timeline entry reworded",
		{{0}},
		{{"the error rate alert for checkout fires", "somebody calls"}},
		"change 55 timeline-reworded: timeline entry reworded: "
		"2026-11-22T10:09Z: 'the error rate alert for checkout fires' "
		"-> 'somebody calls'\n",
	},
	{
		"timeline entry added and removed",
		{{0}},
		{{"- 2026-11-22 11:04Z the backlog of retries is worked off "
		  "(grafana)\n",
			"- 2026-11-22 11:20Z an all-clear goes out\n"}},
		"change -57 timeline-removed: timeline entry removed: "
		"2026-11-22T11:04Z 'the backlog of retries is worked off'\n"
		"change 57 timeline-added: timeline entry added: "
		"2026-11-22T11:20Z 'an all-clear goes out'\n",
	},
	{
		"timeline source",
		{{0}},
		{{"worked off (grafana)", "worked off (prometheus)"}},
		"quiet 57 timeline-reworded: timeline entry has another "
		"source: 'the backlog of retries is worked off': 'grafana' -> "
		"'prometheus'\n",
	},
	{
		"evidence",
		{{"related: []", "evidence:\n  - {file: a.svg, sha256: 11}\n  "
				 "- {file: b.svg}"}},
		{{"sha256: 11", "sha256: 22"}, {"b.svg", "c.svg"}},
		"change -28 evidence-removed: evidence removed: b.svg\n"
		"change 27 evidence-changed: evidence has another digest: "
		"a.svg\n"
		"quiet 28 evidence-added: evidence added: c.svg\n",
	},
	{
		"waiver slipped in",
		{{0}},
		{{"related: []",
			"allow:\n  - {rule: action-due, reason: later}"}},
		"alert 27 waiver-added: waives action-due: later\n",
	},
	{
		"approval added",
		{{0}},
		{{"related: []", "approvals:\n  - {by: \"@cy\", at: "
				 "2026-11-23T09:00Z, digest: "
				 "\"sha256:"
				 "000000000000000000000000000000000000000000000"
				 "0000000000000000000\"}"}},
		"alert 27 approval-stale: the approval by @cy on 2026-11-23 is "
		"for another text\n",
	},
	{
		"final text edited",
		{{"status: review", "status: final"}},
		{{"12,000 users saw", "1,200 users saw"}},
		"alert 6 final-edited: the text of a final document changed\n"
		"quiet 47 section-edited: section 'Impact' edited: 1 word "
		"removed, 1 added\n",
	},
	{
		"final, an action done",
		{{"status: review", "status: final"}},
		{{"status: open\n    addr", "status: done\n    proof: "
					    "https://example.org/1\n    addr"}},
		"change 34 action-closed: action A1 closed with proof "
		"(https://example.org/1): 'Reject a config that drops a shard "
		"in the presubmit check'\n",
	},
};

static void kinds_of_change(void **state)
{
	struct pm_buf base = PM_BUF_INIT;
	struct pm_policy *rules = NULL;
	struct pm_ctx *ctx = pm_ctx_new();

	(void)state;
	read_whole(EXAMPLE, &base);
	assert_int_equal(pm_policy_parse(ctx, pm_slice_make("", 0), &rules), 0);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct review_case *c = &cases[i];
		struct pm_buf old = PM_BUF_INIT, new = PM_BUF_INIT;
		struct pm_buf out = PM_BUF_INIT;

		pm_buf_add_slice(&old, pm_buf_slice(&base));
		for (size_t j = 0; j < 3; j++)
			apply(&old, &c->old[j]);
		pm_buf_add_slice(&new, pm_buf_slice(&old));
		for (size_t j = 0; j < 4; j++)
			apply(&new, &c->new[j]);
		review_texts(old.ptr, new.ptr, rules, false, &out);
		if (strcmp(out.ptr, c->want) != 0) {
			print_error("%s:\n%s---- wanted:\n%s", c->name, out.ptr,
				c->want);
			fail();
		}
		pm_buf_release(&old);
		pm_buf_release(&new);
		pm_buf_release(&out);
	}
	pm_buf_release(&base);
	pm_policy_free(rules);
	pm_ctx_free(ctx);
}

/* A text of words from "a" on, so many, with a few others in between. */
static void add_words(struct pm_buf *out, unsigned n, unsigned every)
{
	for (unsigned i = 0; i < n; i++)
		pm_buf_addf(out, "%s%u ",
			every && i % every == every - 1 ? "x" : "w", i);
}

static struct pm_review_words_diff compare(const char *old, const char *new,
	struct pm_arena *arena, struct pm_buf *shown)
{
	struct pm_review_words a = {0}, b = {0};
	struct pm_review_words_diff diff;

	pm_review_words_add(&a, arena, pm_slice_str(old));
	pm_review_words_add(&b, arena, pm_slice_str(new));
	pm_review_words_compare(&a, &b, arena, &diff, shown);
	return diff;
}

/* Every pair of short texts: the differences are the fewest there are, and
   taking them away gives either text. */
static void fewest_words(void **state)
{
	static const char *const texts[] = {"", "a", "b", "a b", "b a",
		"a b c a b b a", "c b a b a c", "a a a a", "c c c", "b c a c a",
		"a b c d e f g", "x b c d y f g z"};
	const size_t n = sizeof texts / sizeof *texts;
	struct pm_arena arena = PM_ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j < n; j++) {
			struct pm_buf shown = PM_BUF_INIT;
			struct pm_review_words_diff diff =
				compare(texts[i], texts[j], &arena, &shown);
			struct pm_review_words_diff back =
				compare(texts[j], texts[i], &arena, NULL);
			struct pm_buf old = PM_BUF_INIT, new = PM_BUF_INIT;
			struct pm_slice rest = pm_buf_slice(&shown), text;
			enum pm_review_mark mark;

			assert_int_equal(diff.removed, back.added);
			assert_int_equal(diff.added, back.removed);
			assert_int_equal(diff.equal, i == j);
			while (pm_review_next_words(&rest, &mark, &text)) {
				if (mark != PM_REVIEW_ADDED)
					pm_buf_addf(&old, "%s%.*s",
						old.len ? " " : "",
						PM_SLICE_ARG(text));
				if (mark != PM_REVIEW_REMOVED)
					pm_buf_addf(&new, "%s%.*s",
						new.len ? " " : "",
						PM_SLICE_ARG(text));
			}
			if (i != j) {
				assert_string_equal(old.ptr, texts[i]);
				assert_string_equal(new.ptr, texts[j]);
			}
			pm_buf_release(&shown);
			pm_buf_release(&old);
			pm_buf_release(&new);
		}
	}
	assert_int_equal(
		compare("a b c a b b a", "c b a b a c", &arena, NULL).removed,
		3);
	pm_arena_release(&arena);
}

static void many_words(void **state)
{
	struct pm_arena arena = PM_ARENA_INIT;
	struct pm_buf old = PM_BUF_INIT, new = PM_BUF_INIT;
	struct pm_buf shown = PM_BUF_INIT;
	struct pm_review_words_diff diff;

	(void)state;
	add_words(&old, 20000, 0);
	add_words(&new, 20000, 1000);
	diff = compare(old.ptr, new.ptr, &arena, &shown);
	assert_int_equal(diff.removed, 20);
	assert_int_equal(diff.added, 20);
	assert_true(shown.len < 2500);
	/* Too many differences: what lies between counts as replaced. */
	pm_buf_reset(&new);
	add_words(&new, 20000, 10);
	pm_buf_reset(&shown);
	diff = compare(old.ptr, new.ptr, &arena, &shown);
	assert_int_equal(diff.removed, diff.added);
	assert_true(diff.removed > 19000);
	assert_true(shown.len < 9000);
	pm_buf_release(&old);
	pm_buf_release(&new);
	pm_buf_release(&shown);
	pm_arena_release(&arena);
}

/* The marks of the words are no way in for the bytes of a document. */
static void words_hold_no_marks(void **state)
{
	struct pm_arena arena = PM_ARENA_INIT;
	struct pm_buf shown = PM_BUF_INIT;

	(void)state;
	compare("a b",
		"a \x01"
		"evil\x03 b",
		&arena, &shown);
	assert_string_equal(shown.ptr, "a \x02?evil?\x03 b");
	pm_buf_release(&shown);
	pm_arena_release(&arena);
}

/* A thousand actions that say the same, and as many that do not. */
static void many_items(void **state)
{
	const size_t n = 3000;
	struct pm_arena arena = PM_ARENA_INIT;
	struct pm_review_item *old = pm_arena_alloc(&arena, n, sizeof *old);
	struct pm_review_item *new = pm_arena_alloc(&arena, n, sizeof *new);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		old[i].text = pm_slice_str(
			pm_arena_printf(&arena, "do it once more %zu", i % 7));
		new[i].text = pm_slice_str(
			pm_arena_printf(&arena, "do it once more %zu", i % 11));
	}
	pm_review_match(&arena, old, n, new, n);
	for (size_t i = 0; i < n; i++) {
		if (old[i].match != SIZE_MAX)
			assert_int_equal(new[old[i].match].match, i);
	}
	pm_arena_release(&arena);
}

static void a_new_document_is_one_line(void **state)
{
	struct pm_buf base = PM_BUF_INIT, out = PM_BUF_INIT;
	struct pm_policy *rules = NULL;
	struct pm_ctx *ctx = pm_ctx_new();

	(void)state;
	read_whole(EXAMPLE, &base);
	assert_int_equal(pm_policy_parse(ctx, pm_slice_make("", 0), &rules), 0);
	review_texts(NULL, base.ptr, rules, false, &out);
	review_texts(base.ptr, NULL, rules, false, &out);
	assert_string_equal(out.ptr,
		"change 1 document-added: new document: review, SEV2, 1 open "
		"action, TTR 1 h 2 min\n"
		"alert -1 document-removed: document removed: it was review, "
		"SEV2, 1 open action, TTR 1 h 2 min\n");
	pm_buf_release(&base);
	pm_buf_release(&out);
	pm_policy_free(rules);
	pm_ctx_free(ctx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kinds_of_change),
		cmocka_unit_test(fewest_words),
		cmocka_unit_test(many_words),
		cmocka_unit_test(words_hold_no_marks),
		cmocka_unit_test(many_items),
		cmocka_unit_test(a_new_document_is_one_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
