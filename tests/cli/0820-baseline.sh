#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='.pm/baseline holds back what is accepted, and nothing else'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/since.sh"

one=postmortems/2026/2026-01-01-one.md
two=postmortems/2026/2026-01-02-two.md
why="('pm explain RULE' says why)"

test_expect_success 'a finding is accepted, with a reason' '
	mkdir repo && cd repo && make_history &&
	run 1 pm check && has out "action A1 has no owner" &&
	run 0 pm check --accept action-owner one --reason "before our time" &&
	ends "1 finding of '\''action-owner'\'' accepted; the baseline holds 1" &&
	has .pm/baseline "$one action-owner " &&
	has .pm/baseline " # action A1 has no owner (reason: before our time)" &&
	said 0 "" pm check &&
	ends "3 documents: 0 errors, 0 warnings, 1 in the baseline" &&
	pm check --format json | jq -e ".baseline == 1 and .findings == []"
'

test_expect_success 'accepting it again changes nothing' '
	cp .pm/baseline before &&
	run 1 pm check --accept action-owner one --reason again &&
	has err "no finding of '\''action-owner'\'' there to accept" &&
	test_cmp before .pm/baseline
'

test_expect_success 'lines above do not matter, words do' '
	sed -i "4i # remarks\n# of two lines" $one && said 0 "" pm check &&
	sed -i "s/Fix the 2026-01-01-one/Fix it well/" $one &&
	run 1 pm check && has out "action A1 has no owner" &&
	tail -n 2 err >last &&
	has last "3 documents: 1 error, 0 warnings $why" &&
	has last "1 finding of the baseline is mended" &&
	git checkout -q $one
'

test_expect_success 'the same finding twice in a document needs two lines' '
	echo "See [it](gone.md)." >>$two && echo >>$two &&
	run 0 pm check --accept link-broken two --reason "gone for good" &&
	said 0 "" pm check && echo "See [it](gone.md)." >>$two &&
	run 0 pm check && has out "$two:20:10: warning" &&
	run 0 pm check --accept link-broken two --reason "this one as well" &&
	said 0 "" pm check &&
	ends "3 documents: 0 errors, 0 warnings, 3 in the baseline"
'

test_expect_success 'lines are sorted, and read in any order' '
	grep -v "^#" .pm/baseline >lines && LC_ALL=C sort lines >want &&
	cut -d " " -f 1-3 lines >out && cut -d " " -f 1-3 want >err &&
	test_cmp err out &&
	sort -r lines >.pm/baseline && said 0 "" pm check
'

test_expect_success 'a document that moves keeps its lines' '
	commit_all && mkdir -p postmortems/old && git mv $one postmortems/old/ &&
	run 0 pm check && has_not out owner && run 0 pm check --staged &&
	has_not out owner && run 0 pm check --since HEAD && has_not out owner &&
	git reset -q --hard && git mv $one postmortems/2026/2026-01-01-other.md &&
	run 0 pm check && has_not out owner && git reset -q --hard
'

test_expect_success 'each state has the baseline of its own' '
	git rm -q --cached .pm/baseline && run 1 pm check --staged &&
	said 0 "" pm check && said 0 "" pm check --at HEAD &&
	run 1 pm check --at HEAD~1 && git reset -q --hard
'

test_expect_success 'with --since a new finding is told, an accepted one is not' '
	paper 2026/2026-01-04-four </dev/null &&
	run 1 pm check --since HEAD && has out four && has_not out one &&
	run 0 pm check --accept action-owner four --reason "to be seen" &&
	said 0 "" pm check --since HEAD &&
	ends "1 document: 0 errors, 0 warnings, 1 in the baseline" && commit_all
'

test_expect_success 'what is mended leaves, and cannot come back' '
	cp .pm/baseline before && run 0 pm check --update-baseline &&
	test_cmp before .pm/baseline &&
	sed -i "s/status: open}/status: open, owner: \"@bo\"}/" $one &&
	run 0 pm check &&
	has err "1 finding of the baseline is mended" &&
	has err "('\''pm check --update-baseline'\'' takes it out)" &&
	run 0 pm check --update-baseline &&
	has err "1 taken out of the baseline, 3 stay" &&
	grep -v "$one" before >want && test_cmp want .pm/baseline &&
	git checkout -q $one && run 1 pm check && run 1 pm check --update-baseline &&
	test_cmp want .pm/baseline && has err "0 taken out of the baseline, 3 stay"
