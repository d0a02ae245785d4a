# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2034,SC2119,SC2120,SC2154,SC2164 # parts of one program
#
# ulimit -f, the size of a file, -n, descriptors, and -v, memory in kilobytes.
# Out of memory pm may abort.

able()
{
	reason='prlimit is missing'
	command -v prlimit >/dev/null
}

# limited NAME VALUE: the words that start a program with the limit. A shell
# would need descriptors and files itself.
limited()
{
	case $1 in
	f) echo "prlimit --fsize=$(($2 * 512))" ;;
	n) echo "prlimit --nofile=$2" ;;
	v) echo "prlimit --as=$(($2 * 1024))" ;;
	esac
}

points()
{
	awk 'BEGIN {
		for (i = 0; i < 40; i++)
			print "f", i
		for (i = 3; i < 40; i++)
			print "n", i
		for (i = 2000; i < 60000; i += 500)
			print "v", i
	}'
}

try()
{
	limit=$(limited "$1" "$2") unkind=
	if test "$1" = v
	then
		unkind=134
		# Too little for the program itself, or for its sanitizer.
		$limit pm version >/dev/null 2>&1 || test $? = 134 || return 0
	fi
	victim || return 1
	# Into pipes: files have a limit.
	{
		{ act $limit; echo $? >"$pm_trash/status"; } 2>&1 >&3 |
			cat >"$pm_trash/err"
	} 3>&1 | cat >"$pm_trash/out"
	told "$(cat "$pm_trash/status")" && converges
}
