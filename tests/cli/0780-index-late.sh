#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='has:overdue and the counts of a list agree with the rule action-overdue'
. "$(dirname "$0")/lib.sh"

# late STATUS DUE: a document with one action.
late()
{
	printf -- '---\nid: 2026-01-01-%s\nstatus: draft\naction_items:\n' "$1$2" &&
		printf '  - {id: A1, title: Mend, owner: "@bo", status: %s, due: %s}\n' "$1" "$2" &&
		printf -- '---\n# The one\n'
}

test_expect_success 'one document for each status of an action, late and not' '
	make_repo repo && cd repo && mkdir -p postmortems &&
	for status in proposed open in-progress done rejected superseded
	do
		for due in 2026-11-21 2026-11-22
		do
			late $status $due >postmortems/2026-01-01-$status$due.md || return 1
		done
	done &&
	commit_all
'

test_expect_success 'the same documents are late everywhere' '
	pm check >found 2>/dev/null
	sed -n "s|^postmortems/\(.*\)\.md:.*action-overdue.*|\1|p" found | sort >want &&
	cat >named <<-\EOF &&
	2026-01-01-in-progress2026-11-21
	2026-01-01-open2026-11-21
	2026-01-01-proposed2026-11-21
	EOF
	test_cmp named want &&
	run 0 pm list has:overdue --format json &&
	jq -r ".documents[].id" out | sort >got && test_cmp want got &&
	run 0 pm list --format json &&
	jq -r ".documents[] | select(.actions_overdue == 1) | .id" out | sort >got &&
	test_cmp want got
'

test_done
