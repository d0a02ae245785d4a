# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2034,SC2119,SC2120,SC2154,SC2164 # parts of one program
# pm new --commit: the document may be there and not be committed.

prepare()
{
	doc 2026-11-01-old </dev/null && team
}

act()
{
	"$@" pm new --no-input --commit 'Made now'
}

stages()
{
	victim && pm new --no-input 'Made now' >"$pm_trash/out" 2>&1 && keep made
}

# Whoever sees the document there commits it.
follow()
{
	if test -e postmortems/2026/2026-11-22-made-now.md
	then
		pm commit
	else
		act
	fi
}
