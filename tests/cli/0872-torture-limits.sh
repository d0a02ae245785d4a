#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# slow: points of sweeps, each in a repository of its own
test_description='full and read-only disks, limits on files, descriptors and memory'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/torture.sh"

can disk && test_set_prereq MOUNT

for command in $(commands)
do
	# hazard: 1 63
	test_expect_success MOUNT "pm $command, disk, SEED=$SEED" "sampled 5 disk-$command"
	# hazard: 64 72
	test_expect_success MOUNT "pm $command, read-only" "sampled 3 readonly-$command"
	# hazard: 65 69
	test_expect_success "pm $command, limits, SEED=$SEED" "sampled 6 limits-$command"
done

test_done
