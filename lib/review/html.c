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

/* Room for these two, and for the first and the last lines. */
#define FRAME (sizeof HEAD + sizeof TAIL + 1024)

static void begin(struct pm_review_out *out)
{
	pm_review_held_begin(out, MOST, FRAME);
}

static void put_text(struct pm_buf *out, struct pm_slice text)
{
	pm_buf_adds(out, "<bdi>");
	pm_xml_text(out, text);
	pm_buf_adds(out, "</bdi>");
}

static void put_words(struct pm_buf *line, struct pm_slice words)
{
	static const char *const tags[] = {
		[PM_REVIEW_SAME] = "span",
		[PM_REVIEW_REMOVED] = "del",
		[PM_REVIEW_ADDED] = "ins",
		[PM_REVIEW_GAP] = "span",
	};
	struct pm_slice piece;
	enum pm_review_mark mark;

	pm_buf_adds(line, "<br>");
	while (pm_review_next_words(&words, &mark, &piece)) {
		if (mark == PM_REVIEW_GAP)
			piece = pm_slice_str("[...]");
		pm_buf_addf(line, "<%s>", tags[mark]);
		pm_xml_text(line, piece);
		pm_buf_addf(line, "</%s> ", tags[mark]);
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
		put_text(heading,
			pm_slice_sub(doc->title, 0, PM_REVIEW_TITLE_MOST));
		pm_buf_addc(heading, ' ');
	}
	pm_review_add_state(heading, doc, put_text);
	pm_buf_adds(heading, "</p>\n");
	for (size_t i = 0; i < doc->nchanges; i++)
		put_change(held, &doc->changes[i]);
}

static void print_lines(const struct pm_review_held *held,
	const struct pm_review_held_doc *doc, struct pm_buf *out)
{
	if (doc->loud) {
		pm_buf_adds(out, "<ul>\n");
		pm_review_held_put_loud(held, doc, out);
		pm_buf_adds(out, "</ul>\n");
	}
	if (doc->quiet) {
		pm_buf_adds(out, "<details><summary>quiet</summary>\n<ul>\n");
		pm_review_held_put_quiet(held, doc, out);
		pm_buf_adds(out, "</ul>\n</details>\n");
	}
}

static void end(struct pm_review_out *out)
{
	struct pm_review_held *held = out->state;
	struct pm_buf missing = PM_BUF_INIT;

	pm_review_held_fit(held);
	pm_buf_adds(&out->text, HEAD "<h1>pm review: ");
	pm_review_add_total(&out->text, out->totals);
	pm_buf_adds(&out->text, "</h1>\n");
	if (out->settings) {
		pm_buf_adds(&out->text, "<p class=\"alert\">");
		pm_review_add_settings(&out->text, out, put_text);
		pm_buf_adds(&out->text, "</p>\n");
	}
	pm_review_held_put_docs(held, print_lines, &out->text);
	if (pm_review_held_put_missing(held, &missing))
		pm_buf_addf(&out->text, "<p>%s.</p>\n", missing.ptr);
	pm_buf_adds(&out->text, TAIL);
	pm_buf_release(&missing);
	pm_review_held_end(out);
}

const struct pm_review_format pm_review_format_html = {
	.name = "html",
	.begin = begin,
	.doc = put_doc,
	.end = end,
};
