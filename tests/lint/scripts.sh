#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Shell scripts pass shellcheck at its level "warning". In a test of the
# command line the quoted bodies are evaluated later, out of its sight.
#
# usage: scripts.sh [TOP]

set -u
LC_ALL=C
export LC_ALL
cd "${1:-$(dirname "$0")/../..}" || exit 1
bad=0

find tests .ci .github \( -name '*.sh' ! -name '[0-9]*' \) -o -path .ci/run \
	2>/dev/null | sort |
	xargs shellcheck -S warning || bad=1
find tests -name '[0-9]*.sh' | sort |
	xargs shellcheck -S warning -s sh -e SC2034 || bad=1
exit $bad
