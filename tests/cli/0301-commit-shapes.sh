#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm commit in repositories of every shape'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

# libgit2 1.5 leaks what it matches in a repository of format 1.
printf 'leak:pcre2\nleak:git_config_foreach_match\n' >"$HOME/leaks"
LSAN_OPTIONS=suppressions=$HOME/leaks:print_suppressions=0
export LSAN_OPTIONS

# shape NAME: a repository of three commits with a staged file, entered.
shape()
{
	cd "$SHARNESS_TRASH_DIRECTORY" && make_repo "$1" && cd "$1" &&
		printf 'out\nerr\nwant\n' >.git/info/exclude &&
		doc 2026-11-01-one </dev/null && commit_all &&
		mkdir other && echo 1 >other/file && commit_all &&
		echo 1 >staged && git add staged &&
		doc 2026-11-22-new </dev/null
}

# The new document is committed, and the staged file still staged.
commits()
{
	run 0 pm commit && committed 'A	postmortems/2026-11-22-new.md' &&
		git status --porcelain >out && echo 'A  staged' >want &&
		test_cmp want out
}

# hazard: 46
test_expect_success 'an unborn branch gets its first commit' '
	git init -q unborn && cd unborn &&
	printf "out\nerr\nwant\n" >.git/info/exclude &&
	echo 1 >staged && git add staged && doc 2026-11-22-new </dev/null &&
	commits && test "$(git rev-list --count HEAD)" = 1 &&
	git log -g --format=%gs >out &&
	echo "commit (initial): postmortem: The new" >want && test_cmp want out
'

# hazard: 45
test_expect_success 'a detached HEAD moves, and that is said' '
	shape detached && git checkout -q --detach && main=$(git rev-parse main) &&
	commits && has err "HEAD is detached" &&
	test $main = "$(git rev-parse main)" && test $main = "$(git rev-parse HEAD~1)"
'

# hazard: 23
test_expect_success 'a linked work tree has a branch and an index of its own' '
	shape linked && git worktree add -q ../linked-2 && cd ../linked-2 &&
	doc 2026-11-23-there </dev/null &&
	run 0 pm commit && committed "A	postmortems/2026-11-23-there.md" &&
	git status --porcelain >out && test ! -s out &&
	cd ../linked && git status --porcelain >out && has out "A  staged" &&
	commits
'

# hazard: 24
test_expect_success 'a moved work tree is refused' '
	cd .. && mv linked-2 linked-3 && cd linked-3 &&
	run 3 pm commit && has err "git worktree repair" &&
	git worktree repair >/dev/null 2>&1 && doc 2026-11-24-again </dev/null &&
	run 0 pm commit && committed "A	postmortems/2026-11-24-again.md"
'

# hazard: 10 55
test_expect_success 'a split index' '
	shape split && git update-index --split-index && commits &&
	ls .git/sharedindex.* >/dev/null
'

test_expect_success 'an index of version 4' '
	shape version4 && git update-index --index-version 4 && commits &&
	git update-index --show-index-version >out 2>/dev/null || : &&
	od -An -tu1 -j7 -N1 .git/index >out && test $(cat out) = 4
'

# hazard: 11
test_expect_success 'an index without a checksum' '
	shape skiphash &&
	size=$(wc -c <.git/index) && truncate -s $((size - 20)) .git/index &&
	head -c 20 /dev/zero >>.git/index && commits
'

# hazard: 12
test_expect_success 'an index with an untracked cache' '
	shape untracked && git update-index --untracked-cache && git status >/dev/null &&
	commits
'

# hazard: 8
test_expect_success 'a sparse checkout' '
	shape sparse && git commit -q -m staged && rm postmortems/2026-11-22-new.md &&
	git sparse-checkout set --cone postmortems &&
	test ! -e other && doc 2026-11-22-new </dev/null &&
	run 0 pm commit && committed "A	postmortems/2026-11-22-new.md" &&
	git status --porcelain >out && test ! -s out &&
	git ls-files -t other >out && echo "S other/file" >want && test_cmp want out
'

# hazard: 9 55
test_expect_success 'a sparse index' '
	git sparse-checkout set --cone --sparse-index postmortems &&
	git ls-files --sparse -t >out && has out "S other/" &&
	doc 2026-11-23-more </dev/null && run 0 pm commit &&
	git show --format= --name-status HEAD >out &&
	echo "A	postmortems/2026-11-23-more.md" >want && test_cmp want out &&
	git status --porcelain >out && test ! -s out &&
	git ls-files --sparse -t >out && has out "S other/"
'

# hazard: 2
test_expect_success 'a shallow clone, and its short history is said' '
	shape deep && git commit -q -m staged &&
	git clone -q --depth 1 "file://$PWD" ../shallow && cd ../shallow &&
	printf "out\nerr\nwant\n" >.git/info/exclude &&
	doc 2026-11-23-more </dev/null && run 0 pm commit &&
	committed "A	postmortems/2026-11-23-more.md" &&
	run 0 pm check --at HEAD~1 &&
	run 3 pm check --at HEAD~2 && has err shallow && has err "git fetch --unshallow"
'

# hazard: 13
test_expect_success 'a partial clone' '
	cd ../deep && git config uploadpack.allowFilter true &&
	git clone -q --filter=blob:none --no-checkout "file://$PWD" ../partial &&
	cd ../partial && run 0 pm check --at HEAD &&
	git checkout -q && printf "out\nerr\nwant\n" >.git/info/exclude &&
	doc 2026-11-23-more </dev/null && run 0 pm commit &&
	git show --format= --name-status HEAD >out &&
	echo "A	postmortems/2026-11-23-more.md" >want && test_cmp want out
