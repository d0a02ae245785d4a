#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What is cut is still counted, and the worst is what stays.

test_description='findings beyond what is listed'
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

doc=postmortems/2026-11-22-checkout-500s.md

test_expect_success 'a document with more warnings than a review lists' '
	make_repo && mkdir postmortems && printf "out\nerr\nnew\n" >>.git/info/exclude &&
	cp "$PM_CASES/example/2026-11-22-checkout-500s.md" $doc && commit_all &&
	for i in $(seq 150)
	do
		printf "\n[^n%d]: x\n\nTwo minutes passed, it was human error.\n" "$i" || return 1
	done >more && { sed "/^    addresses/d" $doc && cat more; } >new &&
	cp new $doc && rm more &&
	sed "s/2026-11-22 10:31Z/2026-11-22 10:01Z/" $doc >new && cp new $doc
'

test_expect_success 'review and check count the same, and errors come first' '
	run 1 pm check --since HEAD --format json &&
	jq -c "[.errors, .warnings]" out >want &&
	jq -e ".warnings >= 100 and .errors > 0" out &&
	run 1 pm review --fail-level error --format json &&
	jq -c "[.introduced_errors, .introduced_warnings]" out >got &&
	test_cmp want got &&
	jq -e "[.documents[0].changes[] | select(.kind == \"finding-introduced\") |
		select(.new == \"error\")] | length > 0" out
'

test_expect_success '--max-findings cuts no count' '
	run 1 pm check --format json &&
	jq -r "[.errors, .warnings] | \"### pm check: \\(.[0]) errors, \\(.[1]) warnings\"" \
		out | sed "s/ 1 errors/ 1 error/" >want &&
	jq ".findings | length - 2" out >cut &&
	run 1 pm check --max-findings 2 --format markdown &&
	head -n 1 out >got && test_cmp want got &&
	has out "$(cat cut) more findings are not listed: the run was to write 2" &&
	run 1 pm check --max-findings 2 --format json &&
	jq -e ".not_shown == $(cat cut)" out &&
	GITHUB_STEP_SUMMARY=$PWD/summary run 1 pm check --max-findings 2 --format github &&
	head -n 1 summary >got && test_cmp want got &&
	has summary "$(cat cut) more findings are not listed"
'

test_done
