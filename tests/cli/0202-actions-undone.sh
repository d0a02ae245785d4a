#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='an action that is still to be owned is an action'
. "$(dirname "$0")/lib.sh"

test_expect_success 'TBD owners and TODO marks do not hide an action' '
	make_repo repo && cd repo && mkdir postmortems &&
	cat >postmortems/2026-01-02-pager.md <<-\EOF &&
	# The pager was silent

	## Action items

	- [ ] Fix the pager. Owner: TBD
	- [ ] Alert on the queue (owner: TBD)
	- TODO: write the runbook
	- TBD
	- [ ]

	| Action | Owner |
	|---|---|
	| Ring twice | TBD |
	| TBD | @bo |
	EOF
	run 1 pm check --format json &&
	jq -r ".findings[] | select(.rule == \"action-owner\") | .line" out >lines &&
	printf "%s\n" 5 6 7 13 >want && test_cmp want lines
'

test_done
