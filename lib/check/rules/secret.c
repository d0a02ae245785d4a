/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keys, tokens and passwords, wherever they stand: front matter, prose, code,
 * links, comments. They were found before any rule ran (base/secret.h), since
 * no finding of any rule may show one; here they only get their words.
 */
#include "check/check.h"

/* What a reader may see of it, enough to know which one it is. */
#define SHOWN 4

static void report(struct pm_check *check, const struct pm_secret *secret)
{
	struct pm_slice src = check->doc->src;
	struct pm_span place = pm_check_first_line(check, secret->span);
	size_t shown = secret->hide.off - secret->span.off;
	const char *hint =
		"take it out and revoke it: what was pushed once is known. A "
		"false alarm ends its line with: pragma: allowlist secret";

	if (secret->mention)
		pm_finding_add_level(check, PM_LEVEL_WARNING, place,
			"leave the line out when there is no key behind it",
			"the first line of a private key");
	else if (shown > SHOWN)
		pm_finding_add(check, place, hint, "possible private key");
	else if (shown == 0)
		pm_finding_add(check, place, hint,
			"possible %s (%zu characters)", secret->name,
			secret->span.len);
	else
		pm_finding_add(check, place, hint,
			"possible %s '%.*s...' (%zu characters)", secret->name,
			(int)shown, src.ptr + secret->span.off,
			secret->span.len);
}

static void run(struct pm_check *check)
{
	for (size_t i = 0; i < check->secrets->len; i++)
		report(check, &check->secrets->items[i]);
}

PM_RULE_DEFINE(secret) = {
	.info =
		{
			.id = "secret",
			.step = PM_STEP_SHARE,
			.level = PM_LEVELS(ERROR, ERROR, ERROR),
			.summary = "the text holds a key, a token or a "
				   "password",
			.why = "Post-mortems are full of pasted commands and "
			       "logs, and they are published. A key that was "
			       "pushed is in every clone, in the forge's "
			       "caches and in somebody's scanner within "
			       "minutes; taking it out again does not help, "
			       "only revoking it does. So this is an error "
			       "before the commit, in every status, and pm "
			       "shows the first characters of what it found "
			       "and no more, whatever the output. Only what "
			       "is known by its form is looked for.",
			.bad = "## Resolution\n\n"
			       "The queue was drained from "
			       "https://root:"
			       "c0rr3ct-h0rs3@queue.internal/ "
			       "by hand.\n",
			.good = "## Resolution\n\n"
				"The queue was drained from "
				"https://queue.internal/ by hand, with the "
				"password of the vault.\n",
		},
	.always = true,
	.placed = true,
	.run = run,
};
