#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# pm works with processes and makes no thread, so there is no race between
# threads for a sanitizer to look for. This holds it to that.

test_description='no command makes a thread'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

# The leak sanitizer looks with a thread of its own, and not under strace.
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
export ASAN_OPTIONS
strace -f -e trace=clone true >/dev/null 2>&1 || { skip_all='no strace'; test_done; }

test_expect_success 'a repository' '
	make_repo repo && cd repo && printf "out\nerr\ntrace\n" >.git/info/exclude &&
	doc 2026-11-01-old </dev/null && commit_all && doc 2026-11-02-new </dev/null
'

# threadless STATUS COMMAND...: it makes processes, if any, and no thread.
threadless()
{
	pm_want=$1
	shift
	strace -f -qq -o trace -e trace=clone,clone3,fork,vfork "$@" >out 2>err
	test $? = "$pm_want" || { cat err >&2; return 1; }
	! grep CLONE_THREAD trace >&2
}

test_expect_success 'that threads would be seen' '
	command -v python3 >/dev/null || return 0
	strace -f -qq -o trace -e trace=clone,clone3 python3 -c "import threading
t = threading.Thread(target=lambda: None)
t.start()
t.join()" && grep -q CLONE_THREAD trace
'

test_expect_success 'none of the commands makes one' '
	threadless 0 pm -j 4 check && grep -q "clone\|fork" trace &&
	threadless 0 pm search Words && threadless 0 pm list && threadless 0 pm index --rebuild &&
	threadless 0 pm status && threadless 0 pm commit &&
	threadless 0 pm review HEAD~1 && threadless 0 pm check --fix &&
	threadless 0 pm adopt --dry-run
'

test_done
