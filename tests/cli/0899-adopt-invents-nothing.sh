#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm adopt --convert takes no fact that the text does not state'
. "$(dirname "$0")/lib.sh"

# front NAME: the front matter that the document on standard input gets, with
# neither its first three lines nor its actions.
front()
{
	cat >"postmortems/$1.md" && cp "postmortems/$1.md" old &&
	run 0 pm adopt --convert "postmortems/$1.md" &&
	sed '1,/^id: /d;/^---$/,$d;/^action_items:/,$d;/^title: /d' "postmortems/$1.md" >got &&
	tail -n "$(wc -l <old)" "postmortems/$1.md" | cmp - old &&
	rm "postmortems/$1.md"
}

test_expect_success 'code, comments, tasks, other incidents and events say nothing of this one' '
	make_repo repo && cd repo && mkdir postmortems && front 2025-02-01-code <<-\EOF &&
	# Code

	```
	Severity: SEV1
	Started: 2025-02-01 10:00 UTC
	```

	<!--
	Scribe: @html
	-->

	    Owner: @indented

	> As the vendor says about theirs:
	> Priority: P1

	## Summary
	> **Owner:** @vendor
	EOF
	test_must_be_empty got && front 2025-02-01-box <<-\EOF &&
	# Box

	> **Owner:** @ana

	## Summary
	> **Lead:** @vendor
	EOF
	echo "owner: \"@ana\"" >want && test_cmp want got && front 2025-02-01-task <<-\EOF &&
	# Task

	- [ ] do it
	  Owner: @bo

	## Action items
	1. Fix the disk
	   - Priority: P1
	   - End date: 2025-03-01

	Lead: @cy
	EOF
	test_must_be_empty got && front 2025-02-01-other <<-\EOF &&
	# Other

	## Timeline
	- 10:00 UTC it began
	- Severity: SEV2
	- Responders: @bo
	- Detected: 2025-02-01 10:09 UTC

	## References
	- Severity: SEV1
	- Started: 2024-01-01 10:00 UTC

	## Lessons learned
	- Owner: @dee
	EOF
	cat >want <<-\EOF && test_cmp want got
	times:
	  started: 2025-02-01
	  detected: 2025-02-01T10:09Z
	EOF
'

test_expect_success 'a severity of two is none; a handle that begins another is somebody' '
	for value in "SEV1 or SEV3" "SEV3 -> SEV1" "SEV2 (was SEV1), now SEV3"
	do
		printf "# Sev\n\nSeverity: %s\n" "$value" | front sev &&
		test_must_be_empty got || return 1
	done &&
	printf "# Sev\n\nSev: SEV2 - major (sev2)\nOwner: @ana.\nAuthors: @anabel, @ana, @Ana.\n" |
	front sev && cat >want <<-\EOF && test_cmp want got
	severity: SEV2
	owner: "@ana"
	participants:
	  - "@anabel"
	  - "@ana"
	EOF
'

# facts LINE...: a document that states these.
facts()
{
	echo "# A" && echo && printf -- "- %s\n" "$@"
}

test_expect_success 'a clock without its day leans on a start that is known' '
	facts "Incident date: 2025-02-01" "Started: around 11 pm" "Resolved: 00:10 UTC" |
	front a && test_must_be_empty got &&
	facts "Incident date: 2025-02-01" "Started: 23:50 UTC" "Detected: 23:55 UTC" \
		"Resolved: 00:10 UTC" | front b && cat >want <<-\EOF && test_cmp want got &&
	times:
	  started: 2025-02-01T23:50Z
	  detected: 2025-02-01T23:55Z
	EOF
	facts "Incident date: 2025-02-01" "Started: 2025-01-31 10:00 UTC" \
		"Resolved: 11:00 UTC" | front c && cat >want <<-\EOF && test_cmp want got &&
	times:
	  started: 2025-01-31T10:00Z
	EOF
	facts "Incident date: 2025-02-01" "Started: 10:00 UTC" "Detected: 2025-02-02 09:00 UTC" \
		"Resolved: 11:00 UTC" | front d && cat >want <<-\EOF && test_cmp want got
	times:
	  started: 2025-02-01T10:00Z
	  detected: 2025-02-02T09:00Z
	EOF
'

test_expect_success 'a day in the name counts for nothing beside another that is stated' '
	for date in "Date: 02/07/2025" "Date: 2025-02-07" "Incident date: TBD" \
		"Date: 2025-02-10\nDate: 2025-02-07"
	do
		printf "# D\n\n$date\nResolved: 11:00 UTC\n\n## Timeline\n- 10:00 UTC x\n" |
		front 2025-02-10-d && test_must_be_empty got || return 1
	done &&
	printf "# D\n\nDate: Monday, 2025-02-10, in the morning\n\n## Timeline\n- 10:00 UTC x\n" |
	front 2025-02-10-d && printf "times:\n  started: 2025-02-10\n" >want && test_cmp want got &&
	printf "# D\n\n## Timeline\n- 10:00 UTC x\n" | front 2025-13-40-d && test_must_be_empty got
'

test_done
