#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Everything the project promises about itself, in turn: builds without a
# warning by gcc and clang, unit tests, command line tests, lint, both suites
# under the sanitizers, valgrind, a short fuzz of every entry. A failure does
# not stop the rest. The last line sums up: "N passed, N failed".
#
# usage: check.sh [STAGE...]
#	BUILD, JOBS and MAKE as make has them; TIME is seconds for a fuzz entry

set -u
LC_ALL=C
export LC_ALL
: "${BUILD:=build}" "${JOBS:=2}" "${MAKE:=make}" "${TIME:=2}"
unset MAKEFLAGS MAKELEVEL MFLAGS
cd "$(dirname "$0")/.." || exit 1
passed=0 failed=0 skipped=0
log=$BUILD/check
rm -rf "$log" && mkdir -p "$log" || exit 1

# What a failed test leaves behind is kept for a look; the rest goes.
TMPDIR=$(mktemp -d "${TMPDIR:-/tmp}/pm-check.XXXXXX") || exit 1
chmod a+rx "$TMPDIR" # some tests act as another user
export TMPDIR
trap 'rmdir "$TMPDIR" 2>/dev/null' EXIT

title()
{
	printf '\n== %s\n' "$1"
}

# step NAME COMMAND...: one test, its exit status the result.
step()
{
	name=$1
	shift
	if "$@" >"$log/$name" 2>&1 </dev/null; then
		passed=$((passed + 1))
		echo "ok - $name"
	else
		failed=$((failed + 1))
		echo "not ok - $name"
		sed 's/^/#	/' "$log/$name"
	fi
}

# count_tap KIND: how many tests passed, failed or were skipped.
count_tap()
{
	awk -v kind="$1" '
		/^ok .*# [Ss][Kk][Ii][Pp]/ || /^1\.\.0/ { n["skipped"]++; next }
		/^ok / { n["passed"]++ }
		/^not ok / && !/# TODO/ { n["failed"]++ }
		END { print n[kind] + 0 }
	' "$log/tap"
}

# suite NAME FLAVOUR TARGET: a target that runs tests and keeps their TAP.
suite()
{
	title "$1"
	rm -rf "${BUILD:?}/$2/tap"
	"$MAKE" -s CC="$CC" BUILD="$BUILD" JOBS="$JOBS" "$3" </dev/null
	status=$?
	cat "$BUILD/$2/tap"/*.tap 2>/dev/null >"$log/tap"
	before=$failed
	passed=$((passed + $(count_tap passed)))
	failed=$((failed + $(count_tap failed)))
	skipped=$((skipped + $(count_tap skipped)))
	if test $status != 0 && test $failed = $before; then
		echo "not ok - $1 left with status $status"
		failed=$((failed + 1))
	fi
}

build()
{
	title 'build'
	for CC in clang gcc; do
		step "build-$CC" "$MAKE" -s -j"$JOBS" CC=$CC BUILD="$BUILD" \
			all build-plain-$CC
	done
}

fuzz_steps()
{
	title "fuzz, $TIME s an entry"
	step build-fuzz "$MAKE" -s -j"$JOBS" BUILD="$BUILD" build-fuzz || return
	export BUILD TIME
	# Some at once, and each alone told of: what it says, and how it left.
	for entry in tests/fuzz/fuzz_*.c; do
		basename "$entry" .c
	done | sed 's/^fuzz_//' | tee "$log/entries" | xargs -n 1 -P "$JOBS" sh -c '
		sh tests/fuzz/run.sh "$BUILD/fuzz-clang/tests/fuzz/fuzz_$1" \
			"$1" >"$0/$1.said" 2>&1 </dev/null
		echo $? >"$0/$1.status"
	' "$log"
	while read -r entry; do
		step "fuzz-$entry" fuzzed "$entry"
	done <"$log/entries"
}

# What one entry said, and its status.
fuzzed()
{
	cat "$log/$1.said"
	test "$(cat "$log/$1.status")" = 0
}

CC=gcc
test $# = 0 && set -- build unit cli lint asan valgrind fuzz
for stage; do
	case $stage in
	build) build ;;
	unit) suite unit plain-gcc unit ;;
	cli) suite cli plain-gcc cli ;;
	lint) suite lint plain-gcc lint ;;
	asan)
		title 'build with address and undefined sanitizers'
		step build-asan "$MAKE" -s -j"$JOBS" CC=gcc BUILD="$BUILD" \
			build-asan-gcc
		suite 'unit, sanitized' asan-gcc unit-asan-gcc
		suite 'cli, sanitized' asan-gcc cli-asan-gcc
		;;
	valgrind) suite valgrind plain-gcc valgrind ;;
	fuzz) fuzz_steps ;;
	*) echo "check.sh: no stage '$stage'" >&2 && exit 2 ;;
	esac
done

echo
test $skipped = 0 || echo "$skipped skipped"
echo "$passed passed, $failed failed"
test $failed = 0
