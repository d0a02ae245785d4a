/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The lists of records in front matter: participants, causes, evidence, action
 * items, approvals and waivers. An item that is one word is taken for the field
 * that says most: the person, the text, the file, the title.
 */
#include "doc/front.h"

#include <stddef.h>

#define TEXT(type, name)                                                       \
	{                                                                      \
#name, PM_FRONT_TEXT, offsetof(struct type, name), NULL        \
	}
#define TABLE(what, rows)                                                      \
	{                                                                      \
		what, (rows), sizeof(rows) / sizeof *(rows)                    \
	}

static const struct pm_front_row participant_rows[] = {
	TEXT(pm_participant, person),
	TEXT(pm_participant, department),
	TEXT(pm_participant, role),
};

static const struct pm_front_row cause_rows[] = {
	TEXT(pm_cause, id),
	TEXT(pm_cause, kind),
	TEXT(pm_cause, text),
};

static const struct pm_front_row evidence_rows[] = {
	TEXT(pm_evidence_ref, file),
	TEXT(pm_evidence_ref, sha256),
	TEXT(pm_evidence_ref, source),
	TEXT(pm_evidence_ref, from),
	TEXT(pm_evidence_ref, to),
};

static const struct pm_front_row action_rows[] = {
	TEXT(pm_action, id),
	TEXT(pm_action, title),
	TEXT(pm_action, type),
	TEXT(pm_action, owner),
	TEXT(pm_action, due),
	TEXT(pm_action, priority),
	TEXT(pm_action, status),
	{"addresses", PM_FRONT_LIST, offsetof(struct pm_action, addresses),
		NULL},
	TEXT(pm_action, tracker),
	TEXT(pm_action, proof),
	TEXT(pm_action, reason),
};

static const struct pm_front_row approval_rows[] = {
	TEXT(pm_approval, by),
	TEXT(pm_approval, at),
	TEXT(pm_approval, digest),
};

static const struct pm_front_row waiver_rows[] = {
	TEXT(pm_waiver, rule),
	TEXT(pm_waiver, reason),
	TEXT(pm_waiver, by),
	TEXT(pm_waiver, until),
	TEXT(pm_waiver, where),
};

static const struct pm_front_table participant_table =
	TABLE("a participant", participant_rows);
static const struct pm_front_table cause_table = TABLE("a cause", cause_rows);
static const struct pm_front_table evidence_table =
	TABLE("evidence", evidence_rows);
static const struct pm_front_table action_table =
	TABLE("an action", action_rows);
static const struct pm_front_table approval_table =
	TABLE("an approval", approval_rows);
static const struct pm_front_table waiver_table =
	TABLE("a waiver", waiver_rows);

/*
 * The first item of a field that holds a list; a map there is taken for its
 * only item, and told. NULL when there is nothing to read.
 */
static const struct pm_yaml_node *first_item(struct pm_front *front,
	const struct pm_yaml_node *node, const char *hint)
{
	if (node->kind == PM_YAML_LIST)
		return node->child;
	if (pm_front_null(node))
		return NULL;
	pm_front_type(front, node, hint, "a list");
	return node->kind == PM_YAML_MAP ? node : NULL;
}

/* The item after this one; a map in place of the list has none. */
static const struct pm_yaml_node *next_item(const struct pm_yaml_node *node)
{
	bool listed = node->parent && node->parent->kind == PM_YAML_LIST;

	return listed ? node->next : NULL;
}

/*
 * Reads one item by its table; a single word goes to the field word, and is
 * told unless hint is NULL. False when the item is empty.
 */
static bool read_item(struct pm_front *front, const struct pm_yaml_node *node,
	const struct pm_front_table *items, void *out, struct pm_field *word,
	const char *hint)
{
	if (pm_front_null(node))
		return false;
	if (node->kind == PM_YAML_MAP) {
		pm_front_read(front, node, items, out);
	} else if (node->kind == PM_YAML_SCALAR) {
		word->text = node->text;
		word->span = pm_front_span(front, node->span);
		if (hint)
			pm_front_type(front, node, hint, "fields");
	} else {
		pm_front_type(front, node, hint, "fields");
	}
	return true;
}

void pm_front_participants(
	struct pm_front *front, const struct pm_yaml_node *node)
{
	static const char hint[] =
		"write: - {person: \"@name\", department: its-name}";
	struct pm_doc *doc = front->doc;

