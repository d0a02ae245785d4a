#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='what a change does to the status and the facts of a document'
. "$(dirname "$0")/lib.sh"

ID=2026-11-22-checkout-500s
DOC=postmortems/2026/$ID.md

# told [OPTION...]: what the rules of this test say, one finding a line: line,
# level, rule; its words are below, folded.
told()
{
	pm check --format json "$@" >found.json 2>err
	test $? -le 1 || { cat err >&2; return 1; }
	jq -r '.findings[] | select(.rule |
		test("^(status-|final-|approval-|review-o|action-due-)")) |
		"\(.line) \(.level) \(.rule)", .message' found.json >flat &&
		fold -s -w 72 flat | sed 's/ *$//' >got
}

set_status()
{
	sed "s/^status: .*/status: $1/" "$DOC" >new && mv new "$DOC"
}

test_expect_success 'a complete document of which nothing is known before' '
	make_repo repo && cd repo && mkdir -p postmortems/2026 &&
	printf "new\nflat\nfound.json\ngot\nwant\nerr\nout\n" >.git/info/exclude &&
	cp "$PM_CASES/example/$ID.md" "$DOC" && set_status draft &&
	told && test_must_be_empty got &&
	set_status final && told && test_must_be_empty got &&
	set_status draft && commit_all "docs: a draft" &&
	told && test_must_be_empty got
'

test_expect_success 'a draft does not become final in one change' '
	set_status final && told &&
	cat >want <<-\EOF &&
	6 error status-transition
	status goes from draft to final, which the policy does not allow
	EOF
	test_cmp want got &&
	told --staged && test_must_be_empty got &&
	git add "$DOC" && told --staged && test_cmp want got &&
	run 1 pm check && has found.json "write: status: review; final comes after it"
'

test_expect_success 'it goes through review, and the policy may have other moves' '
	set_status review && git add "$DOC" && told && test_must_be_empty got &&
	told --staged && test_must_be_empty got &&
	mkdir -p .pm && echo "status_transitions: {draft: []}" >.pm/policy.yaml &&
	told &&
	cat >want <<-\EOF &&
	6 error status-transition
	status goes from draft to review, which the policy does not allow
	EOF
	test_cmp want got && run 1 pm check && has found.json "write: status: draft\"" &&
	rm .pm/policy.yaml && commit_all "docs: in review" &&
	set_status final && told && test_must_be_empty got &&
	commit_all "docs: final"
'

test_expect_success 'closing an action of a final document is no edit' '
	sed -e "s/^    status: open/    status: done\n    proof: https:\/\/example.org\/1/" \
		-e "s/^tags: .*/tags: [cdn, eu]/" "$DOC" >new && mv new "$DOC" &&
	told && test_must_be_empty got && git checkout -q "$DOC"
'

test_expect_success 'what a final document says does not change unseen' '
	sed -e "s/^severity: SEV2/severity: SEV3/" -e "s/10:31Z$/10:12Z/" \
		-e "s/due: 2026-12-05/due: 2027-12-05/" "$DOC" >new &&
	mv new "$DOC" && sed "s/^12,000 users/1,200 users/" "$DOC" >new &&
	mv new "$DOC" && told && cat >want <<-\EOF &&
	7 error final-edited
	severity changed from '\''SEV2'\'' to '\''SEV3'\'' in a final document
	18 error final-edited
	mitigated changed from '\''2026-11-22T10:31Z'\'' to '\''2026-11-22T10:12Z'\'' in a
	final document
	32 warning action-due-policy
	action A1 is due on 2027-12-05; the latest day for SEV3 is 2027-02-20,
	90 days after it started
	32 warning final-edited
	the due date of action A1 changed from '\''2026-12-05'\'' to '\''2027-12-05'\'' in
	a final document
	47 warning final-edited
	the text of a final document changed, from here on, under '\''Impact'\''
	EOF
	test_cmp want got &&
	set_status review && told && ! grep final-edited got &&
	git checkout -q "$DOC"
'

test_expect_success 'a level of the policy' '
	echo "rules: {final-edited: warning}" >.pm/policy.yaml &&
	sed "s/^severity: SEV2/severity: SEV3/" "$DOC" >new && mv new "$DOC" &&
	run 0 pm check && has out "warning: severity changed" &&
	git checkout -q "$DOC" && rm .pm/policy.yaml
'

test_expect_success 'a document that moves keeps its past' '
	sed "s/^title: .*/title: Another title/; s/^# Checkout.*/# Another title/" \
		"$DOC" >new && git mv "$DOC" postmortems/2026/2026-11-22-moved.md &&
	sed "s/^id: .*/id: 2026-11-22-moved/" new >postmortems/2026/2026-11-22-moved.md &&
	git add -A && told --staged &&
	grep -q "^title changed from" got &&
	git reset -q --hard
'

test_expect_success 'approvals, by the severity' '
	cat >.pm/policy.yaml <<-\EOF &&
	severities: [{name: SEV2, approvals: 2}]
	EOF
	told &&
	cat >want <<-\EOF &&
	6 error approval-missing
	SEV2 asks for 2 approvals of this text, and it has none
	EOF
	test_cmp want got && run 1 pm check &&
	has found.json "ask somebody other than its owner to read it and run: pm approve $ID" &&
	set_status review && told &&
	sed "s/ error / note /" want >new && test_cmp new got &&
	set_status draft && told && ! grep approval- got &&
	git checkout -q "$DOC"
'

test_expect_success 'the deadline is in working days, without holidays' '
	cat >.pm/policy.yaml <<-\EOF &&
	severities: [{name: SEV2, review_days: 2, final_days: 3}]
	holidays: [2026-11-24]
	EOF
	set_status draft && git add -A && git commit -qm "docs: again" &&
	PM_NOW=2026-11-25T23:59:00Z told && test_must_be_empty got &&
	PM_NOW=2026-11-26T00:00:00Z told &&
	cat >want <<-\EOF &&
	6 warning review-overdue
	this is still a draft: it was due for review on 2026-11-25, 1 day ago
	(SEV2 allows 2 working days after it was resolved)
	EOF
	test_cmp want got &&
	set_status review && PM_NOW=2026-11-26T00:00:00Z told &&
	test_must_be_empty got && PM_NOW=2026-11-30T00:00:00Z told &&
	cat >want <<-\EOF &&
	6 warning review-overdue
	this is still in review: it was due for its final status on 2026-11-26,
	4 days ago (SEV2 allows 3 working days after it was resolved)
	EOF
	test_cmp want got &&
	PM_NOW=2026-11-30T00:00:00Z run 0 pm check
'

test_expect_success 'a branch is judged as a whole, against what it begins with' '
	rm -rf .pm && set_status draft && commit_all "docs: anew" &&
	git checkout -q -b branch && set_status review && commit_all "docs: read" &&
	told --since main && test_must_be_empty got &&
	set_status final && commit_all "docs: final" &&
	told && test_must_be_empty got && told --since main &&
	cat >want <<-\EOF &&
	6 error status-transition
	status goes from draft to final, which the policy does not allow
	EOF
	test_cmp want got &&
	git checkout -q main && git merge -q --ff-only branch &&
	git checkout -q branch &&
	sed "s/^severity: SEV2/severity: SEV4/" "$DOC" >new && mv new "$DOC" &&
	commit_all "docs: not so bad" && run 1 pm check --since main &&
	told --since main && grep -q "SEV2. to .SEV4. in a final document" got
'

test_done
