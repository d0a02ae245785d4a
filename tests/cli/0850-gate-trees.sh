#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='a tree that git did not write hides no document from the gate'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/since.sh"

# entry NAME: the tree entry of a document without an owner, as bytes.
entry()
{
	printf '100644 %s\0' "$1" && git cat-file tree bad:postmortems/bad | tail -c 20
}

# tree: writes the bytes on stdin as a tree, whatever git thinks of it.
tree()
{
	git hash-object -t tree -w --stdin --literally
}

# crafted TREE: a commit on main that has it, as the branch "crafted".
crafted()
{
	commit=$(git commit-tree -p main -m crafted "$1") &&
		git branch -f crafted "$commit"
}

# refused: no way to the gate takes the branch "crafted".
refused()
{
	run 3 pm check --since main --at crafted && has err 'is not as git writes trees' &&
		echo "x $(git rev-parse crafted) refs/heads/main $(git rev-parse main)" >in &&
		run 3 pm hook run pre-push -- origin ../server.git <in &&
		run 1 git push --no-verify origin crafted:main &&
		has err 'is not as git writes trees' &&
		test "$(git -C ../server.git rev-parse main)" = "$(git rev-parse main)"
}

test_expect_success 'a server, and a bad document on a branch' '
	mkdir repo && cd repo && make_history && git checkout -q -b bad main &&
	paper bad/2026-05-01-bad </dev/null && commit_all && echo in >>.git/info/exclude &&
	git init -q --bare ../server.git && git remote add origin ../server.git &&
	git push -q origin main && (cd ../server.git && pm hook install)
'

test_expect_success 'zeros before a mode: git reads on, and so does pm' '
	{ printf 0000 && git cat-file tree "bad^{tree}"; } >bytes &&
	crafted "$(tree <bytes)" && run 1 pm check --since main --at crafted &&
	has out 2026-05-01-bad && run 1 git push origin crafted:main &&
	has err 2026-05-01-bad
'

test_expect_success 'a path for a name' '
	{ git cat-file tree "main^{tree}" && entry postmortems/bad/2026-05-01-bad.md; } >bytes &&
	crafted "$(tree <bytes)" && git ls-tree -r --name-only crafted >out &&
	has out 2026-05-01-bad && refused
'

test_expect_success 'the same name twice' '
	name=$(git ls-tree --name-only main:postmortems/2026 | tail -n 1) &&
	{ git cat-file tree main:postmortems/2026 && entry "$name"; } >bytes &&
	year=$(tree <bytes) &&
	git ls-tree main:postmortems | sed "s/tree [0-9a-f]*/tree $year/" |
	git mktree --missing >all &&
	git ls-tree main | sed "/postmortems/s/tree [0-9a-f]*/tree $(cat all)/" | git mktree >top &&
	crafted "$(cat top)" && refused
'

test_expect_success 'bytes that break off' '
	{ git cat-file tree "main^{tree}" && printf "100644 zz"; } >bytes &&
	crafted "$(tree <bytes)" && run 3 pm check --since main --at crafted &&
	has err "is not as git writes trees"
'

test_expect_success 'against the index as well' '
	git checkout -q -f main &&
	git symbolic-ref HEAD refs/heads/crafted &&
	run 3 pm check --staged --since HEAD && has err "is not as git writes trees"
'

test_done
