# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2034,SC2119,SC2120,SC2154,SC2164 # parts of one program
#
# The n-th call of each name that opens, writes, names or ends a file fails, with
# each error that a disk, a quota, a limit, a permission or a signal may give.

# shellcheck source=tests/torture/calls.sh
. "$here/calls.sh"

points()
{
	names='open\|openat\|openat2\|write\|pwrite64\|writev\|rename\|renameat\|renameat2'
	names=$names'\|link\|linkat\|fsync\|fdatasync\|syncfs\|mkdir\|mkdirat\|unlink'
	names=$names'\|unlinkat\|rmdir\|ftruncate\|close'
	calls "$names" | awk '{
		n = split("ENOSPC EIO EROFS EMFILE EINTR EDQUOT EACCES", error, " ")
		for (i = 1; i <= n; i++)
			print $0, error[i]
	}'
}

try()
{
	victim || return 1
	act strace -qq -o /dev/null -e "trace=$1" -e "inject=$1:error=$3:when=$2" \
		>"$pm_trash/out" 2>"$pm_trash/err"
	status=$?
	# The fault met the sanitizer where it reads its own options.
	! grep -q 'LeakSanitizer has encountered a fatal error' "$pm_trash/err" || return 0
	# What cannot be removed stays until the next run.
	case $1 in
	unlink* | rmdir) told $status litter ;;
	*) told $status ;;
	esac || return 1
	test $status = 0 || converges
}
