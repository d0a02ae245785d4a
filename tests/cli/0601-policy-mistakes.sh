#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='a slip in the settings of review and wording is told at its place'
. "$(dirname "$0")/lib.sh"

# wrong TEXT WORDS: with this policy pm stops and says the words.
wrong()
{
	printf '%s\n' "$1" >.pm/policy.yaml &&
		run 3 pm check && test_must_be_empty out && has err "$2"
}

test_expect_success 'nothing is checked with a policy that is wrong' '
	make_repo repo && cd repo && mkdir .pm &&
	wrong "working_days: [mon, thuu]" \
		".pm/policy.yaml:1:21: unknown day '\''thuu'\'' (did you mean '\''thu'\''?)" &&
	wrong "working_days: []" "names no day" &&
	wrong "holidays: [2026-13-01]" "1:12: '\''2026-13-01'\'' is not a day" &&
	wrong "status_transitions: {darft: [review]}" "did you mean '\''draft'\''?" &&
	wrong "approvers: \"@ana\"" "write: approvers: [\"@ana\"]" &&
	wrong "aprovers: [\"@ana\"]" "did you mean '\''approvers'\''?" &&
	wrong "action_owner_person: yes" "one of: true, false" &&
	wrong "wording: [{blame: [fault]}]" "has no language (write: language: ...)" &&
	wrong "severities: [{name: a, approvals: 1000}]" "from 0 to 100" &&
	wrong "severities: [{name: a, approvals: 2}]
approvers: [\"@ana\"]" "1:35: a asks for 2 approvals, and '\''approvers'\'' names 1"
'

test_expect_success 'the file of pm init is right, and so is none' '
	rm -rf .pm && run 0 pm init && run 0 pm check && rm -rf .pm && run 0 pm check
'

test_done
