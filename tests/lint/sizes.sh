#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Functions of at most 80 lines and complexity 20, files of at most 800 lines,
# lines of at most 100 columns with tabs of eight. Code is as clang-format
# leaves it: a function's braces stand in the first column. Complexity counts
# one for the function and one for each if, for, while, case, ?, && and ||.
#
# usage: sizes.sh [-a] [TOP]
#	-a prints every function's lines and complexity instead

set -u
LC_ALL=C
export LC_ALL
here=$(cd "$(dirname "$0")" && pwd)
all=0
if test "${1-}" = -a; then
	all=1
	shift
fi
cd "${1:-$here/../..}" || exit 1
bad=0

# What people write: code, tests, scripts, the Makefile. Cases are data.
files=$(find include lib cmd tests Makefile -path tests/cases -prune -o \
	-path tests/fuzz/corpus -prune -o -type f \( -name '*.[ch]' -o \
	-name '*.def' -o -name '*.sh' -o -name '*.awk' -o -name Makefile \) \
	-print | sort)

# shellcheck disable=SC2086 # paths without blanks
test $all = 1 || awk '
function width(line,    n, i, cols)
{
	n = split(line, part, "\t")
	for (i = 1; i < n; i++)
		cols += length(part[i]) + 8 - (cols + length(part[i])) % 8
	# Bytes of a character after its first take no column.
	gsub(/[\200-\277]/, "", part[n])
	return cols + length(part[n])
}
FNR == 1 && NR > 1 { count() }
{
	name = FILENAME
	lines = FNR
	if (width($0) > 100) {
		printf "%s:%d: line of %d columns (limit 100)\n", FILENAME,
			FNR, width($0)
		bad = 1
	}
}
function count()
{
	if (lines > 800) {
		printf "%s: file of %d lines (limit 800)\n", name, lines
		bad = 1
	}
}
END {
	count()
	exit bad
}
' $files || bad=1

for file in $files; do
	case $file in
	*.c) awk -f "$here/strip.awk" "$file" | awk -v file="$file" -v all=$all '
		/^\{$/ {
			inside = 1
			start = FNR
			complexity = 1
			next
		}
		/^\}$/ && inside {
			inside = 0
			lines = FNR - start + 1
			if (all)
				printf "%d %d %s:%d: %s\n", lines, complexity,
					file, start, name
			if (!all && lines > 80)
				printf "%s:%d: %s has %d lines (limit 80)\n",
					file, start, name, lines
			if (!all && complexity > 20)
				printf "%s:%d: %s has complexity %d " \
					"(limit 20)\n", file, start, name,
					complexity
			bad = bad || (!all && (lines > 80 || complexity > 20))
			next
		}
		inside {
			gsub(/&&|\|\||[?]/, " if ")
			gsub(/[^A-Za-z_0-9]/, " ")
			n = split($0, word, " ")
			for (i = 1; i <= n; i++)
				complexity += word[i] ~ /^(if|for|while|case)$/
			next
		}
		match($0, /[A-Za-z_][A-Za-z_0-9]*\(/) && /^[A-Za-z_]/ {
			name = substr($0, RSTART, RLENGTH - 1)
		}
		END { exit bad }
		' || bad=1 ;;
	esac
done
exit $bad
