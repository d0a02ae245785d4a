# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2034,SC2119,SC2120,SC2154,SC2164 # parts of one program
# pm commit: a changed document, a new one and its evidence.

prepare()
{
	doc 2026-11-01-old </dev/null && team && echo more >>postmortems/2026-11-01-old.md &&
		doc 2026-11-22-new </dev/null && mkdir postmortems/2026-11-22-new &&
		echo "<svg/>" >postmortems/2026-11-22-new/errors.svg
}

act()
{
	"$@" pm commit
}
