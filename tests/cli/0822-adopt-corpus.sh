#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# slow: every document of the corpus
test_description='real repositories: adopted in one step, silent, and then awake'
. "$(dirname "$0")/lib.sh"

corpus_or_skip

# papers: the documents of the present repository.
papers()
{
	git ls-files | grep -E '\.(md|qmd|markdown)$' | grep -v README
}

# adopted SOURCE: a repository of it, under pm, whose check says nothing.
adopted()
{
	make_repo "$1" && cp -R "$CORPUS/$1/." "$1" && chmod -R u+w "$1" && cd "$1" &&
		printf 'out\nerr\nwant\nlist\n' >.git/info/exclude &&
		commit_all && run 0 pm adopt && has out 'wrote .pm/baseline' &&
		git diff --exit-code && run 0 pm check && test_must_be_empty out &&
		commit_all && run 0 pm check --at HEAD && test_must_be_empty out
}

# awake: an action without an owner, at the end of any document, is told.
awake()
{
	papers >list &&
		while IFS= read -r path
		do
			printf '\n## Action items\n\n- [ ] Alert on full disks\n' >>"$path" &&
				run 1 pm check &&
				grep -q 'Alert on full disks.* has no owner \[' out &&
				test "$(wc -l <out)" -eq 1 && git checkout -q -- "$path" || {
				echo "$path" >&2 && cat out err >&2
				return 1
			}
		done <list
}

for source in "$CORPUS"/*/
do
	source=$(basename "$source")
	test_expect_success "$source" '
		(adopted "$source" && awake)
	'
done

# Items that were nothing but tickets have no words to be judged by, whatever the
# new one makes of the language.
test_expect_success 'a new item among tickets is told alone' '
	(rm -rf 2i2c-org+incident-reports && adopted 2i2c-org+incident-reports &&
		path=reports/2023-02-01-daskhub-induced-evictions.md &&
		sed -i "/^- .*2366/a - Add a canary for the gizmo" "$path" &&
		test_must_fail git diff --exit-code >/dev/null && run 1 pm check &&
		grep "Add a canary.* has no owner \[" out &&
		test "$(wc -l <out)" -eq 1)
'

test_done
