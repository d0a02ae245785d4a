#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# What the compiler cannot refuse: calls that base/banned.h bans, in places its
# macros do not reach; printing, leaving and reading the environment in lib/;
# the clock outside of the context; mutable state at file scope or in a static
# local; a macro that hides a return, a goto or half a block.
#
# usage: banned.sh [TOP]

set -u
LC_ALL=C
export LC_ALL
here=$(cd "$(dirname "$0")" && pwd)
cd "${1:-$here/../..}" || exit 1
bad=0

# "FILE WORD": why this one file may, in a comment above it.
allowed='
# out of memory reports and aborts, here alone
lib/base/alloc.c abort
lib/base/alloc.c stderr
lib/base/alloc.c fputs
lib/base/alloc.c fprintf
# memory comes from there; what else may be refused is not looked at everywhere
lib/base/alloc.c calloc
lib/base/alloc.c realloc
# libgit2 looks itself at what is too large for anybody
lib/git/memory.c realloc
# an arena without a callback at its ceiling does the same
lib/base/arena.c abort
# a forked child leaves without the handlers of its parent
lib/base/pool.c _exit
lib/base/pool_worker.c _exit
lib/base/process.c _exit
# a program that is run gets our environment; it is passed on, not read
lib/base/process.c environ
# how old a lock is, by the clock that stamped it
lib/git/lock.c CLOCK_REALTIME
# how long nobody has written the index, by the same clock
lib/index/glance.c CLOCK_REALTIME
# the context asks for the time once
lib/base/context.c time
lib/base/context.c CLOCK_REALTIME
# cmark-gfm calls its allocator without saying for whom
lib/markdown/memory.c arena_in_use
# and so does libyaml
lib/yaml/memory.c arena_in_use
lib/yaml/memory.c arena_was_asked
# nor does libgit2 keep anything for whoever unpacks an object
lib/git/inflate.c kept
# where memory is refused, zlib goes on with what it has
lib/git/inflate.c malloc
# a signal handler is given its number only
cmd/terminal.c pager_in_use
# what an unallocated buffer points at: not const because the pointer is not,
# never written
lib/base/buf.c pm_buf_empty
'

calls=$(sed -n 's/^#undef \([a-z]*\)$/\1/p' lib/base/banned.h | tr '\n' ' ')
in_lib='exit _exit _Exit quick_exit abort printf vprintf puts putchar putc
	fputs fputc fprintf vfprintf perror psignal stdout stderr getenv
	secure_getenv setenv unsetenv putenv environ time CLOCK_REALTIME
	gettimeofday setlocale malloc calloc realloc strdup strndup asprintf'

for file in $(find include lib cmd -name '*.[ch]' ! -name banned.h | sort); do
	awk -f "$here/strip.awk" "$file" | awk -v file="$file" \
		-v calls="$calls" -v in_lib="$in_lib" -v allowed="$allowed" '
	function fault(line, text)
	{
		printf "%s:%d: %s\n", file, line, text
		bad = 1
	}

	# Words that stand for a call or an object: not a member, not a
	# declaration of a variable of that name.
	function check_words(text,    word, before, after)
	{
		while (match(text, /[A-Za-z_][A-Za-z_0-9]*/)) {
			word = substr(text, RSTART, RLENGTH)
			before = substr(text, 1, RSTART - 1)
			text = substr(text, RSTART + RLENGTH)
			after = text
			if (!(word in banned) || (file, word) in pass)
				continue
			if (before ~ /(\.|->) *$/)
				continue
			if (banned[word] == "call" && after !~ /^ *\(/)
				continue
			fault(FNR, "\"" word "\" is banned here")
		}
	}

	# A declaration that ended at file scope, or a static one in a function.
	function check_state(text, line,    name, head)
	{
		gsub(/[ \t]+/, " ", text)
		sub(/^ +/, "", text)
		if (text ~ /^(typedef|extern|#|_Static_assert|enum) ?/ ||
			text ~ /^(struct|union) [A-Za-z_0-9]* ?(\{|;)/)
			return
		head = text
		sub(/ ?=.*/, "", head)
		sub(/ ?\{.*/, "", head)
		sub(/;.*/, "", head)
		if (head ~ /^[A-Za-z_0-9 *]*\( ?\*/ &&
			match(head, /\( ?\* ?(const )?[a-z_0-9\[\]]+ ?\)/))
			head = substr(head, RSTART + 1, RLENGTH - 2)
		if (head == "" || head ~ /\)$/ || head ~ /\) (PM_[A-Z_]*|__attribute__)/)
			return
		name = head
		gsub(/\[[^]]*\]/, "", name)
		sub(/ +$/, "", name)
		sub(/.*[ *]/, "", name)
		if ((file, name) in pass)
			return
		if (head ~ /\*/) {
			sub(/.*\*/, "", head)
			head = " " head
		}
		if ((" " head) !~ / const /)
			fault(line, "mutable state: " name)
	}

	function check_macro(text, line)
	{
		if (text ~ /(^|[^A-Za-z_0-9])(return|goto)([^A-Za-z_0-9]|$)/)
			fault(line, "a macro hides a return or goto")
		if (gsub(/\{/, "", text) != gsub(/\}/, "", text))
			fault(line, "a macro with an unbalanced brace")
	}

	BEGIN {
		n = split(calls, word, " ")
		for (i = 1; i <= n; i++)
			banned[word[i]] = "call"
		n = file ~ /^lib\// ? split(in_lib, word, /[ \n\t]+/) : 0
		for (i = 1; i <= n; i++)
			banned[word[i]] = "call"
		if (n)
			banned["stdout"] = banned["stderr"] = \
				banned["environ"] = \
				banned["CLOCK_REALTIME"] = "object"
		n = split(allowed, row, "\n")
		for (i = 1; i <= n; i++)
			if (split(row[i], word, " ") == 2 && row[i] !~ /^#/)
				pass[word[1], word[2]] = 1
	}

	# A macro with its continuation lines.
	macro != "" || /^[ \t]*#[ \t]*define/ {
		if (macro == "")
			macro_line = FNR
		macro = macro " " $0
		if ($0 ~ /\\$/)
			next
		sub(/^ *#[ \t]*define +[A-Za-z_0-9]+/, "", macro)
		check_macro(macro, macro_line)
		check_words(macro)
		macro = ""
		next
	}
	directive || /^[ \t]*#/ {
		directive = $0 ~ /\\$/
		next
	}

	{
		check_words($0)
		line = $0
		if (depth == 0) {
			if (text == "")
				start = FNR
			text = text " " line
		} else if (line ~ /^[ \t]*static / && line !~ /\(.*\)[ \t]*$/) {
			check_state(substr(line, index(line, "static")), FNR)
		}
		depth += gsub(/\{/, "{", line) - gsub(/\}/, "}", line)
		if (depth == 0 && text ~ /^ *$/)
			text = ""
		if (depth == 0 && line ~ /(;|\})[ \t]*$/) {
			check_state(text, start)
			text = ""
		}
	}
	END { exit bad }
	' || bad=1
done

# The same calls in the tests, the benchmarks and the fuzz entries.
for file in $(find tests -name '*.[ch]' | sort); do
	awk -f "$here/strip.awk" "$file" | awk -v file="$file" -v calls="$calls" '
	BEGIN { gsub(/ +$/, "", calls); gsub(/ /, "|", calls) }
	match($0, "(^|[^A-Za-z_0-9.>])(" calls ") *\\(") {
		printf "%s:%d: banned: %s\n", file, FNR,
			substr($0, RSTART, RLENGTH)
		bad = 1
	}
	END { exit bad }
	' || bad=1
done
exit $bad
