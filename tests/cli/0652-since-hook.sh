#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm check --staged --since HEAD sees what git is about to commit'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/since.sh"

one=postmortems/2026/2026-01-01-one.md
two=postmortems/2026/2026-01-02-two.md
three=postmortems/2026/2026-01-03-three.md
owner='error: action A1 has no owner [action-owner]'
: "${root:?}"

# heard STATUS LINES: the hook ran once and said this.
heard()
{
	printf '%s' "${2:+$2
}" >"$root/want" && test_cmp "$root/want" "$root/heard" &&
		test "$(cat "$root/status")" = "$1" && rm "$root/heard" "$root/status"
}

gone()
{
	echo "$1:$2: warning: link 'gone.md' leads nowhere: there is no such file [link-broken]"
}

test_expect_success 'a repository whose pre-commit hook asks pm' '
	mkdir repo && cd repo && make_history && cat >.git/hooks/pre-commit <<-EOF &&
	#!/bin/sh
	pm check --staged --since HEAD >"$root/heard" 2>"$root/heard.err"
	echo \$? >"$root/status"
	EOF
	chmod +x .git/hooks/pre-commit
'

test_expect_success 'git commit: what was staged, not what was not' '
	echo "[a](gone.md)" >>$one && git add $one && echo "[a](gone.md)" >>$two &&
	git commit -q -m 1 && heard 0 "$(gone $one 17:5)"
'

test_expect_success 'git commit -a: all that is tracked' '
	paper 2026/2026-01-09-new </dev/null && git commit -q -a -m 2 &&
	heard 0 "$(gone $two 18:5)"
'

test_expect_success 'git commit -- PATH: that path, whatever else is staged' '
	git add postmortems && echo "[a](gone.md)" >>$three && git commit -q -m 3 -- $three &&
	heard 0 "$(gone $three 17:5)"
'

test_expect_success 'an error is one, in a linked work tree as well' '
	git worktree add -q -b linked ../linked && cd ../linked &&
	paper 2026/2026-01-10-ten </dev/null && git add postmortems && git commit -q -m 4 &&
	heard 1 "postmortems/2026/2026-01-10-ten.md:10:5: $owner" &&
	echo more >>$one && (cd postmortems && git commit -q -a -m 5) && heard 0 "" && cd ../repo
'

test_expect_success 'the first commit of a repository: all is new' '
	mkdir ../first && cd ../first && git init -q && cp -r ../repo/.pm . &&
	paper 2026/2026-01-01-one </dev/null && git add . &&
	cp ../repo/.git/hooks/pre-commit .git/hooks/ && git commit -q -m 1 &&
	heard 1 "$one:10:5: $owner"
'

test_done
