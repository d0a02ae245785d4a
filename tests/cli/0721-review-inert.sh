#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What a document says is data in every format of a review.

test_description='pm review writes nothing that acts'
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/cli/review.sh
. "$PM_ROOT/tests/cli/review.sh"

SQ="'"
ESC=$(printf '\033')
RLO=$(printf '\342\200\256')
BAD="<\/details><script>alert(1)<\/script> @everyone #1 ![x](http:\/\/evil.test\/p.png)"
BAD="$BAD <http:\/\/evil.test> www.evil.test ${ESC}[31m ${RLO}cba ##[error]boom"
BAD="$BAD ::error::x <!-- pm:review --> \`x\` **b** | ~~s~~"

# nasty NAME: a document whose every text is hostile, in another version.
nasty()
{
	sed -e "s/^title: .*/title: '$1 $BAD'/" \
		-e "s/^owner: .*/owner: '::error::$1 $BAD'/" \
		-e "s/A key expired/'$1 $BAD'/" \
		-e "s/^status: .*/status: '$1 $BAD'/" \
		-e "s/^severity: .*/severity: '$1 $BAD'/" \
		-e "s/Renew the key before it expires/'$1 $BAD'/" \
		-e "s/^## Impact/## Impact $BAD/" \
		-e "s/For 60 minutes 4,000 people/::error::$1 $BAD/" \
		-e "s/trigger: .*/trigger: '$1 $BAD'/" \
		-e "s/by: .*/by: '@$1 $BAD'/" "$2"
}

test_expect_success 'two versions of a hostile document, by a hostile name' '
	make_repo && printf "out\nerr\nplain\nhtml\n" >>.git/info/exclude &&
	review_policy && login && mv postmortems/2026-10-01-login.md good &&
	nasty one good >"postmortems/2026-10-01-a${ESC}[31m.md" &&
	nasty one good >"postmortems/2026-10-01-<b> @all.md" && rm good &&
	commit_all && login && mv postmortems/2026-10-01-login.md good &&
	nasty two good >"postmortems/2026-10-01-a${ESC}[31m.md" &&
	nasty two good >"postmortems/2026-10-01-<b> @all.md" && rm good
'

# Nothing that moves a cursor, reorders text, or starts a workflow command.
inert()
{
	! LC_ALL=C grep -n "$ESC" "$1" >&2 &&
		! LC_ALL=C grep -n "$RLO" "$1" >&2 &&
		! grep -nE "^[[:space:]]*::" "$1" >&2 &&
		! grep -nF "##[" "$1" >&2
}

test_expect_success 'no format has what a terminal or a runner obeys' '
	for format in text markdown json html
	do
		run 0 pm review --words --format $format && test -s out &&
		inert out && inert err || return 1
	done
'

test_expect_success 'colour is the only escape there is' '
	run 0 pm review --words --color=always &&
	sed "s/${ESC}\[[0-9;]*m//g" out >plain && inert plain
'

test_expect_success 'json stays json' '
	run 0 pm review --words --format json &&
	jq -e ".documents[0].changes[] | select(.kind == \"title-changed\").new |
		contains(\"@everyone #1 ![x](http://evil.test/p.png)\")" out
'

# hazard: 92
test_expect_success 'markdown: one marker, nobody is called, nothing is loaded' '
	run 0 pm review --words --format markdown &&
	test "$(grep -c "^<!-- pm:review -->" out)" = 1 &&
	test "$(head -n 1 out)" = "<!-- pm:review -->" &&
	! grep -E "@[a-z]" out && ! grep -E "#[0-9]" out &&
	! grep -F "www.evil" out && ! grep -E "[^\\\\]<(/details><s|script|http)" out &&
	test "$(grep -c "^<details>" out)" = "$(grep -c "^</details>" out)"
'

command -v cmark-gfm >/dev/null && test_set_prereq CMARK

# hazard: 90 91 92
test_expect_success CMARK 'markdown: rendered, only the tags of pm are left' '
	run 0 pm review --words --format markdown &&
	cmark-gfm --unsafe -e autolink -e table -e strikethrough out >html &&
	grep -o "<[a-zA-Z/!][^ >]*" html | sort -u >tags &&
	cat >want <<-\EOF &&
	<!--
	</del
	</details
	</h3
	</h4
	</li
	</p
	</strong
	</summary
	</ul
	<br
	<del
	<details
	<h3
	<h4
	<li
	<p
	<strong
	<summary
	<ul
	EOF
	LC_ALL=C sort want >want.sorted && LC_ALL=C sort tags >tags.sorted &&
	test "$(LC_ALL=C comm -13 want.sorted tags.sorted)" = ""
'

# hazard: 90 91 92 125
test_expect_success 'html: its own tags only, and no request' '
	run 0 pm review --words --format html &&
	grep -o "<[a-zA-Z/!][^ >]*" out | LC_ALL=C sort -u >tags &&
	! grep -E "script|<img|<a$|<a " tags && ! grep -E "(src|href)=" out &&
	has out "default-src ${SQ}none${SQ}" &&
	grep "&lt;/details&gt;&lt;script&gt;" out
'

test_expect_success 'secrets are shown to nobody' '
	git checkout -q . && git clean -q -f postmortems && login &&
	key=AKIA$(printf "%s%s" Q3EGV2XW N7PLKD5T) && commit_all &&
	mend 2026-10-01-login "s/4,000 people/people with the key $key/" &&
	mend 2026-10-01-login "s/Renew the key/Renew $key/" &&
	for format in text markdown json html
	do
		run 0 pm review --words --format $format &&
		has out Renew && has_not out "$key" || return 1
	done
'

test_done
