#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='related documents: ids, prefixes, paths, and what is none'
. "$(dirname "$0")/lib.sh"

SQ="'"
id=2026-11-22-checkout-500s
doc=postmortems/2026/$id.md

# related LIST: the complete document with this list.
related()
{
	sed "s|^related:.*|related: [$1]|" "$PM_CASES/example/$id.md" >"$doc"
}

# found: what is said about related documents, and what to write.
found()
{
	jq -r '.findings[] | select(.rule == "related-unknown") |
		"\(.message); \(.hint)"' out >found
}

test_expect_success 'a repository of five documents' '
	make_repo repo && cd repo &&
	mkdir -p postmortems/2025 postmortems/2026 docs &&
	for name in 2025-03-02-checkout-timeouts 2025-03-02-cdn-purge 2025-04-01-dns
	do
		echo "# $name" >postmortems/2025/$name.md || return 1
	done &&
	echo "# other" >postmortems/2026/2026-01-02-other.md &&
	echo "# notes" >docs/notes.md && related "" && commit_all
'

test_expect_success 'what leads somewhere is silent' '
	related "2025-03-02-checkout-timeouts, 2026-01-02-other, 2025-04" &&
	run 0 pm check --format json $doc && found && test_must_be_empty found &&
	related "2026-01-02-other.md, ../2025/2025-04-01-dns.md, docs/notes.md" &&
	run 0 pm check --format json $doc && found && test_must_be_empty found &&
	related "INC-123, \"#12\", org/repo#12, 4711, \"https://example.org/x\"" &&
	run 0 pm check --format json $doc && found && test_must_be_empty found
'

test_expect_success 'mistyped, by its slug, ambiguous, a wrong path, itself' '
	related "2025-03-02-cdn-pugre, dns, 2025-03-02, ../dns.md, $id" &&
	run 0 pm check --format json $doc && found &&
	cat >want <<-EOF &&
	no document is called ${SQ}2025-03-02-cdn-pugre${SQ}; write: 2025-03-02-cdn-purge
	no document is called ${SQ}dns${SQ}; write: 2025-04-01-dns
	related ${SQ}2025-03-02${SQ} can be any of 2 documents; write more of the id
	no document is called ${SQ}../dns.md${SQ}; write: 2025-04-01-dns
	the document is related to itself; name another document, or leave it out
	EOF
	test_cmp want found
'

test_expect_success 'what is like nothing gets no wrong advice' '
	related "2019-01-01-mail-queue, the outage of last year" &&
	run 0 pm check --format json $doc && found &&
	test "$(grep -c "an id .* a path or an address" found)" -eq 2
'

test_expect_success 'each state has its own documents' '
	related "2025-04-01-dns" && commit_all &&
	git rm -q postmortems/2025/2025-04-01-dns.md &&
	run 0 pm check --format json $doc && found && has found "2025-04-01-dns" &&
	run 0 pm check --staged --format json $doc && found && has found "2025-04-01-dns" &&
	run 0 pm check --at HEAD --format json $doc && found && test_must_be_empty found
'

test_expect_success 'a change alone is judged against all documents' '
	git reset -q --hard && git checkout -q -b change &&
	related "2025-04, 2026-01-02-other, 2025-04-01-dsn, 2025-03-02-cdn-purge" &&
	commit_all && run 0 pm check --since main --format json && found &&
	echo "no document is called ${SQ}2025-04-01-dsn${SQ}; write: 2025-04-01-dns" >want &&
	test_cmp want found
'

test_expect_success 'a sparse checkout leaves out no related document' '
	related "2025-04-01-dns" && commit_all &&
	git sparse-checkout set --no-cone "/postmortems/2026/" &&
	test ! -e postmortems/2025 &&
	run 0 pm check --format json $doc && found && test_must_be_empty found
'

test_done
