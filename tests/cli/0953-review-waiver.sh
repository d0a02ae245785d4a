#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm review tells of waivers that hold longer, and of what is said of evidence'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

doc=postmortems/2026-11-01-disk.md

test_expect_success 'a document with a waiver and evidence' '
	make_repo repo && cd repo && printf "out\nerr\nwant\ngot\n" >.git/info/exclude &&
	doc 2026-11-01-disk <<-\EOF2 && commit_all
	allow: [{rule: link-broken, reason: gone, by: "@ana", until: 2027-01-01}]
	evidence:
	  - {file: https://x/e, source: nginx, from: 2026-11-01T10:00Z, to: 2026-11-01T11:00Z}
	EOF2
'

# told EDIT LINE...: the changes that pm review tells after the edit, and their
# weights; what findings say is left out.
told()
{
	sed -i "$1" $doc && shift && printf "%s\n" "$@" >want && run 0 pm review &&
		sed -n "1d; s,^$doc:[0-9]*: ,,p" out | grep -v "\[waiver-" >got &&
		test_cmp want got && git checkout -q .
}

test_expect_success 'a waiver that holds longer comes first' '
	told "s/until: 2027/until: 2028/" \
		"! waives link-broken until: 2027-01-01 -> 2028-01-01" &&
	told "s/, until: 2027-01-01//" "! waives link-broken until: 2027-01-01 -> no end" &&
	told "s/until: 2027-01/until: 2026-12/" \
		"* waives link-broken until: 2027-01-01 -> 2026-12-01" &&
	told "s/by: \"@ana\"/by: \"@cy\"/" "* waives link-broken by: @ana -> @cy" &&
	told "s/, by: \"@ana\"//" "* waives link-broken by: @ana -> nobody"
'

test_expect_success 'what is said of evidence' '
	told "s/source: nginx/source: apache/" "* evidence https://x/e, source: nginx -> apache" &&
	told "s/from: 2026-11-01T10:00Z, //" \
		"* evidence https://x/e, from: 2026-11-01T10:00Z -> none" &&
	told "s/T11:00Z/T11:30Z/" \
		"* evidence https://x/e, to: 2026-11-01T11:00Z -> 2026-11-01T11:30Z"
'

test_done
