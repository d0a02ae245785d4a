#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A waiver in the front matter that names its place holds there and nowhere else.

test_description='a waiver of the front matter names its place'
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

# Put together here, so that no scanner finds one in this file.
first=ghp$(printf _)k7Rw2Lq9Zt4Xv1Bn6Mc3Hd8Js5Fg0PyQeAuT
second=ghp$(printf _)Zt4Xv1Bn6Mc3Hd8Js5Fg0PyQeAuTk7Rw2Lq9
id=2026-11-22-checkout-500s
doc=postmortems/$id.md

# with ALLOW: the complete document with that line in its front matter.
with()
{
	sed "s/^severity: SEV2/&\n$1/" "$PM_CASES/example/$id.md" >$doc &&
		printf "\nThe key was %s, now revoked.\n" "$first" >>$doc
}

test_expect_success 'a key of a document that waives all secrets is found' '
	make_repo && mkdir postmortems && printf "out\nerr\n" >>.git/info/exclude &&
	with "allow: [{rule: secret, reason: it was revoked}]" &&
	run 1 pm check && has out "possible GitHub" &&
	has out "no waiver of '"'secret'"' holds for a whole document"
'

test_expect_success 'one that names the line holds, and the next key is found' '
	with "allow: [{rule: secret, where: The key was, reason: it was revoked}]" &&
	run 0 pm check && has err "1 waived" &&
	printf "\nThe other one is %s.\n" "$second" >>$doc &&
	run 1 pm check && has out "possible GitHub" && has err "1 waived"
'

test_expect_success 'one that holds the key itself is no place for it' '
	with "allow: [{rule: secret, where: $first, reason: it was revoked}]" &&
	run 1 pm check && has out "$doc:8:" && has out "possible GitHub" &&
	has_not out "$first" && has_not err "$first"
'

test_expect_success 'what every key of its kind begins with is no place' '
	for words in "$(echo $first | cut -c 1-4)" "$(echo $first | cut -c 5-12)"
	do
		with "allow: [{rule: secret, where: $words, reason: it was revoked}]" &&
		run 1 pm check && has out "possible GitHub" &&
		has out "nothing here is a finding of" || return 1
	done &&
	with "allow: [{rule: secret, where: was $(echo $first | cut -c 1-4), reason: revoked}]" &&
	run 0 pm check && has err "1 waived"
'

test_expect_success 'a field of the front matter is named by its key' '
	with "allow: [{rule: field-value, where: \"severity:\", reason: an old scale}]" &&
	sed -i "s/^severity: SEV2/severity: SEV9/; /The key was/d" $doc &&
	run 0 pm check && has err "1 waived" &&
	sed -i "s/^kind: incident/kind: outrage/" $doc &&
	run 1 pm check && has out "outrage" && has_not out "SEV9"
'

test_expect_success 'two letters are no place, words that stand nowhere hold nothing' '
	with "allow: [{rule: secret, where: ke, reason: it was revoked}]" &&
	run 1 pm check && has out "too short to name a place" && has out "possible GitHub" &&
	with "allow: [{rule: secret, where: A key was, reason: it was revoked}]" &&
	run 1 pm check && has out "nothing here is a finding of" && has out "possible GitHub"
'

test_done
