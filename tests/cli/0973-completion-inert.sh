#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='no name that a commit brings is run when a key is pressed'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/completion.sh"

# What runs, if anything does, leaves a file behind.
EVIL='$(touch${IFS}ran)'
TICK='`touch ran`'

test_expect_success 'a repository with hostile names in every place' '
	completion_scripts && make_repo repo && cd repo && mkdir -p .pm/templates postmortems &&
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

test_expect_success BASH 'bash: names are words, and quoted' '
	bash_gives 2026-05-01-plain pm show 20 &&
	bash_gives "side\\\$\\(touch\\\$\\{IFS\\}ran\\)" pm check --at side &&
	bash_gives "dir\\\$\\(touch\\\$\\{IFS\\}ran\\)" pm -C dir &&
	bash_gives ours pm new --template our &&
	bash_gives payments pm new --service "" &&
	bash_gives incident pm new --kind "" && test ! -e ran
'

test_expect_success FISH 'fish: names are words' '
	fish_gives 2026-05-01-plain "pm show 20" && fish_gives "side$EVIL" "pm check --at si" &&
	fish_gives payments "pm new --service " && fish_gives "dir$EVIL/" "pm -C di" &&
	test ! -e ran
'

# What runs is the whole name: pm finds that branch, and the shell nothing to do.
test_expect_success ZSH 'zsh: what is completed is quoted when it runs' '
	zsh_runs "# Text" "pm --no-pager show 20" &&
	zsh_runs "2026-05-01-plain" "pm --no-pager list --at=si" &&
	zsh_runs "payments" "pm new --no-input --service " && test ! -e ran
'

test_done
