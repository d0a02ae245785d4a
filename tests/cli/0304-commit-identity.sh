#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm commit: who and when, by the rules of git'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

DOC=postmortems/2026-11-22-new.md

test_expect_success 'a repository and nobody' '
	make_repo repo && cd repo && printf "out\nerr\nwant\n" >.git/info/exclude &&
	unset GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_AUTHOR_DATE &&
	unset GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL GIT_COMMITTER_DATE &&
	git config user.useConfigOnly true && doc 2026-11-22-new </dev/null
'

# hazard: 34
test_expect_success 'without a name nothing is written, and it is said what to do' '
	head=$(git rev-parse HEAD) && find .git -type f | sort >before &&
	run 3 pm commit && has err "git config --global user.name" &&
	has err "git config --global user.email" && not_committed $head &&
	find .git -type f | sort >after && test_cmp before after && rm before after
'

# is NAMES: author and committer of HEAD, with their addresses.
is()
{
	git log -1 --format='%an <%ae>, %cn <%ce>' >out && echo "$1" >want &&
		test_cmp want out && sound
}

# next COMMAND...: changes the document and commits it so.
next()
{
	echo more >>$DOC && run 0 "$@"
}

# hazard: 35
test_expect_success 'from the settings of the user and the repository' '
	git config --global user.name "Uta User" &&
	git config --global user.email uta@example.org &&
	run 0 pm commit && is "Uta User <uta@example.org>, Uta User <uta@example.org>" &&
	git config author.name "Al Author" && git config committer.email cm@example.org &&
	next pm commit && is "Al Author <uta@example.org>, Uta User <cm@example.org>"
'

# hazard: 19
test_expect_success 'from the command line of git' '
	next git -c user.name=Zed -c author.email=z@example.org -c author.name=Y pm commit &&
	is "Y <z@example.org>, Zed <cm@example.org>"
'

# hazard: 19
test_expect_success 'from GIT_CONFIG_COUNT and GIT_CONFIG_GLOBAL' '
	printf "[user]\n\tname = Other\n\temail = other@example.org\n" >"$HOME/other" &&
	git config --unset author.name && git config --unset committer.email &&
	next env GIT_CONFIG_GLOBAL="$HOME/other" pm commit &&
	is "Other <other@example.org>, Other <other@example.org>" &&
	next env GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=user.name GIT_CONFIG_VALUE_0=Counted \
		pm commit &&
	is "Counted <uta@example.org>, Counted <uta@example.org>"
'

# hazard: 35
test_expect_success 'the environment beats all settings' '
	next env GIT_AUTHOR_NAME="J. \"Q\" <R>" GIT_COMMITTER_EMAIL=env@example.org pm commit &&
	is "J. \"Q\" R <uta@example.org>, Uta User <env@example.org>"
'

# hazard: 50
test_expect_success 'settings included for a remote' '
	printf "[user]\n\tname = Included\n" >"$HOME/work" &&
	git remote add origin https://example.org/team/docs.git &&
	when="includeIf.hasconfig:remote.*.url:https://example.org/**" &&
	git config --global "$when.path" "$HOME/work" &&
	next pm commit && is "Included <uta@example.org>, Included <uta@example.org>" &&
	git config --global --remove-section "$when"
'

test_expect_success 'EMAIL, unless settings alone may tell' '
	git config --global --unset user.email &&
	echo more >>$DOC && run 3 env EMAIL=mail@example.org pm commit &&
	git config --unset user.useConfigOnly &&
	run 0 env EMAIL=mail@example.org pm commit &&
	is "Uta User <mail@example.org>, Uta User <mail@example.org>" &&
	git config --global user.email uta@example.org
'

# hazard: 36
test_expect_success 'a name that would forge a header is refused' '
	head=$(git rev-parse HEAD) && echo more >>$DOC &&
	run 3 env GIT_AUTHOR_NAME="$(printf "Eve\nparent 1")" pm commit &&
	has err GIT_AUTHOR_NAME && has err "control character" && not_committed $head
'

# at TIMES: seconds and zone of author and committer.
at()
{
	git cat-file commit HEAD | sed -n 's/^\(author\|committer\) .*> //p' >out &&
		printf '%s\n%s\n' "$1" "$2" >want && test_cmp want out
}

test_expect_success 'dates: the clock, raw, RFC 2822, ISO 8601' '
	next pm commit && at "1795348800 +0000" "1795348800 +0000" &&
	next env GIT_AUTHOR_DATE="@1000 +0130" GIT_COMMITTER_DATE="1112911993 -0700" pm commit &&
	at "1000 +0130" "1112911993 -0700" &&
	next env GIT_AUTHOR_DATE="Thu, 07 Apr 2005 22:13:13 +0200" \
		GIT_COMMITTER_DATE=2005-04-07T22:13:13-0300 pm commit &&
	at "1112904793 +0200" "1112922793 -0300"
'

test_expect_success 'a date that is none is refused in the words of git' '
	head=$(git rev-parse HEAD) && echo more >>$DOC &&
	run 3 env GIT_AUTHOR_DATE="the other day" pm commit &&
	has err "invalid date format: the other day" && not_committed $head
'

test_done
