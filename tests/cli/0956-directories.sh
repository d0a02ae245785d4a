#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='a directory stands for the documents beneath it'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/since.sh"

unowned="error: action A1 has no owner [action-owner]"

# judged ID...: the documents of which the last check told something.
judged()
{
	printf '%s\n' "$@" >want &&
		sed 's/^\(.*\/\)*\(2[^/:]*\)\.md:.*/\2/' out >told &&
		test_cmp want told
}

test_expect_success 'documents of two years, none with an owner' '
	mkdir repo && cd repo && git init -q . && small_policy </dev/null &&
	for id in 2025/2025-03-04-old 2026/2026-01-01-one 2026/deep/2026-02-02-two; do
		paper "$id" </dev/null || return 1
	done && mkdir -p notes postmortems/2026-01 &&
	printf "out\nerr\nwant\ntold\n" >.git/info/exclude && commit_all
'

test_expect_success 'check takes one from the top, from inside, with a slash, twice' '
	run 1 pm check postmortems/2026 && judged 2026-01-01-one 2026-02-02-two &&
	has out "$unowned" && run 1 pm check postmortems/2025/ 2025-03-04-old postmortems/2025 &&
	judged 2025-03-04-old && has err "pm: 1 document:" &&
	run 1 pm -C postmortems/2026/deep check . && judged 2026-02-02-two &&
	run 1 pm -C postmortems/2026/deep check ../.. && has err "pm: 3 documents:"
'

test_expect_success 'the staged index, a revision and a bare repository have directories too' '
	git rm -q --cached postmortems/2026/deep/2026-02-02-two.md &&
	run 1 pm check --staged postmortems/2026 && judged 2026-01-01-one &&
	run 1 pm check --at HEAD postmortems/2026/deep && judged 2026-02-02-two &&
	git reset -q && git clone -q --bare . ../bare.git &&
	run 1 pm -C ../bare.git check --at HEAD postmortems/2025 && judged 2025-03-04-old
'

test_expect_success 'a name that begins like a directory is not beneath it' '
	mv postmortems/2026/2026-01-01-one.md postmortems/2026-01/ &&
	run 1 pm check postmortems/2026 && judged 2026-02-02-two && git stash -q -u
'

test_expect_success 'one without documents is no way to check nothing' '
	mkdir -p notes && run 2 pm check notes &&
	has err "'"'notes' is a directory (name a document; 'pm list' shows them)"'"
'

test_expect_success 'commit and --fix keep to it' '
	sed -i "s/^# The .*/# Another/" postmortems/*/*.md postmortems/*/*/*.md &&
	sed -i "s/  title-mismatch: off/  title-mismatch: error/" .pm/policy.yaml &&
	run 1 pm check --fix postmortems/2025 && grep -q "^# The old" postmortems/2025/*.md &&
	grep -q "^# Another" postmortems/2026/*.md && git checkout -q postmortems &&
	sed -i "s/status: open}/status: open, owner: \"@bo\"}/" postmortems/*/*.md \
		postmortems/*/*/*.md &&
	run 0 pm commit postmortems/2026 && git show --stat --format= >out &&
	has out 2026-01-01-one && has out 2026-02-02-two && has_not out 2025-03-04-old
'

test_expect_success 'a finding of each is accepted, with one reason' '
	git checkout -q HEAD^ postmortems && run 1 pm check postmortems/2026 &&
	run 0 pm check --accept action-owner postmortems/2026 --reason "before we had owners" &&
	has err "2 findings of '\''action-owner'\'' accepted" &&
	run 0 pm check postmortems/2026 && run 1 pm check postmortems/2025
'

test_expect_success 'what takes one document takes no directory' '
	run 2 pm show postmortems/2025 && has err "is a directory" &&
	run 2 pm approve postmortems/2025 && has err "is a directory"
'

test_done
