#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Every include is an edge that layers.txt allows, arrows point one way, other
# rooms see only what a room shows them, and a third-party header stands only
# in its adapter.
#
# usage: layers.sh [TOP]

set -u
LC_ALL=C
export LC_ALL
cd "${1:-$(dirname "$0")/../..}" || exit 1

# shellcheck disable=SC2016 # awk's own dollars
find include lib cmd \( -name '*.[ch]' -o -name '*.def' \) | sort |
	xargs awk '
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
		"glob immintrin inttypes langinfo limits link locale math poll " \
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
	adapter["jansson.h"] = adapter["jansson"] = "json"
	read_edges()
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

END { exit bad }
'
