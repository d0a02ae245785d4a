#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# slow: points of sweeps, each in a repository of its own
test_description='killed at any call, pm leaves the old or the new, and the next one goes on'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/torture.sh"

can kill && test_set_prereq STRACE

for command in $(commands)
do
	# hazard: 59 61 73
	test_expect_success STRACE "pm $command, SEED=$SEED" "sampled 10 kill-$command"
done

# A pm that writes in place is caught, whatever it says.
test_expect_success STRACE 'a pm that leaves halves does not pass' '
	mkdir fake && cat >fake/pm <<-\EOF && chmod +x fake/pm &&
	#!/bin/sh
	test "$1" = check || exit 0
	for file in postmortems/*.md
	do
		{ echo half; echo whole; } >"$file"
	done
	EOF
	PM_BUILD=$PWD/fake test_expect_code 1 sh "$PM_ROOT/tests/torture/run.sh" kill-fix >out &&
	has out half && tail -n 1 out | grep "points swept, [1-9][0-9]* failed"
'

test_done
