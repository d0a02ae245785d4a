#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='hostile text comes out inert, hostile documents stop nobody'
. "$(dirname "$0")/lib.sh"

ESC=$(printf '\033')
RLO=$(printf '\342\200\256')

test_expect_success 'a repository of nasty titles and names' '
	make_repo repo && cd repo && mkdir -p postmortems &&
	cat >postmortems/2026-01-01-nasty.md <<-EOF &&
	---
	title: "${ESC}[31mred ${RLO}cba ##[error]boom"
	owner: "::error::owner"
	severity: "::warning::x"
	---

	# ${ESC}]0;pwn ::add-mask::x

	::error file=a.md::boom

	## Timeline

	- ::error::here ${ESC}[2J
	EOF
	cp postmortems/2026-01-01-nasty.md "postmortems/e${ESC}[31m.md" &&
	cp postmortems/2026-01-01-nasty.md "postmortems/::error::x.md" &&
	cp postmortems/2026-01-01-nasty.md "::error::y.md" &&
	mkdir .pm && printf "documents: [\"**/*.md\"]\n" >.pm/policy.yaml &&
	commit_all
'

# Nothing that moves a cursor, reorders text, or starts a workflow command.
inert() {
	! LC_ALL=C grep -n "$ESC" "$1" >&2 &&
	! LC_ALL=C grep -n "$RLO" "$1" >&2 &&
	! grep -nE "^[[:space:]]*::" "$1" >&2 &&
	! grep -nF "##[" "$1" >&2
}

# hazard: 113 114 115 116
test_expect_success 'check, list, show, search, json and messages are inert' '
	for args in "check" "check --format json" "list" "list --format json" \
		"show 2026-01-01-nasty" "show --format json 2026-01-01-nasty" \
		"show no${ESC}such" "search boom" "search --format json boom" \
		"search ${ESC}x:y" "explain ${ESC}x" "list ::error::"
	do
		pm $args >out 2>err
		test $? -le 3 && inert out && inert err || {
			echo "pm $args" >&2
			return 1
		}
	done
'

test_expect_success 'colour is the only escape there is' '
	pm check --color=always >out 2>err ;
	sed "s/${ESC}\[[0-9;]*m//g" out >plain && inert plain
'

# hazard: 78 89
test_expect_success 'a document made to stall the parser is a finding' '
	awk "BEGIN { n = 2000; cell = \"x|\"; for (row = 0; row < 2; row++) {
		printf \"|\"; for (i = 0; i < n; i++) printf cell
		printf \"\\n\"; cell = \"-|\" }
		for (i = 0; i < n; i++) print \"|x|\" }" >postmortems/2026-02-02-stall.md &&
	test "$(wc -c <postmortems/2026-02-02-stall.md)" -le 16384 &&
	start=$(date +%s) &&
	pm check >out 2>err ;
	end=$(date +%s) &&
	grep "2026-02-02-stall.md:1:1: error: .*\[document-too-complex\]" out &&
	grep "2026-01-01-nasty.md:" out &&
	test $((end - start)) -le 3
'

# hazard: 76
test_expect_success 'a document that is too large is a finding' '
	awk "BEGIN { for (i = 0; i < 40000; i++) print \"some words\" }" \
		>postmortems/2026-02-03-large.md &&
	pm check postmortems/2026-02-03-large.md >out ;
	has out "[document-too-complex]" && has out 256
'

test_done
