#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Runs tests through prove and keeps what each printed under DIR/tap/, so that
# tests/check.sh can sum up. A test is a program, or a shell script (*.sh); it
# prints TAP, or nothing but complaints (a lint script), and exits 0 when all is
# well. It finds the binaries to test through PM_BUILD.
#
# usage: prove.sh DIR JOBS TEST...
#	PM_WRAP: what starts a test that is a program (valgrind and its options)
#	(prove calls it back for each test as: prove.sh --one TEST)

set -u
LSAN_OPTIONS=print_suppressions=0:suppressions=$(
	cd "$(dirname "$0")" && pwd)/lsan.supp
export LSAN_OPTIONS

# What excuses a unit test that skips: valgrind, a flavour that is not plain, a
# kernel without filters of calls. Anywhere else all of them have to run.
may_skip()
{
	test -n "${PM_WRAP-}" && return
	case $PM_BUILD in
	*/plain-*) ! grep -q '^Seccomp:' /proc/self/status ;;
	esac
}

# A program of several groups prints a plan for each: one numbering for all. A
# test that cmocka skipped is "not ok" to it, and no failure to us where it may.
renumber()
{
	may_skip
	awk -v refused=$? '
	/^1\.\.[0-9]+$/ { next }
	/^(not )?ok / {
		n++
		sub(/ok [0-9]+/, "ok " n)
		if (/# SKIP/ && !refused)
			sub(/^not /, "")
		else if (sub(/# SKIP/, "- skipped without an excuse:"))
			sub(/^ok/, "not ok")
	}
	{ print }
	END { print "1.." n + 0 }
	' "$1"
}

# What the failed tests of a script said, each from its own section of the log.
complaints()
{
	awk -v failed=" $(sed -n 's/^not ok \([0-9]*\).*/\1/p' "$1" |
		tr '\n' ' ')" '
	/^(expecting success|skipping test|checking known breakage): / { n++ }
	index(failed, " " n " ") { print "#	" $0 }
	' "$2"
}

# A test that prints no TAP, or dies without saying what failed, is one test.
one()
{
	name=$(basename "$1" .sh)
	tap=$PM_BUILD/tap/$name.tap
	mkdir -p "$PM_BUILD/tap"
	case $1 in
	*.sh)
		PM_TEST_LOG=$tap.log sh "$1" >"$tap" 2>"$tap.err" </dev/null
		status=$?
		;;
	*)
		# shellcheck disable=SC2086 # a program and its options
		CMOCKA_MESSAGE_OUTPUT=TAP ${PM_WRAP-} "$1" >"$tap.raw" \
			2>"$tap.err" </dev/null
		status=$?
		renumber "$tap.raw" >"$tap"
		;;
	esac
	if ! grep -q '^1\.\.[0-9]' "$tap"; then
		sed 's/^/# /' "$tap" >"$tap.raw"
		{
			echo 1..1
			test $status = 0 && echo "ok 1 - $name"
			test $status = 0 || echo "not ok 1 - $name"
			cat "$tap.raw"
		} >"$tap"
	elif test $status != 0 && ! grep -q '^not ok' "$tap"; then
		echo "not ok 0 - $name left with status $status" >>"$tap"
		mv "$tap" "$tap.raw"
		renumber "$tap.raw" >"$tap"
	fi
	if grep -qs '^not ok' "$tap"; then
		{
			echo "# $name, in its own words:"
			sed 's/^/#	/' "$tap.err"
			test ! -e "$tap.log" || complaints "$tap" "$tap.log"
		} >>"$tap"
	fi
	rm -f "$tap.err" "$tap.raw" "$tap.log"
	cat "$tap"
	return $status
}

if test "$1" = --one; then
	one "$2"
	exit
fi

# slow_first DIR TEST...: what says of itself "slow: why" comes first, so that
# it is not alone at the end.
slow_first()
{
	dir=$1 others=
	shift
	for test; do
		source=$test
		test "$test" = "${test%.sh}" && source=${test#"$dir/"}.c
		if grep -qs '^\(#\|/\*\) slow: ' "$source"; then
			echo "$test"
		else
			others="$others $test"
		fi
	done
	# shellcheck disable=SC2086 # paths of ours
	test -z "$others" || printf '%s\n' $others
}

if test $# -lt 3; then
	echo "prove.sh: no tests given" >&2
	exit 0
fi
PM_BUILD=$(cd "$1" && pwd) || exit 1
export PM_BUILD
# Tests wait for the disk a quarter of their time: one more than processors.
jobs=$(($2 + ($2 > 1)))
# shellcheck disable=SC2046 # paths of ours
set -- $(slow_first "$1" $(shift 2 && printf '%s\n' "$@"))
prove -j"$jobs" --exec "sh tests/prove.sh --one" "$@"
status=$?
test $status = 0 && exit 0
for test in "$@"; do
	tap=$PM_BUILD/tap/$(basename "$test" .sh).tap
	grep -q '^not ok' "$tap" || continue
	printf '\n%s:\n' "$test"
	awk '/^(not )?ok/ { bad = /^not/ } bad || /, in its own words:$/ { bad = 1; print }' "$tap"
done
exit $status
