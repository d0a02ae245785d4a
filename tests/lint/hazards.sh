#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# No hazard is forgotten: each row of tests/hazards.txt, numbered from 1
# without a gap, is named by a test, or tests/README.md says why it does not
# apply. A test names its rows in a comment directly above it,
#
#	# hazard: 12 34
#
# in tests/cli, and the same as a comment of C in tests/unit. Where code says
# "hazards.txt 12", there is such a row.
#
# usage: hazards.sh [TOP]

set -u
LC_ALL=C
export LC_ALL
cd "${1:-$(dirname "$0")/../..}" || exit 1
list=tests/hazards.txt
readme=tests/README.md
for file in $list $readme; do
	test -r "$file" || {
		echo "$file: cannot be read"
		exit 1
	}
done

set -- "$list" "$readme"
for file in tests/cli/[0-9]*.sh tests/unit/test_*.c lib/*/*.[ch] \
	lib/*/*/*.[ch] cmd/*.[ch]; do
	test ! -e "$file" || set -- "$@" "$file"
done

awk -v list="$list" -v readme="$readme" '
function fault(text)
{
	print FILENAME ":" FNR ": " text
	bad = 1
}

# The rows in text; what is none is a fault.
function each(text, where,    row, n, i)
{
	n = split(text, row, /[ ,]+/)
	for (i = 1; i <= n; i++) {
		if (row[i] == "")
			continue
		if (row[i] !~ /^[1-9][0-9]*$/)
			fault("\"" row[i] "\" is no row")
		else if (!(row[i] in listed))
			fault("row " row[i] " is not in " list)
		else
			where[row[i]] = FILENAME ":" FNR
	}
	if (!n)
		fault("no row is named")
}

FNR == 1 {
	if (waiting)
		print waiting ": a mark that stands above no test"
	bad = bad || waiting != ""
	waiting = ""
	within = 0
}

FILENAME == list && /^#/ { next }
FILENAME == list {
	if ($1 != last + 1)
		fault("row " $1 " comes after row " last)
	if (NF < 3)
		fault("row " $1 " does not say what it is")
	last = $1
	listed[$1] = 1
	next
}

FILENAME == readme && /^## / { within = /^## The hazards/ }
FILENAME == readme && within && /^\| *[0-9]/ {
	split($0, cell, /\|/)
	if (split(cell[3], words, " ") < 4)
		fault("no reason is given")
	each(cell[2], excused)
}
FILENAME == readme { next }

# Rows that code names; of a range the ends.
FILENAME ~ /^(lib|cmd)\// {
	if (match($0, /hazards\.txt [0-9][-0-9, ]*/)) {
		text = substr($0, RSTART, RLENGTH)
		sub(/hazards\.txt /, "", text)
		gsub(/-/, " ", text)
		each(text, named)
	}
	next
}

# A mark, and the line that must be a test.
/^[ \t]*# hazard:/ || /^\/\* hazard:.*\*\/$/ {
	text = $0
	sub(/.*hazard: */, "", text)
	sub(/ *\*\/$/, "", text)
	each(text, tested)
	waiting = FILENAME ":" FNR
	next
}
waiting && /^[ \t]*#/ { next }
waiting {
	if (!/^[ \t]*test_expect_success / &&
		!/^static void [a-z_0-9]+\(void \*\*state\)$/) {
		print waiting ": a mark that stands above no test"
		bad = 1
	}
	waiting = ""
}

END {
	if (!last) {
		print list ": no rows"
		bad = 1
	}
	for (row = 1; row <= last; row++) {
		if (!(row in tested) && !(row in excused)) {
			print list ": row " row " is named by no test, and " \
				readme " does not say why"
			bad = 1
		}
		if (row in tested && row in excused) {
			print excused[row] ": row " row " has a test: " \
				tested[row]
			bad = 1
		}
	}
	exit bad
}' "$@"
