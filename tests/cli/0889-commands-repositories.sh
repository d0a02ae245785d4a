#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# slow: every command in every kind of repository
test_description='every command in every kind of repository: status, cause, way out'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

test_expect_success 'a repository to make the others of' '
	make_repo seed && (cd seed && printf "/out\n/err\n" >.git/info/exclude &&
	doc 2026-11-01-old </dev/null && commit_all && echo more >>postmortems/2026-11-01-old.md &&
	commit_all && doc 2026-11-22-new </dev/null)
'

# kind NAME: a repository of that kind; the way to it goes to the variable at.
kind()
{
	rm -rf k aside && cp -a seed k && at=k
	case $1 in
	none) rm -rf k/.git ;;
	bare) git clone -q --bare k aside && at=aside ;;
	gitdir) at=k/.git ;;
	empty) rm -rf k && git init -q k ;;
	unborn) rm -rf k/.git && git init -q k ;;
	below) at=k/postmortems ;;
	odd) mkdir -p "aside/a 'b
c" && mv k "aside/a 'b
c/" && at="aside/a 'b
c/k" ;;
	linked) git -C k worktree add -q ../aside && at=aside ;;
	moved) git -C k worktree add -q ../aside/w && mv aside/w aside/moved && at=aside/moved ;;
	gitfile) rm -rf k/.git && echo "gitdir: /nowhere" >k/.git ;;
	sha256) rm -rf k && git init -q --object-format=sha256 k ;;
	reftable) git -C k config core.repositoryFormatVersion 1 &&
		git -C k config extensions.refStorage reftable ;;
	config) echo "[broken" >>k/.git/config ;;
	head) echo nonsense >k/.git/HEAD ;;
	ref) echo nonsense >k/.git/refs/heads/main ;;
	index) echo nonsense >k/.git/index ;;
	tree) rm "k/.git/objects/$(git -C k rev-parse "HEAD^{tree}" | sed "s|^..|&/|")" ;;
	shallow) git clone -q --depth 1 "file://$PWD/k" aside && at=aside ;;
	locked) : >k/.git/index.lock ;;
	esac
}

# The commands, each in a fresh copy; what they share is a document to name.
commands='init|adopt|new --no-input T|check|check --staged|check --at HEAD|check --fix
review HEAD~1..HEAD|approve --by @bo old|commit|hook install pre-commit|list|show old|status
search words|index|explain id-mismatch|help commit|version|completion bash'

# The branch of the repository at hand, if it has one.
branch()
{
	cat k/.git/refs/heads/main aside/refs/heads/main 2>/dev/null || :
}

# one LINE: runs the command; a failure has a reason that says TEXT, a next
# step in parentheses, and moved nothing.
one()
{
	before=$(branch)
	eval "set -- $1"
	pm -C "$at" "$@" >out 2>err </dev/null
	status=$?
	got=$got$status
	test $status != 3 || { has err "$text" && grep "(.*)" err >/dev/null &&
		test "$before" = "$(branch)"; } || { echo "in $name: pm $*" >&2; return 1; }
}

# all: every command in a repository of the kind; their statuses are those of
# the table.
all()
{
	echo "$commands" | tr '|' '\n' >list
	got=
	while read -r line
	do
		kind "$name" && one "$line" || return 1
	done <list
	test "$got" = "$statuses" || { echo "$name: $got, not $statuses" >&2; return 1; }
}

# expect KIND STATUSES TEXT: one row of the table.
expect()
{
	name=$1
	statuses=$2
	text=$3
	test_expect_success "$name" all
}

#                  i a n c s @ f r a c h l s s s i e h v c
expect none       33333333333333330000 "no Git repository in"
expect sha256     33333333333333330000 "SHA-256 object names"
expect reftable   33333333333333330000 "git refs migrate"
expect config     33333333333333330000 ".git/config:"
expect moved      33333333333333330000 "git worktree repair"
expect gitfile    33333333333333330000 "git worktree repair"
expect bare       33303030332000000000 "bare"
expect gitdir     33333030332333000000 "work tree"
expect empty      01000303210020100000 "no revision"
expect unborn     00000303100000100000 "no revision"
expect below      00000000100000000000 ""
expect odd        00000000100000000000 ""
expect linked     00000000110000000000 ""
expect head       00000303130300330000 "corrupted loose reference file: HEAD"
expect ref        00000303130300330000 "refs/heads/main"
expect index      03333030330333000000 "cannot read the index"
expect tree       00000303130300330000 "is not in this repository"
expect shallow    00000003110000000000 "git fetch --unshallow"
expect locked     00000000130000000000 "index.lock"

test_done
