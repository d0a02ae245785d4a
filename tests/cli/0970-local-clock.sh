#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='a clock without an offset is the one that people had that day'
. "$(dirname "$0")/lib.sh"

# One hour ahead of UTC, two in summer, by the rule itself: no file of zones.
TZ='CET-1CEST,M3.5.0,M10.5.0/3'
export TZ

test_expect_success 'a repository' '
	make_repo repo && cd repo
'

# started NOW TYPED WRITTEN: at NOW pm new --started TYPED writes WRITTEN.
started() {
	PM_NOW=$1 run 0 pm new --no-input --started "$2" "At $1 $2" &&
	has "$(cat out)" "  started: $3"
}

test_expect_success 'in winter the summer is written as it was' '
	started 2026-11-22T12:00Z "2026-07-01 10:02" 2026-07-01T10:02+02:00 &&
	started 2026-11-22T12:00Z "2026-11-21 10:02" 2026-11-21T10:02+01:00
'

test_expect_success 'in summer so is the winter' '
	started 2026-07-22T12:00Z "2026-01-10 10:02" 2026-01-10T10:02+01:00 &&
	started 2026-07-22T12:00Z "2026-07-10 10:02" 2026-07-10T10:02+02:00
'

test_expect_success 'the day before clocks are changed is no hour off' '
	started 2026-10-25T05:00Z 22:30 2026-10-24T22:30+02:00 &&
	started 2026-10-25T05:00Z -9h 2026-10-24T22:00+02:00 &&
	started 2026-03-29T05:00Z 22:30 2026-03-28T22:30+01:00
'

test_expect_success 'the hours around the change' '
	started 2026-10-26T05:00Z "2026-10-25 01:59" 2026-10-25T01:59+02:00 &&
	started 2026-10-26T05:00Z "2026-10-25 03:00" 2026-10-25T03:00+01:00 &&
	started 2026-03-30T05:00Z "2026-03-29 01:59" 2026-03-29T01:59+01:00 &&
	started 2026-03-30T05:00Z "2026-03-29 03:00" 2026-03-29T03:00+02:00
'

test_expect_success 'an offset that is typed stays' '
	started 2026-11-22T12:00Z 2026-07-01T10:02Z 2026-07-01T10:02Z &&
	started 2026-11-22T12:00Z 2026-07-01T10:02-05:00 2026-07-01T10:02-05:00
'

test_expect_success 'a zone that no time can be written in is taken for UTC' '
	TZ=odd+24 started 2026-11-22T12:00Z 10:02 2026-11-22T10:02Z &&
	TZ=odd-24:30 started 2026-11-22T12:00Z 10:03 2026-11-22T10:03Z
'

test_done
