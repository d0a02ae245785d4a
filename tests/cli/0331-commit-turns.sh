#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm commit waits while others take turns with the lock'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

# Holds the lock for two seconds, each time with another file.
turns()
{
	for turn in 1 2 3 4 5 6 7 8
	do
		: >.git/next && mv .git/next .git/index.lock && sleep 0.25
	done
	rm .git/index.lock
}

test_expect_success 'a lock that changes hands is waited for' '
	make_repo repo && cd repo && printf "out\nerr\nwant\ngot\n" >.git/info/exclude &&
	doc 2026-11-22-disk-full </dev/null && : >.git/index.lock &&
	{ turns & run 0 pm commit; status=$?; wait; test $status = 0; } &&
	committed "A	postmortems/2026-11-22-disk-full.md"
'

test_expect_success 'one that does not is given up after a moment' '
	head=$(git rev-parse HEAD) && echo "More words." >>postmortems/2026-11-22-disk-full.md &&
	: >.git/index.lock && run 3 timeout 9 pm commit && has err "index.lock" &&
	test -e .git/index.lock && rm .git/index.lock && not_committed $head
'

test_done
