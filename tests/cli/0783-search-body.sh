#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm search: places behind a front matter, read or passed over'
. "$(dirname "$0")/lib.sh"

# at ID LINE SECTION QUERY: the only match is there.
at()
{
	echo "$1|$2|$3" >want
	run 0 pm search --format json "$4" &&
		jq -r ".results[] | \"\(.id)|\(.line)|\(.section)\"" out >got &&
		test_cmp want got
}

test_expect_success 'a word of the body, of the front matter, of both' '
	make_repo repo && cd repo && mkdir -p postmortems &&
	cat >postmortems/2026-11-01-both.md <<-\EOF &&
	---
	title: The walrus
	tags: [ocelot, zebra]
	---
	# The walrus

	## Summary
	Nothing of it.

	## Impact
	A zebra was seen,
	and so was a heron.
	EOF
	commit_all &&
	at 2026-11-01-both 11 Impact zebra &&
	at 2026-11-01-both 12 Impact heron &&
	at 2026-11-01-both 3 null ocelot &&
	at 2026-11-01-both 2 null walrus &&
	at 2026-11-01-both 11 Impact "zebra heron" &&
	at 2026-11-01-both 12 Impact "impact:heron" &&
	at 2026-11-01-both 11 Impact "\"seen and\""
'

test_expect_success 'other line ends, a rule after the front matter, no end' '
	printf -- "---\r\ntitle: One\r\n---\r\n# One\r\n\r\nA tapir.\r\n" \
		>postmortems/2026-11-02-crlf.md &&
	printf -- "---\ntitle: Two\n---\n---\nA gecko.\n" >postmortems/2026-11-03-rule.md &&
	printf -- "---\ntitle: Three\n...\nA lemur.\n" >postmortems/2026-11-04-dots.md &&
	commit_all &&
	at 2026-11-02-crlf 6 null tapir &&
	at 2026-11-03-rule 5 null gecko &&
	at 2026-11-04-dots 4 null lemur
'

test_done
