/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A document that was final, still is, and says something else. Each version
 * is laid out as a list of named facts; what differs is told at its place. The
 * progress of actions, approvals, tags and links to other incidents grow after
 * the end and are left alone; an action's owner and day move with life, and
 * prose is mended, so these weigh less. Who approves the new text ends it.
 */
#include "check/check.h"

#include "base/map.h"
#include "base/vec.h"

struct fact {
	const char *name; /* "cause 'C1'": for messages, cut to a few words */
	struct pm_slice key;   /* by this it is found again: all of the words */
	struct pm_slice value; /* what must stay */
	struct pm_span span;
	bool shown;  /* the value is short and its own: a message has it */
	bool detail; /* of another fact, which tells when all of it is new */
	bool seen;   /* the later version has it, too */
};

struct facts {
	struct pm_check *check;
	PM_VEC(struct fact) items;
};

static const char hint[] =
	"write: status: review until somebody has read the change, or have "
	"them approve this text with 'pm approve'";

static const char detail_hint[] =
	"where its owner agrees, have the text approved again with 'pm "
	"approve'";

static struct fact *add(struct facts *facts, const char *name,
	struct pm_slice value, struct pm_span span)
{
	struct fact *fact = pm_vec_push(&facts->items);

	fact->name = name;
	fact->key = pm_slice_str(name);
	fact->value = value;
	fact->span = span;
	return fact;
}

/* A field with a value of its own, unless it is absent. */
static void add_field(struct facts *facts, const char *name,
	const struct pm_field *field, struct pm_slice value)
{
	if (field->text.len)
		add(facts, name, value, field->span)->shown = true;
}

/* "cause 'C1'": one of many, known by its own text, all of it. */
static struct fact *add_named(struct facts *facts, const char *what,
	struct pm_slice text, struct pm_slice value, struct pm_span span)
{
	struct pm_arena *arena = facts->check->arena;
	struct fact *fact = add(facts,
		pm_arena_printf(arena, "%s '%s'", what,
			pm_check_word(facts->check, text)),
		value, span);

	fact->key = pm_slice_str(
		pm_arena_printf(arena, "%s %.*s", what, PM_SLICE_ARG(text)));
	return fact;
}

static void add_list(
	struct facts *facts, const char *what, const struct pm_field_list *list)
{
	static const struct pm_slice nothing = {NULL, 0};

	for (size_t i = 0; i < list->len; i++)
		if (list->items[i].text.len)
			add_named(facts, what, list->items[i].text, nothing,
				list->items[i].span);
}

/* Texts one after the other, each with its length, so that none runs over. */
static struct pm_slice join(
	struct facts *facts, const struct pm_field *const *fields, size_t n)
{
	struct pm_buf text = PM_BUF_INIT;
	struct pm_slice joined;

	for (size_t i = 0; i < n; i++)
		pm_buf_addf(&text, "%zu:%.*s", fields[i]->text.len,
			PM_SLICE_ARG(fields[i]->text));
	joined = pm_arena_slice(facts->check->arena, pm_buf_slice(&text));
	pm_buf_release(&text);
	return joined;
}

static struct pm_slice person(struct facts *facts, const struct pm_field *field)
{
	struct pm_buf text = PM_BUF_INIT;
	struct pm_slice form;

	pm_person_print(&text, field->text);
	form = pm_arena_slice(facts->check->arena, pm_buf_slice(&text));
	pm_buf_release(&text);
	return form;
}

/* One name for all aliases. */
static struct pm_slice severity(
	struct facts *facts, const struct pm_field *field)
{
	const struct pm_severity *known =
		pm_policy_severity(facts->check->policy, field->text);

	return known ? pm_slice_str(known->name) : field->text;
}

/* The instant, however it is written. */
static struct pm_slice moment(
	struct facts *facts, const struct pm_moment_value *value)
{
	struct pm_buf text = PM_BUF_INIT;
	struct pm_slice form;

	if (!value->valid)
		return value->field.text;
	pm_time_print(&text, &value->time, PM_TIME_UTC);
	form = pm_arena_slice(facts->check->arena, pm_buf_slice(&text));
	pm_buf_release(&text);
	return form;
}

