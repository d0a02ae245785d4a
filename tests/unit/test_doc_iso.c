/* SPDX-License-Identifier: Apache-2.0 */
/* Days and moments in other forms: only what can mean one thing. */
#include "doc/doc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct row {
	const char *text;
	const char *iso; /* NULL: more than one answer, or none */
};

static void check(const struct row *rows, size_t n, enum pm_date_order order,
	bool (*read)(struct pm_slice text, enum pm_date_order order,
		struct pm_buf *out))
{
	for (size_t i = 0; i < n; i++) {
		struct pm_buf out = PM_BUF_INIT;
		bool done = read(pm_slice_str(rows[i].text), order, &out);

		if (done != (rows[i].iso != NULL) ||
			strcmp(out.ptr, done ? rows[i].iso : ""))
			fail_msg("'%s' gives %d '%s'", rows[i].text, done,
				out.ptr);
		pm_buf_release(&out);
	}
}

static void test_dates(void **state)
{
	static const struct row rows[] = {
		{"22 November 2026", "2026-11-22"},
		{"November 22nd, 2026", "2026-11-22"},
		{" Sunday, 22 Nov 2026 ", "2026-11-22"},
		{"22.11.2026", "2026-11-22"},
		{"3.4.2026", "2026-04-03"},
		{"11/22/2026", "2026-11-22"},
		{"2026/11/22", "2026-11-22"},
		{"2026-11-22", "2026-11-22"},
		{"3/4/2026", NULL},
		{"03-04-2026", NULL},
		{"03042026", NULL},
		{"13042026", "2026-04-13"},
		{"04132026", "2026-04-13"},
		{"22.11.26", NULL},
		{"22 November", NULL},
		{"31 February 2026", NULL},
		{"by 22 November 2026", NULL},
		{"22 November 2026 or so", NULL},
		{"22 November 2026 10:00Z", NULL},
		{"next week", NULL},
		{"", NULL},
	};

	(void)state;
	check(rows, sizeof rows / sizeof rows[0], PM_ORDER_UNKNOWN,
		pm_doc_iso_date);
}

static void test_orders(void **state)
{
	static const struct row days[] = {
		{"3/4/2026", "2026-04-03"},
		{"03042026", "2026-04-03"},
		{"4/13/2026", "2026-04-13"},
		{"3/4/26", NULL},
		{"3/4", NULL},
	};
	static const struct row months[] = {
		{"3/4/2026 10:02 UTC", "2026-03-04T10:02Z"},
		{"3.4.2026 10:02 UTC", "2026-04-03T10:02Z"},
		{"13/4/2026 10:02 UTC", "2026-04-13T10:02Z"},
	};

	(void)state;
	check(days, sizeof days / sizeof days[0], PM_ORDER_DAY,
		pm_doc_iso_date);
	check(months, sizeof months / sizeof months[0], PM_ORDER_MONTH,
		pm_doc_iso_time);
}

static void test_times(void **state)
{
	static const struct row rows[] = {
		{"22 November 2026 10:02 UTC", "2026-11-22T10:02Z"},
		{"22.11.2026 10:02:03 +01:00", "2026-11-22T10:02:03+01:00"},
		{"2026-11-22 10:02 GMT", "2026-11-22T10:02Z"},
		{"22 Nov 2026, 10:02 pm UTC", "2026-11-22T22:02Z"},
		{"22 November 2026", "2026-11-22"},
		{"22 November 2026 10:02", NULL},
		{"22 November 2026 10:02 - 10:09 UTC", NULL},
		{"10:02 UTC", NULL},
		{"22 November 2026 25:02 UTC", NULL},
		{"3/4/2026 10:02 UTC", NULL},
		{"22 November 2026 10:02 UTC, about", NULL},
		{"2026-11-31T10:02Z", NULL},
	};

	(void)state;
	check(rows, sizeof rows / sizeof rows[0], PM_ORDER_UNKNOWN,
		pm_doc_iso_time);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_orders),
		cmocka_unit_test(test_times),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
