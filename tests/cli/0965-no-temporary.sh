#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='no command needs room for temporary files outside of the repository'
. "$(dirname "$0")/lib.sh"

# told DIR: what all commands say with DIR for temporary files, and what is in
# the repository afterwards, into the file DIR.said.
told()
{
	rm -rf repo && cp -a model repo && cd repo && : >../said.new || return 1
	for command in index list 'search full' check 'check --fix' 'new Fresh' \
		'commit -m y' 'review HEAD^' 'review --format html HEAD' status \
		'check --format sarif' 'show --read late' 'adopt -n' 'index --verify' \
		'new --commit More' 'list --at HEAD^' 'hook install'
	do
		# shellcheck disable=SC2086 # words
		TMPDIR=$1 pm $command </dev/null >>../said.new 2>&1
		echo "status $?, $command" >>../said.new
	done
	git status --short >>../said.new && git fsck >>../said.new 2>&1 &&
		git ls-tree -r HEAD >>../said.new && cd .. && mv said.new "$2"
}

test_expect_success 'what they say where there is room' '
	mkdir model && cd model && git init -q && run 0 pm init && run 0 pm new "Disk full" &&
	run 0 pm new "Mail late" && run 0 pm new "Late again" &&
	printf "%s\n" out err >.git/info/exclude && commit_all &&
	sed -i "s/^id: .*/id: another/" postmortems/*/*mail-late.md && rm -rf .git/pm && cd .. &&
	mkdir room && told "$PWD/room" want && grep -c "^status 0" want && test -z "$(ls room)"
'

test_expect_success 'they say the same where the directory is missing, or none' '
	for place in "$PWD/missing" "" /dev/null/below /dev/full
	do
		told "$place" said && test_cmp want said || return 1
	done
'

mkdir -p full read && mount -t tmpfs -o size=16k,nr_inodes=4 none full 2>/dev/null &&
	mount -t tmpfs -o size=16k,ro none read 2>/dev/null && test_set_prereq MOUNT

test_expect_success MOUNT 'or full, or read-only' '
	{ dd if=/dev/zero of=full/zero bs=4k 2>/dev/null; true; } &&
	! touch full/more full/again full/third 2>/dev/null &&
	told "$PWD/full" said && test_cmp want said && told "$PWD/read" said && test_cmp want said
'
umount full read 2>/dev/null

test_done
