#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# slow: every change is committed twice
# shellcheck disable=SC2016,SC2034,SC2154 # rows are code; by_git, by_pm: beside.sh
test_description='pm commit beside git commit: index, attributes, environment, names'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"
. "$PM_ROOT/tests/cli/beside.sh"

test_expect_success 'a repository with work of the user in it' 'make_base'

# --- the index ---------------------------------------------------------------

new='cp $DOC postmortems/2026-11-30-n.md; DOC=postmortems/2026-11-30-n.md; ID=2026-11-30-n'
add_git='git add $DOC && git commit -q -m "docs: more" -m "Post-Mortem: $ID" -- $DOC'
add_pm='pm commit -n -m "docs: more" $ID'

same 'a new document' "$new" "$add_git" "$add_pm"
same 'the document is staged, and changed again' 'git add $DOC; echo more >>$DOC'
same 'the document was taken out of the index' 'git rm -q --cached $DOC'
same 'a promise to add another file' 'echo 1 >later; git add -N later'
same 'another file is assumed to be unchanged' \
	'git update-index --assume-unchanged other/file; echo more >>other/file'
same 'another file is to be skipped' \
	'git update-index --skip-worktree other/file; echo more >>other/file'
same 'the document is assumed to be unchanged, and named' \
	'git update-index --assume-unchanged $DOC'
refused 'the document is to be skipped, and named' \
	'git update-index --skip-worktree $DOC' '--no-skip-worktree'
test_expect_success 'such documents are left out when none is named, and that is said' '
	for mark in skip-worktree assume-unchanged
	do
		one_side pm "git update-index --$mark \$DOC" "pm commit" &&
		has pm.state "exit status 1" && has pm.err "update-index --no-$mark" &&
		has pm.err "nothing to commit" || return 1
	done
'
same 'version 4' 'git update-index --index-version 4'
same 'what is known of untracked files' 'git update-index --untracked-cache; git status >../x'
same 'a file system monitor' 'git config core.fsmonitor ../fsm
	git config core.fsmonitorHookVersion 2
	printf "#!/bin/sh\nprintf \"token\\\\\\\\0/\\\\\\\\0\"\n" >../fsm; chmod +x ../fsm
	git update-index --fsmonitor; git status >../x'
# Where the bytes cannot be kept as they are, git keeps the cache, and looks at
# the file once more.
differs 'feature.manyFiles' 'git config feature.manyFiles true
	git update-index --untracked-cache --index-version 4; git status >../x' <<'EOT'
< stat of postmortems/2026-11-22-disk-full.md is known
> stat of postmortems/2026-11-22-disk-full.md is not known
EOT
differs 'what is known of untracked files, and a new document' \
	"git update-index --untracked-cache; git status >../x; $new" "$add_git" "$add_pm" <<'EOT'
< stat of postmortems/2026-11-30-n.md is known
> stat of postmortems/2026-11-30-n.md is not known
EOT
same 'an index without a checksum' 'size=$(wc -c <.git/index)
	truncate -s $((size - 20)) .git/index; head -c 20 /dev/zero >>.git/index'
same 'an index of ones own' 'cp .git/index .git/other; export GIT_INDEX_FILE=.git/other'
same 'an index of ones own, from a directory below' 'cp .git/index .git/other
	export GIT_INDEX_FILE=.git/other; cd postmortems; DOC=$ID.md'

# --- files -------------------------------------------------------------------

same 'a document that can be run' 'chmod +x $DOC'
same 'core.fileMode false' 'git config core.fileMode false; chmod +x $DOC'
same 'core.fileMode false, and it could be run before' 'chmod +x $DOC
	git commit -q -m x $DOC; git config core.fileMode false; chmod -x $DOC; echo 3 >>$DOC'
