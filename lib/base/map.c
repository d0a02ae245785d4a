/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Open addressing over indices into an array of entries. Chosen keys must not
 * make chains: the hash is SipHash-1-3, keyed with the random bytes that the
 * kernel gives every process, which needs no state of ours. No output depends
 * on it, because walking the map means walking the entries.
 */
#include "base/map.h"

#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>

#include "base/alloc.h"

struct sip {
	uint64_t v0;
	uint64_t v1;
	uint64_t v2;
	uint64_t v3;
};

static uint64_t rotl(uint64_t x, unsigned n)
{
	return x << n | x >> (64 - n);
}

static void sip_round(struct sip *s)
{
	s->v0 += s->v1;
	s->v1 = rotl(s->v1, 13) ^ s->v0;
	s->v0 = rotl(s->v0, 32);
	s->v2 += s->v3;
	s->v3 = rotl(s->v3, 16) ^ s->v2;
	s->v0 += s->v3;
	s->v3 = rotl(s->v3, 21) ^ s->v0;
	s->v2 += s->v1;
	s->v1 = rotl(s->v1, 17) ^ s->v2;
	s->v2 = rotl(s->v2, 32);
}

static void sip_init(struct sip *s, const uint64_t key[2])
{
	s->v0 = key[0] ^ 0x736f6d6570736575u;
	s->v1 = key[1] ^ 0x646f72616e646f6du;
	s->v2 = key[0] ^ 0x6c7967656e657261u;
	s->v3 = key[1] ^ 0x7465646279746573u;
}

static void sip_word(struct sip *s, uint64_t word)
{
	s->v3 ^= word;
	sip_round(s);
	s->v0 ^= word;
}

static uint64_t hash_bytes(const struct pm_map *map, struct pm_slice key)
{
	uint64_t last = (uint64_t)key.len << 56;
	struct sip s;
	uint64_t word;
	size_t off;

	sip_init(&s, map->seed);
	for (off = 0; key.len - off >= sizeof(word); off += sizeof(word)) {
		memcpy(&word, key.ptr + off, sizeof(word));
		sip_word(&s, word);
	}
	word = 0;
	if (key.len > off)
		memcpy(&word, key.ptr + off, key.len - off);
	sip_word(&s, last ^ word);
	s.v2 ^= 0xff;
	sip_round(&s);
	sip_round(&s);
	sip_round(&s);
	return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}

/* The slot that holds key, or the free one where it belongs. */
static size_t find_slot(
	const struct pm_map *map, struct pm_slice key, uint64_t hash)
{
	size_t slot = (size_t)hash & (map->nslots - 1);

	while (map->slots[slot]) {
		const struct pm_map_entry *entry =
			&map->entries[map->slots[slot] - 1];

		if (entry->hash == hash && pm_slice_eq(entry->key, key))
			break;
		slot = (slot + 1) & (map->nslots - 1);
	}
	return slot;
}

/* Asking the kernel's table takes longer than hashing a word does. */
static void take_seed(struct pm_map *map)
{
	const void *random = (const void *)getauxval(AT_RANDOM);

	if (random)
		memcpy(map->seed, random, sizeof(map->seed));
}

/* Twice the slots; entries keep their places. */
static void grow_slots(struct pm_map *map)
{
	size_t i;

	if (!map->nslots)
		take_seed(map);
	map->nslots = map->nslots ? map->nslots * 2 : 16;
	free(map->slots);
	map->slots = pm_alloc(map->nslots, sizeof(*map->slots));
	for (i = 0; i < map->len; i++) {
		size_t slot = (size_t)map->entries[i].hash & (map->nslots - 1);

		while (map->slots[slot])
			slot = (slot + 1) & (map->nslots - 1);
		map->slots[slot] = (uint32_t)(i + 1);
	}
}

void pm_map_release(struct pm_map *map)
{
	pm_arena_release(&map->keys);
	free(map->entries);
	free(map->slots);
	*map = (struct pm_map)PM_MAP_INIT;
}

uintptr_t *pm_map_put(struct pm_map *map, struct pm_slice key, bool *added)
{
	struct pm_map_entry *entry;
	uint64_t hash;
	size_t slot;

	if (map->len + map->len / 2 >= map->nslots)
		grow_slots(map);
	hash = hash_bytes(map, key);
	slot = find_slot(map, key, hash);
	if (added)
		*added = !map->slots[slot];
	if (map->slots[slot])
		return &map->entries[map->slots[slot] - 1].value;
	if (map->len == map->cap) {
		map->cap += map->cap / 2 + 16;
		map->entries = pm_realloc(
			map->entries, map->cap, sizeof(*map->entries));
	}
	entry = &map->entries[map->len++];
	entry->key = pm_arena_slice(&map->keys, key);
	entry->value = 0;
	entry->hash = hash;
	map->slots[slot] = (uint32_t)map->len;
	return &entry->value;
}

uintptr_t *pm_map_get(const struct pm_map *map, struct pm_slice key)
{
	size_t slot;

	if (!map->len)
		return NULL;
	slot = find_slot(map, key, hash_bytes(map, key));
	if (!map->slots[slot])
		return NULL;
	return &map->entries[map->slots[slot] - 1].value;
}
