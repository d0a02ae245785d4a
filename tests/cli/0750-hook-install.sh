#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm hook install chains, uninstall gives back what was there'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

# hook FILE: a hook with the script on stdin.
hook()
{
	mkdir -p "$(dirname "$1")" && cat >"$1" && chmod +x "$1"
}

# Every file under a directory: mode, link target or digest, name.
picture()
{
	(cd "$1" && find . ! -type d | sort | while read -r file
	do
		if test -h "$file"
		then
			echo "link $(readlink "$file") $file"
		else
			echo "$(stat -c %a "$file") $(cksum <"$file") $file"
		fi
	done)
}

test_expect_success 'a repository' '
	make_repo repo && cd repo &&
	printf "out\nerr\nwant\ngot\nlog\nseen\nbefore\nafter\n" >.git/info/exclude &&
	rm -rf .git/hooks
'

test_expect_success 'nothing is there, and the hooks directory is missing' '
	run 0 pm hook && grep "^pre-commit  *absent" out && test ! -e .git/hooks &&
	run 0 pm hook uninstall && has err "in no hook" && test ! -e .git/hooks
'

test_expect_success 'install is pre-commit, executable, and the same the second time' '
	run 0 pm hook install && echo "installed $PWD/.git/hooks/pre-commit" >want &&
	test_cmp want out && test -x .git/hooks/pre-commit && picture .git/hooks >before &&
	run 0 pm hook install pre-commit && echo "kept $PWD/.git/hooks/pre-commit" >want &&
	test_cmp want out && picture .git/hooks >after && test_cmp before after &&
	has .git/hooks/pre-commit "exec pm hook run pre-commit" &&
	shellcheck -s sh .git/hooks/pre-commit
'

test_expect_success 'git runs it: a bad document is refused, a good one is not' '
	bad 2026-11-22-bad && git add postmortems && head=$(git rev-parse HEAD) &&
	run 1 git commit -m x && cat out err >seen && has seen "[action-owner]" &&
	has seen "postmortems/2026-11-22-bad.md:10:" && has seen "not committed" &&
	test "$(git rev-parse HEAD)" = $head && git commit -q --no-verify -m x &&
	doc 2026-11-23-good </dev/null && git add postmortems &&
	run 0 git commit -m y && has_not err "pm:"
'

test_expect_success 'a lost executable bit is given back' '
	chmod -x .git/hooks/pre-commit && run 0 pm hook list && grep "^pre-commit  *disabled" out &&
	has err "git does not run the pre-commit hook: it is not executable" &&
	run 0 pm hook list -f json && has out "\"state\": \"disabled\"" &&
	run 0 pm hook install && has out "installed $PWD" && test -x .git/hooks/pre-commit &&
	chmod -x .git/hooks/pre-commit && run 0 pm hook uninstall &&
	test ! -e .git/hooks/pre-commit &&
	run 0 pm hook install && run 0 pm hook list && has_not err "pm:" &&
	grep "^pre-commit  *installed" out
'

test_expect_success 'uninstall leaves nothing' '
	run 0 pm hook uninstall && has out "removed $PWD/.git/hooks/pre-commit" &&
	test -z "$(ls -A .git/hooks)"
'

test_expect_success 'all of them, a list for programs, and a mistyped name' '
	run 0 pm hook install pre-commit commit-msg pre-push pre-receive &&
	test "$(wc -l <out)" = 4 && run 0 pm hook list --format json &&
	jq -e "[.hooks[] | select(.state == \"installed\" and (.chained | not))] |
		length == 4" out &&
	run 2 pm hook install pre-comit && has err "pre-commit" &&
	run 2 pm hook instal && run 2 pm hook run && run 2 pm hook list x &&
	run 0 pm hook uninstall pre-push && test ! -e .git/hooks/pre-push &&
	test -f .git/hooks/commit-msg && run 0 pm hook uninstall && test -z "$(ls -A .git/hooks)"
'

