/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Findings from the moment a rule adds one until the parent reads it: level,
 * place, order, and the flat record in between. A worker never sends more
 * than MOST findings of one rule for one document, so that a hostile document
 * cannot drown the others; the rest are counted in one more finding.
 */
#include "check/private.h"

#include "base/alloc.h"

#define MOST 100

enum { SOURCE_SAME, SOURCE_NEW };

/* Fails about a setting that names no rule; also: about one more. */
static int fail_unknown(struct pm_ctx *ctx, const struct pm_rule_setting *set,
	const char *near, bool also)
{
	return (also ? pm_fail_also : pm_fail_at)(ctx, PM_EINVALID,
		PM_POLICY_PATH, set->pos,
		near ? "no rule is called '%s' (did you mean '%s'?)"
		     : "no rule is called '%s' ('pm explain' lists them)%s",
		set->rule, near ? near : "");
}

int pm_levels_init(struct pm_ctx *ctx, struct pm_levels *levels,
	const struct pm_policy *policy)
{
	const struct pm_rule_info *const *rules = pm_rules(&levels->len);

	int ret = 0;

	levels->rows = pm_alloc(levels->len, sizeof *levels->rows);
	for (size_t i = 0; i < levels->len; i++)
		memcpy(levels->rows[i].level, rules[i]->level,
			sizeof levels->rows[i].level);
	for (size_t i = 0; i < policy->nrules; i++) {
		const struct pm_rule_setting *set = &policy->rules[i];
		struct pm_slice name = pm_slice_str(set->rule);
		const struct pm_rule_info *info = pm_rule_find(name);
		const char *near = info ? NULL : pm_rule_nearest(name);
		size_t n = 0;

		if (!info) {
			ret = fail_unknown(ctx, set, near, ret < 0);
			continue;
		}
		while (rules[n] != info)
			n++;
		for (size_t s = 0; s < PM_STATUS_COUNT; s++) {
			if (set->level[s] == PM_LEVEL_DEFAULT)
				continue;
			levels->rows[n].level[s] = set->level[s];
			levels->rows[n].by_policy[s] = true;
		}
	}
	return ret;
}

void pm_levels_release(struct pm_levels *levels)
{
	free(levels->rows);
	levels->rows = NULL;
	levels->len = 0;
}

enum pm_level pm_levels_worst(const struct pm_levels *levels, size_t i)
{
	enum pm_level worst = PM_LEVEL_OFF;

	for (size_t s = 0; s < PM_STATUS_COUNT; s++)
		if (levels->rows[i].level[s] > worst)
			worst = levels->rows[i].level[s];
	return worst;
}

const char *pm_finding_about(
	struct pm_check *check, const struct pm_action *action)
{
	const char *name = pm_check_action_name(check, action);

	check->out->about = action;
	check->out->named = strlen(name);
	return name;
}

void pm_finding_known_by(struct pm_check *check, struct pm_slice text)
{
	check->out->known = text;
}

/* What a message says of an action, whatever its id and its place. */
static struct pm_slice known_by(
	const struct pm_check *check, struct pm_slice message)
{
	const struct pm_findings *out = check->out;
	struct pm_slice title;
	char *text;

	if (!out->about || !out->about->title.text.len)
		return out->known;
	title = pm_check_shown(check, out->about->title.text);
	message = pm_slice_from(message, out->named);
	text = pm_arena_alloc(check->arena, message.len + title.len + 1, 1);
	memcpy(text, message.ptr, message.len);
	memcpy(text + message.len, title.ptr, title.len);
	return pm_slice_make(text, message.len + title.len);
}

/* Adds what is formatted in out->text, unless the ceiling is reached. */
static void add(struct pm_check *check, enum pm_level level,
	struct pm_pos start, struct pm_pos end, const char *hint)
{
	struct pm_findings *out = check->out;
	struct pm_found *found = pm_vec_push(&out->items);

	found->rule = out->rule;
	found->level = level;
	found->step = out->step;
	found->start = start;
	found->end = end;
	found->message = pm_arena_slice(
		check->arena, pm_check_shown(check, pm_buf_slice(&out->text)));
	found->hint = pm_check_shown(check, pm_slice_str(hint));
	found->about = known_by(check, found->message);
	found->order = out->items.len;
}

/* The level a finding of the running rule has, own being the rule's wish. */
static enum pm_level level_of(const struct pm_findings *out, enum pm_level own)
{
	const struct pm_level_row *row = &out->levels->rows[out->rule];

	if (own == PM_LEVEL_DEFAULT || row->by_policy[out->state])
		return row->level[out->state];
	return own;
}

static void add_span(struct pm_check *check, enum pm_level own,
	struct pm_span span, const char *hint, const char *fmt, va_list args)
{
	struct pm_findings *out = check->out;
	enum pm_level level = level_of(out, own);
	struct pm_pos start, end;

