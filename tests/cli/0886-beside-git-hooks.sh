#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# slow: every change is committed twice
# shellcheck disable=SC2016,SC2034,SC2154 # rows are code; by_git, by_pm: beside.sh
test_description='pm commit beside git commit: hooks, their order and what they see'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"
. "$PM_ROOT/tests/cli/beside.sh"

test_expect_success 'a repository with work of the user in it' 'make_base'

all='pre-commit prepare-commit-msg commit-msg post-commit'

# hook NAME LINE...: shell code that writes a hook of these lines.
hook()
{
	name=$1
	shift
	printf 'printf "%%s\\n" "#!/bin/sh"'
	for line
	do
		printf " '%s'" "$line"
	done
	printf ' >.git/hooks/%s && chmod +x .git/hooks/%s\n' "$name" "$name"
}

# What a hook is given: arguments, directory, variables, an index that holds
# HEAD and the change, standard input; and those that must not run do not.
same 'all of them' \
	"recorder $all post-rewrite pre-auto-gc post-checkout pre-merge-commit"
same '--no-verify' "recorder $all" \
	'git commit -q -n -m "docs: more" -m "Post-Mortem: $ID" -- $DOC' \
	'pm commit -n -m "docs: more" $ID'
same 'from a directory below' "recorder $all; cd postmortems; DOC=\$ID.md"
same 'in a linked work tree' "recorder $all; git worktree add -q ../linked -b linked
	cd ../linked; echo more >>\$DOC"
same 'with the Git directory elsewhere' \
	"recorder $all; git init -q --separate-git-dir ../elsewhere.git ."
same 'with .git as a symbolic link' \
	"recorder $all; mv .git ../elsewhere.git; ln -s ../elsewhere.git .git"
same 'with GIT_DIR' "recorder $all; export GIT_DIR=\"\$PWD/.git\""
same 'at the first commit of all' "recorder $all; git update-ref -d HEAD
	git read-tree --empty; git add \$DOC staged"
same 'with an identity from the settings' "recorder $all
	unset GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL
	git config user.name Uta; git config user.email uta@example.org"
same 'in core.hooksPath' "recorder $all; mv .git/hooks .githooks
	git config core.hooksPath .githooks"
same 'in core.hooksPath, below HOME' "recorder $all; mv .git/hooks ../hooks
	export HOME=\"\$PWD/..\"; git config core.hooksPath '~/hooks'"
same 'core.hooksPath that is empty' "recorder $all; git config core.hooksPath ''"
same 'core.hooksPath=/dev/null' "recorder $all; git config core.hooksPath /dev/null"
same 'in core.hooksPath, included for a remote' "recorder $all; mv .git/hooks .githooks
	printf '[core]\nhooksPath=.githooks\n' >../inc; git config remote.o.url x
	git config includeIf.hasconfig:remote.*.url:x.path ../../inc"
refused 'in core.hooksPath, below a home that nobody knows' \
	"git config core.hooksPath '~/hooks'; unset HOME" "core.hooksPath is '~/hooks'"

# One hook of references sees HEAD move and the branch; the date of the
# committer is that of the commit, which git gives to other hooks only.
differs 'reference-transaction' 'recorder reference-transaction' <<'EOT'
<   GIT_COMMITTER_DATE=1795348800 +0000
>   GIT_COMMITTER_DATE=@1795348800 +0000
<   GIT_COMMITTER_DATE=1795348800 +0000
>   GIT_COMMITTER_DATE=@1795348800 +0000
EOT
refused 'reference-transaction that refuses' "$(hook reference-transaction \
	'echo not so; test "$1" != prepared')" 'not so'
test_expect_success 'post-index-change is told once, of the index that counts' '
	one_side pm "recorder post-index-change" "$by_pm" &&
	sed -n "/== hooks/,\$p" pm.state >got &&
	grep -c "^post-index-change: 2 arguments" got >count && echo 1 >want &&
	test_cmp want count && grep "staged A.staged" got && has_not got "  changed "
