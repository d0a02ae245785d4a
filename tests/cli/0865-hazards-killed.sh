#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# pm commit is swept in 0306. strace counts the calls of one name only, so that
# each name is swept by itself: the first calls and some later ones.

test_description='killed at any call, pm leaves the old or the new, and the next one goes on'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

# The leak sanitizer cannot run where strace does.
ASAN_OPTIONS=detect_leaks=0
export ASAN_OPTIONS
command -v strace >/dev/null &&
	test "$(strace -o /dev/null -e inject=getpid:retval=7 echo x 2>/dev/null)" = x &&
	test_set_prereq STRACE

DOC=postmortems/2026-11-22-new.md

test_expect_success 'a repository with a document that can be mended' '
	make_repo repo && cd repo && printf "out\nerr\nwant\ngot\n" >.git/info/exclude &&
	doc 2026-11-01-old </dev/null && commit_all &&
	{ echo "incident: INC-1" && echo "times: {started: 2026-11-22 10:02}"; } |
		doc 2026-11-22-new && sed -i "s/^id: .*/id: wrong/" $DOC && cp $DOC ../before &&
	pm check --fix >out 2>err; cp $DOC ../after && ! cmp -s ../before ../after &&
	cp ../before $DOC && rm -rf .git/pm
'

# killed CALL COMMAND...: the command in a fresh copy, killed at its n-th call of
# that name, for a few n; after each, the function "holds" must be content.
killed()
{
	call=$1
	shift
	times=0
	for n in 1 2 3 4 6 9 14 22
	do
		cd "$SHARNESS_TRASH_DIRECTORY" && rm -rf victim && cp -a repo victim &&
			cd victim || return 1
		strace -f -o /dev/null -e inject="$call:signal=KILL:when=$n" "$@" >out 2>err
		status=$?
		if test $status != 137
		then
			test $status -le 1 && break
			echo "$call $n: status $status" && cat err && return 1
		fi
		times=$((times + 1))
		holds && git fsck --strict 2>&1 | { ! grep -i "error\|fatal"; } || {
			echo "killed at $call $n"
			return 1
		}
	done
	test $times -gt 0
}

# A document that was made is whole, none is half, and a new one can be made.
made()
{
	find postmortems -name ".pm-tmp*" | grep . && return 1
	for file in postmortems/2026/*.md
	do
		test ! -e "$file" || tail -n 1 "$file" | grep -q "^ .*-->$" || return 1
	done
	run 0 pm new --no-input "Made now" && test -s "$(cat out)"
}

for call in openat mkdirat write fsync linkat
do
	# hazard: 59 61
	test_expect_success STRACE "pm new, killed at $call" "
		holds() { made; } && killed $call pm new --no-input 'Made now'
	"
done

# The old bytes or the new ones, and the next run mends the rest, a temporary
# name of the killed one included.
mended()
{
	cmp -s $DOC ../before || cmp -s $DOC ../after || return 1
	pm check --fix >out 2>err
	cmp $DOC ../after && ! find postmortems -name ".pm-tmp*" | grep .
}

for call in openat write fsync renameat
do
	# hazard: 59
	test_expect_success STRACE "pm check --fix, killed at $call" "
		holds() { mended; } && killed $call pm check --fix
	"
done

# What is committed is found, and the index is what it says it is.
indexed()
{
	run 0 pm search words && has out 2026-11-01-old && run 0 pm index --verify
}

for call in openat pwrite64 unlink
do
	# hazard: 59 73
	test_expect_success STRACE "pm index, killed at $call" "
		holds() { indexed; } && killed $call pm index
	"
done

# Made and committed, made and not, or nothing; a second is both.
both()
{
	made && run 0 pm commit --no-verify && sound &&
		git ls-tree -r --name-only HEAD postmortems >got && has got made-now
}

for call in linkat rename fsync write
do
	# hazard: 59
	test_expect_success STRACE "pm new --commit, killed at $call" "
		holds() { both; } && killed $call pm new --no-input --commit 'Made now'
	"
done

test_done
