#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm adopt --convert: a title that is no first heading stays one'
. "$(dirname "$0")/lib.sh"

DOC=postmortems/2025-02-01-queue.md

# same: converted, the document on standard input has the same title and
# sections, and nobody is told that its heading is not the title.
same()
{
	cat >$DOC && pm show --format json $DOC >out &&
		jq '.title, (.sections[] | del(.line))' out >was &&
		run 0 pm adopt --convert $DOC && has $DOC "title: The queue was full" &&
		pm show --format json $DOC >out &&
		jq '.title, (.sections[] | del(.line))' out >is && test_cmp was is &&
		run 0 pm check $DOC && has_not out "[title-mismatch]"
}

test_expect_success 'a title of the second level, below a label, or twice as deep' '
	make_repo repo && cd repo && mkdir postmortems && same <<-\EOF && same <<-\EOF &&
	## The queue was full

	### Impact

	For an hour.
	EOF
	# Title:
	### The queue was full

	# Impact

	For an hour.
	EOF
	same <<-\EOF
	#### The **queue** was full

	##### Impact

	For an hour.
	EOF
'

test_expect_success 'another heading of that level is a section, as before' '
	printf "%s\n" --- "title: The disk was full" --- "## The queue was full" "" \
		"Words." "" "## Impact" "" "None." >$DOC && pm show --format json $DOC >out &&
	jq -r ".title, .sections[].heading" out >is &&
	printf "%s\n" "The disk was full" "The queue was full" Impact >want && test_cmp want is
'

test_done
