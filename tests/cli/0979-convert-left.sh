#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm adopt --convert says why it leaves a document as it is'
. "$(dirname "$0")/lib.sh"

DOC=postmortems/2025-02-01-queue.md

# left WHY: the lines on standard input, above a document, are why.
left()
{
	{ cat && printf '%s\n' '# The queue was full' '' '**Severity:** SEV2'; } >$DOC &&
		cp $DOC old && run 0 pm adopt --convert && test_cmp old $DOC &&
		has err "left $DOC as it is: $1" && has err "1 left"
}

test_expect_success 'what its own front matter does not say plainly' '
	make_repo repo && cd repo && mkdir postmortems &&
	printf "%s\n" --- "a: &b 1" --- | left "line 2: '\''&b'\'': anchors are not" &&
	printf "%s\n" --- "a: 1" "a: 2" --- | left "line 3: '\''a'\'' stands twice" &&
	printf "%s\n" --- "owner: @ana" --- | left "line 2: a value that begins with '\''@'\''" &&
	has err "(write: owner: \"@ana\")" &&
	printf "%s\n" --- " a: 1" --- | left "its front matter is not written as" &&
	printf "%s\n" --- "{a: 1}" --- | left "its front matter is not written as"
'

test_expect_success 'front matter that nothing closes' '
	printf "%s\n" --- "layout: post" "" | left "line 1: the front matter that begins here" &&
	printf "%s\n" --- "# ours" "layout: post" "" | left "line 1: the front matter that"
'

test_expect_success 'a conflict in its text' '
	printf "%s\n" "<<<<<<< HEAD" a ======= b ">>>>>>> b" | left "a merge conflict in it" &&
	run 0 pm adopt --convert -n && test_must_be_empty out
'

# Put together here, so that no scanner finds one in this file.
BODY=k7Rw2Lq9Zt4Xv1Bn6Mc3Hd8Js5Fg0PyQeAuT

test_expect_success 'no secret of it' '
	printf "%s\n" --- "owner: @ghp_$BODY" --- | left "line 2: a value" && has_not err k7Rw2Lq9
'

test_expect_success 'a rule above the heading is no front matter' '
	printf "%s\n" --- "" "# The queue was full" "" "Words." >$DOC && cp $DOC old &&
	run 0 pm adopt --convert && tail -n 5 $DOC >out && test_cmp old out &&
	run 0 pm check && has_not out "[front-matter-syntax]" &&
	has $DOC "title: The queue was full"
'

test_done
