#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pre-push judges what the pushed commits change, and no more'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

# refused COMMAND...: git pushes nothing.
refused()
{
	git -C ../server.git for-each-ref >../before && run 1 "$@" && cat out err >../seen &&
		has ../seen 'pm: not pushed' && has ../seen '[action-owner]' &&
		git -C ../server.git for-each-ref >../after && test_cmp ../before ../after
}

test_expect_success 'a clone whose main has a bad document already' '
	git init -q --bare server.git && make_repo repo && cd repo &&
	git remote add origin ../server.git &&
	printf "out\nerr\n" >.git/info/exclude && bad 2026-10-01-old-bad && commit_all &&
	git push -q -u origin main && run 0 pm hook install pre-push
'

test_expect_success 'a new branch: from where it left what the remote has' '
	git checkout -q -b topic && echo more >>README.md && commit_all &&
	run 0 git push origin topic &&
	bad 2026-11-22-bad && commit_all && refused git push origin topic &&
	has_not ../seen old-bad &&
	refused git push origin topic:other && refused git push --all origin &&
	run 0 git push --no-verify origin topic && run 0 git push origin topic:another
'

test_expect_success 'only the documents of the new commits' '
	echo more >>README.md && commit_all && run 0 git push origin topic &&
	echo more >>postmortems/2026-11-22-bad.md && commit_all && run 0 git push origin topic &&
	worse 2026-11-22-bad && commit_all && refused git push origin topic &&
	has ../seen "action A2" &&
	doc 2026-11-22-bad </dev/null && commit_all && run 0 git push origin topic
'

test_expect_success 'what a merge brings from the remote is not ours' '
	git checkout -q main && bad 2026-11-23-main && commit_all &&
	git push -q --no-verify origin main &&
	git checkout -q topic && git merge -q -m merge main && run 0 git push origin topic
'

test_expect_success 'a deleted ref, a tag, a detached commit, nothing new' '
	run 0 git push origin :another && bad 2026-11-24-bad && commit_all && git tag v1 &&
	run 0 git push origin v1 && git checkout -q --detach &&
	refused git push origin HEAD:refs/heads/d &&
	git checkout -q topic && git reset -q --hard HEAD^ && run 0 git push origin topic
'

test_expect_success 'a forced push, also when what the remote has is not here' '
	git commit -q --amend -m again && run 0 git push -f origin topic && bad 2026-11-25-bad &&
	git add . &&
	git commit -q --amend -m bad && refused git push -f origin topic &&
	git rm -q -f postmortems/2026-11-25-bad.md &&
	git commit -q --amend -m good && git clone -q ../server.git ../other &&
	(cd ../other && git checkout -q topic && git commit -q --allow-empty -m other &&
	git push -q) &&
	run 0 git push -f origin topic && bad 2026-11-25-bad && commit_all &&
	(cd ../other && git commit -q --allow-empty -m other && git push -q -f) &&
	refused git push -f origin topic &&
	git reset -q --hard HEAD^
'

test_expect_success 'a remote that is only an address' '
	bad 2026-11-26-bad && commit_all && refused git push "$PWD/../server.git" topic &&
	git reset -q --hard HEAD^ && git push -q -f origin topic && echo more >>README.md &&
	commit_all &&
	run 0 git push "$PWD/../server.git" topic
'

test_expect_success 'from a directory below, and from a linked work tree' '
	git worktree add -q ../linked -b side && cd ../linked && bad 2026-11-27-bad && commit_all &&
	refused git push origin side && mkdir below && (cd below && run 1 git push origin side) &&
	git rm -q postmortems/2026-11-27-bad.md && commit_all && run 0 git push origin side &&
	cd ../repo
'

test_expect_success 'an unrelated history is judged as a whole' '
	git checkout -q --orphan fresh && git commit -q --no-verify -m fresh &&
	refused git push origin fresh &&
	has ../seen old-bad
'

test_done
