# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2034,SC2119,SC2120,SC2154,SC2164 # parts of one program
# pm check --fix: two documents, each mended whole or not at all.

one=postmortems/2026-11-21-one.md
two=postmortems/2026-11-22-two.md

prepare()
{
	team && for id in 2026-11-21-one 2026-11-22-two
	do
		doc $id </dev/null && sed -i "s/^id: .*/id: wrong/; s/^# .*/# Another/" \
			postmortems/$id.md || return 1
	done
}

act()
{
	"$@" pm check --fix
}

# One of them, and whatever a first round leaves to a second.
stages()
{
	for file in $one $two
	do
		victim && pm check --fix $file >"$pm_trash/out" 2>&1 && keep "$(basename $file)" ||
			return 1
	done
}

owns_up()
{
	{ said "$one:.*fixed" && said "$two:.*fixed"; } ||
		said 'cannot write the output\|is written, but'
}
