#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm index: a cache that looks after itself'
. "$(dirname "$0")/lib.sh"

test_expect_success 'two documents' '
	make_repo repo && cd repo && mkdir postmortems &&
	printf "out\nerr\nwant\nlog\n" >.git/info/exclude &&
	for n in 1 2
	do
		printf -- "---\nid: 2026-11-0%s-doc\nstatus: draft\n---\n# The zebra %s\n" $n $n \
			>postmortems/2026-11-0$n-doc.md
	done && commit_all
'

# hazard: 74
test_expect_success 'it lies in the Git directory and never in the tree' '
	run 0 pm index --path && echo "$PWD/.git/pm/index.db" >want && test_cmp want out &&
	test ! -e .git/pm && run 0 pm search zebra && test -f .git/pm/index.db &&
	test -z "$(git status --porcelain)"
'

test_expect_success 'pm index says what it did' '
	run 0 pm index && has out "2 documents" && has out "0 new" &&
	echo "A numbat." >>postmortems/2026-11-01-doc.md && commit_all &&
	run 0 pm index && has out "1 new" &&
	run 0 pm index --rebuild && has out "2 new" &&
	run 0 pm index --verify
'

# hazard: 73
test_expect_success 'a foreign, empty or older file is built anew, with one line' '
	for bytes in "nothing like it" ""
	do
		printf "%s" "$bytes" >.git/pm/index.db && run 0 pm search zebra &&
		test "$(wc -l <err)" = 1 && has err "built anew" || return 1
		run 0 pm search zebra && test ! -s err || return 1
	done
'

test_expect_success 'a directory in its place: the cache directory, else memory' '
	rm -r .git/pm && : >.git/pm &&
	XDG_CACHE_HOME=$PWD/../cache run 0 pm search zebra && has err "kept in" &&
	find ../cache -name index.db >out && test -s out &&
	XDG_CACHE_HOME=/dev/null/none run 0 pm search zebra && has err "memory" &&
	XDG_CACHE_HOME=/dev/null/none run 0 pm list && rm .git/pm
'

test_expect_success 'linked work trees do not disturb each other' '
	git worktree add -q --detach ../linked HEAD~1 &&
	run 0 pm index && has out "2 new" &&
	(cd ../linked && run 0 pm index && has out "1 new" && run 1 pm search numbat) &&
	run 0 pm index && has out "0 new, 0 removed" && run 0 pm search numbat
'

# hazard: 71
test_expect_success 'many at once, while commits are made' '
	rm -r .git/pm && : >log &&
	for n in 1 2 3 4 5 6
	do
		(pm search zebra >/dev/null 2>>log || echo "search failed" >>log) &
	done && wait && test ! -s log &&
	for n in 1 2 3 4 5
	do
		echo "Again $n." >>postmortems/2026-11-02-doc.md && commit_all &&
		for m in 1 2 3
		do
			(pm search zebra >/dev/null 2>>log || echo "search failed" >>log) &
		done || return 1
	done && wait && test ! -s log &&
	rm log && run 0 pm index --verify && run 0 pm search "\"again 5\""
'

test_expect_success 'a document too large is listed, and not tried again' '
	{ echo "# Big" && yes "More of the same." | head -n 20000; } \
		>postmortems/2023-01-01-big.md && commit_all &&
	run 0 pm index && has out "1 new" && run 0 pm index && has out "0 new" &&
	run 0 pm list before:2024 && has out 2023-01-01-big && run 1 pm search big
'

test_done
