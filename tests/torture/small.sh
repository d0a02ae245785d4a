# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2034,SC2119,SC2120,SC2154,SC2164 # parts of one program
#
# A small file system in memory for the repository of a point. Needs root.

small=$pm_trash/small

able()
{
	reason='only root may mount'
	test "$(id -u)" = 0 && mkdir "$small" && mount -t tmpfs -o size=1m none "$small" \
		2>/dev/null && umount "$small"
}

leave()
{
	# Workers that have just lost their pm may still stand in it.
	umount "$small" 2>/dev/null || umount -l "$small" 2>/dev/null || :
}

# small_victim OPTIONS: a fresh copy of the repository on a file system of its
# own, entered.
small_victim()
{
	cd "$pm_trash" && leave && mount -t tmpfs -o "$1" none "$small" &&
		cp -a repo "$small/r" && cd "$small/r"
}
