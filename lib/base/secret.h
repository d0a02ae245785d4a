/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Secrets in a text: keys, tokens and passwords that are known by how they
 * begin (secrets.def) or by where they stand. Whoever shows or stores text of
 * a document hides them first.
 *
 * Looking costs every document, so nothing looks at every byte: a secret is a
 * long run without blanks, and prose has none. Hiding changes no length: the
 * first characters stay, each of the others becomes an "x", so lines, columns
 * and spans stay true, and neither Markdown nor YAML reads anything into it.
 */
#ifndef PM_BASE_SECRET_H
#define PM_BASE_SECRET_H

#include "pm/buf.h"

struct pm_secret {
	const char *name;    /* "GitHub token"; static */
	struct pm_span span; /* all of it */
	struct pm_span hide; /* what must not be shown */
	bool mention;        /* only the first line of a private key: nothing
				to hide */
};

struct pm_secrets {
	struct pm_secret *items; /* by place, none within another */
	size_t len, cap;
};

/*
 * Appends the secrets of text, those with a mark that another scanner honours
 * left out ("gitleaks:allow" and the like, on the line or above it).
 */
void pm_secrets_find(struct pm_slice text, struct pm_secrets *out);
void pm_secrets_release(struct pm_secrets *secrets);

/* Hides the secrets of a text in place; true when there were any. */
bool pm_secrets_hide(char *text, size_t len);

/* Hides what is known of the whole in a part of it, which began at off. */
void pm_secrets_hide_part(
	const struct pm_secrets *secrets, size_t off, char *part, size_t len);

/* Hides in another text what the secrets of whole say, wherever it stands. */
void pm_secrets_hide_copies(const struct pm_secrets *secrets,
	struct pm_slice whole, char *text, size_t len);

/* Bits of entropy in a character of text, by how often each occurs. */
double pm_secret_entropy(struct pm_slice text);

#endif
