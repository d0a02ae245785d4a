/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SHA-1 as the standard describes it, with the message schedule kept in a
 * ring of sixteen words; and by the processor's own instructions for it where
 * it has them, four times as fast.
 */
#include "git/sha1.h"

#include <endian.h>
#include <string.h>

/* What the C library's loader knows of the processor costs nothing; asking it
   once more takes as long as a document's sum where a hypervisor answers. */
#if defined(__x86_64__) && defined(__has_include)
#if __has_include(<sys/platform/x86.h>)
#define WITH_INSTRUCTIONS 1
#endif
#endif
#ifdef WITH_INSTRUCTIONS
#include <immintrin.h>
#include <sys/platform/x86.h>
#endif

static inline uint32_t rotate(uint32_t word, unsigned bits)
{
	return word << bits | word >> (32 - bits);
}

/* Word t of the schedule, made from the sixteen before it. */
static inline uint32_t expand(uint32_t w[16], unsigned t)
{
	uint32_t word = w[(t + 13) & 15] ^ w[(t + 8) & 15] ^ w[(t + 2) & 15] ^
			w[t & 15];

	return w[t & 15] = rotate(word, 1);
}

struct round {
	uint32_t a, b, c, d, e;
};

static inline void step(
	struct round *r, uint32_t mixed, uint32_t constant, uint32_t word)
{
	uint32_t a = rotate(r->a, 5) + mixed + r->e + constant + word;

	r->e = r->d;
	r->d = r->c;
	r->c = rotate(r->b, 30);
	r->b = r->a;
	r->a = a;
}

/* The standard's three ways to mix b, c and d. */
static inline uint32_t choose(const struct round *r)
{
	return r->d ^ (r->b & (r->c ^ r->d));
}

static inline uint32_t parity(const struct round *r)
{
	return r->b ^ r->c ^ r->d;
}

static inline uint32_t majority(const struct round *r)
{
	return (r->b & r->c) | (r->d & (r->b | r->c));
}

static void compress(uint32_t state[5], const unsigned char block[64])
{
	struct round r = {state[0], state[1], state[2], state[3], state[4]};
	uint32_t w[16];
	unsigned t;

	memcpy(w, block, sizeof(w));
	for (t = 0; t < 16; t++) {
		w[t] = be32toh(w[t]);
		step(&r, choose(&r), 0x5a827999u, w[t]);
	}
	for (; t < 20; t++)
		step(&r, choose(&r), 0x5a827999u, expand(w, t));
	for (; t < 40; t++)
		step(&r, parity(&r), 0x6ed9eba1u, expand(w, t));
	for (; t < 60; t++)
		step(&r, majority(&r), 0x8f1bbcdcu, expand(w, t));
	for (; t < 80; t++)
		step(&r, parity(&r), 0xca62c1d6u, expand(w, t));
	state[0] += r.a;
	state[1] += r.b;
	state[2] += r.c;
	state[3] += r.d;
	state[4] += r.e;
}

static void compress_all(
	uint32_t state[5], const unsigned char *blocks, size_t count)
{
	for (; count > 0; count--, blocks += 64)
		compress(state, blocks);
}

#ifdef WITH_INSTRUCTIONS

struct lanes {
	__m128i w[4];   /* sixteen words of the schedule */
	__m128i abcd;   /* a in the highest lane */
	__m128i before; /* abcd four rounds ago: e is made of its a */
};

/* The i-th four words of the schedule, and e added to the first. */
__attribute__((target("sha,sse4.1"))) static inline __m128i mix(
	struct lanes *l, unsigned i)
{
	__m128i *w = &l->w[i & 3];

	if (i >= 4) {
		__m128i sum =
			_mm_xor_si128(_mm_sha1msg1_epu32(*w, l->w[(i + 1) & 3]),
				l->w[(i + 2) & 3]);

		*w = _mm_sha1msg2_epu32(sum, l->w[(i + 3) & 3]);
	}
	return _mm_sha1nexte_epu32(l->before, *w);
}

