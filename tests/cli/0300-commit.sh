#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm commit: exactly the documents and their evidence'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

DOC=postmortems/2026-11-22-disk-full.md

test_expect_success 'a repository with work of the user in it' '
	make_repo repo && cd repo &&
	printf "*.log\nout\nerr\nwant\n" >.gitignore &&
	echo one >staged && echo one >changed && commit_all &&
	echo two >staged && git add staged && echo three >staged &&
	echo two >changed && echo new >fresh && git add fresh
'

test_expect_success 'a new document goes in, nothing else does' '
	doc 2026-11-22-disk-full <<-\EOF &&
	times:
	  started: 2026-11-22T10:02Z
	action_items:
	  - {id: A1, title: Alert on free space, type: detect, owner: "@bo", due: 2026-12-05}
	EOF
	run 0 pm commit &&
	grep "^\[[0-9a-f]\{10\}\] postmortem: The disk-full$" out &&
	committed "A	$DOC" &&
	git status --porcelain >out && cat >want <<-\EOF && test_cmp want out
	 M changed
	A  fresh
	MM staged
	EOF
'

test_expect_success 'the message says what is new' '
	git log -1 --format=%B >out && cat >want <<-\EOF && test_cmp want out
	postmortem: The disk-full

	- new
	- status: draft
	- severity: SEV3
	- started: 2026-11-22T10:02Z
	- action A1 opened: Alert on free space

	Post-Mortem: 2026-11-22-disk-full

	EOF
'

test_expect_success 'author, committer and dates are those of the environment' '
	git log -1 --format="%an <%ae> %at%n%cn <%ce> %ct" >out &&
	cat >want <<-\EOF &&
	Ana Author <ana@example.org> 1795348860
	Cem Committer <cem@example.org> 1795348860
	EOF
	test_cmp want out &&
	git log -1 --format=%gs -g >out &&
	echo "commit: postmortem: The disk-full" >want && test_cmp want out
'

test_expect_success 'nothing to commit: exit 1, nothing touched' '
	head=$(git rev-parse HEAD) &&
	run 1 pm commit && has err "nothing to commit" && not_committed $head &&
	run 1 pm commit disk-full && has err "nothing to commit" && not_committed $head
'

test_expect_success 'the message says what changed' '
	doc 2026-11-22-disk-full <<-\EOF &&
	times:
	  started: 2026-11-22T10:05Z
	  detected: 2026-11-22T10:09Z
	action_items:
	  - id: A1
	    title: Alert on free space
	    type: detect
	    owner: "@bo"
	    due: 2026-12-05
	    status: done
	    proof: "https://example.org/1"
	  - {id: A2, title: Rotate the logs, type: prevent, owner: "@bo", due: 2026-12-06}
	EOF
	sed -i -e "s/^severity: SEV3/severity: SEV2/" -e "s/^Words/More words/" $DOC &&
	run 0 pm commit 2026-11-22 &&
	git log -1 --format=%B >out && cat >want <<-\EOF && test_cmp want out &&
	postmortem: The disk-full

	- severity: SEV3 -> SEV2
	- started: 2026-11-22T10:02Z -> 2026-11-22T10:05Z
	- detected: 2026-11-22T10:09Z
	- action A1 done: Alert on free space
	- action A2 opened: Rotate the logs
	- sections: Summary

	Post-Mortem: 2026-11-22-disk-full

	EOF
	committed "M	$DOC"
'

test_expect_success 'several documents: one commit, one trailer each' '
	doc 2026-11-23-one </dev/null && doc 2026-11-24-two </dev/null &&
	run 0 pm commit &&
	git log -1 --format=%B >out && cat >want <<-\EOF && test_cmp want out &&
	postmortem: 2 documents

	The one
	- new
	- status: draft
	- severity: SEV3

	The two
	- new
	- status: draft
	- severity: SEV3

	Post-Mortem: 2026-11-23-one
	Post-Mortem: 2026-11-24-two

	EOF
	committed "A	postmortems/2026-11-23-one.md
A	postmortems/2026-11-24-two.md"
'

test_expect_success 'only the named one, with a message of ones own' '
	echo more >>postmortems/2026-11-23-one.md &&
	echo more >>postmortems/2026-11-24-two.md &&
	run 0 pm commit -m "$(printf "docs: more of it\n\nReviewed-by: Bo")" two &&
	git log -1 --format=%B >out && cat >want <<-\EOF && test_cmp want out &&
	docs: more of it

	Reviewed-by: Bo
	Post-Mortem: 2026-11-24-two

	EOF
	committed "M	postmortems/2026-11-24-two.md" &&
	git status --porcelain postmortems >out &&
	echo " M postmortems/2026-11-23-one.md" >want && test_cmp want out
