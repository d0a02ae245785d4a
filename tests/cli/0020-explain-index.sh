#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm explain teaches every rule; pm index looks after itself'
. "$(dirname "$0")/lib.sh"

test_expect_success 'pm explain lists the rules' '
	run 0 pm explain &&
	pm completion --words rules >rules &&
	test "$(wc -l <rules)" -ge 29 &&
	test "$(wc -l <rules)" = "$(wc -l <out)"
'

test_expect_success 'every rule has step, levels, reason, wrong and right' '
	while read -r rule
	do
		run 0 pm explain "$rule" &&
		for part in "step: " "level: " why wrong right
		do
			grep -q "^$part" out || return 1
		done || return 1
	done <rules
'

test_expect_success 'a mistyped rule gets the nearest right one' '
	run 2 pm explain action-ownr &&
	has err "action-owner"
'

test_expect_success 'pm index says what it did' '
	make_repo repo && cd repo && mkdir postmortems &&
	cp "$PM_CASES"/example/*.md postmortems/ && commit_all &&
	run 0 pm index && echo "1 document indexed, 1 new, 0 removed" >want &&
	test_cmp want out &&
	run 0 pm index && echo "1 document indexed, 0 new, 0 removed" >want &&
	test_cmp want out &&
	run 0 pm index --rebuild && has out "1 new" &&
	run 0 pm index --verify && has out "agrees"
'

test_expect_success 'the index is in the Git directory, never in the tree' '
	run 0 pm index --path &&
	echo "$(pwd -P)/.git/pm/index.db" >want && test_cmp want out &&
	git status --porcelain >out && ! grep -v "^?? \(out\|err\|want\)$" out
'

test_expect_success '--format text is the default' '
	pm list >want && pm list --format text >out && test_cmp want out
'

test_done
