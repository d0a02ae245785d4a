#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A fault at every point is 0870 and the following.
test_description='pm commit that fails leaves everything as it was'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

DOC=postmortems/2026-11-22-new.md

test_expect_success 'a repository with a staged file' '
	make_repo repo && cd repo && printf "out\nerr\nwant\n" >.git/info/exclude &&
	doc 2026-11-01-old </dev/null && commit_all && echo 1 >staged && git add staged &&
	doc 2026-11-22-new </dev/null
'

# hazard: 58
test_expect_success 'a lock of somebody else is waited for, named, and kept' '
	head=$(git rev-parse HEAD) && echo somebody >.git/index.lock &&
	run 3 pm commit && has err ".git/index.lock" && has err " old" && has err "try again" &&
	test "$(cat .git/index.lock)" = somebody && rm .git/index.lock && not_committed $head &&
	: >.git/refs/heads/main.lock &&
	run 3 pm commit && has err "refs/heads/main.lock" && test -e .git/refs/heads/main.lock &&
	rm .git/refs/heads/main.lock && not_committed $head
'

# hazard: 58
test_expect_success 'how old a lock is, and what to do about it' '
	head=$(git rev-parse HEAD) && echo somebody >.git/index.lock &&
	for age in "100 seconds=100 s" "10 minutes=10 min" "5 hours=5 h"
	do
		touch -d "${age%=*} ago" .git/index.lock && run 3 pm commit &&
			grep "lock.,\( ${age#*=}\| 10[1-9] s\) old (try again; when no" err &&
			has err "remove that file" || return 1
	done &&
	touch -d "2 hours" .git/index.lock && run 3 pm commit && has err ", 0 s old (try" &&
	rm .git/index.lock && not_committed $head
'

test_expect_success 'a lock that goes away in time is no trouble' '
	: >.git/index.lock &&
	{ pm commit >out 2>err & } &&
	until ls /proc/$!/fd >/dev/null 2>&1; do :; done && rm .git/index.lock &&
	wait $! && committed "A	$DOC"
'

# hazard: 64
test_expect_success 'a repository that cannot be written' '
	echo more >>$DOC && cp -R . ../frozen && cd ../frozen && head=$(git rev-parse HEAD) &&
	chmod -R a-w .git &&
	if test -w .git
	then
		# For root nothing is read-only but a file system.
		mount -t tmpfs -o ro none .git/objects 2>/dev/null &&
		{ run 3 pm commit; status=$?; umount .git/objects; test $status = 0; } || :
	else
		run 3 pm commit && has err "cannot write to"
	fi &&
	chmod -R u+w .git && not_committed $head && cd ../repo
'

test_expect_success 'a document that is not there any more' '
	head=$(git rev-parse HEAD) && rm $DOC && run 2 pm commit $DOC &&
	not_committed $head && git checkout -q $DOC
'

test_done
