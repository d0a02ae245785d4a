#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# slow: a tree with each fault that is planted
#
# The lint scripts can fail: each passes on a small good tree and names the
# fault that is planted in it. Prints TAP.

set -u
LC_ALL=C
export LC_ALL
here=$(cd "$(dirname "$0")" && pwd)
: "${PM_BUILD:=$here/../../build/plain-gcc}"
PM_BUILD=$(cd "$PM_BUILD" && pwd)
export PM_BUILD
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
count=0
failed=0

# verdict STATUS NAME: one line of TAP.
verdict()
{
	count=$((count + 1))
	test "$1" = 0 && echo "ok $count - $2" && return
	failed=$((failed + 1))
	echo "not ok $count - $2"
	sed 's/^/#	/' "$work/out"
}

# good_tree SCRIPT: a tree in which every script is content.
good_tree()
{
	rm -rf "$work/tree"
	mkdir -p "$work/tree" && cd "$work/tree" || exit 1
	mkdir -p cmd include/pm lib/base lib/git lib/check/rules tests/lint \
		tests/cli tests/unit tests/cases/good tests/fuzz/corpus/doc .ci
	cat >tests/lint/layers.txt <<-'EOF'
		shared: base/*
		base:
		git: base
		check: base git
	EOF
	cp "$here/../../.clang-format" .
	printf '#undef %s\n' gmtime strcpy >lib/base/banned.h
	cat >include/pm/thing.h <<-'EOF'
		#ifndef PM_THING_H
		#define PM_THING_H
		#include <stddef.h>

		#ifdef __cplusplus
		extern "C" {
		#endif

		/* Counts the things in text. */
		int pm_thing_count(const char *text, size_t len);

		#ifdef __cplusplus
		}
		#endif

		#endif
	EOF
	cat >lib/base/word.h <<-'EOF'
		#ifndef PM_BASE_WORD_H
		#define PM_BASE_WORD_H
		#include "pm/thing.h"

		int pm_word(const char *text);

		#endif
	EOF
	cat >lib/base/word.c <<-'EOF'
		#include "base/word.h"

		static const char *const words[] = {
			"printf(", /* getenv() */
		};

		int pm_word(const char *text)
		{
			static const int one = 1;

			return text == words[0] ? one : 0;
		}
	EOF
	cat >lib/git/git.h <<-'EOF'
		#ifndef PM_GIT_GIT_H
		#define PM_GIT_GIT_H
		#include "base/word.h"
		#endif
	EOF
	printf '#include "git/git.h"\n\n#include <errno.h>\n' >lib/git/private.h
	printf '#include "git/private.h"\n' >lib/git/git.c
	printf '#include "check/rules.def"\n' >lib/check/rules.c
	cat >lib/check/thing.c <<-'EOF'
		#include "git/git.h"

		int pm_thing_count(const char *text, size_t len)
		{
			return len ? pm_word(text) : 0;
		}
	EOF
	echo 'PM_RULE(some_rule)' >lib/check/rules.def
	cat >lib/check/rules/some_rule.c <<-'EOF'
		#define PM_RULE_DEFINE(name) const int pm_rule_##name
		PM_RULE_DEFINE(some_rule);
		/* .bad = "", .good = "" */
	EOF
	echo 'PM_COMMAND(show)' >cmd/commands.def
	cat >cmd/show.c <<-'EOF'
		#include "commands.def"
		#include "pm/thing.h"
		typedef int (*command)(const char *, size_t);
		#define PM_COMMAND_DEFINE(name) const command pm_cmd_##name
		PM_COMMAND_DEFINE(show) = pm_thing_count;
	EOF
	echo 'run 0 pm show cases/good' >tests/cli/0001-show.sh
	echo 'int main(void);' >tests/unit/test_word.c
	echo seed >tests/fuzz/corpus/doc/seed
	echo 'int fuzz;' >tests/fuzz/fuzz_doc.c
	echo '#!/bin/sh' >.ci/run
	printf 'all:\n\tcc -include lib/base/banned.h -c\n' >Makefile
	test "$1" != format || find . -name '*.[ch]' -exec clang-format -i {} +
}

