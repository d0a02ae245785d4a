#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Sweeps are samples: every call at its first occurrences and some later ones.
# They need strace and, some of them, root; without they skip.

test_description='disks, limits and signals that fail pm leave the old or the new'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

# The leak sanitizer cannot run where strace does.
ASAN_OPTIONS=detect_leaks=0
export ASAN_OPTIONS
command -v strace >/dev/null &&
	test "$(strace -o /dev/null -e inject=getpid:retval=7 echo x 2>/dev/null)" = x &&
	test_set_prereq STRACE

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

# settled STATUS: exit 0 exactly when the branch has the whole document; no
# lock, nothing half, and what was staged still is.
settled()
{
	git fsck 2>&1 | grep -v '^dangling\|^notice' >"$HOME/fsck"
	test ! -s "$HOME/fsck" || { cat "$HOME/fsck"; return 1; }
	rm -rf .git/objects/*/tmp_object_git2_*
	ls .git/*.lock .git/refs/heads/*.lock 2>/dev/null && return 1
	if test "$1" = 0
	then
		git cat-file blob HEAD:postmortems/2026-11-22-new.md >"$HOME/got" &&
			test_cmp postmortems/2026-11-22-new.md "$HOME/got"
	else
		test "$(git rev-list --count HEAD)" = 2 && test -s err &&
			git diff --cached --name-only >"$HOME/got" && has "$HOME/got" staged
	fi
}

# commit_sweep CALL: the n-th of these calls fails with each error.
commit_sweep()
{
	failed=0
	for error in ENOSPC EIO EROFS EMFILE EINTR
	do
		for n in 1 2 4 9
		do
			victim || return 1
			strace -f -o /dev/null -e inject="$1:error=$error:when=$n" \
				pm commit --no-verify >out 2>err
			status=$?
			test $status = 0 || failed=$((failed + 1))
			test $status -le 3 && settled $status || {
				echo "$1 $error $n: status $status" && cat err
				return 1
			}
		done
	done
	test $failed -gt 0
}

for call in openat write rename fsync
do
	# hazard: 1 63 64 66
	test_expect_success STRACE "commit: $call fails" "commit_sweep $call"
done

# new_sweep CALL N...: the same for a document that is made. What cannot be
# printed is no reason to take it back, so that only the first write counts.
new_sweep()
{
	call=$1
	shift
	for error in ENOSPC EIO EROFS EINTR
	do
		for n
		do
			victim || return 1
			strace -f -o /dev/null -e inject="$call:error=$error:when=$n" \
				pm new --no-input "Made now" >out 2>err
			status=$?
			if test $status = 0
			then
				run 0 pm show made-now || return 1
			else
				test $status = 3 && test -s err && test ! -s out || return 1
			fi
			find postmortems -name "*made*" >"$HOME/got"
			test $status = 0 || test ! -s "$HOME/got" || {
				echo "$call $error $n: left behind" && cat err
				return 1
			}
			find postmortems -name ".pm-tmp*" | grep . && return 1
		done
	done
	return 0
}

for call in "write 1" "linkat 1 2" "fsync 1 2 3 4" "mkdirat 1 2"
do
	# hazard: 61 63 66
	test_expect_success STRACE "new: ${call%% *} fails" "new_sweep $call"
done

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

if test "$(id -u)" = 0 && command -v mkfs.ext4 >/dev/null && command -v losetup >/dev/null &&
	truncate -s 24M "$HOME/image" && mkfs.ext4 -q "$HOME/image" 2>/dev/null &&
	mkdir "$HOME/disk" "$HOME/after" &&
	mount -o loop,commit=300 "$HOME/image" "$HOME/disk" 2>/dev/null
then
	umount "$HOME/disk" && test_set_prereq LOOP
fi

# hazard: 60
test_expect_success LOOP 'after a power cut what was acknowledged is there' '
	mount -o loop,commit=300 "$HOME/image" "$HOME/disk" &&
	cp -a ../repo "$HOME/disk/r" && sync && cd "$HOME/disk/r" &&
	{ pm commit --no-verify >/dev/null && pm new --no-input --commit "Made now" >/dev/null &&
	  pm new --no-input "Not committed" >/dev/null; status=$?
	  cd "$SHARNESS_TRASH_DIRECTORY" && cp "$HOME/image" "$HOME/cut"; umount "$HOME/disk"
	  test $status = 0; } &&
	mount -o loop "$HOME/cut" "$HOME/after" &&
	{ (cd "$HOME/after/r" && git fsck --strict >"$HOME/fsck" 2>&1 &&
		git ls-tree -r --name-only HEAD postmortems >"$HOME/got" &&
		tail -n 1 postmortems/2026/2026-11-22-not-committed.md | grep .)
	  status=$?; umount "$HOME/after"; test $status = 0; } &&
	cat >want <<-\EOF && test_cmp want "$HOME/got"
	postmortems/2026-11-01-old.md
	postmortems/2026-11-22-new.md
	postmortems/2026/2026-11-22-made-now.md
	EOF
'

# hazard: 65
test_expect_success 'a limit on the size of files' '
	victim && for command in "commit --no-verify" "new --no-input --owner ana Small"
	do
		(
			ulimit -f 0
			pm $command 2>&1
			test $? = 3
		) | cat >../said && has ../said "File too large" || return 1
	done &&
	test ! -e postmortems/2026/2026-11-22-small.md && : >err && echo x >err && settled 3
'

# A sanitizer maps far more than it uses.
# shellcheck disable=SC3045 # not POSIX, and in every shell there is
(ulimit -v 20000 && pm version) >/dev/null 2>&1 && test_set_prereq LIMITED

# hazard: 69
test_expect_success 'a limit on descriptors and on memory' '
	for limit in "-n 4" "-n 6" "-n 8" "-n 12" "-n 20" "-v 9000" "-v 12000" "-v 20000"
	do
		case $limit in
		-v*) test_have_prereq LIMITED || continue ;;
		esac
		victim && (ulimit $limit && exec pm commit --no-verify) >../out 2>../err
		status=$?
		cp ../err err && settled $status || { echo "$limit: $status"; cat err; return 1; }
	done
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

# hazard: 59
test_expect_success 'stopped in the middle of long work: its own status, no worker, no trace' '
	victim && git add postmortems && git commit -q -m all && for n in 1 2 3 4 5 6
	do
		awk "BEGIN { for (i = 0; i < 60000; i++) print \"a\"; print \"|b|\n|-|\" }" \
			>postmortems/2026-01-0$n-slow.md
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
		: >err && echo x >err && settled 0 || { echo "$close"; return 1; }
		eval "pm search words $close" ; eval "pm check $close"
		git fsck 2>&1 | { ! grep -i error; } || return 1
	done
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
