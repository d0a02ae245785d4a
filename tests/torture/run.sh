#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Sweeps: a command of pm is run again and again, each time with one fault at
# another point, and what it leaves behind must be the old or the new, told
# truly. A sweep is a fault (kill, error, disk, limits, readonly, power: a file
# each beside this one) and a command (a file each in commands/), written
# FAULT-COMMAND. Every point starts with a fresh copy of the same repository.
#
# usage: run.sh [--list | --able] [SWEEP...]
#	--list     prints the names of the sweeps
#	--able     0 when this machine can do them; no sweep: all of them
#	PM_BUILD   where pm is
#	SAMPLE     that many points of each sweep, chosen by SEED; default: all
#	POINT      this one point alone, as it was told when it failed
#	JOBS       so many sweeps at once
#	LOG        a directory for what each failed point said
#	TORTURE    a directory to work in, on a file system of Linux

set -u
reason=
here=$(cd "$(dirname "$0")" && pwd) || exit 1
PM_ROOT=$(cd "$here/../.." && pwd) || exit 1
: "${PM_BUILD:=$PM_ROOT/build}" "${SAMPLE:=}" "${SEED:=$(date -u +%Y%m%d)}"
: "${POINT:=}" "${JOBS:=1}" "${LOG:=$PM_BUILD/torture}"
PM_BUILD=$(cd "$PM_BUILD" && pwd) && mkdir -p "$LOG" && LOG=$(cd "$LOG" && pwd) ||
	exit 1
PM_CASES=$PM_ROOT/tests/cases PATH=$PM_BUILD:$PATH
export PM_ROOT PM_BUILD PM_CASES PATH

# In memory the syncs of some ten thousand commits cost nothing.
: "${TORTURE:=$(test -w /dev/shm && echo /dev/shm || echo "${TMPDIR:-/tmp}")}"
export SAMPLE SEED POINT LOG TORTURE

faults='kill error disk limits readonly power'

# Every sweep there is.
all_sweeps()
{
	for fault in $faults; do
		for file in "$here"/commands/*.sh; do
			echo "$fault-$(basename "$file" .sh)"
		done
	done
}

# choose: the lines of stdin that are to be tried.
choose()
{
	if test -n "$POINT"; then
		echo "$POINT"
	elif test -n "$SAMPLE"; then
		awk -v n="$SAMPLE" -v seed="$SEED" '
			BEGIN { srand(seed) }
			{ at[NR] = NR; line[NR] = $0 }
			END {
				for (i = 1; i <= n && i <= NR; i++) {
					j = i + int(rand() * (NR - i + 1))
					t = at[i]; at[i] = at[j]; at[j] = t
					print line[at[i]]
				}
			}'
	else
		cat
	fi
}

# progress SWEEP DONE OF FAILED: on a terminal in one line, else now and then.
progress()
{
	text="$1: point $2 of $3, $4 failed"
	if test -t 2; then
		printf '\r%s ' "$text" >&2
	elif test $(($2 % 100)) = 0; then
		echo "$text" >&2
	fi
}

# A place of its own for a sweep, and what the fault and the command define.
enter()
{
	pm_trash=$(mktemp -d "$TORTURE/pm-torture.XXXXXX") || exit 1
	pm_trash=$(cd -P "$pm_trash" && pwd) || exit 1
	trap 'cd /; leave; rm -rf "$pm_trash"' EXIT
	trap 'exit 1' HUP INT TERM
	# shellcheck source=tests/torture/lib.sh
	. "$here/lib.sh"
	# shellcheck disable=SC1090 # one of many
	. "$here/${1%%-*}.sh" && . "$here/commands/${1#*-}.sh" || exit 1
}

# sweep NAME: adds "points failed" to $TALLY.
sweep()
{
	enter "$1"
	able || {
		echo "$1: skipped, $reason"
		echo "0 0" >>"$TALLY"
		exit 0
	}
	begin || {
		echo "$1: cannot begin"
		exit 1
	}
	points >"$pm_trash/all" && choose <"$pm_trash/all" >"$pm_trash/chosen" || exit 1
	of=$(wc -l <"$pm_trash/chosen") done=0 failed=0
	: >"$LOG/$1"
	exec 4<"$pm_trash/chosen"
	while read -r point <&4; do
		# shellcheck disable=SC2086 # a point is words
		try $point >"$pm_trash/why" 2>&1 4<&- || {
			failed=$((failed + 1))
			{
				echo "$1: POINT='$point' failed:"
				sed 's/^/	/' "$pm_trash/why"
			} | tee -a "$LOG/$1"
		}
		cd "$pm_trash" || exit 1
		done=$((done + 1))
		progress "$1" $done "$of" $failed
	done
	! test -t 2 || printf '\r' >&2
	echo "$1: $done of $(wc -l <"$pm_trash/all") points, $failed failed"
	echo "$done $failed" >>"$TALLY"
}

mode=sweep
case ${1-} in
--list)
	all_sweeps
	exit 0
	;;
--able | --one)
	mode=${1#--}
	shift
	;;
esac
test $# != 0 || {
	# shellcheck disable=SC2046 # names
	set -- $(all_sweeps)
}
for name; do
	all_sweeps | grep -qx -e "$name" || {
		echo "run.sh: no sweep '$name' (run.sh --list)" >&2
		exit 2
	}
done
case $mode in
able)
	for name; do
		(enter "$name" && able || { echo "$reason" && exit 1; }) || exit 1
	done
	exit 0
	;;
one)
	sweep "$1"
	exit 0
	;;
esac

test -z "$SAMPLE" || echo "$SAMPLE points of each sweep, SEED=$SEED"
TALLY=$(mktemp) || exit 1
export TALLY
trap 'rm -f "$TALLY"' EXIT
printf '%s\n' "$@" | xargs -n 1 -P "$JOBS" sh "$here/run.sh" --one
# A sweep that could not begin has no line.
awk -v sweeps=$# '{ points += $1; failed += $2 }
	END {
		failed += sweeps - NR
		print points + 0 " points swept, " failed " failed"
		exit failed > 0
	}' "$TALLY"
