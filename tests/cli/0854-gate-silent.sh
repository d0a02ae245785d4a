#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='what the gate does not look at, or is made to see otherwise, is said'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/since.sh"

settings='pm: the settings change as well (.pm/policy.yaml): what changed'

test_expect_success 'documents, and text that is none' '
	mkdir repo && cd repo && make_history && mkdir notes && echo text >notes/x.md &&
	commit_all && git branch -f main && run 0 pm check --since main && has_not err "pm: the"
'

test_expect_success 'a link in the place of a document' '
	ln -s ../../notes/x.md postmortems/2026/2026-02-01-link.md && commit_all &&
	run 0 pm check --since main &&
	has err "pm: '\''postmortems/2026/2026-02-01-link.md'\'' is a symbolic link: it is no" &&
	rm postmortems/2026/2026-01-01-one.md &&
	ln -s ../../notes/x.md postmortems/2026/2026-01-01-one.md && commit_all &&
	run 0 pm check --since main --at HEAD &&
	has err "'\''postmortems/2026/2026-01-01-one.md'\'' and 1 more are symbolic links" &&
	git init -q --bare ../server.git && git push -q ../server.git main &&
	(cd ../server.git && pm hook install) && run 0 git push ../server.git HEAD:main &&
	has err "remote: pm: '\''postmortems/2026/2026-01-01-one.md'\'' and 1 more" &&
	git branch -f main && run 0 pm check --since main && has_not err link
'

test_expect_success 'the judge comes with the change: a rule is off' '
	sed -i "s/^rules:/&\n  action-owner: off/" .pm/policy.yaml &&
	paper 2026/2026-05-01-bad </dev/null && commit_all && run 0 pm check --since main &&
	has err "$settings" && has_not err "by the settings of the base" &&
	run 0 pm check --staged --since HEAD && has_not err settings
'

test_expect_success 'or documents are none any more' '
	git reset -q --hard main && paper 2026/2026-05-01-bad </dev/null &&
	sed -i "1i exclude: [\"**/2026-0[25]-*\", \"**/2026-01-03-*\"]" .pm/policy.yaml &&
	commit_all &&
	run 0 pm check --since main && has err "$settings" &&
	has err "pm: 1 document by the settings of the base is none by the new ones" &&
	sed -i "1s/.*/documents: [elsewhere\/*.md]/" .pm/policy.yaml && commit_all &&
	run 0 pm check --since main &&
	has err "pm: 2 documents by the settings of the base are none by the new ones"
'

test_expect_success 'a template or the list of people is a setting, too' '
	git reset -q --hard main && mkdir -p .pm/templates &&
	echo "# {{title}}" >.pm/templates/x.md &&
	commit_all && run 0 pm check --since main && has err "as well (.pm/templates/x.md): what" &&
	git reset -q --hard main && echo "@ana" >OWNERS &&
	sed -i "1i people_file: OWNERS" .pm/policy.yaml && commit_all && git branch -f main &&
	printf "@ana\n@bo\n" >OWNERS && commit_all && run 0 pm check --since main &&
	has err "as well (OWNERS): what"
'

test_expect_success 'settings of the base that cannot be read' '
	git reset -q --hard main && echo "x: [" >.pm/policy.yaml && commit_all &&
	git branch -f main &&
	small_policy </dev/null && commit_all && run 0 pm check --since main && has err "$settings"
'

test_expect_success 'a document whose bytes are lost is no document without findings' '
	git reset -q --hard main && small_policy </dev/null && commit_all && git branch -f main &&
	paper 2026/2026-05-05-lost </dev/null && commit_all &&
	blob=$(git rev-parse HEAD:postmortems/2026/2026-05-05-lost.md) &&
	file=.git/objects/$(echo $blob | sed "s,^..,&/,") && mv $file kept &&
	run 1 pm check --since main --at HEAD && has out "[action-owner]" &&
	rm postmortems/2026/2026-05-05-lost.md &&
	run 3 pm check --since main --at HEAD && has err "cannot check" &&
	has err "2026-05-05-lost.md" &&
	has err "is not in this repository" &&
	echo junk >$file && run 3 pm check --since main --at HEAD &&
	sed -i "/document-encoding/d" .pm/policy.yaml &&
	git commit -q -m policy .pm/policy.yaml &&
	run 1 pm check --since main --at HEAD && has out "[document-encoding]" &&
	mv -f kept $file
'

test_done
