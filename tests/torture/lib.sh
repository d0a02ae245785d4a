# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2034,SC2119,SC2120,SC2154,SC2164 # parts of one program
#
# What a sweep sees of a repository, and what must hold. Clock, identity and
# so on are pinned, so that a command has one result: the state after a run
# without a fault is the new one, and whatever a fault leaves is compared with
# it and with the old one, file by file.
#
# A fault defines
#	able	what it needs is there; otherwise $reason says what is missing
#	points	prints the points, one a line
#	try	one of them; 0: all is well; otherwise it prints what is not
#	leave	undoes what outlives the process
# and a command
#	prepare	makes the repository in the present directory
#	act	runs the command, its arguments before it: act strace ...
#	follow	what the user would do next; by default the same again
#	stages	keeps the states on the way that are neither old nor new
#	owns_up	pm said that it was done before it failed with something else

# shellcheck source=tests/cli/pinned.sh
. "$PM_ROOT/tests/cli/pinned.sh"
# shellcheck source=tests/cli/documents.sh
. "$PM_ROOT/tests/cli/documents.sh"

# Looking must not change what is looked at.
GIT_OPTIONAL_LOCKS=0
export GIT_OPTIONAL_LOCKS

follow()
{
	act
}

stages()
{
	:
}

# What is committed was printed, or is named.
owns_up()
{
	said 'was made on\|cannot write the output\|is written, but'
}

leave()
{
	:
}

able()
{
	:
}

# --- what is there ----------------------------------------------------------

# state: branch, index, work tree and hooks of the present repository. Not the
# index of documents, which is a cache, nor a temporary name: litter() sees it.
state()
{
	echo "== head"
	git rev-list --format=%T HEAD | grep -v ^commit && cat .git/HEAD .git/config
	echo "== index"
	git ls-files -s
	echo "== tree"
	find . -path ./.git -prune -o ! -type d -printf '%m %p\n' -exec sha256sum {} + |
		grep -v '/\.pm-tmp-' | sort
	test ! -d .git/hooks ||
		find .git/hooks ! -type d -printf '%m %p\n' -exec sha256sum {} + | sort
}

# part NAME FILE: one part of a state.
part()
{
	awk -v want="$1" '/^== / { on = $2 == want } on' "$2"
}

# litter: what no run may leave.
litter()
{
	find . \( -name '.pm-tmp*' -o -name '*.lock' -o -name '?*.pm' -o \
		-name 'tmp_obj*' -o -path './.git/pm/*' \) \
		! -path './.git/pm/index.db' ! -path './.git/pm/index.db.lock'
}

# keep NAME: the present state is one that may be left.
keep()
{
	state >"$pm_trash/states/$1"
}

