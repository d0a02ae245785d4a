#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm check --fix: mends what has one right answer'
. "$(dirname "$0")/lib.sh"

id=2026-11-22-checkout-500s
doc=postmortems/$id.md
q=\'

# The complete document with one line in place of another.
spoil()
{
	sed "$1" "$PM_CASES/example/$id.md" >$doc
}

test_expect_success 'a document with seven slips' '
	make_repo && mkdir postmortems &&
	spoil "s/^id: .*/id: 2025-01-01-other   # copied/
		s/^title: .*/title: Checkout: 500s for EU/
		s/^owner: .*/owner: @ana/
		s/^  detected: .*/  detected: 22 Nov 2026 10:09 UTC/
		s/^  resolved: .*/  resolved: 22.11.2026 12:04 +01:00/
		s/due: 2026-12-05/due: \"5 December 2026\"/" &&
	cp $doc before && run 1 pm check && has err "7 errors"
'

test_expect_success '--dry-run shows a diff that applies, and writes nothing' '
	run 0 pm check --fix --dry-run && test_cmp before $doc &&
	has out "--- a/$doc" && has out "+owner: \"@ana\"" &&
	echo "pm: 7 fixes in 1 document; nothing was written" >expect &&
	test_cmp expect err && cp out diff &&
	git apply diff && cp $doc applied && cp before $doc
'

# hazard: 112
test_expect_success '--fix says each change; the rest of the bytes stay' '
	run 0 pm check --fix &&
	cat >expect <<-EOF &&
	$doc:3: fixed: the id is that of the file, $q$id$q [id-mismatch]
	$doc:4: fixed: the value is in quotes [front-matter-syntax]
	$doc:8: fixed: the value is in quotes [front-matter-syntax]
	$doc:17: fixed: detected is written 2026-11-22T10:09Z [field-value]
	$doc:19: fixed: resolved is written 2026-11-22T12:04+01:00 [field-value]
	$doc:32: fixed: action A1 is due 2026-12-05 [action-due]
	$doc:38: fixed: the heading is the title, ${q}Checkout: 500s for EU$q [title-mismatch]
	EOF
	test_cmp expect out && test_cmp applied $doc &&
	echo "pm: 1 document: 0 errors, 0 warnings" >expect && test_cmp expect err &&
	run 1 diff before $doc &&
	grep -c "^>" out >n && echo 7 >expect && test_cmp expect n &&
	has $doc "id: $id   # copied" && has $doc "due: \"2026-12-05\""
'

test_expect_success 'again there is nothing to do' '
	cp $doc before && run 0 pm check --fix && test_must_be_empty out &&
	test_cmp before $doc
'

# hazard: 112
test_expect_success 'CRLF stays CRLF, and no last line end stays none' '
	spoil "s/^id: .*/id: other/" && sed "s/\$/\r/" $doc >x &&
	printf "%s" "$(cat x)" >$doc &&
	run 0 pm check --fix && sed "s/^id: other/id: $id/" x >y &&
	printf "%s" "$(cat y)" >want && test_cmp want $doc
'

test_expect_success 'a heading that is not there is written' '
	spoil "/^# /d" && run 0 pm check --fix && has out "[title-mismatch]" &&
	grep -n "^# Checkout answered 500 to EU customers\$" $doc
'

test_expect_success 'an id that is not there is written, where ids are' '
	cp "$PM_CASES/example/$id.md" want && spoil "/^id: /d" && run 0 pm check --fix &&
	echo "$doc:1: fixed: the id is that of the file, $q$id$q [field-missing]" >expect &&
	test_cmp expect out && test_cmp want $doc &&
	spoil "s/^id: .*/id:/" && run 0 pm check --fix && test_cmp want $doc &&
	spoil "/^id: /d; s/^\(kind\|title\): .*/{\1: x}/" && cp $doc before &&
	run 1 pm check --fix && has_not out "fixed: the id" && test_cmp before $doc
'

test_expect_success 'what has two right answers is left, and the status says so' '
	spoil "s/due: 2026-12-05/due: 03\/04\/2027/
		s/^  detected: .*/  detected: 2026-11-22 10:09/" &&
	cp $doc before && run 1 pm check --fix && test_cmp before $doc &&
	has out "[action-due]" && has out "[field-value]"
'

test_expect_success 'what is waived is left' '
	spoil "s/^id: .*/id: other/
		s/^tags: .*/allow: [{rule: id-mismatch, reason: an old link}]/" &&
	cp $doc before && run 0 pm check --fix && test_cmp before $doc &&
	has err "1 waived"
'

test_expect_success 'only the named document; stdout is left to a format' '
	spoil "s/^id: .*/id: other/" && sed "s/checkout/billing/" $doc \
		>postmortems/2026-11-22-billing.md &&
	cp postmortems/2026-11-22-billing.md before &&
	run 0 pm check --fix --format json checkout-500s &&
	jq -e ".errors == 0" out && has err "fixed: the id is" &&
	test_cmp before postmortems/2026-11-22-billing.md
'

test_expect_success 'the diff shows no secret' '
	spoil "s/^id: .*/id: other/; s/^title: .*/title: Password in the log/" &&
	token=ghp_$(printf "%s" 0aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0uV1wX) &&
	sed "2a tags: [$token]" $doc | sed "/^tags: .cdn/d" >x && mv x $doc &&
	run 0 pm check --fix --dry-run checkout-500s && has_not out "$token" &&
	has out "-id: other" && has out " tags: [ghp_" &&
	run 1 pm check --fix checkout-500s && has $doc "$token"
'

test_expect_success 'wrong usage' '
	run 2 pm check --dry-run && has err "goes with" &&
	run 2 pm check --fix --staged && has err "--staged" &&
	run 2 pm check --fix --at HEAD && has err "--at"
'

test_expect_success 'not in a bare repository' '
	commit_all && git clone -q --bare . bare.git &&
	run 3 pm -C bare.git check --fix && has err "work tree"
'

test_done
