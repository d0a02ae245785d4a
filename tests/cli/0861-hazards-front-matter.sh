#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pathological YAML is told at its line, in bounded time'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

DOC=postmortems/2026-01-01-bad.md

# front: a document whose front matter is on stdin.
front()
{
	{ echo --- && cat && printf '\n---\n# Plain\n'; } >$DOC
}

# told TEXT...: the check is made within three seconds of processor time, says
# these, and checks the good document as well.
# shellcheck disable=SC3045 # not POSIX, and in every shell there is
told()
{
	(
		ulimit -t 3
		exec pm check >out 2>err
	)
	test $? -le 1 && has err '2 documents' && has out 2026-11-22-good.md || return 1
	for text
	do
		has out "$DOC:$text" || return 1
	done
}

# value FIELD WANT: what pm reads in the bad document.
value()
{
	run 0 pm show --format json bad && test "$(jq -r ".$1" out)" = "$2"
}

test_expect_success 'a repository with a good document' '
	make_repo repo && cd repo && doc 2026-11-22-good </dev/null
'

# hazard: 100
test_expect_success 'brackets without end' '
	awk "BEGIN { printf \"a: \"; for (i = 0; i < 32000; i++) printf \"[\" }" | front &&
	told "2:19: error: lists and maps are nested more than 16 deep" &&
	awk "BEGIN { printf \"a: \"; for (i = 0; i < 6000; i++) printf \"{\\\"a\\\":\" }" |
		front && told "2:79: error: lists and maps are nested more than 16 deep"
'

# hazard: 101
test_expect_success 'thousands of anchors' '
	awk "BEGIN { for (i = 0; i < 20000; i++) print \"k: &a v\" }" | front &&
	told "2:1: error: " && has out "bytes of YAML; pm reads at most 32768" &&
	awk "BEGIN { for (i = 0; i < 2000; i++) print \"k\" i \": &a v\" }" | front &&
	told "2:5: error: '\''&a'\'': anchors are not part of pm"
'

# hazard: 102
test_expect_success 'a bomb of aliases, and one that holds itself' '
	{
		echo "a: &a [x,x,x,x,x,x,x,x,x]" && last=a &&
		for name in b c d e f g h i j k
		do
			echo "$name: &$name [$(printf "*$last,%.0s" 1 2 3 4 5 6 7 8)*$last]"
			last=$name
		done
	} | front &&
	told "2:4: error: '\''&a'\'': anchors are" "3:8: error: '\''*a'\'': aliases are" &&
	echo "a: &a [*a]" | front && told "2:8: error: '\''*a'\'': aliases are" &&
	printf "x: &x {y: 1}\n<<: *x\n" | front && told "3:1: error: merge keys are"
'

# hazard: 103
test_expect_success 'a key that stands twice names both lines' '
	printf "severity: SEV1\ntitle: x\nseverity: SEV2\n" | front &&
	told "4:1: error: '\''severity'\'' stands twice (first in line 2)"
'

# hazard: 104
test_expect_success 'only LF, CR and CRLF end a line' '
	printf "title: \"a\342\200\250b\302\205c\342\200\251d\"\r\nstatus: draft\rkind: no\n" |
		front && told "4:7: error: kind '\''no'\''" \
		"2:10: warning: invisible character U+2028"
'

# hazard: 105 106
test_expect_success 'bytes and escapes that nobody sees' '
	printf "title: a\033b\nowner: \303(\nkind: \302\233\n" | front &&
	told "2:9: warning: invisible character U+001B" "3:8: error: byte 0xc3 is not UTF-8" \
		"4:7: warning: invisible character U+009B" &&
	printf "title: \"\\\\e[31m\\\\0x\\\\u202e\"\n" | front &&
	told "2:9: error: the escape '\''\\e'\''" "2:15: error: the escape '\''\\0'\''" \
		"2:18: error: the escape '\''\\u202e'\''"
'

# hazard: 107
test_expect_success 'a word stays the word that was written' '
	printf "schema: 1\ntitle: 1_000\nincident: 014\nowner: \"no\"\n%s\n" \
		"tags: [yes, 12:30:45, 1e3]" | front &&
	value title 1_000 && value incident 014 && value owner @no &&
	value "tags | join(\" \")" "yes 12:30:45 1e3" &&
	printf "status: on\nseverity: off\n" | front && told "2:9: error: status '\''on'\''"
'

# hazard: 108
test_expect_success 'a comment that eats the value is told' '
	echo "title: Fix #123 now # x" | front &&
	told "2:12: error: '\'' #'\'' begins a comment: the value is only '\''Fix'\''"
'

# hazard: 109
test_expect_success 'what wants quotes is told, and the next key is read' '
	for text in "a: b" "@x" "\`c\`" "*b*" "[x] y" "%x" "{x} y" "&x"
	do
		printf "title: %s\nowner: \"@bo\"\n" "$text" | front &&
		told "2:8: error: " && value owner @bo || return 1
	done &&
	printf "title: x\n\towner: \"@bo\"\n" | front && told "3:1: error: a tab indents"
'

# hazard: 110
test_expect_success 'a space that is none' '
	printf "title:\302\240x\n" | front &&
	told "2:7: error: a no-break space follows '\''title:'\''"
'

# hazard: 111
test_expect_success 'a key too long, a second document, another version, another encoding' '
	awk "BEGIN { for (i = 0; i < 1100; i++) printf \"k\"; print \": v\" }" | front &&
	told "2:1: error: " && printf "a: 1\n--- # x\nb: 2\n" | front && told "3:1: error: " &&
	printf "%%YAML 2.0\ntitle: x\n" | front && told "2:1: error: directives" &&
	echo "a: 1" | front && iconv -t UTF-16 $DOC >utf16 && mv utf16 $DOC &&
	told "1:1: error: the file is UTF-16"
'

# hazard: 96
test_expect_success 'the front matter is no text and no heading' '
	printf "title: The zebra\nschema: 1\n" | front && printf "\357\273\277" | cat - $DOC >bom &&
	mv bom $DOC && run 0 pm show --format json bad && jq -e ".sections == []" out &&
	test "$(jq -r .title out)" = "The zebra" &&
	told "6:1: warning: the heading is not the title '\''The zebra'\''"
'

test_done
