/* SPDX-License-Identifier: Apache-2.0 */
/* The title of the front matter against the heading that readers see. */
#include "check/check.h"

/* The next byte that counts: markup is skipped, white space made single. */
static int next(struct pm_slice text, size_t *off)
{
	bool space = false;

	for (; *off < text.len; ++*off) {
		char c = text.ptr[*off];

		if (c == '*' || c == '_' || c == '`' || c == '\\')
			continue;
		if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
			space = true;
			continue;
		}
		if (space)
			return ' ';
		++*off;
		return (unsigned char)c;
	}
	return -1;
}

static bool same_text(struct pm_slice a, struct pm_slice b)
{
	size_t in_a = 0, in_b = 0;
	int c;

	if (pm_slice_eq(a, b))
		return true;
	a = pm_slice_trim(a);
	b = pm_slice_trim(b);
	do {
		c = next(a, &in_a);
		if (c != next(b, &in_b))
			return false;
	} while (c >= 0);
	return true;
}

static void run(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;
	const char *hint;

	if (!doc->title.text.len ||
		(doc->heading_line && same_text(doc->title.text, doc->heading)))
		return;
	hint = pm_arena_printf(check->arena, "write: # %s",
		pm_check_word(check, doc->title.text));
	if (doc->heading_line)
		pm_finding_add_line(check, doc->heading_line, hint,
			"the heading is not the title '%s'",
			pm_check_word(check, doc->title.text));
	else
		pm_finding_add(check, pm_check_place(check, &doc->title), hint,
			"the body does not begin with the title as its "
			"heading");
}

PM_RULE_DEFINE(title_mismatch) = {
	.info =
		{
			.id = "title-mismatch",
			.step = PM_STEP_SHARE,
			.level = PM_LEVELS(WARNING, ERROR, ERROR),
			.summary = "the heading is not the title",
			.why = "Lists and search show the title of the front "
			       "matter, readers see the heading. When they "
			       "differ, one of them is left over from the "
			       "document that this one was copied from, or "
			       "from the first guess at what had happened.",
			.bad = "title: Payments were slow for everybody\n",
			.good = "title: Checkout answered 500 to EU "
				"customers\n",
		},
	.run = run,
};
