#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Every header compiles alone, with no more include paths than its users have,
# the public ones as C++ too where g++ is there; every public prototype stands
# under a comment and names its parameters.
#
# usage: headers.sh [TOP]

set -u
LC_ALL=C
export LC_ALL
here=$(cd "$(dirname "$0")" && pwd)
cd "${1:-$here/../..}" || exit 1
bad=0
: "${CC:=gcc}"

# alone HEADER FLAG...: compiles a file that includes it twice and nothing else.
alone()
{
	header=$1
	shift
	printf '#include "%s"\n#include "%s"\ntypedef int pm_not_empty;\n' \
		"$header" "$header" |
		"$CC" -std=c11 -D_GNU_SOURCE -Wall -Wextra -Wpedantic -Werror \
			-fsyntax-only "$@" -x c - && return 0
	echo "$header does not compile alone"
	bad=1
}

for file in $(find include lib cmd -name '*.h' | sort); do
	case $file in
	include/*) alone "${file#include/}" -Iinclude ;;
	lib/*) alone "${file#lib/}" -Iinclude -Ilib ;;
	cmd/*) alone "${file#cmd/}" -Iinclude -Icmd ;;
	esac
done

if command -v "${CXX:=g++}" >/dev/null; then
	for file in include/pm/*.h; do
		printf '#include "%s"\n' "${file#include/}" |
			"$CXX" -std=c++11 -Wall -Wextra -Wpedantic -Werror \
				-fsyntax-only -Iinclude -x c++ - && continue
		echo "$file does not compile as C++"
		bad=1
	done
	for file in include/pm/*.h; do
		grep -q '^extern "C" {$' "$file" && continue
		echo "$file: names of C++, not of C (extern \"C\" is missing)"
		bad=1
	done
else
	echo "no $CXX: headers are not compiled as C++"
fi

# A prototype may share the comment of the one above it, without a blank line
# between: a family explained once.
for file in include/pm/*.h; do
	# shellcheck disable=SC2094 # read only
	awk -f "$here/strip.awk" "$file" | awk -v file="$file" '
	function fault(text)
	{
		printf "%s:%d: %s\n", file, start, text
		bad = 1
	}

	# "struct pm_buf *buf" is named; "struct pm_buf *" and "int" are not.
	function named(param,    whole)
	{
		if (param ~ /\.\.\.|^ *void *$|\(/)
			return 1
		gsub(/\[[^]]*\]/, "", param)
		gsub(/(^| )const /, " ", param)
		if (param ~ /\* *[A-Za-z_][A-Za-z_0-9]*$/)
			return 1
		whole = param
		gsub(/(struct|enum|union) +/, "", param)
		sub(/^ +/, "", param)
		if (param !~ / [A-Za-z_][A-Za-z_0-9]*$/)
			return 0
		# "unsigned flags" against "unsigned int"
		return whole !~ / (int|char|long|short|double)$/
	}

	function prototype(text,    n, i, param)
	{
		sub(/ *(PM_[A-Z_]+|__attribute__ *)\(.*$/, "", text)
		sub(/^[^(]*\(/, "", text)
		sub(/\)[^)]*$/, "", text)
		n = split(text, param, ",")
		for (i = 1; i <= n; i++) {
			gsub(/^ +| +$/, "", param[i])
			if (!named(param[i]))
				fault("parameter without a name: " param[i])
		}
		if (!documented)
			fault("prototype without a comment")
	}

	{
		if ((getline raw < file) <= 0)
			raw = ""
	}
	raw ~ /^[ \t]*\/\*/ { documented = 1 }
	raw ~ /^[ \t]*$/ { if (!depth && text == "") documented = 0 }
	/^[ \t]*#/ || continued {
		continued = $0 ~ /\\$/
		next
	}
	/^[ \t]*$/ { next }
	{
		if (text == "")
			start = FNR
		line = $0
		gsub(/[ \t]+/, " ", line)
		text = text line
		depth += gsub(/\{/, "{", line) - gsub(/\}/, "}", line)
		if (depth || text !~ /; ?$/)
			next
		if (text ~ /\(/ && text !~ /[{=]/ && text !~ /^ *(typedef|extern)/)
			prototype(text)
		text = ""
	}
	END { exit bad }
	' || bad=1
done
exit $bad