# The good tree's own objects stand in for a build of it.
objects()
{
	rm -rf "$work/obj"
	compiled=0
	for file in lib/base/word.c lib/git/git.c lib/check/thing.c cmd/show.c; do
		mkdir -p "$work/obj/$(dirname "$file")"
		gcc -Iinclude -Ilib '-DPM_COMMAND(name)=' -c \
			-o "$work/obj/${file%.c}.o" "$file" || compiled=1
	done
	return $compiled
}

# lint SCRIPT: runs it on the tree.
lint()
{
	case $1 in
	layers)
		# What does not compile for a planted fault is told by its include.
		objects 2>/dev/null
		PM_BUILD=$work/obj sh "$here/$1.sh" "$work/tree"
		;;
	orphans)
		objects || exit 1
		PM_BUILD=$work/obj sh "$here/$1.sh" "$work/tree"
		;;
	*) sh "$here/$1.sh" "$work/tree" ;;
	esac >"$work/out" 2>&1
}

# content SCRIPT: nothing to say about the good tree.
content()
{
	good_tree "$1"
	lint "$1"
	verdict $? "$1: a good tree passes"
}

# fault SCRIPT WORDS WHAT: the tree, changed on stdin's orders, is refused with
# those words.
fault()
{
	good_tree "$1"
	. /dev/stdin
	if lint "$1"; then
		verdict 1 "$1: $3"
	else
		grep -q -e "$2" "$work/out"
		verdict $? "$1: $3"
	fi
}

content layers
fault layers 'may not include from check' 'an arrow that points up' <<'EOF'
echo '#include "check/thing.h"' >>lib/base/word.c
EOF
fault layers 'belongs in lib/git' 'a foreign header outside its adapter' <<'EOF'
echo '#include <git2/tree.h>' >>lib/check/thing.c
EOF
fault layers 'neither standard' 'a library nobody knows' <<'EOF'
echo '#include <curl/curl.h>' >>lib/git/git.h
EOF
fault layers 'only pm/ and its own' 'a command that looks into lib/' <<'EOF'
echo '#include "base/word.h"' >>cmd/show.c
EOF
fault layers 'is private to git' 'a borrowed private header' <<'EOF'
echo '#include "git/private.h"' >>lib/check/thing.c
EOF
fault layers 'stands below' 'a cycle in the list of edges' <<'EOF'
sed 's/^git: base/git: base check/' tests/lint/layers.txt >x
mv x tests/lint/layers.txt
EOF
fault layers 'base may not use pm_thing_open of git' 'a call past the edges' <<'EOF'
echo 'int pm_thing_open(void);' >>include/pm/thing.h
echo 'int pm_thing_open(void) { return 0; }' >>lib/git/git.c
sed '/return text/s/one/pm_thing_open()/' lib/base/word.c >x && mv x lib/base/word.c
EOF
fault layers 'check has no need of git' 'an edge that nobody needs' <<'EOF'
sed 's,git/git.h,base/word.h,' lib/check/thing.c >x && mv x lib/check/thing.c
EOF
fault layers 'not in layers.txt' 'a room of no layer' <<'EOF'
mkdir lib/new && echo 'int a;' >lib/new/a.c
EOF

content headers
fault headers 'does not compile alone' 'a header that leans on another' <<'EOF'
sed '/stddef/d' include/pm/thing.h >x && mv x include/pm/thing.h
EOF
fault headers 'does not compile alone' 'a header without a guard' <<'EOF'
echo 'struct twice { int a; };' >>include/pm/thing.h
EOF
fault headers 'without a comment' 'a public prototype without words' <<'EOF'
printf '\nint pm_other(int a);\n' >>include/pm/thing.h
EOF
if command -v "${CXX:-g++}" >/dev/null; then
	fault headers 'does not compile as C++' 'a word of C++ as a name' <<-'EOF'
		printf '/* A. */\nint pm_other(int new);\n' >>include/pm/thing.h
	EOF
	fault headers 'names of C++' 'a public header without extern "C"' <<-'EOF'
		sed '/cplusplus/,/endif/d' include/pm/thing.h >x && mv x include/pm/thing.h
	EOF
