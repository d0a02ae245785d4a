#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='the first of several approvers of a final document can commit it'
. "$(dirname "$0")/lib.sh"

ID=2026-11-22-checkout-500s
DOC=postmortems/2026/$ID.md

edit()
{
	sed "$1" "$DOC" >new && mv new "$DOC"
}

# found ARGS...: the rules that pm check ARGS tells at error level, in one line
found()
{
	pm check --format json "$@" >found.json
	test $? -le 1 &&
		jq -r '.findings[] | select(.level == "error").rule' found.json |
		sort -u | tr "\n" " "
}

test_expect_success 'a final document that two people approved, on a branch' '
	make_repo repo && cd repo && mkdir -p postmortems/2026 .pm &&
	cat >.pm/policy.yaml <<-\EOF &&
	severities: [{name: SEV2, approvals: 2}]
	approvers: ["@bo", "@cy", "@dee"]
	EOF
	cp "$PM_CASES/example/$ID.md" "$DOC" &&
	edit "s/^status: review/status: final/" &&
	run 0 pm approve --by @bo "$ID" && run 0 pm approve --by @cy "$ID" &&
	run 0 pm check && commit_all "docs: final" && git branch -M main &&
	git switch -q -c mend && git tag start
'

test_expect_success 'an edit alone is refused, approved or not' '
	edit "s/10:31Z$/10:12Z/" && run 1 pm commit && has out final-edited &&
	run 0 pm approve --by @bo "$ID" && cp "$DOC" one.keep &&
	edit "s/10:12Z$/10:13Z/" && run 1 pm commit && has out final-edited &&
	cp one.keep "$DOC" && rm one.keep && git checkout -q -- "$DOC"
'

test_expect_success 'the first who approves the edit commits both' '
	edit "s/10:31Z$/10:12Z/" && run 0 pm approve --commit --by @bo "$ID" &&
	has out "@bo approves" && has out "asks for 2 approvals of this text, and it has 1" &&
	has_not out "stale" && has_not out "error" && test "$(git rev-list --count start..)" = 1 &&
	git diff --quiet -- postmortems
'

test_expect_success 'the branch as a whole still fails' '
	found --since main >got &&
	printf "%s " approval-missing approval-stale final-edited >want &&
	test_cmp want got && found >got &&
	printf "%s " approval-missing approval-stale >want && test_cmp want got
'

test_expect_success 'an edit on top of it, without an approval, is refused' '
	edit "s/10:12Z$/10:13Z/" && run 1 pm commit && has out final-edited &&
	git checkout -q -- "$DOC"
'

test_expect_success 'until the second has approved it, too' '
	run 0 pm approve --commit --by @cy "$ID" && has out "@cy approves" &&
	found --since main >got && test_must_be_empty got &&
	found >got && test_must_be_empty got
'

test_expect_success 'an edit that is committed already is approved one by one' '
	git reset -q --hard start && edit "s/10:31Z$/10:12Z/" &&
	run 0 pm commit --no-verify && git tag edited &&
	run 0 pm approve --commit --by @dee "$ID" &&
	found --since main >got &&
	printf "%s " approval-missing approval-stale final-edited >want &&
	test_cmp want got && run 0 pm approve --commit --by @bo "$ID" &&
	edit "/@cy/d" && run 0 pm commit && found --since main >got &&
	test_must_be_empty got
'

test_expect_success 'with the hook of pm and git commit, too' '
	git reset -q --hard start && run 0 pm hook install pre-commit &&
	edit "s/10:31Z$/10:12Z/" && run 1 git commit -qam edited &&
	has err final-edited && run 0 pm approve --by @bo "$ID" &&
	run 0 git commit -qam "first" &&
	run 0 pm approve --commit --by @cy "$ID" &&
	found --since main >got && test_must_be_empty got &&
	pm hook uninstall pre-commit
'

test_expect_success 'who may not approve opens nothing' '
	git reset -q --hard start && edit "s/10:31Z$/10:12Z/" &&
	run 0 pm approve --by @bo "$ID" && edit "s/by: \"@bo\"/by: \"@eve\"/" &&
	run 1 pm commit && has out final-edited && has out approval-missing
'

test_expect_success 'other errors stop it as before' '
	git reset -q --hard start && edit "s/10:31Z$/10:12Z/" &&
	run 0 pm approve --by @bo "$ID" && edit "s/^detected_by: .*/detected_by: no-such-thing/" &&
	run 1 pm approve --commit --by @bo "$ID" && git reset -q --hard start
'

test_expect_success 'a new final document is approved one by one as well' '
	git rm -q "$DOC" && git commit -qm gone && mkdir -p postmortems/2026 &&
	git show "start:$DOC" >"$DOC" && edit "/^approvals:/,/@cy/d" &&
	run 1 pm commit && has out approval-missing &&
	run 0 pm approve --commit --by @bo "$ID" &&
	run 0 pm approve --commit --by @cy "$ID" && found >got &&
	test_must_be_empty got
'

test_done
