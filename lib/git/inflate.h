/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What libgit2 calls in place of zlib's inflate.
 */
#ifndef PM_GIT_INFLATE_H
#define PM_GIT_INFLATE_H

/* Input and messages are not written to. */
#define ZLIB_CONST
#include <zlib.h>

/*
 * As inflate of zlib, in arguments, in what it returns and in what it leaves in
 * *z. A stream that is there whole ends with the first call that has room for
 * all of it, or the second; its bytes were checked against their sum. z->adler
 * and z->data_type are not kept then, and a code for a length that the format
 * leaves out (286, 287) counts as the one before it: zlib calls that a fault.
 * Room of UINT_MAX bytes, which nothing has that libgit2 is asked for, is
 * Z_DATA_ERROR, and so is another call for a stream that ended too early.
 */
int pm_git_inflate(z_stream *z, int flush);

#endif
