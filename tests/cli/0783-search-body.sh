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

test_expect_success 'what stands behind the first place changes nothing, or is read' '
	cat >postmortems/2026-11-05-early.md <<-\EOF &&
	---
	title: Early
	---
	# Early

	## Summary
	A [dingo][ref] sat here, a lone quoll too.

	## Impact
	An okapi, and no okapis.

	```
	## no heading
	gibbon
	```

	A marten.

	## Timeline
	- 10:00 An okapi again, the tawny owl.

	## Lessons
	A badger and a Tawny
	Owl.

	[ref]: https://example.org/dingos
	EOF
	sed "/^.ref.:/d; s/Early/Alone/" postmortems/2026-11-05-early.md \
		>postmortems/2026-11-06-alone.md &&
	printf "%s\n" "---" "title: Untitled" "---" "" "## What a lynx saw" "" "One mink." "" \
		"## What it did" "" "A mink, too." >postmortems/2026-11-07-levels.md &&
	{ cat postmortems/2026-11-06-alone.md && echo "# Another" && echo "A stoat."; } |
		sed "s/Alone/Two/; s/quoll/serval/" >postmortems/2026-11-08-two.md &&
	commit_all &&
	for id in 2026-11-05-early 2026-11-06-alone
	do
		at $id 10 Impact "okapi id:$id" &&
		at $id 10 Impact "okapis id:$id" &&
		at $id 14 Impact "gibbon id:$id" &&
		at $id 17 Impact "marten id:$id" &&
		at $id 20 Timeline "\"tawny owl\" id:$id" &&
		at $id 23 Lessons "badger id:$id" &&
		at $id 7 Summary "quoll id:$id" || return 1
	done &&
	at 2026-11-07-levels 7 "What a lynx saw" mink &&
	at 2026-11-07-levels 5 "What a lynx saw" lynx &&
	at 2026-11-08-two 7 Summary serval &&
	run 0 pm search --format json "quoll id:2026-11-05-early" &&
	jq -r ".results[].snippet" out >got &&
	echo "A dingo sat here, a lone **quoll** too." >want && test_cmp want got
'

test_done
