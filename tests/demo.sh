#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The main job from an empty repository to a post-mortem that is found again:
# README's session, run now, with each command and what it prints.

set -u
cd "$(dirname "$0")/.." || exit 1
: "${BUILD:=build}"
PM_BUILD=$BUILD sh tests/session.sh --prose README.md || exit 1
echo
echo "demo: the same session stands in README.md; the next step is 'make check'"