test_expect_success 'a hook that is there runs first, and its refusal counts' '
	hook .git/hooks/pre-commit <<-\EOF &&
	#!/bin/sh
	echo "chained $# $(basename "$0") $(basename "$(dirname "$0")")" >>log
	test ! -e refuse || exit 9
	EOF
	chmod 710 .git/hooks/pre-commit && picture .git/hooks >before &&
	run 0 pm hook install && has out "runs the hook that was there first" &&
	run 0 pm hook && grep "^pre-commit  *installed .*pre-commit\.pm-chained\$" out &&
	bad 2026-11-24-bad && git add postmortems &&
	run 1 git commit -m x && cat out err >seen && has seen "[action-owner]" &&
	echo "chained 0 pre-commit hooks" >want && test_cmp want log &&
	: >refuse && run 1 git commit -m x && cat out err >seen && has_not seen "[action-owner]" &&
	run 9 pm hook run pre-commit && rm refuse log &&
	run 0 pm hook uninstall && has out "gave back $PWD/.git/hooks/pre-commit" &&
	picture .git/hooks >after && test_cmp before after &&
	git rm -qf postmortems/2026-11-24-bad.md &&
	rm .git/hooks/pre-commit
'

test_expect_success 'a symbolic link, a program that is no shell script, one that may not run' '
	hook tools/pre-commit <<-\EOF &&
	#!/usr/bin/env perl
	open(my $log, ">>", "log"); print $log "perl\n";
	EOF
	ln -s ../../tools/pre-commit .git/hooks/pre-commit &&
	hook .git/hooks/commit-msg </dev/null && chmod 644 .git/hooks/commit-msg &&
	picture .git/hooks >before && run 0 pm hook install pre-commit commit-msg &&
	git commit -q --allow-empty -m x && echo perl >want && test_cmp want log && rm log &&
	run 0 pm hook uninstall && picture .git/hooks >after && test_cmp before after &&
	rm -r .git/hooks tools
'

test_expect_success 'stdin of pre-push goes to both' '
	git init -q --bare ../there.git && git remote add origin ../there.git &&
	hook .git/hooks/pre-push <<-\EOF &&
	#!/bin/bash
	echo "$1" >>log && cat >>log
	EOF
	pm hook install pre-push >out && bad 2026-11-25-bad && git add postmortems &&
	git commit -q -m bad && run 1 git push origin HEAD:refs/heads/main && has log origin &&
	has log "$(git rev-parse HEAD) refs/heads/main" && cat out err >seen &&
	has seen "postmortems/2026-11-25-bad.md:10:" && has seen "refs/heads/main: 2 errors" &&
	has seen "not pushed" &&
	! git -C ../there.git rev-parse -q --verify refs/heads/main && pm hook uninstall &&
	git reset -q --hard HEAD^ && rm -r .git/hooks log
'

test_expect_success 'what husky writes finds its parts by its own name' '
	mkdir -p .husky/_ && git config core.hooksPath .husky/_ &&
	hook .husky/_/pre-commit <<-\EOF &&
	#!/usr/bin/env sh
	. "$(dirname "$0")/h"
	EOF
	cat >.husky/_/h <<-\EOF &&
	n=$(basename "$0")
	s=$(dirname "$(dirname "$0")")/$n
	[ ! -f "$s" ] && exit 0
	sh -e "$s" "$@"
	exit $?
	EOF
	echo "echo husky >>log" >.husky/pre-commit && run 0 pm hook install &&
	has out "$PWD/.husky/_/pre-commit" && git commit -q --allow-empty -m x &&
	echo husky >want && test_cmp want log && rm log && echo "exit 7" >.husky/pre-commit &&
	run 1 git commit --allow-empty -m x && run 7 pm hook run pre-commit &&
	run 0 pm hook uninstall && has_not .husky/_/pre-commit pm &&
	git config --unset core.hooksPath
'

test_expect_success 'who keeps and calls what it finds, as pre-commit.com does, is no loop' '
	run 0 pm hook install && mv .git/hooks/pre-commit .git/hooks/pre-commit.legacy &&
	hook .git/hooks/pre-commit <<-\EOF &&
	#!/usr/bin/env bash
	echo legacy >>log
	exec "$(dirname "$0")/pre-commit.legacy" "$@"
	EOF
	run 0 pm hook install && git commit -q --allow-empty -m x &&
	echo legacy >want && test_cmp want log && run 0 pm hook uninstall &&
	has .git/hooks/pre-commit legacy && rm -r .git/hooks log
'

test_expect_success 'two hooks that are not pm'\''s: neither is lost' '
	echo one | hook .git/hooks/pre-commit && pm hook install >out &&
	echo two | hook .git/hooks/pre-commit && picture .git/hooks >before &&
	run 3 pm hook install && has err "remove the one that is out of date" &&
	run 3 pm hook uninstall && picture .git/hooks >after && test_cmp before after &&
	rm .git/hooks/pre-commit && run 0 pm hook install && has out "runs the hook" &&
	run 0 pm hook uninstall && echo one >want && test_cmp want .git/hooks/pre-commit &&
	rm .git/hooks/pre-commit
