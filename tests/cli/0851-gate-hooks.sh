#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='hooks: merges of many, what a removal breaks, branches of two names'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/since.sh"

test_expect_success 'a server that asks for links as well' '
	mkdir repo && cd repo && make_history && echo in >>.git/info/exclude &&
	git checkout -q main && sed -i "s/^rules:/&\n  link-broken: error/" .pm/policy.yaml &&
	commit_all && git init -q --bare ../server.git && git remote add origin ../server.git &&
	git push -q origin main && (cd ../server.git && pm hook install)
'

test_expect_success 'a merge of several branches: what each brings is not this commit'\''s' '
	for name in a b c
	do
		git checkout -q -b $name main && paper 2026/2026-06-01-$name </dev/null &&
			commit_all || return 1
	done &&
	git checkout -q -b all main && git merge -q --no-commit a b c &&
	run 0 pm hook run pre-commit && paper 2026/2026-06-02-own </dev/null && git add -A &&
	run 1 pm hook run pre-commit && has out "2026-06-02-own.md:10:5: error" &&
	test "$(wc -l <out)" = 1 &&
	git reset -q --hard && git checkout -q main
'

test_expect_success 'a removed document: pre-push judges those that speak of it' '
	git checkout -q -b gone main && git rm -q postmortems/2026/2026-01-01-one.md &&
	commit_all && git fetch -q origin &&
	echo "refs/heads/gone $(git rev-parse gone) refs/heads/main $(git rev-parse main)" >in &&
	run 1 pm hook run pre-push -- origin ../server.git <in &&
	has out "2026-01-02-two.md:17:11: error: link" && git checkout -q main
'

test_expect_success 'a push to another name of a guarded branch is one to the branch' '
	git -C ../server.git symbolic-ref refs/heads/master refs/heads/trunk &&
	git -C ../server.git symbolic-ref refs/heads/trunk refs/heads/main &&
	git checkout -q -b bad main && paper 2026/2026-07-01-bad </dev/null && commit_all &&
	run 1 git push origin bad:refs/heads/master && has err 2026-07-01-bad &&
	test "$(git -C ../server.git rev-parse main)" = "$(git rev-parse main)" &&
	run 0 git push origin bad:refs/heads/other
'

test_expect_success 'a server whose HEAD names no branch that is there guards them all' '
	git init -q --bare ../other.git &&
	git -C ../other.git symbolic-ref HEAD refs/heads/master &&
	git push -q ../other.git main && (cd ../other.git && pm hook install) &&
	run 1 git push ../other.git bad:refs/heads/main && has err 2026-07-01-bad &&
	has err "remote: pm: HEAD names no branch that is here, so every branch is guarded" &&
	main=$(git rev-parse main) && git -C ../other.git update-ref --no-deref HEAD $main &&
	run 1 git push ../other.git bad:refs/heads/main && has err 2026-07-01-bad &&
	git -C ../other.git symbolic-ref HEAD refs/heads/main &&
	run 1 git push ../other.git bad:refs/heads/main && has_not err "HEAD names" &&
	run 0 git push ../other.git bad:refs/heads/free
'

test_expect_success 'a setting that names nothing guards no less than none' '
	git -C ../other.git config pm.receiveRefs "" &&
	run 1 git push ../other.git bad:refs/heads/main && has err 2026-07-01-bad
'

test_done
