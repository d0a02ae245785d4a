#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm adopt: a document without a suffix is told of'
. "$(dirname "$0")/lib.sh"

incident()
{
	printf "%s\n" "# Queue outage" "" "## Timeline (UTC)" "" "- 2024-01-01 10:00 broke" \
		"- 2024-01-01 11:00 mended" "" "## Action items" "" "- [ ] Add alert" >"$1"
}

test_expect_success 'beside documents, by its number' '
	make_repo repo && cd repo && printf "%s\n" out err "*-008*" >.git/info/exclude &&
	incident "PM2022-001 - Disk.md" && incident "PM2022-009 - Bad AMI" &&
	incident "PM2022-008 - Ignored" && echo all: >Makefile && echo x >LICENSE &&
	run 0 pm adopt && has out "1 not looked at, without the suffix .md" &&
	has out "    PM2022-009 - Bad AMI" && has_not out LICENSE && has_not out "-008"
'

test_expect_success 'one that is named' '
	rm -r .pm && run 1 pm adopt "PM2022-009 - Bad AMI" && has out "    PM2022-009 - Bad AMI" &&
	has err "by its suffix, .md, pm knows one" && has_not err "what Git ignores" &&
	run 1 pm adopt LICENSE && has err "by its suffix" &&
	mv "PM2022-009 - Bad AMI" PM2022-009.md &&
	run 0 pm adopt && has_not out "without the suffix"
'

test_done
