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
export PM_ROOT PM_BUILD PM_CASES

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

# The machine's own settings must not reach the tests.
for name in $(env | sed -n 's/^\(GIT_[A-Z_]*\|PM_[A-Z_]*\|XDG_[A-Z_]*\)=.*/\1/p')
do
	case $name in
	PM_ROOT | PM_BUILD | PM_CASES | PM_CORPUS | PM_TEST_LOG) ;;
	*) unset "$name" ;;
	esac
done
unset NO_COLOR CLICOLOR CLICOLOR_FORCE VISUAL EMAIL LESS LANGUAGE CI
unset GITHUB_ACTIONS GITHUB_WORKSPACE GITHUB_STEP_SUMMARY

# shellcheck disable=SC1091 # the system's, not ours
. /usr/share/sharness/sharness.sh

# For tests/prove.sh: what -v would show, to be quoted when a test fails.
if test -n "${PM_TEST_LOG-}" && test -z "${verbose-}"; then
	exec 3>"$PM_TEST_LOG" 4>&3
fi

# Removed by test_done when all is well; kept for a look when not.
# shellcheck disable=SC2034 # read by sharness
test -n "$remove_trash" && remove_trash=$pm_trash

HOME=$pm_trash/home
mkdir "$HOME" || exit 1
PM_NOW=2026-11-22T12:00:00Z
COLUMNS=80
EDITOR=false
GIT_CONFIG_NOSYSTEM=1
GIT_CONFIG_GLOBAL=$HOME/.gitconfig
GIT_CEILING_DIRECTORIES=$pm_trash
GIT_TERMINAL_PROMPT=0
GIT_AUTHOR_NAME='Ana Author'
GIT_AUTHOR_EMAIL=ana@example.org
GIT_AUTHOR_DATE='1795348800 +0000'
GIT_COMMITTER_NAME='Cem Committer'
GIT_COMMITTER_EMAIL=cem@example.org
GIT_COMMITTER_DATE='1795348800 +0000'
export HOME PM_NOW COLUMNS EDITOR GIT_CONFIG_NOSYSTEM GIT_CONFIG_GLOBAL
export GIT_CEILING_DIRECTORIES GIT_TERMINAL_PROMPT
export GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_AUTHOR_DATE
export GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL GIT_COMMITTER_DATE
cat >"$GIT_CONFIG_GLOBAL" <<-\EOF
	[init]
		defaultBranch = main
	[commit]
		gpgSign = false
	[advice]
		detachedHead = false
EOF
umask 022

command -v pm >/dev/null || {
	# shellcheck disable=SC2034 # read by sharness's exit trap
	EXIT_OK=t
	echo "Bail out! no pm in $PM_BUILD (run make)"
	exit 1
}

# Moves the pinned dates of Git on by a minute, so that commits differ.
pm_tick=1795348800
tick()
{
	pm_tick=$((pm_tick + 60))
	GIT_AUTHOR_DATE="$pm_tick +0000"
	GIT_COMMITTER_DATE="$pm_tick +0000"
	export GIT_AUTHOR_DATE GIT_COMMITTER_DATE
}

# Makes a repository with one commit; DIR defaults to the present directory.
make_repo()
{
	git init -q "${1:-.}" &&
		echo 'Notes of the team.' >"${1:-.}/README.md" &&
		git -C "${1:-.}" add README.md &&
		git -C "${1:-.}" commit -q -m 'docs: begin'
}

# Commits everything in the work tree of the present directory.
commit_all()
{
	tick &&
		git add -A &&
		git commit -q -m "${1:-docs: change}"
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
