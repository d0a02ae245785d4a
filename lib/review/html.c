/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A review as a small page of its own. It loads nothing and runs nothing, and
 * its policy says so to the browser as well; what comes from a document passes
 * pm_xml_text and stands isolated from the direction of the text around it.
 */
#include "base/escape.h"
#include "review/held.h"

#define HEAD                                                                   \
	"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"                        \
	"<meta charset=\"utf-8\">\n"                                           \
	"<meta http-equiv=\"Content-Security-Policy\" content=\""              \
	"default-src 'none'; style-src 'unsafe-inline'\">\n"                   \
	"<title>pm review</title>\n<style>\n"                                  \
	"body { font: 1em/1.5 sans-serif; margin: 2em auto; "                  \
	"max-width: 60em; padding: 0 1em }\n"                                  \
	"li.alert { font-weight: bold }\n"                                     \
	"li.quiet, .place { color: #666 }\n"                                   \
	"del { background: #fdd } ins { background: #dfd }\n"                  \
	"</style>\n</head>\n<body>\n"
#define TAIL "</body>\n</html>\n"

/* A page has no limit of its own; this one still opens in a browser. */
#define MOST ((size_t)8 << 20)

#define FRAME     (sizeof HEAD + sizeof TAIL + 640)
#define DOC_FRAME 100

static void begin(struct pm_review_out *out)
{
	size_t most = out->opts->max_size ? out->opts->max_size : MOST;
	struct pm_review_held *held =
		pm_review_held_new(most > FRAME ? most - FRAME : 0);

	held->frame = DOC_FRAME;
	out->state = held;
}

static void put_text(struct pm_buf *out, struct pm_slice text)
{
	pm_buf_adds(out, "<bdi>");
	pm_xml_text(out, text);
	pm_buf_adds(out, "</bdi>");
}

static void put_words(struct pm_buf *line, struct pm_slice words)
{
	struct pm_slice piece;
	char mark;

	pm_buf_adds(line, "<br>");
	while (pm_review_next_words(&words, &mark, &piece)) {
		const char *tag = mark == '\x01'   ? "del"
				  : mark == '\x02' ? "ins"
						   : "span";

		pm_buf_addf(line, "<%s>", tag);
		pm_xml_text(
			line, mark == '\x04' ? pm_slice_str("[...]") : piece);
		pm_buf_addf(line, "</%s> ", tag);
	}
}

static void put_change(
	struct pm_review_held *held, const struct pm_review_change *change)
{
	struct pm_buf *line = pm_review_held_line(held, change->weight);

	if (!line)
		return;
	pm_buf_addf(line,
		"<li class=\"%s\"><span class=\"place\">%sline %u:"
		"</span> ",
		pm_review_weight_name(change->weight),
		change->old_side ? "old " : "", change->line);
	put_text(line, change->message);
	if (change->words.len)
		put_words(line, change->words);
	pm_buf_adds(line, "</li>\n");
	pm_review_held_keep(held);
}

static void put_doc(struct pm_review_out *out, const struct pm_review_doc *doc)
{
	struct pm_review_held *held = out->state;
	struct pm_buf *heading = pm_review_held_doc(held);

	pm_buf_adds(heading, "<h2>");
	put_text(heading, doc->path);
	pm_buf_adds(heading, "</h2>\n<p>");
	if (doc->title.len) {
		put_text(heading, pm_slice_sub(doc->title, 0, 300));
		pm_buf_addc(heading, ' ');
	}
	pm_review_add_state(heading, doc, put_text);
	pm_buf_adds(heading, "</p>\n");
	for (size_t i = 0; i < doc->nchanges; i++)
		put_change(held, &doc->changes[i]);
}

/* The lines of a document that fit, quiet ones or the others. */
static size_t print_lines(struct pm_buf *out, const struct pm_review_held *held,
	const struct pm_review_held_doc *doc, bool quiet, const char *before)
{
	size_t n = 0;

	for (size_t i = 0; i < doc->len; i++) {
		const struct pm_review_held_line *line =
			&held->lines.items[doc->first + i];

		if (!line->shown || (line->weight == PM_REVIEW_QUIET) != quiet)
			continue;
		if (n++ == 0)
			pm_buf_adds(out, before);
		pm_buf_add_slice(out, pm_buf_slice(&line->text));
	}
	if (n)
		pm_buf_adds(out, "</ul>\n");
	return n;
}

static void end(struct pm_review_out *out)
{
	struct pm_review_held *held = out->state;
	const struct pm_review_totals *totals = out->totals;

	pm_review_held_fit(held);
	pm_buf_adds(&out->text, HEAD "<h1>pm review: ");
	if (totals->documents) {
		pm_buf_addf(&out->text, "%zu document%s, ", totals->documents,
			totals->documents == 1 ? "" : "s");
		pm_review_add_counts(&out->text, totals->weights);
	} else {
		pm_buf_adds(&out->text, "no post-mortem changes");
	}
	pm_buf_adds(&out->text, "</h1>\n");
	if (totals->settings)
		pm_buf_adds(&out->text,
			"<p class=\"alert\">" PM_REVIEW_SETTINGS "</p>\n");
	for (size_t d = 0; d < held->docs.len; d++) {
		const struct pm_review_held_doc *doc = &held->docs.items[d];

		if (!doc->shown)
			continue;
		pm_buf_add_slice(&out->text, pm_buf_slice(&doc->heading));
		print_lines(&out->text, held, doc, false, "<ul>\n");
		if (print_lines(&out->text, held, doc, true,
			    "<details><summary>quiet</summary>\n<ul>\n"))
			pm_buf_adds(&out->text, "</details>\n");
	}
	if (held->listed < held->seen || held->docs_listed < held->docs.len)
		pm_buf_addf(&out->text,
			"<p>%zu more changes and %zu more documents are not "
			"listed.</p>\n",
			held->seen - held->listed,
			held->docs.len - held->docs_listed);
	pm_buf_adds(&out->text, TAIL);
	pm_review_held_free(held);
	out->state = NULL;
}

const struct pm_review_format pm_review_format_html = {
	.name = "html",
	.begin = begin,
	.doc = put_doc,
	.end = end,
};
