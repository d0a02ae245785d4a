#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# slow: documents that are given all of their time
# A fault at every point is 0870 and the following. What needs strace or root
# skips without.

test_description='disks, limits and signals that fail pm leave the old or the new'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

strace_works && test_set_prereq STRACE

test_expect_success 'a repository with a new document' '
	make_repo repo && cd repo && printf "out\nerr\nwant\ngot\n" >.git/info/exclude &&
	doc 2026-11-01-old </dev/null && commit_all && echo 1 >staged && git add staged &&
	git update-index -q --refresh && doc 2026-11-22-new </dev/null
'

# A copy of the repository, entered.
victim()
{
	cd "$SHARNESS_TRASH_DIRECTORY" && rm -rf victim && cp -a repo victim && cd victim ||
		return 1
}

# hazard: 61 62
test_expect_success STRACE 'files and their directories are synced, whatever Git is told' '
	victim && git config core.fsync none && git config core.fsyncObjectFiles false &&
	strace -y -f -o "$HOME/calls" -e trace=fsync,fdatasync,linkat,renameat2,rename,openat \
		pm new --no-input --commit "Made now" >out 2>err &&
	grep -n "linkat(.*made-now.md\|rename.*made-now.md" "$HOME/calls" >named &&
	place=$(head -n 1 named | cut -d: -f1) &&
	head -n "$place" "$HOME/calls" | grep "sync([0-9]*<.*/postmortems/2026" &&
	sed "1,${place}d" "$HOME/calls" | grep "sync([0-9]*<.*/postmortems/2026>" &&
	grep "sync([0-9]*<.*/.git/objects/" "$HOME/calls" &&
	grep "sync([0-9]*<.*/.git/refs/heads/main.lock" "$HOME/calls"
'

# Waits until no process works in this directory but those that wait for it.
left_alone()
{
	for try in $(seq 500)
	do
		found=0
		for cwd in /proc/[0-9]*/cwd
		do
			test "$(readlink "$cwd")" = "$PWD" || continue
			pid=${cwd#/proc/}
			test "$(cat "/proc/${pid%/cwd}/comm" 2>/dev/null)" != pm || found=1
		done
		test $found = 0 && return 0
	done
	echo "a worker lives on after $try looks" && return 1
}

# slow: a document that cmark-gfm reads slowly, before gfm.13.
slow()
{
	awk 'BEGIN { for (i = 0; i < 60000; i++) print "a"; print "|b|\n|-|" }'
}
(
	victim && slow >postmortems/2026-01-01-slow.md && timeout 0.5 pm check
	test $? = 124
) >/dev/null 2>&1 && test_set_prereq SLOW

# hazard: 59
test_expect_success SLOW 'stopped in the middle of long work: its own status, no worker, no trace' '
	victim && git add postmortems && git commit -q -m all && for n in 1 2 3 4 5 6
	do
		slow >postmortems/2026-01-0$n-slow.md
	done && git add postmortems && git commit -q -m slow && for args in check index list
	do
		for signal in INT=130 TERM=143 HUP=129
		do
			timeout -s ${signal%=*} --preserve-status 0.5 pm $args >out 2>err
			test $? = ${signal#*=} && left_alone && test ! -s err || return 1
		done
	done && rm postmortems/*slow.md && git commit -q -a -m removed &&
	run 0 pm search words && run 0 pm index --verify &&
	ls -A .git/pm >got && printf "index.db\nindex.db.lock\n" >want && test_cmp want got
'

# hazard: 67
test_expect_success 'every command knows a full device from success' '
	victim && git add postmortems && git commit -q -m all && for args in check list status \
		"show new" "show --format json new" "search words" explain \
		"check --format sarif" "review HEAD~1" "completion bash" \
		"help --man check" "index --path" version
	do
		pm $args >out 2>err; test -s out || { echo "pm $args"; return 1; }
		pm $args >/dev/full 2>err
		test $? = 3 && has err "cannot write" || { echo "pm $args"; return 1; }
		pm $args 2>err | : && has_not err "rror" || { echo "pm $args"; return 1; }
	done
'

# hazard: 68
test_expect_success 'closed descriptors, each alone and all, land in no file' '
	for close in "<&-" ">&-" "2>&-" "<&- >&-" ">&- 2>&-" "<&- >&- 2>&-"
	do
		victim && eval "pm commit --no-verify $close"
		git cat-file blob HEAD:postmortems/2026-11-22-new.md >../got &&
			test_cmp postmortems/2026-11-22-new.md ../got ||
			{ echo "$close"; return 1; }
		eval "pm search words $close" ; eval "pm check $close"
		git fsck 2>&1 | { ! grep -i error; } || return 1
	done
'

# hazard: 76
test_expect_success 'a document of a gigabyte, in the work tree and in a commit' '
	victim && pm commit --no-verify >/dev/null 2>&1; git reset -q --hard &&
	truncate -s 1G postmortems/2026-11-23-huge.md && room=600000 &&
	{ (ulimit -v $room && pm version) >/dev/null 2>&1 || room=unlimited; } &&
	for args in list status "search words" check "review HEAD" "check --since HEAD" \
		"adopt --dry-run" "show huge"
	do
		(ulimit -t 3 && ulimit -v $room && exec pm $args) >out 2>err
		test $? -le 3 && has_not err "out of memory" || { echo "$args"; cat err; return 1; }
	done && run 1 pm check && has out "larger than the 256 KiB" &&
	run 3 pm commit --no-verify && has err "larger than 128 MiB" &&
	rm postmortems/2026-11-23-huge.md && git status --porcelain -uno >got &&
	test_must_be_empty got
'

# hazard: 76
test_expect_success 'many files beside the documents' '
	victim && mkdir many && (cd many && seq 20000 | xargs touch) &&
	(ulimit -t 3 && run 0 pm check && has err "2 documents" && run 0 pm list) &&
	(ulimit -t 3 && run 0 pm commit) && git status --porcelain -uno >got &&
	echo "A  staged" >want && test_cmp want got && cd .. &&
	rm -rf victim
'

# hazard: 72
test_expect_success 'an index that may not be written stops nobody' '
	victim && run 0 pm search words && chmod -R a-w .git/pm &&
	if test "$(id -u)" = 0
	then
		mount -t tmpfs -o ro none .git/pm 2>/dev/null || chmod -R u+w .git/pm
	fi &&
	{ run 0 pm search words; status=$?
	  umount .git/pm 2>/dev/null; chmod -R u+w .git/pm; test $status = 0; }
'

# hazard: 77
test_expect_success 'a clock that stands wrong, a zone, a step back' '
	victim && run 0 pm search words &&
	for now in 1970-01-01T00:00:00Z 2009-02-13T23:31:30Z 9999-12-31T23:59:59Z
	do
		PM_NOW=$now run 0 pm search words && PM_NOW=$now run 0 pm check || return 1
	done &&
	TZ=Pacific/Kiritimati PM_NOW=2026-11-22T23:30:00Z run 0 pm new --no-input "Late" &&
	has out 2026-11-23-late && TZ=UTC PM_NOW=2026-11-22T23:30:00Z \
		run 0 pm new --no-input "Late" && has out 2026-11-22-late
'

test_done
