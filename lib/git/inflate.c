/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libgit2 has zlib unpack an object in steps, whatever room there is. Nearly
 * always the whole object is at hand and the room is as large as it will be:
 * libdeflate does that at once, in less than half the time. Where libgit2 is
 * linked as an archive, tests/link.sh has a copy of the archive call this
 * function in place of zlib's. Elsewhere nobody calls it.
 */
#include "git/inflate.h"

#include <libdeflate.h>

/* Who gives less room wants the beginning only: the head of an object. */
#define ROOM_MIN 256

/* Kept for the next object: making one costs as much as a small object. */
static struct libdeflate_decompressor *kept;

/* Unpacks the whole of a stream that nothing was read of; false: untouched. */
static bool at_once(z_stream *z)
{
	size_t in = 0, out = 0;

	if (z->total_in || z->total_out || z->avail_out < ROOM_MIN)
		return false;
	if (!kept)
		kept = libdeflate_alloc_decompressor();
	if (!kept || libdeflate_zlib_decompress_ex(kept, z->next_in,
			     z->avail_in, z->next_out, z->avail_out, &in,
			     &out) != LIBDEFLATE_SUCCESS)
		return false;
	z->next_in += in;
	z->avail_in -= (uInt)in;
	z->total_in = in;
	z->next_out += out;
	z->avail_out -= (uInt)out;
	z->total_out = out;
	return true;
}

int pm_git_inflate(z_stream *z, int flush)
{
	return at_once(z) ? Z_STREAM_END : inflate(z, flush);
}
