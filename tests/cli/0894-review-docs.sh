#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# pm review of named documents: of a change only what concerns them.

test_description='pm review DOC'
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/cli/review.sh
. "$PM_ROOT/tests/cli/review.sh"
SQ="'"

test_expect_success 'three documents change, one of them is removed' '
	make_repo && printf "out\nerr\n" >>.git/info/exclude &&
	review_policy && checkout && login &&
	sed "s/2026-10-01-login/2026-10-02-gone/; /^approvals/,/digest/d" \
		postmortems/2026-10-01-login.md >postmortems/2026-10-02-gone.md &&
	commit_all && git checkout -q -b topic &&
	mend 2026-11-22-checkout-500s "s/severity: SEV2/severity: SEV3/" &&
	mend 2026-10-01-login "s/4,000 people/400 people/" &&
	git rm -q postmortems/2026-10-02-gone.md && commit_all
'

test_expect_success 'with a range, only the named ones are told' '
	run 0 pm review main..topic checkout-500s &&
	has out "severity lowered" && has_not out "login" && has_not out "gone" &&
	has err "1 document changed" &&
	run 0 pm review main checkout-500s login && has err "2 documents changed" &&
	run 0 pm review --format json main...HEAD postmortems/2026-10-01-login.md &&
	jq -e "[.documents[].id] == [\"2026-10-01-login\"]" out
'

test_expect_success 'a removed document is named by its earlier state' '
	run 0 pm review main..topic 2026-10-02-gone && has out "gone" &&
	has_not out "checkout" && has err "1 document changed"
'

test_expect_success 'findings of the others do not fail it' '
	mend 2026-10-01-login "s/    owner: \"@bo\"/    owner: TBD/" && commit_all &&
	run 1 pm review --fail-level error main..topic &&
	run 0 pm review --fail-level error main..topic checkout-500s &&
	has err "0 findings introduced" &&
	run 1 pm review --fail-level error main..topic login
'

test_expect_success 'without a range the work tree or the index is told' '
	run 0 pm review login && has err "0 documents changed" &&
	mend 2026-10-01-login "s/400 people/40 people/" &&
	mend 2026-11-22-checkout-500s "s/severity: SEV3/severity: SEV2/" &&
	run 0 pm review login && has out "login" && has_not out "checkout" &&
	(cd postmortems && run 0 pm review ../postmortems/2026-10-01-login.md &&
		has out "login" && has_not out "checkout") &&
	run 0 pm review --staged login && has err "0 documents changed" &&
	git add -A && run 0 pm review --staged login && has err "1 document changed"
'

test_expect_success 'what is neither is said, a shallow clone first of all' '
	run 3 pm review mian && has err "no revision ${SQ}mian${SQ}" && has err "document" &&
	run 2 pm review main..topic nosuch && has err "nosuch" &&
	run 2 pm review login nosuch && has err "nosuch" &&
	git clone -q --depth 1 "file://$PWD" ../shallow &&
	(cd ../shallow && run 3 pm review main && has err "git fetch --unshallow" &&
		run 0 pm review HEAD login)
'

test_expect_success 'auto with two dots: it takes three' '
	run 2 pm review auto..HEAD && has err "takes three dots: auto...HEAD" &&
	run 2 pm review auto.. && has err "takes three dots: auto...HEAD"
'

test_expect_success 'a range made of unset variables is none' '
	for range in "" .. ...
	do
		run 2 pm review "$range" && has err "names no revision" &&
		run 2 pm review "$range" one && test_must_be_empty out || return 1
	done
'

test_done
