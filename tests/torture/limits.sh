# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2034,SC2119,SC2120,SC2154,SC2164 # parts of one program
#
# ulimit: -f the size of a file (512 bytes each), -n descriptors, -v memory
# (kilobytes). Out of memory pm may abort.

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
	# A sanitizer maps far more than it uses.
	# shellcheck disable=SC3045 # not POSIX, and in every shell there is
	test "$1" != v || (ulimit -v 500000 && pm version) >/dev/null 2>&1 || return 0
	unkind=
	test "$1" != v || unkind=134
	victim || return 1
	# The shell writes no file under the limit.
	exec 5>"$pm_trash/out" 6>"$pm_trash/err"
	# shellcheck disable=SC3045
	(ulimit "-$1" "$2" && act >&5 2>&6)
	status=$?
	exec 5>&- 6>&-
	told $status && converges
}
