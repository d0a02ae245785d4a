#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='a date that can be two days is told and never written down'
. "$(dirname "$0")/lib.sh"

DOC=postmortems/2025-02-20-mail.md
TWO='neither it nor the document says whether 2025-03-04 or 2025-04-03 is meant'

# doc LINE...: a document with these as its actions.
doc()
{
	printf '# Mail was late\n\nDate: 2025-02-20\n\n## Timeline\n\n' >$DOC &&
		printf -- '- 2025-02-20 08:00Z alerts\n\n## Action items\n\n' >>$DOC &&
		printf -- '- %s\n' "$@" >>$DOC
}

# named DAY...: a document with such a name and date for each of these.
named()
{
	for name
	do
		printf '# Outage of %s\n\nDate: %s\n\n## Timeline\n\n- 10:00 UTC x\n' \
			03/04/2025 03/04/2025 >"postmortems/$name.md" || return 1
	done
}

# dues DAY...: how they are read.
dues()
{
	printf '%s\n' "$@" >want && pm show --format json $DOC >out &&
		jq -r '.actions[].due' out >got && test_cmp want got
}

# written DAY...: how front matter has them.
written()
{
	printf '%s\n' "$@" >want && sed -n 's/^    due: //p' $DOC >got && test_cmp want got
}

test_expect_success 'the check names both days and what to write' '
	make_repo repo && cd repo && mkdir postmortems &&
	doc "Add tests (@ana, due 03/04/2025)" "Buy disks (@bo, due: 03-04-25)" \
		"Buy more (@bo, due 03-04-2025)" "Ask the vendor (@cy, due 3/4)" &&
	run 1 pm check && has out "'\''03-04-2025'\'': $TWO" && has out "'\''3/4'\'': $TWO" &&
	has out "$DOC:11:1: warning: action '\''Add tests'\'' is due '\''03/04/2025'\'': $TWO" &&
	has out "'\''03-04-25'\'': the date is not written" && has_not out "action-overdue" &&
	run 1 pm check --format json &&
	jq -r ".findings[] | select(.line == 11) | .hint" out >got &&
	echo "write: Due: YYYY-MM-DD" >want && test_cmp want got &&
	dues 2025-03-04 03-04-25 2025-03-04 2025-03-04
'

test_expect_success 'front matter keeps it as it is written' '
	cp $DOC old && run 0 pm adopt --convert && tail -n 14 $DOC | test_cmp old - &&
	written 03/04/2025 03-04-25 03-04-2025 3/4 &&
	run 0 pm check && has out "action A1 is due '\''03/04/2025'\'': $TWO [action-due]" &&
	has_not out "action-overdue" && dues 2025-03-04 03-04-25 2025-03-04 2025-03-04 &&
	cp $DOC once && run 0 pm adopt --convert && test_cmp once $DOC &&
	run 0 pm check --fix && has $DOC "due: 03/04/2025"
'

test_expect_success 'one date of the document that is one day tells of all' '
	for sign in "Write to all (@dee, due 13/04/2025)" "Review it (@dee, due 13/4)" \
		"Say that it was so on 13/04/2025 as well (@dee, due 2025-04-13)"
	do
		doc "Add tests (@ana, due 03/04/2025)" "Ask (@cy, due 3/4)" "$sign" &&
		dues 2025-04-03 2025-04-03 2025-04-13 && run 0 pm adopt --convert &&
		written 2025-04-03 2025-04-03 2025-04-13 || return 1
	done &&
	doc "Add tests (@ana, due 03/04/2025)" "Write to all (@dee, due 04/13/2025)" &&
	run 0 pm adopt --convert && written 2025-03-04 2025-04-13
'

test_expect_success 'and two that contradict one another tell nothing' '
	doc "Add tests (@ana, due 03/04/2025)" "Write (@dee, due 04/13/2025)" \
		"Call (@dee, due 14/04/2025)" &&
	run 0 pm adopt --convert && written 03/04/2025 2025-04-13 2025-04-14
'

test_expect_success 'of two dates in one value neither is the day' '
	doc "Add tests (@ana, due 2025-04-01 or 2025-05-01)" "Ask (@cy, due by 2025-04-01)" &&
	run 1 pm check &&
	has out "is due '\''2025-04-01 or 2025-05-01'\'': something follows the date" &&
	run 0 pm adopt --convert && written "2025-04-01 or 2025-05-01" 2025-04-01
'

test_expect_success 'the policy tells where the document does not, in every command' '
	doc "Add tests (@ana, due 03/04/2025)" && commit_all && run 1 pm list has:overdue &&
	mkdir .pm && printf "schema: 1\ndate_order: day-first\n" >.pm/policy.yaml && commit_all &&
	dues 2025-04-03 && run 0 pm list has:overdue &&
	run 0 pm adopt --convert -n && has out "+    due: 2025-04-03" &&
	doc "Add tests (@ana, due 03/04/2025)" "Write to all (@dee, due 04/13/2025)" &&
	dues 2025-03-04 2025-04-13 && rm -r .pm && git rm -q --cached .pm/policy.yaml
'

test_expect_success 'neither does a name or a title make a day of two' '
	rm -rf postmortems && mkdir postmortems && named 03042025-a b && run 1 pm check &&
	has out "b.md:7:1: warning: the time of this entry cannot be read: $TWO" &&
	run 0 pm adopt --convert && has_not postmortems/03042025-a.md times: &&
	has_not postmortems/b.md times: &&
	named 03042025-c && echo "- 13/03/2025 is another day" >>postmortems/03042025-c.md &&
	run 0 pm adopt --convert && has postmortems/03042025-c.md "started: 2025-04-03" &&
	printf "# Outage\n\nStarted: 03/04/2025 10:00 UTC\n" >postmortems/e.md &&
	{ cat postmortems/e.md && echo && echo "Until 13/04/2025." ; } >postmortems/d.md &&
	run 0 pm adopt --convert && has postmortems/d.md "started: 2025-04-03T10:00Z" &&
	has_not postmortems/e.md times:
'

test_done
