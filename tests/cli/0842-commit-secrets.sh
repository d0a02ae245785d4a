#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='the message of a commit holds no secret'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

# Put together here, so that no scanner finds one in this file.
BODY=k7Rw2Lq9Zt4Xv1Bn6Mc3Hd8Js5Fg0PyQeAuT
TOKEN=ghp$(printf _)$BODY
DOC=postmortems/2026-11-22-disk-full.md

test_expect_success 'a token in title, action and heading of a waived document' '
	make_repo repo && cd repo && doc 2026-11-22-disk-full </dev/null &&
	commit_all && doc 2026-11-22-disk-full <<-EOF &&
	allow:
	  - {rule: secret, where: Rotate, reason: it was revoked on the same day}
	  - {rule: secret, where: The ghp_, reason: it was revoked on the same day}
	  - {rule: secret, where: Impact ghp_, reason: it was revoked on the same day}
	action_items:
	  - {id: A1, title: Rotate $TOKEN, owner: "@bo", due: 2027-01-01, status: open}
	EOF
	sed -e "s/The disk-full/The $TOKEN/" $DOC >new && mv new $DOC &&
	printf "\n## Impact %s\n\nNone.\n" "$TOKEN" >>$DOC
'

test_expect_success 'the message that pm writes hides it, whole or cut' '
	run 0 pm commit disk-full &&
	git log -1 --format=%B >message &&
	grep -q "title: .* -> The ghp_xxx" message &&
	! grep -q k7Rw2 message && ! grep -q k7Rw2 out && ! grep -q k7Rw2 err
'

test_done
