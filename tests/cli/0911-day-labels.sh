#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='a day with a label before it dates the timeline below it'
. "$(dirname "$0")/lib.sh"

DOC=postmortems/2023-12-04-x.md

# days: the entries of the timeline that $DOC has.
days()
{
	run 0 pm show --format json $DOC && jq -r '.timeline.entries[].time' out >got
}

test_expect_success 'a label makes no difference to a day' '
	make_repo repo && cd repo && mkdir postmortems && echo 2023-11-22T08:42 >want &&
	for day in "**2023-11-22**" "**Date: 2023-11-22**" "Date: 2023-11-22" \
		"### Date: 2023-11-22" "#### Day 1 - 2023-11-22" "**Day 12: 22 November 2023**" \
		"*Datum*: 22.11.2023" "- Fecha: 2023-11-22" "__DATE__ – Wednesday, 2023-11-22"
	do
		printf "# X\n\n## Timeline\n\nall times are in UTC\n\n%s\n\n- 08:42 it began\n" \
			"$day" >$DOC && days && test_cmp want got || return 1
	done
'

test_expect_success 'words that are more than a label and a day are none' '
	echo 2023-12-04T08:42 >want &&
	for day in "Update: 2023-11-22" "Date of the report: 2023-11-22" "Day: 2023-13-40" \
		"Date: 2023-11-22 is when the disk was bought" "Date: TBD" "Date 2023-11-22x"
	do
		printf "# X\n\n## Timeline\n\nall times are in UTC\n\n%s\n\n- 08:42 it began\n" \
			"$day" >$DOC && days && test_cmp want got || return 1
	done
'

test_expect_success 'each dates what is below it' '
	cat >$DOC <<-\EOF && days && cat >want <<-\EOF && test_cmp want got
	# X

	## Timeline

	**Day 1: 2023-11-22**

	- 23:42 UTC it began

	**Day 3: 2023-11-24**

	- 08:42 UTC it ended
	EOF
	2023-11-22T23:42
	2023-11-24T08:42
	EOF
'

test_done
