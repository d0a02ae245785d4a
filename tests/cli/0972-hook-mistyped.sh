#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm hook and a word that is nearly right'
. "$(dirname "$0")/lib.sh"

SQ=\'

test_expect_success 'a repository' '
	make_repo repo && cd repo
'

test_expect_success 'a mistyped hook gets the nearest' '
	run 2 pm hook install pre-comit &&
	has err "pm has no part in a hook ${SQ}pre-comit$SQ (did you mean ${SQ}pre-commit$SQ?)" &&
	run 2 pm hook run post-commit-message &&
	has err "(it knows pre-commit, commit-msg, pre-push and pre-receive)" &&
	test ! -e .git/hooks/pre-commit
'

test_expect_success 'so does a mistyped verb' '
	run 2 pm hook instal &&
	has err "not ${SQ}instal$SQ (did you mean ${SQ}install$SQ?)" &&
	run 2 pm hook xyzzy && has err "takes install, uninstall, list or run, not ${SQ}xyzzy$SQ" &&
	has_not err "did you mean"
'

test_done
