#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# slow: every text in every place and output
# tests/cli/shapes.py has more than 270 shapes beside those of the hazards: of
# Markdown, of YAML, and of what pm itself reads in them. A reader that takes
# four times as long for twice the text does not keep to a second of processor
# time with a large document, and is told so by its own limit.

test_description='no shape of a document holds pm up'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

if ! python3 -c '' 2>/dev/null; then
	skip_all='no python3, which makes the documents'
	test_done
fi

# A sanitizer takes ten times as long.
SIZE=12000
# shellcheck disable=SC3045 # not POSIX, and in every shell there is
(ulimit -v 524288 && pm version) >/dev/null 2>&1 && SIZE=65536

test_expect_success 'a document of each shape beside a good one' '
	make_repo repo && cd repo && printf "out\nerr\n" >.git/info/exclude &&
	python3 "$PM_ROOT/tests/cli/shapes.py" postmortems $SIZE &&
	test "$(ls postmortems | wc -l)" -ge 270 && doc 2026-11-22-good </dev/null
'

# Rows of a table with more cells than it has columns cost cmark-gfm itself too
# much; the limit is there for that.
known()
{
	grep -v "2026-01-01-table-cells-one-row"
}

test_expect_success 'each is checked within its second, and the good one in full' '
	run 1 pm check && has out "postmortems/2026-11-22-good.md:10:1: warning: section" &&
	grep -E "too much processor time|makes its parser" out >"$HOME/slow" ;
	known <"$HOME/slow" >"$HOME/worse" ; test_must_fail test -s "$HOME/worse"
'

# What else is done with a document is little beside reading it.
test_expect_success 'indexed, and compared with another version of themselves' '
	python3 "$PM_ROOT/tests/cli/shapes.py" postmortems 12000 && commit_all &&
	python3 "$PM_ROOT/tests/cli/shapes.py" again postmortems 12000 &&
	for line in "search word" "review --words"
	do
		pm $line >out 2>err ; test $? -le 1 &&
		grep -E "too much processor time|makes its parser" out err >"$HOME/slow" ;
		known <"$HOME/slow" >"$HOME/worse" ;
		test ! -s "$HOME/worse" || { cat "$HOME/worse"; echo "pm $line"; return 1; }
	done
'

test_expect_success 'labels that stand in every second line are soon known' '
	mkdir ../labels && git init -q ../labels && (cd ../labels && mkdir postmortems &&
	for label in "\"Group\"" "\"Group \" i % 50" "\"Group of everybody who is here\" i % 9" \
		"\"Group\" i"
	do
		awk -v n=$((SIZE * 3 / 2)) "BEGIN { print \"## Action items\n\"
			for (i = 0; size < n; i++) { at = $label; size += length(at) + 9
				print \"- \" at \":\n  - x\" } }" >postmortems/2026-11-22-labels.md
		pm check >out 2>err ; test $? -le 1 && has out "action-owner" &&
		has_not out "too much processor time" || return 1
	done)
'

test_expect_success 'a long query is answered or refused' '
	for unit in "a " "(" "-" "\"a " "title:a " "a* " "severity<=SEV2 " "-\"a b\" " ":"
	do
		query=$(awk -v n=30000 -v t="$unit" "BEGIN { for (i = 0; i < n / length(t); i++)
			printf \"%s\", t }") &&
		for command in search list
		do
			(ulimit -t 3 && exec pm $command -- "$query" >out 2>err)
			test $? -le 2 || { echo "$command $unit"; return 1; }
		done || return 1
	done
'

test_expect_success 'a policy of very many globs is refused where it begins to cost' '
	mkdir -p .pm && awk "BEGIN { printf \"documents: [\"; for (i = 0; i < 20000; i++)
		printf \"\\\"x%d/**/*.md\\\", \", i; print \"]\" }" >.pm/policy.yaml &&
	(ulimit -t 3 && run 3 pm check) && has err "it is one more than 1000" &&
	rm -r .pm
'

test_done
