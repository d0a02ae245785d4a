#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Writes the libraries that pm is linked with into a file: the static archives
# with lib/git/nonet.c in place of libgit2's network code where a trial program
# made of them links and runs, the shared libraries everywhere else. The first
# starts ten times faster; lib/git/nonet.c has the reason. Of two archives copies
# are linked that call pm: libyaml's takes its memory from lib/yaml/memory.c,
# libgit2's has its objects unpacked by lib/git/inflate.c and opens files by
# lib/git/pipe.c.
#
# Programs of tests are linked so, because they need shared libraries of their
# own. OUT.whole is for pm itself: with the C library linked statically as well
# where that works, for a process without a dynamic linker starts in two thirds
# of the time. The sanitizers have to be between a program and its C library; gcc
# links them statically, at a fixed address, where that works: of ten thousand
# starts that the tests make each takes a quarter less.
#
# usage: link.sh OUT NONET.c CC [FLAG...]
#	STATIC=0 asks for shared libraries; PKGS and REST name them

set -eu
out=$1 nonet=$2
shift 2
log=$out.log
archives='git2 cmark-gfm-extensions cmark-gfm yaml sqlite3 nettle http_parser pcre2-8
	z deflate'

# Prints the archives' paths; fails at the first that the compiler lacks.
find_archives()
{
	for lib in $archives; do
		path=$("$@" -print-file-name="lib$lib.a")
		case $path in
		/*) printf ' %s' "$path" ;;
		*) echo "lib$lib.a is not installed" >&2 && return 1 ;;
		esac
	done
}

# trial LIBS CC [FLAG...]: links a program with the libraries, and runs it.
trial()
{
	trial=$1
	shift
	# shellcheck disable=SC2086 # a list of arguments
	"$@" -o "$out.trial" -x c - -x none $trial <<-'EOF' || return 1
		#include <cmark-gfm-core-extensions.h>
		#include <git2.h>
		#include <libdeflate.h>
		#include <nettle/sha2.h>
		#include <sqlite3.h>
		#include <yaml.h>
		int main(void)
		{
			yaml_parser_t yaml;
			sqlite3 *db;
			struct sha256_ctx sha;
			cmark_gfm_core_extensions_ensure_registered();
			sha256_init(&sha);
			if (git_libgit2_init() < 1 ||
				sqlite3_open(":memory:", &db) != SQLITE_OK ||
				!yaml_parser_initialize(&yaml) ||
				!libdeflate_alloc_decompressor())
				return 1;
			return 0;
		}
	EOF
	ASAN_OPTIONS=detect_leaks=0 "$out.trial"
}

# Compiles the stub, tries it with the archives.
try_static()
{
	found=$(find_archives "$@") || return 1
	rm -f "$out".*.a
	"$@" -c -o "$out.nonet.o" "$nonet" || return 1
	libs="$out.nonet.o$found -lpthread -lm"
	trial "$libs" "$@"
}

# With the C library as well. Whoever calls a function of it that would load
# another library at run time is warned: lib/git/nonet.c stands in for those.
try_whole()
{
	whole="-static-pie -Wl,-z,pack-relative-relocs -Wl,--fatal-warnings $libs"
	for name in dlopen getaddrinfo getpwuid_r; do
		whole="-Wl,--wrap=$name $whole"
	done
	trial "$whole" "$@"
}

# The sanitizers in the program, which need not move itself to where it is.
try_fixed()
{
	fixed="-no-pie -static-libasan -static-libubsan $libs"
	trial "$fixed" "$@" && libs=$fixed whole=$fixed
}

# copy NAME OPTION...: puts a copy of an archive, with other names of what it
# calls, into the lists.
copy()
{
	name=$1
	shift
	# shellcheck disable=SC2086 # a list of paths
	from=$(printf '%s\n' $found | grep "/lib$name\.a$")
	objcopy "$@" "$from" "$out.$name.a" || return 0
	libs=$(echo "$libs" | sed "s, $from , $out.$name.a ,")
	whole=$(echo "$whole" | sed "s, $from , $out.$name.a ,")
}

# Nothing else in libpm.a, which stands before libgit2, asks for its functions.
own_files()
{
	copy git2 --redefine-sym inflate=pm_git_inflate \
		--redefine-sym open=pm_git_open
	test -e "$out.git2.a" || return 0
	libs="-Wl,-u,pm_git_inflate -Wl,-u,pm_git_open $libs"
	whole="-Wl,-u,pm_git_inflate -Wl,-u,pm_git_open $whole"
}

own_memory()
{
	copy yaml --redefine-sym malloc=pm_yaml_malloc \
		--redefine-sym realloc=pm_yaml_realloc \
		--redefine-sym strdup=pm_yaml_strdup \
		--redefine-sym free=pm_yaml_free
}

# note WHAT: says that it starts slower than it could.
note()
{
	echo "  note: linking $1 ($log says why)"
}

# shellcheck disable=SC2086 # a list of names
shared="$(pkg-config --libs $PKGS) $REST"
case "$*" in
*-fsanitize*) kind=sanitized ;;
*--coverage*) kind=counted ;;
*) kind=plain ;;
esac
if test "$STATIC" = 0; then
	libs=$shared whole=$shared
elif try_static "$@" >"$log" 2>&1; then
	whole=$libs
	if test $kind = plain && ! try_whole "$@" >>"$log" 2>&1; then
		note 'a shared C library'
		whole=$libs
	fi
	# clang does the first by itself, and knows no such options.
	test $kind != sanitized || try_fixed "$@" >>"$log" 2>&1 || :
	own_files >>"$log" 2>&1
	# The sanitizers watch the C library's memory.
	test $kind = sanitized || own_memory >>"$log" 2>&1
else
	note 'shared libraries'
	libs=$shared whole=$shared
fi
rm -f "$out.trial"
echo "$whole" >"$out.whole"
echo "$libs" >"$out.new"
mv "$out.new" "$out"
