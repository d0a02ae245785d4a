#!/bin/sh
# SPDX-License-Identifier: Apache-2.0

test_description='completion as keys in bash, zsh and fish find it'
. "$(dirname "$0")/lib.sh"

test_expect_success 'a repository with a document, a template and a branch' '
	for shell in bash zsh fish
	do
		pm completion $shell >script.$shell || return 1
	done && make_repo repo && cd repo && pm init >/dev/null 2>&1 &&
	mkdir .pm/templates && echo "## A" >.pm/templates/ours.md && mkdir zone &&
	pm new "Checkout 500s" && git add . && git commit -q -m all && git branch side
'

cat >complete.bash <<'EOF'
. ../script.bash
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_pm
printf '%s\n' "${COMPREPLY[@]}"
EOF

# bash_gives "WANTED WORDS" TYPED...: = is a word of its own, as in bash.
bash_gives()
{
	want=$1
	shift
	bash --norc complete.bash "$@" >out && test "$(paste -s -d " " out)" = "$want" &&
		return 0
	echo "not '$want': $*" && cat out && return 1
}

command -v bash >/dev/null && test_set_prereq BASH
command -v fish >/dev/null && test_set_prereq FISH
command -v zsh >/dev/null && command -v python3 >/dev/null && test_set_prereq ZSH

test_expect_success BASH 'bash: values after =, values of options of every command' '
	bash_gives json pm list --format = js &&
	bash_gives "text json" pm list --format = &&
	bash_gives always pm list --color al && bash_gives never pm --color ne &&
	bash_gives zone pm -C zo && bash_gives zone pm list -C zo &&
	bash_gives side pm check --at si && bash_gives auto pm check --since au
'

test_expect_success BASH 'bash: slugs, the templates of the repository, manuals' '
	bash_gives checkout-500s pm show che &&
	bash_gives 2026-11-22-checkout-500s pm show 20 &&
	bash_gives ours pm new --template ou && bash_gives "policy" pm help po
'

test_expect_success FISH 'fish: options before the command, revisions, slugs' '
	for pair in "pm --col=--color" "pm -C zo=zone/" "pm check --at si=side" \
		"pm show che=checkout-500s" "pm new --template ou=ours" \
		"git pm show che=checkout-500s"
	do
		fish --no-config -c "source ../script.fish; complete -C \"${pair%=*}\"" >out &&
		cut -f1 out >got && echo "${pair##*=}" >want && test_cmp want got || return 1
	done
'

# zsh_runs TEXT TYPED: what is shown when the line runs that Tab completed.
zsh_runs()
{
	python3 "$PM_ROOT/tests/cli/terminal.py" \
		--type "ready>=$2\\t\\n" --type "$1=exit\\n" \
		env TERM=dumb ZDOTDIR="$PWD/../z" zsh -i -o no_beep >shown 2>err
	has shown "$1"
}

test_expect_success ZSH 'zsh: options before the command, values, slugs' '
	mkdir ../z && cat >../z/.zshrc <<-\EOF &&
	PS1="ready>"
	autoload -U compinit && compinit -u -D
	source ../script.zsh
	EOF
	zsh_runs "title: Checkout 500s" "pm --no-pager show che" &&
	zsh_runs "\"schema\": 1" "pm --no-pager -C . list --format=js" &&
	zsh_runs "\"schema\": 1" "pm --no-pager list -f js" &&
	zsh_runs "SEVERITY  STATUS" "pm --no-pager list --at=si" &&
	zsh_runs "title: Checkout 500s" "git pm --no-pager show che"
'

test_done
