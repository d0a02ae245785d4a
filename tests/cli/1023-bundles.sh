#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='a directory for each document: its name is the id'
. "$(dirname "$0")/lib.sh"

incident()
{
	mkdir -p "$(dirname "$1")" && printf "%s\n" "# $2" "" "## Timeline" "" \
		"- 2024-01-01 10:00 UTC broke" "- 2024-01-01 11:00 UTC mended" "" \
		"## Action items" "" "- [ ] Add $2" >"$1"
}

test_expect_success 'index.md, _index.md: ids of their own, converted and not' '
	make_repo repo && cd repo && printf "%s\n" out err >.git/info/exclude &&
	incident incidents/2024-01-01-disk/index.md disks &&
	incident incidents/2024-02-02-queue/index.md racks &&
	incident incidents/2024-03-03-mail/_index.md mail && run 0 pm adopt && commit_all &&
	has_not .pm/baseline id-duplicate && run 0 pm check &&
	run 0 pm adopt --convert 2024-01-01-disk &&
	has incidents/2024-01-01-disk/index.md "id: 2024-01-01-disk" && run 0 pm check &&
	has_not out "id-" && run 0 pm adopt --convert &&
	has incidents/2024-03-03-mail/_index.md "id: 2024-03-03-mail" && run 0 pm check &&
	has_not out "id-" && run 0 pm show queue && has out racks &&
	run 0 pm list && has out 2024-01-01-disk &&
	run 0 pm search racks && has out 2024-02-02-queue
'

test_expect_success 'an id that names the file stays right' '
	sed -i "s/^id: .*/id: index/" incidents/2024-01-01-disk/index.md && run 0 pm check &&
	has_not out "id-" && sed -i "s/^id: .*/id: other/" incidents/2024-01-01-disk/index.md &&
	run 0 pm check &&
	has out "[id-mismatch]" && run 0 pm check --fix &&
	has incidents/2024-01-01-disk/index.md "id: 2024-01-01-disk"
'

test_expect_success 'at the top there is no directory to be called after' '
	incident index.md top && run 0 pm show --format json index.md && has out "\"id\": \"index\""
'

test_done
