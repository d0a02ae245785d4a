# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2034,SC2119,SC2120,SC2154,SC2164 # parts of one program
#
# The system calls of a command, for the sweeps that fail or kill one of them.
# strace counts calls of one name in one process.

able()
{
	reason='strace is missing, or may not trace'
	strace_works
}

# calls PATTERN: "NAME N" for each call whose name fits, as they come.
calls()
{
	victim && act strace -qq -o "$pm_trash/calls" >"$pm_trash/out" 2>"$pm_trash/err" &&
		sed -n 's/^\([a-z_0-9]*\)(.*/\1/p' "$pm_trash/calls" | grep -x "$1" |
		grep -v '^execve$' | awk '{ print $1, ++n[$1] }'
}
