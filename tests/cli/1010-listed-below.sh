#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='what is added to a list of actions after pm adopt --convert is not lost'
. "$(dirname "$0")/lib.sh"

DOC=postmortems/2025-02-01-queue.md

test_expect_success 'nothing is said of a list that the front matter was made of' '
	make_repo repo && cd repo && mkdir postmortems && cat >$DOC <<-\EOF &&
	# The queue was full

	## Timeline
	- 2025-02-01 10:02 UTC the queue is full

	## Action items
	- [ ] Order disks @ana
	- [ ] Watch the `spool` @bo
	EOF
	commit_all && run 0 pm adopt && run 0 pm adopt --convert --baseline && commit_all &&
	run 0 pm check && has_not out "[action-mismatch]"
'

test_expect_success 'what is added to it or ticked in it is an error, by its line' '
	echo "- [ ] Rotate the leaked key" >>$DOC && sed -i "s/\[ \] Order/[x] Order/" $DOC &&
	run 1 pm check && grep ": error: " out >all &&
	sed "s/^[^:]*:\([0-9]*\):[0-9]*: error:\(.*\) .action-mismatch.$/\1:\2/" all >got &&
	line=$(grep -n "Order disks @" $DOC | cut -d: -f1) && cat >want <<-EOF &&
	$line: action A1 is done here, and open in the front matter, which counts
	$((line + 2)): action '\''Rotate the leaked key'\'' is not in the front matter
	EOF
	test_cmp want got && run 1 pm check --since HEAD && has out "Rotate the leaked key" &&
	run 1 pm commit
'

test_expect_success 'written in the front matter, it is followed up' '
	sed -i "s/^    title: Order disks/&\n    status: done\n    proof: \"8850\"/" $DOC &&
	sed -i "s/^action_items:/&\n  - {id: A3, title: Rotate the leaked key, owner: bo}/" $DOC &&
	run 0 pm check && has_not out "[action-mismatch]" && run 0 pm status $DOC &&
	has out "Rotate the leaked key"
'

test_expect_success 'a list of boxes that no section of actions holds is watched as well' '
	cd "$SHARNESS_TRASH_DIRECTORY" && make_repo other && cd other && mkdir postmortems &&
	cat >$DOC <<-\EOF && commit_all && run 0 pm adopt &&
	# The queue was full

	## Timeline
	- 2025-02-01 10:02 UTC the queue is full

	## Deployment checklist
	- [ ] Announce it @ana
	- [ ] Watch the spool @bo
	EOF
	run 0 pm adopt --convert --baseline && commit_all && run 0 pm check &&
	has_not out "[action-mismatch]" && echo "- [ ] Rotate the leaked key" >>$DOC &&
	run 1 pm check && has out "Rotate the leaked key" && has out "[action-mismatch]"
'

test_expect_success 'what is written in other words may be the same' '
	sed -i "/Rotate the leaked key/d" $DOC &&
	sed -i "s/^- ... Announce it.*/- [ ] It is announced to all/" $DOC &&
	run 0 pm check && has_not out "[action-mismatch]"
'

test_expect_success 'what took the place of another in words of its own is new' '
	sed -i "s/^- ... It is announced.*/- [ ] Migrate to another queue/" $DOC &&
	run 1 pm check && has out "Migrate to another queue"
'

test_expect_success 'where no item is an action of the front matter, any may be one' '
	sed -i "s/^- ... Watch the spool.*/- [ ] Ask the team/" $DOC &&
	run 0 pm check && has_not out "[action-mismatch]"
'

test_done
