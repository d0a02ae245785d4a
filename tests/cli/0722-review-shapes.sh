#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Documents that come, go, move or cannot be read; ranges; limits.

test_description='pm review in every shape of change'
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/cli/review.sh
. "$PM_ROOT/tests/cli/review.sh"

SQ="'"
ESC=$(printf '\033')

test_expect_success 'a repository without a commit has all its documents added' '
	git init -q . && printf "out\nerr\nmended\ngood\n" >>.git/info/exclude &&
	review_policy && checkout &&
	run 0 pm review &&
	has out "(added, review, SEV2)" && has out "new document: review, SEV2, 2 open" &&
	login && commit_all
'

test_expect_success 'a document that moved is compared with what it was' '
	mkdir postmortems/2026 &&
	git mv postmortems/2026-10-01-login.md postmortems/2026/ &&
	run 0 pm review && has out "(renamed, final, SEV2): 1 change" &&
	has out "2026/2026-10-01-login.md:1: * document renamed: it was postmortems/2026-10-01" &&
	mend 2026/2026-10-01-login "s/severity: SEV2/severity: SEV3/" &&
	run 0 pm review && has out ":7: ! severity lowered: SEV2 -> SEV3" &&
	run 0 pm review --format json &&
	jq -e ".documents[0] | .state == \"renamed\" and
		.old_path == \"postmortems/2026-10-01-login.md\"" out &&
	git reset -q --hard
'

test_expect_success 'a document that is removed takes its open actions along' '
	git rm -q postmortems/2026-11-22-checkout-500s.md &&
	run 0 pm review --staged &&
	has out "(removed, review, SEV2): 1 to look at first" &&
	has out "document removed: it was review, SEV2, 2 open actions" &&
	has out "(line 1 of the old version)" && git reset -q --hard
'

test_expect_success 'what a removal breaks in other documents is told' '
	echo "See [checkout](2026-11-22-checkout-500s.md)." \
		>>postmortems/2026-10-01-login.md && commit_all &&
	git rm -q postmortems/2026-11-22-checkout-500s.md &&
	run 0 pm review && grep "^postmortems/2026-10-01-login.md:.*link-broken" out &&
	has out "(unchanged, " && has err "1 other concerned, " &&
	has err "1 finding introduced, 0 mended" &&
	git reset -q --hard HEAD~1
'

test -x /usr/bin/script &&
	script -qec true /dev/null </dev/null >/dev/null 2>&1 &&
	test_set_prereq PTY

test_expect_success PTY 'a terminal gets colour, and lines that fit' '
	mend 2026-10-01-login "s/title: .*/title: Nobody at all could log in, the whole/" &&
	TERM=xterm PAGER=cat COLUMNS=60 script -qec "pm review" /dev/null \
		</dev/null >out &&
	tr -d "\r" <out | sed "s/$ESC\[[0-9;]*m//g" | grep -v "^pm:" >text &&
	grep "^      " text && ! grep "^.\{61\}" text && ! cmp -s out text &&
	test "$(head -n 1 text)" = postmortems/2026-10-01-login.md &&
	grep "^  [*]    4  title: " text &&
	test "$(grep -c postmortems/ text)" = 1 &&
	rm -f text && git reset -q --hard
'

test_expect_success 'an old version that is no text is said, not guessed at' '
	head -c 2000 /dev/zero >postmortems/2026-10-01-login.md && commit_all &&
	login && run 0 pm review &&
	has out " ! the old version cannot be read: " && has_not out "section" &&
	commit_all && head -c 2000 /dev/zero >postmortems/2026-10-01-login.md &&
	run 1 pm review --fail-level error &&
	has out " ! the new version cannot be read: " && git reset -q --hard
'

test_expect_success 'a version that is too large is said as well' '
	awk "BEGIN { for (i = 0; i < 40000; i++) print \"some words\" }" \
		>postmortems/2026-10-01-login.md && commit_all && login &&
	run 0 pm review && has out "the old version cannot be read: " &&
	git reset -q --hard HEAD~1
'

