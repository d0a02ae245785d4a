#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# slow: under valgrind, a second for each word
test_description='the commands that write neither leak nor read amiss'
. "$(dirname "$0")/../cli/lib.sh"
. "$PM_ROOT/tests/valgrind/grind.sh"

test_expect_success 'set up' '
	make_repo . && rm -f out err
'
test_expect_success 'init' 'grind 0 init --templates'
test_expect_success 'new' '
	grind 0 new "Checkout answered 500" --started -2h --owner ana
'
test_expect_success 'check of a draft' 'grind 0 check'
test_expect_success 'check of a complete document' '
	cp "$PM_CASES"/example/*.md postmortems/2026/ &&
	grind 0 check --format json
'
test_expect_success 'check of a hostile front matter' '
	printf -- "---\na: &x [*x, {b: !t c}]\nb: [[[[\n" >postmortems/2026/bad.md &&
	grind 1 check postmortems/2026/bad.md &&
	rm postmortems/2026/bad.md
'
test_expect_success 'commit' 'grind 0 commit'
test_expect_success 'check --fix' '
	sed -i "s/^id: .*/id: other/" postmortems/2026/2026-11-22-checkout-500s.md &&
	grind 0 check --fix --dry-run && grind 0 check --fix
'
test_expect_success 'approve' 'grind 0 approve --by bo 2026-11-22-checkout-500s'
test_expect_success 'approve by its owner' '
	grind 1 approve --by ana 2026-11-22-checkout-500s
'

test_done