same 'a document that cannot be written' 'chmod a-w $DOC'
same 'core.symlinks false' 'git config core.symlinks false'
same 'core.ignoreCase' 'git config core.ignoreCase true'
same 'core.precomposeUnicode' 'git config core.precomposeUnicode true'
test_expect_success 'a document that is gone, a link or a directory is named as that' '
	(cd base && rm $DOC && run 2 pm commit $ID && has err "is gone from the work tree" &&
	run 2 pm commit $DOC && has err "git restore" && run 2 pm commit disk-full &&
	has err "$DOC" && ln -s ../other/file $DOC && run 2 pm commit $ID &&
	has err "a symbolic link now" && rm $DOC && mkdir $DOC && run 2 pm commit $ID &&
	has err "a directory now" && rmdir $DOC && git checkout -q $DOC && echo "2 words" >>$DOC)
'

# What git makes of the bytes.
up='git config filter.up.clean "tr a-z A-Z"; git config filter.up.smudge "tr A-Z a-z"'
crlf='sed -i "s/\$/\r/" $DOC'
same 'text=auto' "echo '* text=auto' >.gitattributes; $crlf"
same 'eol=crlf' "echo '*.md eol=crlf' >.gitattributes; $crlf"
same 'core.autocrlf input' "git config core.autocrlf input; $crlf"
same 'core.autocrlf, included for a remote' \
	"printf '[core]\nautocrlf=input\n' >../inc; git config remote.o.url x; $crlf
	git config includeIf.hasconfig:remote.*.url:x.path ../../inc"
same 'ident' 'echo "*.md ident" >.gitattributes; echo "\$Id: x \$" >>$DOC'
same 'a filter' "echo '*.md filter=up' >.gitattributes; $up"
same 'a filter in postmortems, undone by name' \
	"printf '*.md filter=up\n2026* -filter\n' >postmortems/.gitattributes; $up"
same 'a filter by a macro' \
	"printf '[attr]shout filter=up\n*.md shout\n' >.gitattributes; $up"
same 'a filter in .git/info' "echo '*.md filter=up' >.git/info/attributes; $up"
same 'a filter in core.attributesFile' "echo '*.md filter=up' >../attributes
	git config core.attributesFile \"\$PWD/../attributes\"; $up"
same 'a filter of the user' "mkdir -p ../xdg/git
	echo '*.md filter=up' >../xdg/git/attributes; export XDG_CONFIG_HOME=\"\$PWD/../xdg\"; $up"
same 'a filter that is staged and not on disk' "echo '*.md filter=up' >.gitattributes
	git add .gitattributes; rm .gitattributes; $up"
same 'a filter that a sparse checkout leaves out' "echo '*.md filter=up' >.gitattributes
	$up; git add .gitattributes; git commit -q -m x .gitattributes; git commit -q -m staged
	git sparse-checkout set --no-cone postmortems"
same 'a filter that fails and may' \
	"echo '*.md filter=up' >.gitattributes; git config filter.up.clean false"
refused 'a filter that fails and must not' "echo '*.md filter=up' >.gitattributes
	git config filter.up.clean false; git config filter.up.required true" \
	"clean filter 'up' failed"
refused 'a process that filters and ends' "echo '*.md filter=up' >.gitattributes
	git config filter.up.process false; git config filter.up.required true" \
	"cannot store 'postmortems/2026-11-22-disk-full.md'"
refused 'core.safecrlf' "git config core.autocrlf input; git config core.safecrlf true; $crlf" \
	'CRLF would be replaced'
same 'working-tree-encoding' 'echo "*.md working-tree-encoding=UTF-16LE" >.gitattributes
	iconv -f utf-8 -t utf-16le $DOC >../x; cp ../x $DOC' '' 'pm commit -n -m "docs: more" $ID'
refused 'an encoding nobody knows' \
	'echo "*.md working-tree-encoding=nonsense" >.gitattributes' 'failed to encode'

# --- names -------------------------------------------------------------------

