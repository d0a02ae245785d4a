/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Streams as objects of Git are packed, and what claims to be one. However they
 * are taken, at once or the head first, what comes out and what is left is what
 * zlib says; and what zlib packed comes back.
 */
#include "fuzz.h"

#include "git/inflate.h"

#include <string.h>

enum { ROOM = 1 << 16, HEAD = 64 };

struct result {
	int ret;
	size_t used, got;
	unsigned char out[ROOM];
};

typedef int (*how_fn)(z_stream *z, int flush);

/* The first of the room, then all of it, as long as there is anything to do. */
static void take(how_fn how, const uint8_t *data, size_t size, size_t first,
	size_t room, struct result *result)
{
	z_stream z = {.next_in = (Bytef *)(uintptr_t)data,
		.avail_in = (uInt)size,
		.next_out = result->out,
		.avail_out = (uInt)first};

	FUZZ_CHECK(inflateInit(&z) == Z_OK);
	result->ret = how(&z, Z_SYNC_FLUSH);
	z.avail_out = (uInt)(room - z.total_out);
	for (size_t last = ROOM; result->ret == Z_OK && z.total_out != last;) {
		last = z.total_out;
		result->ret = how(&z, Z_SYNC_FLUSH);
	}
	result->used = z.total_in;
	result->got = z.total_out;
	inflateEnd(&z);
}

static const struct result *compare(
	const uint8_t *data, size_t size, size_t first, size_t room)
{
	static struct result ours, theirs;

	take(pm_git_inflate, data, size, first, room, &ours);
	take(inflate, data, size, first, room, &theirs);
	/* The two codes that nobody writes: see inflate.h. */
	if (ours.ret == Z_STREAM_END && theirs.ret == Z_DATA_ERROR) {
		FUZZ_CHECK(ours.got >= theirs.got);
		FUZZ_CHECK(memcmp(ours.out, theirs.out, theirs.got) == 0);
		return &ours;
	}
	/* A stream without an end: zlib only says that it lacks something. */
	if (theirs.ret == Z_BUF_ERROR && ours.ret == Z_DATA_ERROR)
		theirs.ret = ours.ret;
	FUZZ_CHECK(ours.ret == theirs.ret);
	FUZZ_CHECK(ours.got == theirs.got);
	FUZZ_CHECK(memcmp(ours.out, theirs.out, ours.got) == 0);
	FUZZ_CHECK(ours.ret < 0 || ours.used == theirs.used);
	return &ours;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static unsigned char packed[ROOM];
	uLongf len = sizeof packed;
	const struct result *result;
	size_t room;

	if (size < 2)
		return 0;
	room = HEAD + (size_t)data[0] * 255;
	compare(data + 2, size - 2, room, room);
	compare(data + 2, size - 2, HEAD, room);
	FUZZ_CHECK(compress2(packed, &len, data + 2, (uLong)size - 2,
			   data[1] % 10) == Z_OK);
	room = size - 2 > HEAD ? size - 2 : HEAD;
	result = compare(packed, len, data[0] & 1 ? HEAD : room, room);
	FUZZ_CHECK(result->ret == Z_STREAM_END && result->got == size - 2);
	FUZZ_CHECK(memcmp(result->out, data + 2, size - 2) == 0);
	return 0;
}
