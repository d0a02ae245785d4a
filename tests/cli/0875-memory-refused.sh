#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# One allocation after the other is refused, in pm and in the libraries linked
# into it: a sample here, every one with TORTURE=all.

test_description='whichever allocation fails, nothing is half done or told wrong'
# In memory the syncs of some thousand commits cost nothing.
test ! -w /dev/shm || TMPDIR=/dev/shm
export TMPDIR
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

# What is preloaded comes before a shared C library only.
PATH=$PM_SHARED:$PATH
: "${TORTURE:=}"
q=\'
shim=$HOME/failm.so
if ! cc -shared -fPIC -o "$shim" "$PM_ROOT/tests/torture/failm.c" 2>/dev/null ||
	! FAIL_COUNT=$HOME/count LD_PRELOAD=$shim pm version >/dev/null 2>&1 ||
	! test "$(cat "$HOME/count")" -gt 0
then
	# shellcheck disable=SC2034 # read by test_done
	skip_all='no compiler, or a sanitizer that allocates by itself'
	test_done
fi

test_expect_success 'a repository with work in it' '
	make_repo repo && cd repo && pm init >/dev/null 2>&1 && doc 2026-11-01-old </dev/null &&
	commit_all && doc 2026-11-22-new </dev/null && echo 1 >staged && git add staged &&
	echo "more" >>postmortems/2026-11-01-old.md && pm index >/dev/null && cd ..
'

# A fresh copy of the repository, entered.
victim()
{
	cd "$SHARNESS_TRASH_DIRECTORY" && rm -rf victim ~/.cache && cp -a repo victim &&
		cd victim && git update-index -q --refresh
	return 0
}

state()
{
	git rev-parse "HEAD^{tree}" && git ls-files -s && git status --porcelain -uall &&
		find postmortems .pm -type f -exec sha256sum {} + | sort
}

# No temporary name; a lock only if it is pm's, and the next pm removes it.
tidy()
{
	test -z "$(find . -name ".pm-tmp*")" || return 1
	test ! -e .git/index.lock || {
		head -n 1 .git/index.lock | grep -q "^pm holds" &&
			pm commit --no-verify >/dev/null 2>&1
	}
	test -z "$(find .git -name "*.lock" ! -path "*/pm/*")" &&
		git fsck 2>&1 | { ! grep "error\|fatal"; }
}

# point K: the K-th allocation fails in $command; $1 is its number.
point()
{
	victim && FAIL_AT=$1 LD_PRELOAD=$shim timeout 60 pm $command >../out 2>../err
	status=$?
	locked=$(find .git -name "*.lock" ! -path "*/pm/*") && state >../got
	case $status in
	"$good")
		cmp -s ../out ../want.out || test -s ../err ||
			grep -q "that no baseline holds" ../out ||
			tell "other output, silently"
		;;
	3) test -s ../err || tell "silent" ;;
	1) test -n "${FAIL_CHILD-}" && test -s ../err || tell "status 1" ;;
	*) tell "status $status" ;;
	esac || return 1
	test "$status" != "$good" || test -n "${FAIL_CHILD-}" || cmp -s ../got ../want.new ||
		tell "not done" || return 1
	cmp -s ../got ../want.new || cmp -s ../got ../want.old || test -n "$locked" ||
		between || tell "half done" || return 1
	tidy || tell "left behind: $locked"
}

# The document is made, whole, and not committed.
between()
{
	test "${command#new}" != "$command" && sed "/made-now/d" ../got >../got.less &&
		sed "/made-now/d" ../want.old >../want.less && cmp -s ../got.less ../want.less &&
		tail -n 1 postmortems/*/*made-now.md | grep -q -e "-->"
}

tell()
{
	echo "pm $command, allocation $k: $*"
	cat ../err
	return 1
}

# sweep POINTS COMMAND...: so many of its allocations fail, all with TORTURE.
sweep()
{
	points=$1 && shift && command=$* && victim && state >../want.old &&
		FAIL_COUNT=$HOME/count LD_PRELOAD=$shim pm $command >../want.out 2>/dev/null
	good=$? && test $good -le 1 && state >../want.new && total=$(cat "$HOME/count") && step=1
	test -n "$TORTURE" || step=$((total / points + 1))
	for k in $(seq 1 $step $total)
	do
		point $k || return 1
	done
	echo "$command: $total allocations, step $step"
}

for args in "12 new --no-input Made-now" "16 new --no-input --commit Made-now" \
	"20 commit --no-verify" "12 index --rebuild" "8 index" "12 check" "12 search words" \
	"8 list" "8 status" "6 review" "6 adopt --dry-run" "6 check --fix"
do
	# hazard: 69
	test_expect_success "pm ${args#* }: memory refused" "sweep $args"
done

for args in "6 check" "8 index --rebuild" "6 list" "6 status" "6 review" "6 adopt --dry-run"
do
	# hazard: 69
	test_expect_success "pm ${args#* }: memory refused to its workers" "
		FAIL_CHILD=1 && export FAIL_CHILD && sweep $args && unset FAIL_CHILD
	"
done

# The last allocations are those of the documents that are shown: one of them is
# not as it was committed and comes from Git.
# hazard: 69
test_expect_success 'a document that search cannot look into is told' '
	command="search words" && victim && FAIL_COUNT=$HOME/count LD_PRELOAD=$shim \
		pm $command >../want.out 2>../err && test_must_be_empty ../err && good=0 &&
	state >../want.old && state >../want.new && last=$(cat "$HOME/count") && told=0 &&
	for k in $(seq $((last - 90)) $last)
	do
		point $k || return 1
		test $status != 0 || cmp -s ../out ../want.out || {
			has ../err "cannot look into ${q}postmortems/2026-11-01-old.md$q" &&
				has ../out 2026-11-01-old && told=$((told + 1)) || return 1
		}
	done && test $told -gt 0
'

# hazard: 69
test_expect_success 'what memory was refused for is indexed the next time' '
	for k in 900 1100 1300 1500 1700 1900 2100
	do
		victim && rm -rf .git/pm &&
			FAIL_CHILD=1 FAIL_FROM=1 FAIL_AT=$k LD_PRELOAD=$shim pm list >out 2>err
		run 0 pm list && has out "2026-11-22-new  " && run 0 pm index --verify || return 1
	done
'

# hazard: 69
test_expect_success 'memory gone for good' '
	for k in 1 50 150 300 500 700 900 1500 2500
	do
		victim && FAIL_FROM=1 FAIL_AT=$k LD_PRELOAD=$shim pm commit --no-verify >out 2>err
		status=$? && k="$k and all later" && command=commit
		test $status = 0 || { test $status = 3 && test -s err && tidy; } || return 1
	done
'

test_done