# named TITLE NAME PLAIN: a document of that name, which git has committed; its
# trailer has the name in plain words.
named()
{
	same "$1" "NAME=\$(printf -- '$2'); mv \$DOC \"postmortems/\$NAME.md\"
		DOC=postmortems/\$NAME.md; git add postmortems; git commit -q -m x
		cp postmortems/2026-11-01-old.md postmortems/2026-11-22-ab.md
		echo more >>\"\$DOC\"" \
		"git --literal-pathspecs commit -q -m 'docs: more' -m \"\$(
			printf 'Post-Mortem: $3')\" -- \"\$DOC\"" \
		'pm commit -n -m "docs: more" -- "$DOC"'
}

named 'blanks and letters of any script' '2026-11-22-\303\251 b' '2026-11-22-\303\251 b'
named 'quotes' '2026-11-22-a"b' '2026-11-22-a"b'
named 'a pattern' '2026-11-22-[ab]*' '2026-11-22-[ab]*'
named 'a line end' '2026-11-22-a\nb' '2026-11-22-a b'
named 'no UTF-8' '2026-11-22-\344' '2026-11-22-'
long=$(printf '%0200d' 0)
named 'very long' "2026-11-22-$long" "2026-11-22-$long"
named 'a dash in front' '-x' '-x'

# --- environment and state ---------------------------------------------------

same 'from a directory below' 'cd postmortems; DOC=$ID.md'
same 'GIT_DIR and GIT_WORK_TREE, from a directory below' \
	'export GIT_DIR="$PWD/.git" GIT_WORK_TREE="$PWD"; cd postmortems; DOC=$ID.md'
same 'GIT_NAMESPACE' 'export GIT_NAMESPACE=x'
same 'GIT_TRACE' 'export GIT_TRACE=1 GIT_TRACE2=1'
same 'GIT_LITERAL_PATHSPECS' 'export GIT_LITERAL_PATHSPECS=1'
same 'GIT_OPTIONAL_LOCKS' 'export GIT_OPTIONAL_LOCKS=0'
same 'GIT_OBJECT_DIRECTORY, where objects are' 'export GIT_OBJECT_DIRECTORY="$PWD/.git/objects"'
same 'no HOME' 'unset HOME GIT_CONFIG_GLOBAL'
refused 'a push that is received' 'export GIT_QUARANTINE_PATH=/x' 'GIT_QUARANTINE_PATH'
test_expect_success 'objects that would lie elsewhere are refused' '
	one_side pm "mkdir ../objects
		export GIT_ALTERNATE_OBJECT_DIRECTORIES=\"\$PWD/.git/objects\"
		export GIT_OBJECT_DIRECTORY=\"\$PWD/../objects\"" "$by_pm" &&
	has pm.state "exit status 3" && has pm.err "GIT_OBJECT_DIRECTORY is" &&
	test -z "$(find place/objects -type f)"
'
refused 'GIT_CEILING_DIRECTORIES' 'export GIT_CEILING_DIRECTORIES="$PWD"; cd postmortems
	DOC=$ID.md' 'no Git repository'
refused 'a merge in progress' 'git rev-parse HEAD >.git/MERGE_HEAD' 'a merge is in progress'
refused 'a cherry-pick in progress' 'git rev-parse HEAD >.git/CHERRY_PICK_HEAD' \
	'a cherry-pick is in progress'
same 'a sequence of picks between two of them' 'mkdir .git/sequencer
	echo "pick 123" >.git/sequencer/todo'
same 'a graft' 'git rev-parse HEAD >.git/info/grafts'
same 'objects that are borrowed' 'cp -r .git/objects ../lender; rm -rf .git/objects/??
	echo ../../../lender >.git/objects/info/alternates'
same 'a repository in an ignored directory of another' 'mkdir ign
	echo ign/ >>.git/info/exclude; git clone -q . ign/n; cd ign/n; echo more >>$DOC'

test_done
