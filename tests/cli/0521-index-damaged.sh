#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm index: a damaged index is found out and mended'
. "$(dirname "$0")/lib.sh"

test_expect_success 'an index of a few documents' '
	make_repo repo && cd repo && mkdir -p postmortems &&
	for n in 1 2 3 4 5 6
	do
		printf -- "---\nid: 2026-11-0%s-doc\nstatus: draft\n---\n# The zebra %s\n" $n $n \
			>postmortems/2026-11-0$n-doc.md
	done &&
	commit_all && run 0 pm search zebra && cp out want.hits &&
	cp "$(pm index --path)" good.db && pages=$(($(wc -c <good.db) / 4096)) && test $pages -gt 8
'

# damage PAGE: the index, with one page of zeros.
damage()
{
	rm -f .git/pm/index.db* && cp good.db .git/pm/index.db &&
		dd if=/dev/zero of=.git/pm/index.db bs=4096 seek="$1" count=1 \
			conv=notrunc 2>/dev/null
}

# hazard: 73
test_expect_success 'a page of zeros never hides a document' '
	for page in $(seq 1 $((pages - 1)))
	do
		damage $page && run 0 pm search zebra && test_cmp want.hits out || return 1
	done
'

test_expect_success '--verify finds it, exits 1 and says how to mend it' '
	found=0 &&
	for page in $(seq 1 $((pages - 1)))
	do
		damage $page && pm index --verify >out 2>err
		case $? in
		0) ;;
		1) found=$((found + 1)) && has err "pm index --rebuild" || return 1 ;;
		*) cat err >&2; return 1 ;;
		esac
	done &&
	test $found -gt 0 &&
	run 0 pm index --rebuild && run 0 pm index --verify
'

test_done
