#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='a document that cannot be indexed is told once a run'
. "$(dirname "$0")/lib.sh"

test_expect_success 'one whose blob is gone, in each state that lists it' '
	make_repo repo && cd repo && pm init >/dev/null 2>&1 &&
	run 0 pm new --owner @ana "Disk full" && run 0 pm new --owner @ana "Mail late" &&
	git add -A && git commit -q -m both &&
	DOC=$(git ls-files "postmortems/*disk-full.md") && blob=$(git rev-parse ":$DOC") &&
	rm -f ".git/objects/$(echo "$blob" | cut -c 1-2)/$(echo "$blob" | cut -c 3-)" "$DOC" &&
	echo "pm: '\''$DOC'\'' is not indexed: blob $blob is not in this" >want
	for command in "list" "list --staged" "list --at HEAD" "search mail" "search --at HEAD mail"
	do
		rm -rf .git/pm
		for time in first second
		do
			run 0 pm $command && has out mail-late && has_not out disk-full &&
			cut -d " " -f 1-11 err | grep -v "searched" >told &&
			test_cmp want told || return 1
		done
	done
'

test_done
