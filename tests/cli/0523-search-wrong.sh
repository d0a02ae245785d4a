#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm search and list: a wrong query prints no result'
. "$(dirname "$0")/lib.sh"

test_expect_success 'nothing on stdout, the place on stderr' '
	make_repo repo && cd repo && mkdir postmortems &&
	echo "# Zebra" >postmortems/2026-11-01-zebra.md && commit_all &&
	for command in search list
	do
		for query in severity:SEV9 nosuch:field "\"open"
		do
			run 2 pm $command --format json "$query" && test ! -s out &&
				grep "^    *\^$" err || return 1
		done
	done
'

test_expect_success 'no match is an empty list' '
	run 1 pm search --format json walrus && jq -e ".schema == 1 and .results == []" out &&
	run 1 pm list --format json walrus && jq -e ".schema == 1 and .documents == []" out
'

test_done
