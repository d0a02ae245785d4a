#!/bin/sh
# SPDX-License-Identifier: Apache-2.0

test_description='pm on a terminal: pager, questions, editor'
. "$(dirname "$0")/lib.sh"

command -v python3 >/dev/null || {
	skip_all='no python3 to make a terminal with'
	test_done
}

# on_terminal STATUS [--type TEXT=KEYS]... COMMAND...: what is shown, to shown.
on_terminal()
{
	want=$1
	shift
	python3 "$PM_ROOT/tests/cli/terminal.py" "$@" >shown 2>err </dev/null
	got=$?
	test $got = "$want" && return 0
	echo "status $got, not $want: $*" && cat shown err && return 1
}

# What the terminal is, and which programs are chosen, is this test's to say.
TERM=xterm
export TERM
unset PAGER GIT_PAGER EDITOR VISUAL GIT_EDITOR NO_COLOR CLICOLOR_FORCE

test_expect_success 'a repository with one document' '
	make_repo repo && cd repo && pm init >/dev/null 2>&1 &&
	printf "%s\n" shown out err "pager*" "ed*" >.git/info/exclude &&
	pm new --severity SEV2 "Checkout 500s" && git add . && git commit -q -m all
'

test_expect_success 'the pager gets the output, and the status stays that of the command' '
	PAGER="sed s/^/paged:/" && export PAGER &&
	on_terminal 0 pm list && has shown "paged:ID" && has_not shown "cannot write" &&
	on_terminal 0 pm show checkout && has shown "paged:title: Checkout 500s" &&
	on_terminal 1 pm list owner:nobody && has_not shown "cannot write" &&
	sed "s/^action_items: .*/action_items: [{title: Test it}]/" \
		postmortems/2026/*.md >edited && cat edited >"$(echo postmortems/2026/*.md)" &&
	on_terminal 1 pm check && has shown "paged:" && has shown "[action-owner]" &&
	on_terminal 0 pm --no-pager list && has_not shown "paged:" &&
	git checkout -q postmortems
'

test_expect_success 'the sums of a check stand below what the pager showed' '
	PAGER="sed s/^/paged:/" && export PAGER &&
	on_terminal 0 pm check && tr -d "\r" <shown | tail -n 1 >last &&
	has last "pm: 1 document: 0 errors" && has shown "paged:" &&
	on_terminal 0 pm --no-pager check && tr -d "\r" <shown | tail -n 1 >last &&
	has last "pm: 1 document: 0 errors" &&
	on_terminal 2 pm list "sevrity:x" &&
	tr -d "\r" <shown >lines && sed 1d lines >rest && has rest "    ^" &&
	head -n 1 lines >first && has first "pm: there is no field" && rm last lines rest first
'

test_expect_success 'what would be changed is paged, and what is changed is not' '
	PAGER="sed s/^/paged:/" && export PAGER && make_repo old && cd old &&
	mkdir postmortems && printf "# Disk\n\n## Impact\n\nNone.\n" >postmortems/2025-02-01-a.md &&
	on_terminal 0 pm adopt -n && has shown "paged:no document was changed" &&
	on_terminal 0 pm adopt --convert -n && has shown "paged:+schema: 1" &&
	on_terminal 0 pm adopt && has_not shown "paged:" &&
	on_terminal 0 pm adopt --convert && has_not shown "paged:" && cd ..
'

test_expect_success 'a pager that is left early is no failure' '
	PAGER="head -n 1" && export PAGER &&
	on_terminal 0 pm list && has shown ID && has_not shown "pm:" &&
	PAGER=true && on_terminal 0 pm list && has_not shown "pm:"
'

test_expect_success 'who chooses it, and an empty choice, as for git' '
	PAGER="sed s/^/one:/" && export PAGER && git config core.pager "sed s/^/two:/" &&
	on_terminal 0 pm list && has shown "two:ID" &&
	on_terminal 0 env GIT_PAGER="sed s/^/three:/" pm list && has shown "three:ID" &&
	on_terminal 0 env GIT_PAGER= pm list && has_not shown ":ID" && has shown ID &&
	git config --unset core.pager && on_terminal 0 env PAGER= LESS=--nonsense pm list &&
	has_not shown ":ID" && has_not shown nonsense && has shown ID
'

test_expect_success 'without a pager the output is not lost' '
	PAGER=no-such-pager && export PAGER && on_terminal 0 pm list &&
	has shown ID && has shown "no pager" && has_not shown "not found" &&
	PAGER="/no/such/pager" && on_terminal 0 pm list && has shown ID &&
	unset PAGER && mkdir -p ../few && for name in sh pm
	do
		ln -sf "$(command -v $name)" ../few || return 1
	done && on_terminal 0 "$(command -v env)" PATH="$PWD/../few" pm list &&
	has shown ID && has_not shown "pager"
'

test_expect_success 'Ctrl-C in the pager is the pager'\''s: pm leaves after it' '
	# A signal that comes just before the shell reads is told after it.
	cat >pager.sh <<-\EOF &&
	trap "echo interrupted" INT
	cat >/dev/null
	{ sleep 1; echo ready; } &
	read -r key </dev/tty
	read -r key </dev/tty
	echo "pager left"
	echo left >pager-left
	EOF
	PAGER="sh ./pager.sh" && export PAGER && rm -f pager-left &&
	on_terminal 130 --type "ready=\\x03" --type "interrupted=\\nq\\n" sh -c "
		trap : INT; pm list; status=\$?
		test -f pager-left && echo in order; exit \$status" &&
	has shown "in order"
'

test_expect_success 'what waits for the end of the pager is not lost with Ctrl-C' '
	PAGER="sh ./pager.sh" && export PAGER &&
	on_terminal 130 --type "ready=\\x03" --type "interrupted=\\nq\\n" sh -c "
		trap : INT; pm check; exit \$?" &&
	tr -d "\r" <shown >lines && grep -c "^pm: 1 document: 0 errors" lines >count &&
	test "$(cat count)" = 1 && sed "1,/pager left/d" lines >behind &&
	has behind "pm: 1 document: 0 errors" && rm lines count behind
'

test_expect_success 'questions: a wrong answer is asked for again, Enter leaves open' '
	on_terminal 0 --type "Title=Mail was late\\n" --type "Severity=SEV9\\n" \
		--type "Severity=P1\\n" --type "Started=25:00\\n" \
		--type "hour 25=" --type "Started=\\n" --type "Owner=Ana Lee\\n" \
		--type "Owner=ana\\n" pm new && has shown "no severity" &&
	grep -q "^severity: SEV1$" postmortems/2026/*-mail-was-late.md &&
	grep -q "^  started:$" postmortems/2026/*-mail-was-late.md &&
	has_not shown "Enter: unknown"
'

test_expect_success 'the end of input leaves the question'\''s line' '
	on_terminal 2 --type "Title=\\x04" pm new && has_not shown "): pm:" &&
	on_terminal 130 --type "Title=abc\\x03" pm new &&
	test "$(find postmortems -name "*.md" | wc -l)" = 2
'

test_expect_success 'no editor set and a plain terminal: no vi, the document stays' '
	TERM=dumb && export TERM && run 3 pm new --edit "Plain one" &&
	has err "no editor is set" && ls postmortems/2026/*-plain-one.md &&
	EDITOR=true run 0 pm new --edit "Plain two" && unset TERM &&
	run 3 pm new --edit "Plain three" && has err "no editor is set" &&
	VISUAL="echo graphic" TERM=xterm run 0 pm new --edit "Plain four" && has out graphic
'

test_expect_success 'a document that its editor removed is not told as there' '
	EDITOR=rm && export EDITOR && run 3 pm new --edit "Gone one" &&
	has err "is gone" && has_not err "kept" &&
	run 3 pm new --edit --commit "Gone two" && has err "is gone"
'

test_done
