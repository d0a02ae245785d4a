#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Installs the Debian packages that are missing among those named, through sudo
# when not root, and says which. Nothing to install: one line, no network.
#
# usage: deps.sh PACKAGE...

set -u

if ! command -v dpkg-query >/dev/null; then
	echo "deps: not a Debian system; these packages, or their like, must be there:"
	echo "deps: $*"
	exit 0
fi

missing=
for package in "$@"; do
	state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)
	case $state in
	installed) ;;
	*) missing="$missing $package" ;;
	esac
done
if test -z "$missing"; then
	echo "deps: all $# packages are installed"
	exit 0
fi

as_root=
if test "$(id -u)" != 0; then
	as_root=sudo
	if ! command -v sudo >/dev/null; then
		echo "deps: not root and no sudo; install as root:$missing" >&2
		exit 1
	fi
fi
echo "deps: installing$missing"
apt="$as_root env DEBIAN_FRONTEND=noninteractive apt-get"
# The lists may be older than the archive, or absent: fetch them first.
# shellcheck disable=SC2086 # lists of words
if ! { $apt update -qq && $apt install -qq -y --no-install-recommends \
	$missing </dev/null >/dev/null; }; then
	echo "deps: cannot install$missing (apt-get says why above)" >&2
	exit 1
fi
echo "deps: installed$missing"
