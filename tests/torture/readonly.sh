# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2034,SC2119,SC2120,SC2154,SC2164 # parts of one program
#
# What may not be written: the whole file system, Git's directory, its objects,
# its references, the documents. A file system that was mounted read-only holds
# root as well.

# shellcheck source=tests/torture/small.sh
. "$here/small.sh"

points()
{
	printf '%s\n' . .git .git/objects .git/refs .git/pm .git/hooks postmortems
}

# frozen DIR: mounts it once more, read-only.
frozen()
{
	mkdir -p "$1" && mount --bind "$1" "$1" && mount -o remount,ro,bind "$1"
}

try()
{
	small_victim size=8m || return 1
	case $1 in
	.) mount -o remount,ro "$small" ;;
	*) frozen "$1" ;;
	esac || return 1
	act >"$pm_trash/out" 2>"$pm_trash/err"
	status=$?
	case $1 in
	.) mount -o remount,rw "$small" ;;
	*) unmount "$1" ;;
	esac || return 1
	told $status && converges
}
