#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A gigabyte without blocks on the disk is 0863's. These bytes are there.

test_description='documents far larger than any: bounded, told, and the others are read'
test ! -w /dev/shm || TMPDIR=/dev/shm
export TMPDIR
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

# front ID: the front matter of a draft, without its end.
front()
{
	printf -- '---\nschema: 1\nid: %s\ntitle: Large\nkind: incident\n' "$1"
	printf 'status: draft\nseverity: SEV3\nowner: "@ana"\n'
}

# many N AWK: so many lines, by a program in awk that prints the i-th.
many()
{
	awk "BEGIN { for (i = 0; i < $1; i++) { $2 } }"
}

test_expect_success 'actions and events by the hundred thousand, a line of 5 MB' '
	make_repo repo && cd repo && printf "out\nerr\ngot\nwant\nall\n" >.git/info/exclude &&
	doc 2026-01-01-small </dev/null && {
		front 2026-01-02-actions && echo action_items: &&
		many 100000 "printf \"  - {id: A%d, title: Do it, type: prevent}\n\", i + 1" &&
		printf -- "---\n# Large\n"
	} >postmortems/2026-01-02-actions.md && {
		printf "# Large\n\n## Action items\n\n" &&
		many 100000 "print \"- [ ] Do it (@bo, due 2026-12-05)\""
	} >postmortems/2026-01-03-boxes.md && {
		front 2026-01-04-events && printf -- "---\n# Large\n\n## Timeline\n\n" &&
		many 100000 "printf \"- 2026-11-%02d %02d:%02dZ event\n\",
			1 + i / 3600, i / 60 % 24, i % 60"
	} >postmortems/2026-01-04-events.md && {
		front 2026-01-05-line && printf -- "---\n# Large\n\n## Summary\n\n" &&
		many 524288 "printf \"words and \"" && echo
	} >postmortems/2026-01-05-line.md && commit_all && for n in 1 2 3 4 5
	do
		echo "- more" >>postmortems/2026-01-0$n-*.md || return 1
	done
'

# each MOST: every command within MOST seconds of processor time, a status of its
# own, and what it knows of the small document.
# shellcheck disable=SC3045 # not POSIX, and in every shell there is
each()
{
	for args in check "index --rebuild" list "search words" status review \
		"adopt --dry-run" "adopt --convert --dry-run" "check --fix --dry-run" \
		"show actions" "check --since HEAD"
	do
		(ulimit -t $1 && exec pm $args) >out 2>err
		test $? -le 1 || test "$args" = "show actions" || {
			echo "pm $args"
			cat err
			return 1
		}
		case $args in
		list | status) has out 2026-01-01-small || return 1 ;;
		esac
	done
}

test_expect_success 'beyond the limit of a document' '
	large="error: the document is larger than the 256 KiB that" &&
	each 4 && run 1 pm check && for name in 2-actions 3-boxes 4-events 5-line
	do
		has out "2026-01-0$name.md:1:1: $large" ||
			return 1
	done
'

test_expect_success 'with the limit raised: each by its own, and which one is said' '
	mkdir -p .pm && printf "max_document: 64 MiB\n" >.pm/policy.yaml &&
	each 8 && run 1 pm check && has out "01-02-actions.md:2:1: error: " &&
	has out "bytes of YAML; pm reads at most 32768 [document-too-complex]" &&
	grep -E "01-03-boxes.md:1:1: error: the document takes too much .* \(more than" out &&
	grep -E "01-04-events.md:1:1: error: the document takes too much .* \(more than" out &&
	run 1 pm commit && run 0 pm commit --no-verify && git diff --quiet HEAD -- postmortems
'

test -n "${TORTURE-}" && test_set_prereq LARGE

test_expect_success LARGE 'a gigabyte of Markdown that is there' '
	rm -rf .pm && many 21000000 "print \"- [ ] Do the thing (@bo, due 2026-12-05) and all\"" \
		>postmortems/2026-01-06-giant.md &&
	test $(wc -c <postmortems/2026-01-06-giant.md) -gt 1000000000 && each 4 &&
	run 1 pm check && has out "giant.md:1:1: error: the document is larger" &&
	run 3 pm commit --no-verify giant && has err "larger than 128 MiB" &&
	rm postmortems/2026-01-06-giant.md
'

test_done
