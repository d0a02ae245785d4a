#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Writes the libraries that pm is linked with into a file: the static archives
# with lib/git/nonet.c in place of libgit2's network code where a trial program
# made of them links and runs, the shared libraries everywhere else. The first
# starts ten times faster; lib/git/nonet.c has the reason. Of libyaml's archive
# a copy is linked that takes its memory from pm (OUT.yaml.a).
#
# Programs of tests are linked so, because they need shared libraries of their
# own. OUT.whole is for pm itself: with the C library linked statically as well
# where that works, for a process without a dynamic linker starts in two thirds
# of the time. The sanitizers have to be between a program and its C library.
#
# usage: link.sh OUT NONET.c CC [FLAG...]
#	STATIC=0 asks for shared libraries; PKGS and REST name them

set -eu
out=$1 nonet=$2
shift 2
log=$out.log
archives='git2 cmark-gfm-extensions cmark-gfm yaml sqlite3 nettle http_parser pcre2-8 z'

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
				!yaml_parser_initialize(&yaml))
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
	"$@" -c -o "$out.nonet.o" "$nonet" || return 1
	libs="$out.nonet.o$found -lpthread -lm"
	trial "$libs" "$@"
}

# With the C library as well. Whoever calls a function of it that would load
# another library at run time is warned: lib/git/nonet.c stands in for those.
try_whole()
{
	case "$*" in
	*-fsanitize* | *--coverage*) return 1 ;;
	esac
	whole="-static-pie -Wl,--fatal-warnings $libs"
	for name in dlopen getaddrinfo getpwuid_r; do
		whole="-Wl,--wrap=$name $whole"
	done
	trial "$whole" "$@"
}

# Puts a copy of libyaml into the list that takes its memory from
# lib/yaml/memory.c. The sanitizers watch the C library's memory, so they get
# it as it is.
own_memory()
{
	case "$*" in
	*-fsanitize*) return ;;
	esac
	yaml=$("$@" -print-file-name=libyaml.a)
	objcopy --redefine-sym malloc=pm_yaml_malloc \
		--redefine-sym realloc=pm_yaml_realloc \
		--redefine-sym strdup=pm_yaml_strdup \
		--redefine-sym free=pm_yaml_free "$yaml" "$out.yaml.a" || return 0
	libs=$(echo "$libs" | sed "s, $yaml , $out.yaml.a ,")
	whole=$(echo "$whole" | sed "s, $yaml , $out.yaml.a ,")
}

# shellcheck disable=SC2086 # a list of names
shared="$(pkg-config --libs $PKGS) $REST"
if test "$STATIC" = 0; then
	libs=$shared whole=$shared
elif try_static "$@" >"$log" 2>&1; then
	try_whole "$@" >>"$log" 2>&1 || whole=$libs
	own_memory "$@" >>"$log" 2>&1
else
	echo "  note: linking shared libraries ($log says why)"
	libs=$shared whole=$shared
fi
rm -f "$out.trial"
echo "$whole" >"$out.whole"
echo "$libs" >"$out.new"
mv "$out.new" "$out"
