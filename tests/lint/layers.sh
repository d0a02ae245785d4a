#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Every include is an edge that layers.txt allows, and so is every call, which
# a public header would hide; arrows point one way, other rooms see only what a
# room shows them, a third-party header stands only in its adapter, and no edge
# is allowed that nobody needs.
#
# usage: layers.sh [TOP]
#	PM_BUILD holds the objects of the library

set -u
LC_ALL=C
export LC_ALL
top=${1:-$(dirname "$0")/../..}
test -z "${PM_BUILD-}" || PM_BUILD=$(cd "$PM_BUILD" && pwd)
cd "$top" || exit 1
: "${PM_BUILD:=$PWD/build/plain-gcc}"
symbols=$(mktemp) || exit 1
trap 'rm -f "$symbols"' EXIT

# An object whose source is gone is no witness.
find "$PM_BUILD/lib" -name '*.o' 2>/dev/null | sort | while read -r object
do
	source=${object#"$PM_BUILD"/}
	test -e "${source%.o}.c" && echo "$object"
done | xargs -r nm -A -g -P | sed "s|^$PM_BUILD/||; s|\.o: |.c |" >"$symbols"
test -s "$symbols" || {
	echo "$PM_BUILD: no objects to look at (run make first)"
	exit 1
}

# shellcheck disable=SC2016 # awk's own dollars
{
	find include lib cmd \( -name '*.[ch]' -o -name '*.def' \) | sort
	echo "$symbols"
} | xargs awk -v symbols="$symbols" '
function fault(text)
{
	printf "%s:%d: %s\n", FILENAME, FNR, text
	bad = 1
}

# lib/doc/front.c -> doc, include/pm/doc.h -> pm, cmd/new.c -> cmd
function room_of(path,    part)
{
	split(path, part, "/")
	return part[1] == "lib" ? part[2] : part[1] == "include" ? "pm" : "cmd"
}

function read_edges(    line, name, n, i, word)
{
	while ((getline line < "tests/lint/layers.txt") > 0) {
		sub(/#.*/, "", line)
		if (line !~ /:/)
			continue
		n = split(line, word, /[: \t]+/)
		name = word[1]
		for (i = 2; i <= n; i++) {
			if (word[i] == "")
				continue
			if (name == "shared") {
				shared[word[i]] = 1
			} else if (!(word[i] in known)) {
				printf "layers.txt: %s may not see %s, " \
					"which stands below it\n", name, word[i]
				bad = 1
			} else {
				edge[name, word[i]] = 1
			}
		}
		known[name] = 1
	}
}

# What a room shows to others: lib/<room>/<room>.h, or what layers.txt names.
function shows(target,    part)
{
	split(target, part, "/")
	return part[2] == part[1] ".h" || target in shared || part[1] "/*" in shared
}

function check_quoted(from, target,    part)
{
	split(target, part, "/")
	if (part[1] == "pm" || (from == "cmd" && target !~ /\//))
		return
	if (target ~ /^gen\//)
		return
	if (from == "pm" || from == "cmd")
		fault(from " may not include \"" target "\" (only pm/ and its own)")
	else if (target !~ /\//)
		fault("write the directory: \"" from "/" target "\"")
	else if (part[1] == from)
		return
	else if (!((from, part[1]) in edge))
		fault(from " may not include from " part[1] ": \"" target "\"")
	else if (!shows(target))
		fault("\"" target "\" is private to " part[1])
	needed[from, part[1]] = 1
}

# FILE NAME TYPE ...: what an object defines or wants.
function note_symbol()
{
	if ($3 == "U")
		wants[$1, $2] = 1
	else
		owner[$2] = room_of($1)
}

function check_calls(    pair, word, from)
{
	for (pair in wants) {
		split(pair, word, SUBSEP)
		from = room_of(word[1])
		if (!(word[2] in owner) || owner[word[2]] == from)
			continue
		needed[from, owner[word[2]]] = 1
		if ((from, owner[word[2]]) in edge)
			continue
		printf "%s: %s may not use %s of %s\n", word[1], from,
			word[2], owner[word[2]]
		bad = 1
	}
}

function check_needed(    pair, word)
{
	for (pair in edge) {
		split(pair, word, SUBSEP)
		if (pair in needed)
			continue
		printf "layers.txt: %s has no need of %s\n", word[1], word[2]
		bad = 1
	}
}

function check_angle(from, target)
{
	if (target in standard)
		return
	if (target ~ /^(sys|linux|netinet|arpa)\//)
		return
	if (target in adapter || target ~ /^(git2|cmark-gfm|nettle)/) {
		sub(/[-_\/.].*/, "", target)
		if (from != adapter[target])
			fault("<" target "...> belongs in lib/" adapter[target] "/ only")
		return
	}
	fault("<" target "> is neither standard nor of a known library")
}

BEGIN {
	n = split("assert ctype dirent endian errno fcntl float fnmatch getopt " \
		"glob immintrin inttypes langinfo limits link locale malloc math poll " \
		"pthread pwd sched setjmp signal spawn stdalign stdarg " \
		"stdatomic stdbool stddef stdint stdio stdlib string strings " \
		"termios time unistd wchar", word, " ")
	for (i = 1; i <= n; i++)
		standard[word[i] ".h"] = 1
	adapter["git2"] = "git"
	adapter["cmark"] = "markdown"
	adapter["yaml.h"] = adapter["yaml"] = "yaml"
	adapter["sqlite3.h"] = adapter["sqlite3"] = "sql"
	adapter["nettle"] = "base"
	adapter["zlib.h"] = adapter["zlib"] = "git"
	adapter["libdeflate.h"] = adapter["libdeflate"] = "git"
	adapter["jansson.h"] = adapter["jansson"] = "json"
	read_edges()
}

FILENAME == symbols {
	note_symbol()
	next
}

FNR == 1 {
	from = room_of(FILENAME)
	if (from != "pm" && from != "cmd" && !(from in known))
		fault("room " from " is not in layers.txt")
}

/^[ \t]*#[ \t]*include[ \t]*["<]/ {
	target = $0
	quoted = target ~ /include[ \t]*"/
	sub(/^[^"<]*["<]/, "", target)
	sub(/[">].*/, "", target)
	if (quoted)
		check_quoted(from, target)
	else
		check_angle(from, target)
}

END {
	check_calls()
	check_needed()
	exit bad
}
'
