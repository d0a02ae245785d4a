# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# What every test of the command line shares. A test is one topic, begins with
#
#	test_description='pm init writes a policy'
#	. "$(dirname "$0")/lib.sh"
#
# ends with test_done, and runs in an empty directory of its own outside of any
# repository, with clock, locale, zone, width, identity and Git's settings
# pinned. The program under test is first on PATH: that of PM_BUILD (make sets
# it), build/ by default. Run one by hand: sh tests/cli/NNNN-topic.sh -v

PM_ROOT=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
: "${PM_BUILD:=$PM_ROOT/build}"
PM_BUILD=$(cd "$PM_BUILD" && pwd) || exit 1
PM_CASES=$PM_ROOT/tests/cases
# The same pm, linked with a shared C library (see the Makefile).
PM_SHARED=$PM_BUILD/shared
test -d "$PM_SHARED" || PM_SHARED=$PM_BUILD/plain-gcc/shared
export PM_ROOT PM_BUILD PM_CASES PM_SHARED

# Two people may run the same test at once, and pm must not find the
# repository of its own source around the test's directory.
pm_trash=$(mktemp -d "${TMPDIR:-/tmp}/pm-test.XXXXXX") || exit 1
pm_trash=$(cd -P "$pm_trash" && pwd) || exit 1
# shellcheck disable=SC2034 # read by sharness
root=$pm_trash

SHARNESS_TEST_EXTENSION='sh'
SHARNESS_TEST_SRCDIR=$PM_ROOT/tests/cli
SHARNESS_TEST_DIRECTORY=$pm_trash
SHARNESS_BUILD_DIRECTORY=$PM_BUILD
SHELL_PATH=/bin/sh
export SHARNESS_TEST_EXTENSION SHARNESS_TEST_SRCDIR SHARNESS_TEST_DIRECTORY
export SHARNESS_BUILD_DIRECTORY SHELL_PATH

# shellcheck disable=SC1091 # the system's, not ours
. /usr/share/sharness/sharness.sh

# For tests/prove.sh: what -v would show, to be quoted when a test fails.
if test -n "${PM_TEST_LOG-}" && test -z "${verbose-}"; then
	exec 3>"$PM_TEST_LOG" 4>&3
fi

# Removed by test_done when all is well; kept for a look when not.
# shellcheck disable=SC2034 # read by sharness
test -n "$remove_trash" && remove_trash=$pm_trash

# shellcheck source=tests/cli/pinned.sh
. "$PM_ROOT/tests/cli/pinned.sh"

command -v pm >/dev/null || {
	# shellcheck disable=SC2034 # read by sharness's exit trap
	EXIT_OK=t
	echo "Bail out! no pm in $PM_BUILD (run make)"
	exit 1
}

# run STATUS COMMAND...: output to the files out and err, the exit status must
# be STATUS. What came instead is shown by -v.
run()
{
	pm_want=$1
	shift
	"$@" >out 2>err
	pm_got=$?
	test "$pm_got" = "$pm_want" && return 0
	{
		echo "exit status $pm_got, not $pm_want: $*"
		echo '--- stdout' && cat out
		echo '--- stderr' && cat err
	} >&2
	return 1
}

# has FILE TEXT: FILE contains TEXT, literally. has_not: it does not.
has()
{
	grep -qF -e "$2" "$1" && return 0
	echo "no '$2' in $1:" >&2
	cat "$1" >&2
	return 1
}
has_not()
{
	grep -nF -e "$2" "$1" >&2 || return 0
	echo "^ '$2' in $1" >&2
	return 1
}

# Sets CORPUS to the collection of real documents beside the project, or skips
# the whole test. Nothing of it may be written to.
corpus_or_skip()
{
	CORPUS=${PM_CORPUS:-$PM_ROOT/../shared/corpus}
	test -d "$CORPUS" && return 0
	# shellcheck disable=SC2034 # read by test_done
	skip_all='the corpus is not beside the project'
	test_done
}
