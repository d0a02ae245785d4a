#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm approve: who approves which text'
. "$(dirname "$0")/lib.sh"

id=2026-11-22-checkout-500s
doc=postmortems/$id.md
q=\'

test_expect_success 'a document in review, and people' '
	make_repo && mkdir postmortems .pm && cp "$PM_CASES/example/$id.md" $doc &&
	echo "people: [\"@ana\", \"@bo\", \"@cy\"]" >.pm/policy.yaml &&
	commit_all && run 0 pm check && cp $doc before
'

test_expect_success 'an approval is one more line and nothing else' '
	run 0 pm approve --by bo checkout-500s && test_must_be_empty err &&
	grep -x "$doc: approved by @bo (sha256:[0-9a-f]\{12\}\.\.\.)" out &&
	run 1 diff before $doc && sed -n "s/^> //p" out >added &&
	grep -v digest added >lines
	echo "approvals:" >expect && test_cmp expect lines &&
	grep -c "^<" out >n; echo 0 >expect && test_cmp expect n &&
	grep -x "  - {by: \"@bo\", at: 2026-11-22T12:00Z, digest: sha256:[0-9a-f]\{64\}}" added &&
	run 0 pm check && test_must_be_empty out &&
	run 0 pm show --format json checkout-500s &&
	jq -e ".approvals[0].by == \"@bo\" and .approvals[0].stale == false" out
'

test_expect_success 'the same text twice: said, and nothing is written' '
	cp $doc before && PM_NOW=2026-11-23T08:00:00Z run 0 pm approve --by @Bo $id &&
	has out "already approved by @bo" && test_cmp before $doc
'

test_expect_success 'what may change without another look leaves it standing' '
	sed "s/^status: review/status: final/; s/    status: open/    status: done/" \
		$doc >x && mv x $doc &&
	run 0 pm show --format json $id && jq -e ".approvals[0].stale == false" out &&
	cp before $doc
'

test_expect_success 'another person is another line' '
	run 0 pm approve --by cy $id && grep -c "^  - {by:" $doc >n &&
	grep -n "by: \"@cy\"" $doc
'

test_expect_success 'another text: stale; approving again takes its place' '
	sed "s/^A canary that/Every canary that/" $doc >x && mv x $doc &&
	run 0 pm show --format json $id && jq -e "[.approvals[].stale] == [true, true]" out &&
	cp $doc before && PM_NOW=2026-11-23T08:00:00Z run 0 pm approve --by bo $id &&
	has out "approved again by @bo" &&
	run 1 diff before $doc && grep -c "^[<>]" out >n && echo 2 >expect &&
	test_cmp expect n && has out "at: 2026-11-23T08:00Z" &&
	PM_NOW=2026-11-23T08:00:00Z run 0 pm show --format json $id &&
	jq -e "[.approvals[].stale] == [false, true]" out
'

test_expect_success 'who it is: pm.user, else the person of the address' '
	git checkout -q $doc && run 1 pm approve $id &&
	has err "pm: @ana owns $q$doc$q, and the owner does not approve their own" &&
	git diff --quiet &&
	GIT_AUTHOR_EMAIL=cy@example.org run 0 pm approve $id &&
	has out "approved by @cy" && git checkout -q $doc &&
	GIT_AUTHOR_EMAIL=x@example.org run 2 pm approve $id && has err "pm.user" &&
	git config pm.user bo && run 0 pm approve $id && has out "by @bo" &&
	git config --unset pm.user && git checkout -q $doc &&
	run 2 pm approve --by zoe $id && has err "knows no person" &&
	run 2 pm approve --by "a b" $id && has err "is not a person" &&
	run 2 pm approve && has err "name the document"
'

test_expect_success 'a draft is not approved, nor one with errors' '
	sed "s/^status: .*/status: draft/" $doc >x && mv x $doc && cp $doc before &&
	run 1 pm approve --by bo $id && has err "is a draft" && has err "status: review" &&
	test_cmp before $doc && git checkout -q $doc &&
	sed "/    owner:/d" $doc >x && mv x $doc && cp $doc before &&
	run 1 pm approve --by bo $id && has out "[action-owner]" &&
	has err "not approved: 1 error (mend it" && test_cmp before $doc &&
	run 0 pm approve --no-verify --by bo $id && has out "approved by @bo" &&
	git checkout -q $doc
