#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm commit -m: the words of the user'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

DOC=postmortems/2026-11-22-disk-full.md

# said WORDS...: a change is committed with these options, and what its
# message says goes to the file out.
said()
{
	echo "More words." >>$DOC && run 0 pm commit "$@" && git log -1 --format=%B >out
}

test_expect_success 'a repository' '
	make_repo repo && cd repo && printf "out\nerr\nwant\n" >.git/info/exclude &&
	doc 2026-11-22-disk-full </dev/null
'

test_expect_success 'one -m is the message, with the trailer' '
	said -m "docs: more" && cat >want <<-\EOF && test_cmp want out
	docs: more

	Post-Mortem: 2026-11-22-disk-full

	EOF
'

test_expect_success 'each further -m is a paragraph' '
	said -m "docs: more" --message="Because it was short." \
		-m "Reviewed-by: Bo <bo@example.org>" &&
	cat >want <<-\EOF && test_cmp want out
	docs: more

	Because it was short.

	Reviewed-by: Bo <bo@example.org>
	Post-Mortem: 2026-11-22-disk-full

	EOF
'

# hazard: 37
test_expect_success 'an empty message is refused, empty paragraphs are not' '
	echo "More words." >>$DOC && head=$(git rev-parse HEAD) &&
	run 3 pm commit -m "" && has err "message is empty" &&
	run 3 pm commit -m "" -m " " && not_committed $head &&
	run 0 pm commit -m "docs: more" -m "" &&
	git log -1 --format=%s >out && grep "^docs: more$" out
'

test_done
