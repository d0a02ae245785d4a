#!/bin/sh
# SPDX-License-Identifier: Apache-2.0

test_description='pm adopt among odd names and bytes that are no text'
. "$(dirname "$0")/lib.sh"

incident()
{
	cat >"$1" <<-\EOF
	# The queue was full

	**Severity:** high

	## Summary
	The queue was full for an hour.

	## Timeline
	- 10:02 UTC the queue is full
	- 10:31 UTC the consumers are restarted

	## Action items
	- Alert on the length of the queue (@ana)
	EOF
}

test_expect_success 'a line end, a bad byte or a "!" in a name stops nobody' '
	make_repo repo && cd repo && mkdir incidents notes &&
	printf "%s\n" out err changed deleted want >.git/info/exclude &&
	incident incidents/2024-01-02-a.md && incident incidents/2024-01-03-b.md &&
	printf "x\n" >"incidents/$(printf "new\nline").md" &&
	incident "notes/$(printf "bad\377name").md" && incident "!top.md" &&
	for n in 1 2 3 4
	do
		echo "# page" >notes/$n.md && echo "# page" >$n.md || return 1
	done && git add . && git commit -q -m all && run 0 pm adopt &&
	run 0 pm check && test_must_be_empty out && has err "4 documents" &&
	has .pm/policy.yaml "incidents/new?line.md" && has .pm/policy.yaml "bad?name.md" &&
	run 0 pm list && has out "!top" && has out "bad\\xffname"
'

test_expect_success 'what is no text, and what no id can name, is left as it is' '
	printf "# Caf\351\n\nText.\n" >incidents/2024-01-04-latin.md &&
	git add . && git commit -q -m latin && run 0 pm adopt --convert &&
	has err "left incidents/2024-01-04-latin.md as it is: byte 0xe9 is not UTF-8" &&
	has err "its name is not UTF-8" && git diff --name-only >changed &&
	test "$(wc -l <changed)" = 3 && has changed "2024-01-02-a" &&
	git diff --numstat | cut -f2 | sort -u >deleted && echo 0 >want && test_cmp want deleted
'

test_done
