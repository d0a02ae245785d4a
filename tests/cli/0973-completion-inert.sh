#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='no name that a commit brings is run when a key is pressed'
. "$(dirname "$0")/lib.sh"

command -v bash >/dev/null && test_set_prereq BASH
command -v fish >/dev/null && test_set_prereq FISH
command -v zsh >/dev/null && command -v python3 >/dev/null && test_set_prereq ZSH

# What runs, if anything does, leaves a file behind.
EVIL='$(touch${IFS}ran)'
TICK='`touch ran`'

test_expect_success 'a repository with hostile names in every place' '
	for shell in bash zsh fish
	do
		pm completion $shell >script.$shell || return 1
	done && make_repo repo && cd repo && mkdir -p .pm/templates postmortems &&
	printf "services: [payments, \"%s\"]\ndepartments: [\"%s\"]\n" "$EVIL" "$TICK" \
		>.pm/policy.yaml &&
	printf "kinds: [incident, \"x;touch ran\"]\n" >>.pm/policy.yaml &&
	echo "## A" >".pm/templates/our$EVIL.md" &&
	echo "## A" >.pm/templates/ours.md &&
	for name in "$EVIL" "$TICK" ";touch ran;" "two words" "$(printf "e\033[1m")" plain
	do
		echo "# Text" >"postmortems/2026-05-01-$name.md" || return 1
	done &&
	echo "# Text" >postmortems/-rf.md &&
	mkdir "dir$EVIL" && git add . && git commit -q -m all &&
	git branch "side$EVIL" && rm -f ran
'

test_expect_success 'pm offers no word that a shell would read otherwise' '
	run 0 pm completion --words docs 20 &&
	echo 2026-05-01-plain >want && test_cmp want out &&
	run 0 pm completion --words services && echo payments >want && test_cmp want out &&
	run 0 pm completion --words departments && test_must_be_empty out &&
	run 0 pm completion --words kinds && echo incident >want && test_cmp want out &&
	run 0 pm completion --words templates && has out ours && has_not out touch
'

cat >complete.bash <<'EOF'
. ../script.bash
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_pm
printf '%s\n' "${COMPREPLY[@]}"
EOF

# bash_gives WANTED TYPED...: one word, quoted, and nothing ran.
bash_gives() {
	want=$1 && shift &&
	bash --norc complete.bash "$@" >out &&
	echo "$want" >want && test_cmp want out && test ! -e ran
}

test_expect_success BASH 'bash: names are words, and quoted' '
	bash_gives 2026-05-01-plain pm show 20 &&
	bash_gives "side\\\$\\(touch\\\$\\{IFS\\}ran\\)" pm check --at side &&
	bash_gives "dir\\\$\\(touch\\\$\\{IFS\\}ran\\)" pm -C dir &&
	bash_gives ours pm new --template our &&
	bash_gives payments pm new --service "" && bash_gives incident pm new --kind ""
'

test_expect_success FISH 'fish: names are words' '
	for typed in "pm show 20" "pm check --at si" "pm new --service " "pm -C di"
	do
		fish --no-config -c "source ../script.fish; complete -C \"$typed\"" >out &&
		test -s out && test ! -e ran || return 1
	done
'

test_expect_success ZSH 'zsh: what is completed is quoted when it runs' '
	mkdir ../z && cat >../z/.zshrc <<-\EOF &&
	PS1="ready>"
	autoload -U compinit && compinit -u -D
	source ../script.zsh
	EOF
	for typed in "pm show 20" "pm show --at=si" "pm new --no-input --service "
	do
		python3 "$PM_ROOT/tests/cli/terminal.py" \
			--type "ready>=$typed\\t\\n" --type "ready>=exit\\n" \
			env TERM=dumb ZDOTDIR="$PWD/../z" zsh -i -o no_beep >shown 2>err
		test $? != 99 && has shown "${typed%% *} " && test ! -e ran || return 1
	done
'

test_done
