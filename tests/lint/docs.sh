#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# What is written about pm is what pm says: README's command table and session,
# the rooms in CONTRIBUTING.md, the manual pages against "pm CMD --help", the
# completions against both, and mandoc's opinion of every page.
#
# usage: docs.sh [TOP]
#	PM_BUILD holds pm

set -u
LC_ALL=C
export LC_ALL
here=$(cd "$(dirname "$0")" && pwd)
: "${PM_BUILD:=$here/../../build}"
PM_BUILD=$(cd "$PM_BUILD" && pwd)
export PM_BUILD
pm=$PM_BUILD/pm
cd "${1:-$here/../..}" || exit 1
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
bad=0

# agree WHAT WANTED GOT: two files hold the same.
agree()
{
	diff -u "$2" "$3" >"$tmp/diff" && return
	echo "$1 (- as written, + as pm has it):"
	sed 1,2d "$tmp/diff"
	bad=1
}

# --- README
sed -n '/^| `pm /p' README.md >"$tmp/written"
"$pm" help --table | sed -n '/^| `pm /p' >"$tmp/printed"
test -s "$tmp/printed" || {
	echo "pm help --table prints no rows"
	bad=1
}
agree 'README: command table' "$tmp/written" "$tmp/printed"

# The id of a commit follows every change of the shipped settings: any will do.
ids='s/^\[[0-9a-f]\{7,\}\]/[id]/'
# shellcheck disable=SC2016 # backquotes of Markdown's
sed -n -e "$ids" -e '/^```console$/,/^```$/p' README.md >"$tmp/written"
sh "$here/../session.sh" README.md | sed "$ids" >"$tmp/printed"
agree 'README: session' "$tmp/written" "$tmp/printed"

# Every command that README and the hand-written pages name exists.
"$pm" help --table | sed -n 's/^| `pm \([a-z]*\).*/\1/p' | sort >"$tmp/names"
# shellcheck disable=SC2016 # a backquote of Markdown's
cat README.md cmd/man/*.[57] 2>/dev/null |
	sed 's/\\-/-/g' |
	grep -oE '(^|`|"|[$] )pm [a-z]+' | sed 's/.*pm //' |
	sort -u | comm -23 - "$tmp/names" >"$tmp/unknown"
while read -r name; do
	echo "README or a manual speaks of 'pm $name': no such command"
	bad=1
done <"$tmp/unknown"

# --- CONTRIBUTING.md: every room, and every file that it names
for room in lib/*/; do
	room=$(basename "$room")
	grep -qE "\`(lib/)?$room/" .github/CONTRIBUTING.md || {
		echo "CONTRIBUTING.md does not say what lib/$room/ is"
		bad=1
	}
done
grep -oE '`[a-z]+/[a-z/_]+[.][a-z]+`' .github/CONTRIBUTING.md | tr -d '`' >"$tmp/files"
while read -r file; do
	test -e "$file" || test -e "lib/$file" || {
		echo "CONTRIBUTING.md names $file, which is not there"
		bad=1
	}
done <"$tmp/files"

# --- manual pages: mandoc has nothing to say, and they hold what --help says
mkdir "$tmp/man"
"$pm" help --man >"$tmp/man/pm.1" || bad=1
while read -r name; do
	"$pm" help --man "$name" >"$tmp/man/pm-$name.1" || bad=1
done <"$tmp/names"
for page in cmd/man/*.[1-9]; do
	test -e "$page" && cp "$page" "$tmp/man/"
done
for page in "$tmp"/man/*; do
	mandoc -T lint -W warning "$page" >"$tmp/lint" || bad=1
	sed "s|^mandoc: $tmp/man/|mandoc: |" "$tmp/lint"
done

# A page as one line of words, so that layout does not matter; <value> in the
# help is a word in italics there.
flat()
{
	mandoc -T ascii -O width=1000 "$1" | col -b | tr '\n<>' '   ' |
		tr -s ' \t' ' '
}

# What --help says, a line for each thing said: a paragraph, an option with its
# help, an exit status, an example, its explanation. Those of every command are
# marked with a tab: they stand in pm(1).
things()
{
	awk '
	function say()
	{
		gsub(/[<>]/, " ", text)
		gsub(/[ \t]+/, " ", text)
		sub(/^ /, "", text)
		sub(/ $/, "", text)
		if (text != "")
			print (part == "options of every command" ? "\t" : "") text
		text = ""
	}
	/^(usage:|pm [a-z]+ - )/ { next }
	/^$/ { say(); next }
	/^[a-z][a-z ]*$/ { say(); part = $0; next }
	part ~ /^(options|exit)/ && /^    [^ ]/ { say() }
	part == "examples" && /^    [^ ]/ { say(); text = $0; say(); next }
	{ text = text " " $0 }
	END { say() }
	' "$1"
}
flat "$tmp/man/pm.1" >"$tmp/main-page"
while read -r name; do
	flat "$tmp/man/pm-$name.1" >"$tmp/page"
	"$pm" "$name" --help >"$tmp/help" || bad=1
	"$pm" help "$name" >"$tmp/help2" || bad=1
	cmp -s "$tmp/help" "$tmp/help2" || {
		echo "pm $name --help and pm help $name differ"
		bad=1
	}
	things "$tmp/help" >"$tmp/things"
	test "$(wc -l <"$tmp/things")" -ge 8 || {
		echo "pm $name --help says too little to compare"
		bad=1
	}
	while IFS= read -r thing; do
		page=$tmp/page
		case $thing in
		'	'*) page=$tmp/main-page ;;
		esac
		grep -qF -e "${thing#	}" "$page" || {
			echo "pm-$name.1 lacks what --help says: ${thing#	}"
			bad=1
		}
	done <"$tmp/things"
done <"$tmp/names"

# --- completions know every command and every option
for shell in bash zsh fish; do
	"$pm" completion $shell >"$tmp/$shell" || bad=1
	while read -r name; do
		grep -qw -e "$name" "$tmp/$shell" || {
			echo "completion for $shell lacks the command $name"
			bad=1
		}
		for option in $("$pm" "$name" --help |
			sed -n 's/^    .*--\([a-z-]*\).*/\1/p'); do
			grep -qw -e "$option" "$tmp/$shell" || {
				echo "completion for $shell lacks --$option"
				bad=1
			}
		done
	done <"$tmp/names"
done
exit $bad