static void add_head(struct facts *facts, const struct pm_doc *doc)
{
	add_field(facts, "title", &doc->title, doc->title.text);
	add_field(facts, "kind", &doc->kind, doc->kind.text);
	add_field(facts, "severity", &doc->severity,
		severity(facts, &doc->severity));
	add_field(facts, "owner", &doc->owner, person(facts, &doc->owner));
	add_field(
		facts, "detected_by", &doc->detected_by, doc->detected_by.text);
	add_field(facts, "trigger", &doc->trigger, doc->trigger.text);
	for (int i = 0; i < PM_MOMENT_COUNT; i++)
		add_field(facts, pm_moment_names[i], &doc->times[i].field,
			moment(facts, &doc->times[i]));
	add_list(facts, "service", &doc->services);
	add_list(facts, "department", &doc->departments);
}

static void add_causes(struct facts *facts, const struct pm_doc *doc)
{
	for (size_t i = 0; i < doc->ncauses; i++) {
		const struct pm_cause *cause = &doc->causes[i];
		const struct pm_field *parts[] = {&cause->kind, &cause->text};
		struct pm_slice id =
			cause->id.text.len ? cause->id.text : cause->text.text;

		add_named(
			facts, "cause", id, join(facts, parts, 2), cause->span);
	}
}

static void add_impact(struct facts *facts, const struct pm_doc *doc)
{
	for (size_t i = 0; i < doc->nimpact; i++) {
		const struct pm_field *field = &doc->impact[i];
		struct pm_slice key =
			pm_slice_sub(doc->src, field->key.off, field->key.len);

		if (field->text.len)
			add_named(
				facts, "impact", key, field->text, field->span)
				->shown = true;
	}
	for (size_t i = 0; i < doc->nevidence; i++) {
		const struct pm_evidence_ref *one = &doc->evidence[i];

		add_named(facts, "evidence", one->file.text, one->sha256.text,
			one->span);
	}
}

/* What moves with life: told, but not as the action's own words are. */
static void add_detail(struct facts *facts, const char *what, size_t action,
	const struct pm_field *field, struct pm_slice value)
{
	struct pm_arena *arena = facts->check->arena;
	const struct fact *whole = &facts->items.items[action];
	struct pm_slice key = whole->key;
	struct fact *fact = add(facts,
		pm_arena_printf(arena, "%s of %s", what, whole->name), value,
		field->span.len ? field->span : whole->span);

	fact->key = pm_slice_str(
		pm_arena_printf(arena, "%s of %.*s", what, PM_SLICE_ARG(key)));
	fact->shown = fact->detail = true;
}

/* Those of the body too: whoever ticks one or moves its status there edits
   nothing, so its item is no prose. */
static void add_actions(struct facts *facts, const struct pm_doc *doc)
{
	for (size_t i = 0; i < doc->nactions; i++) {
		const struct pm_action *action = &doc->actions[i];
		const struct pm_field *parts[] = {
			&action->title, &action->type};
		size_t number = facts->items.len;
		struct fact *fact;

		fact = add_named(facts, "action",
			action->id.text.len ? action->id.text
					    : action->title.text,
			join(facts, parts, 2), action->span);
		fact->name = pm_check_action_name(facts->check, action);
		add_detail(facts, "the owner", number, &action->owner,
			person(facts, &action->owner));
		add_detail(facts, "the due date", number, &action->due,
			action->due.text);
		add_detail(facts, "the priority", number, &action->priority,
			action->priority.text);
	}
}

static void collect(struct facts *facts, const struct pm_doc *doc)
{
	add_head(facts, doc);
	add_causes(facts, doc);
	add_impact(facts, doc);
	add_actions(facts, doc);
}

/* "'SEV2'", or "nothing". */
static const char *quote(const struct pm_check *check, struct pm_slice value)
{
	if (!value.len)
		return "nothing";
	return pm_arena_printf(
		check->arena, "'%s'", pm_check_word(check, value));
}

/* Where what is gone would be: its list, else the first line. */
static struct pm_span place_of_gone(
	const struct pm_check *check, const struct fact *fact)
{
	struct pm_slice name = pm_slice_str(fact->name);
	const struct pm_section *section;

	if (pm_slice_starts(name, "action ") && check->doc->actions_key.len)
		return check->doc->actions_key;
	section = pm_doc_section(check->doc, PM_SECTION_ACTIONS);
	if (pm_slice_starts(name, "action ") && section)
		return pm_check_first_line(check, section->span);
	if (pm_slice_starts(name, "cause ") && check->doc->causes_key.len)
		return check->doc->causes_key;
	return pm_check_front_place(check);
}

