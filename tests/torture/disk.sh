# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2034,SC2119,SC2120,SC2154,SC2164 # parts of one program
#
# A disk that is nearly full: so many kilobytes, or so many files, are left.

# shellcheck source=tests/torture/small.sh
. "$here/small.sh"

points()
{
	awk 'BEGIN {
		for (i = 0; i < 100; i++)
			print "room", i * 4
		for (i = 0; i < 60; i++)
			print "files", i
	}'
}

try()
{
	if test "$1" = files
	then
		small_victim "size=4m,nr_inodes=$(($(find "$pm_trash/repo" | wc -l) + 1 + $2))"
	else
		small_victim size=4m && left=$(df -k --output=avail . | tail -n 1) &&
			head -c $(((left - $2) * 1024)) /dev/zero >"$small/fill"
	fi || return 1
	act >"$pm_trash/out" 2>"$pm_trash/err"
	status=$?
	# Looking takes room as well.
	rm -f "$small/fill" && mount -o remount,size=8m,nr_inodes=10000 "$small" &&
		told $status && converges
}
