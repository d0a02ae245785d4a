#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm review tells of actions that have no id'
. "$(dirname "$0")/lib.sh"

doc=postmortems/2026-11-01-disk.md

test_expect_success 'a document whose actions stand in its body' '
	make_repo repo && cd repo && printf "out\nerr\nwant\ngot\n" >.git/info/exclude &&
	mkdir postmortems && cat >$doc <<-\EOF && commit_all
	# The disk was full

	## Action items

	| Action | Owner | Due | Status |
	| --- | --- | --- | --- |
	| Add a disk alert | @bo | 2026-12-01 | open |
	| Rotate the logs | @cy | 2026-12-02 | open |
	| Buy disks | @cy | 2026-12-03 | open |
	| Paint the rack | @cy | 2026-12-04 | rejected |
	| Mount it twice | @cy | 2026-12-05 | open |
	EOF
'

test_expect_success 'each is named once, and nothing is announced that does not come' '
	sed -i -e "/Add a disk/s/@bo/@dee/" -e "/Rotate/s/open/done/" -e "/Buy/d" \
		-e "/Paint/d" -e "/Mount/s/open/rejected/" $doc &&
	run 0 pm review && sed -n "s/^$(basename $doc .md).*//; s/^[^ ]* //p" out |
	grep "action " >got && cat >want <<-\EOF && test_cmp want got
	! action '\''Buy disks'\'' dropped while open (line 9 of the old version)
	! action '\''Rotate the logs'\'' closed without proof
	! action '\''Mount it twice'\'' rejected without a reason
	* action '\''Add a disk alert'\'' re-owned: @bo -> @dee
	* action '\''Paint the rack'\'' removed (it was rejected) (line 10 of the old version)
	EOF
'

test_done