	node = first_item(front, node, hint);
	for (; node; node = next_item(node)) {
		struct pm_participant *p;

		doc->participants = pm_doc_grow(
			doc, doc->participants, doc->nparticipants, sizeof *p);
		p = &doc->participants[doc->nparticipants];
		p->span = pm_front_span(front, node->span);
		if (read_item(front, node, &participant_table, p, &p->person,
			    NULL))
			doc->nparticipants++;
	}
}

void pm_front_causes(struct pm_front *front, const struct pm_yaml_node *node)
{
	static const char hint[] = "write: - {id: C1, kind: its-kind, text: "
				   "what it was}";
	struct pm_doc *doc = front->doc;

	doc->causes_key = pm_front_span(front, node->key_span);
	node = first_item(front, node, hint);
	for (; node; node = next_item(node)) {
		struct pm_cause *cause;

		doc->causes = pm_doc_grow(
			doc, doc->causes, doc->ncauses, sizeof *cause);
		cause = &doc->causes[doc->ncauses];
		cause->span = pm_front_span(front, node->span);
		if (read_item(front, node, &cause_table, cause, &cause->text,
			    hint))
			doc->ncauses++;
	}
}

void pm_front_evidence(struct pm_front *front, const struct pm_yaml_node *node)
{
	static const char hint[] = "write: - {file: its-path, source: where "
				   "it came from}";
	struct pm_doc *doc = front->doc;

	node = first_item(front, node, hint);
	for (; node; node = next_item(node)) {
		struct pm_evidence_ref *ref;

		doc->evidence = pm_doc_grow(
			doc, doc->evidence, doc->nevidence, sizeof *ref);
		ref = &doc->evidence[doc->nevidence];
		ref->span = pm_front_span(front, node->span);
		if (read_item(front, node, &evidence_table, ref, &ref->file,
			    hint))
			doc->nevidence++;
	}
}

/* What the words of an action's fields mean. */
static void type_action(struct pm_doc *doc, struct pm_action *action)
{
	if (action->status.text.len)
		action->state = pm_doc_action_status(action->status.text);
	if (pm_date_parse(action->due.text, &action->due_date, NULL) < 0)
		action->due_date = (struct pm_date){0};
	action->line = pm_doc_pos(doc, action->span.off).line;
}

void pm_front_actions(struct pm_front *front, const struct pm_yaml_node *node)
{
	static const char hint[] =
		"write: - title: what to do, and below it its owner and due";
	struct pm_doc *doc = front->doc;

	doc->actions_key = pm_front_span(front, node->key_span);
	node = first_item(front, node, hint);
	for (; node; node = next_item(node)) {
		struct pm_action *action;

		doc->actions = pm_doc_grow(
			doc, doc->actions, doc->nactions, sizeof *action);
		action = &doc->actions[doc->nactions];
		action->span = pm_front_span(front, node->span);
		action->state = PM_ACTION_OPEN;
		if (read_item(front, node, &action_table, action,
			    &action->title, hint)) {
			type_action(doc, action);
			doc->nactions++;
		}
	}
}

void pm_front_approvals(struct pm_front *front, const struct pm_yaml_node *node)
{
	static const char hint[] = "run 'pm approve', which writes who, when "
				   "and the digest of the text";
	struct pm_doc *doc = front->doc;

	doc->approvals_key = pm_front_span(front, node->key_span);
	node = first_item(front, node, hint);
	for (; node; node = next_item(node)) {
		struct pm_approval *one;

		doc->approvals = pm_doc_grow(
			doc, doc->approvals, doc->napprovals, sizeof *one);
		one = &doc->approvals[doc->napprovals];
		one->span = pm_front_span(front, node->span);
		if (!read_item(
			    front, node, &approval_table, one, &one->by, hint))
			continue;
		one->valid = pm_time_parse(one->at.text, &one->time, NULL) == 0;
		doc->napprovals++;
	}
}

void pm_front_waivers(struct pm_front *front, const struct pm_yaml_node *node)
{
	static const char hint[] = "write: - {rule: its-name, reason: why it "
				   "is accepted}";
	struct pm_doc *doc = front->doc;

	node = first_item(front, node, hint);
	for (; node; node = next_item(node)) {
		struct pm_waiver *one;

		doc->waivers = pm_doc_grow(
			doc, doc->waivers, doc->nwaivers, sizeof *one);
		one = &doc->waivers[doc->nwaivers];
		one->span = pm_front_span(front, node->span);
		if (!read_item(
			    front, node, &waiver_table, one, &one->rule, hint))
			continue;
		if (pm_date_parse(one->until.text, &one->until_date, NULL) < 0)
			one->until_date = (struct pm_date){0};
		doc->nwaivers++;
	}
}
