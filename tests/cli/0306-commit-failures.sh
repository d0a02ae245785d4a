#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm commit that fails or is killed leaves the old or the new'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

DOC=postmortems/2026-11-22-new.md

test_expect_success 'a repository with a staged file' '
	make_repo repo && cd repo && printf "out\nerr\nwant\n" >.git/info/exclude &&
	doc 2026-11-01-old </dev/null && commit_all && echo 1 >staged && git add staged &&
	doc 2026-11-22-new </dev/null
'

# hazard: 58
test_expect_success 'a lock of somebody else is waited for, named, and kept' '
	head=$(git rev-parse HEAD) && echo somebody >.git/index.lock &&
	run 3 pm commit && has err ".git/index.lock" && has err " old" && has err "try again" &&
	test "$(cat .git/index.lock)" = somebody && rm .git/index.lock && not_committed $head &&
	: >.git/refs/heads/main.lock &&
	run 3 pm commit && has err "refs/heads/main.lock" && test -e .git/refs/heads/main.lock &&
	rm .git/refs/heads/main.lock && not_committed $head
'

test_expect_success 'a lock that goes away in time is no trouble' '
	: >.git/index.lock &&
	{ pm commit >out 2>err & } &&
	until ls /proc/$!/fd >/dev/null 2>&1; do :; done && rm .git/index.lock &&
	wait $! && committed "A	$DOC"
'

# hazard: 64
test_expect_success 'a repository that cannot be written' '
	echo more >>$DOC && cp -R . ../frozen && cd ../frozen && head=$(git rev-parse HEAD) &&
	chmod -R a-w .git &&
	if test -w .git
	then
		# For root nothing is read-only but a file system.
		mount -t tmpfs -o ro none .git/objects 2>/dev/null &&
		{ run 3 pm commit; status=$?; umount .git/objects; test $status = 0; } || :
	else
		run 3 pm commit && has err "cannot write to"
	fi &&
	chmod -R u+w .git && not_committed $head && cd ../repo
'

# A small file system, where the disk can be filled.
if test "$(id -u)" = 0 && mkdir -p "$HOME/small" &&
	mount -t tmpfs -o size=2m none "$HOME/small" 2>/dev/null
then
	test_set_prereq SMALL
fi

# full_disk: with a little more room each time, the commit fails and leaves
# everything as it was, until it succeeds.
full_disk()
{
	head=$(git rev-parse HEAD)
	git status --porcelain >"$HOME/status" && cp "$DOC" "$HOME/doc" || return 1
	dd if=/dev/zero of=../fill bs=1k 2>/dev/null
	failures=0
	until pm commit --no-verify >"$HOME/out" 2>"$HOME/err"
	do
		failures=$((failures + 1))
		test "$(git rev-parse HEAD)" = "$head" && test_cmp "$DOC" "$HOME/doc" &&
			git status --porcelain >"$HOME/status.2" &&
			test_cmp "$HOME/status" "$HOME/status.2" &&
			test -z "$(ls .git/*.lock .git/*.pm .git/refs/heads/*.lock 2>/dev/null)" &&
			test $failures -lt 100 && truncate -s -4096 ../fill || return 1
	done
	test $failures -gt 2 && rm ../fill && committed "M	$DOC"
}

# hazard: 1 63
test_expect_success SMALL 'a full disk, at every point where it may become full' '
	cp -R . "$HOME/small/r" &&
	(cd "$HOME/small/r" && GIT_OPTIONAL_LOCKS=0 && export GIT_OPTIONAL_LOCKS && full_disk)
'
test -d "$HOME/small" && umount "$HOME/small" 2>/dev/null

test_expect_success 'a document that is not there any more' '
	head=$(git rev-parse HEAD) && rm $DOC && run 2 pm commit $DOC &&
	not_committed $head && git checkout -q $DOC
'

# Killed at the n-th call of each system call that changes something. strace
# counts calls of one name only.
if command -v strace >/dev/null &&
	test "$(strace -o /dev/null -e inject=getpid:retval=7 echo x 2>/dev/null)" = x
then
	test_set_prereq STRACE
fi

# swept CALL: at every point either nothing happened or all of it, and the next
# pm makes good what is left to do.
swept()
{
	n=0
	while n=$((n + 1)) && test $n -lt 60
	do
		rm -rf ../victim && cp -a . ../victim && cd ../victim || return 1
		git update-index -q --refresh
		# The leak sanitizer cannot run where strace does.
		ASAN_OPTIONS=detect_leaks=0 \
			strace -o /dev/null -e inject="$1:signal=KILL:when=$n" \
			pm commit --no-verify >/dev/null 2>&1
		killed=$?
		if test $killed = 0
		then
			sound || return 1
			cd ../repo || return 1
			break
		fi
		git fsck --strict 2>&1 | grep -v '^dangling\|^notice\|^bad sha1 file' >fsck.out
		test ! -s fsck.out || { cat fsck.out; return 1; }
		rm fsck.out
		pm commit --no-verify >out 2>err
		again=$?
		git status --porcelain >status && echo 'A  staged' >want &&
			rm -f .git/objects/*/tmp_object_git2_* &&
			test "$(git show HEAD:$DOC)" = "$(cat $DOC)" && sound || {
			echo "killed at $1 $n, then $again:"
			cat err status
			return 1
		}
		cd ../repo || return 1
	done
	test $n -gt 1
}

for call in rename linkat unlink fsync write
do
	# hazard: 59
	test_expect_success STRACE "killed at any $call" "
		(git checkout -q . && echo more $call >>\$DOC && swept $call)
	"
done

test_done
