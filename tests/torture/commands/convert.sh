# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2034,SC2119,SC2120,SC2154,SC2164 # parts of one program
# pm adopt --convert: two documents without front matter.

prepare()
{
	mkdir postmortems && for day in 01 02
	do
		printf '# The queue, day %s\n\n**Severity:** SEV2\n**Owner:** @ana\n\n' $day \
			>postmortems/2025-02-$day-queue.md &&
			printf '## Action items\n- [ ] Order disks (@bo)\n' \
				>>postmortems/2025-02-$day-queue.md || return 1
	done
	team
}

act()
{
	"$@" pm adopt --convert
}

stages()
{
	for day in 01 02
	do
		victim && pm adopt --convert postmortems/2025-02-$day-queue.md \
			>"$pm_trash/out" 2>&1 && keep $day || return 1
	done
}

owns_up()
{
	{ said '02-01-queue.*added' && said '02-02-queue.*added'; } ||
		said 'cannot write the output\|is written, but'
}
