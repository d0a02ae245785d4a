#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm search only looks at an index that is current and at rest'
. "$(dirname "$0")/lib.sh"

doc()
{
	mkdir -p postmortems &&
		printf -- '---\nid: 2026-11-0%s-doc\nstatus: draft\n---\n# The zebra %s\n' \
			"$1" "$1" >"postmortems/2026-11-0$1-doc.md"
}

# The index and its directory, as if nobody had written them for a long time.
rest()
{
	touch -d 2020-01-01T00:00:00Z .git/pm/index.db && touch -d 2020-01-01T00:00:00Z .git/pm
}

# Making and removing SQLite's log would leave a later time.
untouched()
{
	test "$(stat -c %Y .git/pm)" = 1577836800
}

test_expect_success 'a search of a current index writes nothing' '
	make_repo repo && cd repo && doc 1 && doc 2 && commit_all &&
	run 0 pm search zebra && cp out want &&
	rest && run 0 pm search zebra && test_cmp want out && untouched &&
	run 0 pm search "status:draft zebra" && run 1 pm search nothing && untouched
'

test_expect_success 'a new commit is found' '
	rest && doc 3 && commit_all &&
	run 0 pm search zebra && has out 2026-11-03-doc && ! untouched
'

test_expect_success 'a wrong query is wrong, and other commands see the same index' '
	rest && run 2 pm search "titel:x" && has err title && untouched &&
	run 0 pm search --at HEAD~1 zebra && test_cmp want out &&
	run 0 pm index --verify
'

test_expect_success 'damage is found and mended' '
	rest && run 0 pm search zebra && cp out want &&
	pages=$(($(stat -c %s .git/pm/index.db) / 4096)) && cp .git/pm/index.db good.db &&
	for page in $(seq 0 $((pages - 1)))
	do
		cp good.db .git/pm/index.db &&
		dd if=/dev/zero of=.git/pm/index.db bs=4096 seek=$page count=1 conv=notrunc \
			2>/dev/null &&
		rest && run 0 pm search zebra && test_cmp want out || return 1
	done
'

test_expect_success 'a log that waits is read' '
	run 0 pm index --rebuild && rest && echo frames >.git/pm/index.db-wal &&
	run 0 pm search zebra && test_cmp want out
'

test_done