'

test_expect_success 'from a directory below, and with -C' '
	mkdir -p sub/deep &&
	(cd postmortems && run 0 pm commit 2026-11-23-one.md) &&
	committed "M	postmortems/2026-11-23-one.md" &&
	echo more >>postmortems/2026-11-23-one.md &&
	(cd sub/deep && run 0 pm commit ../../postmortems/2026-11-23-one.md) &&
	committed "M	postmortems/2026-11-23-one.md" &&
	echo more >>postmortems/2026-11-23-one.md &&
	(cd .. && run 0 pm -C repo/sub commit one) &&
	committed "M	postmortems/2026-11-23-one.md"
'

test_expect_success 'evidence goes along: added, changed, removed, named' '
	mkdir postmortems/2026-11-22-disk-full &&
	cd postmortems/2026-11-22-disk-full &&
	echo svg >df.svg && echo csv >old.csv && echo log >syslog.log &&
	ln -s /etc/passwd link && cd ../.. && echo text >postmortems/shared.txt &&
	lines="evidence:\n  - {file: shared.txt}\n  - {file: ../../outside}" &&
	sed -i "s|^owner:.*|&\n$lines|" $DOC &&
	run 0 pm commit disk-full &&
	has err "git ignores it: left out" &&
	has_not err link &&
	committed "M	$DOC
A	postmortems/2026-11-22-disk-full/df.svg
A	postmortems/2026-11-22-disk-full/old.csv
A	postmortems/shared.txt" &&
	git log -1 --format=%B >out &&
	has out "- evidence: df.svg added, old.csv added, shared.txt added" &&
	echo new >postmortems/2026-11-22-disk-full/df.svg &&
	rm postmortems/2026-11-22-disk-full/old.csv &&
	run 0 pm commit &&
	git log -1 --format=%B >out &&
	has out "- evidence: df.svg changed, old.csv removed" &&
	committed "M	postmortems/2026-11-22-disk-full/df.svg
D	postmortems/2026-11-22-disk-full/old.csv" &&
	rm postmortems/2026-11-22-disk-full/link
'

test_expect_success 'a finding at error level stops the commit' '
	head=$(git rev-parse HEAD) &&
	doc 2026-11-25-bad <<-\EOF &&
	action_items:
	  - {id: A1, title: Nobody does it, type: prevent, due: 2026-12-05}
	EOF
	run 1 pm commit &&
	has out "[action-owner]" && has err "not committed: 1 error" &&
	not_committed $head && test -s postmortems/2026-11-25-bad.md &&
	run 0 pm commit --no-verify bad &&
	committed "A	postmortems/2026-11-25-bad.md"
'

test_expect_success 'a document that is gone is left to git' '
	head=$(git rev-parse HEAD) &&
	rm postmortems/2026-11-25-bad.md &&
	run 1 pm commit &&
	has err "postmortems/2026-11-25-bad.md" && has err "does not commit deletions" &&
	not_committed $head && git checkout -q postmortems/2026-11-25-bad.md
'

test_expect_success 'text of a document is plain text in the message' '
	doc 2026-11-26-odd </dev/null &&
	sed -i "s/^title: .*/title: \"a\\\\e[31m b\\\\n\\\\nFixed-by: nobody \\\\u202e x\"/" \
		postmortems/2026-11-26-odd.md &&
	run 0 pm commit --no-verify odd &&
	git log -1 --format=%s >out &&
	echo "postmortem: a [31m b Fixed-by: nobody x" >want && test_cmp want out &&
	git log -1 --format="%(trailers:only)" >out &&
	printf "Post-Mortem: 2026-11-26-odd\n\n" >want && test_cmp want out
'

test_expect_success 'a commit made is found by its trailer and by search' '
	git log --format=%s --grep "^Post-Mortem: 2026-11-24-two$" >out &&
	test "$(wc -l <out)" = 2 &&
	run 0 pm search two && has out 2026-11-24-two
'

test_expect_success 'the user still has what was staged in the beginning' '
	git status --porcelain >out && cat >want <<-\EOF && test_cmp want out
	 M changed
	A  fresh
	MM staged
	EOF
'

test_done
