#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='a review says once what a change does, and only what it does'
. "$(dirname "$0")/lib.sh"

doc=postmortems/2026-11-22-checkout-500s.md

# changed SED: the review of the example with these lines changed; out holds
# what stands behind the path.
changed()
{
	git checkout -q . && sed -i "$1" $doc && run 0 pm review &&
		sed -n "s/^[^ ]*: \([-!*] \)/\1/p" out >got && mv got out
}

test_expect_success 'set up' '
	mkdir repo && cd repo && git init -q && mkdir postmortems &&
	cp "$PM_CASES"/example/* postmortems/ &&
	printf "out\nerr\nwant\ngot\n" >.git/info/exclude && commit_all
'

test_expect_success 'an action that loses its owner, or its day, is one thing' '
	changed "s/^    owner: \"@bo\"/    owner: \"\"/" &&
	cat >want <<-\EOF &&
	! action A1 has no owner any more: it was @bo
	- error: action A1 has no owner [action-owner]
	EOF
	test_cmp want out && changed "/^    due: /d" &&
	cat >want <<-\EOF &&
	! action A1 due: 2026-12-05 -> none
	- error: action A1 has no due date [action-due]
	EOF
	test_cmp want out
'

test_expect_success 'one that never had an owner is another thing' '
	second="{id: A2, title: Add the shard, type: prevent, due: 2026-12-05}" &&
	changed "/^    due: /d; s/^    addresses: .*/&\n  - $second/" &&
	has out "! error: action A2 has no owner [action-owner]" &&
	has out "- error: action A1 has no due date [action-due]"
'

test_expect_success 'a severity that is none was not lowered' '
	changed "s/^severity: .*/severity: SEVX/" &&
	has out "! severity: SEV2 -> SEVX, which the policy does not list" &&
	has_not out lowered && changed "s/^severity: .*/severity: SEV3/" &&
	has out "! severity lowered: SEV2 -> SEV3" &&
	changed "/^severity: /d" && has out "! severity: SEV2 -> none" &&
	has_not out "does not list"
'

test_done
