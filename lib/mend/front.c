/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The front matter that a document would have, from what it says: its title,
 * the facts in its first lines (front_facts.c), its actions.
 */
#include "base/escape.h"
#include "base/map.h"
#include "base/secret.h"
#include "base/utf8.h"
#include "mend/convert.h"

/* Bytes of a document's own words in what is said of it. */
#define VALUE_MOST 40

void pm_front_add_word(struct pm_front_draft *out, const char *word)
{
	pm_buf_addf(&out->words, "%s%s", out->words.len ? ", " : "", word);
}

void pm_front_add(
	struct pm_front_draft *out, const char *key, struct pm_slice value)
{
	pm_buf_addf(&out->fields, "%s: ", key);
	pm_yaml_scalar(&out->fields, value);
	pm_buf_addc(&out->fields, '\n');
	pm_front_add_word(out, key);
}

/* --- actions ------------------------------------------------------------- */

static void add_item(struct pm_buf *out, const char *key, struct pm_slice value)
{
	if (!value.len)
		return;
	pm_buf_addf(out, "    %s: ", key);
	pm_yaml_scalar(out, value);
	pm_buf_addc(out, '\n');
}

/* The ids that actions get: those they have, each once, and new ones. */
struct ids {
	struct pm_map
		known; /* of the body, with 1 until it is taken, and new */
	size_t tried;  /* the last number of a new one */
};

static void add_id(struct ids *ids, size_t number,
	const struct pm_action *action, struct pm_buf *out)
{
	struct pm_buf text = PM_BUF_INIT;
	uintptr_t *left = action->id.text.len
				  ? pm_map_get(&ids->known, action->id.text)
				  : NULL;
	bool added = left && *left;

	if (added) {
		pm_buf_add_slice(&text, action->id.text);
		*left = 0;
	}
	if (number <= ids->tried)
		number = ids->tried + 1;
	for (; !added; number++) {
		pm_buf_reset(&text);
		pm_buf_addf(&text, "A%zu", number);
		pm_map_put(&ids->known, pm_buf_slice(&text), &added);
		ids->tried = number;
	}
	pm_buf_adds(out, "  - id: ");
	pm_yaml_scalar(out, pm_buf_slice(&text));
	pm_buf_addc(out, '\n');
	pm_buf_release(&text);
}

static void add_action(const struct pm_action *action, struct pm_buf *out)
{
	struct pm_buf text = PM_BUF_INIT;

	add_item(out, "title", action->title.text);
	add_item(out, "type", action->type.text);
	if (pm_doc_names_person(action->owner.text))
		add_item(out, "owner", action->owner.text);
	if (action->due_date.year)
		pm_buf_addf(&text, "%04d-%02u-%02u", action->due_date.year,
			action->due_date.month, action->due_date.day);
	add_item(out, "due", text.len ? pm_buf_slice(&text) : action->due.text);
	add_item(out, "priority", action->priority.text);
	if (action->state == PM_ACTION_UNKNOWN)
		add_item(out, "status", action->status.text);
	else if (action->state != PM_ACTION_OPEN || action->status.text.len)
		add_item(out, "status",
			pm_slice_str(pm_action_status_names[action->state]));
	add_item(out, "tracker", action->tracker.text);
	pm_buf_release(&text);
}

static void add_actions(const struct pm_doc *doc, struct pm_front_draft *out)
{
	struct ids ids = {.known = PM_MAP_INIT};

	for (size_t i = 0; i < doc->nactions; i++)
		if (doc->actions[i].id.text.len)
			*pm_map_put(&ids.known, doc->actions[i].id.text, NULL) =
				1;
	pm_buf_adds(&out->fields, "action_items:\n");
	for (size_t i = 0; i < doc->nactions; i++) {
		add_id(&ids, i + 1, &doc->actions[i], &out->fields);
		add_action(&doc->actions[i], &out->fields);
	}
	pm_buf_addf(&out->words, ", %zu action%s", doc->nactions,
		pm_plural(doc->nactions));
	pm_map_release(&ids.known);
}

/* What an action says that the check refuses in front matter; false: nothing.
   In the body pm takes people and priorities as a team writes them. */
static bool find_unfit(const struct pm_doc *doc, const struct pm_policy *policy,
	const char **what, struct pm_slice *value)
{
	const struct pm_names *priorities = &policy->action_priorities;

	for (size_t i = 0; i < doc->nactions; i++) {
		const struct pm_action *action = &doc->actions[i];

		*what = "handle, team or address";
		*value = action->owner.text;
		if (pm_doc_names_person(*value) && !pm_person_valid(*value))
			return true;
		*what = "priority of the policy";
		*value = action->priority.text;
		if (value->len && priorities->len &&
			!pm_names_has(priorities, *value))
			return true;
	}
	return false;
}

