#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Puts pm on PATH for the steps that follow. A pm that is there already, as in
# a container image of the team's own, is used; otherwise it is built from the
# very checkout that this action came with, so that the version is the one
# that the workflow names after "@", and nothing is downloaded but Debian's
# packages.

set -eu

if command -v pm >/dev/null; then
	pm version
	exit 0
fi
top=$(cd "$GITHUB_ACTION_PATH/../../.." && pwd)
prefix=$RUNNER_TEMP/pm
if ! command -v make >/dev/null; then
	sh "$top/tests/deps.sh" make
fi
make -C "$top" deps-build
make -C "$top" -s -j"$(nproc)" BUILD="$RUNNER_TEMP/pm-build" PREFIX="$prefix" install
echo "$prefix/bin" >>"$GITHUB_PATH"
"$prefix/bin/pm" version
