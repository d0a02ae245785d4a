#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# slow: documents that are given all of their time
# Each shape holds a parser of Markdown for seconds, or fills the memory. The
# limits are in processor time, so that a busy machine changes nothing.

test_description='pathological Markdown is checked or refused in bounded time and memory'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

SECONDS_MAX=3
BAD=postmortems/2026-01-01-bad.md

# rep COUNT TEXT: the text so often; "~" in it is a line end.
rep()
{
	awk -v n="$1" -v t="$2" 'BEGIN {
		gsub(/~/, "\n", t)
		for (i = 0; i < n; i++)
			printf "%s", t
	}'
}

# used: hundredths of a second of processor time that the children of this
# shell had used when it wrote the file times.
used()
{
	awk 'NR == 2 {
		for (i = 1; i <= 2; i++) {
			split($i, part, /[ms]/)
			sum += part[1] * 60 + part[2]
		}
		printf "%d\n", sum * 100
	}' "$HOME/times"
}

# A sanitizer maps far more than it uses.
# shellcheck disable=SC3045 # not POSIX, and in every shell there is
(ulimit -v 524288 && pm version) >/dev/null 2>&1 && test_set_prereq LIMITED

# checked VERDICT: the bad document is checked beside a good one, which is told
# in full; VERDICT is "refused", "read" or "either".
# shellcheck disable=SC3045
checked()
{
	times >"$HOME/times"
	before=$(used)
	(
		test_have_prereq LIMITED && ulimit -v 524288
		exec pm check >out 2>err
	)
	status=$?
	times >"$HOME/times"
	after=$(used)
	echo "$((after - before)) hundredths of a second"
	test $status = 1 && test $((after - before)) -le $((SECONDS_MAX * 100)) &&
		has err '2 documents' &&
		has out 'postmortems/2026-11-22-good.md:10:1: warning: section' &&
		case $1 in
		refused) grep "^$BAD:1:1: error: .*\[document-too-complex\]" out ;;
		read) has_not out '[document-too-complex]' ;;
		esac
}

# bounded VERDICT: the same for the document on stdin.
bounded()
{
	cat >$BAD && checked "$1"
}

test_expect_success 'a repository with a good document' '
	make_repo repo && cd repo && doc 2026-11-22-good </dev/null
'

# hazard: 78 89
test_expect_success 'a table that fills its missing cells' '
	{ printf "|"; rep 2000 "x|"; printf "\n|"; rep 2000 "-|"; echo; rep 2000 "|x|~"; } |
		bounded refused
'

# hazard: 79
test_expect_success 'a header of a table as long as the document' '
	{ rep 60000 "|"; echo; rep 60000 "-"; echo; } | bounded either
'

# hazard: 80
test_expect_success 'a long paragraph before a table' '
	{ rep 60000 "a~"; printf "|b|\n|-|\n"; } | bounded either
'

# hazard: 81
test_expect_success 'quotes full of emphasis' '
	{ rep 20000 ">"; rep 20000 "a*"; } | bounded either
'

# hazard: 82
test_expect_success 'lists in lists before blank lines' '
	{ rep 15000 " -"; printf x; rep 15000 "~"; } | bounded either
'

# hazard: 83
test_expect_success 'brackets that never become links' '
	rep 32000 "![[]()" | bounded either
'

# hazard: 84
test_expect_success 'HTML that never ends' '
	for open in "<?" "<!A " "<![CDATA["
	do
		{ printf a; rep 20000 "$open"; } | bounded either || return 1
	done
'

# hazard: 85
test_expect_success 'addresses that are none' '
	rep 25000 "www._" | bounded either && rep 50000 "a@b." | bounded either
'

# hazard: 86
test_expect_success 'one long address, used by many links' '
	{ printf "[a]: "; rep 60000 u; printf "\n\n"; rep 60000 "[a]"; } | bounded either
'

# hazard: 87
test_expect_success 'what only the other renderers stumble over' '
	{ rep 50000 "_"; printf .; rep 50000 "_"; } | bounded read &&
	{ rep 20000 " -"; printf x; } | bounded either
'

# hazard: 88
test_expect_success 'a hundred thousand quotes in each other' '
	{ rep 100000 "> "; echo a; } | bounded either
'

# hazard: 76
test_expect_success 'one word of some megabytes, and a file of 200' '
	rep 500000 "abcdefghij" | bounded refused && has out "256 KiB" &&
	truncate -s 200M $BAD && checked refused && has out "256 KiB" &&
	has out "max_document"
'

# hazard: 95
test_expect_success 'bytes that are no UTF-8 are told at their place' '
	printf "# T\n\na\377\376b\n" >$BAD && run 1 pm check &&
	has out "$BAD:3:2: error: byte 0xff is not UTF-8" &&
	run 0 pm show --format json 2026-01-01-bad && iconv -f UTF-8 -t UTF-8 out >/dev/null
'

# hazard: 97
test_expect_success 'only what is a heading is a section' '
	for text in "\`\`\`\n## Impact\n\`\`\`" "<!--\n## Impact\n-->" "    ## Impact" \
		"##Impact" "<h2>Impact</h2>" "Text\n    ## Impact" "\\\\## Impact" \
		"\`## Impact\`" "<div>\n## Impact\n</div>"
	do
		printf "# T\n\n$text\n\nWords.\n" >$BAD &&
		run 1 pm show --section impact 2026-01-01-bad || return 1
	done &&
	for text in "## Impact" "## Imp&#97;ct" "Impact\n------" "## Impact ##" \
		"   ## *Impact*"
	do
		printf "# T\n\n$text\n\nWords.\n" >$BAD &&
		run 0 pm show --section impact 2026-01-01-bad && has out "Words." || return 1
	done
'

test_done
