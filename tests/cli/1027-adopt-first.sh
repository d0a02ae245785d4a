#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm adopt: a directory called after documents, with the first of them'
. "$(dirname "$0")/lib.sh"

incident()
{
	printf "%s\n" "# Queue outage" "" "## Timeline (UTC)" "" "- 2024-01-01 10:00 broke" \
		"- 2024-01-01 11:00 mended" "" "## Action items" "" "- [ ] Add alert" >"$1"
}

test_expect_success 'the second one is checked as well' '
	make_repo repo && cd repo && printf "%s\n" out err >.git/info/exclude &&
	mkdir -p docs/incidents && incident docs/incidents/one.md && echo "# Ours" >docs/page.md &&
	for page in index how-to-write levels contacts
	do
		echo "# Page" >docs/incidents/$page.md || return 1
	done && run 0 pm adopt && has out "    docs/incidents/**/*.md" &&
	has .pm/policy.yaml "new_dir: \"docs/incidents\"" && run 0 pm check &&
	has err "1 document:" && incident docs/incidents/two.md && run 1 pm check &&
	has out "docs/incidents/two.md"
'

test_expect_success 'a manual of a product for incidents is not covered' '
	rm -r .pm docs/incidents/two.md && for n in 1 2 3 4 5 6
	do
		echo "# Page" >docs/incidents/$n.md || return 1
	done && run 0 pm adopt && has out "    docs/incidents/one.md" &&
	has_not out "docs/incidents/**"
'

test_done
