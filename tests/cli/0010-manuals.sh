#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='every example in a manual runs, and completions load'
. "$(dirname "$0")/lib.sh"

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

cat >complete.bash <<'EOF'
. ./script.bash
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
if test "$1" = git; then _git_pm; else _pm; fi
printf '%s\n' "${COMPREPLY[@]}"
EOF

test_expect_success 'bash completes commands, options, values, documents' '
	command -v bash >/dev/null || return 0
	bash --norc complete.bash pm che >out && echo check >want &&
	test_cmp want out &&
	bash --norc complete.bash pm check --sta >out && echo --staged >want &&
	test_cmp want out &&
	bash --norc complete.bash pm check --format js >out &&
	echo json >want && test_cmp want out &&
	(cd repo && cp ../script.bash . &&
		bash --norc ../complete.bash pm show 2026-11) >out &&
	echo 2026-11-22-checkout-500s >want && test_cmp want out
'

test_expect_success 'bash completes git pm as well' '
	command -v bash >/dev/null || return 0
	bash --norc complete.bash git pm che >out && echo check >want &&
	test_cmp want out &&
	bash --norc complete.bash git -C . pm che >out && test_cmp want out
'

test_expect_success 'bash knows what takes a value of its own' '
	command -v bash >/dev/null || return 0
	bash --norc complete.bash pm -j 2 che >out && echo check >want &&
	test_cmp want out &&
	(cd repo && bash --norc ../complete.bash pm check --at "") >out &&
	has_not out 2026-11-22-checkout-500s
'

test_expect_success 'fish completes options of git pm' '
	command -v fish >/dev/null || return 0
	fish --no-config -c "source ./script.fish; complete -C \"git pm check --sta\"" >out &&
	has out --staged
'

test_expect_success 'a shell that has none is named' '
	run 2 pm completion csh &&
	has err "bash, zsh and fish"
'

test_done
