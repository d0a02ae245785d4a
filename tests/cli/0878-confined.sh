#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Which deeds kill a worker, and which do not, is in tests/unit/test_confine.c;
# here it is seen from outside that every command's workers are confined.

test_description='what parses documents can read files and nothing else'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

strace -f -o /dev/null pm version >/dev/null 2>&1 && test_set_prereq STRACE

# A kernel that has filters, and a pm that uses them: not a sanitizer's limits,
# whose reports need more, nor the flavour that counts lines.
grep -q "^Seccomp:" /proc/self/status && case $(uname -m) in
x86_64 | aarch64) test_set_prereq FILTERS ;;
esac

test_expect_success 'a repository with documents of every kind' '
	make_repo repo && cd repo && printf "out*\nerr\nwant\ntrace*\n" >.git/info/exclude &&
	doc 2026-11-01-one </dev/null && doc 2026-11-02-two </dev/null &&
	mkdir -p .pm/templates && pm init --templates >out 2>err && commit_all &&
	bad 2026-11-03-three && echo more >>postmortems/2026-11-01-one.md && commit_all
'

COMMANDS='check
check --staged
check --at HEAD
check --since HEAD~1
review HEAD~1
status
show one
show --at HEAD one
index --rebuild
check --fix --dry-run
approve --by @ana one
commit one
adopt'

# After its filter stands, a process of the trace does none of these.
deeds='execve|execveat|fork|vfork|clone3?|socket|socketpair|connect|unlink(at)?'
deeds="$deeds|rename(at2?)?|mkdir(at)?|link(at)?|symlink(at)?|ptrace|dup[23]?|chmod"

# since FILE: what the process did when its filter stood.
since()
{
	awk "behind; /SECCOMP_SET_MODE_FILTER/ { behind = 1 }" "$1"
}

test_expect_success STRACE,FILTERS 'the workers of every command are confined' '
	printf "%s\n" "$COMMANDS" | while read -r line
	do
		rm -f trace* && strace -f -ff -o trace pm $line >out 2>err
		test $? -le 1 || { echo "pm $line"; cat err; exit 1; }
		grep -l "seccomp(SECCOMP_SET_MODE_FILTER.* = 0" trace* >workers ||
			{ echo "pm $line: no worker"; exit 1; }
		for worker in $(cat workers)
		do
			since "$worker" >after &&
			! grep -E "^($deeds)\(" after &&
			! grep -E "^open(at)?\(.*O_(WRONLY|RDWR|CREAT|TRUNC|APPEND)" after ||
				{ echo "pm $line"; exit 1; }
		done || exit 1
	done && rm -rf trace* workers after && git checkout -q . && git clean -q -d -f
'

test_expect_success STRACE,FILTERS 'a worker has no other descriptor to write to than its pipe' '
	strace -f -ff -y -e trace=write,seccomp -o trace pm index --rebuild >out 2>err &&
	for worker in $(grep -l "SECCOMP_SET_MODE_FILTER" trace*)
	do
		since $worker
	done >after && grep -q "^write(" after &&
	! grep "^write(" after | grep -v "<pipe:" && rm -f trace* after
'

# hazard: 89
test_expect_success STRACE 'the same bytes on a kernel without filters, without a word' '
	pm check >out.want 2>err.want ; test $? = 1 &&
	for error in ENOSYS EINVAL EPERM
	do
		strace -f -o trace -e trace=seccomp -e inject=seccomp:error=$error \
			pm check >out 2>err ; test $? = 1 &&
		test_cmp out.want out && test_cmp err.want err || return 1
	done && rm -f trace err.want
'

test_expect_success STRACE,FILTERS 'a document that breaks its worker out is a finding' '
	strace -f -o trace -P "$PWD/postmortems/2026-11-02-two.md" -e inject=read:signal=SIGSYS \
		pm check >out 2>err ; test $? = 1 && rm -f trace &&
	has out "two.md:1:1: error: the document makes its parser try what no parser needs" &&
	has out "2026-11-03-three.md:10:" && has err "3 documents"
'

test_expect_success 'search opens no document that broke its worker' '
	awk "BEGIN { n = 2000; cell = \"x|\"; for (row = 0; row < 2; row++) {
		printf \"|\"; for (i = 0; i < n; i++) printf cell
		printf \"\\n\"; cell = \"-|\" }
		for (i = 0; i < n; i++) print \"|quokka|\" }" >postmortems/2026-11-04-quokka.md &&
	commit_all && (ulimit -t 3 && run 1 pm search quokka) && test ! -s out &&
	(ulimit -t 3 && run 0 pm list) && has out 2026-11-04-quokka &&
	rm postmortems/2026-11-04-quokka.md && commit_all
'

test_expect_success 'a partial clone is completed by the parent, not by a worker' '
	git config uploadpack.allowFilter true && git config uploadpack.allowAnySHA1InWant true &&
	git clone -q --filter=blob:none --no-checkout "file://$PWD" ../part &&
	pm check --at HEAD >out.want 2>err ; test $? = 1 &&
	(cd ../part && pm check --at HEAD >../out.got 2>../err ; test $? = 1) &&
	test_cmp out.want ../out.got
'

test_done
