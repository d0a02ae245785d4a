#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='what pm explain says to write can be written'
. "$(dirname "$0")/lib.sh"

test_expect_success 'the policy of every rule is read as it is shown' '
	make_repo repo && cd repo && mkdir -p .pm postmortems &&
	pm completion --words rules >rules && test -s rules &&
	while read -r rule
	do
		run 0 pm explain "$rule" &&
		sed -n "/^another level.*\.pm\/policy\.yaml$/{n;s/^    //p}" out >.pm/policy.yaml &&
		grep -q "$rule" .pm/policy.yaml && run 0 pm check || return 1
	done <rules && rm .pm/policy.yaml
'

# Whether anything needs them or not; the reason is to be the own one.
test_expect_success 'the waivers of every rule are read as they are shown' '
	while read -r rule
	do
		pm explain "$rule" >out &&
		if grep -q "^no document can waive it$" out
		then
			echo "$rule" >>strict ; continue
		fi &&
		{
			echo "---" &&
			sed -n "s/^    \(allow: .*\)/\1/p" out &&
			echo "---" && echo &&
			sed -n "s/^    \(<!-- pm: allow .*\)/\1/p" out &&
			echo "# It broke"
		} >postmortems/2026-11-22-it-broke.md &&
		test "$(grep -c "$rule: why\|$rule, .*reason" postmortems/*.md)" = 2 &&
		sed -i "s/why it is accepted/known since May/" postmortems/*.md &&
		{ pm check --format json >out || test $? = 1; } &&
		! grep "\"waiver-\(invalid\|reason\)\"" out || return 1
	done <rules
'

test_expect_success 'some rules take no waiver' '
	grep -x front-matter-syntax strict && grep -x waiver-unused strict &&
	! grep -x action-owner strict
'

test_expect_success 'a level that is the same in every status is said once' '
	run 0 pm explain action-owner && has out "level: error in every status" &&
	run 0 pm explain approval-missing &&
	has out "level: off in draft, note in review, error in final"
'

test_done
