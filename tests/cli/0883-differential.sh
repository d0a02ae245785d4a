#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The same question asked in two ways has one answer: with the index and
# without, by one worker and by many, of the work tree, the staged index and a
# revision, as text and as JSON. The documents are those of all cases, so that
# each rule has something to say.

test_description='two ways to the same answer'
. "$(dirname "$0")/lib.sh"

command -v jq >/dev/null || { skip_all='no jq'; test_done; }

# As many as several workers share, each with an id of its own.
test_expect_success 'documents of every kind' '
	make_repo repo && cd repo && mkdir -p .pm postmortems/2026 &&
	printf "out\nerr\n*.got\n*.want\n" >.git/info/exclude &&
	n=0 && for case in "$PM_CASES"/check/*/doc.md "$PM_CASES"/example/*.md \
		"$PM_CASES"/check/*/doc.md
	do
		n=$((n + 1)) && id=$(printf "2026-%02d-%02d-case-%03d" \
			$((n % 11 + 1)) $((n % 27 + 1)) $n) &&
		sed "s/^id: .*/id: $id/" "$case" >"postmortems/2026/$id.md" || return 1
	done && test $n -gt 100 && commit_all "docs: cases"
'

test_expect_success 'work tree, staged index and revision have the same findings' '
	pm check --format json >tree.want; test -s tree.want &&
	test "$(jq ".findings | length" tree.want)" -gt 100 &&
	for how in "--staged" "--at HEAD" "-j 1" "-j 5"
	do
		# shellcheck disable=SC2086 # an option and its value
		pm check $how --format json >tree.got; cmp tree.want tree.got ||
			{ echo "differs: $how"; return 1; }
	done
'

test_expect_success 'since the first commit everything is new' '
	root=$(git rev-list --max-parents=0 HEAD) &&
	jq -S "[.findings[] | {rule, path, line, col, message}]" tree.want >list.want &&
	pm check --since "$root" --format json >out;
	jq -S "[.findings[] | {rule, path, line, col, message}]" out >list.got &&
	cmp list.want list.got
'

test_expect_success 'text, JSON and SARIF have the same findings' '
	pm check --format text >out 2>err;
	jq -r ".findings[] | \"\\(.path):\\(.line):\\(.col): \\(.level): \\(.rule)\"" \
		tree.want >text.want &&
	place="postmortems[^ ]*:[0-9]*:[0-9]*: [a-z]*:" &&
	sed -n "s/^\\($place\\).* \\[\\([a-z-]*\\)\\]\$/\\1 \\2/p" out >text.got &&
	cmp text.want text.got && errors=$(grep -c ": error: " text.want) &&
	test "$(jq .errors tree.want)" = "$errors" && has err "$errors error" &&
	pm check --format sarif >out 2>err;
	test "$(jq ".runs[0].results | length" out)" = "$(wc -l <text.want)"
'

# Questions of every kind, the same in every run.
queries()
{
	printf "%s\n" checkout "check*" "\"the shard\"" "-checkout status:final" \
		"severity<=SEV2" "has:overdue" "owner:ana config" "title:checkout" \
		"after:2026-04-01 before:2026-09-01" "kind:incident tag:cdn" "zzzz"
}

# ask SUFFIX: the answers to all of them, with their exit statuses.
ask()
{
	queries | while read -r query; do
		echo "== $query"
		pm search -n 200 --format json -- "$query"
		echo "status $?"
		pm list --format json -- "$query"
		echo "status $?"
	done >answers.$1 2>errors.got &&
	pm list --format json >all.$1 2>>errors.got
}

test_expect_success 'with the index, anew, and without one' '
	ask want && test "$(grep -c "^status 0" answers.want)" -gt 12 &&
	test "$(jq ".documents | length" all.want)" -gt 100 &&
	ask got && cmp answers.want answers.got && cmp all.want all.got &&
	run 0 pm index --verify &&
	rm -r .git/pm && ask got && cmp answers.want answers.got && cmp all.want all.got &&
	rm -r .git/pm && echo "no place for an index" >.git/pm &&
	HOME=/dev/null XDG_CACHE_HOME=/dev/null ask got && cmp answers.want answers.got &&
	cmp all.want all.got && rm .git/pm
'

test_expect_success 'what is asked of HEAD is what is asked of its name' '
	pm list --at "$(git rev-parse HEAD)" --format json >all.got && cmp all.want all.got &&
	run 0 pm status --format json && cp out status.want &&
	run 0 pm -j 1 status --format json && cmp status.want out &&
	run 0 pm status --at HEAD --format json && cmp status.want out
'

test_expect_success '--fix once is --fix twice, and mends what it says' '
	pm check --fix >fixed.want 2>err; grep -q ": fixed: " fixed.want &&
	cp -r postmortems once && pm check --fix >out 2>err; has_not out ": fixed: " &&
	diff -r once postmortems && pm check --format json >out 2>err;
	jq -r ".findings[] | \"\\(.path) \\(.rule) \\(.message)\"" out | sort >after.got &&
	jq -r ".findings[] | \"\\(.path) \\(.rule) \\(.message)\"" tree.want | sort >before.want &&
	test "$(comm -13 after.got before.want | wc -l)" -gt 0 &&
	git diff --stat | grep -q "files\\? changed" && git checkout -q . && rm -rf once
'

test_expect_success 'adopt --convert once is adopt --convert twice' '
	{ pm adopt --convert >out 2>err || :; } && cp -r postmortems once &&
	{ pm adopt --convert >out 2>err || :; } && diff -r once postmortems && rm -rf once
'

test_done
