#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='the whole main job: init, new, check, commit, index, search'
. "$(dirname "$0")/lib.sh"

DOC=postmortems/2026/2026-11-22-checkout-answered-500.md

test_expect_success 'a docs repository is set up' '
	make_repo repo && cd repo &&
	run 0 pm init &&
	test -s .pm/policy.yaml &&
	has err "pm new" &&
	cp .pm/policy.yaml before &&
	run 0 pm init &&
	test_cmp before .pm/policy.yaml && rm before &&
	git add .pm && git commit -q -m "docs: policy"
'

test_expect_success 'pm new prints the path of a draft' '
	run 0 pm new --severity SEV2 --started 10:02 --owner ana "Checkout answered 500" &&
	echo $DOC >want && test_cmp want out &&
	has $DOC "owner: \"@ana\"" &&
	has $DOC "started: 2026-11-22T10:02" &&
	has $DOC "severity: SEV2"
'

test_expect_success 'the draft is refused nothing but what it lacks' '
	run 0 pm check --format json &&
	jq -e ".errors == 0 and .documents == 1 and .warnings > 0" out &&
	jq -r ".findings[].rule" out | sort -u >rules &&
	! grep -vE "^(section-empty|[a-z]*-missing)$" rules >&2
'

test_expect_success 'an action without an owner: exit 1, one line, its own line' '
	cp $DOC draft.md &&
	cat >action <<-\EOF &&
	action_items:
	  - id: A1
	    title: Reject a config that drops a shard
	    type: prevent
	    due: 2026-12-05
	EOF
	sed -e "/^action_items:/r action" -e "/^action_items:/d" draft.md >$DOC &&
	rm action &&
	line=$(grep -n "id: A1" $DOC | tail -n 1 | cut -d: -f1) &&
	run 1 pm check &&
	grep -c "\[action-owner\]" out >count && echo 1 >want && test_cmp want count &&
	grep "^$DOC:$line:[0-9]*: error: .*A1.*\[action-owner\]$" out &&
	run 1 pm commit $DOC &&
	has err "not committed" &&
	test "$(git log --oneline | wc -l)" = 2 &&
	rm draft.md
'

test_expect_success 'completed it is clean' '
	cp "$PM_CASES/example/2026-11-22-checkout-500s.md" "${DOC%/*}/" &&
	rm $DOC && DOC=${DOC%/*}/2026-11-22-checkout-500s.md &&
	run 0 pm check --format json &&
	jq -e ".findings == []" out
'

# hazard: 43
test_expect_success 'the commit holds the document alone' '
	echo staged >other && git add other && echo work >>README.md &&
	run 0 pm commit &&
	git show --name-only --format=%s HEAD >out &&
	cat >want <<-\EOF &&
	postmortem: Checkout answered 500 to EU customers

	postmortems/2026/2026-11-22-checkout-500s.md
	EOF
	test_cmp want out &&
	git fsck --strict 2>&1 | { ! grep -v "^notice\|^dangling\|^Checking"; } &&
	git status --porcelain -- postmortems >out && test ! -s out &&
	git diff --cached --name-only >out && echo other >want && test_cmp want out &&
	git diff --name-only >out && echo README.md >want && test_cmp want out
'

test_expect_success 'the message lists what changed and names the document' '
	git log -1 --format=%B >out &&
	has out "Post-Mortem: 2026-11-22-checkout-500s"
'

test_expect_success 'a word of the root cause is found with section and line' '
	run 0 pm search --format json canary &&
	line=$(jq ".results[0].line" out) &&
	sed -n "${line}p" $DOC | grep -i canary &&
	jq -e ".results[0].section | test(\"cause\"; \"i\")" out
'

test_expect_success 'a commit made by git alone is found at once' '
	sed "s/canary/canary and the quokka/" $DOC >new && mv new $DOC &&
	commit_all "docs: more about the cause" &&
	run 0 pm search quokka &&
	has out checkout-500s
'

test_expect_success 'a second commit without a change has nothing to do' '
	run 1 pm commit &&
	has err "nothing to commit"
'

test_expect_success 'list shows what is committed and what is not' '
	run 0 pm new --no-input "Queue stopped" &&
	run 0 pm list --format json &&
	jq -e ".documents | length == 2" out &&
	jq -e ".documents[] | select(.id == \"2026-11-22-checkout-500s\") | .ttr == 62" out
'

test_done
