#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='an environment, arguments and limits that nobody would choose'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

test_expect_success 'a repository' '
	make_repo repo && cd repo && printf "out\nerr\ngot\nwant*\n" >.git/info/exclude &&
	doc 2026-11-01-one </dev/null && doc 2026-11-02-two </dev/null && commit_all &&
	run 0 pm list && cp out want.list && run 0 pm check && cp out want.check
'

# same COMMAND...: with it before pm, two answers are those of always.
same()
{
	for args in list check
	do
		timeout -s KILL 30 "$@" pm $args >out 2>err </dev/null
		test $? = 0 && test_cmp want.$args out || { echo "$* pm $args"; cat err; return 1; }
	done
}

long=$(head -c 60000 /dev/zero | tr '\0' x)

test_expect_success 'whatever the environment says of places and people' '
	same env -u HOME && same env HOME=/dev/null && same env HOME= &&
	same env TMPDIR=/nonexistent XDG_CACHE_HOME=/dev/null XDG_CONFIG_HOME=/dev/null &&
	same env -u USER -u LOGNAME TERM= PAGER=/nonexistent EDITOR=/nonexistent &&
	pm=$(command -v pm) && for args in list check
	do
		PATH= "$pm" $args >out 2>err && test_cmp want.$args out || return 1
	done
'

test_expect_success 'whatever it says of language, zone and width' '
	for name in LC_ALL LANG LANGUAGE TZ COLUMNS LINES
	do
		for value in "" 0 -1 99999999999999999999 C.UTF-8 ../../x :/dev/zero XXX9999 "$long"
		do
			same env "$name=$value" || return 1
		done
	done
'

test_expect_success 'a clock that is no clock is wrong usage, any other is a clock' '
	for now in garbage 0000-00-00 99999-01-01T00:00Z 2026-13-01 "$long"
	do
		PM_NOW=$now && export PM_NOW && run 2 pm list && has err PM_NOW || return 1
	done
	for now in 0001-01-01T00:00Z 1900-01-01 1969-12-31T23:59:59Z 9999-12-31T23:59:59Z
	do
		PM_NOW=$now && for args in list status "list has:overdue" "new --no-input Now"
		do
			timeout 30 pm $args >out 2>err </dev/null
			test $? -le 1 || { echo "$now: pm $args"; cat err; return 1; }
		done
	done
	PM_NOW=2026-11-22T12:00:00Z && git clean -q -f -d postmortems
'

test_expect_success 'long words, each told' '
	for args in show search list check "check --at" explain "check --format" help \
		"new --no-input --template" "-C" "review" "completion" "approve --by" ""
	do
		timeout 30 pm $args "$long" >out 2>err </dev/null
		status=$?
		test $status -ge 1 && test $status -le 3 && { test -s err || test -s out; } ||
			{ echo "pm $args: status $status"; return 1; }
	done
'

test_expect_success 'ten thousand of them, each document once' '
	run 0 pm check two && cp out want.two &&
	run 0 pm check $(seq 10000 | sed s,.*,postmortems/2026-11-02-two.md,) &&
	test_cmp want.two out && run 2 pm check $(seq 10000) &&
	run 0 pm $(seq 5000 | sed "s,.*,-C .,") list && test_cmp want.list out
'

test_expect_success 'names that look like something else' '
	for name in - -- "" . .. / // "$PWD/.." ../../../../etc/passwd postmortems "*" "two
	two"
	do
		timeout 30 pm show -- "$name" >out 2>err </dev/null
		test $? = 2 && test -s err && test ! -s out || { echo "$name"; return 1; }
	done && for title in "" " " "$(printf "a\nb")" "$(printf "\377")" "$(printf "a\033[m")"
	do
		run 2 pm new --no-input -- "$title" && test ! -s out || return 1
	done && git status --porcelain >got && test_must_be_empty got
'

# The leak sanitizer cannot do without it, nor be told so without it.
unshare -m true 2>/dev/null &&
	! ASAN_OPTIONS=help=1 pm version 2>&1 | grep -q AddressSanitizer &&
	test_set_prereq MOUNT

test_expect_success MOUNT 'without /proc' '
	same unshare -m sh -c "mount -t tmpfs none /proc && exec \"\$@\"" x
'

# Where another user reaches pm at all: not beneath the home of root.
test "$(id -u)" = 0 &&
	setpriv --reuid 65534 --clear-groups prlimit --nproc=1 pm version >/dev/null 2>&1 &&
	test_set_prereq NPROC

test_expect_success NPROC 'without another process' '
	chown -R 65534 . && chmod -R a+rX "$root" && for args in check list status "index --rebuild"
	do
		setpriv --reuid 65534 --clear-groups prlimit --nproc=1 pm $args >out 2>err
		status=$?
		test $status -le 1 || { test $status = 3 && has err "cannot start a worker"; } ||
			{ echo "pm $args: status $status"; return 1; }
	done
'

test_done
