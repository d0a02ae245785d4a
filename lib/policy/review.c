/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a team asks of a document before it counts: the moves of its status,
 * how many people approve it, and the words that the wording rules look for
 * beside their own.
 */
#include "policy/private.h"

/* More people than approve anything. */
#define APPROVALS_MAX 100

/* Bytes of the shortest word of blame: what the search looks up at once. */
#define PHRASE_LEAST 4

int pm_policy_read_bool(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field)
{
	static const char *const words[] = {"true", "false", NULL};
	bool *out = field;
	int error = pm_policy_want_scalar(reader, node);

	if (error < 0)
		return error;
	*out = pm_slice_is_nocase(node->text, "true");
	if (*out || pm_slice_is_nocase(node->text, "false"))
		return 0;
	return pm_policy_fail_word(
		reader, node->span, "value", node->text, words);
}

int pm_policy_read_approvals(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field)
{
	unsigned *out = field;
	struct pm_slice rest = node->text;
	size_t n;
	int error = pm_policy_want_scalar(reader, node);

	if (error < 0)
		return error;
	if (!pm_policy_read_digits(&rest, &n) || rest.len > 0 ||
		n > APPROVALS_MAX)
		return pm_policy_fail(reader, node->span,
			"'%.*s' is not a number of people from 0 to %d",
			PM_SLICE_ARG(node->text), APPROVALS_MAX);
	*out = (unsigned)n;
	return 0;
}

/* The fixed words of the statuses: a team's own are beside the point here. */
static int read_status(struct pm_policy_reader *reader, struct pm_span span,
	struct pm_slice text, enum pm_status *out)
{
	const char *words[PM_STATUS_COUNT + 1] = {NULL};

	if (pm_status_parse(text, out) == 0)
		return 0;
	for (int i = 0; i < PM_STATUS_COUNT; i++)
		words[i] = pm_status_name((enum pm_status)i);
	return pm_policy_fail_word(reader, span, "status", text, words);
}

int pm_policy_read_transitions(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field)
{
	bool(*allowed)[PM_STATUS_COUNT] = field;
	int error = pm_policy_want_map(reader, node);

	for (int i = 0; i < PM_STATUS_COUNT; i++)
		for (int j = 0; j < PM_STATUS_COUNT; j++)
			allowed[i][j] = i == j;
	for (const struct pm_yaml_node *c = node->child; c && error == 0;
		c = c->next) {
		enum pm_status from = PM_STATUS_DRAFT, to;

		error = read_status(reader, c->key_span, c->key, &from);
		if (error == 0)
			error = pm_policy_want_list(reader, c);
		for (const struct pm_yaml_node *t = c->child; t && error == 0;
			t = t->next) {
			error = pm_policy_want_scalar(reader, t);
			if (error == 0)
				error = read_status(
					reader, t->span, t->text, &to);
			if (error == 0)
				allowed[from][to] = true;
		}
	}
	return error;
}

/* Words that are looked for anywhere in a text: shorter ones are parts of too
   many others to be found by their first bytes. */
static int read_phrases(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field)
{
	int error = pm_policy_read_names(reader, node, field);

	for (const struct pm_yaml_node *c = node->child; c && error == 0;
		c = c->next) {
		struct pm_slice text = c->text;

		if (pm_slice_ends(text, "*"))
			text.len--;
		if (text.len < PHRASE_LEAST)
			error = pm_policy_fail(reader, c->span,
				"'%.*s' is too short to look for (write at "
				"least %d letters, or the words around it)",
				PM_SLICE_ARG(c->text), PHRASE_LEAST);
	}
	return error;
}

int pm_policy_read_wording(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field)
{
	static const struct pm_policy_setting settings[] = {
		{"blame", read_phrases, offsetof(struct pm_wording, blame)},
		{"language", pm_policy_read_name,
			offsetof(struct pm_wording, language)},
		{"replace", pm_policy_read_bool,
			offsetof(struct pm_wording, replace)},
		{"vague", pm_policy_read_names,
			offsetof(struct pm_wording, vague)},
		{"verbs", pm_policy_read_names,
			offsetof(struct pm_wording, verbs)},
		{NULL, NULL, 0},
	};

	reader->own->policy.nwording = pm_policy_count(node);
	return pm_policy_read_items(
		reader, node, settings, sizeof(struct pm_wording), field);
}

int pm_policy_check_approvals(
	struct pm_policy_reader *reader, const struct pm_yaml_node *list)
{
	const struct pm_policy *policy = &reader->own->policy;
	const struct pm_yaml_node *item = list ? list->child : NULL;

	if (policy->approvers.len == 0)
		return 0;
	for (size_t i = 0; item && i < policy->nseverities;
		i++, item = item->next) {
		const struct pm_severity *severity = &policy->severities[i];
		const struct pm_yaml_node *said =
			pm_yaml_get(item, "approvals");

		if (said && severity->approvals > policy->approvers.len)
			return pm_policy_fail(reader, said->span,
				"%s asks for %u approvals, and 'approvers' "
				"names %zu (name more, or ask for fewer)",
				severity->name, severity->approvals,
				policy->approvers.len);
	}
	return 0;
}
