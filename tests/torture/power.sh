# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2034,SC2119,SC2120,SC2154,SC2164 # parts of one program
#
# The power goes: a file system in a file, which is copied while it is mounted.
# The copy has what was synced and nothing else. At "end" pm has left with
# status 0: all that it said must be there. At other points it is killed before
# that call: then it is the old or the new. Needs root and a loop device.

# shellcheck source=tests/torture/calls.sh
. "$here/calls.sh"

disk=$pm_trash/disk

able()
{
	reason='no strace, no root, or no loop device'
	strace_works && test "$(id -u)" = 0 && command -v mkfs.ext4 >/dev/null &&
		mkdir "$disk" && truncate -s 24M "$pm_trash/image" &&
		mkfs.ext4 -q "$pm_trash/image" 2>/dev/null &&
		mount -o loop,commit=300 "$pm_trash/image" "$disk" 2>/dev/null && umount "$disk"
}

leave()
{
	umount "$disk" 2>/dev/null || umount -l "$disk" 2>/dev/null || :
}

# The calls that change a disk, or bring it there.
points()
{
	mount -o loop "$pm_trash/image" "$disk" && cp -a "$pm_trash/repo" "$disk/r" &&
		umount "$disk" && mv "$pm_trash/image" "$pm_trash/clean" && echo end &&
		calls 'p*write.*\|rename.*\|link.*\|unlink.*\|f.*sync\|syncfs\|mkdir.*\|ftruncate'
}

# cut: the state of the disk as it would be found after the power came back.
cut()
{
	cp --sparse=always "$pm_trash/image" "$pm_trash/cut" && cd / && unmount "$disk" &&
		mount -o loop "$pm_trash/cut" "$disk" && cd "$disk/r"
}

try()
{
	cd "$pm_trash" && leave && cp --sparse=always "$pm_trash/clean" "$pm_trash/image" &&
		mount -o loop,commit=300 "$pm_trash/image" "$disk" && cd "$disk/r" || return 1
	if test "$1" = end
	then
		act >"$pm_trash/out" 2>"$pm_trash/err" && cut || return 1
		is_new
	else
		act strace -qq -o /dev/null -e "trace=$1" \
			-e "inject=$1:signal=KILL:when=$2" >"$pm_trash/out" 2>"$pm_trash/err"
		cut && stopped
	fi
}
