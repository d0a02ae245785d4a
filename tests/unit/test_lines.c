/* SPDX-License-Identifier: Apache-2.0 */
/* The line table against a slow reading of the same rule. */
#include "base/lines.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void check(const char *text, size_t len)
{
	struct pm_slice slice = pm_slice_make(text, len);
	struct pm_slice rest = slice;
	struct pm_slice line;
	struct pm_lines lines;
	unsigned number = 0;
	size_t off;

	pm_lines_init(&lines, slice);
	while (pm_slice_line(&rest, &line)) {
		size_t start = (size_t)(line.ptr - text);

		number++;
		assert_int_equal(pm_lines_off(&lines, number), start);
		assert_true(pm_slice_eq(pm_lines_text(&lines, number), line));
		for (off = start; off <= start + line.len; off++) {
			struct pm_pos pos = pm_lines_pos(&lines, off);

			assert_int_equal(pos.line, number);
			assert_int_equal(pos.col, off - start + 1);
		}
	}
	assert_int_equal(lines.count, number ? number : 1);
	assert_int_equal(pm_lines_off(&lines, number + 1), number ? len : 0);
	assert_int_equal(pm_lines_text(&lines, number + 1).len, 0);
	assert_int_equal(pm_lines_text(&lines, 0).len, 0);
	assert_int_equal(pm_lines_pos(&lines, len + 99).line, lines.count);
	pm_lines_release(&lines);
	pm_lines_release(&lines);
}

/* All texts of up to seven characters over the three that matter. */
static void test_all_short(void **state)
{
	static const char letters[] = "a\n\r";
	char text[7];
	unsigned count;
	size_t len;

	(void)state;
	for (len = 0, count = 1; len <= 7; len++, count *= 3) {
		unsigned n;

		for (n = 0; n < count; n++) {
			unsigned rest = n;
			size_t i;

			for (i = 0; i < len; i++, rest /= 3)
				text[i] = letters[rest % 3];
			check(text, len);
		}
	}
}

/* hazard: 99 */
static void test_end(void **state)
{
	struct pm_lines lines;
	struct pm_pos pos;

	(void)state;
	pm_lines_init(&lines, pm_slice_str("a\nb\n"));
	/* The end of the text is on a line that there is. */
	pos = pm_lines_pos(&lines, 4);
	assert_int_equal(pos.line, 2);
	assert_int_equal(pos.col, 3);
	pm_lines_release(&lines);
	/* U+2028 and form feed end no line. */
	pm_lines_init(&lines, pm_slice_str("a\xe2\x80\xa8\fb"));
	assert_int_equal(lines.count, 1);
	pm_lines_release(&lines);
	pm_lines_init(&lines, (struct pm_slice){NULL, 0});
	assert_int_equal(pm_lines_pos(&lines, 0).col, 1);
	pm_lines_release(&lines);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_short),
		cmocka_unit_test(test_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
