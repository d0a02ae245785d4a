/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SHA-1 as the standard describes it, with the message schedule kept in a
 * ring of sixteen words.
 */
#include "git/sha1.h"

#include <endian.h>
#include <string.h>

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

void pm_git_sha1_init(struct pm_git_sha1 *sha)
{
	*sha = (struct pm_git_sha1){
		.state = {0x67452301u, 0xefcdab89u, 0x98badcfeu, 0x10325476u,
			0xc3d2e1f0u},
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
		compress(sha->state, sha->block);
	}
	for (; len >= 64; at += 64, len -= 64)
		compress(sha->state, at);
	if (len > 0)
		memcpy(sha->block, at, len);
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
