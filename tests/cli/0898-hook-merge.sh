#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='hooks judge what a merge makes of both sides'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

A=2026-10-01-base
SQ="'"

# link ID: the document speaks of A from now on.
link()
{
	doc "$1" </dev/null && echo "See [it]($A.md)." >>"postmortems/$1.md"
}

# refused PATH COMMAND...: for one error, the broken link of that document.
refused()
{
	pm_path=postmortems/$1.md
	shift
	run 1 "$@" && cat out err >../seen && has ../seen "$pm_path:" &&
		has ../seen "link ${SQ}$A.md${SQ} leads nowhere" && has ../seen ": 1 error"
}

# merged BRANCH: fresh topic and main as the remote has them, main merged.
merged()
{
	git checkout -q -B "$1" origin/topic && git merge -q -m merge origin/main
}

test_expect_success 'topic speaks of a document that main removes' '
	git init -q --bare server.git && make_repo repo && cd repo &&
	git remote add origin ../server.git && printf "out\nerr\n" >.git/info/exclude &&
	mkdir .pm && printf "rules:\n  link-broken: error\n" >.pm/policy.yaml &&
	doc $A </dev/null && doc 2026-10-02-other </dev/null && commit_all &&
	git push -q -u origin main && git checkout -q -b topic &&
	link 2026-10-03-topic && commit_all && git push -q -u origin topic &&
	git checkout -q main && git rm -q postmortems/$A.md && bad 2026-10-04-bad && commit_all &&
	git push -q origin main && run 0 pm hook install pre-push pre-commit
'

test_expect_success 'as pm check --since says it' '
	merged topic && run 1 pm check --since origin/main &&
	has out "postmortems/2026-10-03-topic.md" && has out "[link-broken]"
'

test_expect_success 'pre-push: the merge is refused, for that alone' '
	refused 2026-10-03-topic git push origin topic && has_not ../seen 2026-10-04-bad &&
	refused 2026-10-03-topic git push origin topic:new && has_not ../seen 2026-10-04-bad
'

test_expect_success 'several refs at once, one of them in order' '
	git branch -f fine origin/topic && refused 2026-10-03-topic git push origin fine topic &&
	! git ls-remote --exit-code origin refs/heads/fine
'

test_expect_success 'pushed over what was there, by force' '
	git checkout -q -B force origin/topic && git commit -q --amend -m again &&
	git merge -q -m merge origin/main && refused 2026-10-03-topic git push -f origin force:topic
'

test_expect_success 'mended, it is pushed; a tag is not looked at' '
	merged topic && git tag broken && run 0 git push origin broken &&
	doc 2026-10-03-topic </dev/null && git add . && git commit -q --amend --no-edit &&
	run 0 git push origin topic:mended
'

test_expect_success 'pre-commit: a merge that is committed by hand' '
	git checkout -q -B topic origin/topic && git merge -q --no-commit origin/main &&
	refused 2026-10-03-topic git commit -m merge && has_not ../seen 2026-10-04-bad &&
	doc 2026-10-03-topic </dev/null && git add postmortems/2026-10-03-topic.md &&
	run 0 git commit -m merge
'

test_expect_success 'the other way round: topic removes what a document of main speaks of' '
	git checkout -q -b remove origin/main~ && git rm -q postmortems/$A.md && commit_all &&
	git push -q origin remove && git checkout -q -b speak origin/main~ &&
	link 2026-10-05-speak && bad 2026-10-06-bad && git add . &&
	git commit -q --no-verify -m speak && git push -q --no-verify origin speak &&
	git checkout -q remove && git merge -q -m merge speak &&
	refused 2026-10-05-speak git push origin remove && has_not ../seen 2026-10-06-bad
'

test_expect_success 'what one side has broken already is not new' '
	git checkout -q -b broken-main origin/main~ && link 2026-10-07-both && commit_all &&
	git push -q --no-verify origin broken-main && git checkout -q -b side &&
	echo more >>README.md && commit_all && git push -q origin side &&
	git checkout -q broken-main && git rm -q postmortems/$A.md &&
	git commit -q --no-verify -m gone && git push -q --no-verify origin broken-main &&
	git checkout -q side && git merge -q -m merge broken-main && run 0 git push origin side
'

test_expect_success 'an edit of a final document in the merge itself is told' '
	git checkout -q -b left origin/main~ && doc 2026-10-08-left </dev/null &&
	sed -i "s/^status: draft/status: final/" postmortems/2026-10-08-left.md && git add . &&
	git commit -q --no-verify -m left && git push -q --no-verify origin left &&
	git checkout -q -b right origin/main~ && echo more >>README.md && commit_all &&
	git push -q origin right && git checkout -q left &&
	git merge -q --no-commit right && sed -i "s/^severity: SEV3/severity: SEV2/" \
		postmortems/2026-10-08-left.md && git add . &&
	run 1 git commit -m merge && cat out err >../seen && has ../seen "[final-edited]" &&
	git commit -q --no-verify -m merge && run 1 git push origin left &&
	cat out err >../seen && has ../seen "[final-edited]"
'

test_expect_success 'pm check of named documents, too: they speak of what is gone' '
	git checkout -q -B named origin/main~ && link 2026-10-09-named && commit_all &&
	git rm -q postmortems/$A.md && git commit -q --no-verify -m gone &&
	run 1 pm check --since HEAD~ 2026-10-09-named && has out "[link-broken]" &&
	run 0 pm check --since HEAD~ 2026-10-02-other && has_not out "[link-broken]"
'

test_expect_success 'a server: a new branch that left the first one long ago' '
	git init -q --bare ../guarded.git && git -C ../guarded.git config pm.receiveRefs "**" &&
	git checkout -q -B guarded origin/main~ && bad 2026-10-10-bad && git add . &&
	git commit -q --no-verify -m bad && old=$(git rev-parse HEAD) &&
	doc 2026-10-10-bad </dev/null && commit_all &&
	git push -q --no-verify ../guarded.git guarded:main &&
	(cd ../guarded.git && pm hook install) &&
	git checkout -q -b release $old && echo more >>README.md && commit_all &&
	run 0 git push --no-verify ../guarded.git release &&
	git checkout -q -b release2 $old && git rm -q postmortems/$A.md && link 2026-10-11-link &&
	git add . && git commit -q --no-verify -m link &&
	refused 2026-10-11-link git push --no-verify ../guarded.git release2
'

test_done
