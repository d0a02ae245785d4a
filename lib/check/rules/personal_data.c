/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Data of persons in what the writer says: the body without its code, and the
 * sentences of the front matter. Who takes part is named on purpose.
 */
#include "check/personal.h"

#include <strings.h>

#include "check/prose.h"

/* What a reader may see of it. */
#define SHOWN 4

static bool within(const struct pm_field *field, size_t off)
{
	return off >= field->span.off &&
	       off < field->span.off + field->span.len;
}

/* The address that a link of the text leads to, if the text has not just said
   it: "[Write to her](mailto:...)". */
static bool is_mail_link(const struct pm_check *check, struct pm_span span)
{
	static const char joint[] = "](mailto:";
	const size_t len = sizeof joint - 1;
	struct pm_slice src = check->doc->src;
	const struct pm_prose *stretch = pm_check_stretch(check, span.off);

	if (!stretch || stretch->code)
		return false;
	return span.off < len + span.len ||
	       memcmp(src.ptr + span.off - len, joint, len) != 0 ||
	       memcmp(src.ptr + span.off - len - span.len, src.ptr + span.off,
		       span.len) != 0;
}

/* Where a sentence stands, in the front matter or the body. */
static bool is_text(const struct pm_check *check, struct pm_span span)
{
	const struct pm_doc *doc = check->doc;

	if (span.off >= doc->body_off)
		return pm_personal_is_mailto(doc->src, span.off)
			       ? is_mail_link(check, span)
			       : pm_check_is_text(check, span);
	if (within(&doc->title, span.off))
		return true;
	for (size_t i = 0; i < doc->nimpact; i++)
		if (within(&doc->impact[i], span.off))
			return true;
	for (size_t i = 0; i < doc->ncauses; i++)
		if (within(&doc->causes[i].text, span.off))
			return true;
	for (size_t i = 0; i < doc->nactions; i++)
		if (!doc->actions[i].in_body &&
			within(&doc->actions[i].title, span.off))
			return true;
	return false;
}

static bool same(struct pm_slice a, struct pm_slice b)
{
	return a.len == b.len && (!a.len || !strncasecmp(a.ptr, b.ptr, a.len));
}

/* The policy says so: the text itself, or the domain of an address. */
static bool is_fine(const struct pm_check *check, struct pm_slice text)
{
	const struct pm_names *fine = &check->policy->personal_data;
	ptrdiff_t at = pm_slice_find(text, 0, '@');
	struct pm_slice domain = at < 0 ? pm_slice_make("", 0)
					: pm_slice_from(text, (size_t)at + 1);

	for (size_t i = 0; i < fine->len; i++) {
		struct pm_slice one = pm_slice_str(fine->items[i]);

		if (one.len && one.ptr[0] == '@')
			one = pm_slice_from(one, 1);
		if (same(one, text) || same(one, domain))
			return true;
	}
	return false;
}

/* Takes part in the document, or the policy knows the address. */
static bool is_known(const struct pm_check *check, struct pm_slice text)
{
	const struct pm_doc *doc = check->doc;

	if (same(doc->owner.text, text))
		return true;
	for (size_t i = 0; i < doc->nparticipants; i++)
		if (same(doc->participants[i].person.text, text))
			return true;
	for (size_t i = 0; i < doc->nactions; i++)
		if (same(doc->actions[i].owner.text, text))
			return true;
	for (size_t i = 0; i < check->policy->people.len; i++)
		if (same(pm_slice_str(check->policy->people.items[i]), text))
			return true;
	return false;
}

static void report(struct pm_check *check, const struct pm_personal *one)
{
	struct pm_slice text =
		pm_slice_sub(check->doc->src, one->span.off, one->span.len);

	if (!pm_findings_wanted(check) || is_fine(check, text) ||
		is_known(check, text) || !is_text(check, one->span))
		return;
	pm_finding_add(check, pm_check_first_line(check, one->span),
		"write who it is by role, or list it in the policy under "
		"personal_data: when it may be published",
		"possible %s '%.*s...' (%zu characters)", one->name, SHOWN,
		text.ptr, text.len);
}

static void run(struct pm_check *check)
{
	if (pm_findings_wanted(check))
		pm_personal_find(check, check->doc->src, report);
}

PM_RULE_DEFINE(personal_data) = {
	.info =
		{
			.id = "personal-data",
			.step = PM_STEP_SHARE,
			.level = PM_LEVELS(WARNING, WARNING, WARNING),
			.summary = "the text holds data of a person",
			.why = "A post-mortem is read by many and kept for "
			       "years; the address of the customer who "
			       "reported it, the card that was charged twice, "
			       "the caller's number were needed for an hour. "
			       "Git forgets nothing, so what a person may ask "
			       "to have deleted does not belong in it. Who "
			       "takes part is named on purpose, addresses "
			       "for documentation and private networks are "
			       "nobody's, and the policy lists what else is "
			       "fine.",
			.bad = "## Detection\n\n"
			       "The error rate alert fired after seven "
			       "minutes; maja.lund@kundenpost.eu had "
			       "written before.\n",
			.good = "## Detection\n\n"
				"The error rate alert fired after seven "
				"minutes; a customer had written before. See "
				"ops@example.org.\n",
		},
	.run = run,
};
