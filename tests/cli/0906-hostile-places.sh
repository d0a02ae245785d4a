#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# slow: faults of all kinds, one by one
# What a disk, an archive or somebody's script can leave in a repository. None of
# it may hang pm, kill it, pass for an empty team, or begin the history anew.

test_description='damaged and disguised files in and around the repository'
test ! -w /dev/shm || TMPDIR=/dev/shm
export TMPDIR
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

q=\'

test_expect_success 'a repository' '
	make_repo repo && cd repo && printf "out\nerr\ngot\n" >.git/info/exclude &&
	doc 2026-11-01-one </dev/null && doc 2026-11-02-two </dev/null && commit_all &&
	echo More. >>postmortems/2026-11-02-two.md && commit_all &&
	echo Again. >>postmortems/2026-11-01-one.md && git update-index -q --refresh
	git rev-parse HEAD >../head
'

# A copy, entered, without the index's cache and with objects that are writable.
victim()
{
	cd "$SHARNESS_TRASH_DIRECTORY" && rm -rf victim && cp -a repo victim && cd victim &&
		find .git -type f -exec chmod u+w {} +
}

# survive WHAT: every command ends by itself, with a status of its own; a failure
# has a word; one that commits continues the history.
survive()
{
	for args in check "check --staged" list "list --at HEAD" "search words" status \
		"review HEAD~1" "show two" "new --no-input Fresh" "commit --no-verify one"
	do
		timeout -s KILL 30 pm $args >out 2>err </dev/null
		status=$?
		test $status -le 3 || { echo "$1: pm $args: status $status"; cat err; return 1; }
		test $status -lt 2 || test -s err || { echo "$1: pm $args: silent"; return 1; }
	done
	test $status != 0 || git cat-file commit HEAD | grep -q "^parent $(cat ../head)"
}

# refused WHAT FILE ARGS...: status 3, and the file is named.
refused()
{
	what=$1 file=$2
	shift 2
	timeout -s KILL 30 pm "$@" >out 2>err </dev/null
	test $? = 3 && has err "$file" || { echo "$what: pm $*"; cat out err; return 1; }
}

# git itself reads on behind the end and finds files without a name.
# hazard: 11
test_expect_success 'a staged index that was cut off anywhere is never an empty one' '
	victim && size=$(wc -c <.git/index) && cp .git/index ../index && whole= &&
	for n in $(seq 0 11 $((size - 1)))
	do
		head -c $n ../index >.git/index &&
			timeout 20 pm check --staged >out 2>err </dev/null
		case $? in
		3) has err .git/index && test -z "$whole" || return 1 ;;
		0) has err "2 documents" && whole=t ;;
		*) false ;;
		esac || { echo "cut to $n bytes"; cat err; return 1; }
	done && head -c 100 ../index >.git/index && for args in check list status \
		"show two" "commit --no-verify"
	do
		refused "cut off" .git/index $args || return 1
	done
'

# A split index names nothing in some of its entries, and is whole.
# hazard: 10
test_expect_success 'a split index is not a damaged one' '
	victim && git update-index --split-index && echo x >>postmortems/2026-11-02-two.md &&
	git add postmortems && run 0 pm check --staged && has err "2 documents" &&
	run 0 pm commit --no-verify && run 0 pm list && git fsck --strict
'

test_expect_success 'packed references with lines that end in CR do not begin a history' '
	victim && git pack-refs --all && sed -i "s/\$/\r/" .git/packed-refs &&
	for args in list "search words" "review HEAD~1" "commit --no-verify" \
		"new --no-input --commit Fresh"
	do
		refused CR packed-refs $args || return 1
	done && test ! -e .git/refs/heads/main
'

test_expect_success 'nor do those that are no references at all' '
	for text in garbage "0123 refs/heads/main" "$(cat ../head) " "$(cat ../head)refs" "^12"
	do
		victim && git pack-refs --all && echo "$text" >.git/packed-refs &&
		for args in list "search words" "commit --no-verify"
		do
			timeout 20 pm $args >out 2>err </dev/null
			test $? = 3 && test -s err || { echo "$text: $args"; cat out; return 1; }
		done && test ! -e .git/refs/heads/main || return 1
	done && victim && git pack-refs --all && git checkout -q --orphan fresh && run 0 pm list &&
	run 0 pm commit --no-verify one
'

test_expect_success 'a pipe in the place of a file is not waited for' '
	for file in HEAD packed-refs index
	do
		victim && git pack-refs --all && rm -f .git/$file && mkfifo .git/$file &&
			refused pipe "" check || return 1
	done && victim && rm -f postmortems/2026-11-02-two.md &&
	mkfifo postmortems/2026-11-02-two.md .pm-fifo && survive "document" &&
	victim && mkdir -p .pm && mkfifo .pm/policy.yaml && survive policy