fi
for param in 'const char *' int 'struct pm_x' 'unsigned int' 'size_t[3]'; do
	fault headers 'without a name' "a nameless parameter: $param" <<-EOF
		printf '/* A. */\nstruct pm_x;int pm_b(int a, %s);\n' \
			'$param' >>include/pm/thing.h
	EOF
done

content sorted
fault sorted "'adb' stands where" 'a row out of order' <<'EOF'
printf '/* Sorted. */\nPM_W("add")\nPM_W("ask")\nPM_W("adb")\n' >lib/base/w.def
EOF
fault sorted "'add' stands where" 'a row that stands twice' <<'EOF'
printf '/* Words. Sorted by word. */\nPM_W("add", 1)\nPM_W("add", 2)\n' >lib/base/w.def
EOF
fault sorted "'ask' stands where" 'a second file that begins too early' <<'EOF'
printf '/* Sorted. */\nPM_W("add")\nPM_W("bid")\n' >lib/base/w.def
printf '/* What comes\n   behind w.def. */\nPM_W("ask")\n' >lib/base/w_b.def
EOF

content sizes
fault sizes 'long_one has 8[0-9] lines' 'a function of over 80 lines' <<'EOF'
{
	printf 'int long_one(\n\tint a)\n{\n'
	awk 'BEGIN { for (i = 0; i < 80; i++) print "\ta++;" }'
	printf '}\n'
} >>lib/base/word.c
EOF
fault sizes 'knot has complexity 22' 'a function of complexity 22' <<'EOF'
{
	printf 'int knot(int a)\n{\n'
	awk 'BEGIN { for (i = 0; i < 7; i++)
		print "\tif (a && a == \"if (a || b)\"[0] || a) /* if */ a++;" }'
	printf '}\n'
} >>lib/base/word.c
EOF
fault sizes 'limit 800' 'a file of over 800 lines' <<'EOF'
awk 'BEGIN { for (i = 0; i < 801; i++) print "" }' >>lib/base/word.c
EOF
fault sizes 'line of 105 columns' 'a line of over 100 columns' <<'EOF'
printf '\t\t\t\t\t\t\t\t\t\t\t\tint a, b;\n' >>lib/base/word.c
EOF

content banned
fault banned '"gmtime" is banned' 'a banned call behind the macro' <<'EOF'
printf '#undef gmtime\nint f(void)\n{\n\treturn gmtime(0) != 0;\n}\n' \
	>>lib/base/word.c
EOF
for call in 'printf("a")' 'exit(1)' 'getenv("HOME")' 'fputs("a", stderr)' \
	'time(NULL)'; do
	fault banned 'is banned here' "$call in lib/" <<-EOF
		printf 'void f(void)\n{\n\t%s;\n}\n' '$call' >>lib/base/word.c
	EOF
done
for state in 'static int counter;' 'int table[2] = {1, 2};' \
	'static const char *name = "a";' 'static struct pm_x last = {0};' \
	'static void (*hook)(int);'; do
	fault banned 'mutable state' "$state" <<-EOF
		echo '$state' >>lib/base/word.c
	EOF
done
fault banned 'mutable state: calls' 'a static local' <<'EOF'
printf 'int f(void)\n{\n\tstatic int calls;\n\treturn calls++;\n}\n' \
	>>lib/base/word.c
