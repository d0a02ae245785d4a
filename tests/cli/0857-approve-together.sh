#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm approve and pm check --fix, several at once'
. "$(dirname "$0")/lib.sh"

doc=postmortems/2026-11-22-checkout-500s.md

test_expect_success 'nobody'\''s approval is lost' '
	make_repo && mkdir postmortems &&
	for round in 1 2 3
	do
		cp "$PM_CASES/example/2026-11-22-checkout-500s.md" $doc &&
		for who in cleo dee eve fay
		do
			pm approve --by "$who" $doc >"out.$who" 2>&1 &
		done
		wait
		for who in cleo dee eve fay
		do
			test "$(grep -c "{by: \"@$who\"" $doc)" = 1 || return 1
		done
	done
'

test_expect_success 'mending keeps what is approved meanwhile' '
	for round in 1 2 3
	do
		sed "s/^# Checkout.*/# Another/" \
			"$PM_CASES/example/2026-11-22-checkout-500s.md" >$doc &&
		{ pm approve --no-verify --by dee $doc >out.dee 2>&1 &
			pm check --fix >out.fix 2>&1; wait; }
		grep "{by: \"@dee\"" $doc && grep "^# Checkout" $doc || return 1
	done
'

command -v flock >/dev/null && test_set_prereq FLOCK

test_expect_success FLOCK 'one that hangs keeps nobody out for ever' '
	cp "$PM_CASES/example/2026-11-22-checkout-500s.md" $doc &&
	run 0 flock . pm approve --by dee $doc && grep "{by: \"@dee\"" $doc
'

test_done