	if (level == PM_LEVEL_OFF)
		goto out;
	if (out->listed >= MOST) {
		out->unlisted++;
		goto out;
	}
	out->listed++;
	pm_buf_reset(&out->text);
	pm_buf_vaddf(&out->text, fmt, args);
	if (span.len == 0 && span.off == 0)
		span = pm_check_first_line(
			check, (struct pm_span){0, check->doc->src.len});
	start = pm_doc_pos(check->doc, span.off);
	end = pm_doc_pos(check->doc, span.off + span.len);
	add(check, level, start, end, hint);
out:
	out->about = NULL;
	out->known = pm_slice_make("", 0);
}

void pm_finding_add(struct pm_check *check, struct pm_span span,
	const char *hint, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	add_span(check, PM_LEVEL_DEFAULT, span, hint, fmt, args);
	va_end(args);
}

void pm_finding_add_level(struct pm_check *check, enum pm_level level,
	struct pm_span span, const char *hint, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	add_span(check, level, span, hint, fmt, args);
	va_end(args);
}

void pm_finding_add_line(struct pm_check *check, unsigned line,
	const char *hint, const char *fmt, ...)
{
	struct pm_slice text = pm_doc_line(check->doc, line);
	struct pm_span span = {0, text.len};
	va_list args;

	if (text.ptr)
		span.off = (size_t)(text.ptr - check->doc->src.ptr);
	while (span.len && (check->doc->src.ptr[span.off] == ' ' ||
				   check->doc->src.ptr[span.off] == '\t')) {
		span.off++;
		span.len--;
	}
	va_start(args, fmt);
	add_span(check, PM_LEVEL_DEFAULT, span, hint, fmt, args);
	va_end(args);
}

void pm_finding_step(struct pm_check *check, enum pm_step step)
{
	check->out->step = step;
}

void pm_finding_add_problems(struct pm_check *check, enum pm_problem_kind kind)
{
	for (size_t i = 0; i < check->doc->nproblems; i++) {
		const struct pm_problem *problem = &check->doc->problems[i];

		if (problem->kind == kind)
			pm_finding_add(check, problem->span, problem->hint,
				"%s", problem->message);
	}
}

bool pm_findings_wanted(const struct pm_check *check)
{
	const struct pm_findings *out = check->out;

	return out->listed < MOST &&
	       level_of(out, PM_LEVEL_DEFAULT) != PM_LEVEL_OFF;
}

/* One more finding, at the last one, for those beyond the ceiling. */
static void add_rest(struct pm_check *check)
{
	struct pm_findings *out = check->out;
	const struct pm_found *last = &out->items.items[out->items.len - 1];

	pm_buf_reset(&out->text);
	pm_buf_addf(&out->text, "%zu more findings of this rule are not listed",
		out->unlisted);
	add(check, last->level, last->start, last->end, NULL);
	out->items.items[out->items.len - 1].rest = true;
}

static int by_place(const void *pa, const void *pb)
{
	const struct pm_found *a = pa, *b = pb;

	if (a->start.line != b->start.line)
		return a->start.line < b->start.line ? -1 : 1;
	if (a->start.col != b->start.col)
		return a->start.col < b->start.col ? -1 : 1;
	if (a->rule != b->rule)
		return a->rule < b->rule ? -1 : 1;
	return a->order < b->order ? -1 : 1;
}

/* Nothing was read of it: too complex, or no text from the first byte on. */
static bool is_unread(const struct pm_doc *doc)
{
	for (size_t i = 0; i < doc->nproblems; i++) {
		const struct pm_problem *problem = &doc->problems[i];

		if (problem->kind == PM_PROBLEM_TOO_COMPLEX ||
			(problem->kind == PM_PROBLEM_ENCODING &&
				!problem->span.len))
			return true;
	}
	return false;
}

/* Rules that any document has to bear, all others, those about waivers. */
enum pass { ALWAYS, READ, AFTER };

static enum pass pass_of(const struct pm_rule *rule)
{
	if (rule->after)
		return AFTER;
	return rule->always ? ALWAYS : READ;
}

static void run_rules(struct pm_check *check, enum pass pass)
{
	struct pm_findings *out = check->out;

	for (size_t i = 0; i < out->levels->len; i++) {
		const struct pm_level_row *row = &out->levels->rows[i];

		check->rule = pm_rule_entry(i);
		if (pass_of(check->rule) != pass)
			continue;
		/* Off by default may still be on for one finding; off by
		   policy is off. */
		if (row->by_policy[out->state] &&
			row->level[out->state] == PM_LEVEL_OFF)
			continue;
		if (out->only && !out->only[i])
			continue;
		out->rule = i;
		out->step = check->rule->info.step;
		out->listed = out->unlisted = 0;
		check->rule->run(check);
		if (out->unlisted)
			add_rest(check);
	}
}

