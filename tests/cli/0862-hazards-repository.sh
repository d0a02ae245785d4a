#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='repositories that differ from what their settings say'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

# fresh NAME: a repository with a committed and a new document, entered.
fresh()
{
	cd "$SHARNESS_TRASH_DIRECTORY" && make_repo "$1" && cd "$1" &&
		printf 'out\nerr\nwant\ngot\n' >.git/info/exclude &&
		doc 2026-11-01-old </dev/null && commit_all && doc 2026-11-22-new </dev/null
}

# hazard: 5
test_expect_success 'settings of a work tree count in format 0, too' '
	fresh version0 && git config extensions.worktreeConfig true &&
	git config core.repositoryFormatVersion 0 &&
	git config --worktree commit.cleanup nonsense &&
	run 3 pm commit && has err commit.cleanup &&
	git config --worktree commit.cleanup strip && run 0 pm commit &&
	committed "A	postmortems/2026-11-22-new.md"
'

# hazard: 27 28
test_expect_success 'core.bare by mistake is said, and nothing is written' '
	fresh bare && git config core.bare true && cp -R .git ../before &&
	run 0 pm check && has err "core.bare" && has err "git config core.bare false" &&
	run 3 pm commit && has err "core.bare" && run 3 pm new --no-input "Not here" &&
	diff -r .git/refs ../before/refs && cmp .git/index ../before/index &&
	git config core.bare false && run 0 pm check && has_not err "core.bare" &&
	git clone -q --bare . ../project/.git && cd ../project &&
	run 0 pm check && has_not err "core.bare" && has err "1 document" &&
	run 3 pm commit && run 3 pm check --staged && run 0 pm search words &&
	test ! -e .git/index
'

test "$(id -u)" = 0 && mkdir "$HOME/mnt" && mount -t tmpfs none "$HOME/mnt" 2>/dev/null &&
	umount "$HOME/mnt" && test_set_prereq MOUNT

# hazard: 30
test_expect_success MOUNT 'a file system within the work tree is not its part' '
	fresh mount && mkdir mnt && mount -t tmpfs none mnt &&
	{ run 3 pm -C mnt list; status=$?
	  GIT_DISCOVERY_ACROSS_FILESYSTEM=1 run 0 pm -C mnt list 2>/dev/null
	  across=$?; umount mnt; test $status = 0 && test $across = 0; } &&
	test ! -e mnt/err && rmdir mnt
'

# hazard: 30
test_expect_success 'the search for a repository ends where Git ends it' '
	fresh ceiling && mkdir -p a/b && run 0 pm -C a/b list &&
	run 3 env GIT_CEILING_DIRECTORIES="$PWD/a" pm -C a/b list &&
	has err "no Git repository" && has err "git init"
'

# hazard: 47
test_expect_success 'a broken reference is an error, not an empty branch' '
	fresh broken && tip=$(git rev-parse HEAD) && for bytes in "" "garbage"
	do
		printf "%s" "$bytes" >.git/refs/heads/main && run 3 pm commit &&
		has err "refs/heads/main" && run 3 pm check --at HEAD && run 3 pm search words &&
		run 3 pm review && test "$(cat .git/refs/heads/main)" = "$bytes" || return 1
	done && echo $tip >.git/refs/heads/main && run 0 pm commit &&
	test "$(git rev-parse HEAD~1)" = $tip
'

# hazard: 48 54
test_expect_success 'packed references and objects, odd caches, borrowed objects' '
	fresh packed && git clone -q -s . ../borrowing && git gc -q &&
	test ! -e .git/refs/heads/main && printf x >.git/objects/info/commit-graph &&
	git multi-pack-index write && run 0 pm check --at HEAD && has err "1 document" &&
	run 0 pm search words && run 0 pm commit && rm .git/objects/info/commit-graph &&
	committed "A	postmortems/2026-11-22-new.md" && cd ../borrowing &&
	test -s .git/objects/info/alternates && run 0 pm check --at HEAD &&
	has err "1 document" && printf "out\nerr\nwant\ngot\n" >.git/info/exclude &&
	doc 2026-11-23-more </dev/null && run 0 pm commit &&
	committed "A	postmortems/2026-11-23-more.md" && git gc -q && run 0 pm list
'

# hazard: 49
test_expect_success 'replaced objects are read as they were committed' '
	fresh replaced && old=$(git rev-parse HEAD:postmortems/2026-11-01-old.md) &&
	new=$(sed s/Words/Zebra/ postmortems/2026-11-01-old.md | git hash-object -w --stdin) &&
	git replace $old $new && git show HEAD:postmortems/2026-11-01-old.md >out &&
	has out Zebra && run 0 pm show --at HEAD 2026-11-01-old && has out Words &&
	run 1 pm search zebra && tree=$(git rev-parse HEAD^{tree}) && run 0 pm commit &&
	GIT_NO_REPLACE_OBJECTS=1 git show HEAD:postmortems/2026-11-01-old.md >out &&
	has out Words
'

# hazard: 44
test_expect_success 'a promise to add stays one' '
	fresh promise && echo 1 >later && git add -N later && run 0 pm commit &&
	git show --format= --name-only HEAD >got && echo postmortems/2026-11-22-new.md >want &&
	test_cmp want got && git status --porcelain >out && echo " A later" >want &&
	test_cmp want out
'

# hazard: 52
test_expect_success 'names that other systems cannot hold are refused' '
	fresh names && rm postmortems/2026-11-22-new.md && head=$(git rev-parse HEAD) &&
	for name in "-rf" "CON" "a\\b" "x:y" "tab	x" "aux.x" "$(printf "z\342\200\256w")"
	do
		printf "# T\n" >"postmortems/$name.md" &&
		run 3 pm commit --no-verify && has err "rename the file" &&
		test "$head" = "$(git rev-parse HEAD)" && rm "postmortems/$name.md" || return 1
	done && printf "# T\n" >"postmortems/2026-11-23-é b.md" && run 0 pm commit --no-verify
'

# hazard: 132
test_expect_success 'what begins like an option is never one for git' '
	fresh options && for rev in -x --output=pwned --upload-pack=pwned "--exec=touch pwned"
	do
		run 3 pm check "--at=$rev" && has err "is not a revision" &&
		run 3 pm check "--since=$rev" && has err "is not a revision" &&
		run 2 pm review "$rev" && run 3 pm review -- "$rev" || return 1
	done &&
	git config commit.gpgSign true && git config gpg.format ssh &&
	git config user.signingKey --output=pwned && head=$(git rev-parse HEAD) &&
	run 3 pm commit && not_committed $head && test ! -e pwned &&
	git config commit.gpgSign false && git checkout -q -b x && run 0 pm commit
'

test_done
