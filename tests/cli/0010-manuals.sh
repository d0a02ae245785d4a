#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='every example in a manual runs, and completions load'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/completion.sh"

# A repository in which every example of the manuals has something to do.
test_expect_success 'a repository for the examples' '
	make_repo repo &&
	(
		cd repo &&
		pm init && git config pm.user bo &&
		mkdir -p postmortems/2026 docs/retros &&
		cp "$PM_CASES/example/2026-11-22-checkout-500s.md" postmortems/2026/ &&
		commit_all "postmortem: checkout" &&
		echo "A line of the impact, changed." >>postmortems/2026/2026-11-22-checkout-500s.md
	) >/dev/null
'

test_expect_success 'no example is wrong usage or a failure' '
	pm help --examples >examples &&
	test -s examples &&
	while IFS= read -r line
	do
		cp -R repo scratch &&
		(cd scratch && sh -c "$line" </dev/null) >out 2>err
		status=$?
		rm -rf scratch
		test $status -le 1 || {
			echo "exit status $status: $line"
			cat err
			return 1
		} >&2
	done <examples
'

test_expect_success 'completion scripts load in their shells' '
	for shell in bash zsh fish
	do
		pm completion $shell >script.$shell || return 1
		command -v $shell >/dev/null || continue
		case $shell in
		zsh)
			zsh -f -c "autoload -U compinit &&
				compinit -u -d ./dump && . ./script.zsh" >out 2>&1 ;;
		bash) bash --norc -c ". ./script.bash" >out 2>&1 ;;
		fish) fish --no-config -c "source ./script.fish" >out 2>&1 ;;
		esac || { cat out >&2; return 1; }
		test ! -s out || { cat out >&2; return 1; }
	done
'

test_expect_success BASH 'bash completes commands, options, values, documents' '
	completion_scripts && bash_gives check pm che && bash_gives --staged pm check --sta &&
	bash_gives json pm check --format js &&
	(cd repo && bash_gives 2026-11-22-checkout-500s pm show 2026-11)
'

test_expect_success BASH 'bash completes git pm as well' '
	bash_gives check git pm che && bash_gives check git -C . pm che
'

test_expect_success BASH 'bash knows what takes a value of its own' '
	bash_gives check pm -j 2 che && (cd repo && bash_gives "HEAD main" pm check --at "")
'

test_expect_success FISH 'fish completes options of git pm' '
	completion_scripts && fish_gives --staged "git pm check --sta"
'

test_expect_success 'a shell that has none is named' '
	run 2 pm completion csh &&
	has err "bash, zsh and fish"
'

test_done
