#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='.pm/baseline as editors and merges leave it'
. "$(dirname "$0")/lib.sh"

DOC=postmortems/2025-02-01-queue.md

test_expect_success 'a byte order mark before it' '
	make_repo repo && cd repo && mkdir postmortems && cat >$DOC <<-\EOF &&
	# The queue was full

	See [the log](gone.txt).

	## Action items
	- Order disks
	EOF
	run 0 pm adopt && cp .pm/baseline was && printf "\357\273\277" >.pm/baseline &&
	cat was >>.pm/baseline && run 0 pm check && has err "0 warnings, 3 in the baseline" &&
	printf "\357\273\277" >.pm/baseline && grep -v "^#" was >>.pm/baseline &&
	run 0 pm check && has err "0 warnings, 3 in the baseline" &&
	run 0 pm check --update-baseline && has err "0 taken out of the baseline, 3 stay"
'

test_expect_success 'lines that end in CR LF get company that does' '
	sed "s/\$/\r/" was >.pm/baseline && printf "\nSee [it](lost.txt).\n" >>$DOC &&
	run 0 pm check --accept link-broken $DOC --reason "as that one" &&
	has err "the baseline holds 4" && run 0 pm check &&
	grep -c "" .pm/baseline >want && grep -c "$(printf "\r")\$" .pm/baseline >out &&
	test_cmp want out
'

test_expect_success 'a last line without an end is still a line of its own' '
	printf "%s" "$(cat was)" >.pm/baseline &&
	run 0 pm check --accept link-broken $DOC --reason "as that one" &&
	run 0 pm check && has err "0 warnings, 4 in the baseline" && has_not err mended
'

test_expect_success 'the same line twice, as a union of two branches has it' '
	grep action-owner was >>.pm/baseline && run 0 pm check &&
	has err "1 finding of the baseline is mended" && run 0 pm check --update-baseline &&
	has err "1 taken out of the baseline, 4 stay"
'

test_expect_success 'a document that moved keeps its lines beside new ones' '
	rm -r .pm && run 0 pm adopt && mkdir postmortems/old && mv $DOC postmortems/old &&
	echo "See [them](them.txt)." >>postmortems/old/2025-02-01-queue.md && run 0 pm check &&
	has out "them.txt" && test "$(wc -l <out)" = 1 &&
	run 0 pm check --accept link-broken queue --reason "gone for good" && run 0 pm check &&
	test_must_be_empty out && has_not err mended
'

test_expect_success 'several documents of one name move together' '
	mkdir -p postmortems/x postmortems/y && echo "[a](a.txt)" >postmortems/x/index.md &&
	echo "[b](b.txt)" >postmortems/y/index.md && rm -r .pm && run 0 pm adopt --all &&
	has .pm/baseline "postmortems/y/index.md" && run 0 pm check &&
	mkdir postmortems/z && mv postmortems/x postmortems/y postmortems/z && run 0 pm check &&
	test_must_be_empty out && has_not err mended
'

test_expect_success 'one that pm would not read again is not written' '
	rm -rf .pm postmortems && name=$(printf "%0240d" 0) && dir=postmortems &&
	for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14
	do
		dir=$dir/$name || return 1
	done && mkdir -p "$dir" &&
	{ printf "# The queue was full\n\n" && seq -f "[a](%g)" 120; } >text &&
	for n in $(seq 220)
	do
		cp text "$dir/2025-01-01-$n.md" || return 1
	done &&
	run 3 pm adopt && has err "more than the 64 that pm reads" && test ! -e .pm &&
	rm "$dir"/2025-01-01-1??.md && run 0 pm adopt && run 0 pm check &&
	has err "0 warnings, 12120 in the baseline"
'

test_done
