/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Growing arrays of any type. The struct is declared in place and emptied
 * with {0}; items is NULL while nothing was pushed.
 *
 *	PM_VEC(struct pm_slice) words = {0};
 *	*pm_vec_push(&words) = word;
 *	for (size_t i = 0; i < words.len; i++)
 *		use(words.items[i]);
 *	pm_vec_release(&words);
 */
#ifndef PM_BASE_VEC_H
#define PM_BASE_VEC_H

#include <stddef.h>

#define PM_VEC(type)                                                           \
	struct {                                                               \
		type *items;                                                   \
		size_t len;                                                    \
		size_t cap;                                                    \
	}

/* Makes room for one more, counts it, and gives its (zeroed) address. */
#define pm_vec_push(v)                                                         \
	((v)->items = pm_vec_grow(                                             \
		 (v)->items, &(v)->cap, (v)->len, sizeof *(v)->items),         \
		&(v)->items[(v)->len++])

/* Frees the array (not what its items own) and leaves it empty. */
#define pm_vec_release(v)                                                      \
	(pm_vec_drop((v)->items), (v)->items = NULL, (v)->len = (v)->cap = 0)

/* For pm_vec_push: room for len + 1 items, the new one zeroed. */
void *pm_vec_grow(void *items, size_t *cap, size_t len, size_t size);

/* For pm_vec_release: free(). */
void pm_vec_drop(void *items);

#endif
