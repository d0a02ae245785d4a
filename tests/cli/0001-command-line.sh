#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='the command line: help, options, exit statuses, odd descriptors'
. "$(dirname "$0")/lib.sh"

test_expect_success 'pm alone shows the commands and is wrong usage' '
	run 2 pm &&
	has out "usage: pm" &&
	has out "search" &&
	test ! -s err
'

test_expect_success 'pm --version and pm version agree' '
	run 0 pm --version && cp out version &&
	run 0 pm version && test_cmp version out &&
	grep -q "^pm [0-9][0-9.]*$" version
'

test_expect_success 'help in its three forms is the same text' '
	run 0 pm help check && cp out help &&
	run 0 pm check --help && test_cmp help out &&
	run 0 pm check -h && test_cmp help out &&
	has help "usage: pm check"
'

test_expect_success 'every command has help, a manual and an example' '
	run 0 pm completion --words commands && cp out commands &&
	test -s commands &&
	while read -r cmd
	do
		run 0 pm help "$cmd" && has out "exit status" &&
		has out "examples" &&
		run 0 pm help --man "$cmd" && has out ".Sh EXIT STATUS" ||
		return 1
	done <commands
'

test_expect_success 'a mistyped command gets the nearest right one' '
	run 2 pm serach foo &&
	has err "did you mean" && has err "pm search" &&
	test ! -s out
'

test_expect_success 'a mistyped option gets the nearest right one' '
	run 2 pm check --fromat json &&
	has err "did you mean" && has err "format" &&
	has err "usage: pm check"
'

test_expect_success 'an option without its value says what it takes' '
	run 2 pm check --format &&
	has err "--format <name>"
'

test_expect_success 'a switch takes no value' '
	run 2 pm check --staged=yes &&
	has err "takes no value"
'

test_expect_success 'nothing is abbreviated' '
	run 2 pm check --form json &&
	run 2 pm chec
'

test_expect_success 'an operand that looks like an option is told of --' '
	run 2 pm search -canary &&
	has err "--"
'

test_expect_success 'outside a repository the message says so' '
	mkdir outside &&
	run 3 pm -C outside check &&
	has err "repository" &&
	test ! -s out
'

test_expect_success '-C works before and after the command' '
	make_repo repo &&
	run 0 pm -C repo init &&
	run 0 pm check -C repo
'

test_expect_success 'git pm is pm' '
	run 0 pm version && mv out want &&
	run 0 git -C repo pm version && test_cmp want out &&
	run 0 git -C repo pm check && has err "0 errors" &&
	run 2 git -C repo pm chek && has err "pm check"
'

test_expect_success 'an unknown format names the formats' '
	run 2 pm -C repo check --format jsn &&
	has err "json"
'

test_expect_success '--staged and --at exclude each other' '
	run 2 pm -C repo check --staged --at HEAD &&
	has err "--staged"
'

test_expect_success 'an unknown revision is named' '
	run 3 pm -C repo check --at no-such-rev &&
	has err "no-such-rev"
'

test_expect_success 'a document that is not there is wrong usage' '
	run 2 pm -C repo check no-such-document &&
	has err "no-such-document"
'

# hazard: 67
test_expect_success 'a full device is a failure, not success' '
	test -w /dev/full &&
	pm help >/dev/full 2>err
	test $? = 3 && has err "cannot write"
'

# hazard: 68
test_expect_success 'closed descriptors do not land in a file' '
	(cd repo && pm new --no-input "Nothing on stdout" >&- 2>&-)
	(cd repo && pm check <&- >&- 2>&-) ;
	doc=repo/postmortems/2026/2026-11-22-nothing-on-stdout.md &&
	test -s "$doc" &&
	head -n 1 "$doc" >first && echo --- >want && test_cmp want first &&
	has_not "$doc" "warning: "
'

# hazard: 67
test_expect_success 'a reader that leaves early is met in silence' '
	{ pm help 2>err; echo $? >status; } | head -n 1 >first &&
	test -s first &&
	test ! -s err
'

test_expect_success 'PM_NOW that is no instant is wrong usage' '
	PM_NOW=yesterday &&
	export PM_NOW &&
	run 2 pm version &&
	has err PM_NOW
'
PM_NOW=2026-11-22T12:00:00Z

test_expect_success 'NO_COLOR, --color and a pipe decide about colour' '
	(cd repo && run 0 pm check --color=always && run 0 pm check) &&
	run 2 pm -C repo check --color=sometimes &&
	has err "auto, always or never"
'

test_done
