#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm adopt --convert: moments in the wrong order, and no documents'
. "$(dirname "$0")/lib.sh"

DOC=postmortems/2025-02-01-queue.md

test_expect_success 'a moment that is stated in full is written, whatever its place' '
	make_repo repo && cd repo && mkdir postmortems && cat >$DOC <<-\EOF &&
	# The queue was full

	**Started:** 2025-02-01 10:00 UTC
	**Detected:** 2025-02-01 10:20 UTC
	**Acknowledged:** 2025-02-01 10:10 UTC
	**Resolved:** 2025-02-01 09:00 UTC

	## Impact

	None.
	EOF
	run 0 pm adopt --convert && has $DOC "acknowledged: 2025-02-01T10:10Z" &&
	has $DOC "resolved: 2025-02-01T09:00Z" && run 1 pm check &&
	has out "resolved is before started [times-order]" &&
	has_not out "nothing says when the incident was resolved"
'

test_expect_success 'a clock that leans on the day of the start is not' '
	cat >$DOC <<-\EOF &&
	# The queue was full

	**Started:** 2025-02-01 10:00 UTC
	**Resolved:** 09:00 UTC

	## Impact

	None.
	EOF
	run 0 pm adopt --convert && has $DOC "started: 2025-02-01T10:00Z" &&
	has_not $DOC "resolved:"
'

test_expect_success 'no documents: adopting comes first' '
	mkdir docs && mv $DOC docs/ && run 0 pm adopt --convert && has err "0 documents changed" &&
	has err "('\''pm adopt'\'' finds those that are there)"
'

test_done
