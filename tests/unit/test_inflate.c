/* SPDX-License-Identifier: Apache-2.0 */
/* What libgit2 unpacks objects with does what zlib does. */
#include "git/inflate.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MOST = 1 << 16, PACKED_MOST = MOST + 1024 };

struct result {
	int ret; /* of the last call */
	unsigned calls;
	size_t used, got;
	unsigned char out[MOST + 1];
};

static unsigned char plain[MOST], packed[PACKED_MOST];

/* Text that packs about as well as ours: seeded, the same each time. */
static void make_plain(size_t len)
{
	uint32_t seed = 7;

	for (size_t i = 0; i < len; i++) {
		seed = seed * 1664525u + 1013904223u;
		plain[i] = (unsigned char)("etaoin shrdlu.\n"[seed >> 28] +
					   (seed >> 24 & 1));
	}
}

static size_t pack(size_t len, int level)
{
	uLongf size = sizeof packed;

	assert_int_equal(
		compress2(packed, &size, plain, (uLong)len, level), Z_OK);
	return size;
}

/* zlib, which says of a stream without an end only that it lacks something. */
static int of_zlib(z_stream *z, int flush)
{
	uInt in = z->avail_in, out = z->avail_out;
	int ret = inflate(z, flush);

	return ret == Z_BUF_ERROR && !in && out && out == z->avail_out
		       ? Z_DATA_ERROR
		       : ret;
}

/* Unpacks as libgit2 does: so much at a time in, so much room. */
static void run(int (*how)(z_stream *, int), size_t len, size_t step,
	size_t room, struct result *result)
{
	z_stream z = {.next_in = packed};
	size_t in = 0, before;

	assert_int_equal(inflateInit(&z), Z_OK);
	result->calls = 0;
	z.next_out = result->out;
	do {
		uInt had;

		before = z.total_out;
		z.avail_in = (uInt)(len - in < step ? len - in : step);
		z.avail_out = (uInt)(room - before < room / 2 || step < len
					     ? room - before
					     : room);
		had = z.avail_in;
		result->ret = how(&z, Z_SYNC_FLUSH);
		result->calls++;
		in += had - z.avail_in;
		if (had == z.avail_in && before == z.total_out)
			break;
	} while (result->ret == Z_OK);
	result->used = (size_t)(z.next_in - packed);
	result->got = (size_t)(z.next_out - result->out);
	assert_int_equal(result->used, z.total_in);
	assert_int_equal(result->got, z.total_out);
	inflateEnd(&z);
}

/* Both ways, with the same result; returns ours. */
static const struct result *both(size_t len, size_t step, size_t room)
{
	static struct result ours, theirs;

	memset(&ours, 0, sizeof ours);
	memset(&theirs, 0, sizeof theirs);
	run(pm_git_inflate, len, step, room, &ours);
	run(of_zlib, len, step, room, &theirs);
	assert_int_equal(ours.ret, theirs.ret);
	assert_int_equal(ours.used, theirs.used);
	assert_int_equal(ours.got, theirs.got);
	assert_memory_equal(ours.out, theirs.out, ours.got);
	return &ours;
}

/* libgit2 gives a byte more room than there is to come. */
static void test_whole(void **state)
{
	static const size_t lens[] = {0, 1, 255, 256, 4096, 50000, MOST};

	(void)state;
	make_plain(MOST);
	for (size_t i = 0; i < sizeof lens / sizeof *lens; i++)
		for (int level = 0; level <= 9; level += 3) {
			size_t len = pack(lens[i], level);
			const struct result *r = both(len, len, lens[i] + 1);

			assert_int_equal(r->ret, Z_STREAM_END);
			assert_int_equal(r->used, len);
			assert_int_equal(r->got, lens[i]);
			assert_memory_equal(r->out, plain, lens[i]);
			/* libgit2 reads text up to a NUL behind it. */
			assert_int_equal(r->out[lens[i]], 0);
			assert_int_equal(r->calls, 1);
		}
}

/* In a pack another object follows. */
static void test_more_follows(void **state)
{
	size_t len;
	const struct result *r;

	(void)state;
	make_plain(MOST);
	len = pack(9000, 6);
	memset(packed + len, 0x78, 1000);
	r = both(len + 1000, len + 1000, 9001);
	assert_int_equal(r->ret, Z_STREAM_END);
	assert_int_equal(r->used, len);
}

static void test_piece_by_piece(void **state)
{
	size_t len;

	(void)state;
	make_plain(MOST);
	len = pack(40000, 6);
	for (size_t step = 1; step < len; step = step * 3 + 1)
		assert_int_equal(both(len, step, 40001)->ret, Z_STREAM_END);
}

/* The head of an object first, then the rest. */
static void test_little_room(void **state)
{
	size_t len;

	(void)state;
	make_plain(MOST);
	len = pack(40000, 6);
	for (size_t room = 1; room < 40000; room = room * 2 + 1)
		both(len, len, room);
}

/* As libgit2 reads a loose object: 64 bytes, then all that its head tells of,
   from the same place. */
static void loose(int (*how)(z_stream *, int), size_t len, size_t total,
	struct result *result)
{
	z_stream z = {.next_in = packed, .avail_in = (uInt)len};

