#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm search: what is found, where, and in which state'
. "$(dirname "$0")/lib.sh"

# Writes the document postmortems/ID.md from stdin.
put()
{
	mkdir -p postmortems && cat >"postmortems/$1.md"
}

# The ids that a query finds, best first, as one line.
ids()
{
	pm search --format json "$@" >found.json &&
		jq -r '[.results[].id] | join(" ")' found.json
	rm -f found.json
}

test_expect_success 'three documents' '
	make_repo repo && cd repo &&
	put 2026-11-01-checkout <<-\EOF &&
	---
	schema: 1
	id: 2026-11-01-checkout
	title: Checkout answered 500
	status: final
	severity: SEV1
	owner: "@ana"
	services: [checkout]
	times: {started: 2026-11-01T10:02Z}
	action_items:
	  - id: A1
	    title: Reject a config without a shard
	    owner: "@bo"
	    due: 2026-11-10
	    status: open
	---
	# Checkout answered 500

	## Summary

	Shoppers in cafés saw errors; see INC-1234.

	## Root causes

	The connection pool
	ran dry because of a db-outage in a *C++* proxy.

	## Lessons learned

	- Don'"'"'t trust `node.js` timeouts.
	EOF
	put 2025-03-02-search <<-\EOF &&
	---
	title: Search was slow
	status: draft
	severity: SEV3
	owner: cem
	times: {started: 2025-03-02T08:00Z}
	---
	# Search was slow

	## Summary

	The connection to the replica was lost.

	## Root causes

	An index was missing, the pool was fine.
	EOF
	put 2024-07-01-mail <<-\EOF &&
	# Mail queue stuck

	The checkout sent no mail after the Búsqueda.
	EOF
	commit_all
'

test_expect_success 'a result names path, line, title, section and snippet' '
	run 0 pm search --format json dry &&
	jq -e ".schema == 1 and (.results | length == 1)" out &&
	jq -c ".results[0] | keys_unsorted" out >got &&
	jq -r ".results[0] | del(.score) | .[]" out >>got &&
	cat >want <<-\EOF &&
	["id","path","title","score","section","line","snippet"]
	2026-11-01-checkout
	postmortems/2026-11-01-checkout.md
	Checkout answered 500
	Root causes
	26
	The connection pool ran **dry** because of a db-outage in a C++ proxy.
	EOF
	test_cmp want got &&
	jq -e ".results[0].score > 0" out &&
	sed -n 26p postmortems/2026-11-01-checkout.md | grep "ran dry"
'

test_expect_success 'text marks the match and shows the place' '
	run 0 pm search dry &&
	has out "postmortems/2026-11-01-checkout.md:26" &&
	has out "Checkout answered 500" &&
	has out "ran **dry** because"
'

test_expect_success 'a phrase crosses a line break, markup does not hide a word' '
	test "$(ids "\"pool ran dry\"")" = 2026-11-01-checkout &&
	test "$(ids "\"C++ proxy\"")" = 2026-11-01-checkout &&
	test -z "$(ids "\"dry ran\"")"
'

test_expect_success 'words as they are written' '
	for word in db-outage C++ node.js "don'"'"'t" INC-1234 2026-11-01 DB-Outage
	do
		test "$(ids "$word")" = 2026-11-01-checkout ||
			{ echo "$word"; return 1; }
	done &&
	test -z "$(ids outage-db)"
'

test_expect_success 'diacritics and case fold both ways' '
	test "$(ids CAFES)" = 2026-11-01-checkout &&
	test "$(ids cafés)" = 2026-11-01-checkout &&
	test "$(ids busqueda)" = 2024-07-01-mail
'

test_expect_success 'the title outweighs the text, and all words must match' '
	test "$(ids checkout)" = "2026-11-01-checkout 2024-07-01-mail" &&
	test "$(ids connection pool)" = "2025-03-02-search 2026-11-01-checkout" &&
	test "$(ids "connection pool -replica")" = 2026-11-01-checkout &&
	test "$(ids -- connection -replica pool)" = 2026-11-01-checkout &&
	test "$(ids "causes:pool -causes:connection")" = 2025-03-02-search
'

test_expect_success 'filters, alone and with words' '
	test "$(ids "severity<=SEV2")" = 2026-11-01-checkout &&
	test "$(ids has:overdue owner:bo)" = 2026-11-01-checkout &&
	test "$(ids after:2024 before:2026)" = "2025-03-02-search 2024-07-01-mail" &&
	test "$(ids pool status:draft)" = 2025-03-02-search
'

test_expect_success 'an argument with blanks is a phrase of the shell only' '
	run 0 pm search "connection pool" && test -s out && mv out want &&
	run 0 pm search connection pool && test_cmp want out &&
	run 0 pm search pool connection && test -s out &&
	run 1 pm search "\"pool connection\"" && test_must_be_empty out
'

test_expect_success 'nothing found: exit 1 and an empty list' '
	run 1 pm search quokka && test ! -s out &&
	run 1 pm search --format json quokka &&
	jq -e ".results == []" out
'

test_expect_success 'as many results as asked for' '
	run 0 pm search -n 1 --format json checkout &&
	jq -e ".results | length == 1" out
'

test_expect_success 'git commits, merges and reverts are followed' '
	git checkout -q -b side && echo "A quokka." >>postmortems/2024-07-01-mail.md &&
	commit_all && test "$(ids quokka)" = 2024-07-01-mail &&
	git checkout -q main && test -z "$(ids quokka)" &&
	tick && git merge -q --no-ff -m merge side && test "$(ids quokka)" = 2024-07-01-mail &&
	tick && git reset -q --hard HEAD~1 && test -z "$(ids quokka)"
'

test_expect_success 'search sees what is committed, --at any revision' '
	echo "A wombat." >>postmortems/2024-07-01-mail.md &&
	run 1 pm search wombat && commit_all && run 0 pm search wombat &&
	run 1 pm search --at HEAD~1 wombat &&
	run 0 pm search --at side quokka && run 1 pm search quokka &&
	run 3 pm search --at nowhere wombat
'

test_expect_success 'a bare repository and a linked work tree' '
	git clone -q --bare . ../bare.git &&
	(cd ../bare.git && run 0 pm search wombat && has out ":4:") &&
	git worktree add -q --detach ../linked HEAD~1 &&
	(cd ../linked && run 1 pm search wombat && run 0 pm search mail) &&
	run 0 pm search wombat
'

test_expect_success 'marks and escapes of a document do no harm' '
	printf "# Plain \001title\002\n\n## Summary\n\nA \001numbat\002 \033[31mred.\n" |
		put 2023-01-01-marks && commit_all &&
	run 0 pm search numbat && ! grep -n "$(printf "[\001\002\033]")" out >&2 &&
	has out "**numbat**"
'

test_done
