#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='a team is known by its slash or by the policy'
. "$(dirname "$0")/lib.sh"

doc=postmortems/2026-11-22-checkout-500s.md

# owner TEXT: checks the example with that owner of its action.
owner()
{
	sed "s,^    owner: .*,    owner: \"$1\"," "$PM_CASES"/example/*.md >$doc &&
		run "$2" pm check
}

test_expect_success 'set up' '
	mkdir repo && cd repo && git init -q && mkdir postmortems .pm &&
	cat >.pm/policy.yaml <<-\EOF
	action_owner_person: true
	departments: [customer-support, web-development]
	services:
	  - {name: checkout, team: "@SRE-Team", department: web-development}
	EOF
'

test_expect_success 'a team is no person' '
	for team in @org/team @sre-team SRE-team customer-support @Web-Development
	do
		owner $team 1 && has out ":31:12: error: action A1 belongs to the team" &&
			has out "[action-owner-group]" || return 1
	done
'

test_expect_success 'a person is, and so may an address be; without the setting, all' '
	owner @bo 0 && owner sre@example.org 0 && owner @checkout 0 &&
	sed -i 1d .pm/policy.yaml && owner @sre-team 0 && owner @org/team 0
'

test_done
