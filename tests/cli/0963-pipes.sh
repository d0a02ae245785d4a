#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# slow: faults of all kinds, one by one
test_description='a named pipe in the place of a file is told, and not waited for'
. "$(dirname "$0")/lib.sh"

# libgit2 forgets the object database whose alternates it cannot read, and the
# sanitizer cannot follow the calls.
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
export ASAN_OPTIONS

# pipe PATH: a fresh copy of the repository, in it, with a pipe in that place.
pipe()
{
	cd "$HERE" && rm -rf repo && cp -a model repo && cd repo && replace "$1"
}
replace()
{
	mkdir -p "$(dirname "$1")" && rm -rf "$1" && mkfifo "$1"
}

# asked WHAT COMMAND...: the command ends, with a status that pm has.
asked()
{
	pm_what=$1
	shift
	timeout 10 "$@" >out 2>err </dev/null
	pm_got=$?
	test $pm_got -le 3 && return 0
	echo "status $pm_got: $*, where '$pm_what' is a pipe"
	return 1
}

# refused PATH: all commands refuse, and name the path.
refused()
{
	for command in list 'search mail' 'review HEAD' 'commit -m x' index 'list --at HEAD'
	do
		# shellcheck disable=SC2086 # words
		asked "$1" pm $command && test $pm_got = 3 && test_must_be_empty out &&
			has err "$1'" && grep -qE 'is a pipe|not a regular file' err || return 1
	done
}

if ldd "$PM_BUILD/pm" 2>/dev/null | grep -q libgit2
then
	# shellcheck disable=SC2034 # read by test_done
	skip_all='libgit2 is linked dynamically, and opens its files itself'
	test_done
fi

test_expect_success 'a repository' '
	make_repo model && cd model && run 0 pm init && run 0 pm new --owner @ana "Disk full" &&
	run 0 pm new --owner @ana "Mail late" && printf "%s\n" out err >.git/info/exclude &&
	commit_all && git branch past && git pack-refs --all && git gc -q &&
	run 0 pm new --owner @bo "Late again" && commit_all && rm -rf .git/pm && HERE=${PWD%/*}
'

for file in .git .git/HEAD .git/config .git/refs/heads/main .git/packed-refs \
	.git/objects/info/alternates
do
	test_expect_success "$file" '
		pipe $file && refused $file && mkdir sub && cd sub && refused $file
	'
done

test_expect_success 'a file that the configuration includes, and what belongs to a user' '
	pipe included && git config include.path ../included && refused included &&
	pipe own/.gitconfig && HOME=$PWD/own && export HOME && unset GIT_CONFIG_GLOBAL &&
	refused .gitconfig && pipe .git/config.worktree &&
	git config extensions.worktreeConfig true && refused .git/config.worktree
'

test_expect_success 'a linked work tree' '
	pipe none && git worktree add -q ../linked && cd ../linked &&
	for file in HEAD commondir
	do
		cp ../repo/.git/worktrees/linked/$file ../kept &&
		replace ../repo/.git/worktrees/linked/$file &&
		asked $file pm list && test $pm_got = 3 && test -s err &&
		rm ../repo/.git/worktrees/linked/$file &&
		mv ../kept ../repo/.git/worktrees/linked/$file || return 1
	done && run 0 pm list && rm -rf ../linked
'

test_expect_success 'settings' '
	for file in .pm/policy.yaml .pm/baseline .pm/templates/incident.md
	do
		pipe $file && asked $file pm check && test $pm_got = 3 &&
		has err "$file" && has err "not a regular file" || return 1
	done && pipe team && sed -i "s/^people_file:.*/people_file: team/" .pm/policy.yaml &&
	asked team pm list && test $pm_got = 3 && has err "team"
'

test_expect_success 'a document: the others are checked' '
	pipe postmortems/2026/2026-11-22-disk-full.md && asked document pm check &&
	has out late-again && asked document pm commit -m x && asked document pm list &&
	has out late-again
'

test_expect_success 'whatever else is in a repository' '
	pipe none && cp -a . ../less &&
	for file in .git/index .git/info/exclude .git/info/attributes .git/info .gitignore \
		.gitattributes .git/shallow .git/refs .git/refs/heads .git/MERGE_HEAD .git/pm \
		.git/pm/index.db .git/objects/pack/multi-pack-index .git/hooks/pre-commit \
		.git/index.lock .git/rebase-merge/head-name .mailmap postmortems \
		.git/objects/info/commit-graph "$(ls .git/objects/pack/*.pack)" \
		"$(ls .git/objects/pack/*.idx)" \
		"$(git rev-parse HEAD | sed "s,^..,.git/objects/&/,")"
	do
		pipe "$file" &&
		for command in check list "check --staged" status adopt "commit -m x" \
			"search mail" "new More" "check --since past"
		do
			# shellcheck disable=SC2086 # words
			asked "$file" pm $command || return 1
		done || return 1
	done
'

test_done
