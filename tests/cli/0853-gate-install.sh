#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm hook install: several at once, what is no file, where git looks'
. "$(dirname "$0")/lib.sh"

# old HOOK: a hook of the team's.
old()
{
	printf '#!/bin/sh\nexit 7\n' >".git/hooks/$1" && chmod +x ".git/hooks/$1"
}

test_expect_success 'a repository' '
	make_repo repo && cd repo && rm -rf .git/hooks && mkdir .git/hooks
'

test_expect_success 'of many at once none loses the hook that was there, nor pm'\''s' '
	for round in 1 2 3 4 5
	do
		old pre-commit && cp .git/hooks/pre-commit ../old || return 1
		for one in 1 2 3 4 5 6
		do
			{ pm hook install >"../out$one" 2>&1 || echo failed >>"../out$one"; } &
		done
		wait
		cat ../out? >../all && has_not ../all failed &&
			test "$(grep -c ^installed ../all)" = 1 &&
			grep -q "hook run pre-commit" .git/hooks/pre-commit &&
			test_cmp ../old .git/hooks/pre-commit.pm-chained &&
			run 0 pm hook uninstall && test_cmp ../old .git/hooks/pre-commit || return 1
	done &&
	rm .git/hooks/*
'

test_expect_success 'a directory or a pipe in the place of a hook stays there' '
	mkdir .git/hooks/pre-commit && run 3 pm hook install &&
	has err "is there and is no file (move it away)" && rmdir .git/hooks/pre-commit &&
	mkfifo .git/hooks/pre-commit && run 3 pm hook install && run 0 pm hook list &&
	rm .git/hooks/pre-commit && test -z "$(ls .git/hooks)"
'

test_expect_success 'a directory that only git can tell' '
	git config core.hooksPath "~no-such-user-here/x" && run 3 pm hook install &&
	test ! -e "~no-such-user-here" && git config core.hooksPath "~/hooks" &&
	run 3 pm hook install && has err "$HOME/hooks" &&
	git config --unset core.hooksPath && run 0 pm hook install
'

test_done
