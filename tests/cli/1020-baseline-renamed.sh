#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='a document under another name keeps what was accepted of it'
. "$(dirname "$0")/lib.sh"

DOC=postmortems/2024-01-01-q.md

# outage NAME ACTION...: a post-mortem of the kind that teams have.
outage()
{
	name=$1 && shift &&
		printf "%s\n" "# Queue outage" "" "## Timeline (UTC)" "" \
			"- 2024-01-01 10:00 broke" "" "## Action items" "" >"$name" &&
		printf -- "- [ ] %s\n" "$@" >>"$name"
}

# afresh: no document is there.
afresh()
{
	rm -rf postmortems && mkdir postmortems
}

# adopted: the baseline holds everything, and is committed.
adopted()
{
	rm -rf .pm && run 0 pm adopt postmortems && commit_all && run 0 pm check &&
		test_must_be_empty out
}

test_expect_success 'another name in its directory, staged, committed, in another one' '
	make_repo repo && cd repo && mkdir postmortems &&
	printf "%s\n" out err >.git/info/exclude &&
	outage $DOC "Add alert" && adopted &&
	git mv $DOC postmortems/2024-01-01-queue.md && run 0 pm check && has_not err mended &&
	has err "0 errors, 0 warnings, 2 in the baseline" && run 0 pm check --staged &&
	run 0 pm check --update-baseline && has err "0 taken out of the baseline" &&
	commit_all &&
	run 0 pm check && run 0 pm check --at HEAD && mkdir postmortems/old &&
	git mv postmortems/2024-01-01-queue.md postmortems/old/queue.md && run 0 pm check &&
	test_must_be_empty out
'

test_expect_success 'a name that differs in the case of its letters alone' '
	afresh && echo "# The queue was full" >postmortems/Queue.md &&
	adopted && git mv postmortems/Queue.md postmortems/queue.md &&
	run 0 pm check && test_must_be_empty out && has_not err mended
'

test_expect_success 'what is added with the new name is told, what is mended is mended' '
	afresh && outage $DOC "Add alert" "Add disks" &&
	adopted && git mv $DOC postmortems/2024-01-01-queue.md &&
	echo "- [ ] Add racks" >>postmortems/2024-01-01-queue.md &&
	sed -i "s/Add disks/Add disks (Owner: @bo)/" postmortems/2024-01-01-queue.md &&
	run 1 pm check && has out "action-owner" && test "$(wc -l <out)" = 1 &&
	has out "postmortems/2024-01-01-queue.md:11:" &&
	has err "1 finding of the baseline is mended" &&
	run 0 pm check --accept action-owner queue --reason "as the others" && run 0 pm check
'

test_expect_success 'one that was converted, which is told more' '
	afresh && outage $DOC "Add gauge" "Add disks" && adopted &&
	run 0 pm adopt --convert --baseline && run 0 pm check && has out "[action-type]" &&
	git mv -f $DOC postmortems/2024-01-01-queue.md && run 0 pm check &&
	has out "[id-mismatch]" && has_not out "[action-owner]" && has_not err "not there"
'

test_expect_success 'the day tells it where no action does' '
	afresh && echo "# Queue" >$DOC && adopted &&
	git mv $DOC postmortems/2024-01-01-queue.md && run 0 pm check && test_must_be_empty out
'

test_expect_success 'another document is no new name for one that went away' '
	git reset -q --hard &&
	git rm -q $DOC && mkdir -p postmortems &&
	outage postmortems/2024-03-03-disk.md "Add disks" &&
	run 1 pm check && has out "action-owner" && has out "front-matter-missing" &&
	has_not err mended &&
	has err "1 finding of the baseline is of a document that is not there any more" &&
	run 1 pm check --update-baseline && has err "1 taken out of the baseline, 0 stay"
'

test_expect_success 'two that might be it are none, and a copy gets nothing' '
	afresh && outage $DOC "Add alert" &&
	outage postmortems/2024-01-01-r.md "Add alert" && adopted && git rm -q postmortems/*.md &&
	mkdir -p postmortems && outage postmortems/2024-01-01-queue.md "Add alert" &&
	run 1 pm check && has out "action-owner" && git reset -q --hard &&
	cp $DOC postmortems/2024-01-01-copy.md && run 1 pm check && has out copy &&
	has_not err "not there"
'

test_done
