#!/bin/sh
# SPDX-License-Identifier: Apache-2.0

test_description='pm show --read: what was read of a document, for a person'
. "$(dirname "$0")/lib.sh"

test_expect_success 'documents of a team, and one of pm' '
	make_repo repo && cd repo && mkdir -p postmortems &&
	cat >postmortems/2024-01-02-db.md <<-\EOF &&
	---
	layout: post
	title: "DB outage"
	---
	# DB outage

	## Timeline

	| Time (CET) | Event |
	|---|---|
	| 10:02 | the DB fails |
	| 20202-01-16 10:10 | alert fires |

	## Follow-ups

	- [ ] Add a disk alert @bo by 2024-02-01
	- [x] Clean up (Owner: TBD)
	- [ ] Rotate logs, due next sprint. Owner: @cy
	EOF
	printf "Text.\n" >postmortems/2024-01-03-bare.md &&
	cp "$PM_CASES/example/2026-11-22-checkout-500s.md" postmortems/
'

test_expect_success 'each thing with its line, what is absent left out' '
	cat >want <<-\EOF &&
	postmortems/2024-01-02-db.md: DB outage
	fields
	        none
	moments
	        none
	sections
	     7  timeline      Timeline (11 words)
	    14  actions       Follow-ups (19 words)
	timeline, CET
	    11  2024-01-02T10:02+01:00  the DB fails
	    12  (not read: 20202 is no year (2022-01-16 is the nearest reading))  alert fires
	actions
	    16  Add a disk alert
	        open, @bo, due 2024-02-01
	    17  Clean up
	        done, no owner, no due date
	    18  Rotate logs
	        open, @cy, due next sprint (no date)
	EOF
	run 0 pm show --read db && test_cmp want out && run 0 pm show -r db && test_cmp want out
'

test_expect_success 'nothing read is an answer' '
	run 0 pm show --read bare && test "$(grep -c "^        none$" out)" = 5
'

test_expect_success 'the names of columns state nothing' '
	cat >postmortems/2024-01-06-columns.md <<-\EOF &&
	# Mail was late

	| Severity | SEV2 |
	|---|---|

	| Date | Time | Event |
	|---|---|---|
	| 2024-01-06 | 10:00 | Mail is late |
	EOF
	run 0 pm show --read 2024-01-06-columns &&
	grep "severity *SEV2 (said in the text)" out && ! grep "date .*Time" out
'

test_expect_success 'what the text states is shown, and marked' '
	cat >postmortems/2024-01-05-said.md <<-\EOF && cat >want <<-\EOF &&
	# Mail was late

	Started: 2024-01-05 10:00 UTC
	**Severity:** SEV2
	- Resolved (UTC): 2024-01-05 11:00
	- Owner: @ana

	## Summary

	> Severity: SEV1
	EOF
	fields
	     4  severity      SEV2 (said in the text)
	     6  owner         @ana (said in the text)
	moments
	     3  started       2024-01-05 10:00 UTC (said in the text)
	     5  resolved      2024-01-05 11:00 UTC (said in the text)
	EOF
	run 0 pm show --read said && sed "/^fields/,/^sections/!d;/^sections/d" out >got &&
	test_cmp want got && run 0 pm show --format json said &&
	test "$(jq ".severity // empty" out)" = "" && rm postmortems/2024-01-05-said.md
'

test_expect_success 'it says what the record for programs says, of any state' '
	run 0 pm show --format json checkout && mv out json &&
	run 0 pm show --read checkout && mv out text &&
	for list in sections timeline.entries actions
	do
		jq -r ".$list[].line" json || return 1
	done | sort -n >want && test -s want &&
	sed -n "/^sections/,\$s/^ *\([0-9][0-9]*\)  .*/\1/p" text | sort -n >got &&
	test_cmp want got && has text "detected      2026-11-22T10:09Z" &&
	has text "participant   @" && git add . && git commit -q -m all &&
	echo "- 2026-11-22 12:00Z later (chat)" >>postmortems/2026-11-22-checkout-500s.md &&
	run 0 pm show --read --at HEAD checkout && test_cmp text out
'

test_expect_success 'text of documents is data; two wishes are wrong usage' '
	printf "# A \033[31mred\033[0m\n\n## Timeline\n\n- 10:02 ::error::x \342\200\256y\n" \
		>postmortems/2024-01-04-esc.md && run 0 pm show --read esc &&
	! grep -q "$(printf "\033")" out && has out "\\x1b" && has out "\\u202e" &&
	run 2 pm show --read --section impact esc && has err "give one" &&
	run 2 pm show --read && has err "name one document"
'

test_done