'

# hazard: 6
test_expect_success 'settings of a work tree of its own' '
	shape config && git config core.repositoryFormatVersion 1 &&
	git config extensions.worktreeConfig true &&
	git config --worktree commit.cleanup nonsense &&
	run 3 pm commit && has err commit.cleanup &&
	git config --worktree --unset commit.cleanup && commits
'

# hazard: 20 21
test_expect_success 'GIT_DIR and GIT_WORK_TREE' '
	shape elsewhere && mv .git ../elsewhere.git && cd .. &&
	git --git-dir=elsewhere.git config core.bare false &&
	GIT_DIR=$PWD/elsewhere.git GIT_WORK_TREE=$PWD/elsewhere && export GIT_DIR GIT_WORK_TREE &&
	{ run 0 pm commit && git show --format= --name-status HEAD >got; status=$?;
	  unset GIT_DIR GIT_WORK_TREE; test $status = 0; } &&
	echo "A	postmortems/2026-11-22-new.md" >want && test_cmp want got &&
	cd elsewhere && git --git-dir=../elsewhere.git --work-tree=. status --porcelain >out &&
	echo "A  staged" >want && test_cmp want out
'

# refuses TEXT: nothing is committed, for the reason that TEXT gives.
refuses()
{
	head=$(git rev-parse HEAD) && run 3 pm commit && has err "$1" &&
		has err 'stays in the work tree' && not_committed "$head" &&
		test -s postmortems/2026-11-22-new.md
}

# hazard: 41
test_expect_success 'a merge in progress is refused' '
	shape merge && git commit -q -m staged && git checkout -q -b side HEAD~1 &&
	echo 1 >side && git add side && git commit -q -m side && git checkout -q main &&
	git merge -q --no-commit side && refuses "a merge is in progress" &&
	git merge --abort && run 0 pm commit
'

# hazard: 41
test_expect_success 'so are a cherry-pick, a rebase and a bisection' '
	shape states && git rev-parse HEAD >.git/CHERRY_PICK_HEAD &&
	refuses "a cherry-pick is in progress" && rm .git/CHERRY_PICK_HEAD &&
	mkdir .git/rebase-merge && refuses "a rebase is in progress" &&
	rmdir .git/rebase-merge && git bisect start >/dev/null &&
	refuses "a bisection is in progress" && git bisect reset >/dev/null 2>&1 && commits
'

# hazard: 42
test_expect_success 'so are unmerged files' '
	shape unmerged && git commit -q -m staged && echo 2 >other/file && git stash -q &&
	echo 3 >other/file && git commit -q -a -m three && { git stash pop -q || :; } &&
	head=$(git rev-parse HEAD) && run 3 pm commit && has err "unmerged files" &&
	test $head = "$(git rev-parse HEAD)"
'

# hazard: 27 29
test_expect_success 'a bare repository and the inside of .git have nothing to commit' '
	shape place && git clone -q --bare . ../bare.git && cd ../bare.git &&
	run 3 pm commit && has err "work tree" && run 0 pm check &&
	cd ../place/.git && run 3 pm commit && has err "work tree" &&
	run 3 pm check && has err "work tree" && run 0 pm check --at HEAD && rm -f out err
'

# hazard: 25
test_expect_success 'a document in a submodule is committed there' '
	shape super && git commit -q -m staged &&
	git -c protocol.file.allow=always submodule --quiet add ../place postmortems/sub &&
	git commit -q -m sub &&
	cp postmortems/2026-11-22-new.md postmortems/sub/2026-11-30-in-sub.md &&
	head=$(git rev-parse HEAD) &&
	run 3 pm commit -n postmortems/sub/2026-11-30-in-sub.md &&
	has err "in the submodule" && test $head = "$(git rev-parse HEAD)" &&
	rm postmortems/sub/2026-11-30-in-sub.md && cd postmortems/sub &&
	doc 2026-11-30-in-sub </dev/null && run 0 pm commit &&
	git show --format= --name-status HEAD >out &&
	echo "A	postmortems/2026-11-30-in-sub.md" >want && test_cmp want out
'

# hazard: 26
test_expect_success 'nothing is read or written beyond a symbolic link' '
	shape links && mkdir ../outside && echo secret >../outside/x.md &&
	ln -s ../../outside postmortems/linked && ln -s /etc/hostname postmortems/alias.md &&
	head=$(git rev-parse HEAD) &&
	run 3 pm commit -n postmortems/alias.md && has err "symbolic link" &&
	not_committed $head && run 0 pm commit &&
	committed "A	postmortems/2026-11-22-new.md"
'

# One outside of the globs stands behind the others, whatever its name is.
test_expect_success 'a document to be skipped is refused beside one of another place' '
	shape skipped && git add . && git commit -qm all && cp postmortems/2026-11-22-new.md a.md &&
	git rm -q postmortems/2026-11-01-one.md && git commit -qm gone &&
	git update-index --skip-worktree postmortems/2026-11-22-new.md &&
	echo more >>postmortems/2026-11-22-new.md && head=$(git rev-parse HEAD) &&
	run 3 pm commit --no-verify a.md postmortems/2026-11-22-new.md &&
	has err "--no-skip-worktree postmortems/2026-11-22-new.md" &&
	test "$(git rev-parse HEAD)" = $head
'

test_done