/* Twenty rounds of one kind, which the instruction wants as a constant. */
#define TWENTY(l, first, kind)                                                 \
	for (unsigned i = (first); i < (first) + 5; i++) {                     \
		__m128i mixed = mix(&(l), i);                                  \
                                                                               \
		(l).before = (l).abcd;                                         \
		(l).abcd = _mm_sha1rnds4_epu32((l).abcd, mixed, kind);         \
	}

__attribute__((target("sha,sse4.1"))) static void compress_fast(
	uint32_t state[5], const unsigned char *blocks, size_t count)
{
	const __m128i order =
		_mm_set_epi64x(0x0001020304050607, 0x08090a0b0c0d0e0f);
	__m128i abcd = _mm_shuffle_epi32(
		_mm_loadu_si128((const __m128i *)(const void *)state), 0x1b);
	uint32_t e = state[4];

	for (; count > 0; count--, blocks += 64) {
		struct lanes l = {.abcd = abcd};

		for (int i = 0; i < 4; i++)
			l.w[i] = _mm_shuffle_epi8(
				_mm_loadu_si128((
					const __m128i *)(const void *)(blocks +
								       16 * i)),
				order);
		/* nexte turns what it is given by 30 bits: turned back. */
		l.before = _mm_set_epi32((int)(e << 2 | e >> 30), 0, 0, 0);
		TWENTY(l, 0, 0)
		TWENTY(l, 5, 1)
		TWENTY(l, 10, 2)
		TWENTY(l, 15, 3)
		e = (uint32_t)_mm_extract_epi32(
			_mm_sha1nexte_epu32(
				l.before, _mm_set_epi32((int)e, 0, 0, 0)),
			3);
		abcd = _mm_add_epi32(abcd, l.abcd);
	}
	abcd = _mm_shuffle_epi32(abcd, 0x1b);
	_mm_storeu_si128((__m128i *)(void *)state, abcd);
	state[4] = e;
}

#undef TWENTY

static bool has_instructions(void)
{
	return CPU_FEATURE_ACTIVE(SHA) && CPU_FEATURE_ACTIVE(SSE4_1);
}

#else

static void compress_fast(
	uint32_t state[5], const unsigned char *blocks, size_t count)
{
	compress_all(state, blocks, count);
}

static bool has_instructions(void)
{
	return false;
}

#endif

void pm_git_sha1_init(struct pm_git_sha1 *sha)
{
	*sha = (struct pm_git_sha1){
		.state = {0x67452301u, 0xefcdab89u, 0x98badcfeu, 0x10325476u,
			0xc3d2e1f0u},
		.compress = has_instructions() ? compress_fast : compress_all,
	};
}

void pm_git_sha1_add(struct pm_git_sha1 *sha, struct pm_slice bytes)
{
	const unsigned char *at = (const unsigned char *)bytes.ptr;
	size_t held = sha->len % 64, len = bytes.len;

	sha->len += len;
	if (held > 0) {
		size_t take = 64 - held < len ? 64 - held : len;

		memcpy(sha->block + held, at, take);
		at += take;
		len -= take;
		if (held + take < 64)
			return;
		sha->compress(sha->state, sha->block, 1);
	}
	if (len >= 64)
		sha->compress(sha->state, at, len / 64);
	if (len % 64 > 0)
		memcpy(sha->block, at + len / 64 * 64, len % 64);
}

void pm_git_sha1_end(struct pm_git_sha1 *sha, unsigned char out[20])
{
	static const char padding[64] = {'\x80'};
	uint64_t bits = htobe64(sha->len * 8);
	size_t held = sha->len % 64;

	/* One bit, zeros, and the length in the last eight bytes. */
	pm_git_sha1_add(sha,
		pm_slice_make(padding, held < 56 ? 56 - held : 120 - held));
	pm_git_sha1_add(sha, pm_slice_make((const char *)&bits, sizeof(bits)));
	for (size_t i = 0; i < 5; i++) {
		uint32_t word = htobe32(sha->state[i]);

		memcpy(out + 4 * i, &word, sizeof(word));
	}
}
