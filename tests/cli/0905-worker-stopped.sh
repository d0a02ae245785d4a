#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# How long a worker is waited for, and that a suspended job is not punished, is in
# tests/unit/test_pool.c; here it is seen from outside, which takes half a minute.

test_description='a worker that somebody stopped is given up, and said so'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

test "${TORTURE-}" = all && test_set_prereq PATIENT
strace_works && test_set_prereq STRACE

test_expect_success 'two documents' '
	make_repo repo && cd repo && doc 2026-11-01-one </dev/null &&
	doc 2026-11-02-two </dev/null && commit_all
'

# hazard: 89
test_expect_success PATIENT,STRACE 'its document has a finding, the other none, nobody waits' '
	for args in "check" "index --rebuild"
	do
		timeout 100 strace -f -o /dev/null -P "$PWD/postmortems/2026-11-02-two.md" \
			-e inject=read:signal=SIGSTOP pm $args >out 2>err
		test $? -le 1 || return 1
		cat out err >>../all
	done && cat ../all &&
	has ../all "two.md:1:1: error: the worker that read it stood still" &&
	has_not ../all "one.md:1:1: error"
'

test_done
