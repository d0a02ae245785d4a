#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='secrets: found before the commit, shown by nothing'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

# Put together here, so that no scanner finds one in this file.
BODY=k7Rw2Lq9Zt4Xv1Bn6Mc3Hd8Js5Fg0PyQeAuT
TOKEN=ghp$(printf _)$BODY
PASSWORD=Kq8vR2pL
DOC=postmortems/2026-11-22-disk-full.md

# The bytes of out and err hold nothing of what is secret.
silent()
{
	for word in "$BODY" Rw2Lq9Zt Mc3Hd8Js "$PASSWORD"
	do
		grep -q -e "$word" out && { echo "out: $word" >&2 ; return 1 ; }
		grep -q -e "$word" err && { echo "err: $word" >&2 ; return 1 ; }
	done
	return 0
}

test_expect_success 'a document with a token in its head, prose, link and code' '
	make_repo repo && cd repo && echo one >one && commit_all &&
	printf "out\nerr\nwant\nreport*\n" >.git/info/exclude &&
	doc 2026-11-22-disk-full <<-EOF &&
	incident: "$TOKEN"
	trigger: "$TOKEN"
	services: [checkout]
	colour: "$TOKEN"
	times:
	  started: 2026-11-22T10:02Z
	action_items:
	  - {id: A1, title: Rotate $TOKEN, owner: TBD, due: soon, status: open}
	EOF
	cat >>$DOC <<-EOF

	The token $TOKEN was in the log, see [it](no-such-file.md?$TOKEN#$TOKEN).

	    curl https://root:$PASSWORD@queue.internal/

	<!-- $TOKEN -->
	EOF
	git add $DOC && git reset -q
'

# hazard: 138
test_expect_success 'check finds each of them, as an error in a draft' '
	run 1 pm check && silent &&
	grep -c "possible GitHub token .ghp_\.\.\.. (40 characters) \[secret\]" out >n &&
	echo 8 >want && test_cmp want n &&
	has out "possible password in an address (8 characters) [secret]"
'

# hazard: 138
test_expect_success 'no format shows one, on whatever line a finding stands' '
	for format in text json sarif github gitlab junit checkstyle rdjson markdown
	do
		run 1 pm check --format $format && silent &&
		grep -q secret out || { echo "$format" >&2 ; return 1 ; }
	done &&
	run 1 pm check --color=always && silent &&
	run 1 pm check --format json && grep -q "ghp_xxxxxxxx" out
'

test_expect_success 'the line under a finding on a terminal hides it, too' '
	script -qec "pm check" /dev/null >out 2>err </dev/null ; silent &&
	grep -q "ghp_xxxx" out
'

test_expect_success 'show hides it in text, in JSON, in a section' '
	run 0 pm show disk-full && silent && has out ghp_xxxx &&
	run 0 pm show --format json disk-full && silent && has out ghp_xxxx &&
	run 0 pm show --section summary disk-full && silent && has out ghp_xxxx
'

# hazard: 140
test_expect_success 'commit refuses before anything is written' '
	head=$(git rev-parse HEAD) &&
	run 1 pm commit && silent && has out "[secret]" &&
	not_committed $head && test ! -e .git/pm/index.db
'

# hazard: 139
test_expect_success 'a document that was committed by git: neither index nor search have it' '
	git add $DOC && git commit -q -m "docs: a token" &&
	run 1 pm search $TOKEN && silent &&
	run 1 pm search $BODY && silent &&
	run 0 pm search log && silent && has out ghp_xxxx &&
	run 0 pm list --format json && silent &&
	for file in .git/pm/*
	do
		! grep -a -q -i -e "$BODY" -e "$PASSWORD" "$file" || return 1
	done
'

test_expect_success 'marks that others honour, and a policy that says off' '
	doc 2026-11-23-cache <<-EOF &&
	incident: "$TOKEN" # pragma: allowlist secret
	EOF
	printf "\n%s <!-- gitleaks:allow -->\n" $TOKEN >>postmortems/2026-11-23-cache.md &&
	run 0 pm check cache && has_not out "[secret]" &&
	printf "\n%s\n" $TOKEN >>postmortems/2026-11-23-cache.md &&
	run 1 pm check cache && has out "[secret]" &&
	mkdir -p .pm && echo "rules: {secret: off}" >.pm/policy.yaml &&
	run 0 pm check cache && has_not out "[secret]" &&
	echo "rules: {secret: {draft: warning}}" >.pm/policy.yaml &&
	run 0 pm check cache && has out "warning: possible GitHub token"
'

test_done
