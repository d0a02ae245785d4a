#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Tables are searched by halves, which finds no row that stands where it does
# not belong, and says nothing of it. A .def whose head says that it is sorted,
# by what its rows begin with, has its rows in the order of their bytes, none
# twice; one that "comes behind" another begins where that ends.
#
# usage: sorted.sh [TOP]

set -u
LC_ALL=C
export LC_ALL
here=$(cd "$(dirname "$0")" && pwd)
cd "${1:-$here/../..}" || exit 1
bad=0
rows=$(mktemp) || exit 1
trap 'rm -f "$rows"' EXIT

# keys FILE: the text in quotes that each row begins with.
keys()
{
	sed -n 's/^PM_[A-Z_]*("\([^"]*\)".*/\1/p' "$1"
}

# head_of FILE: its comment as one line.
head_of()
{
	sed '/^PM_/,$d' "$1" | tr -s ' \n*' '   '
}

for file in lib/*/*.def cmd/*.def; do
	test -e "$file" || continue
	before=$(head_of "$file" |
		sed -n 's/.*comes behind \([a-z_]*\.def\).*/\1/p')
	case $before,$(head_of "$file") in
	,*'Sorted by form'*) continue ;;
	,*Sorted*) keys "$file" >"$rows" ;;
	,*) continue ;;
	*) { keys "${file%/*}/$before" && keys "$file"; } >"$rows" ;;
	esac
	wrong=$(sort -cu "$rows" 2>&1) && continue
	bad=1
	echo "$file: the row '${wrong##*: }' stands where no search finds it"
done
exit $bad