/* A fact that both versions have, with another value. */
static void report_change(
	struct pm_check *check, const struct fact *old, const struct fact *new)
{
	enum pm_level level = new->detail ? PM_LEVEL_WARNING : PM_LEVEL_DEFAULT;
	const char *what = new->detail ? detail_hint : hint;
	struct pm_span place = new->span.len
				       ? pm_check_first_line(check, new->span)
				       : pm_check_front_place(check);

	if (!new->shown)
		pm_finding_add_level(check, level, place, what,
			"%s changed in a final document", new->name);
	else
		pm_finding_add_level(check, level, place, what,
			"%s changed from %s to %s in a final document",
			new->name, quote(check, old->value),
			quote(check, new->value));
}

/* What the new version says otherwise, or alone; marks what it has at all. */
static void tell_new(struct pm_check *check, struct facts *old,
	const struct pm_map *numbers, const struct facts *new)
{
	for (size_t i = 0; i < new->items.len; i++) {
		const struct fact *fact = &new->items.items[i];
		const uintptr_t *number = pm_map_get(numbers, fact->key);
		struct fact *was =
			number ? &old->items.items[*number - 1] : NULL;

		if (was && !was->seen && !pm_slice_eq(was->value, fact->value))
			report_change(check, was, fact);
		else if (!was && !fact->detail)
			pm_finding_add(check,
				pm_check_first_line(check, fact->span), hint,
				"%s was added to a final document", fact->name);
		if (was)
			was->seen = true;
	}
}

static void compare_facts(
	struct pm_check *check, struct facts *old, struct facts *new)
{
	/* Of the old facts, from one on; of two by one key the first. */
	struct pm_map numbers = PM_MAP_INIT;

	for (size_t i = 0; i < old->items.len; i++) {
		uintptr_t *number =
			pm_map_put(&numbers, old->items.items[i].key, NULL);

		if (!*number)
			*number = i + 1;
	}
	tell_new(check, old, &numbers, new);
	for (size_t i = 0; i < old->items.len; i++) {
		const struct fact *fact = &old->items.items[i];

		if (!fact->seen && !fact->detail &&
			*pm_map_get(&numbers, fact->key) == i + 1)
			pm_finding_add(check, place_of_gone(check, fact), hint,
				"%s was taken out of a final document",
				fact->name);
	}
	pm_map_release(&numbers);
}

/* --- prose --------------------------------------------------------------- */

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Where the words of a body are being read. */
struct words {
	const struct pm_doc *doc;
	size_t off;
	size_t action; /* the first that does not end before off */
};

/* The end of the action whose item holds this place, else the place. */
static size_t skip_action(struct words *words)
{
	const struct pm_doc *doc = words->doc;

	for (; words->action < doc->nactions; words->action++) {
		const struct pm_action *action = &doc->actions[words->action];
		size_t end = action->span.off + action->span.len;

		if (action->in_body && end > words->off)
			return action->span.off > words->off ? words->off : end;
	}
	return words->off;
}

/* Goes on to what is prose: no blank, no action, no waiver. */
static void skip_other(struct words *words)
{
	struct pm_slice src = words->doc->src;
	size_t before;

	do {
		before = words->off;
		while (words->off < src.len && blank(src.ptr[words->off]))
			words->off++;
		words->off = skip_action(words);
		if (pm_slice_starts(
			    pm_slice_from(src, words->off), "<!-- pm:")) {
			ptrdiff_t end = pm_slice_find(src, words->off, '>');

			words->off = end < 0 ? src.len : (size_t)end + 1;
		}
	} while (words->off > before);
}

/* True for the box of a check list, ticked or not. */
static bool is_box(struct pm_slice text)
{
	return text.len >= 3 && text.ptr[0] == '[' && text.ptr[2] == ']' &&
	       memchr(" xX", text.ptr[1], 3);
}

/* The next word and its place; at the end it is empty. */
static struct pm_span next_word(struct words *words)
{
	struct pm_slice src = words->doc->src;
	struct pm_span word;