/* True when a rule spoke that leaves nothing to say to the others. */
static bool is_settled(const struct pm_findings *out)
{
	for (size_t i = 0; i < out->items.len; i++)
		if (pm_rule_entry(out->items.items[i].rule)->sole)
			return true;
	return false;
}

void pm_findings_run(struct pm_check *check)
{
	struct pm_findings *out = check->out;
	bool settled;

	out->state = check->doc->state;
	run_rules(check, ALWAYS);
	settled = is_settled(out);
	if (!settled && !is_unread(check->doc))
		run_rules(check, READ);
	if (check->doc->nwaivers) {
		pm_waivers_apply(check);
		if (!settled)
			run_rules(check, AFTER);
	}
	if (out->items.len > 1)
		qsort(out->items.items, out->items.len,
			sizeof *out->items.items, by_place);
}

/* Appends a line of the document as it may be seen. */
static void put_line(
	const struct pm_check *check, unsigned number, struct pm_buf *out)
{
	struct pm_slice line = pm_doc_line(check->doc, number);
	struct pm_buf copy = PM_BUF_INIT;

	if (!check->secrets->len || !line.len) {
		pm_record_put_str(out, line);
		return;
	}
	pm_buf_add_slice(&copy, line);
	pm_secrets_hide_part(check->secrets,
		(size_t)(line.ptr - check->doc->src.ptr), copy.ptr, copy.len);
	pm_record_put_str(out, pm_buf_slice(&copy));
	pm_buf_release(&copy);
}

/* The line that the body begins in; 0: there is no front matter above it. */
static unsigned body_line(const struct pm_doc *doc)
{
	return doc->has_front ? pm_doc_pos(doc, doc->body_off).line : 0;
}

void pm_findings_put(const struct pm_findings *findings,
	const struct pm_check *check, struct pm_buf *out)
{
	unsigned line = 0, body = check ? body_line(check->doc) : 0;

	pm_record_put_int(out, (int64_t)findings->waived);
	pm_record_put_int(out, (int64_t)findings->items.len);
	for (size_t i = 0; i < findings->items.len; i++) {
		const struct pm_found *found = &findings->items.items[i];
		bool new_line = check && found->start.line != line;

		pm_record_put_int(out, (int64_t)found->rule);
		pm_record_put_int(out, found->level);
		pm_record_put_int(out, found->step);
		pm_record_put_int(out, found->start.line);
		pm_record_put_int(out, found->start.col);
		pm_record_put_int(out, found->end.line);
		pm_record_put_int(out, found->end.col);
		pm_record_put_str(out, found->message);
		pm_record_put_str(out, found->hint);
		pm_record_put_str(out, found->about);
		pm_record_put_int(out, found->start.line < body);
		pm_record_put_int(out, found->old);
		pm_record_put_int(out, new_line ? SOURCE_NEW : SOURCE_SAME);
		if (new_line)
			put_line(check, found->start.line, out);
		line = found->start.line;
	}
}

void pm_findings_get_counts(struct pm_record *record, size_t *waived, size_t *n)
{
	*waived = (size_t)pm_record_int(record);
	*n = (size_t)pm_record_int(record);
}

bool pm_findings_get(struct pm_record *record, struct pm_finding *finding)
{
	size_t number = (size_t)pm_record_int(record);
	const struct pm_rule *rule = pm_rule_entry(number);
	int64_t level = pm_record_int(record), step = pm_record_int(record);

	finding->start.line = (unsigned)pm_record_int(record);
	finding->start.col = (unsigned)pm_record_int(record);
	finding->end.line = (unsigned)pm_record_int(record);
	finding->end.col = (unsigned)pm_record_int(record);
	finding->message = pm_record_str(record);
	finding->hint = pm_record_str(record);
	finding->about = pm_record_str(record);
	finding->in_front = pm_record_int(record) != 0;
	finding->old = pm_record_int(record) != 0;
	if (pm_record_int(record) == SOURCE_NEW)
		finding->source = pm_record_str(record);
	if (record->bad || !rule || level < PM_LEVEL_NOTE ||
		level > PM_LEVEL_ERROR || step < 0 || step > PM_STEP_SHARE)
		return false;
	finding->rule = rule->info.id;
	finding->step = (enum pm_step)step;
	finding->level = (enum pm_level)level;
	return true;
}

void pm_findings_reset(struct pm_findings *findings)
{
	findings->items.len = 0;
	findings->waived = 0;
}

void pm_finding_texts(
	struct pm_finding *finding, struct pm_slice *out[PM_FINDING_TEXTS])
{
	out[0] = &finding->path;
	out[1] = &finding->document;
	out[2] = &finding->message;
	out[3] = &finding->hint;
	out[4] = &finding->source;
	out[5] = &finding->about;
}
