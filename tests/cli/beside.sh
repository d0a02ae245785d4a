# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# shellcheck disable=SC2016,SC2034 # rows are code, run by sharness
#
# pm commit beside git commit. The same change is committed twice in the same
# place, once by git and once by pm, and what both left behind is compared:
# the bytes of the commit, references and their logs, the index with its flags
# and what it knows of files, the work tree, and what hooks saw. A row of the
# table says what is set up, and what differs where pm differs on purpose.

DOC=postmortems/2026-11-22-disk-full.md
ID=2026-11-22-disk-full

# A repository with a document, a staged file, an untracked one, a link and a
# directory without documents, made once and copied for each side.
make_base()
{
	rm -rf base && mkdir base && (
		cd base && make_repo &&
			printf '/out\n/err\n/state\n' >.git/info/exclude &&
			doc "$ID" </dev/null && doc 2026-11-01-old </dev/null &&
			mkdir other && echo 1 >other/file && ln -s file other/alias &&
			commit_all && rm -rf .git/hooks && mkdir .git/hooks &&
			echo 1 >staged && git add staged && echo new >untracked &&
			echo '2 words' >>$DOC
	)
}

# What hooks write down when they run: recorder NAME...
recorder()
{
	for hook
	do
		cat >".git/hooks/$hook" <<-\EOF2 || return 1
		#!/bin/sh
		log=$(git rev-parse --path-format=absolute --git-common-dir)/../../log
		name=${0##*/}
		{
			echo "$name: $# arguments"
			for argument
			do
				case $argument in
				*COMMIT_EDITMSG) echo "  file" && sed "s/^/    /" "$argument" ;;
				*) echo "  $argument" ;;
				esac
			done
			echo "  in $(pwd -P)"
			env | sed -e "/^GIT_\(CONFIG\|CEILING\|TERMINAL\)/d" \
				-e "/^GIT_\(INDEX_FILE\|WORK_TREE\)/d" -n -e "s/^GIT_/  &/p" | sort
			test -z "$GIT_INDEX_FILE" || echo "  an index of its own"
			git diff --cached --name-status HEAD 2>&1 | sed "s/^/  staged /"
			git diff-files --name-status | sed "s/^/  changed /"
			test -t 0 || sed "s/^/  stdin: /"
		} >"$log.$$"
		# Later gits tell of AUTO_MERGE too, which only a merge has.
		grep -q "stdin: .* AUTO_MERGE\$" "$log.$$" || cat "$log.$$" >>"$log"
		rm "$log.$$"
		EOF2
		chmod +x ".git/hooks/$hook" || return 1
	done
}

# One extension of the index a line.
extensions()
{
	for name in TREE REUC link UNTR FSMN EOIE IEOT sdir
	do
		LC_ALL=C grep -qa "$name" "$1" && echo "$name"
	done
	return 0
}

# What is known of a file agrees with the file, so that git need not read it.
stat_known()
{
	case $(git ls-files --debug -- "$1" | tr -d ' \n\t') in
	*$(stat -c "mtime:%Y:*ino:%iuid:%ugid:%gsize:%sflags:" "$1")*) echo "stat of $1 is known" ;;
	*) echo "stat of $1 is not known" ;;
	esac
}

state()
{
	cd "$(git rev-parse --show-toplevel)" || return 1
	gitdir=$(git rev-parse --absolute-git-dir)
	common=$(git rev-parse --path-format=absolute --git-common-dir)
	echo "== commit"
	GIT_NO_REPLACE_OBJECTS=1 git cat-file commit HEAD |
		sed -e '/^gpgsig/,/^ -----END/c\gpgsig' | sed -n l
	git rev-list --parents --max-count=3 HEAD | wc -l
	git fsck --strict 2>&1 | grep -v '^dangling\|^notice'
	echo "== references"
	cat "$gitdir/HEAD"
	git for-each-ref
	for log in "$gitdir/logs/HEAD" "$common"/logs/refs/heads/*
	do
		test -f "$log" && echo "${log##*/}:" && cat "$log"
	done
	echo "== index"
	git ls-files --stage -v
	git ls-files -f | grep '^[a-z]'
	od -An -tu1 -j7 -N1 "${GIT_INDEX_FILE:-$gitdir/index}"
	extensions "${GIT_INDEX_FILE:-$gitdir/index}"
	test -f $DOC && stat_known $DOC
	echo "== status"
	git status --porcelain=v2
	echo "== work tree"
	find . -name .git -prune -o \( -type f -o -type l \) -printf '%M %p %l\n' | sort
	find . -name .git -prune -o -type f -print0 | sort -z | xargs -0 sha1sum
	echo "== Git directory"
	(cd "$gitdir" && find . -path ./objects -prune -o -path ./pm -prune -o -type f -print |
		grep -v 'COMMIT_EDITMSG$' | sort)
	find "$gitdir/pm" -maxdepth 1 -name 'commit-*' 2>/dev/null
	test -e ../log && echo "== hooks" && cat ../log
	return 0
}

# one_side SIDE SETUP COMMAND: the state after it goes to SIDE.state.
one_side()
{
	rm -rf place && mkdir place && cp -a base place/case && (
		side=$PWD/$1
		cd place/case && git update-index -q --refresh
		eval "$2" || exit 9
		eval "$3" >"$side.out" 2>"$side.err"
		echo "exit status $?" >"$side.state"
		find . -path '*/hooks/*' -exec chmod a-x {} +
		unset GIT_TRACE GIT_TRACE2 GIT_CONFIG_COUNT GIT_CONFIG_PARAMETERS
		HOME=${HOME-/} GIT_CEILING_DIRECTORIES=/ && export HOME
		head=$(git rev-parse HEAD)
		state 2>&1 |
			sed "s/$head/HEAD-COMMIT/g" >>"$side.state"
	)
}

by_git='git commit -q -m "docs: more" -m "Post-Mortem: $ID" -- $DOC'
by_pm='pm commit -m "docs: more" $ID'

# Both sides with the commands given; what differs goes to the file differs.
beside()
{
	one_side git "$1" "$2" && one_side pm "$1" "$3" &&
		{ diff git.state pm.state | grep '^[<>]' >differs || :; }
}

# same TITLE SETUP [GIT [PM]]: a row of the table; nothing differs.
same()
{
	setup=$2
	git_side=${3:-$by_git}
	pm_side=${4:-$by_pm}
	test_expect_success "$1" '
		beside "$setup" "$git_side" "$pm_side" && has pm.state "exit status 0" &&
		test_cmp /dev/null differs'
}

# refused TITLE SETUP TEXT [GIT [PM]]: git refuses as well, pm gives TEXT as
# its reason, and both leave everything as it was.
refused()
{
	setup=$2
	text=$3
	git_side=${4:-$by_git}
	pm_side=${5:-$by_pm}
	test_expect_success "$1" '
		beside "$setup" "$git_side" "$pm_side" && has pm.err "$text" &&
		has pm.state "exit status 3" && has_not git.state "exit status 0" &&
		{ grep -v "exit status" differs >rest || :; } && test_cmp /dev/null rest'
}

# differs TITLE SETUP [GIT [PM]], the lines that differ on stdin: on purpose.
differs()
{
	cat >expected
	setup=$2
	git_side=${3:-$by_git}
	pm_side=${4:-$by_pm}
	test_expect_success "$1" '
		beside "$setup" "$git_side" "$pm_side" && test_cmp expected differs'
}
