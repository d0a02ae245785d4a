/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every escaper, with any bytes. What has a way back is taken back and is the
 * same: JSON, YAML, XML, paths of URLs. What has none is inert: nothing in it
 * moves a cursor, begins a command of a CI runner, or is markup.
 */
#include "fuzz.h"

#include "base/arena.h"
#include "base/escape.h"
#include "base/utf8.h"
#include "markdown/markdown.h"
#include "yaml/yaml.h"

/* The text as every escaper sees it: a byte that is no UTF-8 is U+FFFD. */
static void add_valid(struct pm_buf *out, struct pm_slice text)
{
	uint32_t cp;

	for (size_t off = 0; off < text.len;) {
		off += pm_utf8_next(text, off, &cp);
		pm_utf8_add(out, cp);
	}
}

/* No terminal and no CI runner obeys anything in it. */
static void check_inert(struct pm_slice text)
{
	uint32_t cp;

	FUZZ_CHECK(!memmem(text.ptr, text.len, "##[", 3));
	for (size_t off = 0; off < text.len;) {
		off += pm_utf8_next(text, off, &cp);
		FUZZ_CHECK(cp != PM_UTF8_BAD && cp >= ' ');
		FUZZ_CHECK(!pm_utf8_invisible(cp));
	}
}

static void check_term(struct pm_slice text)
{
	struct pm_buf out = PM_BUF_INIT;
	struct pm_slice rest, line;
	size_t start;

	pm_term_text(&out, text, true);
	check_inert(pm_buf_slice(&out));
	FUZZ_CHECK(!pm_slice_starts(pm_slice_trim(pm_buf_slice(&out)), "::"));
	/* What two calls put together is no more than what each wrote. */
	pm_term_text(&out, text, false);
	check_inert(pm_buf_slice(&out));
	pm_buf_reset(&out);
	pm_term_lines(&out, text);
	rest = pm_buf_slice(&out);
	while (pm_slice_line(&rest, &line)) {
		FUZZ_CHECK(!pm_slice_starts(pm_slice_trim(line), "::"));
		for (start = 0; start < line.len; start++)
			if (line.ptr[start] == '\t')
				out.ptr[line.ptr - out.ptr + (ptrdiff_t)start] =
					' ';
		check_inert(line);
	}
	pm_buf_release(&out);
}

static unsigned hex(struct pm_slice text, size_t off, size_t len)
{
	unsigned value = 0;

	FUZZ_CHECK(off + len <= text.len);
	for (size_t i = off; i < off + len; i++) {
		char c = text.ptr[i];
		const char *digits = "0123456789abcdef";
		const char *hit = memchr(digits, c | 0x20, 16);

		FUZZ_CHECK(hit != NULL);
		value = value * 16 + (unsigned)(hit - digits);
	}
	return value;
}

/* Reads one escape at off, behind the backslash; returns what follows it. */
static size_t read_json_escape(
	struct pm_slice json, size_t off, struct pm_buf *out)
{
	static const char letters[] = "bfnrt\"\\/";
	static const char meant[] = "\b\f\n\r\t\"\\/";
	unsigned cp;
	const char *hit;

	if (json.ptr[off] != 'u') {
		hit = strchr(letters, json.ptr[off]);
		FUZZ_CHECK(hit && *hit);
		pm_buf_addc(out, meant[hit - letters]);
		return off + 1;
	}
	cp = hex(json, off + 1, 4);
	off += 5;
	FUZZ_CHECK(cp < 0xDC00 || cp > 0xDFFF);
	if (cp >= 0xD800 && cp <= 0xDBFF) {
		unsigned low = hex(json, off + 2, 4);

		FUZZ_CHECK(json.ptr[off] == '\\' && json.ptr[off + 1] == 'u');
		FUZZ_CHECK(low >= 0xDC00 && low <= 0xDFFF);
		cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
		off += 6;
	}
	pm_utf8_add(out, cp);
	return off;
}

static void check_json(struct pm_slice text, struct pm_slice valid)
{
	struct pm_buf json = PM_BUF_INIT, back = PM_BUF_INIT;
	struct pm_slice inner;

	pm_json_str(&json, text);
	check_inert(pm_buf_slice(&json));
	FUZZ_CHECK(json.len >= 2 && json.ptr[0] == '"' &&
		   json.ptr[json.len - 1] == '"');
	inner = pm_slice_make(json.ptr + 1, json.len - 2);
	for (size_t off = 0; off < inner.len;) {
		FUZZ_CHECK(inner.ptr[off] != '"');
		if (inner.ptr[off] == '\\')
			off = read_json_escape(inner, off + 1, &back);
		else
			pm_buf_addc(&back, inner.ptr[off++]);
	}
	FUZZ_CHECK(pm_slice_eq(pm_buf_slice(&back), valid));
	pm_buf_release(&json);
	pm_buf_release(&back);
}

