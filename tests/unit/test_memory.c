/* SPDX-License-Identifier: Apache-2.0 */
/* Allocation, arenas, vectors and the map: sizes, limits and many items. */
#include "base/alloc.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"

/* How a child that calls fn ends: its exit status, or 128 and the signal. */
static int fate(void (*fn)(void))
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		close(STDERR_FILENO);
		fn();
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status)
				   : WEXITSTATUS(status);
}

static void overflow(void)
{
	free(pm_realloc(NULL, SIZE_MAX / 2, 4));
}

static void leave(void)
{
	_exit(7);
}

static void fill_arena(void)
{
	struct pm_arena arena = PM_ARENA_INIT;

	arena.limit = 1000;
	arena.full = leave;
	pm_arena_alloc(&arena, 1, 900);
	pm_arena_alloc(&arena, 1, 200);
}

static void overflow_arena(void)
{
	struct pm_arena arena = PM_ARENA_INIT;

	arena.limit = 1000;
	pm_arena_alloc(&arena, SIZE_MAX / 2, 4);
}

static void test_alloc(void **state)
{
	char *text = pm_alloc(0, 0);

	(void)state;
	assert_non_null(text);
	text = pm_realloc(text, 0, 5);
	assert_non_null(text);
	free(text);
	text = pm_strndup("abc", 2);
	assert_string_equal(text, "ab");
	free(text);
	text = pm_strndup(NULL, 0);
	assert_string_equal(text, "");
	free(text);
	assert_int_equal(fate(overflow), 128 + SIGABRT);
	assert_int_equal(fate(fill_arena), 7);
	assert_int_equal(fate(overflow_arena), 128 + SIGABRT);
}

static void test_arena(void **state)
{
	struct pm_arena arena = PM_ARENA_INIT;
	char *texts[500];
	size_t round;
	size_t i;

	(void)state;
	pm_arena_reset(&arena);
	for (round = 0; round < 3; round++) {
		for (i = 0; i < 500; i++) {
			unsigned char *zero = pm_arena_alloc(&arena, i, 7);
			size_t at;

			assert_int_equal((uintptr_t)zero % 16, 0);
			for (at = 0; at < i * 7; at++)
				assert_int_equal(zero[at], 0);
			memset(zero, 0xFF, i * 7);
			texts[i] = pm_arena_printf(&arena, "%zu!", i);
		}
		for (i = 0; i < 500; i++)
			assert_int_equal(strtoul(texts[i], NULL, 10), i);
		/* Larger than any block. */
		memset(pm_arena_alloc(&arena, 3, 1 << 20), 1, 3 << 20);
		assert_string_equal(pm_arena_strdup(&arena, "x"), "x");
		assert_true(arena.used > 3 << 20);
		pm_arena_reset(&arena);
		assert_int_equal(arena.used, 0);
	}
	assert_string_equal(
		pm_arena_slice(&arena, (struct pm_slice){NULL, 0}).ptr, "");
	assert_int_equal(
		pm_arena_slice(&arena, pm_slice_make("a\0b", 3)).len, 3);
	pm_arena_release(&arena);
	pm_arena_release(&arena);
}

static void test_vec(void **state)
{
	PM_VEC(int) numbers = {0};
	int i;

	(void)state;
	pm_vec_release(&numbers);
	for (i = 0; i < 10000; i++) {
		int *last = pm_vec_push(&numbers);

		assert_int_equal(*last, 0);
		*last = i;
	}
	assert_int_equal(numbers.len, 10000);
	for (i = 0; i < 10000; i++)
		assert_int_equal(numbers.items[i], i);
	pm_vec_release(&numbers);
	assert_null(numbers.items);
	assert_int_equal(numbers.len, 0);
}

static void test_map(void **state)
{
	struct pm_map map = PM_MAP_INIT;
	uintptr_t *value;
	bool added;
	char key[32];
	size_t i;

	(void)state;
	assert_null(pm_map_get(&map, pm_slice_str("x")));
	for (i = 0; i < 50000; i++) {
		snprintf(key, sizeof(key), "key %zu", i);
		value = pm_map_put(&map, pm_slice_str(key), &added);
		assert_true(added);
		assert_int_equal(*value, 0);
		*value = i;
	}
	for (i = 0; i < 50000; i++) {
		snprintf(key, sizeof(key), "key %zu", i);
		value = pm_map_put(&map, pm_slice_str(key), &added);
		assert_false(added);
		assert_int_equal(*value, i);
		assert_ptr_equal(pm_map_get(&map, pm_slice_str(key)), value);
		/* Insertion order, whatever the hash. */
		assert_string_equal(map.entries[i].key.ptr, key);
	}
	assert_int_equal(map.len, 50000);
	assert_null(pm_map_get(&map, pm_slice_str("key 50000")));
	pm_map_release(&map);
	pm_map_release(&map);
	assert_int_equal(map.len, 0);
}

static void test_map_keys(void **state)
{
	static const struct pm_slice keys[] = {
		PM_SLICE_LIT(""),
		PM_SLICE_LIT("\0"),
		PM_SLICE_LIT("\0\0"),
		PM_SLICE_LIT("a"),
		PM_SLICE_LIT("a\0"),
		PM_SLICE_LIT("12345678"),
		PM_SLICE_LIT("12345678\0"),
	};
	struct pm_map map = PM_MAP_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < 7; i++)
		*pm_map_put(&map, keys[i], NULL) = i;
	assert_int_equal(map.len, 7);
	for (i = 0; i < 7; i++)
		assert_int_equal(*pm_map_get(&map, keys[i]), i);
	assert_int_equal(*pm_map_get(&map, (struct pm_slice){NULL, 0}), 0);
	pm_map_release(&map);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_alloc),
		cmocka_unit_test(test_arena),
		cmocka_unit_test(test_vec),
		cmocka_unit_test(test_map),
		cmocka_unit_test(test_map_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
