#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='a converted document is no worse than it was'
. "$(dirname "$0")/lib.sh"

DOC=postmortems/2025-02-01-queue.md

# incident: a document up to its actions.
incident()
{
	printf '# The queue is full\n\n**Started:** 2025-02-01 10:02 UTC\n\n' &&
		printf '## Timeline\n- 10:02 UTC the queue is full\n\n## Action items\n'
}

# reading FILE: the actions as they are read; an id is pm's own.
reading()
{
	pm show --format json $DOC | jq '.actions[] | del(.line, .id)' >"$1"
}

# adopted: what standard input says behind the incident is put under pm, which
# must have nothing to say then; its actions are in the file was.
adopted()
{
	rm -rf .pm postmortems && mkdir postmortems && { incident && cat; } >$DOC &&
		run 0 pm adopt && run 0 pm check && git add -A &&
		git commit -q --allow-empty -m adopt && cp .pm/baseline held &&
		reading was
}

# converted: whoever converts it breaks no check, neither of all that is there
# nor of what changed, and nothing is read in another way.
converted()
{
	run 0 pm adopt --convert && mv out said && test_cmp held .pm/baseline &&
		run 0 pm check && has_not out ' error: ' && reading is && test_cmp was is &&
		commit_all && run 0 pm check --since HEAD^
}

test_expect_success 'what was accepted of an action is so in the front matter, too' '
	make_repo repo && cd repo &&
	printf "%s\n" out err was is held said >.git/info/exclude &&
	adopted <<-\EOF && grep -c action-owner .pm/baseline >out && echo 3 >want &&
	- Order disks
	- [x] Alert on the length of the queue
	- TBD - Watch the disks, as line 12 of the log says
	EOF
	test_cmp want out && converted && has said "3 actions" &&
	grep -q "^action_items:" $DOC && run 0 pm check --update-baseline &&
	run 0 pm check
'

test_expect_success 'a new action is told, alone' '
	sed "/^action_items:/a\\
\\  - {id: A9, title: Order racks, type: prevent}" $DOC >new && mv new $DOC &&
	run 1 pm check && grep " error: " out >errors &&
	test "$(wc -l <errors)" = 1 && has errors "action A9 has no owner"
'

test_expect_success 'an action that loses its owner is told' '
	adopted <<-\EOF && converted && sed -i "/owner:/d" $DOC &&
	- Order disks (@bo)
	EOF
	run 1 pm check && has out "action A1 has no owner"
'

for owner in "SRE Team" "Bob Smith" "Ana & Bo"
do
	test_expect_success "$owner is left to the body" '
		adopted <<-EOF && converted && ! grep action_items $DOC &&
		| Action | Owner |
		| --- | --- |
		| Order disks | $owner |
		| Order racks | @bo |
		EOF
		has said "its 2 actions stay in the body: '\''$owner'\'' is no handle" &&
		has said "started" && grep -q "^times:" $DOC
	'
done

test_expect_success 'so is a priority that the policy does not list' '
	adopted <<-\EOF && converted && ! grep action_items $DOC &&
	| Action | Owner | Priority |
	| --- | --- | --- |
	| Order disks | @bo | Someday |
	EOF
	has said "its 1 action stays in the body: '\''Someday'\'' is no priority"
'

test_expect_success 'ids that stand twice, or are those that pm would give' '
	adopted <<-\EOF && converted && grep "^  - id:" $DOC >out &&
	| ID | Action | Owner |
	| --- | --- | --- |
	| A2 | Order disks | @bo |
	| | Order racks | @bo |
	| A2 | Order fans | @bo |
	EOF
	sort -u out >want && sort out >sorted && test_cmp want sorted &&
	test "$(wc -l <out)" = 3
'

test_done