/* As the value of a key, and in a list in brackets. */
static void check_yaml(struct pm_slice text, struct pm_slice valid)
{
	static const struct pm_yaml_limits limits = {.bytes = 1 << 20};
	struct pm_arena arena = PM_ARENA_INIT;
	struct pm_yaml yaml = {NULL, NULL, false};
	const struct pm_yaml_node *one, *two;
	struct pm_buf source = PM_BUF_INIT;

	pm_buf_adds(&source, "one: ");
	pm_yaml_scalar(&source, text);
	pm_buf_adds(&source, "\ntwo: [");
	pm_yaml_scalar(&source, text);
	pm_buf_adds(&source, ", b]\n");
	pm_yaml_parse(&arena, pm_buf_slice(&source), &limits, &yaml);
	/* That a character is invisible may be told, however it is written. */
	FUZZ_CHECK(yaml.root && yaml.complete);
	one = pm_yaml_get(yaml.root, "one");
	two = pm_yaml_get(yaml.root, "two");
	FUZZ_CHECK(one && pm_slice_eq(one->text, valid));
	FUZZ_CHECK(two && two->child && two->child->next);
	FUZZ_CHECK(pm_slice_eq(two->child->text, valid));
	FUZZ_CHECK(pm_slice_is(two->child->next->text, "b"));
	FUZZ_CHECK(!two->child->next->next);
	pm_arena_release(&arena);
	pm_buf_release(&source);
}

static void check_xml(struct pm_slice text)
{
	static const struct {
		const char *name;
		char c;
	} entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'},
		{"&quot;", '"'}, {"&apos;", '\''}};
	struct pm_buf xml = PM_BUF_INIT, back = PM_BUF_INIT;
	struct pm_buf shown = PM_BUF_INIT;
	uint32_t cp;

	pm_xml_text(&xml, text);
	check_inert(pm_buf_slice(&xml));
	for (size_t off = 0; off < xml.len;) {
		struct pm_slice rest = pm_slice_from(pm_buf_slice(&xml), off);
		size_t i = 0;

		FUZZ_CHECK(!strchr("<>\"'", rest.ptr[0]));
		if (rest.ptr[0] != '&') {
			pm_buf_addc(&back, xml.ptr[off++]);
			continue;
		}
		while (i < 5 && !pm_slice_starts(rest, entities[i].name))
			i++;
		FUZZ_CHECK(i < 5);
		pm_buf_addc(&back, entities[i].c);
		off += strlen(entities[i].name);
	}
	pm_buf_reset(&xml);
	pm_term_text(&xml, text, false);
	/* The two characters that XML does not have. */
	for (size_t off = 0; off < xml.len;) {
		off += pm_utf8_next(pm_buf_slice(&xml), off, &cp);
		pm_utf8_add(&shown, cp == 0xFFFE || cp == 0xFFFF ? 0xFFFD : cp);
	}
	FUZZ_CHECK(pm_slice_eq(pm_buf_slice(&back), pm_buf_slice(&shown)));
	pm_buf_release(&xml);
	pm_buf_release(&back);
	pm_buf_release(&shown);
}

static void check_url(struct pm_slice text)
{
	struct pm_buf url = PM_BUF_INIT, back = PM_BUF_INIT;

	pm_url_path(&url, text);
	for (size_t off = 0; off < url.len; off++) {
		char c = url.ptr[off];

		FUZZ_CHECK(c > ' ' && c < 0x7F && !strchr("?#:\\<>\"'", c));
		if (c != '%') {
			pm_buf_addc(&back, c);
			continue;
		}
		pm_buf_addc(&back, (char)hex(pm_buf_slice(&url), off + 1, 2));
		off += 2;
	}
	FUZZ_CHECK(pm_slice_eq(pm_buf_slice(&back), text));
	pm_buf_release(&url);
	pm_buf_release(&back);
}

/* Behind a word and in a cell: one paragraph or cell, all of it plain text but
   for our own comments, and the text is what a terminal would show. */
static void check_md(struct pm_slice text)
{
	struct pm_arena arena = PM_ARENA_INIT;
	struct pm_buf source = PM_BUF_INIT, shown = PM_BUF_INIT;
	struct pm_buf back = PM_BUF_INIT;
	struct pm_lines lines;
	struct pm_md md;

	pm_buf_adds(&source, "- ");
	pm_md_text(&source, text);
	check_inert(pm_buf_slice(&source));
	pm_term_text(&shown, text, false);
	pm_buf_adds(&source, "\n");
	pm_lines_init(&lines, pm_buf_slice(&source));
	pm_md_parse(&arena, &lines, 0, &md);
	FUZZ_CHECK(md.nblocks <= 3);
	for (size_t i = 0; i < md.nblocks; i++) {
		const struct pm_md_block *block = pm_md_read(&md, i);

		FUZZ_CHECK(block->kind == PM_MD_LIST ||
			   block->kind == PM_MD_ITEM ||
			   block->kind == PM_MD_PARAGRAPH);
		FUZZ_CHECK(!block->task);
		for (size_t r = block->run; r < block->run + block->nruns;
			r++) {
			const struct pm_md_run *run = &md.runs[r];

			if (run->style == PM_MD_INLINE_HTML) {
				FUZZ_CHECK(pm_slice_is(run->text, "<!-- -->"));
				continue;
			}
			FUZZ_CHECK(run->style == 0 && !run->url.len);
			pm_buf_add_slice(&back, run->text);
		}
	}
	FUZZ_CHECK(pm_slice_eq(pm_slice_trim(pm_buf_slice(&back)),
		pm_slice_trim(pm_buf_slice(&shown))));
	pm_lines_release(&lines);
	pm_arena_release(&arena);
	pm_buf_release(&source);
	pm_buf_release(&shown);
	pm_buf_release(&back);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pm_slice text = pm_slice_make((const char *)data, size);
	struct pm_buf valid = PM_BUF_INIT;

	add_valid(&valid, text);
	check_term(text);
	check_json(text, pm_buf_slice(&valid));
	check_yaml(text, pm_buf_slice(&valid));
	check_xml(text);
	check_url(text);
	check_md(text);
	pm_buf_release(&valid);
	return 0;
}
