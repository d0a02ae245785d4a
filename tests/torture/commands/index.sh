# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2034,SC2119,SC2120,SC2154,SC2164 # parts of one program
# pm index: a cache. Afterwards it is what it says it is, and finds.

prepare()
{
	doc 2026-11-01-old </dev/null && doc 2026-11-22-new </dev/null && team
}

act()
{
	"$@" pm index
}

follow()
{
	pm index && pm index --verify && pm search words >"$pm_trash/found" &&
		grep -q 2026-11-22-new "$pm_trash/found"
}