'

# damaged NAME SCRIPT: the script spoils a fresh copy.
damaged()
{
	test_expect_success "$1" "victim && $2 && survive damaged"
}

# The same bytes each time.
garbage='seq 2000 | gzip -n'
loose='$(git rev-parse HEAD:postmortems/2026-11-02-two.md | sed "s,^..,.git/objects/&/,")'

damaged 'an object is gone' "rm -f $loose"
damaged 'an object is empty' ": >$loose"
damaged 'an object is another' "git cat-file blob HEAD:README.md >$loose"
damaged 'HEAD is garbage' "$garbage >.git/HEAD"
damaged 'HEAD is empty' ': >.git/HEAD'
damaged 'HEAD leads out' 'echo "ref: refs/heads/../../x" >.git/HEAD'
damaged 'HEAD is a commit that is not there' "sed s/./1/g ../head >.git/HEAD"
damaged 'a pack is cut off' 'git gc -q && truncate -s 100 .git/objects/pack/*.pack'
damaged 'the index of a pack is garbage' \
	'git gc -q && for f in .git/objects/pack/*.idx; do chmod u+w $f; '"$garbage"' >$f; done'
damaged 'a multi-pack index is cut off' \
	'git gc -q && git multi-pack-index write && chmod u+w .git/objects/pack/m* &&
		truncate -s 60 .git/objects/pack/multi-pack-index'
damaged 'the commit graph is cut off' \
	'git commit-graph write --reachable 2>/dev/null && chmod u+w .git/objects/info/c* &&
		truncate -s 30 .git/objects/info/commit-graph'
damaged 'alternates lead nowhere' 'echo /nonexistent >.git/objects/info/alternates'
damaged 'alternates lead here' 'echo "$PWD/.git/objects" >.git/objects/info/alternates'
damaged 'alternates are garbage' "$garbage >.git/objects/info/alternates"
damaged 'the shallow file is garbage' "$garbage >.git/shallow"
damaged 'the configuration is garbage' "$garbage >.git/config"
damaged 'the configuration includes itself' 'git config include.path config'
damaged 'a directory is the policy' 'mkdir -p .pm/policy.yaml'
damaged 'a link is the policy' 'mkdir .pm && echo "documents: [x]" >p && ln -s ../p .pm/policy.yaml'
damaged 'garbage is the policy' "mkdir .pm && $garbage >.pm/policy.yaml"
damaged 'a large file is the policy' 'mkdir .pm && head -c 50000000 /dev/zero >.pm/policy.yaml'
damaged 'a file is where .pm should be' ': >.pm'
damaged 'a link that leads to itself' 'ln -s loop.md postmortems/loop.md'
damaged 'a directory that leads to itself' 'ln -s . postmortems/again'
damaged 'a directory is a document' 'rm postmortems/2026-11-02-two.md &&
	mkdir postmortems/2026-11-02-two.md && echo x >postmortems/2026-11-02-two.md/a.md'

test_expect_success 'a file that became a directory is told as that' '
	run 3 pm commit --no-verify && has err "a file has become a directory"
'

test_expect_success 'a review before the first commit' '
	git init -q ../unborn && (cd ../unborn && run 0 pm review HEAD &&
		doc 2026-11-01-first </dev/null && run 0 pm review HEAD && has out "(added, draft")
'

# "..md" has the id ".": the directory beside it of that name is everybody's.
test_expect_success 'a document without a name takes nobody else along' '
	victim && for name in .md ..md ...md
	do
		echo "# X" >postmortems/$name
	done && echo secret >postmortems/secret && echo secret >secret &&
	run 0 pm commit --no-verify postmortems/.md postmortems/..md postmortems/...md &&
	test_must_be_empty err && git show --format= --name-only HEAD >got &&
	printf "postmortems/%s.md\n" .. . "" >want && test_cmp want got && rm want
'

# Root reads everything: the errors are injected.
strace_works && test_set_prereq STRACE

test_expect_success STRACE 'documents that cannot be read are not left out in silence' '
	victim && echo x >>postmortems/2026-11-02-two.md &&
	doc=$PWD/postmortems/2026-11-02-two.md &&
	run 3 strace -qq -o /dev/null -P "$doc" -e inject=read:error=EIO pm list &&
	has err "2026-11-02-two.md$q: Input/output error" &&
	run 0 strace -qq -o /dev/null -P "$doc" -e inject=read:error=EACCES pm list &&
	has err "left out: cannot read ${q}postmortems/2026-11-02-two.md$q: Permission denied" &&
	has out 2026-11-01-one
'

test_done
