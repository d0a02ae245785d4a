#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# C looks as "make format" leaves it. Versions of clang-format differ in small
# things; another one than the project's is told from it and not asked.
#
# usage: format.sh [TOP]

set -u
LC_ALL=C
export LC_ALL
cd "${1:-$(dirname "$0")/../..}" || exit 1

clang-format --version | grep -q 'version 14\.' || {
	echo "not clang-format 14: not asked" >&2
	exit 0
}
complaints=$(find include lib cmd tests -name '*.[ch]' | sort |
	xargs clang-format --dry-run -Werror 2>&1 |
	sed -n 's/^\([^ :]*:[0-9]*\):.*/\1: not as clang-format has it/p' |
	awk -F: '!seen[$1]++')
test -z "$complaints" && exit 0
echo "$complaints"
exit 1