EOF
fault banned 'hides a return' 'a return in a macro' <<'EOF'
printf '#define TRY(x) \\\n\tif (x) \\\n\t\treturn 1\n' >>lib/base/word.h
EOF
fault banned 'unbalanced brace' 'half a block in a macro' <<'EOF'
printf '#define BEGIN do {\n' >>lib/base/word.h
EOF
fault banned 'banned: *strcpy' 'a banned call in a test' <<'EOF'
echo 'void f(char *a) { strcpy(a, ""); }' >>tests/unit/test_word.c
EOF

content orphans
fault orphans 'no row PM_RULE(lost)' 'a file without a row' <<'EOF'
sed 's/some_rule/lost/' lib/check/rules/some_rule.c >lib/check/rules/lost.c
EOF
fault orphans 'row gone has no file' 'a row without a file' <<'EOF'
echo 'PM_RULE(gone)' >>lib/check/rules.def
EOF
fault orphans 'defines no entry' 'a rule file that defines no rule' <<'EOF'
echo 'int a;' >lib/check/rules/other.c
EOF
fault orphans 'nobody includes it' 'a list that nothing reads' <<'EOF'
echo 'PM_MONTH(may)' >lib/base/months.def
EOF
fault orphans 'command show: no case' 'a command without a case' <<'EOF'
echo 'run 0 pm list cases/good' >tests/cli/0001-show.sh
EOF
fault orphans 'needs a bad example' 'a rule without its examples' <<'EOF'
sed /bad/d lib/check/rules/some_rule.c >x && mv x lib/check/rules/some_rule.c
EOF
fault orphans 'no test reads it' 'cases that no test reads' <<'EOF'
mkdir tests/cases/unread
EOF
fault orphans 'never run' 'a test that is never run' <<'EOF'
echo 'int main(void);' >tests/unit/word_test.c
EOF
fault orphans 'nor read by one' 'a script that is never run' <<'EOF'
echo ':' >tests/cli/show.sh
EOF
fault orphans 'no seeds' 'a fuzz entry without seeds' <<'EOF'
rm tests/fuzz/corpus/doc/seed
EOF
fault orphans 'pm_lonely has no user' 'an external function of one file' <<'EOF'
printf 'int pm_lonely(void)\n{\n\treturn 0;\n}\n' >>lib/base/word.c
EOF

# rows: the good tree with three hazards, two of them tested, one excused.
rows()
{
	good_tree hazards
	printf '# Words.\n1 a bad disk\n2 a bad moon\n3 a bad day\n' \
		>tests/hazards.txt
	printf '## The hazards\n\n| row | why |\n| --- | --- |\n%s\n' \
		'| 2 | there is no moon in here |' >tests/README.md
	printf "# hazard: 1\n# More words.\ntest_expect_success 'a' 'b'\n" \
		>tests/cli/0002-rows.sh
	printf '/* hazard: 3 */\nstatic void a(void **state)\n{\n}\n' \
		>>tests/unit/test_word.c
}

# row_fault WORDS WHAT: as fault, for the tree with hazards.
row_fault()
{
	rows
	. /dev/stdin
	if lint hazards; then
		verdict 1 "hazards: $2"
	else
		grep -q -e "$1" "$work/out"
		verdict $? "hazards: $2"
	fi
}

