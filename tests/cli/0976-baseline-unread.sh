#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='what nobody could look at is not mended: its lines of the baseline stay'
. "$(dirname "$0")/lib.sh"

# incident NAME: a document with three findings to live with.
incident()
{
	mkdir -p postmortems && cat >"postmortems/$1.md" <<-\EOF
	# The queue was full

	See [the log](gone.txt).

	## Timeline
	- 2025-02-01 10:02 UTC the queue is full

	## Action items
	- Order disks
	EOF
}

# untouched: the baseline is as it was, whatever is made of it.
untouched()
{
	has_not err "mended" && pm check --update-baseline >out 2>err
	has err "0 taken out of the baseline" && test_cmp was .pm/baseline
}

test_expect_success 'a merge that is not finished' '
	make_repo repo && cd repo &&
	printf "%s\n" out err was kept >.git/info/exclude &&
	incident 2025-02-01-a && incident 2025-02-02-b && commit_all &&
	run 0 pm adopt && commit_all && cp .pm/baseline was &&
	cp postmortems/2025-02-01-a.md kept &&
	printf "%s\n" "<<<<<<< HEAD" a ======= b ">>>>>>> b" >>postmortems/2025-02-01-a.md &&
	run 1 pm check && has out "[merge-conflict]" && untouched
'

test_expect_success 'a document that is too large' '
	{ cat kept && yes "Words upon words." | head -n 20000; } >postmortems/2025-02-01-a.md &&
	run 1 pm check && has out "[document-too-complex]" && untouched
'

test_expect_success 'front matter that is not closed' '
	{ printf "%s\n" --- "a: [1" --- && cat kept; } >postmortems/2025-02-01-a.md &&
	run 1 pm check && has out "[front-matter-syntax]" && untouched
'

test_expect_success 'a document that a sparse checkout leaves out' '
	git checkout -q postmortems && mkdir old && git mv postmortems/2025-02-01-a.md old/ &&
	sed -i "s/^documents:/documents:\n  - \"old\/*.md\"/" .pm/policy.yaml && commit_all &&
	run 0 pm check && git sparse-checkout set --no-cone "/*" "!/old" &&
	test ! -e old && cp .pm/baseline was && run 0 pm check &&
	has err "left out by the sparse checkout" && untouched &&
	git sparse-checkout disable && run 0 pm check && has err ", 6 in the baseline"
'

test_expect_success 'front matter that was accepted as it is hides nothing' '
	git mv old/2025-02-01-a.md postmortems/ && rm -r old .pm &&
	{ printf "%s\n" --- "a: [1" --- && cat kept; } >postmortems/2025-02-01-a.md &&
	run 0 pm adopt && run 0 pm check && sed -i /gone/d postmortems/2025-02-01-a.md &&
	run 0 pm check --update-baseline && has err "1 taken out of the baseline"
'

test_expect_success 'a document that is gone takes its lines along' '
	rm postmortems/2025-02-01-a.md && run 0 pm check --update-baseline &&
	has_not err " 0 taken out" && has_not .pm/baseline 2025-02-01-a
'

test_done
