#!/bin/sh
# SPDX-License-Identifier: Apache-2.0

test_description='completion as keys in bash, zsh and fish find it'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/completion.sh"

test_expect_success 'a repository with a document, a template and a branch' '
	completion_scripts && make_repo repo && cd repo && pm init >/dev/null 2>&1 &&
	mkdir .pm/templates && echo "## A" >.pm/templates/ours.md && mkdir zone &&
	pm new "Checkout 500s" && git add . && git commit -q -m all && git branch side
'

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
	fish_gives --color "pm --col" && fish_gives zone/ "pm -C zo" &&
	fish_gives side "pm check --at si" && fish_gives checkout-500s "pm show che" &&
	fish_gives ours "pm new --template ou" && fish_gives checkout-500s "git pm show che"
'

test_expect_success ZSH 'zsh: options before the command, values, slugs' '
	zsh_runs "title: Checkout 500s" "pm --no-pager show che" &&
	zsh_runs "\"schema\": 1" "pm --no-pager -C . list --format=js" &&
	zsh_runs "\"schema\": 1" "pm --no-pager list -f js" &&
	zsh_runs "SEVERITY  STATUS" "pm --no-pager list --at=si" &&
	zsh_runs "title: Checkout 500s" "git pm --no-pager show che"
'

test_done
