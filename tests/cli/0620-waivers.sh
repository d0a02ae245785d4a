#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='waivers: accepted findings are counted, not hidden'
. "$(dirname "$0")/lib.sh"

id=2026-11-22-checkout-500s
doc=postmortems/$id.md

test_expect_success 'a finding, and what is said when it is waived' '
	make_repo && mkdir postmortems && cp "$PM_CASES/example/$id.md" $doc &&
	printf "\n## Links\n\nSee [the graph](gone.svg).\n" >>$doc &&
	run 0 pm check && has out "[link-broken]" &&
	sed "s/^See/<!-- pm: allow link-broken: it had to be deleted -->\n&/" \
		$doc >x && mv x $doc &&
	run 0 pm check && test_must_be_empty out &&
	echo "pm: 1 document: 0 errors, 0 warnings, 1 waived" >expect &&
	test_cmp expect err
'

test_expect_success 'JSON has the number' '
	run 0 pm check --format json && has out "\"waived\": 1"
'

test_expect_success 'without a reason it does not count' '
	sed "s/ it had to be deleted//" $doc >x && mv x $doc &&
	run 1 pm check && has out "[link-broken]" && has out "[waiver-reason]" &&
	has err "1 error, 1 warning ("
'

test_expect_success 'nor does it with one that says nothing' '
	for reason in x ok TBD "why it is accepted" Because
	do
		sed "/pm: allow/d" $doc >x &&
		sed "1a allow: [{rule: link-broken, reason: $reason}]" x >$doc.new &&
		mv $doc.new $doc && run 1 pm check && has out "[waiver-reason]" &&
		has out "[link-broken]" && sed -i 2d $doc || return 1
	done &&
	sed "1a allow: [{rule: link-broken, reason: INC-12}]" $doc >x && mv x $doc &&
	run 0 pm check && test_must_be_empty out && sed -i 2d $doc
'

test_expect_success 'in front matter it ends with its last day' '
	sed "/pm: allow/d" $doc >x &&
	sed "1a allow: [{rule: link-broken, reason: gone, until: 2026-11-22}]" x >$doc &&
	PM_NOW=2026-11-22T23:59:59Z run 0 pm check && test_must_be_empty out &&
	PM_NOW=2026-11-23T00:00:00Z run 0 pm check && has out "[link-broken]" &&
	has out "the waiver of '\''link-broken'\'' ended on 2026-11-22 [waiver-expired]"
'

test_expect_success 'one that is no longer needed is told' '
	sed "s/2026-11-22}]/2026-12-31}]/; /gone.svg/s/.*/No links./" $doc >x &&
	mv x $doc && run 0 pm check && has out "[waiver-unused]"
'

test_expect_success 'a policy that is silent about them silences them' '
	mkdir .pm && echo "rules: {waiver-unused: off}" >.pm/policy.yaml &&
	run 0 pm check && test_must_be_empty out
'

test_expect_success 'the rules are explained' '
	for rule in waiver-expired waiver-invalid waiver-reason waiver-unused
	do
		run 0 pm explain $rule && has out "allow:" || return 1
	done
'

test_done
