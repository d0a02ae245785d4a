#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# slow: points of sweeps, each in a repository of its own
test_description='after a power cut there is what was acknowledged, or the old'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/torture.sh"

can power && test_set_prereq POWER

for command in $(commands)
do
	# hazard: 60
	test_expect_success POWER "pm $command, at its end" "
		POINT=end sh '$PM_ROOT/tests/torture/run.sh' power-$command
	"
	# hazard: 60 61
	test_expect_success POWER "pm $command, in the middle, SEED=$SEED" "
		sampled 2 power-$command
	"
done

test_done