	skip_other(words);
	word.off = words->off;
	if (is_box(pm_slice_from(src, words->off)))
		words->off += 3;
	while (words->off < src.len && !blank(src.ptr[words->off]))
		words->off++;
	word.len = words->off - word.off;
	return word;
}

/* One tick more or less is progress, in whatever list. */
static bool is_same_word(const struct pm_doc *a, struct pm_span in_a,
	const struct pm_doc *b, struct pm_span in_b)
{
	struct pm_slice one = pm_slice_sub(a->src, in_a.off, in_a.len);
	struct pm_slice other = pm_slice_sub(b->src, in_b.off, in_b.len);

	if (is_box(one) && is_box(other)) {
		one = pm_slice_from(one, 3);
		other = pm_slice_from(other, 3);
	}
	return pm_slice_eq(one, other);
}

/* The first place where the words of the bodies differ, told once. */
static void compare_text(struct pm_check *check)
{
	const struct pm_doc *base = check->base, *doc = check->doc;
	struct words old = {.doc = base, .off = base->body_off};
	struct words new = {.doc = doc, .off = doc->body_off};
	const struct pm_section *section;
	struct pm_span was, is;
	bool same;

	do {
		was = next_word(&old);
		is = next_word(&new);
		same = is_same_word(base, was, doc, is);
	} while (is.len && same);
	if (same)
		return;
	section = pm_doc_section_at(doc, pm_doc_pos(doc, is.off).line);
	pm_finding_add_level(check, PM_LEVEL_WARNING, is, hint,
		section ? "the text of a final document changed, from here "
			  "on, under '%s'"
			: "the text of a final document changed, from here "
			  "on%s",
		section ? pm_check_word(check, section->heading) : "");
}

/* --- the rule ------------------------------------------------------------ */

/* True when people approve the present text: then it went through a review. */
static bool is_approved(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;
	const struct pm_severity *known =
		pm_policy_severity(check->policy, doc->severity.text);
	size_t asked = known && known->approvals ? known->approvals : 1;
	enum pm_approval_standing *standing = pm_arena_alloc(
		check->arena, doc->napprovals + 1, sizeof *standing);

	return pm_doc_approvals(
		       doc, check->policy, check->ctx->now, standing) >= asked;
}

static bool says_the_same(const struct pm_doc *old, const struct pm_doc *new)
{
	char was[PM_DIGEST_SIZE], is[PM_DIGEST_SIZE];

	if (pm_slice_eq(old->src, new->src))
		return true;
	pm_doc_digest(old, was);
	pm_doc_digest(new, is);
	return strcmp(was, is) == 0;
}

static void run(struct pm_check *check)
{
	struct facts old = {.check = check}, new = {.check = check};

	if (!check->base || check->base->state != PM_STATUS_FINAL ||
		check->doc->state != PM_STATUS_FINAL ||
		says_the_same(check->base, check->doc) || is_approved(check))
		return;
	collect(&old, check->base);
	collect(&new, check->doc);
	compare_facts(check, &old, &new);
	compare_text(check);
	pm_vec_release(&old.items);
	pm_vec_release(&new.items);
}

PM_RULE_DEFINE(final_edited) = {
	.info =
		{
			.id = "final-edited",
			.step = PM_STEP_SHARE,
			.level = PM_LEVELS(OFF, OFF, ERROR),
			.summary = "facts of a final document changed without "
				   "a review",
			.why = "People act on what a final document says, and "
			       "nobody reads it twice: a severity that sinks "
			       "a year later, a cause that is taken out, an "
			       "hour that moves are not seen again. To mend "
			       "one is fine, with a review: the status goes "
			       "back, or somebody approves the new text. "
			       "Closing actions, approvals, tags and related "
			       "incidents is no edit; prose and an action's "
			       "owner, day or priority are told as warnings.",
			.bad = "# before\n"
			       "status: final\n"
			       "severity: SEV2\n"
			       "# now\n"
			       "status: final\n"
			       "severity: SEV3\n",
			.good = "# before\n"
				"status: final\n"
				"severity: SEV2\n"
				"# now\n"
				"status: review\n"
				"severity: SEV3\n",
		},
	.change = true,
	.approvable = true,
	.run = run,
};