rows
lint hazards
verdict $? 'hazards: a good tree passes'
row_fault 'row 4 is named by no test' 'a row without a test' <<'EOF'
echo '4 a bad name' >>tests/hazards.txt
EOF
row_fault 'row 1 is named by no test' 'a test that lost its mark' <<'EOF'
sed 1d tests/cli/0002-rows.sh >x && mv x tests/cli/0002-rows.sh
EOF
row_fault 'row 2 is named by no test' 'a reason in another section' <<'EOF'
sed 's/## The/## Other/' tests/README.md >x && mv x tests/README.md
EOF
row_fault 'no reason is given' 'a row excused without a reason' <<'EOF'
echo '| 2 | no |' >>tests/README.md
EOF
row_fault 'row 3 has a test' 'a row excused although it has a test' <<'EOF'
echo '| 3 | it is not a bad day |' >>tests/README.md
EOF
row_fault 'row 7 is not in tests/hazards.txt' 'a row that nobody knows' <<'EOF'
sed 's/: 1/: 1 7/' tests/cli/0002-rows.sh >x && mv x tests/cli/0002-rows.sh
EOF
row_fault 'word.c:.*row 8 is not in' 'code that names a row nobody knows' <<'EOF'
echo '/* As in hazards.txt 1, 8. */' >>lib/base/word.c
EOF
row_fault '"x" is no row' 'a mark that is no number' <<'EOF'
sed 's/: 3/: 3 x/' tests/unit/test_word.c >x && mv x tests/unit/test_word.c
EOF
row_fault 'above no test' 'a mark above something else' <<'EOF'
sed 's/test_expect_success/echo/' tests/cli/0002-rows.sh >x
mv x tests/cli/0002-rows.sh
EOF
row_fault 'above no test' 'a mark at the end of a file' <<'EOF'
printf '# hazard: 1\n' >>tests/cli/0002-rows.sh
EOF
row_fault 'comes after row 3' 'a gap in the numbers' <<'EOF'
echo '5 a bad name' >>tests/hazards.txt
EOF
row_fault 'cannot be read' 'no list at all' <<'EOF'
rm tests/hazards.txt
EOF

# promises: the good tree whose README promises two things.
promises()
{
	good_tree security
	cat >README.md <<-'EOF'
		- Not an item.

		## Security

		- Words
		  over two lines.
		  <!-- held by: cli/0003-safe.sh: it is safe -->
		- More words.
		  <!-- held by: unit/test_word.c: test_safe -->

		## Other

		- Not an item.
	EOF
	echo "test_expect_success 'it is safe' '" >tests/cli/0003-safe.sh
	echo 'cmocka_unit_test(test_safe),' >>tests/unit/test_word.c
}

# promise_fault WORDS WHAT: as fault, for the tree with promises.
promise_fault()
{
	promises
	. /dev/stdin
	if lint security; then
		verdict 1 "security: $2"
	else
		grep -q -e "$1" "$work/out"
		verdict $? "security: $2"
	fi
}

promises
lint security
verdict $? 'security: a good tree passes'
promise_fault 'no test holds this' 'a promise without a test' <<'EOF'
sed '/0003-safe/d' README.md >x && mv x README.md
EOF
promise_fault 'no test holds this' 'a last promise without a test' <<'EOF'
sed '/test_safe/d' README.md >x && mv x README.md
EOF
promise_fault "no test 'it is safe'" 'a test that got another name' <<'EOF'
sed 's/safe/not safe/' tests/cli/0003-safe.sh >x && mv x tests/cli/0003-safe.sh
EOF
promise_fault "no test 'test_safe'" 'a test that is not run' <<'EOF'
sed '/test_safe/d' tests/unit/test_word.c >x && mv x tests/unit/test_word.c
EOF
promise_fault 'not "held by: FILE: TEST"' 'a mark of another form' <<'EOF'
sed 's/: it is safe//' README.md >x && mv x README.md
EOF
promise_fault 'no section' 'no promises at all' <<'EOF'
echo '# x' >README.md
EOF

content scripts
fault scripts 'SC2086\|SC2164\|SC2154' 'a careless script' <<'EOF'
printf '#!/bin/sh\ncd $1\nrm $nothing/*\n' >tests/careless.sh
EOF

if clang-format --version 2>/dev/null | grep -q 'version 14\.'; then
	content format
	fault format 'word.c:[0-9]*: not as' 'code in another shape' <<-'EOF'
		printf 'int  f( void ){return 0 ;}\n' >>lib/base/word.c
	EOF
fi

# The two that need the real program: its own tree, with the fault planted.
real_tree()
{
	rm -rf "$work/tree"
	mkdir "$work/tree"
	cd "$here/../.." || exit 1
	cp -R README.md .github cmd lib tests "$work/tree"/
	cd "$work/tree" || exit 1
}

