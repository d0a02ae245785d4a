#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='in every way git commits, pm reads what is staged, and only reads'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

# The hook that was there first looks at pm check --staged in the same place,
# and whether the index is still the same file with the same bytes.
watch()
{
	mkdir -p .git/hooks && cat >.git/hooks/pre-commit <<-\EOF
	#!/bin/sh
	index=$(git rev-parse --git-path index)
	index=${GIT_INDEX_FILE:-$index}
	before=$(stat -c '%i %y' "$index"; cksum <"$index")
	pm check --staged >"$LOG/check" 2>&1
	echo "status $?" >>"$LOG/check"
	test "$before" = "$(stat -c '%i %y' "$index"; cksum <"$index")" ||
		echo 'the index was written' >>"$LOG/check"
	echo "${GIT_INDEX_FILE##*/} ${GIT_DIR:+dir} ${GIT_PREFIX-}" >"$LOG/env"
	EOF
	chmod +x .git/hooks/pre-commit
}

# refused COMMAND...: git says no because of the action, and nothing moved.
refused()
{
	head=$(git rev-parse HEAD) && git ls-files -s >"$LOG/staged" &&
		run 1 "$@" && cat out err >"$LOG/seen" &&
		has "$LOG/seen" 'bad.md:10:' && has "$LOG/seen" '[action-owner]' &&
		has_not "$LOG/seen" lock && has_not "$LOG/seen" " warning: " &&
		has "$LOG/check" 'bad.md:10:' &&
		has "$LOG/check" 'status 1' && has_not "$LOG/check" written &&
		test "$(git rev-parse HEAD)" = "$head" && git ls-files -s >"$LOG/after" &&
		test_cmp "$LOG/staged" "$LOG/after"
}

# accepted COMMAND...: git commits.
accepted()
{
	head=$(git rev-parse HEAD) && run 0 "$@" && has_not err 'pm:' && has_not err lock &&
		has_not "$LOG/check" written && test "$(git rev-parse HEAD)" != "$head"
}

BAD=postmortems/2026-11-22-bad.md
LOG=$PWD/log
mkdir "$LOG"
export LOG

test_expect_success 'a repository whose documents before the hook were bad already' '
	make_repo repo && cd repo && printf "out\nerr\n" >.git/info/exclude && rm -rf .git/hooks &&
	bad 2026-10-01-old-bad && doc 2026-11-20-good </dev/null && commit_all && watch &&
	run 0 pm hook install
'

test_expect_success 'git commit: what is staged, not what is on disk' '
	bad 2026-11-22-bad && git add $BAD && doc 2026-11-22-bad </dev/null &&
	refused git commit -m x &&
	git add $BAD && bad 2026-11-22-bad && accepted git commit -m x && git checkout -q $BAD
'

test_expect_success 'only what the commit changes is judged' '
	echo more >>README.md && git add README.md && accepted git commit -m x &&
	has "$LOG/check" old-bad.md && tick && accepted git commit --allow-empty -m y &&
	git rm -q $BAD && accepted git commit -m z && accepted git revert --no-edit HEAD &&
	git diff --quiet HEAD
'

# hazard: 22
test_expect_success 'git commit -a works on .git/index.lock' '
	bad 2026-11-22-bad && refused git commit -a -m x && has "$LOG/env" index.lock &&
	echo more >>postmortems/2026-11-20-good.md && git checkout -q $BAD &&
	accepted git commit -a -m x && has "$LOG/env" index.lock
'

# hazard: 22
test_expect_success 'git commit -- path works on an index of its own' '
	bad 2026-11-22-bad && echo more >>README.md && git add README.md &&
	refused git commit -m x -- $BAD && has "$LOG/env" next-index- &&
	refused git commit -m x -i $BAD && git reset -q &&
	accepted git commit -m x README.md && git add $BAD && echo more >>README.md &&
	accepted git commit -m x -o README.md && git reset -q && git checkout -q .
'

test_expect_success 'from a directory below, with -C, and with git -c' '
	bad 2026-11-22-bad && git add $BAD && mkdir -p a/b &&
	(cd a/b && refused git commit -m x && has "$LOG/env" "a/b/") &&
	refused git -C a/b commit -m x &&
	refused git -c core.abbrev=9 -c user.name="It'\''s me" commit -m x &&
	(cd postmortems && refused git commit -a -m x) &&
	(cd .. && GIT_DIR=repo/.git GIT_WORK_TREE=repo && export GIT_DIR GIT_WORK_TREE &&
		refused git commit -m x && has "$LOG/env" dir) && rm -f ../out ../err &&
	git reset -q --hard
'

test_expect_success 'git commit --amend' '
	bad 2026-11-22-bad && git add $BAD && refused git commit --amend -m x &&
	git reset -q --hard &&
	echo more >>$BAD && git add $BAD && tick && accepted git commit --amend -m amended
'

# hazard: 22
test_expect_success 'a linked work tree, where GIT_DIR is set' '
	git worktree add -q ../linked && cd ../linked && bad 2026-11-22-bad && git add $BAD &&
	refused git commit -m x && has "$LOG/env" dir && refused git commit -a -m x &&
	mkdir below && (cd below && refused git commit -m x) && git reset -q --hard &&
	echo more >>$BAD && accepted git commit -a -m x && cd ../repo
'

