#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm-query(7): a wrong query says where and what is right'
. "$(dirname "$0")/lib.sh"

test_expect_success 'a repository with a policy' '
	make_repo repo && cd repo && mkdir .pm postmortems &&
	cat >.pm/policy.yaml <<-\EOF &&
	services:
	  - {name: checkout}
	  - {name: payments}
	EOF
	cat >postmortems/2026-11-01-a.md <<-\EOF && commit_all
	---
	id: 2026-11-01-a
	services: [checkout, legacy]
	severity: high
	---
	# A doc

	Words.
	EOF
'

# wrong QUERY TEXT...: exit 2, nothing on stdout, each TEXT on stderr.
wrong()
{
	run 2 pm search "$1" || return 1
	test ! -s out || return 1
	shift
	for text
	do
		has err "$text" || return 1
	done
}

test_expect_success 'fields and values get the nearest right one' '
	wrong "sevrity:SEV1" "no field '"'sevrity'"'" "did you mean '"'severity:'"'" &&
	wrong "service:chekout" "no service '"'chekout'"'" "did you mean '"'checkout'"'" &&
	wrong "status:finel" "did you mean '"'final'"'" &&
	wrong "has:overdu" "did you mean '"'overdue'"'"
'

test_expect_success 'the caret stands below the mistake' '
	wrong "words severity:SEVX" &&
	line=$(grep -n "words severity:SEVX" err | cut -d: -f1) && test -n "$line" &&
	text=$(sed -n "${line}p" err) && caret=$(sed -n "$((line + 1))p" err) &&
	before=${text%%SEVX*} && mark=${caret%%^*} &&
	test "${#before}" = "${#mark}"
'

test_expect_success 'what cannot be meant is refused' '
	wrong "\"never closed" "never closed" &&
	wrong "ab*" "at least 3" &&
	wrong "after:2026-02-30" "February 2026 has 28 days" &&
	wrong "service<checkout" "cannot be compared" &&
	wrong "title:" "value is missing" &&
	wrong "colour:red" "no field '"'colour'"'" &&
	wrong "++" "no letter or digit"
'

test_expect_success 'list refuses the same queries' '
	run 2 pm list "sevrity:SEV1" && test ! -s out && has err "severity:"
'

test_expect_success 'a value of some document is right, whatever the policy says' '
	run 0 pm search service:legacy && run 0 pm search severity:high &&
	run 0 pm search severity:SEV2 && run 1 pm search severity:SEV1 &&
	run 1 pm search service:payments && run 1 pm search tag:anything
'

cat >odd <<'EOF'
a OR b
NEAR(a b)
{title}:a
^a
a) OR (b
'; DROP TABLE doc
"a" "b"
a""b
-a -b
words -"x y"
*
x * y
%
a AND
EOF

# hazard: 75
test_expect_success 'nothing typed is read as the database would' '
	while IFS= read -r query
	do
		pm search -- "$query" >out 2>err
		case $? in
		0 | 1) ;;
		2) has err "letter or digit" || return 1 ;;
		*) cat err >&2; return 1 ;;
		esac
	done <odd &&
	run 0 pm search words
'

test_expect_success 'every example of the manual is a query' '
	sed -n "s/^\.Dl pm \(search\|list\) //p" "$PM_ROOT/cmd/man/pm-query.7" |
		sed "s/\\\\(dq/\"/g; s/\\\\-/-/g" >examples &&
	test $(wc -l <examples) -ge 6 &&
	while read -r line
	do
		eval "pm list $line" >out 2>err
		test $? -le 1 || { echo "$line" >&2; cat err >&2; return 1; }
	done <examples
'

test_done
