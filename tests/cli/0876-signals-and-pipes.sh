#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# slow: faults of all kinds, one by one
# With TORTURE=all every command with every signal, and at several moments.

test_description='ended from outside, or without anybody to tell: its status, no trace'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

: "${TORTURE:=}"

test_expect_success 'documents that take their time' '
	make_repo repo && cd repo && pm init >/dev/null 2>&1 &&
	printf "out\nerr\nwant\ngot\nbefore\n" >.git/info/exclude &&
	doc 2026-11-01-old </dev/null && commit_all && for n in 1 2 3 4
	do
		awk "BEGIN { for (i = 0; i < 60000; i++) print \"a\"; print \"|b|\n|-|\" }" \
			>postmortems/2026-01-0$n-slow.md
	done && git add . && git commit -q -m slow && echo 1 >staged && git add staged &&
	echo more >>postmortems/2026-01-01-slow.md && git add postmortems
'

# Waits until no pm works in this directory.
left_alone()
{
	for try in $(seq 200)
	do
		# comm of all whose directory this is
		find /proc/[0-9]*/cwd -maxdepth 0 -lname "$PWD" 2>/dev/null |
			sed "s,cwd$,comm," | xargs -r cat 2>/dev/null |
			grep -qx pm || return 0
	done
	echo "a worker lives on after $try looks" && return 1
}

# All that is there but the cache.
trace()
{
	git rev-parse HEAD && git ls-files -s && git status --porcelain &&
		find . -type f ! -path "./.git/pm/*" ! -path "./.git/index" \
			! -path "./.git/objects/*" ! -name out ! -name err \
			! -name before ! -name got -exec sha256sum {} + | sort
}

# ended MOMENT SIGNAL STATUS COMMAND...: sent at that moment. A command that was
# through before is no failure of this test, but one of them at least is not.
ended()
{
	moment=$1 signal=$2 want=$3
	shift 3
	rm -rf .git/pm && trace >before
	timeout -s $signal --preserve-status $moment pm "$@" >out 2>err
	status=$?
	test $status = $want && caught=$((caught + 1))
	test $status = $want || test $status -le 1 || {
		echo "pm $* by $signal: status $status" && cat err
		return 1
	}
	left_alone && trace >got && test_cmp before got || {
		echo "pm $* by $signal" && return 1
	}
	test $status != $want || ! grep . err || return 1
	find .git/pm -type f ! -name "index.db*" 2>/dev/null | { ! grep .; }
}

for args in check index list "search words" "review HEAD" "adopt --dry-run" status \
	"hook run pre-commit" "check --fix"
do
	case $args in
	check | index | list) signals="PIPE=141" ;;
	search* | hook*) signals="INT=130 HUP=129" ;;
	*) signals="TERM=143" ;;
	esac
	moments=0.3
	if test -n "$TORTURE"; then
		signals="INT=130 TERM=143 HUP=129 PIPE=141 QUIT=131 USR1=138"
		moments="0.02 0.05 0.1 0.2 0.4 0.8"
	fi
	# hazard: 59
	test_expect_success "pm $args, ended in the middle" '
		caught=0 && for moment in $moments
		do
			for pair in $signals
			do
				ended $moment ${pair%=*} ${pair#*=} $args || return 1
			done
		done && test $caught -gt 0
	'
done

# hazard: 31 59
test_expect_success 'ended while a hook runs: nothing is locked, nothing is lost' '
	mkdir -p .git/hooks && printf "#!/bin/sh\nexec sleep 5\n" >.git/hooks/pre-commit &&
	chmod +x .git/hooks/pre-commit && git rm -q --cached staged && git add staged &&
	for pair in INT=130 TERM=143 HUP=129
	do
		doc 2026-11-23-made </dev/null && trace >before &&
		timeout -s ${pair%=*} --preserve-status 0.4 pm commit 2026-11-23-made >out 2>err
		test $? -gt 2 && left_alone && trace >got && test_cmp before got &&
			test ! -e .git/index.lock || { cat err; return 1; }
	done && git status --porcelain staged >got && echo "A  staged" >want &&
	test_cmp want got && rm .git/hooks/pre-commit postmortems/2026-11-23-made.md
'

# quiet COMMAND...: to a reader that left, to a full device, to nobody.
quiet()
{
	{ pm "$@" 2>err; echo $? >../status; } | : ; status=$(cat ../status)
	test $status = 141 || test $status -le 1 || test $status = 3 || return 1
	grep -i "rror:\|broken\|cannot write" err && return 1
	pm "$@" >/dev/full 2>err
	test $? = 3 && has err "cannot write" || return 1
	pm "$@" >/dev/full 2>/dev/full
	test $? = 3 || return 1
	for close in "<&-" "2>&-" "<&- 2>&-"
	do
		eval "pm \"\$@\" $close" >../out 2>../err
		test $? -le 1 || return 1
	done
	# What was asked for and reached nobody is no success.
	for close in ">&-" "<&- >&-" ">&- 2>&-" "<&- >&- 2>&-"
	do
		eval "pm \"\$@\" $close" 2>../err
		test $? = 3 || return 1
		test "${close%2*}" != "$close" || has ../err "cannot write the" || return 1
	done
}

# hazard: 67 68
test_expect_success 'nobody to tell: each command, each way, no trace in a file' '
	git reset -q --hard && rm -rf postmortems/*slow.md && git add -A postmortems &&
	git commit -q -m fast && echo more >>postmortems/2026-11-01-old.md &&
	git commit -q -a -m faster && pm index >/dev/null && trace >before &&
	for args in check list status "search words" index "review HEAD~1" "show old" \
		"adopt --dry-run" "check --format sarif" "status --format json" explain \
		"explain --format json" "help --man check" "completion zsh" version "help new"
	do
		pm $args >out 2>err; test -s out || continue
		quiet $args || { echo "pm $args"; cat err; return 1; }
	done && trace >got && test_cmp before got && left_alone
'

# hazard: 67
test_expect_success 'a writing command without anybody to tell does its work' '
	for close in "<&-" ">&-" "2>&-" "<&- >&- 2>&-" ">/dev/full" "2>/dev/full"
	do
		nth=$((${nth:-10} + 1)) && eval "pm new --no-input --commit \"Made $nth\" $close"
		status=$? && git ls-tree -r --name-only HEAD postmortems >got &&
			has got "made-$nth.md" || return 1
		case $close in
		*" >&-"* | ">"*) test $status = 3 ;;
		*) test $status = 0 ;;
		esac || return 1
		git fsck 2>&1 | { ! grep "error\|missing"; } &&
			git status --porcelain postmortems >got &&
			test_must_be_empty got || return 1
		tail -n 1 postmortems/*/*made-$nth.md | grep -q -e "-->" || return 1
	done
'

test_done
