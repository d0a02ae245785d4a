#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm commit stores what git would: line ends, filters, encodings'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

DOC=postmortems/2026-11-22-new.md
DIR=postmortems/2026-11-22-new

test_expect_success 'a repository with evidence of every kind' '
	make_repo repo && cd repo && printf "out\nerr\nwant\n" >.git/info/exclude &&
	doc 2026-11-22-new </dev/null && sed -i "s/$/\r/" $DOC && mkdir $DIR &&
	printf "a\r\nb\r\n" >$DIR/crlf.txt && printf "a\r\nb\r\n" >$DIR/kept.bin &&
	printf "a\0\r\n" >$DIR/auto && echo shout >$DIR/x.up && echo "\$Id\$" >$DIR/id.txt &&
	printf "h\0i\0" >$DIR/x.u16 && echo big >$DIR/x.png &&
	cat >.gitattributes <<-\EOF
	* text=auto
	*.bin -text
	*.up filter=up
	*.u16 text working-tree-encoding=UTF-16LE
	*.png filter=lfs -text
	id.txt ident
	EOF
'

# Every file of HEAD is what git itself would store for it.
# hazard: 38 39 40
test_expect_success 'what is stored is what git would store' '
	git config filter.up.clean "tr a-z A-Z" &&
	git config filter.up.smudge "tr A-Z a-z" &&
	git config filter.lfs.clean "sed s/^/pointer:/" &&
	git config filter.lfs.required true &&
	run 0 pm commit --no-verify && sound &&
	for file in $DOC $DIR/*
	do
		test "$(git hash-object --path="$file" "$file")" = \
			"$(git rev-parse "HEAD:$file")" || {
			echo "$file is not what git would store"
			return 1
		}
	done &&
	git cat-file blob HEAD:$DIR/x.png >out && echo pointer:big >want && test_cmp want out &&
	git cat-file blob HEAD:$DOC >out && has_not out "$(printf "\r")" &&
	git status --porcelain >out && echo "?? .gitattributes" >want && test_cmp want out
'

test_expect_success 'nothing changed, however it looks on disk' '
	touch $DOC $DIR/* && head=$(git rev-parse HEAD) &&
	run 1 pm commit && has err "nothing to commit" && not_committed $head
'

# hazard: 39
test_expect_success 'a required filter that fails is no commit' '
	git config filter.lfs.clean false && echo bigger >$DIR/x.png &&
	head=$(git rev-parse HEAD) && run 3 pm commit --no-verify && has err x.png &&
	not_committed $head && git config filter.lfs.clean cat
'

# hazard: 38
test_expect_success 'core.autocrlf, from the file and from the command line' '
	rm .gitattributes && run 0 pm commit --no-verify &&
	doc 2026-11-23-crlf </dev/null && sed -i "s/$/\r/" postmortems/2026-11-23-crlf.md &&
	git config core.autocrlf input && run 0 pm commit --no-verify &&
	git cat-file blob HEAD:postmortems/2026-11-23-crlf.md >out &&
	has_not out "$(printf "\r")" && git config --unset core.autocrlf &&
	doc 2026-11-24-crlf </dev/null && sed -i "s/$/\r/" postmortems/2026-11-24-crlf.md &&
	run 0 git -c core.autocrlf=input pm commit --no-verify 2026-11-24 &&
	git cat-file blob HEAD:postmortems/2026-11-24-crlf.md >out && has_not out "$(printf "\r")"
'

test_expect_success 'the executable bit, where the file system has one' '
	chmod +x $DOC && run 0 pm commit --no-verify $DOC &&
	git ls-tree HEAD $DOC >out && has out 100755 && sound
'

# hazard: 52
test_expect_success 'names that hurt elsewhere are refused when they are new' '
	head=$(git rev-parse HEAD) && doc 2026-11-25-colon </dev/null &&
	mv postmortems/2026-11-25-colon.md "postmortems/2026-11-25-co:lon.md" &&
	run 3 pm commit --no-verify && has err "has a '\'':'\''" && has err "rename the file" &&
	not_committed $head && git add postmortems && git commit -q -m odd &&
	echo more >>"postmortems/2026-11-25-co:lon.md" && run 0 pm commit --no-verify
'

test_done
