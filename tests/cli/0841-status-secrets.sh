#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='status and reminders show no secret'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

# Put together here, so that no scanner finds one in this file.
BODY=k7Rw2Lq9Zt4Xv1Bn6Mc3Hd8Js5Fg0PyQeAuT
TOKEN=ghp$(printf _)$BODY

silent()
{
	! grep -q "$BODY" out && ! grep -q "$BODY" err
}

test_expect_success 'a token as owner, title and action' '
	make_repo repo && cd repo &&
	doc 2026-11-22-disk-full <<-EOF &&
	action_items:
	  - {id: A1, title: Rotate $TOKEN, owner: "@$TOKEN", due: 2026-11-01, status: open}
	EOF
	sed -e "s/^title: .*/title: The $TOKEN/" -e "s/@ana/@$TOKEN/" \
		postmortems/2026-11-22-disk-full.md >new &&
	mv new postmortems/2026-11-22-disk-full.md
'

test_expect_success 'status shows it in no form' '
	for format in text json
	do
		pm status --format $format >out 2>err && silent &&
		grep -q ghp_xxx out &&
		pm status disk-full --format $format >out 2>err && silent ||
			return 1
	done
'

test_expect_success 'nor does a reminder' '
	for format in text mail markdown
	do
		pm status --remind --format $format >out 2>err && silent ||
			return 1
	done
'

test_done
