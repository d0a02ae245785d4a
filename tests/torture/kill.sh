# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2034,SC2119,SC2120,SC2154,SC2164 # parts of one program
#
# kill -9 before the n-th system call of each name, which is before every
# system call there is. The call itself does not happen. Of pm's processes it
# is the first that dies; its workers end with it.

# shellcheck source=tests/torture/calls.sh
. "$here/calls.sh"

points()
{
	calls ".*"
}

try()
{
	victim || return 1
	act strace -qq -o /dev/null -e "trace=$1" -e "inject=$1:signal=KILL:when=$2" \
		>"$pm_trash/out" 2>"$pm_trash/err"
	status=$?
	test $status = 137 || test $status = 0 || say "status $status" || return 1
	stopped
}
