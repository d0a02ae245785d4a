/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The front matter that a document would have, from what it says. Only what
 * can be read one way is taken: an owner who is a handle, a severity of the
 * policy, a moment with day, clock and zone.
 */
#include "base/escape.h"
#include "mend/convert.h"

/* Facts about the whole incident stand in the first lines of a body. */
#define HEAD_LINES 40

static void add_word(struct pm_front_draft *out, const char *word)
{
	pm_buf_addf(&out->words, "%s%s", out->words.len ? ", " : "", word);
}

static void add_field(
	struct pm_front_draft *out, const char *key, struct pm_slice value)
{
	pm_buf_addf(&out->fields, "%s: ", key);
	pm_yaml_scalar(&out->fields, value);
	pm_buf_addc(&out->fields, '\n');
	add_word(out, key);
}

/* --- facts in the first lines of the body -------------------------------- */

static bool is_markup(char c)
{
	return memchr("*_#|->+` \t:", c, 11) != NULL;
}

static struct pm_slice strip(struct pm_slice text)
{
	while (text.len && is_markup(text.ptr[0]))
		text = pm_slice_from(text, 1);
	while (text.len && is_markup(text.ptr[text.len - 1]))
		text.len--;
	return pm_slice_trim(text);
}

/* "**Key:** value", "| Key | value |", "## Key: value", "- Key: value". */
static bool read_fact(
	struct pm_slice line, const char *const *keys, struct pm_slice *value)
{
	size_t n = 0;

	line = strip(line);
	while (n < line.len && line.ptr[n] != ':' && line.ptr[n] != '|')
		n++;
	if (n == line.len)
		return false;
	for (; *keys; keys++)
		if (pm_slice_is_nocase(strip(pm_slice_sub(line, 0, n)), *keys))
			break;
	*value = strip(pm_slice_from(line, n + 1));
	return *keys && value->len;
}

/* The one value that the first lines give; false: none, or two. */
static bool find_fact(
	const struct pm_doc *doc, const char *const *keys, struct pm_slice *out)
{
	unsigned line = pm_doc_pos(doc, doc->body_off).line, n = 0;

	for (unsigned end = line + HEAD_LINES; line < end; line++) {
		struct pm_slice value;

		if (!read_fact(pm_doc_line(doc, line), keys, &value))
			continue;
		*out = value;
		n++;
	}
	return n == 1;
}

static void add_severity(const struct pm_doc *doc,
	const struct pm_policy *policy, struct pm_front_draft *out)
{
	static const char *const keys[] = {"severity", "sev", NULL};
	struct pm_slice value;

	if (!doc->severity.key.len && find_fact(doc, keys, &value) &&
		pm_policy_severity(policy, value))
		add_field(out, "severity", value);
}

static void add_owner(const struct pm_doc *doc, struct pm_front_draft *out)
{
	static const char *const keys[] = {
		"owner", "post-mortem owner", "postmortem owner", NULL};
	struct pm_buf text = PM_BUF_INIT;
	struct pm_slice value;

	/* A bare word may be half of a name. */
	if (!doc->owner.key.len && find_fact(doc, keys, &value) &&
		pm_doc_names_person(value) && pm_person_valid(value) &&
		memchr(value.ptr, '@', value.len)) {
		pm_person_print(&text, value);
		add_field(out, "owner", pm_buf_slice(&text));
	}
	pm_buf_release(&text);
}

static void add_times(const struct pm_doc *doc, struct pm_front_draft *out)
{
	bool any = false;

	for (size_t i = 0; i < PM_MOMENT_COUNT && !doc->times_key.len; i++) {
		const char *const keys[] = {pm_moment_names[i], NULL};
		struct pm_buf time = PM_BUF_INIT;
		struct pm_slice value;

		if (find_fact(doc, keys, &value) &&
			pm_doc_iso_time(value, &time)) {
			if (!any)
				pm_buf_adds(&out->fields, "times:\n");
			any = true;
			pm_buf_addf(&out->fields, "  %s: %s\n",
				pm_moment_names[i], time.ptr);
			add_word(out, pm_moment_names[i]);
		}
		pm_buf_release(&time);
	}
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

static void add_action(
	const struct pm_action *action, size_t number, struct pm_buf *out)
{
	struct pm_buf text = PM_BUF_INIT;

	pm_buf_addf(&text, "A%zu", number);
	pm_buf_adds(out, "  - id: ");
	pm_yaml_scalar(out,
		action->id.text.len ? action->id.text : pm_buf_slice(&text));
	pm_buf_addc(out, '\n');
	add_item(out, "title", action->title.text);
	add_item(out, "type", action->type.text);
	if (pm_doc_names_person(action->owner.text))
		add_item(out, "owner", action->owner.text);
	pm_buf_reset(&text);
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
	if (!doc->nactions || doc->actions_key.len)
		return;
	pm_buf_adds(&out->fields, "action_items:\n");
	for (size_t i = 0; i < doc->nactions; i++)
		add_action(&doc->actions[i], i + 1, &out->fields);
	pm_buf_addf(&out->words, ", %zu action%s", doc->nactions,
		doc->nactions == 1 ? "" : "s");
}

void pm_front_draft(const struct pm_doc *doc, const struct pm_policy *policy,
	enum pm_front_extent extent, struct pm_front_draft *out)
{
	pm_buf_reset(&out->fields);
	pm_buf_reset(&out->words);
	pm_buf_adds(&out->fields, "schema: 1\n");
	add_word(out, "schema");
	if (!doc->front_id.key.len)
		add_field(out, "id", doc->id);
	if (!doc->title.key.len && doc->heading.len)
		add_field(out, "title", doc->heading);
	add_severity(doc, policy, out);
	add_owner(doc, out);
	if (extent < PM_FRONT_NO_TIMES)
		add_times(doc, out);
	if (extent < PM_FRONT_NO_ACTIONS)
		add_actions(doc, out);
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
