#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm check --since judges what a branch changes, and what is new in it'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/since.sh"

one=postmortems/2026/2026-01-01-one.md
two=postmortems/2026/2026-01-02-two.md
three=postmortems/2026/2026-01-03-three.md
four=postmortems/2026/2026-01-04-four.md
owner='error: action A1 has no owner [action-owner]'
why="('pm explain RULE' says why)"

# gone FILE: what is said of a link to it.
gone()
{
	echo "warning: link '$1' leads nowhere: there is no such file [link-broken]"
}
twice="postmortems/2025/2026-01-03-three.md:3:5: error: '$three' has the same id [id-duplicate]"

test_expect_success 'nothing changed, nothing judged' '
	mkdir repo && cd repo && make_history &&
	said 1 "$one:10:5: $owner" pm check &&
	said 0 "" pm check --since main && ends "0 documents: 0 errors, 0 warnings" &&
	said 0 "" pm check --since HEAD --staged &&
	said 0 "" pm check --since HEAD --at HEAD
'

test_expect_success 'an old finding in a document that changes is left out, where its line went' '
	sed -i "4i # remarks\n# of two lines" $one && said 0 "" pm check --since main &&
	ends "1 document: 0 errors, 0 warnings, 1 old left out" &&
	said 0 "$one:12:5: note: action A1 has no owner [action-owner]" \
		pm check --since main --all &&
	ends "1 document: 0 errors, 0 warnings"
'

test_expect_success 'a new finding is told, the same one twice is one new' '
	sed -i "/A1/p" $one && sed -i "0,/A1/s/A1/A2/" $one &&
	said 1 "$one:12:5: error: action A2 has no owner [action-owner]" pm check --since main &&
	ends "1 document: 1 error, 0 warnings, 1 old left out $why" &&
	echo "See [it](gone.md)." >>$one && commit_all && echo "See [it](gone.md)." >>$one &&
	said 1 "$one:12:5: error: action A2 has no owner [action-owner]
$one:20:10: $(gone gone.md)
$one:21:10: $(gone gone.md)" pm check --since main &&
	said 0 "$one:21:10: $(gone gone.md)" \
		pm check --since HEAD
'

test_expect_success 'work tree, index and revision are three later states' '
	git checkout -q -f && paper 2026/2026-01-04-four </dev/null &&
	said 1 "$four:10:5: $owner" \
		pm check --since HEAD &&
	said 0 "" pm check --since HEAD --staged && git add . &&
	said 1 "$four:10:5: $owner" \
		pm check --since HEAD --staged &&
	said 0 "" pm check --since HEAD --at HEAD &&
	run 1 pm check --since main --at HEAD && has_not out four && has out "A2 has no owner"
'

test_expect_success 'named documents narrow it down' '
	said 1 "$four:10:5: $owner" \
		pm check --since main four && said 0 "" pm check --since main three &&
	ends "0 documents: 0 errors, 0 warnings"
'

test_expect_success 'what happened on the other side since is not the change'\''s' '
	git commit -qm 4 && git checkout -q main && paper 2026/2026-01-05-five </dev/null &&
	commit_all && git checkout -q topic && run 1 pm check --since main &&
	has out four && has_not out five && has_not out "$two"
'

test_expect_success 'a level that rises with the status is new' '
	git checkout -q -b levels main && small_policy <<-\EOF &&
	  link-broken: {draft: warning, final: error}
	EOF
	echo "[a](gone.md)" | paper 2026/2026-02-01-l bo && commit_all && git tag before &&
	sed -i "s/status: draft/status: final/" postmortems/2026/2026-02-01-l.md &&
	run 1 pm check --since before &&
	has out "2026-02-01-l.md:17:5: error: link" && git checkout -q -f topic
'

test_expect_success 'a moved document keeps its past, those that speak of it are judged' '
	git checkout -q -b move main && mkdir postmortems/old && git mv $one postmortems/old/ &&
	said 0 "$two:17:11: $(gone 2026-01-01-one.md)" \
		pm check --since main &&
	ends "2 documents: 0 errors, 1 warning, 1 old left out $why" &&
	said 0 "$two:17:11: $(gone 2026-01-01-one.md)" \
		pm check --since main --staged &&
	git commit -qm moved &&
	said 0 "$two:17:11: $(gone 2026-01-01-one.md)" \
		pm check --since main --at HEAD &&
	sed -i "s,(2026,(../old/2026," $two && said 0 "" pm check --since main &&
	ends "2 documents: 0 errors, 0 warnings, 1 old left out"
