#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# --max-findings cuts what weighs least, wherever it stands.

test_description='pm check --max-findings keeps the worst'
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

test_expect_success 'the first document has warnings, the last one an error' '
	make_repo && mkdir postmortems && printf "out\nerr\nall\n" >>.git/info/exclude &&
	for d in a b z
	do
		sed "s/2026-11-22-checkout-500s/2026-11-22-$d/" \
			"$PM_CASES/example/2026-11-22-checkout-500s.md" \
			>postmortems/2026-11-22-$d.md || return 1
	done &&
	printf "\nIt was human error.\n\n[^n]: x\n" >>postmortems/2026-11-22-a.md &&
	sed -i "s/^    owner: .*//" postmortems/2026-11-22-z.md &&
	commit_all && run 1 pm check && cp out all &&
	grep -q "a.md.*: warning: " all && grep -q "z.md.*: error: .*action-owner" all
'

test_expect_success 'the errors stay, in the order of paths' '
	n=$(grep -c ": error: " all) && test "$n" -gt 0 && test "$n" -lt "$(wc -l <all)" &&
	grep ": error: " all >want &&
	run 1 pm check --max-findings "$n" && test_cmp want out &&
	has err "$(($(wc -l <all) - n)) of $(wc -l <all) findings are not shown" &&
	grep -v ": error: " all | head -n 1 >first && cat first want >want1 &&
	run 1 pm check --max-findings "$((n + 1))" && test_cmp want1 out &&
	run 1 pm check --max-findings 1 && head -n 1 want >want1 && test_cmp want1 out &&
	run 1 pm check --max-findings 1 --format json && jq -e ".findings | length == 1" out &&
	jq -e ".errors == $n" out
'

test_done
