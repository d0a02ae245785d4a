#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm index --path names the file that is used'
. "$(dirname "$0")/lib.sh"

# Root may write everywhere: a file stands where the directory would be.
test_expect_success 'a repository with a document' '
	make_repo repo && cd repo && mkdir -p postmortems &&
	printf "# The zebra\n" >postmortems/2026-11-01-zebra.md && commit_all
'

test_expect_success 'in the repository, before and after it is there' '
	echo "$PWD/.git/pm/index.db" >want &&
	run 0 pm index --path && test_cmp want out && test ! -e .git/pm/index.db &&
	run 0 pm search zebra &&
	run 0 pm index --path && test_cmp want out && test -s .git/pm/index.db
'

test_expect_success 'in the cache, where the repository cannot be written' '
	rm -rf .git/pm && echo file >.git/pm &&
	run 0 pm search zebra && cat err &&
	run 0 pm index --path && test "$(cat out)" != "$(cat want)" &&
	test -s "$(cat out)"
'

test_expect_success 'nowhere, where neither can be written' '
	echo file >no-directory &&
	XDG_CACHE_HOME=$PWD/no-directory && export XDG_CACHE_HOME &&
	run 0 pm search zebra &&
	run 3 pm index --path && test ! -s out && has err "in memory"
'

test_done
