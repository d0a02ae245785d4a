#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='a review neither leaks nor reads amiss'
. "$(dirname "$0")/../cli/lib.sh"
. "$PM_ROOT/tests/valgrind/grind.sh"

test_expect_success 'set up' '
	make_committed && pm approve --by bo 2026-11-22-checkout-500s
'
test_expect_success 'review' '
	sed -i -e "s/10:09Z/10:04Z/" -e "s/users saw/people saw/" \
		postmortems/2026/2026-11-22-checkout-500s.md &&
	grind 0 review --words && grind 0 review --format markdown &&
	grind 0 review --format json && grind 0 review --format html &&
	grind 2 review --format jsn
'

test_done
