#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm commit runs the hooks of Git as git does'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

DOC=postmortems/2026-11-22-new.md

# hook NAME: a hook with the script on stdin.
hook()
{
	mkdir -p .git/hooks && { echo '#!/bin/sh' && cat; } >".git/hooks/$1" &&
		chmod +x ".git/hooks/$1"
}

test_expect_success 'a repository with a staged file' '
	make_repo repo && cd repo && printf "out\nerr\nwant\ngot\nlog\n" >.git/info/exclude &&
	doc 2026-11-01-old </dev/null && commit_all && rm -rf .git/hooks &&
	echo 1 >staged && git add staged && doc 2026-11-22-new </dev/null
'

# hazard: 31
test_expect_success 'each hook sees what it would see of git' '
	hook pre-commit <<-\EOF &&
	{
		echo "pre-commit $# $(pwd -P | sed "s|.*/||") $GIT_AUTHOR_NAME $GIT_EDITOR"
		git diff --cached --name-status HEAD
		git diff-files --name-only
	} >>log
	echo "a word to the user"
	EOF
	hook prepare-commit-msg <<-\EOF &&
	echo "prepare-commit-msg $# $(basename "$1") $2 $(head -n 1 "$1")" >>log
	echo "prepared: yes" >>"$1"
	EOF
	hook commit-msg <<-\EOF &&
	echo "commit-msg $# $(tail -n 1 "$1")" >>log
	echo "Change-Id: I1" >>"$1"
	EOF
	hook post-commit <<-\EOF &&
	echo "post-commit $# $(git log -1 --format=%s) $GIT_INDEX_FILE" >>log
	exit 3
	EOF
	run 0 pm commit && has err "a word to the user" && has_not out "a word" &&
	cat >want <<-EOF && test_cmp want log &&
	pre-commit 0 repo Ana Author :
	A	$DOC
	prepare-commit-msg 2 COMMIT_EDITMSG message postmortem: The new
	commit-msg 1 prepared: yes
	post-commit 0 postmortem: The new .git/index
	EOF
	git log -1 --format=%B >out && has out "Change-Id: I1" && has out "prepared: yes" &&
	committed "A	$DOC" && git status --porcelain >out &&
	echo "A  staged" >want && test_cmp want out
'

test_expect_success 'a pre-commit hook that refuses: nothing happened' '
	hook pre-commit <<-\EOF &&
	echo "not on a Friday" >&2
	exit 9
	EOF
	echo more >>$DOC && cp $DOC before && head=$(git rev-parse HEAD) &&
	git status --porcelain >status &&
	run 3 pm commit && has err "not on a Friday" &&
	has err "pre-commit hook refused the commit with status 9" &&
	has err "$DOC" && has err "stays in the work tree" &&
	not_committed $head && test_cmp before $DOC &&
	git status --porcelain >out && test_cmp status out
'

# hazard: 31
test_expect_success '--no-verify skips pre-commit and commit-msg, nothing else' '
	rm -f log before status && run 0 pm commit --no-verify &&
	committed "M	$DOC" && cat >want <<-EOF && test_cmp want log
	prepare-commit-msg 2 COMMIT_EDITMSG message postmortem: The new
	post-commit 0 postmortem: The new .git/index
	EOF
'

test_expect_success 'a commit-msg hook that refuses' '
	rm .git/hooks/* && hook commit-msg <<-\EOF &&
	exit 1
	EOF
	echo more >>$DOC && head=$(git rev-parse HEAD) &&
	run 3 pm commit && has err "commit-msg hook refused" && not_committed $head
'

test_expect_success 'a commit-msg hook that leaves nothing of the message' '
	hook commit-msg <<-\EOF &&
	: >"$1"
	EOF
	head=$(git rev-parse HEAD) &&
	run 3 pm commit && has err "message is empty" && not_committed $head &&
	rm .git/hooks/commit-msg
'

test_expect_success 'what the hook stages of the document is committed' '
	hook pre-commit <<-\EOF &&
	sed -i "s/^more$/mended/" postmortems/2026-11-22-new.md
	git add postmortems/2026-11-22-new.md
	echo generated >generated && git add generated
	EOF
	run 0 pm commit && has err "'\''generated'\'' too: it is not part of this commit" &&
	committed "M	$DOC" && git show HEAD:$DOC >out && has out mended &&
	git status --porcelain >out && printf "A  staged\n?? generated\n" >want &&
	test_cmp want out && rm generated
'

test_expect_success 'a hook that takes the document out is told' '
	hook pre-commit <<-\EOF &&
	git rm -q --cached postmortems/2026-11-22-new.md
	EOF
	echo more >>$DOC && head=$(git rev-parse HEAD) &&
	run 3 pm commit && has err "took a post-mortem out" && not_committed $head
'

# hazard: 31
test_expect_success 'core.hooksPath, relative to the top' '
	rm .git/hooks/* && mkdir hooks && printf "#!/bin/sh\nexit 1\n" >hooks/pre-commit &&
	chmod +x hooks/pre-commit && git config core.hooksPath hooks &&
	(cd postmortems && run 3 pm commit new) &&
	git config core.hooksPath /dev/null && run 0 pm commit && committed "M	$DOC" &&
	rm -r hooks && git config --unset core.hooksPath
'

test_expect_success 'a hook that may not be run is passed over' '
	hook pre-commit </dev/null && chmod -x .git/hooks/pre-commit && echo more >>$DOC &&
	run 0 pm commit && committed "M	$DOC"
'

test_expect_success 'reference-transaction may refuse, and sees the move' '
	rm .git/hooks/* && hook reference-transaction <<-\EOF &&
	test "$1" = prepared && { cat >>log; exit 1; }
	exit 0
	EOF
	rm -f log && echo more >>$DOC && head=$(git rev-parse HEAD) &&
	run 3 pm commit && has err "cannot move" && not_committed $head &&
	has log "$head" && has log refs/heads/main &&
	hook reference-transaction <<-\EOF &&
	exit 0
	EOF
	run 0 pm commit && committed "M	$DOC" &&
	git log -g -1 --format=%gs >out && echo "commit: postmortem: The new" >want &&
	test_cmp want out
'

test_expect_success 'hooks of the first commit, and in a linked work tree' '
	rm .git/hooks/* && hook pre-commit <<-\EOF &&
	git diff --cached --name-only HEAD >"$(git rev-parse --git-common-dir)/seen"
	EOF
	git worktree add -q ../tree && cd ../tree && doc 2026-11-23-tree </dev/null &&
	run 0 pm commit && echo postmortems/2026-11-23-tree.md >want &&
	test_cmp want ../repo/.git/seen && cd .. && git init -q first && cd first &&
	hook pre-commit <<-\EOF &&
	git ls-files >out
	EOF
	doc 2026-11-23-first </dev/null && echo 1 >staged && git add staged &&
	pm commit >/dev/null &&
	echo postmortems/2026-11-23-first.md >want && test_cmp want out
'

test_expect_success 'pm check --staged in a pre-commit hook of git reads what is staged' '
	cd ../repo && hook pre-commit <<-\EOF &&
	pm check --staged >seen 2>&1
	EOF
	doc 2026-11-25-hook <<-\EOF && git add postmortems/2026-11-25-hook.md &&
	action_items:
	  - {id: A1, title: Nobody does it, type: prevent, due: 2026-12-05}
	EOF
	doc 2026-11-25-hook </dev/null &&
	run 1 git commit -m x && has seen "[action-owner]" &&
	git commit -q -m x postmortems/2026-11-25-hook.md && has_not seen "[action-owner]" &&
	rm seen
'

test_done
