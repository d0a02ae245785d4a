#!/bin/sh
# SPDX-License-Identifier: Apache-2.0

test_description='what a person who is lost is told: names, nothing found, manuals'
. "$(dirname "$0")/lib.sh"

test_expect_success 'a repository with a document' '
	make_repo repo && cd repo && pm init >/dev/null 2>&1 && git add . &&
	git commit -q -m init && pm new "Checkout 500s" >new && mkdir notes
'

test_expect_success 'a path that leads out, or to a directory, is told as that' '
	echo "# x" >../outside.md && for name in ../outside.md .. / /etc/hosts
	do
		run 2 pm check "$name" && has err "is outside the repository" &&
		run 2 pm show "$name" && has err "is outside the repository" || return 1
	done && for name in notes postmortems/2026/ .
	do
		run 2 pm show "$name" && has err "is a directory" || return 1
	done && run 2 pm check notes && has err "is a directory" &&
	run 2 pm check "" && has err "no post-mortem" &&
	run 2 pm check chekout && has err "no post-mortem"
'

test_expect_success 'search says when there is nothing to search' '
	run 1 pm search checkout && test_must_be_empty out && has err "is committed" &&
	has err "pm list" && run 1 pm search --format json checkout && has err "is committed" &&
	pm commit >/dev/null 2>&1 && run 0 pm search checkout &&
	run 1 pm search nowhere && test_must_be_empty err &&
	run 1 pm search --at HEAD~1 checkout && has err "is committed" &&
	run 1 pm search --at HEAD nowhere && test_must_be_empty err
'

test_expect_success 'search says that OR is a word when nothing is found' '
	run 1 pm search "checkout OR nowhere" && has err "there is no" &&
	run 0 pm search "checkout" && test_must_be_empty err &&
	run 1 pm search "checkout or nowhere" && test_must_be_empty err &&
	run 1 pm search "*eckout nowhere" && has err "the end of a word only" &&
	run 2 pm search "severity!=SEV2" && has err "(write '\''-severity:value'\'')" &&
	run 1 pm search "a!=b"
'

test_expect_success 'globs that match nothing do not look like a clean check' '
	make_repo ../elsewhere && mkdir ../elsewhere/retros && (cd ../elsewhere &&
		echo "# x" >retros/2026-01-02-x.md && git add . && git commit -q -m x &&
		run 0 pm check && has err "no file is a document" && has err "pm adopt" &&
		run 0 pm check --at HEAD && has err "no file is a document" &&
		run 0 pm check --format json && has err "no file is a document" &&
		run 0 pm check --staged && has_not err "no file" &&
		run 0 pm check --since HEAD && has_not err "no file" &&
		run 0 pm list && has err "pm adopt" && run 0 pm status && has err "pm adopt")
'

test_expect_success 'options: the one that begins so, the version of every command' '
	run 2 pm new --sev SEV1 x && has err "did you mean '\''--severity'\''" &&
	run 2 pm new --inc=1 x && has err "did you mean '\''--incident'\''" &&
	run 2 pm new --s x && has_not err "did you mean" &&
	pm version >want && for name in list check new index
	do
		run 0 pm $name --version && test_cmp want out || return 1
	done
'

test_expect_success 'before the first commit there is no revision, and that is said' '
	git init -q ../unborn && run 3 pm -C ../unborn check --at HEAD &&
	has err "nothing is committed" && run 3 pm check --at nowhere && has err "git tag"
'

test_expect_success 'help shows the manuals by man, and says when it cannot' '
	mkdir bin && printf "#!/bin/sh\necho \"man \$*\"\n" >bin/man && chmod +x bin/man &&
	for topic in "format 5" "policy 5" "query 7" "ci 7"
	do
		PATH=$PWD/bin:$PATH run 0 pm help ${topic% ?} &&
		has out "man ${topic#* } pm-${topic% ?}" &&
		PATH=$PWD/bin:$PATH run 0 pm help pm-${topic% ?} &&
		has out "man ${topic#* } pm-${topic% ?}" || return 1
	done && printf "#!/bin/sh\nexit 16\n" >bin/man &&
	PATH=$PWD/bin:$PATH run 3 pm help query && has err "pm-query(7)" &&
	run 0 pm help pm-new && has out "usage: pm new" &&
	run 2 pm help queri && has err "not a command"
'

test_done
