/* SPDX-License-Identifier: Apache-2.0 */
/* The nearest right word, for the rooms of libpm; see pm/nearest.h. */
#ifndef PM_BASE_NEAREST_H
#define PM_BASE_NEAREST_H

#include "pm/nearest.h"

#endif
