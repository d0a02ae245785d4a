/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Characters and lines in any bytes: decoding walks the text to its end, what
 * is valid is what encodes back to itself, folding is done once and for all
 * and orders as its results do, and every offset has its line and back.
 */
#include "fuzz.h"

#include "base/lines.h"
#include "base/utf8.h"

static bool decode(struct pm_slice text, struct pm_buf *again, size_t *count)
{
	bool valid = true;
	uint32_t cp;
	size_t len;

	for (size_t off = 0; off < text.len; off += len) {
		len = pm_utf8_next(text, off, &cp);
		FUZZ_CHECK(len >= 1 && len <= 4 && len <= text.len - off);
		FUZZ_CHECK(cp == PM_UTF8_BAD || cp <= 0x10FFFF);
		FUZZ_CHECK(cp < 0xD800 || cp > 0xDFFF);
		FUZZ_CHECK(cp != PM_UTF8_BAD || len == 1);
		valid = valid && cp != PM_UTF8_BAD;
		pm_utf8_add(again, cp);
		++*count;
	}
	return valid;
}

static void check_characters(struct pm_slice text)
{
	struct pm_buf again = PM_BUF_INIT;
	size_t count = 0, bad = SIZE_MAX, plain;
	bool valid = decode(text, &again, &count);
	uint32_t cp;
	ptrdiff_t hidden;

	FUZZ_CHECK(pm_utf8_valid(text, &bad) == valid);
	FUZZ_CHECK(valid || bad < text.len);
	if (valid) {
		FUZZ_CHECK(pm_slice_eq(pm_buf_slice(&again), text));
		FUZZ_CHECK(pm_utf8_count(text) == count);
	} else {
		FUZZ_CHECK(pm_utf8_valid(pm_slice_sub(text, 0, bad), &plain));
	}
	FUZZ_CHECK(pm_utf8_width(text) <= 2 * count);
	hidden = pm_utf8_find_invisible(text, 0, &cp);
	FUZZ_CHECK(hidden < (ptrdiff_t)text.len);
	FUZZ_CHECK(hidden < 0 || pm_utf8_invisible(cp));
	plain = pm_utf8_skip_plain(text, 0);
	FUZZ_CHECK(plain <= text.len);
	FUZZ_CHECK(hidden < 0 || plain <= (size_t)hidden);
	pm_buf_release(&again);
}

static int sign(int n)
{
	return (n > 0) - (n < 0);
}

static void check_fold(struct pm_slice a, struct pm_slice b)
{
	struct pm_buf fa = PM_BUF_INIT, fb = PM_BUF_INIT;
	struct pm_buf again = PM_BUF_INIT;
	size_t bad;

	if (!pm_utf8_valid(a, &bad) || !pm_utf8_valid(b, &bad))
		return;
	pm_utf8_fold(&fa, a);
	pm_utf8_fold(&fb, b);
	pm_utf8_fold(&again, pm_buf_slice(&fa));
	FUZZ_CHECK(pm_slice_eq(pm_buf_slice(&again), pm_buf_slice(&fa)));
	if (pm_slice_find(a, 0, '\0') < 0 && pm_slice_find(b, 0, '\0') < 0)
		FUZZ_CHECK(sign(pm_utf8_fold_cmp(a, b)) ==
			   sign(pm_slice_cmp(
				   pm_buf_slice(&fa), pm_buf_slice(&fb))));
	pm_buf_release(&fa);
	pm_buf_release(&fb);
	pm_buf_release(&again);
}

static void check_lines(struct pm_slice text)
{
	struct pm_lines lines;
	struct pm_slice rest = text, line;
	unsigned n = 0;

	pm_lines_init(&lines, text);
	FUZZ_CHECK(lines.count >= 1);
	while (pm_slice_line(&rest, &line)) {
		n++;
		FUZZ_CHECK(pm_slice_eq(pm_lines_text(&lines, n), line));
		FUZZ_CHECK(pm_lines_off(&lines, n) ==
			   (size_t)(line.ptr - text.ptr));
	}
	FUZZ_CHECK(n == lines.count || n + 1 == lines.count);
	for (size_t off = 0; off <= text.len; off++) {
		struct pm_pos pos = pm_lines_pos(&lines, off);

		FUZZ_CHECK(pos.line >= 1 && pos.line <= lines.count);
		FUZZ_CHECK(pm_lines_off(&lines, pos.line) + pos.col - 1 == off);
	}
	pm_lines_release(&lines);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pm_slice text = pm_slice_make((const char *)data, size);

	check_characters(text);
	check_fold(
		pm_slice_sub(text, 0, size / 2), pm_slice_from(text, size / 2));
	check_lines(text);
	return 0;
}
