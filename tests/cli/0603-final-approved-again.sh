#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='a final document that was edited is in order once it is approved'
. "$(dirname "$0")/lib.sh"

ID=2026-11-22-checkout-500s
DOC=postmortems/2026/$ID.md

edit()
{
	sed "$1" "$DOC" >new && mv new "$DOC"
}

rules()
{
	pm check --format json >found.json
	test $? -le 1 && jq -r ".findings[].rule" found.json | sort -u | tr "\n" " " >got
}

test_expect_success 'approved in review, then final' '
	make_repo repo && cd repo && mkdir -p postmortems/2026 .pm &&
	cat >.pm/policy.yaml <<-\EOF &&
	severities: [{name: SEV2, approvals: 1}]
	approvers: ["@bo", "@cy"]
	EOF
	cp "$PM_CASES/example/$ID.md" "$DOC" && commit_all "docs: in review" &&
	rules && echo "approval-missing " >want && tr -d "\n" <want >flat &&
	test_cmp flat got && run 1 pm approve --by @dee "$ID" &&
	run 0 pm approve --by @bo "$ID" && edit "s/^status: review/status: final/" &&
	run 0 pm check && rules && test_must_be_empty got &&
	commit_all "docs: final"
'

test_expect_success 'an edit makes the approval stale and is told itself' '
	edit "s/10:31Z$/10:12Z/" && run 1 pm check && rules &&
	printf "%s " approval-missing approval-stale final-edited >want &&
	test_cmp want got
'

test_expect_success 'who approves the new text puts all three right' '
	run 0 pm approve --by @cy "$ID" && run 1 pm check && rules &&
	printf "%s " approval-stale >want && test_cmp want got &&
	run 0 pm approve --by @bo "$ID" && run 0 pm check && rules &&
	test_must_be_empty got
'

test_done
