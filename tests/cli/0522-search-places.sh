#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm search: section, line and snippet in documents of any shape'
. "$(dirname "$0")/lib.sh"

# text ID: commits a document without front matter, its text on stdin.
text()
{
	mkdir -p postmortems && cat >"postmortems/$1.md" && commit_all
}

# at LINE SECTION SNIPPET QUERY...: the only match is there.
at()
{
	printf '%s|%s|%s\n' "$1" "$2" "$3" >want
	shift 3
	run 0 pm search --format json "$@" &&
		jq -r ".results[] | \"\(.line)|\(.section)|\(.snippet)\"" out >got &&
		test_cmp want got
}

test_expect_success 'a paragraph before the first section' '
	make_repo repo && cd repo && printf "out\nerr\nwant\ngot\n" >.git/info/exclude &&
	text 2026-11-01-plain <<-\EOF &&
	A first line of nothing but
	prose, and the walrus is
	on the third.
	EOF
	at 2 null "A first line of nothing but prose, and the **walrus** is on the third." walrus &&
	at 3 null "A first line of nothing but prose, and the walrus is on the **third**." third
'

test_expect_success 'a paragraph between the title and the first section' '
	text 2026-11-02-titled <<-\EOF &&
	# The title
	Prose without a blank line,
	about an ocelot
	in two more.

	## Summary
	Nothing.
	EOF
	at 3 null "Prose without a blank line, about an **ocelot** in two more." ocelot
'

test_expect_success 'cells of a table stand apart, a code span does not' '
	text 2026-11-03-table <<-\EOF &&
	# Table

	| what | who |
	|------|-----|
	| drain the pool|Bo and `C`em<br>lemur |
	EOF
	at 5 null "drain the **pool** Bo and Cem lemur" pool &&
	at 5 null "drain the pool **Bo** and Cem lemur" Bo &&
	at 5 null "drain the pool Bo and Cem **lemur**" lemur
'

test_expect_success 'a long phrase that overlaps itself takes no time and memory' '
	{ echo "# Long" && yes "a a a a a a a a a a" | head -n 2000; } |
		text 2026-11-04-long &&
	phrase=$(yes a | head -n 1500 | tr "\n" " ") &&
	limit=400000 && : "unless a sanitizer needs more by itself" &&
	{ (ulimit -v $limit && pm version >out) || limit=unlimited; } &&
	(ulimit -v $limit && pm search "\"$phrase\"" >out) &&
	has out "2026-11-04-long.md:2:"
'

test_done