'

test_expect_success 'a removed document: those that speak of it' '
	git checkout -q -f -b removal main && rm $one &&
	said 0 "$two:17:11: $(gone 2026-01-01-one.md)" \
		pm check --since main &&
	ends "1 document: 0 errors, 1 warning $why" &&
	git checkout -q $one
'

test_expect_success 'an id that is taken already' '
	mkdir postmortems/2025 && paper 2025/2026-01-03-three bo </dev/null && git add . &&
	for state in "" --staged
	do
		said 1 "$twice" \
			pm check --since main $state || return 1
	done &&
	git commit -qm twice &&
	said 1 "$twice" \
		pm check --since main --at HEAD &&
	echo more >>$three && said 0 "" pm check --since HEAD
'

test_expect_success 'the earlier version is judged by the present policy' '
	git checkout -q -f -b policy main && echo "  action-owner: warning" >>.pm/policy.yaml &&
	commit_all && echo >>$one && said 0 "" pm check --since main &&
	ends "1 document: 0 errors, 0 warnings, 1 old left out" &&
	printf "documnts: []\n" >.pm/policy.yaml && commit_all && git tag wrong &&
	git checkout -q main -- .pm && said 0 "" pm check --since wrong
'

test_expect_success 'an earlier version that nobody can read is no excuse and no blame' '
	git checkout -q -f -b hostile main && head -c 400000 /dev/zero | tr "\0" x >>$two &&
	commit_all && git tag large && git checkout -q main -- $two &&
	said 0 "" pm check --since large &&
	ends "1 document: 0 errors, 0 warnings" && git checkout -q -f large &&
	run 1 pm check --since main && has out "$two:1:1: error: the document is larger"
'

test_expect_success 'formats and counts' '
	git checkout -q -f topic && run 1 pm check --since main --format json &&
	has out "\"documents\": 2, \"errors\": 2, \"warnings\": 1, \"waived\": 0, " &&
	has out "\"old\": 1, \"baseline\": 0, \"not_shown\": 0}" &&
	run 1 pm check --since main --all --format json &&
	has out "\"old\": 0, " && has out "\"level\": \"note\""
'

test_expect_success 'a work tree below, a linked one, a bare repository' '
	(cd postmortems && run 1 pm check --since main &&
	has out "2026/2026-01-04-four.md:10:5:") &&
	git worktree add -q ../linked topic~0 && run 1 pm -C ../linked check --since main &&
	has out four && git clone -q --bare . ../bare.git &&
	run 1 pm -C ../bare.git check --since main --at topic && has out four &&
	has_not out five
'

test_expect_success 'wrong use' '
	run 2 pm check --all && has err "goes with '\''--since'\''" &&
	run 2 pm check --since main --staged --at HEAD && has err "two different states" &&
	run 3 pm check --since nosuch && has err "no revision '\''nosuch'\''" &&
	git checkout -q --orphan alone && git commit -qm alone && run 2 pm check --since main &&
	has err "have no commit in common (without --since every document is checked)" &&
	run 2 pm review main...HEAD &&
	has err "have no commit in common (with two dots they are compared as they are)"
'

test_expect_success 'two branches that were merged into each other' '
	git checkout -q -f -B left main && paper 2026/2026-03-01-left </dev/null && commit_all &&
	git checkout -q -B right main && paper 2026/2026-03-02-right bo </dev/null &&
	commit_all && was=$(git rev-parse right) && git merge -q -m m1 left &&
	git checkout -q left && git merge -q -m m2 $was && git checkout -q right &&
	paper 2026/2026-03-03-new </dev/null && commit_all &&
	run 1 pm check --since left && has out 2026-03-03-new.md &&
	has err "were merged crosswise" && has err "(merge '\''left'\'' into" &&
	git merge -q -m m3 left && run 1 pm check --since left &&
	has_not err crosswise && has out 2026-03-03-new.md && test "$(wc -l <out)" = 1
'

test_done
