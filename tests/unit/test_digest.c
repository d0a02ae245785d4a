/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 and SHA-1: the standard's examples, and that pieces make no
   difference. */
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

/* FIPS 180-4's examples, and a million of "a", which fills many blocks. */
static void test_sha1(void **state)
{
	static const struct {
		const char *text;
		size_t times;
		unsigned char sum[PM_SHA1_LEN];
	} rows[] = {
		{"", 1,
			{0xda, 0x39, 0xa3, 0xee, 0x5e, 0x6b, 0x4b, 0x0d, 0x32,
				0x55, 0xbf, 0xef, 0x95, 0x60, 0x18, 0x90, 0xaf,
				0xd8, 0x07, 0x09}},
		{"abc", 1,
			{0xa9, 0x99, 0x3e, 0x36, 0x47, 0x06, 0x81, 0x6a, 0xba,
				0x3e, 0x25, 0x71, 0x78, 0x50, 0xc2, 0x6c, 0x9c,
				0xd0, 0xd8, 0x9d}},
		{"aaaaaaaaaa", 100000,
			{0x34, 0xaa, 0x97, 0x3c, 0xd4, 0xc4, 0xda, 0xa4, 0xf6,
				0x1e, 0xeb, 0x2b, 0xdb, 0xad, 0x27, 0x31, 0x65,
				0x34, 0x01, 0x6f}},
	};
	unsigned char sum[PM_SHA1_LEN];

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct pm_sha1 sha;

		pm_sha1_init(&sha);
		for (size_t n = 0; n < rows[i].times; n++)
			pm_sha1_add(&sha, pm_slice_str(rows[i].text));
		pm_sha1_end(&sha, sum);
		assert_memory_equal(sum, rows[i].sum, PM_SHA1_LEN);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sha1),
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_pieces),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
