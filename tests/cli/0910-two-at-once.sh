#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='two pm at once: nothing shared, nothing overwritten, nothing lost'
. "$(dirname "$0")/lib.sh"

test_expect_success 'a repository' '
	make_repo repo && cd repo && pm init >/dev/null 2>&1 && commit_all
'

# hazard: 70
test_expect_success 'two pm new --commit of the same title end both in HEAD' '
	pm new --no-input --commit "Mail was late" >out1 2>err1 &
	pm new --no-input --commit "Mail was late" >out2 2>err2 ;
	status2=$? ; wait $! ; status1=$? ;
	cat err1 err2 ;
	test $status1 = 0 && test $status2 = 0 &&
	git ls-tree -r --name-only HEAD postmortems >out &&
	cat >want <<-\EOF &&
	postmortems/2026/2026-11-22-mail-was-late-2.md
	postmortems/2026/2026-11-22-mail-was-late.md
	EOF
	sort out >sorted && sort want >want.sorted && test_cmp want.sorted sorted &&
	git status --porcelain postmortems >out && test ! -s out
'

# hazard: 56 70
test_expect_success 'twelve at once, in sixes' '
	for i in 1 2 3 4 5 6 7 8 9 10 11 12
	do
		pm new --no-input --commit "Storm $i" >/dev/null 2>"err.$i" &
		test $i = 6 && wait
	done
	wait
	git ls-tree -r --name-only HEAD postmortems >out &&
	grep -c storm out >count && echo 12 >want &&
	{ test_cmp want count || { cat err.*; false; }; } &&
	git fsck 2>&1 | { ! grep error; } &&
	git status --porcelain postmortems >out && test ! -s out
'

test_expect_success 'a document whose commit fails is left as it was' '
	mkdir -p .git/hooks &&
	printf "#!/bin/sh\necho no today >&2\nexit 1\n" >.git/hooks/pre-commit &&
	chmod +x .git/hooks/pre-commit &&
	head=$(git rev-parse HEAD) &&
	run 3 pm new --no-input --commit "Refused by a hook" &&
	test "$head" = "$(git rev-parse HEAD)" &&
	test -s postmortems/2026/2026-11-22-refused-by-a-hook.md &&
	has err "postmortems/2026/2026-11-22-refused-by-a-hook.md"
'

test_done
