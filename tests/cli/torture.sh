# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # variables of who reads this
#
# A few points of each sweep of tests/torture, chosen by a seed that changes
# from day to day. TORTURE_SEED=20261122 brings that day's back, and "make
# torture" goes through all of them.

SEED=${TORTURE_SEED:-$(date -u +%Y%m%d)}
LOG=$pm_trash/torture
export SEED LOG

# sampled N SWEEP: that many points of it.
sampled()
{
	SAMPLE=$1 sh "$PM_ROOT/tests/torture/run.sh" "$2"
}

# can FAULT: this machine can do it.
can()
{
	sh "$PM_ROOT/tests/torture/run.sh" --able "$1-commit" >/dev/null
}

# commands: what is swept, one a line.
commands()
{
	sh "$PM_ROOT/tests/torture/run.sh" --list | sed -n 's/^kill-//p'
}
