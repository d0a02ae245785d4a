#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# slow: every text in every place and output
# Every field of a document holds every payload, and every output is looked at
# byte by byte and given to a parser of its kind: tests/cli/hostile.py has the
# tables. What a terminal, a runner, a browser or a forge obeys comes out of
# none of them, and what comes out of JSON is what went in.

test_description='hostile text is data in every output'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

if ! python3 -c '' 2>/dev/null; then
	skip_all='no python3, which reads the outputs'
	test_done
fi
for tool in cmark-gfm xmllint jq; do
	command -v $tool >/dev/null && test_set_prereq "$(echo $tool | tr a-z- A-Z_)"
done

hostile()
{
	python3 "$PM_ROOT/tests/cli/hostile.py" "$@"
}

test_expect_success 'a repository in which every field is hostile, twice' '
	make_repo repo && cd repo && rm README.md &&
	hostile make postmortems >"$HOME/titles.json" && git add -A && git commit -q -m one &&
	hostile make postmortems again >"$HOME/titles.json" &&
	test "$(ls postmortems | wc -l)" -ge 40
'

# output VERB LINE...: each is inert, as is its stderr, and passes VERB.
output()
{
	verb=$1
	shift
	for line; do
		pm $line >"$HOME/out" 2>"$HOME/err"
		test $? -le 1 && test -s "$HOME/out" && hostile "$verb" "$HOME/out" &&
			hostile inert "$HOME/err" || {
			echo "pm $line"
			return 1
		}
	done
}

# hazard: 113 114 115 116
test_expect_success 'no output has what anything obeys' '
	output inert check "check --staged" "check --at HEAD" "check --since HEAD" \
		"check --format markdown" "check --format gitlab" "check --fix --dry-run" list \
		"list status:draft" status "status --remind" \
		"review" "review --words" "review --format markdown --words" "search boom" \
		"show c1" "show --section timeline breaks" "show mention" \
		"index --verify" "check --max-findings 3"
'

test_expect_success 'nor has it with colour, but for colour' '
	output coloured "check --color=always" "review --words --color=always" \
		"list --color=always" "status --color=always" "show --color=always esc" \
		"search --color=always boom"
'

# hazard: 121
test_expect_success 'JSON gives back what went in, and every kind of it is JSON' '
	output json "check --format json" "check --format sarif" "check --format gitlab" \
		"check --format rdjson" "list --format json" "status --format json" \
		"review --format json --words" "search --format json boom" &&
	pm list --format json >"$HOME/out" && hostile json "$HOME/out" "$HOME/titles.json"
'

# hazard: 122
test_expect_success 'XML is well-formed and has the elements of a report' '
	output xml "check --format junit" "check --format checkstyle"
'

# hazard: 125
test_expect_success 'a page has no script, no request and no other element' '
	output html "review --format html" "review --format html --words HEAD~1"
'

# hazard: 117 118 119 120
test_expect_success 'a runner gets annotations, and a summary that is text' '
	: >"$HOME/summary" &&
	(GITHUB_ACTIONS=true GITHUB_STEP_SUMMARY=$HOME/summary GITHUB_OUTPUT=$HOME/output &&
	 export GITHUB_ACTIONS GITHUB_STEP_SUMMARY GITHUB_OUTPUT &&
	 pm check --format github >"$HOME/out" 2>"$HOME/err" ; test $? = 1) &&
	hostile github "$HOME/out" && hostile inert "$HOME/err" && hostile inert "$HOME/summary" &&
	test ! -s "$HOME/output" && grep "^::error file=" "$HOME/out" >/dev/null &&
	test "$(wc -c <"$HOME/summary")" -le 1048576
'

# hazard: 90 91 92 119
test_expect_success CMARK_GFM 'Markdown: nobody is called, nothing is linked or loaded' '
	for line in "review --format markdown --words" "check --format markdown" summary
	do
		if test "$line" = summary
		then
			cp "$HOME/summary" "$HOME/out"
		else
			pm $line >"$HOME/out" 2>"$HOME/err" ; test $? -le 1 || return 1
		fi &&
		cmark-gfm --unsafe -e autolink -e table -e strikethrough -e tasklist "$HOME/out" \
			>"$HOME/page" && hostile html "$HOME/page" &&
		! grep -E "(@[a-z]|[^&a-zA-Z]#[0-9])" "$HOME/page" ||
			{ echo "$line"; return 1; }
	done
'

test_expect_success 'a query is words or a mistake, never SQL' '
	for name in $(hostile payloads)
	do
		hostile payload $name >"$HOME/query" && query=$(tr -d "\0" <"$HOME/query") &&
		for command in search list "search --format json"
		do
			pm $command -- "$query" >"$HOME/out" 2>"$HOME/err"
			test $? -le 2 && hostile inert "$HOME/out" && hostile inert "$HOME/err" &&
			! grep -iE "sqlite|fts5|no such column|malformed|unterminated string" \
				"$HOME/err" || { echo "$command $name"; return 1; }
		done || return 1
	done && pm list >"$HOME/out" && hostile inert "$HOME/out"
'

test_expect_success 'words of the command line come out inert' '
	for name in $(hostile payloads)
	do
		hostile payload $name >"$HOME/query" && word=$(tr -d "\0" <"$HOME/query") &&
		for command in check show status explain "review" "check --at" "show --section" \
			"check --format" "help" "commit" "hook" "list --format" "new --template"
		do
			pm $command "$word" >"$HOME/out" 2>"$HOME/err" </dev/null
			test $? -le 3 && hostile inert "$HOME/err" && hostile inert "$HOME/out" ||
				{ echo "$command $name"; return 1; }
		done || return 1
	done && test ! -e pwned
'

test_expect_success 'a title adds no trailer and no header to a commit' '
	git checkout -q . && head=$(git rev-parse HEAD) &&
	for bad in "x\\n\\nSigned-off-by: Evil <e@evil.test>" "x\\nCo-authored-by: E <e@e>" \
		"x\\r\\n\\r\\nSigned-off-by: Evil <e@evil.test>" \
		"Signed-off-by: Evil <e@evil.test>" \
		"x\\u2028Signed-off-by: Evil <e@evil.test>" "# gone" "--amend" "\\0x"
	do
		sed "s/^title: .*/title: \"$bad\"/" postmortems/2026-*-plus.md >"$HOME/doc" &&
		cat "$HOME/doc" >"$(ls postmortems/2026-*-plus.md)" &&
		run 0 pm commit --no-verify plus &&
		git log -1 --format="%(trailers:only)%an%ae%cn%ce" >"$HOME/got" &&
		! grep -i "evil\|e@e" "$HOME/got" &&
		git log -1 --format=%B >"$HOME/got" && hostile inert "$HOME/got" &&
		! grep -E "^(Signed-off-by|Co-authored-by)" "$HOME/got" ||
			{ echo "$bad"; return 1; }
	done && git fsck --strict
'

test_done
