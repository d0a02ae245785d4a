#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A pull request from its first commit to its last, as a reviewer sees it.

test_description='pm review tells what a branch does'
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/cli/review.sh
. "$PM_ROOT/tests/cli/review.sh"

test_expect_success 'a team has a document in review and one that is final' '
	make_repo && printf "out\nerr\ntext\n" >>.git/info/exclude &&
	review_policy && checkout && login &&
	commit_all "docs: two incidents" && git checkout -q -b topic
'

test_expect_success 'nothing changed, nothing is said' '
	run 0 pm review && test_must_be_empty out &&
	has err "0 documents changed"
'

test_expect_success 'a draft is opened, with what it lacks' '
	cat >postmortems/2026-11-20-search.md <<-\EOF &&
	---
	schema: 1
	id: 2026-11-20-search
	title: Search was empty
	kind: incident
	status: draft
	severity: SEV3
	owner: "@bo"
	times:
	  started: 2026-11-20T10:00Z
	action_items:
	  - {id: A1, title: Test an empty index, type: detect, due: 2026-12-01}
	---

	# Search was empty
	EOF
	same opened.txt pm review && commit_all &&
	same opened.txt pm review HEAD~1..HEAD
'

test_expect_success 'its findings are mended' '
	mend 2026-11-20-search "s/type: detect/type: detect, owner: \"@cy\"/" &&
	same mended.txt pm review && commit_all
'

test_expect_success 'a document is approved' '
	run 0 pm approve --by @dee 2026-11-22-checkout &&
	same approved.txt pm review && commit_all
'

test_expect_success 'the final text is edited after its approval' '
	mend 2026-10-01-login "s/4,000 people/400 people/" &&
	same edited.txt pm review --words && commit_all
'

test_expect_success 'an action slips, another is closed without proof' '
	mend 2026-11-22-checkout-500s "s/due: 2026-12-05/due: 2026-12-19/" &&
	mend 2026-11-22-checkout-500s \
		"/due: 2026-12-09/s/\$/\\
    status: done/" &&
	same actions.txt pm review && commit_all
'

test_expect_success 'a moment is moved' '
	mend 2026-11-22-checkout-500s \
		"s/detected: 2026-11-22T10:09Z/detected: 2026-11-22T10:04Z/" &&
	git add -A && same moment.txt pm review --staged && commit_all
'

test_expect_success 'the whole branch, for people, a forge and programs' '
	same branch.txt pm review main...topic &&
	same branch.md pm review --format markdown main...topic &&
	same branch.json pm review --format json main...topic &&
	same branch.html pm review --format html main...topic
'

test_expect_success 'the check finds in the branch what the review says' '
	run 1 pm check --since main && cp out text &&
	test_cmp "$PM_CASES/review/check.txt" text &&
	run 1 pm check --since main --format json &&
	test_cmp "$PM_CASES/review/check.json" out &&
	run 1 pm check --since main --format markdown &&
	test_cmp "$PM_CASES/review/check.md" out
'

test_expect_success 'the same, whatever came into main since' '
	git checkout -q main && echo more >>README.md &&
	mend 2026-10-01-login "s/nobody could log in/none could log in/" &&
	commit_all && git checkout -q topic &&
	same branch.txt pm review main...topic &&
	same branch.txt pm review main &&
	same branch.txt pm review main... &&
	run 0 pm review main..topic && ! test_cmp "$PM_CASES/review/branch.txt" out
'

test_expect_success 'the same, whatever the number of workers' '
	same branch.json pm -j 1 review --format json main...topic &&
	same branch.json pm -j 7 review --format json main...topic
'

test_expect_success 'the same in a bare repository' '
	git clone -q --bare . ../bare.git &&
	same branch.txt pm -C ../bare.git review main...topic
'

test_expect_success 'new findings fail the review when asked to' '
	run 1 pm review --fail-level error main...topic &&
	run 0 pm review --fail-level error topic~1..topic &&
	run 2 pm review --fail-level bad main...topic &&
	has err "takes error or warning"
'

test_done
