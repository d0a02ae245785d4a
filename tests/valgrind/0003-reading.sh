#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='the commands that read neither leak nor read amiss'
. "$(dirname "$0")/../cli/lib.sh"
. "$PM_ROOT/tests/valgrind/grind.sh"

test_expect_success 'set up' 'make_committed'
test_expect_success 'index' 'grind 0 index --rebuild'
test_expect_success 'search' 'grind 0 search "checkout -zebra"'
test_expect_success 'a wrong query' 'grind 2 search "severity<=<="'
test_expect_success 'list' 'grind 0 list --format json'
test_expect_success 'show' 'grind 0 show --format json checkout-500s'
test_expect_success 'explain' 'grind 0 explain action-owner'
test_expect_success 'help' 'grind 0 help check'
test_expect_success 'an unknown command' 'grind 2 chekc'

test_done