# The state in FILE is one of those that may be left.
known()
{
	for kept in "$pm_trash"/states/*
	do
		cmp -s "$1" "$kept" && return 0
	done
	return 1
}

# victim: a fresh copy of the repository, entered.
victim()
{
	cd "$pm_trash" && rm -rf victim && cp -a repo victim && cd victim
}

# begin: the repository, and its states.
begin()
{
	mkdir "$pm_trash/repo" "$pm_trash/states" && cd "$pm_trash/repo" &&
		git init -q --template= . && prepare && git update-index -q --refresh
	keep old && victim && act >"$pm_trash/out" 2>"$pm_trash/err" || {
		cat "$pm_trash/err"
		return 1
	}
	keep new && git status --porcelain >"$pm_trash/status.new" && left=$(litter) &&
		{ test -z "$left" || say "litter: $left"; } && stages && cd "$pm_trash"
}

# team: work of the user's that a command must leave alone: staged, changed
# after that, changed and not staged, removed, new.
team()
{
	mkdir -p src && echo a >src/staged && echo a >src/both && echo a >src/loose &&
		echo a >src/gone && commit_all &&
		echo b >src/staged && echo b >src/both && git add src && echo c >src/both &&
		echo b >src/loose && rm src/gone && echo new >src/new
}

# unmount DIR: a worker that has just lost its pm may still stand in it, for as
# long as it takes to notice.
unmount()
{
	turns=0
	until umount "$1" 2>"$pm_trash/busy"
	do
		turns=$((turns + 1))
		test $turns -lt 200 || { cat "$pm_trash/busy"; return 1; }
		sleep 0.05
	done
}

# --- what must hold ---------------------------------------------------------

say()
{
	echo "$*"
	return 1
}

# said PATTERN: on stdout or stderr.
said()
{
	grep -q "$1" "$pm_trash/out" "$pm_trash/err"
}

# The objects are whole.
whole()
{
	git fsck --strict --no-dangling 2>&1 | grep -v '^notice' >"$pm_trash/fsck"
	test ! -s "$pm_trash/fsck" || { cat "$pm_trash/fsck"; say "git fsck complains"; }
}

# The index has the trees that it claims to have.
true_trees()
{
	git ls-files --stage >"$pm_trash/stage" && rm -f "$pm_trash/index.2" &&
		cp .git/index "$pm_trash/index.1" &&
		GIT_INDEX_FILE=$pm_trash/index.2 git update-index --index-info <"$pm_trash/stage" &&
		test "$(GIT_INDEX_FILE=$pm_trash/index.1 git write-tree)" = \
			"$(GIT_INDEX_FILE=$pm_trash/index.2 git write-tree)"
}

# is_new: everything is done, and nothing is left over.
is_new()
{
	state >"$pm_trash/got"
	cmp -s "$pm_trash/got" "$pm_trash/states/new" || {
		diff "$pm_trash/states/new" "$pm_trash/got"
		say "not the new state"
		return 1
	}
	git status --porcelain >"$pm_trash/got"
	cmp -s "$pm_trash/got" "$pm_trash/status.new" || {
		diff "$pm_trash/status.new" "$pm_trash/got"
		say "git status sees something else"
		return 1
	}
	left=$(litter)
	test -z "$left" || say "left behind: $left" || return 1
	true_trees || say "the index has other trees than it claims" || return 1
	whole
}

# converges: what the user does next ends in the new state, and what is left
# of the cache goes with its next use.
converges()
{
	follow >"$pm_trash/out.2" 2>"$pm_trash/err.2"
	after=$?
	test $after -le 1 && pm index 2>>"$pm_trash/err.2" && is_new && return 0
	cat "$pm_trash/err.2"
	say "the next run, status $after, does not converge"
}

# A branch that moved while the index did not: a lock that says so is there.
on_the_way()
{
	test -e .git/index.lock && head -n 1 .git/index.lock | grep -q '^pm holds' &&
		part head "$1" >"$pm_trash/a" && part tree "$1" >>"$pm_trash/a" &&
		part head "$pm_trash/states/new" >"$pm_trash/b" &&
		part tree "$pm_trash/states/new" >>"$pm_trash/b" &&
		cmp -s "$pm_trash/a" "$pm_trash/b" &&
		part index "$1" >"$pm_trash/a"
	part index "$pm_trash/states/old" >"$pm_trash/b"
	cmp -s "$pm_trash/a" "$pm_trash/b"
}

# stopped: pm ended in the middle without a word.
stopped()
{
	whole || return 1
	state >"$pm_trash/got"
	known "$pm_trash/got" || on_the_way "$pm_trash/got" || {
		diff "$pm_trash/states/new" "$pm_trash/got"
		say "half done"
		return 1
	}
	converges
}

# told STATUS [LITTER]: pm ended by itself and what it says is true. With LITTER
# the fault is one that keeps it from cleaning up: then the next run does.
told()
{
	state >"$pm_trash/got"
	case $1 in
	0)
		cmp -s "$pm_trash/got" "$pm_trash/states/new" || {
			diff "$pm_trash/states/new" "$pm_trash/got"
			say "status 0, but not the new state"
			return 1
		}
		# What the cache leaves goes with its next use.
		left=$(litter)
		case "$left" in
		'') ;;
		./.git/pm/*) pm index || return 1 ;;
		*)
			test -z "${2-}" || said 'cannot remove' ||
				say "left behind without a word: $left" || return 1
			test -z "${2-}" || converges || return 1
			;;
		esac
		is_new && return 0
		say "status 0"
		return 1
		;;
	127)
		# The loader or strace could not start it.
		cmp -s "$pm_trash/got" "$pm_trash/states/old" && return 0
		;;
	esac
	cat "$pm_trash/err"
	test "$1" -le 3 || test "${unkind-}" = "$1" || say "status $1" || return 1
	grep -q '[a-z]' "$pm_trash/err" || say "status $1 without a word" || return 1
	whole || return 1
	known "$pm_trash/got" || {
		diff "$pm_trash/states/old" "$pm_trash/got"
		say "status $1, and not as it was"
		return 1
	}
	! cmp -s "$pm_trash/got" "$pm_trash/states/new" ||
		cmp -s "$pm_trash/states/old" "$pm_trash/states/new" || owns_up ||
		{ test -n "${unkind-}" && said 'out of memory'; } ||
		say "status $1, although all was done" || return 1
	left=$(litter)
	# Out of memory pm stops where it is; the cache's next use clears up.
	test -z "${unkind-}" || left=$(litter | grep -v '^./.git/pm/')
	test -n "${2-}" || test -z "$left" || say "left behind: $left" || return 1
	# For a look at the messages.
	echo "$1 $(tail -n 1 "$pm_trash/err")" | sed "s|$pm_trash|/...|g" >>"$LOG/said"
}
