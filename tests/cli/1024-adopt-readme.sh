#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm adopt: the README of a directory that is one incident'
. "$(dirname "$0")/lib.sh"

incident()
{
	mkdir -p "$(dirname "$1")" && printf "%s\n" "# Queue outage" "" "## Timeline (UTC)" "" \
		"- 2024-01-01 10:00 broke" "" "## Action items" "" "- [ ] Add alert" >"$1"
}

test_expect_success 'it is a post-mortem, the README above is none' '
	make_repo repo && cd repo && printf "%s\n" out err >.git/info/exclude &&
	incident postmortems/2024-01-01-q/README.md &&
	echo "# Log" >postmortems/2024-01-01-q/log.md &&
	printf "%s\n" "# How we write" "" "## Timeline" "" "## Action items" \
		>postmortems/README.md &&
	echo "# Project" >README.md && run 0 pm adopt &&
	has out "1 post-mortem among 4 Markdown files" && has out "3 near it, taken for none:" &&
	has out "postmortems/2024-01-01-q/log.md" && run 0 pm list && has out "2024-01-01-q" &&
	run 0 pm check && has err "1 document:" && has_not .pm/policy.yaml "**/README.md" &&
	has .pm/policy.yaml "  - \"postmortems/2024-01-01-q/log.md\""
'

test_expect_success 'so it is with --all, by its directory, by its name' '
	for arg in --all postmortems postmortems/2024-01-01-q/README.md postmortems/README.md
	do
		rm -r .pm && run 0 pm adopt $arg && run 0 pm check && has_not err "0 documents" ||
			return 1
	done && run 0 pm list && has out postmortems
'

test_expect_success 'among several the directory is covered, and other READMEs left out' '
	incident postmortems/2024-02-02-r/README.md && rm -r .pm && run 0 pm adopt &&
	has out "    postmortems/**/*.md" && has .pm/policy.yaml "  - \"postmortems/README.md\"" &&
	run 0 pm check && has err "2 documents:"
'

test_expect_success 'of many others, those beside the documents are told' '
	for n in 1 2 3 4 5 6
	do
		echo "# page" >$n.md && echo "# note" >postmortems/2024-02-02-r/n$n.md || return 1
	done && rm -r .pm && run 0 pm adopt && has out "7 near them, taken for none:" &&
	has out "    and 2 more" && has_not out "    1.md"
'

test_done