/* A value for people: on no account a secret, and no more than a few words. */
static void add_value(struct pm_buf *out, struct pm_slice value)
{
	struct pm_buf copy = PM_BUF_INIT;

	pm_buf_add_slice(&copy, value);
	pm_secrets_hide(copy.ptr, copy.len);
	value = pm_utf8_cut(pm_buf_slice(&copy), VALUE_MOST);
	pm_buf_addf(out, "'%.*s%s'", PM_SLICE_ARG(value),
		value.len < copy.len ? "..." : "");
	pm_buf_release(&copy);
}

/* Half of the actions would hide the others: front matter has all or none. */
static void draft_actions(const struct pm_doc *doc,
	const struct pm_policy *policy, struct pm_front_draft *out)
{
	bool one = doc->nactions == 1;
	struct pm_slice value;
	const char *what;

	if (!doc->nactions || doc->actions_key.len)
		return;
	if (!find_unfit(doc, policy, &what, &value)) {
		add_actions(doc, out);
		return;
	}
	pm_buf_addf(&out->words,
		"; its %zu action%s in the body: ", doc->nactions,
		one ? " stays" : "s stay");
	add_value(&out->words, value);
	pm_buf_addf(&out->words, " is no %s", what);
}

void pm_front_draft(const struct pm_doc *doc, const struct pm_policy *policy,
	enum pm_front_extent extent, struct pm_front_draft *out)
{
	pm_buf_reset(&out->fields);
	pm_buf_reset(&out->words);
	pm_buf_adds(&out->fields, "schema: 1\n");
	pm_front_add_word(out, "schema");
	if (!doc->front_id.key.len)
		pm_front_add(out, "id", doc->id);
	if (!doc->title.key.len && doc->heading.len)
		pm_front_add(out, "title", doc->heading);
	pm_front_add_facts(doc, policy, extent < PM_FRONT_NO_TIMES, out);
	if (extent < PM_FRONT_NO_ACTIONS)
		draft_actions(doc, policy, out);
}

/* --- what must not change ------------------------------------------------ */

static struct pm_slice body_of(const struct pm_doc *doc)
{
	if (!doc->body_off && pm_slice_starts(doc->src, "\xef\xbb\xbf"))
		return pm_slice_from(doc->src, 3);
	return pm_slice_from(doc->src, doc->body_off);
}

static bool same_owner(struct pm_slice a, struct pm_slice b)
{
	if (!pm_doc_names_person(a) || !pm_doc_names_person(b))
		return !pm_doc_names_person(a) && !pm_doc_names_person(b);
	return pm_slice_eq(a, b);
}

static bool same_actions(const struct pm_doc *a, const struct pm_doc *b)
{
	if (a->nactions != b->nactions)
		return false;
	for (size_t i = 0; i < a->nactions; i++) {
		const struct pm_action *x = &a->actions[i], *y = &b->actions[i];

		if (!pm_slice_eq(x->title.text, y->title.text) ||
			!same_owner(x->owner.text, y->owner.text) ||
			x->state != y->state ||
			memcmp(&x->due_date, &y->due_date,
				sizeof x->due_date) != 0 ||
			!pm_slice_eq(x->type.text, y->type.text) ||
			!pm_slice_eq(x->priority.text, y->priority.text) ||
			!pm_slice_eq(x->tracker.text, y->tracker.text))
			return false;
	}
	return true;
}

static bool same_timeline(const struct pm_doc *a, const struct pm_doc *b)
{
	if (a->timeline.nentries != b->timeline.nentries)
		return false;
	for (size_t i = 0; i < a->timeline.nentries; i++) {
		const struct pm_entry *x = &a->timeline.entries[i];
		const struct pm_entry *y = &b->timeline.entries[i];

		if (x->time.sec != y->time.sec ||
			x->time.precision != y->time.precision ||
			!pm_slice_eq(x->text, y->text))
			return false;
	}
	return true;
}

static size_t count_slips(const struct pm_doc *doc)
{
	size_t n = 0;

	for (size_t i = 0; i < doc->nproblems; i++)
		n += doc->problems[i].kind == PM_PROBLEM_FRONT_SYNTAX ||
		     doc->problems[i].kind == PM_PROBLEM_FIELD_TYPE;
	return n;
}

bool pm_front_keeps(const struct pm_doc *before, const struct pm_doc *after)
{
	return after->has_front &&
	       pm_slice_eq(body_of(before), body_of(after)) &&
	       count_slips(after) <= count_slips(before) &&
	       pm_slice_is(after->schema.text, "1") &&
	       same_actions(before, after) && same_timeline(before, after);
}
