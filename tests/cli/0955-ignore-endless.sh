#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='patterns of what is ignored that libgit2 reads for ever'
. "$(dirname "$0")/lib.sh"

test_expect_success 'a vertical tab in .gitignore: what is not committed is a document' '
	make_repo repo && cd repo && run 0 pm init &&
	run 0 pm new --owner @ana "Mail late" &&
	printf "\\013x\\n" >.gitignore && run 0 timeout 20 pm list && has out mail-late &&
	printf "!\\014\\n" >.gitignore && run 0 timeout 20 pm list && has out mail-late &&
	printf "*mail-late*\\n" >.gitignore && run 0 pm list && has_not out mail-late
'

test_done
