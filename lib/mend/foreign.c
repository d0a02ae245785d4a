/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What stands at the beginning of a document for another tool, and is no YAML:
 * front matter before it would hide it from that tool, and show it to readers.
 */
#include "base/ascii.h"
#include "base/path.h"
#include "mend/convert.h"

/* "Title: x" as MultiMarkdown takes it: the key is one word. */
static bool is_meta(struct pm_slice line)
{
	size_t n = 0;

	while (n < line.len &&
		(pm_is_letter(line.ptr[n]) || pm_is_digit(line.ptr[n]) ||
			memchr("-_", line.ptr[n], 2)))
		n++;
	return n && n < line.len && line.ptr[n] == ':';
}

/* True for such lines, and those that go on with four blanks, down to a blank
   one. */
static bool has_meta(struct pm_slice src)
{
	struct pm_slice line;
	bool first = true;

	for (; pm_slice_line(&src, &line); first = false) {
		if (!pm_slice_trim(line).len)
			return !first;
		if (!is_meta(line) && (first || !pm_slice_starts(line, "    ")))
			return false;
	}
	return false;
}

/* MkDocs reads such lines, others show them as text: its settings lie beside
   the directory of the documents, or above. */
static bool is_for_mkdocs(
	struct pm_ctx *ctx, struct pm_reader *reader, struct pm_slice path)
{
	static const char *const names[] = {"mkdocs.yml", "mkdocs.yaml"};
	struct pm_buf file = PM_BUF_INIT;
	bool found = false;

	do {
		path = pm_path_dir(path);
		for (size_t i = 0; !found && i < 2; i++) {
			pm_buf_reset(&file);
			pm_buf_add_slice(&file, path);
			pm_buf_addf(
				&file, "%s%s", path.len ? "/" : "", names[i]);
			found = pm_reader_exists(
					ctx, reader, pm_buf_slice(&file)) > 0;
		}
	} while (path.len && !found);
	pm_ctx_clear(ctx);
	pm_buf_release(&file);
	return found;
}

/* Hugo's: an object from the first byte on. */
static bool has_json(struct pm_slice src)
{
	return pm_slice_starts(src, "{") &&
	       pm_slice_starts(pm_slice_trim(pm_slice_from(src, 1)), "\"");
}

const char *pm_front_foreign(
	struct pm_ctx *ctx, struct pm_reader *reader, const struct pm_doc *doc)
{
	struct pm_slice src = doc->src;

	if (pm_slice_starts(src, "\xef\xbb\xbf"))
		src = pm_slice_from(src, 3);
	if (pm_slice_starts(src, "+++"))
		return "its front matter is TOML, which stays as it is";
	if (has_json(src))
		return "line 1: its front matter is JSON, which stays as it is";
	if (has_meta(src) &&
		is_for_mkdocs(ctx, reader, pm_slice_str(doc->path)))
		return "line 1: MkDocs takes its first lines for metadata, and "
		       "would not below front matter (make them front matter "
		       "by hand: '---' above and below)";
	return NULL;
}