'

# --- what hooks do -----------------------------------------------------------

refused 'pre-commit that refuses, and its words' \
	"$(hook pre-commit 'echo not on a Friday >&2; exit 9')" 'not on a Friday'
refused 'pre-commit that dies' "$(hook pre-commit 'kill -9 $$')" 'died of signal 9'
refused 'pre-commit without its interpreter' \
	'echo "#!/no/where" >.git/hooks/pre-commit; chmod +x .git/hooks/pre-commit' \
	'No such file or directory'
refused 'pre-commit that is a directory' 'mkdir .git/hooks/pre-commit' 'Permission denied'
refused 'prepare-commit-msg that refuses' "$(hook prepare-commit-msg 'exit 1')" \
	'the prepare-commit-msg hook refused'
test_expect_success 'no --no-verify is promised where it does not help' '
	has_not pm.err "--no-verify"
'
refused 'commit-msg that refuses' "$(hook commit-msg 'echo too long; exit 1')" 'too long'
refused 'commit-msg that leaves nothing' "$(hook commit-msg ': >"$1"')" 'message is empty'
refused 'commit-msg that removes the file' "$(hook commit-msg 'rm "$1"')" 'COMMIT_EDITMSG'
same 'post-commit that fails, and its words' "$(hook post-commit 'echo words; exit 3')" '' \
	"$by_pm && grep -q words \"\$side.err\""
same 'a hook that is no program, and the hint' \
	'echo "exit 1" >.git/hooks/pre-commit' '' \
	"$by_pm && grep -q 'hint: .*not set as executable' \"\$side.err\""
same 'hooks without a first line' 'echo true >.git/hooks/pre-commit
	chmod +x .git/hooks/pre-commit'
same 'prepare-commit-msg that adds to the message' \
	"$(hook prepare-commit-msg 'echo "Kind: $2" >>"$1"')"
same 'commit-msg that adds a trailer without quoting its argument' \
	"$(hook commit-msg 'echo Change-Id: I1 >>$1')"
same 'commit-msg that puts a new file in the place of the old' \
	"$(hook commit-msg 'sed -i s/docs/DOCS/ "$1"')"
same 'commit-msg that looks where git puts the message' \
	"$(hook commit-msg 'grep -q "docs: more" "$(git rev-parse --git-dir)/COMMIT_EDITMSG"')"
test_expect_success 'commit-msg that changes the message there is told so' '
	one_side pm "$(hook commit-msg "echo more >>.git/COMMIT_EDITMSG")" "$by_pm" &&
	has pm.state "exit status 0" && has pm.err "that is not in the commit"
'
same 'pre-commit that changes the document and does not stage it' \
	"$(hook pre-commit 'echo by hook >>postmortems/2026-11-22-disk-full.md')"
same 'pre-commit that makes a commit of its own kind' \
	"$(hook pre-commit 'git update-ref refs/x/seen HEAD')"

# git leaves the index behind what its hook staged of a path; pm does not.
test_expect_success 'pre-commit that changes the document and stages it' '
	beside "$(hook pre-commit "echo by hook >>$DOC" "git add postmortems")" \
		"$by_git" "$by_pm" && grep "^<.* MM .*$DOC" differs &&
	! grep "^>.* [MAD]. " differs &&
	has_not differs "tree " && has place/case/$DOC "by hook" &&
	git -C place/case diff --quiet HEAD -- $DOC
'
# A commit of pm's holds the documents and nothing else; git takes all that
# its hook stages, and shows it as removed afterwards.
test_expect_success 'pre-commit that stages another file, and that is said' '
	beside "$(hook pre-commit "echo by hook >other/new" "git add other/new")" \
		"$by_git" "$by_pm" && grep "^<.* D. .*other/new" differs && has differs "tree " &&
	has pm.err "other/new" && has pm.err "not part of this commit" &&
	git -C place/case show --format= --name-only HEAD >got && echo $DOC >want &&
	test_cmp want got
'

test_done
