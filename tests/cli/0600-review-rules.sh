#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='what a change does to the status and the facts of a document'
. "$(dirname "$0")/lib.sh"

ID=2026-11-22-checkout-500s
DOC=postmortems/2026/$ID.md

# told [OPTION...]: check's findings of the rules of this test, one a line.
told()
{
	pm check --format json "$@" >found.json 2>err
	test $? -le 1 || { cat err >&2; return 1; }
	jq -r '.findings[] | "\(.line): \(.level): \(.message) [\(.rule)]"' \
		found.json | grep -E '(status-transition|final-edited|approval-[a-z]*|review-overdue|action-due-policy)\]$' >got
	return 0
}

set_status()
{
	sed "s/^status: .*/status: $1/" "$DOC" >new && mv new "$DOC"
}

test_expect_success 'a complete document of which nothing is known before' '
	make_repo repo && cd repo && mkdir -p postmortems/2026 &&
	printf "new\nfound.json\ngot\nwant\nerr\nout\n" >.git/info/exclude &&
	cp "$PM_CASES/example/$ID.md" "$DOC" && set_status draft &&
	told && test_must_be_empty got &&
	set_status final && told && test_must_be_empty got &&
	set_status draft && commit_all "docs: a draft" &&
	told && test_must_be_empty got
'

test_expect_success 'a draft does not become final in one change' '
	set_status final && told &&
	echo "6: error: status goes from draft to final, which the policy does not allow [status-transition]" >want &&
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
	echo "6: error: status goes from draft to review, which the policy does not allow [status-transition]" >want &&
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
	7: error: severity changed from '\''SEV2'\'' to '\''SEV3'\'' in a final document [final-edited]
	18: error: mitigated changed from '\''2026-11-22T10:31Z'\'' to '\''2026-11-22T10:12Z'\'' in a final document [final-edited]
	32: warning: action A1 is due on 2027-12-05; the latest day for SEV3 is 2027-02-20, 90 days after it started [action-due-policy]
	32: warning: the due date of action A1 changed from '\''2026-12-05'\'' to '\''2027-12-05'\'' in a final document [final-edited]
	47: warning: the text of a final document changed, from here on, under '\''Impact'\'' [final-edited]
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
	grep -q "error: title changed from .* in a final document" got &&
	git reset -q --hard
'

test_expect_success 'approvals, by the severity' '
	cat >.pm/policy.yaml <<-\EOF &&
	severities: [{name: SEV2, approvals: 2}]
	EOF
	told &&
	echo "6: error: SEV2 asks for 2 approvals of this text, and it has none [approval-missing]" >want &&
	test_cmp want got && run 1 pm check &&
	has found.json "ask somebody other than its owner to read it and run: pm approve $ID" &&
	set_status review && told &&
	sed "s/error/note/" want >new && test_cmp new got &&
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
	echo "6: warning: this is still a draft: it was due for review on 2026-11-25, 1 day ago (SEV2 allows 2 working days after it was resolved) [review-overdue]" >want &&
	test_cmp want got &&
	set_status review && PM_NOW=2026-11-26T00:00:00Z told &&
	test_must_be_empty got && PM_NOW=2026-11-30T00:00:00Z told &&
	echo "6: warning: this is still in review: it was due for its final status on 2026-11-26, 4 days ago (SEV2 allows 3 working days after it was resolved) [review-overdue]" >want &&
	test_cmp want got &&
	PM_NOW=2026-11-30T00:00:00Z run 0 pm check
'

test_done
