#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='a change of evidence is a change of the documents that name it'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/since.sh"

doc=postmortems/2026-11-01-disk.md
other=postmortems/2026-11-02-other.md
file=postmortems/2026-11-01-disk/errors.csv

# Two documents; the first has evidence, and a link to a picture with a blank
# in its name. Each finding that is looked for is a warning in a draft.
test_expect_success 'a document with evidence beside it' '
	git init -q repo && cd repo && printf "out\nerr\nwant\ngot\n" >.git/info/exclude &&
	mkdir -p .pm ${file%/*} src && {
		echo "rules:" && pm explain | cut -d " " -f 1 |
		grep -vx -e link-broken -e evidence-missing -e evidence-changed |
		sed "s/.*/  &: off/"
	} >.pm/policy.yaml && echo "10:02,500" >$file && echo "<svg/>" >"${file%/*}/a graph.svg" &&
	echo "int x;" >src/errors.csv && sum=$(sha256sum <$file | cut -d " " -f 1) &&
	cat >$doc <<-EOF2 && cat >$other <<-\EOF2 && commit_all && git tag before
	---
	schema: 1
	title: The disk was full
	status: draft
	evidence: [{file: 2026-11-01-disk/errors.csv, sha256: $sum, source: nginx}]
	---
	# The disk was full

	![graph](2026-11-01-disk/a%20graph.svg)
	EOF2
	---
	schema: 1
	title: Something else
	status: draft
	---
	# Something else

	Words.
	EOF2
'

changed="$doc:5:55: warning: evidence '2026-11-01-disk/errors.csv' is not what it was"

# judged TEXT COMMAND...: one finding, and of one document only.
judged()
{
	pm_text=$1
	shift
	run 0 "$@" && has out "$pm_text" && test "$(wc -l <out)" = 1 &&
		has err "pm: 1 document: 0 errors, 1 warning"
}

test_expect_success 'evidence that changed, in each later state' '
	echo "10:02,0" >$file && judged "$changed" pm check --since HEAD &&
	git add -A && judged "$changed" pm check --since HEAD &&
	judged "$changed" pm check --since HEAD --staged &&
	git commit -qm forged && judged "$changed" pm check --since before &&
	judged "$changed" pm check --since before --at HEAD &&
	git branch forged && git reset -q --hard before
'

test_expect_success 'evidence that went, and what a link leads to' '
	git rm -q $file && judged "evidence-missing" pm check --since HEAD &&
	git reset -q --hard && rm $file && judged "evidence-missing" pm check --since HEAD &&
	git reset -q --hard && git mv "${file%/*}/a graph.svg" ${file%/*}/graph.svg &&
	judged "link-broken" pm check --since HEAD --staged &&
	git commit -qm moved && judged "link-broken" pm check --since before --at HEAD &&
	git reset -q --hard before
'

test_expect_success 'what was wrong before is not new' '
	git checkout -q -b wrong forged && echo "10:02,1" >$file && commit_all &&
	run 0 pm check --since forged && has err "1 document: " && git checkout -q --detach before
'

test_expect_success 'other files cost nothing, new ones neither' '
	echo "int y;" >src/errors.csv && echo new >${file%/*}/new.csv && git add -A &&
	said 0 "" pm check --since HEAD && has err "pm: 0 documents:" &&
	said 0 "" pm check --since HEAD --staged && has err "pm: 0 documents:" &&
	git reset -q --hard && touch $file && said 0 "" pm check --since HEAD &&
	has err "pm: 0 documents:"
'

test_expect_success 'many files at once' '
	for i in 1 2 3 4 5 6 7 8 9 10 11 12
	do
		echo $i >${file%/*}/"file $i.csv" && echo $i >${file%/*}/$i.csv || return 1
	done && commit_all && git rm -q ${file%/*}/*.csv &&
	run 0 pm check --since HEAD --staged && has out "[evidence-missing]" &&
	git reset -q --hard before
'

test_expect_success 'pm review tells of it, a server refuses it' '
	echo "10:02,0" >$file && run 0 pm review && has out "$doc:5: * warning: evidence" &&
	git reset -q --hard && sed -i "s/^status: draft/status: review/" $doc && commit_all &&
	git init -q --bare ../server.git && (cd ../server.git && pm hook install) &&
	git push -q ../server.git HEAD:refs/heads/main && git checkout -q -b slip &&
	echo "10:02,0" >$file && commit_all &&
	run 1 git push ../server.git HEAD:refs/heads/main &&
	has err "2026-11-01-disk.md:5:55: error: evidence"
'

test_done
