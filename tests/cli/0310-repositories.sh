#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm opens what git opens, and says why not'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

printf 'leak:pcre2\nleak:git_config_foreach_match\n' >"$HOME/leaks"
LSAN_OPTIONS=suppressions=$HOME/leaks:print_suppressions=0
export LSAN_OPTIONS

test_expect_success 'outside of any repository' '
	mkdir none && cd none && run 3 pm list && has err "no Git repository" &&
	has err "git init" && has err "-C" && cd .. && run 3 pm -C nowhere list && has err nowhere
'

test_expect_success 'a work tree, a directory below, a linked one, -C' '
	make_repo repo && cd repo && printf "out\nerr\n" >.git/info/exclude &&
	doc 2026-11-22-one </dev/null && commit_all && mkdir -p a/b &&
	run 0 pm list && has out 2026-11-22-one &&
	(cd a/b && run 0 pm list && has out 2026-11-22-one) &&
	git worktree add -q ../linked && cd .. && run 0 pm -C linked list && has out 2026-11-22-one
'

# hazard: 14 15 16
test_expect_success 'SHA-256, reftable and unknown extensions are named' '
	if git init -q --object-format=sha256 sha256 2>/dev/null
	then
		run 3 pm -C sha256 list && has err "SHA-256"
	fi &&
	git init -q odd && cat >odd/.git/config <<-\EOF &&
	[core]
		repositoryFormatVersion = 1
	[extensions]
		refStorage = reftable
	EOF
	run 3 pm -C odd list && has err reftable && has err "git refs migrate" &&
	sed -i "s/refStorage.*/moonPhase = full/" odd/.git/config &&
	run 3 pm -C odd list && has err moonphase &&
	sed -i "s/moonPhase.*/preciousObjects = true/" odd/.git/config && run 0 pm -C odd list
'

# hazard: 51
test_expect_success 'a broken setting is told with file and line' '
	printf "[user]\n\tname = x\n[broken\n" >"$HOME/broken" &&
	run 3 env GIT_CONFIG_GLOBAL="$HOME/broken" pm -C repo list &&
	has err "$HOME/broken:3"
'

# hazard: 47
test_expect_success 'a damaged HEAD is an error, not an empty repository' '
	cp -R repo damaged && echo nonsense >damaged/.git/HEAD &&
	run 3 pm -C damaged check --at HEAD && run 3 pm -C damaged search x && has err HEAD
'

# Somebody else, to whom a repository can belong.
test "$(id -u)" = 0 && mkdir "$HOME/probe" && chown 12345 "$HOME/probe" 2>/dev/null &&
	test_set_prereq CHOWN

# hazard: 17 18
test_expect_success CHOWN 'a repository of another user needs git to trust it' '
	cp -R repo foreign && chown -R 12345 foreign &&
	run 3 pm -C foreign list && has err "belongs to another user" &&
	has err "git config --global --add safe.directory" &&
	git config --global --add safe.directory "*" &&
	run 0 pm -C foreign list && has out 2026-11-22-one &&
	git config --global --unset-all safe.directory &&
	git config --global --add safe.directory "$PWD/foreign" &&
	run 0 pm -C foreign list && git config --global --unset-all safe.directory &&
	run 0 env GIT_DIR="$PWD/foreign/.git" pm list
'

# hazard: 28
test_expect_success 'core.worktree elsewhere' '
	git init -q away && mkdir there && git -C away config core.worktree "$PWD/there" &&
	run 3 pm -C away list && has err "core.worktree" && has err "$PWD/there"
'

# hazard: 21
test_expect_success 'GIT_DIR that is none, and GIT_COMMON_DIR' '
	run 3 env GIT_DIR=nowhere pm list && has err "GIT_DIR names" &&
	run 3 env GIT_COMMON_DIR=x pm -C repo list && has err GIT_COMMON_DIR
'

# hazard: 20
test_expect_success 'GIT_INDEX_FILE is what is staged' '
	cd repo && cp .git/index .git/other && doc 2026-11-23-two </dev/null &&
	GIT_INDEX_FILE=.git/other git add postmortems &&
	run 0 pm check --staged --format json && grep "\"documents\": 1" out &&
	run 0 env GIT_INDEX_FILE=.git/other pm check --staged --format json &&
	grep "\"documents\": 2" out && cd ..
'

test_done
