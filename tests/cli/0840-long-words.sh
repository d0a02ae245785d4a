#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='rules that look at words stay quick in a long document'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

# A quarter of a million bytes of this word; what takes more than a second of
# processor time is a finding of its own.
quick()
{
	doc 2026-11-22-long </dev/null &&
	awk -v word="$1" 'BEGIN { for (n = 0; n < 250000; n += length(word))
		printf "%s", word; print "" }' >>postmortems/2026-11-22-long.md &&
	run "$2" pm check && ! grep document-too-complex out
}

test_expect_success 'digits without an end' '
	make_repo repo && cd repo &&
	quick 1 0 && quick "1 " 0 && quick "4111 " 0 && quick 1. 0
'

test_expect_success 'addresses in code, in one paragraph' '
	quick "\`a@b.cc\` " 0
'

test_expect_success 'judgements in code and in quotation marks' '
	quick "\`obviously\` " 0 && quick "\"obviously\" " 0 &&
	quick "the engineer should have " 0
'

test_done
