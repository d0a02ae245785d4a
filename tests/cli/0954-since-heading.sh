#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='a heading that is gone: links of other documents led there'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/since.sh"

one=postmortems/2026/2026-01-01-one.md
two=postmortems/2026/2026-01-02-two.md
broken="$two:17:11: warning: link '2026-01-01-one.md#what-else' leads nowhere: that document"
broken="$broken has no such heading [link-broken]"

test_expect_success 'a document that links to a heading of another' '
	mkdir repo && cd repo && make_history && printf "\n## What else\n\nMore.\n" >>$one &&
	paper 2026/2026-01-02-two bo <<-\EOF2 && commit_all && git tag before
	See [one](2026-01-01-one.md#what-else).
	EOF2
'

test_expect_success 'the heading has another name, in each later state' '
	sed -i "s/^## What else/## And more/" $one && said 0 "$broken" pm check --since HEAD &&
	git add -A && said 0 "$broken" pm check --since HEAD --staged && git commit -qm x &&
	said 0 "$broken" pm check --since before --at HEAD && git reset -q --hard before
'

test_expect_success 'one that is underlined' '
	printf "\nUnder it\n--------\n\nMore.\n" >>$one && sed -i "s/#what-else/#under-it/" $two &&
	commit_all && sed -i "s/^Under it/Below it/" $one && run 0 pm check --since HEAD &&
	has out "one.md#under-it" && git reset -q --hard before
'

test_expect_success 'a heading that stays, or that moves, costs nothing' '
	sed -i -e "s/^More\./Words./; s/^## What else/### What else ###/" \
		-e "s/^# The one/# Another/" $one &&
	said 0 "" pm check --since HEAD && has err "pm: 1 document:" && git reset -q --hard
'

test_expect_success 'what was broken before is not new' '
	sed -i "s/^## What else/## And more/" $one && commit_all &&
	sed -i "s/^## And more/## Less/" $one && said 0 "" pm check --since HEAD &&
	git reset -q --hard before
'

test_done