'

test_expect_success 'comments stay where they are' '
	{ echo "# mine" && cat .pm/baseline && echo "# last" ; } >new &&
	mv new .pm/baseline &&
	run 0 pm check --accept action-owner one --reason "after all" &&
	head -n 1 .pm/baseline >out && echo "# mine" >want && test_cmp want out &&
	tail -n 1 .pm/baseline >out && echo "# last" >want && test_cmp want out &&
	grep -v "^#" .pm/baseline | cut -d " " -f 1,2 >out &&
	LC_ALL=C sort out >want && test_cmp want out
'

test_expect_success 'a path with blanks and signs is read back' '
	mkdir -p "postmortems/a & b" &&
	sed s/2026-01-04-four/2026-01-05-x/ postmortems/2026/2026-01-04-four.md \
		>"postmortems/a & b/2026-01-05 #x 100%.md" &&
	run 0 pm check --accept action-owner "postmortems/a & b/2026-01-05 #x 100%.md" --reason y &&
	has .pm/baseline "postmortems/a%20&%20b/2026-01-05%20#x%20100%25.md action-owner" &&
	said 0 "" pm check && rm -r "postmortems/a & b"
'

test_expect_success 'a wrong line is an error at its place' '
	cp .pm/baseline good &&
	{ cat good && echo "postmortems/x.md action-owner" ; } >.pm/baseline &&
	run 3 pm check &&
	has err ".pm/baseline:$(wc -l <.pm/baseline):" && has err "PATH RULE FINGERPRINT" &&
	echo "<<<<<<< HEAD" >.pm/baseline && run 3 pm check &&
	has err "a merge is not finished here" &&
	echo "x.md action-ownr 0123456789abcdef # x" >.pm/baseline && run 3 pm check &&
	has err "did you mean '\''action-owner'\''" &&
	echo "x%2.md action-owner 0123456789abcdef" >.pm/baseline && run 3 pm check &&
	has err "without two digits" && cp good .pm/baseline && run 0 pm check
'

test_expect_success 'wrong use' '
	run 2 pm check --accept action-owner one && has err "needs a reason" &&
	run 2 pm check --accept action-owner one --reason " " && has err "needs a reason" &&
	run 2 pm check --accept action-owner --reason x && has err "needs the documents" &&
	run 2 pm check --accept action-ownr one --reason x && has err "did you mean" &&
	run 2 pm check --accept document-too-complex one --reason x &&
	has err "no baseline holds" &&
	run 2 pm check --reason x && run 2 pm check --update-baseline one &&
	run 2 pm check --update-baseline --staged && has err "does not go with '\''--staged'\''" &&
	run 2 pm check --update-baseline --accept action-owner one --reason x &&
	rm .pm/baseline && run 3 pm check --update-baseline && has err "there is no baseline"
'

# Put together here, so that no scanner finds one in this file.
BODY=k7Rw2Lq9Zt4Xv1Bn6Mc3Hd8Js5Fg0PyQeAuT

test_expect_success 'a secret is never written down' '
	sed -i "/^  secret: off/d" .pm/policy.yaml &&
	echo "The token ghp_$BODY was in the log." >>$two && run 1 pm check &&
	has out "[secret]" &&
	run 0 pm check --accept secret two --reason "revoked in January" &&
	has .pm/baseline "$two secret " && has_not .pm/baseline Rw2Lq9Zt &&
	run 1 pm check && has_not out secret &&
	cp .pm/baseline before &&
	run 2 pm check --accept action-owner two --reason "the token ghp_$BODY" &&
	has err "looks like a GitHub token" && has_not err Rw2Lq9Zt &&
	test_cmp before .pm/baseline && rm before
'

test_done
