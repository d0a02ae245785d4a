#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm adopt --convert: heads of other tools that are no YAML'
. "$(dirname "$0")/lib.sh"

DOC=postmortems/2025-02-01-queue.md

# head: the document with these lines before it.
head_is()
{
	{ cat && printf "%s\n" "# The queue was full" "" "## Impact" "" "None."; } >$DOC &&
		cp $DOC was
}

# left REASON: converting says it, and leaves the document.
left()
{
	run 0 pm adopt --convert $DOC && has err "left $DOC as it is: $1" && test_cmp was $DOC
}

test_expect_success 'the metadata lines of MkDocs, where MkDocs is' '
	make_repo repo && cd repo && mkdir postmortems && head_is <<-\EOF &&
	Title: The queue
	Authors: Ana
	    Bo
	Template: post.html

	EOF
	run 0 pm adopt --convert $DOC && head_is <<-\EOF &&
	Title: The queue
	Authors: Ana
	    Bo
	Template: post.html

	EOF
	touch mkdocs.yml && left "line 1: MkDocs takes its first lines" &&
	rm mkdocs.yml && touch postmortems/mkdocs.yaml && left "line 1: MkDocs takes"
'

test_expect_success 'other first lines are text there too' '
	touch mkdocs.yml && printf "%s\n" "Incident date: 2025-02-01" "" | head_is &&
	run 0 pm adopt --convert $DOC && has $DOC "title: The queue was full" &&
	printf "%s\n" "Date: 2025-02-01" "and more words" "" | head_is &&
	run 0 pm adopt --convert $DOC && has $DOC "title: The queue was full" &&
	: | head_is && run 0 pm adopt --convert $DOC && has $DOC "title: The queue was full"
'

test_expect_success 'front matter that is JSON' '
	printf "%s\n" "{" "  \"title\": \"The queue\"" "}" "" | head_is &&
	left "line 1: its front matter is JSON" &&
	printf "{ \"title\": \"The queue\" }\n\n" | head_is &&
	left "line 1: its front matter is JSON"
'

test_done