	assert_int_equal(inflateInit(&z), Z_OK);
	z.next_out = result->out;
	z.avail_out = total < 64 ? (uInt)total : 64;
	result->ret = how(&z, Z_SYNC_FLUSH);
	z.avail_out = (uInt)(total - z.total_out);
	for (result->calls = 1; result->ret == Z_OK && z.avail_out;
		result->calls++)
		result->ret = how(&z, Z_SYNC_FLUSH);
	result->used = z.total_in;
	result->got = z.total_out;
	assert_int_equal(z.next_in - packed, z.total_in);
	assert_int_equal(z.next_out - result->out, z.total_out);
	assert_int_equal(z.avail_in, len - z.total_in);
	inflateEnd(&z);
}

static void both_loose(size_t len, size_t total)
{
	static struct result ours, theirs;

	loose(pm_git_inflate, len, total, &ours);
	loose(of_zlib, len, total, &theirs);
	assert_int_equal(ours.ret, theirs.ret);
	assert_int_equal(ours.got, theirs.got);
	assert_memory_equal(ours.out, theirs.out, ours.got);
	/* What comes behind a fault, zlib may have looked at or not. */
	if (ours.ret >= 0)
		assert_int_equal(ours.used, theirs.used);
}

static void test_head_first(void **state)
{
	static const size_t lens[] = {10, 64, 65, 319, 320, 321, 9000, MOST};

	(void)state;
	make_plain(MOST);
	for (size_t i = 0; i < sizeof lens / sizeof *lens; i++)
		for (int level = 0; level <= 9; level += 3) {
			size_t len = pack(lens[i], level);

			both_loose(len, lens[i]);
			both_loose(len, lens[i] - 1);
			memset(packed + len, 0x78, 100);
			both_loose(len + 100, lens[i]);
			for (size_t cut = len / 2; cut < len;
				cut += len / 9 + 1)
				both_loose(cut, lens[i]);
			for (size_t at = 2; at < len; at += len / 50 + 1) {
				packed[at] ^= 0x10;
				both_loose(len, lens[i]);
				packed[at] ^= 0x10;
			}
		}
}

/* Two streams in turn, the second where the first was. */
static void test_another_stream(void **state)
{
	static struct result ours;
	size_t len;

	(void)state;
	make_plain(MOST);
	len = pack(9000, 6);
	loose(pm_git_inflate, len, 64, &ours);
	memset(plain, 'x', 9000);
	len = pack(9000, 6);
	loose(pm_git_inflate, len, 9000, &ours);
	assert_int_equal(ours.got, 9000);
	assert_memory_equal(ours.out, plain, 9000);
}

static void test_damaged(void **state)
{
	size_t len;

	(void)state;
	make_plain(MOST);
	len = pack(3000, 6);
	for (size_t i = 0; i < len; i++) {
		packed[i] ^= 1u << i % 8;
		assert_true(both(len, len, 3001)->ret != Z_STREAM_END);
		packed[i] ^= 1u << i % 8;
	}
	for (size_t cut = 0; cut < len; cut += 7)
		assert_true(both(cut, len, 3001)->ret != Z_STREAM_END);
}

/* What libgit2 makes of a size that is smaller than what it has. */
static void test_room_without_end(void **state)
{
	unsigned char out[64];
	z_stream z = {.next_in = packed};

	(void)state;
	make_plain(MOST);
	z.avail_in = (uInt)pack(9000, 6);
	assert_int_equal(inflateInit(&z), Z_OK);
	z.next_out = out;
	z.avail_out = sizeof out;
	assert_true(pm_git_inflate(&z, Z_FINISH) != Z_STREAM_END);
	z.avail_out = UINT_MAX;
	assert_int_equal(pm_git_inflate(&z, Z_FINISH), Z_DATA_ERROR);
	assert_non_null(z.msg);
	assert_int_equal(z.total_out, sizeof out);
	inflateEnd(&z);
}

/* Who asks again for what was cut off is not to ask for ever. */
static void test_cut_off(void **state)
{
	unsigned char out[4096];

	(void)state;
	make_plain(MOST);
	for (size_t len = pack(3000, 6), cut = 0; cut < len; cut += 9) {
		z_stream z = {.next_in = packed, .avail_in = (uInt)cut};
		int ret, calls = 0;

		assert_int_equal(inflateInit(&z), Z_OK);
		z.next_out = out;
		z.avail_out = 64;
		do {
			ret = pm_git_inflate(&z, Z_FINISH);
			if (z.avail_out == 0)
				z.avail_out = 3000;
		} while (++calls < 5 && (ret == Z_OK || ret == Z_BUF_ERROR));
		assert_int_equal(ret, Z_DATA_ERROR);
		inflateEnd(&z);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_more_follows),
		cmocka_unit_test(test_piece_by_piece),
		cmocka_unit_test(test_little_room),
		cmocka_unit_test(test_head_first),
		cmocka_unit_test(test_another_stream),
		cmocka_unit_test(test_damaged),
		cmocka_unit_test(test_room_without_end),
		cmocka_unit_test(test_cut_off),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
