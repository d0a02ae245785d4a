/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Waivers of the body: "<!-- pm: allow RULE: reason -->" on lines of their
 * own hold for the block below them. Templates have comments that begin with
 * "pm:" as well (template.c of the policy); what looks like a waiver and is
 * none is kept with the reason, because its writer believes that it holds.
 */
#include "doc/body.h"

#include <string.h>

#include "base/ascii.h"
#include "pm/nearest.h"

/* Cuts the letters at the start of *text off. */
static struct pm_slice take_word(struct pm_slice *text)
{
	struct pm_slice word = {text->ptr, 0};

	while (word.len < text->len && pm_is_letter(text->ptr[word.len]))
		word.len++;
	*text = pm_slice_from(*text, word.len);
	return word;
}

/* True for a word by which a waiver is meant, though pm has another. */
static bool means_allow(struct pm_slice word)
{
	static const char *const names[] = {"allow", NULL};
	static const char *const others[] = {
		"disable", "ignore", "nolint", "skip", "suppress", "waive"};

	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		if (pm_slice_is_nocase(word, others[i]))
			return true;
	return pm_nearest(word, names) != NULL;
}

/* A part of the source as a field. */
static struct pm_field field_of(
	const struct pm_body *body, struct pm_slice text)
{
	struct pm_field field = {.text = text};

	if (text.len)
		field.span = (struct pm_span){
			(size_t)(text.ptr - body->doc->src.ptr), text.len};
	return field;
}

/* "RULE: reason", what stands after "allow". */
static void read_rule(
	struct pm_body *body, struct pm_slice text, struct pm_waiver *waiver)
{
	ptrdiff_t colon = pm_slice_find(text, 0, ':');
	size_t end = colon < 0 ? text.len : (size_t)colon;
	struct pm_slice rule = pm_slice_trim(pm_slice_sub(text, 0, end));

	waiver->rule = field_of(body, rule);
	waiver->reason =
		field_of(body, pm_slice_trim(pm_slice_from(text, end + 1)));
	if (!rule.len)
		waiver->problem = "it names no rule";
	else if (memchr(rule.ptr, ',', rule.len))
		waiver->problem = "it names more than one rule";
	for (size_t i = 0; i < rule.len && !waiver->problem; i++)
		if (memchr(" \t\r\n", rule.ptr[i], 4))
			waiver->problem =
				"one rule and a ':' come after 'allow'";
}

/*
 * Reads the inside of a comment, what follows "<!--" up to "-->". False when
 * it is no waiver and does not want to be one.
 */
static bool read_comment(
	struct pm_body *body, struct pm_slice text, struct pm_waiver *waiver)
{
	struct pm_slice word;
	bool colon;

	text = pm_slice_trim(text);
	word = take_word(&text);
	if (!pm_slice_is_nocase(word, "pm"))
		return false;
	text = pm_slice_trim(text);
	colon = pm_slice_starts(text, ":");
	if (colon)
		text = pm_slice_trim(pm_slice_from(text, 1));
	word = take_word(&text);
	if (pm_slice_is(word, "allow")) {
		if (colon)
			read_rule(body, text, waiver);
		else
			waiver->problem = "a ':' is missing after 'pm'";
		return true;
	}
	/* "role=impact from=review": a template's. */
	if (!colon || pm_slice_starts(text, "=") || !means_allow(word))
		return false;
	waiver->problem = "its first word is not 'allow'";
	return true;
}

static struct pm_waiver *add_waiver(
	struct pm_body *body, const struct pm_waiver *waiver)
{
	struct pm_doc *doc = body->doc;

	doc->waivers =
		pm_doc_grow(doc, doc->waivers, doc->nwaivers, sizeof *waiver);
	doc->waivers[doc->nwaivers] = *waiver;
	return &doc->waivers[doc->nwaivers++];
}

/* The comment that a block of HTML begins with; false: it has none. */
static bool find_comment(const struct pm_body *body,
	const struct pm_md_block *block, struct pm_slice *inside,
	struct pm_slice *after)
{
	struct pm_span span = pm_body_lines(body, block->line, block->end_line);
	struct pm_slice text = pm_slice_sub(body->doc->src, span.off, span.len);
	const char *open = memmem(text.ptr, text.len, "<!--", 4), *close;

