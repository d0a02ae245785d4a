/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libgit2 has zlib unpack an object in steps, whatever room there is. Nearly
 * always the whole object is at hand and the room is as large as it will be:
 * libdeflate does that at once, in less than half the time. Of a loose object
 * libgit2 wants the head first, to know the size; the rest is then taken from
 * the beginning again, which is still faster. Where libgit2 is linked as an
 * archive, tests/link.sh has a copy of the archive call this function in place
 * of zlib's. Elsewhere nobody calls it.
 *
 * Of a loose object whose head gives a smaller size than what came with the
 * head has already, libgit2 takes the difference, below zero, for the room that
 * is left (up to 1.9). Such room is refused here; lib/git/memory.c has the
 * rest. Of an object that was cut off it asks for more for ever; the second
 * time that nothing comes is refused as well.
 */
#include "git/inflate.h"

#include <libdeflate.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* Who gives less room wants the head of an object. */
#define ROOM_MIN 256
/* A second copy of a larger one is not worth its memory. */
#define REST_MOST (1u << 20)

struct kept {
	struct libdeflate_decompressor *how; /* costs as much as an object */
	const z_stream *who;                 /* has got the head of a stream, */
	const Bytef *from;                   /* which begins here */
	size_t len;                          /* and is there so far */
};

/* From call to call. */
static struct kept kept;

/* Unpacks a whole stream to out and says how much that was; 0: it cannot. */
static size_t unpack(
	const Bytef *from, size_t len, Bytef *out, size_t room, size_t *used)
{
	size_t got = 0;

	if (!kept.how)
		kept.how = libdeflate_alloc_decompressor();
	if (!kept.how || libdeflate_zlib_decompress_ex(kept.how, from, len, out,
				 room, used, &got) != LIBDEFLATE_SUCCESS)
		return 0;
	return got;
}

static int end(z_stream *z, size_t in, size_t out)
{
	z->next_in += in;
	z->avail_in -= (uInt)in;
	z->total_in += in;
	z->next_out += out;
	z->avail_out -= (uInt)out;
	z->total_out += out;
	return Z_STREAM_END;
}

/* A stream that nothing was read of. */
static int whole(z_stream *z, int flush)
{
	size_t used = 0, got = 0;

	kept.who = NULL;
	if (z->avail_out >= ROOM_MIN) {
		got = unpack(z->next_in, z->avail_in, z->next_out, z->avail_out,
			&used);
	} else {
		kept.who = z;
		kept.from = z->next_in;
		kept.len = z->avail_in;
	}
	return got ? end(z, used, got) : inflate(z, flush);
}

/* The rest of a stream whose head somebody has. */
static int rest(z_stream *z, int flush)
{
	size_t head = z->total_out, room = head + z->avail_out;
	Bytef *out = malloc(room);
	size_t used = 0, got = 0;

	kept.who = NULL;
	if (out)
		got = unpack(kept.from, kept.len, out, room, &used);
	if (got > head)
		memcpy(z->next_out, out + head, got - head);
	free(out);
	return got > head ? end(z, used - z->total_in, got - head)
			  : inflate(z, flush);
}

static int refuse(z_stream *z, const char *why)
{
	z->msg = why;
	return Z_DATA_ERROR;
}

static int unpack_some(z_stream *z, int flush)
{
	if (z->total_in == 0 && z->total_out == 0)
		return whole(z, flush);
	if (z == kept.who && z->avail_out >= ROOM_MIN &&
		z->avail_out <= REST_MOST &&
		z->next_in == kept.from + z->total_in &&
		z->avail_in == kept.len - z->total_in)
		return rest(z, flush);
	return inflate(z, flush);
}

int pm_git_inflate(z_stream *z, int flush)
{
	uInt in = z->avail_in, out = z->avail_out;
	int ret;

	/* No object that pm reads has so much. */
	if (out == UINT_MAX)
		return refuse(z, "larger than its head says");
	ret = unpack_some(z, flush);
	if (ret == Z_BUF_ERROR && in == 0 && out > 0 && z->avail_out == out)
		return refuse(z, "cut off");
	return ret;
}
