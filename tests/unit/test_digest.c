/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256: the standard's examples, and that pieces make no difference. */
#include "base/digest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* FIPS 180-4's examples and the empty message. */
static void test_known(void **state)
{
	static const struct {
		const char *text, *hex;
	} rows[] = {
		{"", "e3b0c44298fc1c149afbf4c8996fb924"
		     "27ae41e4649b934ca495991b7852b855"},
		{"abc", "ba7816bf8f01cfea414140de5dae2223"
			"b00361a396177a9cb410ff61f20015ad"},
		{"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
			"248d6a61d20638b8e5c026930c3e6039"
			"a33ce45964ff2167f6ecedd419db06c1"},
	};
	char hex[PM_SHA256_HEX];

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		pm_sha256_hex(pm_slice_str(rows[i].text), hex);
		assert_string_equal(hex, rows[i].hex);
	}
	pm_sha256_hex((struct pm_slice){NULL, 0}, hex);
	assert_string_equal(hex, rows[0].hex);
}

static void test_pieces(void **state)
{
	char text[300], whole[PM_SHA256_HEX], parts[PM_SHA256_HEX];
	struct pm_slice all = {text, sizeof text};

	(void)state;
	for (size_t i = 0; i < sizeof text; i++)
		text[i] = (char)(i * 7);
	pm_sha256_hex(all, whole);
	for (size_t cut = 0; cut <= sizeof text; cut++) {
		struct pm_sha256 sha;

		pm_sha256_init(&sha);
		pm_sha256_add(&sha, pm_slice_sub(all, 0, cut));
		pm_sha256_add(&sha, pm_slice_from(all, cut));
		pm_sha256_end(&sha, parts);
		assert_string_equal(parts, whole);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_pieces),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
