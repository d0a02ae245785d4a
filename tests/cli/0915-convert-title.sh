#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm adopt --convert takes a severity from a title that sets it off'
. "$(dirname "$0")/lib.sh"

# title TEXT: the severity that a document of this title is given.
title()
{
	rm -rf postmortems/* && printf "# %s\n\n## Impact\n\nNone.\n" "$1" >postmortems/a.md &&
	run 0 pm adopt --convert && sed -n "s/^severity: //p" postmortems/a.md >severity
}

test_expect_success 'a grade between signs is one' '
	make_repo repo && cd repo && mkdir postmortems &&
	for text in "[P1] Mail is down" "P1: mail is down" "Mail is down (P1)" \
		"Outage | P1 | mail"; do
		title "$text" && echo P1 >want && test_cmp want severity || return 1
	done &&
	title "SEV-2: mail is late" && echo SEV-2 >want && test_cmp want severity
'

test_expect_success 'words, other names and two grades are none' '
	for text in "P1 of the pager was lost" "[S3] bucket gone" "Critical: mail" \
		"[P1] Mail, then (P2) more" "P1" "[P9] Mail" "Model P1: recalled"; do
		title "$text" && test_must_be_empty severity || return 1
	done
'

test_expect_success 'a line that states it says more than the title' '
	rm -rf postmortems/* && printf "# [P1] Mail\n\n**Severity:** SEV3\n" >postmortems/a.md &&
	run 0 pm adopt --convert && has postmortems/a.md "severity: SEV3"
'

test_done
