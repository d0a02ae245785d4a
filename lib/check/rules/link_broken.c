/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Links that lead nowhere: to files of the repository at the same state, to
 * headings of this document, to headings of another. Addresses with a scheme
 * are not fetched: pm does not touch the network.
 */
#include "check/check.h"

#include "base/ascii.h"
#include "base/path.h"
#include "check/anchors.h"

/* What one run needs besides the check. */
struct links {
	struct pm_check *check;
	struct pm_anchor_set anchors; /* of this document */
	bool have_anchors;
	struct pm_buf url, path;
};

/* "https:", "mailto:", "//host": somewhere else. */
static bool is_remote(struct pm_slice url)
{
	size_t i = 0;

	if (pm_slice_starts(url, "//"))
		return true;
	while (i < url.len &&
		(pm_is_letter(url.ptr[i]) ||
			(i && (url.ptr[i] == '+' || url.ptr[i] == '-' ||
				      url.ptr[i] == '.' ||
				      pm_is_digit(url.ptr[i])))))
		i++;
	return i > 0 && i < url.len && url.ptr[i] == ':';
}

/* "{{ page.url }}": a site generator fills it in. */
static bool is_filled_later(struct pm_slice url)
{
	return memmem(url.ptr, url.len, "{{", 2) ||
	       memmem(url.ptr, url.len, "{%", 2);
}

static void decode(struct pm_buf *out, struct pm_slice url)
{
	for (size_t i = 0; i < url.len; i++) {
		int high = -1, low = -1;

		if (url.ptr[i] == '%' && i + 2 < url.len) {
			high = pm_hex_value(url.ptr[i + 1]);
			low = pm_hex_value(url.ptr[i + 2]);
		}
		if (high >= 0 && low >= 0) {
			pm_buf_addc(out, (char)(high * 16 + low));
			i += 2;
		} else {
			pm_buf_addc(out, url.ptr[i]);
		}
	}
}

static void report(struct links *links, const struct pm_link *link,
	const char *hint, const char *what)
{
	struct pm_check *check = links->check;
	const char *kind = link->image ? "image" : "link";
	const char *url = pm_check_word(check, link->url);

	if (link->span.len)
		pm_finding_add(check, pm_check_first_line(check, link->span),
			hint, "%s '%s' leads nowhere: %s", kind, url, what);
	else
		pm_finding_add_line(check, link->line, hint,
			"%s '%s' leads nowhere: %s", kind, url, what);
}

static void check_own_anchor(
	struct links *links, const struct pm_link *link, struct pm_slice anchor)
{
	struct pm_check *check = links->check;

	if (!links->have_anchors)
		pm_anchor_set_init(&links->anchors, check->arena, check->doc);
	links->have_anchors = true;
	if (!pm_anchor_set_has(&links->anchors, check->doc->src, anchor))
		report(links, link, "write the anchor of a heading",
			"the document has no such heading");
}

/* exists() of the state, an error being no proof of absence. */
static int exists(struct pm_check *check, struct pm_slice path)
{
	int ret = pm_reader_exists(check->ctx, check->reader, path);

	if (ret < 0)
		pm_ctx_clear(check->ctx);
	return ret;
}

static void check_file(struct links *links, const struct pm_link *link,
	struct pm_slice target, struct pm_slice anchor)
{
	struct pm_check *check = links->check;
	struct pm_slice path;
	int found;

	pm_buf_reset(&links->path);
	if (pm_path_join(&links->path,
		    pm_path_dir(pm_slice_str(check->doc->path)), target) < 0) {
		report(links, link, "write a path within the repository",
			"it points out of the repository");
		return;
	}
	path = pm_buf_slice(&links->path);
	found = path.len ? exists(check, path) : 2;
	if (found == 0) {
		pm_buf_adds(&links->path, ".md");
		report(links, link,
			exists(check, pm_buf_slice(&links->path)) == 1
				? "write it with its suffix, .md"
				: "write the path of a committed file",
			"there is no such file");
		return;
	}
	if (found != 1 || !anchor.len ||
		!(pm_slice_ends(path, ".md") ||
			pm_slice_ends(path, ".markdown")))
		return;
	if (pm_slice_is(path, check->doc->path))
		check_own_anchor(links, link, anchor);
	else if (!pm_anchors_has(check, path, anchor))
		report(links, link, "write the anchor of one of its headings",
			"that document has no such heading");
}

static void check_link(struct links *links, const struct pm_link *link)
{
	struct pm_slice url, target, anchor = {"", 0};
	ptrdiff_t hash, query;

	if (is_remote(link->url) || is_filled_later(link->url))
		return;
	pm_buf_reset(&links->url);
	hash = pm_slice_find(link->url, 0, '#');
	url = pm_slice_sub(
		link->url, 0, hash < 0 ? link->url.len : (size_t)hash);
	query = pm_slice_find(url, 0, '?');
	if (query >= 0)
		url.len = (size_t)query;
	decode(&links->url, url);
	url.len = links->url.len;
	if (hash >= 0)
		decode(&links->url, pm_slice_from(link->url, (size_t)hash + 1));
	target = pm_slice_sub(pm_buf_slice(&links->url), 0, url.len);
	if (hash >= 0)
		anchor = pm_slice_from(pm_buf_slice(&links->url), url.len);
	if (target.len)
		check_file(links, link, target, anchor);
	else if (hash >= 0)
		check_own_anchor(links, link, anchor);
	else if (query < 0)
		report(links, link, "write where it leads", "it is empty");
}

static void run(struct pm_check *check)
{
	struct links links = {
		.check = check, .url = PM_BUF_INIT, .path = PM_BUF_INIT};

	for (size_t i = 0; i < check->doc->nlinks; i++) {
		if (!pm_findings_wanted(check))
			break;
		check_link(&links, &check->doc->links[i]);
	}
	pm_buf_release(&links.url);
	pm_buf_release(&links.path);
}

PM_RULE_DEFINE(link_broken) = {
	.info =
		{
			.id = "link-broken",
			.step = PM_STEP_COLLECT,
			.level = PM_LEVELS(WARNING, WARNING, ERROR),
			.summary = "a link leads to no file or heading of the "
				   "repository",
			.why = "The graph that proves the impact, the log "
			       "behind the timeline, the runbook that was "
			       "followed: two years later the link is all "
			       "that is left of them. A link that is broken "
			       "today was never checked. Addresses on the "
			       "network are not fetched.",
			.bad = "## Supporting data\n\n"
			       "The [error "
			       "rate](2026-11-22-checkout-500s/rate.svg), and "
			       "[what it did](#the-impact).\n",
			.good = "## Supporting data\n\n"
				"The [error rate](https://example.org/rate), "
				"and [what it did](#impact).\n",
		},
	.run = run,
};
