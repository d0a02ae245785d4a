#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='the commands of the main job neither leak nor read amiss'
. "$(dirname "$0")/../cli/lib.sh"

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
test_expect_success 'review' '
	sed -i -e "s/10:09Z/10:04Z/" -e "s/users saw/people saw/" \
		postmortems/2026/2026-11-22-checkout-500s.md &&
	grind 0 review --words && grind 0 review --format markdown &&
	grind 0 review --format json && grind 0 review --format html &&
	grind 2 review --format jsn
'
test_expect_success 'index' 'grind 0 index --rebuild'
test_expect_success 'search' 'grind 0 search "checkout -zebra"'
test_expect_success 'a wrong query' 'grind 2 search "severity<=<="'
test_expect_success 'list' 'grind 0 list --format json'
test_expect_success 'show' 'grind 0 show --format json checkout-500s'
test_expect_success 'explain' 'grind 0 explain action-owner'
test_expect_success 'help' 'grind 0 help check'
test_expect_success 'an unknown command' 'grind 2 chekc'

test_done
