#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='documents of the work tree, the staged index and a revision'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

# documents COUNT ARGUMENTS...: pm check sees that many, and no error.
documents()
{
	want=$1
	shift
	run 0 pm check --format json "$@" && test "$(jq .documents out)" = "$want"
}

test_expect_success 'one committed, one staged, one new, one ignored' '
	make_repo repo && cd repo && printf "out\nerr\nwant\n" >.git/info/exclude &&
	doc 2026-11-01-mail-late </dev/null && commit_all &&
	doc 2026-11-02-disk-full </dev/null && git add postmortems &&
	doc 2026-11-03-new-one </dev/null &&
	echo "*-secret.md" >.gitignore && doc 2026-11-04-a-secret </dev/null &&
	documents 3 && documents 2 --staged && documents 1 --at HEAD &&
	run 3 pm check --at HEAD~9 && has err "HEAD~9"
'

test_expect_success 'the staged version is what is checked, not the file' '
	doc 2026-11-02-disk-full <<-\EOF && git add postmortems/*full.md &&
	action_items:
	  - {id: A1, title: Nobody does it, type: prevent, due: 2026-12-05}
	EOF
	doc 2026-11-02-disk-full </dev/null && documents 3 &&
	run 1 pm check --staged && has out "[action-owner]" && git add postmortems/*full.md &&
	documents 2 --staged
'

test_expect_success 'each state has its own policy' '
	mkdir .pm && echo "documents: [\"elsewhere/**/*.md\"]" >.pm/policy.yaml &&
	documents 0 && documents 2 --staged && git add .pm && documents 0 --staged &&
	documents 1 --at HEAD && git rm -qf .pm/policy.yaml
'

# found DOC ID: what is typed means this document.
found()
{
	run 0 pm show --format json "$1" && test "$(jq -r .id out)" = "$2"
}

test_expect_success 'a document is named as people name it' '
	found postmortems/2026-11-01-mail-late.md 2026-11-01-mail-late &&
	found 2026-11-01-mail-late 2026-11-01-mail-late &&
	found 2026-11-02 2026-11-02-disk-full && found mail 2026-11-01-mail-late &&
	found 2026-11-03-new-one.md 2026-11-03-new-one &&
	(cd postmortems && found 2026-11-01-mail-late.md 2026-11-01-mail-late &&
	found full 2026-11-02-disk-full &&
	found ../postmortems/2026-11-03-new-one.md 2026-11-03-new-one)
'

test_expect_success 'several that match are listed, and it exits 2' '
	run 2 pm show 2026-11 && has err "matches 3 post-mortems" &&
	has err 2026-11-01-mail-late && has err 2026-11-02-disk-full &&
	run 2 pm show disk-ful1 && has err "did you mean '\''2026-11-02-disk-full'\''" &&
	run 2 pm show zebra && has err "no post-mortem '\''zebra'\''"
'

test_expect_success 'a file outside the globs is read when it is named' '
	doc 2026-11-09-away </dev/null && mkdir notes && mv postmortems/2026-11-09-away.md notes/ &&
	documents 3 && found notes/2026-11-09-away.md 2026-11-09-away &&
	run 2 pm show away
'

test_expect_success 'another repository and what a link leads to are not entered' '
	git init -q postmortems/nested && doc 2026-11-10-x </dev/null &&
	mv postmortems/2026-11-10-x.md postmortems/nested/ &&
	mkdir ../outside && ln -s ../../outside postmortems/link &&
	cp notes/*.md ../outside && ln -s ../notes/2026-11-09-away.md postmortems/alias.md &&
	documents 3 && rm -r postmortems/nested postmortems/link postmortems/alias.md
'

test_expect_success 'a bare repository has its revisions' '
	git clone -q --bare . ../bare.git && cd ../bare.git && documents 1 &&
	documents 1 --at main && run 3 pm check --staged && has err bare && rm -f out err
'

test_done