	if (!open)
		return false;
	text = pm_slice_from(text, (size_t)(open - text.ptr) + 4);
	close = memmem(text.ptr, text.len, "-->", 3);
	*inside = pm_slice_sub(
		text, 0, close ? (size_t)(close - text.ptr) : text.len);
	*after = pm_slice_make(NULL, 0);
	if (close)
		*after = pm_slice_trim(pm_slice_from(text, inside->len + 3));
	return true;
}

/* Reads one block of HTML; false: no waiver begins it. */
static bool read_block(struct pm_body *body, const struct pm_md_block *block,
	struct pm_waiver *waiver)
{
	struct pm_slice inside, after;

	*waiver = (struct pm_waiver){.in_body = true};
	if (!find_comment(body, block, &inside, &after) ||
		!read_comment(body, inside, waiver))
		return false;
	waiver->span = pm_body_lines(body, block->line, block->end_line);
	if (!after.ptr)
		waiver->problem = "the comment is not closed: '-->' is missing";
	else if (after.len ||
		 !pm_slice_starts(pm_slice_trim(block->literal), "<!--"))
		waiver->problem = "it does not stand on a line of its own";
	return true;
}

/* The lines of the block below: of a list, its first item. */
static void set_lines(const struct pm_body *body, size_t block,
	struct pm_waiver *waivers, size_t n)
{
	const struct pm_md_block *blocks = body->md->blocks;

	if (block >= body->footnotes)
		return;
	if (blocks[block].kind == PM_MD_LIST && block + 1 < blocks[block].end)
		block++;
	for (size_t i = 0; i < n; i++) {
		waivers[i].first = blocks[block].line;
		waivers[i].last = blocks[block].end_line;
	}
}

/* Waivers that stand one above the other hold for the same block. */
static void read_blocks(struct pm_body *body)
{
	struct pm_doc *doc = body->doc;
	size_t waiting = 0;

	for (size_t i = 0; i < body->footnotes; i++) {
		const struct pm_md_block *block = &body->md->blocks[i];
		struct pm_waiver waiver;

		if (block->kind == PM_MD_HTML &&
			read_block(body, block, &waiver)) {
			add_waiver(body, &waiver);
			waiting++;
			continue;
		}
		if (waiting)
			set_lines(body, i,
				doc->waivers + doc->nwaivers - waiting,
				waiting);
		waiting = 0;
	}
}

/* Within a paragraph, a cell or a heading nothing is below a comment. */
static void read_runs(struct pm_body *body)
{
	for (size_t i = 0; i < body->md->nruns; i++) {
		const struct pm_md_run *run = &body->md->runs[i];
		struct pm_waiver waiver;

		if (!(run->style & PM_MD_INLINE_HTML) ||
			!pm_slice_starts(run->text, "<!--"))
			continue;
		waiver = (struct pm_waiver){.in_body = true};
		if (!read_comment(body, pm_slice_from(run->text, 4), &waiver))
			continue;
		waiver = (struct pm_waiver){
			.in_body = true,
			.span = run->span.len ? run->span
					      : pm_body_lines(body, run->line,
							run->line),
			.problem = "it does not stand on a line of its own",
		};
		add_waiver(body, &waiver);
	}
}

/* True when a comment stands in the body. "<" is rare: memmem looks longer. */
static bool holds_comment(const struct pm_doc *doc)
{
	ptrdiff_t at = pm_slice_find(doc->src, doc->body_off, '<');

	while (at >= 0 &&
		!pm_slice_starts(pm_slice_from(doc->src, (size_t)at), "<!--"))
		at = pm_slice_find(doc->src, (size_t)at + 1, '<');
	return at >= 0;
}

void pm_body_waivers(struct pm_body *body)
{
	if (!holds_comment(body->doc))
		return;
	read_blocks(body);
	read_runs(body);
}
