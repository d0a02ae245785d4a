#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Nothing lies about unused: a file of an extension point has a row in its
# list, and the other way round; every command, rule and format has a case;
# every case, seed and test is run by something; a function that one file alone
# uses is static.
#
# usage: orphans.sh [TOP]
#	PM_BUILD holds the objects of the program and of the unit tests

set -u
LC_ALL=C
export LC_ALL
here=$(cd "$(dirname "$0")" && pwd)
top=${1:-$here/../..}
test -z "${PM_BUILD-}" || PM_BUILD=$(cd "$PM_BUILD" && pwd)
cd "$top" || exit 1
: "${PM_BUILD:=$PWD/build/plain-gcc}"
bad=0

fault()
{
	echo "$*"
	bad=1
}

# rows LIST MACRO: the names in a list's rows.
rows()
{
	sed -n "s/^$2(\([a-z_0-9]*\)).*/\1/p" "$1"
}

# point LIST MACRO DIR: rows and files of an extension point agree.
point()
{
	test -e "$1" || return 0
	for name in $(rows "$1" "$2"); do
		grep -q "^$2_DEFINE($name)" "$3"/*.c ||
			fault "$1: row $name has no file in $3/"
	done
	for file in "$3"/*.c; do
		test -e "$file" || continue
		for name in $(rows "$file" "$2_DEFINE"); do
			grep -q "^$2($name)" "$1" ||
				fault "$file: no row $2($name) in $1"
			test "$(basename "$file" .c)" = "$name" ||
				fault "$file: defines $name, not its own name"
		done
	done
	test "$(rows "$1" "$2" | sort | uniq -d)" = '' ||
		fault "$1: a row stands twice"
}

point cmd/commands.def PM_COMMAND cmd
point lib/check/rules.def PM_RULE lib/check/rules
point lib/report/formats.def PM_FORMAT lib/report/formats

# A file in a directory of entries that defines no entry would never run.
for file in lib/check/rules/*.c lib/report/formats/*.c; do
	test ! -e "$file" || grep -q '^PM_[A-Z]*_DEFINE(' "$file" ||
		fault "$file: defines no entry"
done

for file in lib/*/*.h lib/*/*.def cmd/*.h cmd/*.def; do
	test ! -e "$file" ||
		grep -rqs --include='*.[ch]' --include=Makefile \
			"[\"/[:space:]]${file##*/}\(\"\|[[:space:]]\|\$\)" lib cmd tests Makefile ||
		fault "$file: nobody includes it"
done

test ! -e cmd/commands.def || for name in $(rows cmd/commands.def PM_COMMAND); do
	grep -Eqs "(^|[^a-z-])pm $name([^a-z-]|\$)" tests/cli/*.sh ||
		fault "command $name: no case in tests/cli/"
done
for file in lib/check/rules/*.c; do
	test -e "$file" || continue
	grep -q '\.bad = ' "$file" || fault "$file: an entry needs a bad example"
	grep -q '\.good = ' "$file" ||
		fault "$file: an entry needs a good example"
done
test ! -e lib/report/formats.def ||
	for name in $(rows lib/report/formats.def PM_FORMAT); do
		grep -Eqs -e "--format[ =]$name" tests/cli/*.sh ||
			fault "format $name: no case in tests/cli/"
	done

for dir in tests/cases/*/; do
	test -d "$dir" || continue
	name=$(basename "$dir")
	grep -rqs "cases/$name\|CASES\"*/$name" tests/cli tests/unit tests/*.sh ||
		fault "tests/cases/$name: no test reads it"
done
for file in tests/cli/*.sh; do
	name=${file##*/}
	case $name in
	[0-9][0-9][0-9][0-9]-*.sh) ;;
	*)
		grep -Eqs "^[.] .*/$name\"" tests/*/[0-9]*.sh tests/cli/lib.sh ||
			fault "$file: neither NNNN-topic.sh nor read by one"
		;;
	esac
done
for file in tests/unit/*.c; do
	case ${file##*/} in
	test_*.c | '*.c') ;;
	*) fault "$file: not test_*.c, so never run" ;;
	esac
done
for file in tests/fuzz/fuzz_*.c; do
	test -e "$file" || continue
	name=$(basename "$file" .c)
	test -n "$(ls "tests/fuzz/corpus/${name#fuzz_}" 2>/dev/null)" ||
		fault "$file: no seeds in tests/fuzz/corpus/${name#fuzz_}/"
done

# External functions: who defines, who uses. A unit test is a user too; what a
# public header declares has one as well, or nobody knows that it works.
objects=$(find "$PM_BUILD/lib" "$PM_BUILD/cmd" "$PM_BUILD/tests" \
	-name '*.o' 2>/dev/null | sort)
if test -n "$objects"; then
	# An object whose source is gone is no witness.
	for object in $objects; do
		source=${object#"$PM_BUILD"/}
		test -e "${source%.o}.c" && echo "$object"
	done | xargs nm -A -g -P | awk -v build="$PM_BUILD/" '
		{
			file = $1
			sub(/:$/, "", file)
			sub(build, "", file)
			sub(/\.o$/, ".c", file)
			if ($3 == "T")
				owner[$2] = file
			else if ($3 == "U")
				used[$2] = 1
		}
		END {
			for (name in owner) {
				if (name in used || name == "main" ||
					owner[name] !~ /^(lib|cmd)\//)
					continue
				printf "%s: %s has no user elsewhere: make " \
					"it static or drop it\n", owner[name],
					name | "sort"
				bad = 1
			}
			close("sort")
			exit bad
		}
	' || bad=1
else
	fault "$PM_BUILD: no objects to look at (run make first)"
fi
exit $bad
