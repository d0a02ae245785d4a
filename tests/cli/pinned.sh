# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # variables of who reads this
#
# What the tests of the command line and the sweeps of tests/torture have in
# common: clock, locale, zone, width, identity and Git's settings are pinned,
# under a HOME of their own in $pm_trash, and small repositories are made.

# The machine's own settings must not reach the tests.
for name in $(env | sed -n 's/^\(GIT_[A-Z_]*\|PM_[A-Z_]*\|XDG_[A-Z_]*\)=.*/\1/p')
do
	case $name in
	PM_ROOT | PM_BUILD | PM_SHARED | PM_CASES | PM_CORPUS | PM_TEST_LOG) ;;
	*) unset "$name" ;;
	esac
done
unset NO_COLOR CLICOLOR CLICOLOR_FORCE VISUAL EMAIL LESS LANGUAGE CI
unset GITHUB_ACTIONS GITHUB_WORKSPACE GITHUB_STEP_SUMMARY

LC_ALL=C
TZ=UTC
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
export LC_ALL TZ HOME PM_NOW COLUMNS EDITOR GIT_CONFIG_NOSYSTEM GIT_CONFIG_GLOBAL
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

# strace_works: it is there and can do what the sweeps need. The leak sanitizer
# cannot run under it.
strace_works()
{
	ASAN_OPTIONS=detect_leaks=0
	export ASAN_OPTIONS
	command -v strace >/dev/null &&
		test "$(strace -o /dev/null -e inject=getpid:retval=7 echo x 2>/dev/null)" = x
}
