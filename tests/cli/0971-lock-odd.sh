#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='the lock of the index where it is odd'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

test_expect_success 'a repository' '
	make_repo repo && cd repo && doc 2026-11-22-one </dev/null &&
	doc 2026-11-23-two </dev/null
'

test_expect_success 'a pipe in its place is a lock that is held, and not read' '
	test_when_finished "rm -f .git/index.lock" &&
	mkfifo .git/index.lock &&
	run 3 timeout 20 pm commit one && has err "the index is locked" &&
	test -p .git/index.lock
'

# Without /proc a file that was made without a name never gets one.
# The leak sanitizer cannot do without it, nor be told so without it.
unshare -m sh -c 'mount -t tmpfs none /proc' 2>/dev/null &&
	! ASAN_OPTIONS=help=1 pm version 2>&1 | grep -q AddressSanitizer &&
	test_set_prereq HIDE_PROC

test_expect_success HIDE_PROC 'without /proc, too, it is known to be held' '
	cat >.git/hooks/reference-transaction <<-\EOF &&
	#!/bin/sh
	test "$1" = prepared && test ! -e tried || exit 0
	>tried
	timeout 20 pm commit two >second 2>&1
	echo "status $?" >>second
	EOF
	chmod +x .git/hooks/reference-transaction &&
	run 0 unshare -m sh -c "mount -t tmpfs none /proc && exec timeout 60 pm commit one" &&
	has second "the index is locked" && has second "status 3" &&
	has_not second "left by a pm that was killed" &&
	run 0 git status --porcelain && test ! -e .git/index.lock &&
	git log --format=%s >out && echo "postmortem: The one" >want &&
	head -n 1 out >first && test_cmp want first
'

test_done
