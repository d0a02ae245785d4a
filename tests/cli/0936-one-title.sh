#!/bin/sh
# SPDX-License-Identifier: Apache-2.0

test_description='a document has the same title in every command'
. "$(dirname "$0")/lib.sh"

test_expect_success 'titles in front matter of several tools, and none' '
	make_repo repo && cd repo && mkdir postmortems &&
	printf "+++\ntitle = \"Queue stopped\"\n+++\n\n## Summary\n\nText.\n" \
		>postmortems/hugo.md &&
	printf -- "---\nlayout: post\ntitle: Short\n---\n\n# The whole database was away\n" \
		>postmortems/jekyll.md &&
	printf "+++\ntitle = \"Mail was late\"\n+++\n\n# Post-mortem\n" >postmortems/zola.md &&
	printf "Text only.\n" >postmortems/bare.md && git add . && git commit -q -m all
'

test_expect_success 'list, search, show and status call it the same' '
	for state in "" "--at=HEAD"
	do
		pm list $state --format json | jq -r ".documents[] | .id + \" \" + .title" |
			sort >listed && for id in bare hugo jekyll zola
		do
			pm show $state --format json $id | jq -r ".id + \" \" + .title" || return 1
		done >shown && test_cmp shown listed || return 1
	done && pm status --format json | jq -r ".documents[] | .id + \" \" + .title" |
		sort >told && test_cmp shown told && has shown "hugo Queue stopped"
'

test_expect_success 'it is found as a title' '
	run 0 pm search title:queue && has out "postmortems/hugo.md:2: Queue stopped" &&
	run 0 pm search title:late && has out "postmortems/zola.md:2: Mail was late" &&
	run 0 pm search title:database && run 0 pm search title:short &&
	run 0 pm index --verify
'

test_done
