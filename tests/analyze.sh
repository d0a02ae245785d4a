#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Static analysis of lib/ and cmd/ by three tools: gcc's -fanalyzer, clang-tidy
# with the checks of .clang-tidy, and cppcheck. What they find is mended; what
# is wrong stands in tests/analyze.supp, "TOOL FILE CHECK REASON" a line. A
# finding that is not there fails the run, and so does a line without one.
#
# usage: analyze.sh [gcc|tidy|cppcheck]...
#	BUILD has gen/templates.inc; JOBS at once; FLAGS as the compiler has them

set -u
LC_ALL=C
export LC_ALL
: "${BUILD:=build}" "${JOBS:=2}" "${FLAGS:=}"
cd "$(dirname "$0")/.." || exit 1
out=$BUILD/analyze
mkdir -p "$out" && rm -f "$out"/* || exit 1
flags="-std=c11 -D_GNU_SOURCE -Iinclude -Ilib -Icmd -I$BUILD
	-include lib/base/banned.h $FLAGS"
export flags
test $# = 0 && set -- gcc tidy cppcheck

# each COMMAND: runs it for every file, as "$1".
each()
{
	find lib cmd -name '*.c' | sort |
		xargs -P "$JOBS" -n 1 sh -c "$1" x 2>&1
}

# To "TOOL FILE CHECK LINE: MESSAGE" from "FILE:LINE:COL: warning: MESSAGE [CHECK]".
tidied()
{
	sed -n "s|^$PWD/||
		s|^\([^: ]*\):\([0-9]*\):[0-9]*: [a-z]*: \(.*\) \[\([^]]*\)\]\$|$1 \1 \4 \2: \3|p" |
		sed 's/ -W\(analyzer[a-z-]*\)/ \1/; s/\( [^ ]*\),-warnings-as-errors /\1 /'
}

for tool; do
	case $tool in
	gcc)
		# shellcheck disable=SC2016 # for the inner shell
		each 'gcc $flags -O1 -fanalyzer -c -o /dev/null "$1" ||
			echo "$1:1:1: error: does not compile [compile]"' |
			sed 's/ \[CWE-[0-9]*\]//' | tidied gcc
		;;
	tidy)
		# shellcheck disable=SC2016
		each 'clang-tidy --quiet "$1" -- $flags 2>&1' | tidied tidy
		;;
	cppcheck)
		cppcheck --std=c11 --enable=warning,portability,performance \
			--suppress=missingIncludeSystem --quiet -j "$JOBS" \
			-Iinclude -Ilib -Icmd "-I$BUILD" \
			--template='{file}:{line}:1: {severity}: {message} [{id}]' \
			lib cmd 2>&1 | tidied cppcheck
		;;
	*) echo "analyze.sh: no tool '$tool'" >&2 && exit 2 ;;
	esac | sort -u >"$out/$tool"
done

# shellcheck disable=SC2046 # a file for each tool
awk -v tools="$*" '
	FILENAME ~ /[.]supp$/ {
		if (/^#/ || !NF)
			next
		if (NF < 4) {
			print FILENAME ": a line without a reason: " $0
			bad++
		}
		if ((" " tools " ") ~ (" " $1 " "))
			known[$1 " " $2 " " $3] = 1
		next
	}
	($1 " " $2 " " $3) in known {
		used[$1 " " $2 " " $3] = 1
		next
	}
	($1 " * " $3) in known {
		used[$1 " * " $3] = 1
		next
	}
	{
		print
		bad++
	}
	END {
		for (line in known)
			if (!(line in used)) {
				print "nothing to suppress any more: " line
				bad++
			}
		if (bad)
			print bad " findings"
		exit bad > 0
	}
' tests/analyze.supp $(for tool; do echo "$out/$tool"; done) || exit 1
echo "analyze: $*: no finding"
