#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm adopt --convert --baseline takes nothing new into the baseline'
. "$(dirname "$0")/lib.sh"

DOC=postmortems/2025-02-01-queue.md

test_expect_success 'an action and a link of later days are told' '
	make_repo repo && cd repo && mkdir postmortems && cat >$DOC <<-\EOF &&
	# The queue was full

	See [the log](gone.txt).

	## Timeline
	- 2025-02-01 10:02 UTC the queue is full

	## Action items
	- Order disks
	- Order fans
	EOF
	run 0 pm adopt && run 0 pm adopt --convert --baseline &&
	sed -i "s/gone.txt/lost.txt/; s/title: Order disks/title: Order racks/" $DOC &&
	run 0 pm adopt --convert --baseline && run 1 pm check &&
	has out "action A1 has no owner" && has out "lost.txt" &&
	has_not out "action A2 has no owner" &&
	grep -vc "^#" .pm/baseline >out && echo 1 >want && test_cmp want out
'

test_expect_success 'why somebody accepted it is still there' '
	rm -r .pm && cat >$DOC <<-\EOF &&
	---
	layout: page
	---
	# The queue was full

	**Started:** 2025-02-01 10:02 UTC

	**Impact:** nobody saw it
	EOF
	run 0 pm check --accept times-missing $DOC --reason "before our time" &&
	grep -c times-missing .pm/baseline >want && run 0 pm adopt --convert --baseline &&
	grep -q "^times:" $DOC && run 0 pm check && has_not out "[times-missing]" &&
	grep -c "detected (reason: before our time)" .pm/baseline >out && echo 1 >want &&
	test_cmp want out && grep -v "^#" .pm/baseline >out && LC_ALL=C sort out >want &&
	test_cmp want out
'

test_expect_success 'once more, nothing moves' '
	cp .pm/baseline was && run 0 pm adopt --convert --baseline && test_cmp was .pm/baseline
'

test_expect_success 'documents of one name need no more than that' '
	rm -r .pm postmortems && mkdir -p postmortems/a postmortems/b &&
	printf "# The queue was full\n\nWords.\n" >postmortems/a/2025-02-01-queue.md &&
	cp postmortems/a/* postmortems/b && run 0 pm adopt && has .pm/baseline id-duplicate &&
	commit_all && run 0 pm adopt --convert && run 0 pm check &&
	has_not out "[id-duplicate]" && commit_all && run 0 pm check --since HEAD^
'

test_expect_success 'one more of that name is told, and the others are not' '
	mkdir postmortems/c && cp postmortems/a/* postmortems/c && run 1 pm check postmortems &&
	grep id-duplicate out >errors && test "$(wc -l <errors)" = 1 &&
	has errors "postmortems/c/2025-02-01-queue.md" && rm -r postmortems/c
'

test_expect_success 'what is said anew in the body is new' '
	rm -r .pm postmortems && mkdir postmortems &&
	printf "# A [b](gone.txt)\n\nWords.\n" >$DOC && run 0 pm adopt &&
	printf "# A\n\nWords, and [b](gone.txt).\n" >$DOC && run 0 pm check &&
	has out "[link-broken]"
'

test_done
