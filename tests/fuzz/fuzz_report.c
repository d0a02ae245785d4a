/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Findings whose every text is hostile, in every format: JSON and XML stay
 * well formed, GitHub gets as many commands as there are findings and no
 * other, and no format writes what a terminal obeys.
 */
#include "fuzz.h"

#include "base/utf8.h"
#include "pm/check.h"
#include "pm/report.h"

enum { FINDINGS = 3 };

static int collect(void *data, struct pm_slice bytes)
{
	pm_buf_add_slice(data, bytes);
	return 0;
}

/* Cuts the next text off *rest; the byte 0x1f ends one. */
static struct pm_slice next(struct pm_slice *rest)
{
	ptrdiff_t end = pm_slice_find(*rest, 0, '\x1f');
	size_t len = end < 0 ? rest->len : (size_t)end;
	struct pm_slice text = pm_slice_sub(*rest, 0, len);

	*rest = pm_slice_from(*rest, len + 1);
	return text;
}

static void write_all(
	const char *format, struct pm_slice text, struct pm_buf *out)
{
	struct pm_ctx *ctx = pm_ctx_new();
	struct pm_report_opts opts = {.format = format,
		.sink = collect,
		.sink_data = out,
		.terminal = text.len % 2,
		.width = text.len % 3 * 40,
		.version = "1"};
	struct pm_report *report = NULL;
	struct pm_value values[PM_FINDING_COLUMNS];

	FUZZ_CHECK(pm_report_new(ctx, &opts, &pm_shape_finding, &report) == 0);
	for (unsigned i = 0; i < FINDINGS; i++) {
		struct pm_finding finding = {
			.rule = "link-broken",
			.level = i % 2 ? PM_LEVEL_ERROR : PM_LEVEL_WARNING,
			.step = PM_STEP_SHARE,
			.path = next(&text),
			.message = next(&text),
			.hint = next(&text),
			.source = next(&text),
			.document = next(&text),
			.start = {1 + i, 1 + i * 7},
			.end = {1 + i, 3 + i * 9},
		};

		pm_finding_values(&finding, values);
		FUZZ_CHECK(pm_report_record(report, values) == 0);
	}
	pm_report_total(report, "errors", 1);
	FUZZ_CHECK(pm_report_end(report) == 0);
	pm_ctx_free(ctx);
}

/* --- JSON ---------------------------------------------------------------- */

static size_t json_string(struct pm_slice json, size_t off)
{
	for (off++; off < json.len && json.ptr[off] != '"'; off++) {
		FUZZ_CHECK((unsigned char)json.ptr[off] >= ' ');
		if (json.ptr[off] == '\\') {
			off++;
			FUZZ_CHECK(off < json.len &&
				   strchr("\"\\/bfnrtu", json.ptr[off]));
		}
	}
	FUZZ_CHECK(off < json.len);
	return off + 1;
}

/* Brackets match, strings end, and a comma or colon stands between values. */
static void check_json(struct pm_slice json)
{
	char open[64];
	size_t depth = 0, off = 0;
	bool value = false;

	while (off < json.len) {
		char c = json.ptr[off];

		if (c == '"') {
			FUZZ_CHECK(!value);
			off = json_string(json, off);
			value = true;
			continue;
		}
		off++;
		if (c == '{' || c == '[') {
			FUZZ_CHECK(!value && depth < sizeof open);
			open[depth++] = c;
		} else if (c == '}' || c == ']') {
			FUZZ_CHECK(depth > 0);
			FUZZ_CHECK(open[--depth] == (c == '}' ? '{' : '['));
			value = true;
		} else if (c == ',' || c == ':') {
			FUZZ_CHECK(value && depth > 0);
			value = false;
		} else if (c != ' ' && c != '\n') {
			FUZZ_CHECK(strchr("truefalsn0123456789.-", c) != NULL);
			value = true;
		}
	}
	FUZZ_CHECK(depth == 0 && value);
}

/* --- XML ----------------------------------------------------------------- */

/* Length of the tag that begins at off; its attributes are quoted. */
static size_t xml_tag(struct pm_slice xml, size_t off)
{
	size_t i = off + 1;
	bool quoted = false;

	for (; i < xml.len && (quoted || xml.ptr[i] != '>'); i++) {
		FUZZ_CHECK(xml.ptr[i] != '<');
		quoted ^= xml.ptr[i] == '"';
	}
	FUZZ_CHECK(i < xml.len);
	return i + 1 - off;
}

static struct pm_slice xml_name(struct pm_slice tag)
{
	size_t n = 0;

	while (n < tag.len && !strchr(" />?\n", tag.ptr[n]))
		n++;
	return pm_slice_sub(tag, 0, n);
}

static void check_xml(struct pm_slice xml)
{
	struct pm_slice open[16];
	size_t depth = 0, off = 0;

	while (off < xml.len) {
		struct pm_slice tag;
		size_t len;

		FUZZ_CHECK(xml.ptr[off] != '>');
		if (xml.ptr[off] != '<') {
			off++;
			continue;
		}
		len = xml_tag(xml, off);
		tag = pm_slice_sub(xml, off, len);
		off += len;
		if (tag.ptr[1] == '?' || pm_slice_ends(tag, "/>"))
			continue;
		if (tag.ptr[1] == '/') {
			FUZZ_CHECK(depth > 0);
			FUZZ_CHECK(pm_slice_eq(open[--depth],
				xml_name(pm_slice_from(tag, 2))));
		} else {
			FUZZ_CHECK(depth < 16);
			open[depth++] = xml_name(pm_slice_from(tag, 1));
		}
	}
	FUZZ_CHECK(depth == 0);
}

/* --- all ----------------------------------------------------------------- */

static void check_github(struct pm_slice text)
{
	struct pm_slice line;
	unsigned commands = 0;

	while (pm_slice_line(&text, &line)) {
		if (pm_slice_starts(line, "pm: "))
			continue;
		FUZZ_CHECK(pm_slice_starts(line, "::error file=") ||
			   pm_slice_starts(line, "::warning file="));
		commands++;
	}
	FUZZ_CHECK(commands == FINDINGS);
}

static void check_inert(const char *format, struct pm_slice text)
{
	bool github = strcmp(format, "github") == 0;
	struct pm_slice line;
	uint32_t cp;

	FUZZ_CHECK(!memmem(text.ptr, text.len, "##[", 3));
	while (pm_slice_line(&text, &line)) {
		FUZZ_CHECK(
			github || !pm_slice_starts(pm_slice_trim(line), "::"));
		for (size_t off = 0; off < line.len;) {
			off += pm_utf8_next(line, off, &cp);
			FUZZ_CHECK(cp != PM_UTF8_BAD);
			FUZZ_CHECK(cp == '\t' || !pm_utf8_invisible(cp));
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pm_slice text = pm_slice_make((const char *)data, size);
	struct pm_buf out = PM_BUF_INIT;

	for (const char *const *f = pm_report_formats(); *f; f++) {
		pm_buf_reset(&out);
		write_all(*f, text, &out);
		FUZZ_CHECK(out.len > 0);
		check_inert(*f, pm_buf_slice(&out));
		if (strcmp(*f, "checkstyle") == 0 || strcmp(*f, "junit") == 0)
			check_xml(pm_buf_slice(&out));
		else if (strcmp(*f, "github") == 0)
			check_github(pm_buf_slice(&out));
		else if (strcmp(*f, "rdjson") != 0 && out.ptr[0] == '{')
			check_json(pm_buf_slice(&out));
	}
	pm_buf_release(&out);
	return 0;
}
