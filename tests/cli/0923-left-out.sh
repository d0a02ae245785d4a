#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='documents that a sparse checkout leaves out are not passed over in silence'
. "$(dirname "$0")/lib.sh"

left="pm: 1 document is left out by the sparse checkout and not looked at ('--at HEAD' reads it)"

test_expect_success 'set up' '
	mkdir repo && cd repo && git init -q && mkdir -p postmortems/old postmortems/new &&
	cp "$PM_CASES"/example/*.md postmortems/new/ &&
	sed -e "s/2026-11-22-checkout-500s/2026-11-22-second/" \
		-e "s/\"@bo\"/\"\"/" "$PM_CASES"/example/*.md \
		>postmortems/old/2026-11-22-second.md &&
	printf "out\nerr\nwant\n" >.git/info/exclude && commit_all &&
	run 1 pm check && has_not err sparse && has out "second.md:" &&
	has out "[action-owner]"
'

# hazard: 7 8
test_expect_success 'check and status say so, what is asked by name does not' '
	for index in --no-sparse-index --sparse-index
	do
		git sparse-checkout set --cone $index postmortems/new &&
			run 0 pm check && test_must_be_empty out && has err "$left" &&
			has err "pm: 1 document: 0 errors" &&
			run 0 pm status && has err "$left" &&
			run 0 pm check checkout-500s && has_not err sparse &&
			run 1 pm check --at HEAD && has_not err sparse &&
			run 1 pm check --staged && has_not err sparse &&
			run 0 pm check --since HEAD && has_not err sparse || return 1
	done
'

test_done