'

test_expect_success 'where the policy names approvers, nobody else counts' '
	echo "approvers: [\"@cy\", \"@ana\"]" >>.pm/policy.yaml &&
	run 1 pm approve --by bo $id && has err "among the approvers" &&
	run 0 pm approve --by ana $id && git checkout -q .
'

test_expect_success 'all or none; the same document twice is once' '
	sed "s/checkout/billing/g; s/^status: .*/status: draft/" $doc \
		>postmortems/2026-11-22-billing-500s.md &&
	cp $doc before && run 1 pm approve --by bo $id billing && test_cmp before $doc &&
	rm postmortems/2026-11-22-billing-500s.md &&
	run 0 pm approve --by bo $id $doc && wc -l <out >n && test "$(cat n)" -eq 1 &&
	git checkout -q $doc
'

test_expect_success 'CRLF, a list in brackets, no list: each in its own style' '
	sed "s/^tags: .*/approvals: [] # none yet/" $doc >x && cp x $doc &&
	run 0 pm approve --by bo $id && grep -n "^  - {by: \"@bo\".*} # none yet" $doc &&
	sed "s/\$/\r/" x >$doc && run 0 pm approve --by bo $id &&
	tr -d "\r" <$doc >y && sed "s/\$/\r/" y >z && test_cmp z $doc &&
	sed "s/^approvals: .*/approvals: yes/" x >$doc &&
	run 1 pm approve --no-verify --by bo $id && has err "holds no list" &&
	git checkout -q $doc
'

test_expect_success '--commit commits the approval, and leaves the rest staged' '
	echo later >notes && git add notes && tick &&
	run 0 pm approve --commit --by bo $id &&
	git log -1 --format=%s >out && echo "postmortem: @bo approves $id" >expect &&
	test_cmp expect out && git show --stat --format= >out && has out "$doc" &&
	has_not out notes && git status --short -uno >out && echo "A  notes" >expect &&
	test_cmp expect out &&
	run 0 pm approve --commit --by bo $id && has out "already approved" &&
	git log --oneline >out && wc -l <out >n && test "$(cat n)" -eq 3
'

test_expect_success 'an approval that was not committed is, the next time' '
	cp $doc before && run 0 pm approve --by cy $id && git diff --name-only >out &&
	has out $doc && run 0 pm approve --commit --by cy $id && has out "already approved" &&
	git diff --quiet && git diff --quiet HEAD -- $doc &&
	git reset -q --soft HEAD~1 && git restore --staged --worktree $doc &&
	test_cmp before $doc
'

test_expect_success 'what the policy asks for, given, and spoilt by an edit' '
	echo "severities: [{name: SEV2, approvals: 2}]" >.pm/policy.yaml &&
	sed -i "s/^status: .*/status: final/" $doc && commit_all &&
	run 1 pm check && has out "[approval-missing]" &&
	run 0 pm approve --commit --by cy $id && run 0 pm check &&
	test_must_be_empty out && sed "s/^A canary that/Every canary that/" $doc >x &&
	mv x $doc && run 1 pm check && has out "[approval-stale]" &&
	run 0 pm approve --by bo $id && run 0 pm approve --by cy $id &&
	run 0 pm check && test_must_be_empty out
'

if command -v ssh-keygen >/dev/null
then
	test_set_prereq SSH
fi

test_expect_success SSH 'where commits are signed, so is the approval' '
	ssh-keygen -q -t ed25519 -N "" -C key -f "$HOME/key" &&
	echo "cem@example.org $(cat "$HOME/key.pub")" >"$HOME/signers" &&
	git config gpg.ssh.allowedSignersFile "$HOME/signers" &&
	git config gpg.format ssh && git config user.signingKey "$HOME/key.pub" &&
	git config commit.gpgSign true && git checkout -q $doc &&
	PM_NOW=2026-11-24T09:00:00Z &&
	sed "s/^A canary that/No canary that/; s/^status: .*/status: review/" \
		$doc >x && mv x $doc &&
	run 0 pm approve --commit --by bo $id && git verify-commit HEAD &&
	git show HEAD >out && has out "at: 2026-11-24T09:00Z"
'

test_done
