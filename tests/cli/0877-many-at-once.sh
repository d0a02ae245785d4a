#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Four writers of 4 documents each, of 50 with TORTURE=all.

test_description='many pm and git at once: nothing lost, nothing unstaged, nothing swept in'
# In memory the syncs of some hundred commits cost nothing.
test ! -w /dev/shm || TMPDIR=/dev/shm
export TMPDIR
. "$(dirname "$0")/lib.sh"

each=4
test "${TORTURE-}" != all || each=50

test_expect_success 'a repository' '
	make_repo repo && cd repo && pm init >/dev/null 2>&1 && commit_all && mkdir ../log
'

# writers: four processes, each with so many documents, one commit for each.
writers()
{
	for who in 1 2 3 4
	do
		for n in $(seq $each)
		do
			pm new --no-input --commit "$1 $who-$n" >/dev/null 2>../log/err.$who ||
				cat ../log/err.$who >>../log/failed
		done &
		pids="$pids $!"
	done
}

# says_nothing COMMAND...: it is done, without a word.
says_nothing()
{
	"$@" >../got 2>&1 && test ! -s ../got && return
	echo "status $?: $*"
	cat ../got
	return 1
}

# all_there PREFIX: every document is in HEAD, and so are the indexes.
all_there()
{
	test ! -s ../log/failed || { cat ../log/failed; return 1; }
	git ls-tree -r --name-only HEAD postmortems >../got &&
		test "$(grep -c -- "-$1-" ../got)" = $((4 * each)) ||
		{ cat ../got; return 1; }
	says_nothing git status --porcelain postmortems &&
		says_nothing git fsck --strict --no-dangling --no-progress &&
		says_nothing git diff-index --cached HEAD -- postmortems &&
		says_nothing find .git -name "*.lock" ! -path "*/pm/*" &&
		run 0 pm index --verify
}

# hazard: 56 70
test_expect_success 'four writers: every document in HEAD, valid indexes, clean status' '
	pids= && writers storm && wait $pids && all_there storm &&
	git status --porcelain -uno >../got && test_must_be_empty ../got
'

# beside NAME OK COMMAND...: again and again until all is written; a status above
# OK is a failure.
beside()
{
	label=$1 most=$2
	shift 2
	while test ! -e ../log/stop
	do
		"$@" >../log/out.$label 2>../log/err.$label
		test $? -le $most || { echo "$*" && cat ../log/err.$label; } >>../log/failed
	done
}

# Commits what is staged. Not with git commit, which reads the index before it
# takes the lock: what anybody staged between the two is gone, pm or not.
commit_staged()
{
	old=$(git rev-parse HEAD) && tree=$(git write-tree) &&
		new=$(git commit-tree -p $old -m "$1" $tree) && git update-ref HEAD $new $old
}

# The user stages a file of his own each time, and commits now and then. git
# does not wait for a lock; what it says it did, it did.
user()
{
	n=0
	while test ! -e ../log/stop
	do
		n=$((n + 1))
		echo $n >src.$n
		git add src.$n 2>/dev/null && echo src.$n >>../log/added
		test $((n % 5)) != 0 || commit_staged "src: $n" 2>/dev/null
	done
}

# hazard: 56 57 58 71
test_expect_success 'beside git add, git commit, and all that pm does otherwise' '
	rm -f ../log/* && : >../log/added && { user & } && others=$! &&
	{ beside index 0 pm index & } && others="$others $!" &&
	{ beside search 1 pm search storm & } && others="$others $!" &&
	{ beside fix 1 pm check --fix & } && others="$others $!" &&
	{ beside list 0 pm list --at HEAD & } && others="$others $!" &&
	{ beside approve 3 pm approve --commit --by @ana storm-1-1 & } && others="$others $!" &&
	pids= && writers flood && { wait $pids || echo "status $?" >>../log/failed; } &&
	: >../log/stop && { wait $others || echo "status $? beside" >>../log/failed; } &&
	all_there flood && test -s ../log/added &&
	while read -r file
	do
		git ls-files --error-unmatch $file >/dev/null || return 1
	done <../log/added
'

test_expect_success 'the commits of pm hold documents, those of git hold files' '
	git log --format=%H --grep="^postmortem" >../commits && test -s ../commits &&
	while read -r commit
	do
		git show --format= --name-only $commit >../got &&
			! grep -v "^postmortems/" ../got || return 1
	done <../commits &&
	git log --format=%H --grep="^src: " >../commits && while read -r commit
	do
		git show --format= --name-only $commit >../got && ! grep -v "^src\." ../got ||
			return 1
	done <../commits
'

# hazard: 58
test_expect_success 'a lock of somebody else: a second at most, its name, and it stays' '
	for lock in .git/index.lock .git/refs/heads/main.lock
	do
		echo theirs >$lock && begin=$(date +%s) &&
		pm new --no-input --commit "Locked out $(basename $lock .lock)" >out 2>err
		status=$? && end=$(date +%s) && test $status = 3 && has err "$lock" &&
		test $((end - begin)) -le 4 && test "$(cat $lock)" = theirs && rm $lock || return 1
	done && run 0 pm commit
'

test_done