test_expect_success 'a submodule' '
	git init -q ../outer &&
	git -C ../outer -c protocol.file.allow=always submodule --quiet add "$PWD" inner &&
	cd ../outer/inner && run 0 pm hook install && bad 2026-11-22-bad && git add $BAD &&
	run 1 git commit -m x && cat out err >"$LOG/seen" && has "$LOG/seen" "bad.md:10:" &&
	cd ../../repo
'

test_expect_success 'a merge: the other side is not this commit'\''s work' '
	git checkout -q -b side HEAD^ && echo side >README.md && bad 2026-11-01-side-bad &&
	git add . &&
	git commit -q --no-verify -m side && git checkout -q main && echo main >README.md &&
	git commit -q -a -m main && ! git merge -q side 2>err && echo both >README.md &&
	git add README.md && accepted git commit -m merge && git reset -q --hard HEAD^ &&
	! git merge -q side 2>err && echo both >README.md && bad 2026-11-22-bad && git add . &&
	refused git commit -m merge && git merge --abort && git checkout -q .
'

test_expect_success 'git cherry-pick and git rebase are stopped by it where git asks' '
	git checkout -q side && tick && echo more >>README.md && git commit -q -a -m more &&
	git checkout -q main && ! git cherry-pick side 2>err && bad 2026-11-22-bad && git add . &&
	refused git commit -m picked && git cherry-pick --abort && git checkout -q . &&
	git clean -qfd postmortems
'

test_expect_success 'the first commit, and a lock that is not ours' '
	git init -q ../first && cd ../first && run 0 pm hook install && bad 2026-11-22-bad &&
	git add . &&
	run 1 git commit -m x && cat out err >"$LOG/seen" && has "$LOG/seen" "bad.md:10:" &&
	: >.git/index.lock && run 1 pm hook run pre-commit && has_not err lock &&
	run 1 pm check --staged && rm .git/index.lock && doc 2026-11-22-bad </dev/null &&
	git add . &&
	run 0 git commit -m x && cd ../repo
'

test_expect_success 'git stash, a split index, a sparse index' '
	echo more >>$BAD && git stash -q && git stash pop -q && git checkout -q $BAD &&
	git update-index --split-index && bad 2026-11-22-bad && git add $BAD &&
	refused git commit -m x &&
	git update-index --no-split-index && git reset -q --hard &&
	git sparse-checkout set --cone --sparse-index postmortems && bad 2026-11-22-bad &&
	git add $BAD &&
	refused git commit -m x && git reset -q --hard && git sparse-checkout disable
'

test_expect_success 'pm commit runs the hook as git does' '
	rm "$LOG/check" && echo more >>$BAD && run 0 pm commit && has_not err "not committed" &&
	has "$LOG/check" status && has_not "$LOG/check" written && sound
'

test_expect_success 'a policy that cannot be read stops the commit with its line' '
	mkdir -p .pm && printf "schema: 1\nnonsense: [\n" >.pm/policy.yaml && git add .pm &&
	run 1 git commit -m x && has err ".pm/policy.yaml:" &&
	tail -n 1 err >got && cat >want <<-\EOF && test_cmp want got &&
	pm: not committed (mend what is above, or skip the hook with --no-verify)
	EOF
	git reset -q --hard && rm -rf .pm
'

test_expect_success 'commit-msg: a trailer names a document that is there' '
	pm hook install commit-msg >out && id=2026-11-22-bad &&
	run 0 git commit --allow-empty -m "fix: x" -m "Post-Mortem: $id" &&
	run 0 git commit --allow-empty -m "fix: x" -m "post-mortem: postmortems/$id.md" &&
	run 0 git commit --allow-empty -m "fix: x" -m "Post-Mortem: https://example.org/7" &&
	run 0 git commit --allow-empty -m "Post-Mortem: nothing, as this is the subject" &&
	run 1 git commit --allow-empty -m "fix: x" -m "Post-Mortem: 2026-11-22-bda" &&
	has err "2026-11-22-bda" && has err "2026-11-22-bad" && has err "not committed" &&
	run 0 git commit --allow-empty --no-verify -m "fix: x" -m "Post-Mortem: 2026-11-22-bda" &&
	doc 2026-11-28-new </dev/null && git add . &&
	run 0 git commit -m "new" -m "Post-Mortem: 2026-11-28-new" &&
	git rm -q postmortems/2026-11-28-new.md &&
	run 0 git commit -m "gone" -m "Post-Mortem: 2026-11-28-new" &&
	run 1 git commit --allow-empty -m "gone" -m "Post-Mortem: 2026-11-28-new" &&
	echo more >>$BAD && run 0 pm commit && run 2 pm hook run commit-msg
'

test_expect_success 'commit-msg: comments and what is below the scissors' '
	printf "%s\n" "x" "" "body" "# Post-Mortem: nope" \
		"# ------------------------ >8 ------------------------" \
		"" "Post-Mortem: nope" >message &&
	run 0 pm hook run commit-msg message && : >message &&
	run 0 pm hook run commit-msg message &&
	printf "%s\n" "x" "" "Post-Mortem: $id" "Post-Mortem: nope" >message &&
	run 1 pm hook run commit-msg message && has err "pm: Post-Mortem trailer: " &&
	has err nope &&
	rm message && run 3 pm hook run commit-msg message && has err message
'

test_expect_success 'a terminal is not sent what a trailer holds' '
	printf "fix: x\n\nPost-Mortem: 2026-\033[31mred\n" >message &&
	run 1 pm hook run commit-msg message && has_not err "$(printf "\033")" && rm message
'

test_done
