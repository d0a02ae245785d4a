# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # variables of cli/lib.sh
#
# What the tests here share. Each is a part of the main job, so that they run
# beside one another.

# Valgrind's own clock is slow: documents get the time they need. Of openat2 it
# says that it does not know the call, which pm takes for an old kernel's answer.
grind()
{
	pm_want=$1
	shift
	run "$pm_want" valgrind -q --error-exitcode=99 --leak-check=full \
		--errors-for-leak-kinds=definite,indirect \
		--log-file=valgrind.%p "$PM_SHARED/pm" "$@" &&
		sed '/WARNING: unhandled .* syscall: 437$/,/bug_reports\.html$/d' \
			valgrind.* >report &&
		rm -f valgrind.* &&
		test_must_be_empty report
}

# A repository with a draft and a complete document, committed.
make_committed()
{
	make_repo . && rm -f out err && pm init >/dev/null &&
		pm new "Checkout answered 500" --started -2h --owner ana >/dev/null &&
		cp "$PM_CASES"/example/*.md postmortems/2026/ &&
		pm commit >out 2>&1 && rm out
}