'

test_expect_success 'an edited hook is not thrown away' '
	pm hook install >out && echo "# mine" >>.git/hooks/pre-commit &&
	run 0 pm hook && grep "^pre-commit  *edited" out &&
	run 3 pm hook install && has err "was edited" && run 3 pm hook uninstall &&
	has .git/hooks/pre-commit "# mine" && run 0 pm hook install --force &&
	has_not .git/hooks/pre-commit "# mine" && run 0 pm hook uninstall
'

test_expect_success 'core.hooksPath inside, outside, global, none' '
	git config core.hooksPath team/hooks && (mkdir -p below && cd below &&
	run 0 pm hook install) &&
	test -x team/hooks/pre-commit && pm hook uninstall && rm -r team &&
	git config core.hooksPath "$HOME/hooks" && run 3 pm hook install &&
	has err "other repositories may share" && has err "--force" && test ! -e "$HOME/hooks" &&
	run 0 pm hook install --force && test -x "$HOME/hooks/pre-commit" && pm hook uninstall &&
	test -z "$(ls "$HOME/hooks")" && git config core.hooksPath ../../over &&
	run 3 pm hook install &&
	git config --unset core.hooksPath && git config --global core.hooksPath "~/hooks" &&
	run 3 pm hook install && has err "more than this repository" &&
	run 3 pm -C . hook install && git config core.hooksPath "$PWD/.git/hooks" &&
	run 0 pm hook install && pm hook uninstall && git config --unset core.hooksPath &&
	git config --global --unset core.hooksPath &&
	run 3 git -c core.hooksPath=.git/other pm hook install && test ! -e .git/other &&
	git config core.hooksPath /dev/null && run 3 pm hook install && has err "/dev/null" &&
	run 0 pm hook && git config --unset core.hooksPath
'

test_expect_success 'a hooks directory that is a link out of the repository' '
	rm -rf .git/hooks && mkdir ../shared-hooks && ln -s ../../shared-hooks .git/hooks &&
	run 3 pm hook install && test -z "$(ls ../shared-hooks)" && rm .git/hooks
'

# That user has to get at the test's directory and at pm.
# shellcheck disable=SC2154 # lib.sh sets root
test "$(id -u)" = 0 && chmod -R a+rX "$root" &&
	setpriv --reuid=65534 --clear-groups pm version >/dev/null 2>&1 &&
	setpriv --reuid=65534 --clear-groups test -r "$root" &&
	test_set_prereq OTHER_USER

test_expect_success OTHER_USER 'a directory that may not be written' '
	mkdir -p .git/hooks && echo one | hook .git/hooks/pre-commit && chmod -R a+rX "$root" &&
	git config --global --add safe.directory "*" && picture .git/hooks >before &&
	run 3 setpriv --reuid=65534 --clear-groups "$(command -v pm)" hook install &&
	has err "cannot install the pre-commit hook" && has err "Permission denied" &&
	picture .git/hooks >after && test_cmp before after && rm -r .git/hooks
'

test_expect_success 'linked work trees share their hooks' '
	git worktree add -q ../linked && (cd ../linked && run 0 pm hook install &&
		has out "/repo/.git/hooks/pre-commit") && test -x .git/hooks/pre-commit &&
	cd ../linked && bad 2026-11-26-bad && git add postmortems && run 1 git commit -m x &&
	cat out err >seen && has seen "[action-owner]" && cd ../repo && pm hook uninstall
'

test_expect_success 'a bare repository has use for pre-receive only' '
	cd ../there.git && run 0 pm hook install && has out "$PWD/hooks/pre-receive" &&
	run 2 pm hook install pre-commit && has err "bare" && run 0 pm hook uninstall && cd ../repo
'

test_expect_success 'pm is not on PATH: the hook says so and refuses' '
	pm hook install >out && mkdir ../bin && for tool in git sh
	do
		ln -sf "$(command -v $tool)" ../bin/ || return 1
	done &&
	git commit -q --allow-empty -m x &&
	run 1 env PATH="$PWD/../bin" git commit --allow-empty -m y &&
	has err "needs '\''pm'\'' on PATH" && has err "--no-verify"
'

test_done