test_expect_success 'a policy that was wrong does not hinder, one that is does' '
	echo "severity: x" >.pm/policy.yaml && commit_all &&
	review_policy && mend 2026-10-01-login "s/severity: SEV2/severity: SEV3/" &&
	run 0 pm review && has out "severity lowered" && commit_all &&
	echo "severity: x" >.pm/policy.yaml &&
	run 3 pm review && has err ".pm/policy.yaml:1" && git reset -q --hard
'

test_expect_success 'a range that is none is wrong usage, or says what is missing' '
	run 3 pm review one two && has err "neither a document nor a range" &&
	run 2 pm review --staged HEAD~1..HEAD && has err "names the later state" &&
	run 3 pm review nosuch..HEAD && has err "nosuch" &&
	run 3 pm review HEAD..nosuch && has err "nosuch" &&
	run 2 pm review --format jsn && has err "did you mean ${SQ}json${SQ}" &&
	run 2 pm review --format sarif && has err "one of: text, markdown, json, html" &&
	run 2 pm review --max-size 10 && has err "at least 2000"
'

test_expect_success 'a clone that is too shallow does not say that nothing changed' '
	git checkout -q -b topic HEAD~2 && echo 1 >f && git add f && commit_all &&
	git clone -q --depth 1 --no-single-branch "file://$PWD" ../shallow 2>/dev/null &&
	run 3 pm -C ../shallow review origin/main...origin/topic &&
	test_must_be_empty out && has err "history ends before" &&
	git checkout -q main
'

# many N: so many documents, each with an alert, a change and something quiet.
many()
{
	for i in $(awk "BEGIN { for (i = 1; i <= $1; i++) printf \"%03d \", i }")
	do
		sed -e "s/2026-10-01-login/2026-10-01-login-$i/" good \
			>"postmortems/2026-10-01-login-$i.md" || return 1
	done
}

test_expect_success 'a comment is cut to its size, the worst is kept' '
	git clean -q -f && cp postmortems/2026-10-01-login.md good &&
	sed -i -e "s/status: final/status: draft/" -e "s/severity: .*/severity: SEV2/" \
		good && many 200 && commit_all &&
	sed -i -e "s/severity: SEV2/severity: SEV3/" \
		-e "s/due: 2026-12-20/due: 2026-12-27/" \
		-e "s/- {person/- {person: \"@cy\"}\n  - {person/" good && many 200 &&
	run 0 pm review --format markdown &&
		test "$(wc -c <out)" -le 65000 && test "$(wc -c <out)" -gt 60000 &&
	test "$(grep -c "severity lowered" out)" = 200 &&
	grep "more changes and 0 more documents are not listed" out &&
	run 0 pm review --format markdown --max-size 20000 &&
	test "$(wc -c <out)" -le 20000 && test "$(wc -c <out)" -gt 17000 &&
	test "$(head -n 1 out)" = "<!-- pm:review -->" &&
	has_not out "slipped" &&
	n=$(grep -c "severity lowered" out) &&
	grep " and $((200 - n)) more documents are not listed" out &&
	run 0 pm review --format html --max-size 20000 &&
	test "$(wc -c <out)" -le 20000 && tail -n 1 out | grep "^</html>" &&
	run 0 pm review --format markdown --max-size 32768 &&
	test "$(wc -c <out)" -le 32768
'

test_expect_success 'changes of one kind are counted beyond a hundred' '
	git reset -q --hard && git clean -q -f && login && {
		sed "/^## Impact/,\$d" postmortems/2026-10-01-login.md &&
		echo "## Timeline" && echo && echo "All times are UTC." && echo &&
		awk "BEGIN { for (i = 0; i < 400; i++) printf \
			\"- 2026-10-01 %02d:%02dZ step %d\\n\", 8 + i / 60, i % 60, i }"
	} >new && mv new postmortems/2026-10-01-login.md &&
	run 0 pm review && test "$(grep -c "timeline entry added" out)" = 100 &&
	has out "300 more changes of this kind (timeline-added) are not listed"
'

test_expect_success 'a bare repository has no work tree to compare, and says so' '
	git clone -q --bare . bare.git &&
	run 3 pm -C bare.git review && test_must_be_empty out &&
	has err "name a range: pm review BASE..HEAD" &&
	run 0 pm -C bare.git review HEAD~1..HEAD && run 0 pm -C bare.git review HEAD~1
'

test_done
