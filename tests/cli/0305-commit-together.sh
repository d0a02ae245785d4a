#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='many writers at once: no commit, file or staged change is lost'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

# writer NAME COUNT: commits COUNT documents, one after the other.
writer()
{
	for i in $(seq "$2")
	do
		doc "2026-11-22-$1-$i" </dev/null &&
			pm commit --no-verify "2026-11-22-$1-$i" >/dev/null 2>>"../err.$1" ||
			echo "$1 $i" >>../failed
	done
}

# All documents of the writers A... with COUNT each are in HEAD, once.
all_there()
{
	count=$1
	shift
	for name in "$@"
	do
		seq -f "postmortems/2026-11-22-$name-%g.md" "$count"
	done | sort >../want
	git ls-tree -r --name-only HEAD postmortems | sort >../got
	test_cmp ../want ../got &&
		test "$(git log --oneline -- postmortems | wc -l)" = "$(wc -l <../want)" &&
		git status --porcelain postmortems >../out && test ! -s ../out && sound
}

# hazard: 56
test_expect_success 'two writers on an unborn branch' '
	git init -q two && cd two &&
	{ writer a 8 & writer b 8 ; wait; } &&
	test ! -e ../failed && all_there 8 a b && cd ..
'

# hazard: 56 57
test_expect_success 'four writers beside somebody who stages' '
	make_repo four && cd four &&
	{ writer a 12 & writer b 12 & writer c 12 & writer d 12 &
	  for i in $(seq 20)
	  do
		echo $i >staged.$i
		until git add staged.$i 2>/dev/null; do :; done
	  done ; wait; } &&
	test ! -e ../failed && all_there 12 a b c d &&
	git diff --cached --name-only >../out && test "$(wc -l <../out)" = 20 &&
	git diff --cached --name-only --diff-filter=d >../out2 && test_cmp ../out ../out2 &&
	cd ..
'

# hazard: 57
test_expect_success 'pm and git commit in turn' '
	make_repo turn && cd turn &&
	{ writer a 12 &
	  for i in $(seq 12)
	  do
		echo $i >file.$i
		until git add file.$i 2>/dev/null && git commit -q -m $i file.$i 2>/dev/null
		do
			:
		done
	  done ; wait; } &&
	test ! -e ../failed && all_there 12 a && git ls-tree --name-only HEAD >../out &&
	test "$(grep -c ^file ../out)" = 12 && git fsck 2>&1 | { ! grep -i error; } && cd ..
'

test_expect_success 'two linked work trees' '
	make_repo trees && git -C trees worktree add -q ../other &&
	{ (cd trees && writer a 8) & (cd other && writer b 8) ; wait; } &&
	test ! -e failed && (cd trees && all_there 8 a) && (cd other && all_there 8 b)
'

test_done
