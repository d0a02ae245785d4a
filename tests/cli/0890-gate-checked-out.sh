#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='a revision is judged by its blobs, whatever lies in the work tree'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/since.sh"

two=postmortems/2026/2026-01-02-two.md
three=postmortems/2026/2026-01-03-three.md

# The branch removes a document that another one speaks of.
test_expect_success 'with its files checked out' '
	mkdir repo && cd repo && make_history && git rm -q $two &&
	git mv postmortems/2026/2026-01-01-one.md postmortems/2026/2026-01-05-one.md &&
	git commit -qm gone && git checkout -q main &&
	echo "See [two](2026-01-02-two.md)." >>$three && commit_all &&
	git checkout -q topic && git merge -q -m merge main &&
	git diff --quiet HEAD &&
	run 0 pm check --since main --at HEAD && has out "leads nowhere" && cp out ../judged &&
	run 1 pm check --at HEAD && cp out ../all
'

# same: both say what they said with the files checked out.
same()
{
	run 0 pm check --since main --at topic && test_cmp ../judged out &&
		run 1 pm check --at topic && test_cmp ../all out
}

test_expect_success 'with another text in the file, shorter, longer, as long' '
	cp $three kept && sed "s/-two/-twa/g" kept >$three && same &&
	: >$three && same && cat kept kept >$three && same
'

test_expect_success 'with line ends of another system, and in another encoding' '
	sed "s/$/\r/" kept >$three && same && iconv -t UTF-16 kept >$three && same
'

test_expect_success 'without the file, with a directory, a pipe or a link in its place' '
	rm $three && same && mkdir $three && same && rmdir $three &&
	mkfifo $three && same && rm $three &&
	ln -s ../../kept $three && same && rm $three &&
	mv postmortems elsewhere && same && ln -s elsewhere postmortems && same &&
	rm postmortems && mv elsewhere postmortems && mv kept $three && same
'

test_expect_success 'staged, with another text in the file' '
	git checkout -q -f topic && run 1 pm check --staged && test_cmp ../all out &&
	: >$three && run 1 pm check --staged && test_cmp ../all out && git checkout -q -f topic
'

test_expect_success 'without a work tree' '
	git clone -q --bare . ../bare.git && cd ../bare.git && same
'

test_done
