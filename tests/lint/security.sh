#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# README.md promises nothing about security that no test holds: each item of
# its section "Security" is followed by comments that name tests,
#
#	<!-- held by: cli/0001-word.sh: what the test is called -->
#	<!-- held by: unit/test_word.c: test_word -->
#
# and each of these tests is there, by that name.
#
# usage: security.sh [TOP]

set -u
LC_ALL=C
export LC_ALL
cd "${1:-$(dirname "$0")/../..}" || exit 1
readme=README.md
test -r "$readme" || {
	echo "$readme: cannot be read"
	exit 1
}

# "item LINE" for each item, "test LINE FILE TITLE" for each comment under it.
marks=$(mktemp) || exit 1
trap 'rm -f "$marks"' EXIT
awk '
/^## / { within = $0 == "## Security" }
!within { next }
/^- / { print "item", FNR }
/<!-- held by: / {
	text = $0
	sub(/.*<!-- held by: */, "", text)
	if (!sub(/ *-->.*/, "", text) || text !~ /^(cli|unit)\/[^ ]*: ./)
		print "odd", FNR
	file = text
	sub(/: .*/, "", file)
	sub(/^[^:]*: /, "", text)
	print "test", FNR, file, text
}
' "$readme" >"$marks"

bad=0
fault()
{
	echo "$readme:$1: $2"
	bad=1
}

items=0
waiting=
while read -r kind line file title; do
	case $kind in
	item)
		test -z "$waiting" || fault "$waiting" 'no test holds this'
		waiting=$line
		items=$((items + 1))
		;;
	odd)
		fault "$line" 'not "held by: FILE: TEST"'
		;;
	test)
		waiting=
		case $file in
		unit/*) wanted="cmocka_unit_test($title)" ;;
		*) wanted="'$title' '" ;;
		esac
		if ! grep -qF -e "$wanted" "tests/$file" 2>/dev/null; then
			fault "$line" "no test '$title' in tests/$file"
		fi
		;;
	esac
done <"$marks"
test -z "$waiting" || fault "$waiting" 'no test holds this'
test "$items" != 0 || fault 1 'no section "Security" with items'
exit $bad