# docs_fault WORDS WHAT: as fault, for docs.sh and the real tree.
docs_fault()
{
	real_tree
	. /dev/stdin
	if sh "$here/docs.sh" "$work/tree" >"$work/out" 2>&1; then
		verdict 1 "docs: $2"
	else
		grep -q -e "$1" "$work/out"
		verdict $? "docs: $2"
	fi
}

docs_fault 'command table' 'a summary edited in README alone' <<'EOF'
awk '/^\| .pm/ && !done { sub(/ \|$/, " well |"); done = 1 } { print }' \
	README.md >x && mv x README.md
EOF
docs_fault 'session' 'a session that no longer runs so' <<'EOF'
awk '{ print } /^\$ pm check/ && !done { print "all is well"; done = 1 }' \
	README.md >x && mv x README.md
EOF
docs_fault 'mandoc' 'a page that mandoc warns about' <<'EOF'
for page in cmd/man/*.[57]; do
	printf '.Sh NO SUCH SECTION\n.Xx\n' >>"$page"
done
EOF
docs_fault 'does not say what lib/bar/ is' 'a room that CONTRIBUTING.md lacks' <<'EOF'
mkdir lib/bar
EOF
docs_fault 'names lib/check/rules.def' 'a file that CONTRIBUTING.md names is gone' <<'EOF'
rm lib/check/rules.def
EOF
docs_fault 'no such command' 'a command in README that pm does not have' <<'EOF'
printf '\n```sh\npm frobnicate\n```\n' >>README.md
EOF

# liar WORDS WHAT: as docs_fault, with a pm that prints on stdin's orders.
liar()
{
	real_tree
	mkdir -p "$work/liar"
	{
		echo '#!/bin/sh'
		echo "real=$PM_BUILD/pm"
		cat
		echo 'exec "$real" "$@"'
	} >"$work/liar/pm"
	chmod +x "$work/liar/pm"
	if PM_BUILD=$work/liar sh "$here/docs.sh" "$work/tree" \
		>"$work/out" 2>&1; then
		verdict 1 "docs: $2"
	else
		grep -q -e "$1" "$work/out"
		verdict $? "docs: $2"
	fi
}

liar 'lacks what --help says: .*one more' 'help that the manual lacks' <<'EOF'
case "$*" in
"check --help" | "help check")
	"$real" "$@" | sed 's/what is staged/& and one more/'
	exit ;;
esac
EOF
liar 'completion for fish lacks --staged' 'a completion without an option' <<'EOF'
case "$*" in
"completion fish") "$real" "$@" | sed 's/staged/stage/g' && exit ;;
esac
EOF

MAKEARGS="HDRDIR=$work/elsewhere" sh "$here/install.sh" >"$work/out" 2>&1
test $? != 0 && grep -q 'not installed: /usr/include' "$work/out"
verdict $? 'install: headers that go elsewhere'
MAKEARGS="LIBS_REST=-lpthread" sh "$here/install.sh" >"$work/out" 2>&1
test $? != 0 && grep -q 'client cannot be built' "$work/out"
verdict $? 'install: a pm.pc that lacks libraries'

# A unit test that skips, as cmocka tells it, where nothing excuses it.
mkdir -p "$work/plain-x"
printf '#!/bin/sh\nprintf "not ok 1 # SKIP a\\nok 2 - b\\n1..2\\n"\n' >"$work/test_skips"
chmod +x "$work/test_skips"
(cd "$here/../.." && sh tests/prove.sh "$work/plain-x" 1 "$work/test_skips") >"$work/out" 2>&1
test $? != 0 && grep -q 'not ok 1 - skipped without an excuse: a' "$work/out"
verdict $? 'prove: a unit test that skips'
(cd "$here/../.." && PM_WRAP='env' sh tests/prove.sh "$work/plain-x" 1 "$work/test_skips") \
	>"$work/out" 2>&1
verdict $? 'prove: one that may'

echo "1..$count"
test $failed = 0
