#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm adopt --convert adds front matter, and changes nothing else'
. "$(dirname "$0")/lib.sh"

DOC=postmortems/2025-02-01-queue.md

# body FILE: what is behind the front matter.
body()
{
	awk 'NR == 1 && /^---\r?$/ { head = 1; next }
		head && /^---\r?$/ { head = 0; next }
		!head' "$1"
}

incident()
{
	cat <<-\EOF
	# The queue: full

	**Severity:** SEV2
	**Owner:** @ana
	**Started:** 2025-02-01 10:02 UTC
	**Detected:** 10:09

	## Timeline
	- 10:02 UTC the queue is full

	## Action items
	- [x] Alert on the length of the queue (@bo)
	- [ ] Write "it" down, due 2025-03-01
	- [ ] Owner: TBD - Order disks
	EOF
}

test_expect_success 'a document without front matter' '
	make_repo repo && cd repo && mkdir postmortems && incident >$DOC && cp $DOC old &&
	run 0 pm adopt --convert --dry-run && has out "+title: \"The queue: full\"" &&
	has err "1 document would be changed; nothing was written" && test_cmp old $DOC &&
	run 0 pm adopt --convert &&
	has out "$DOC: added schema, id, title, severity, owner, started, 3 actions" &&
	sed "/^action_items/q" $DOC >out && cat >want <<-\EOF &&
	---
	schema: 1
	id: 2025-02-01-queue
	title: "The queue: full"
	severity: SEV2
	owner: "@ana"
	times:
	  started: 2025-02-01T10:02Z
	action_items:
	EOF
	test_cmp want out && body $DOC >out && test_cmp old out
'

test_expect_success 'actions keep what they say, and no more' '
	pm show --format json $DOC | jq -c ".actions[] | [.id, .owner, .due, .status]" >out &&
	cat >want <<-\EOF && test_cmp want out
	["A1","@bo",null,"done"]
	["A2",null,"2025-03-01","open"]
	["A3",null,null,"open"]
	EOF
'

test_expect_success 'what is not stated is a finding' '
	run 1 pm check && has out "action A2 has no owner [action-owner]" &&
	has out "nothing says when the incident was detected"
'

test_expect_success 'a second run changes nothing' '
	cp $DOC new && run 0 pm adopt --convert && test_cmp new $DOC && test_must_be_empty out &&
	has err "0 documents changed, 1 had pm'\''s front matter already"
'

test_expect_success 'CRLF, a byte order mark, no final newline, nothing at all' '
	incident | sed "s/\$/\r/" >$DOC && cp $DOC old && run 0 pm adopt --convert &&
	body $DOC >out && test_cmp old out &&
	test "$(tr -cd "\r" <$DOC | wc -c)" -eq "$(wc -l <$DOC)" &&
	{ printf "\357\273\277" && incident ; } >$DOC && run 0 pm adopt --convert &&
	head -c 7 $DOC >out && printf "\357\273\277---\n" >want && test_cmp want out &&
	tail -c +4 $DOC >out && incident >want && body out >old && test_cmp want old &&
	printf "# A\n\nwords" >$DOC && run 0 pm adopt --convert &&
	tail -n 3 $DOC >out && printf "# A\n\nwords" >want && test_cmp want out &&
	: >$DOC && run 0 pm adopt --convert &&
	printf -- "---\nschema: 1\nid: 2025-02-01-queue\n---\n" >want && test_cmp want $DOC
'

test_expect_success 'front matter of another tool keeps its keys and order' '
	{ printf -- "---\nlayout: post # ours\ntitle:   \"Old\"\ntags: [a,b]\n\n---\n" &&
	incident ; } >$DOC && cp $DOC old && git add . && run 0 pm adopt --convert &&
	has out "added schema, id, severity" && git diff --numstat $DOC >out &&
	cut -f 2 out >err && echo 0 >want && test_cmp want err &&
	head -n 4 $DOC >out && head -n 4 old >want && test_cmp want out &&
	body $DOC >out && body old >want && test_cmp want out &&
	run 0 pm show $DOC
'

test_expect_success 'TOML stays TOML, what cannot be read stays' '
	{ printf "+++\ntitle = \"Old\"\n+++\n" && incident ; } >$DOC && cp $DOC old &&
	run 0 pm adopt --convert && test_cmp old $DOC &&
	has err "left $DOC as it is: its front matter is TOML" &&
	printf -- "---\n{a: 1}\n---\n# A\n" >$DOC && cp $DOC old &&
	run 0 pm adopt --convert && test_cmp old $DOC && has err "man pm-format" &&
	printf -- "---\na: [1\n---\n# A\n" >$DOC && cp $DOC old &&
	run 0 pm adopt --convert && test_cmp old $DOC
'

test_expect_success 'documents by name; a moment that would move the timeline stays out' '
	incident >$DOC && incident >postmortems/2025-05-02-b.md &&
	run 0 pm adopt --convert 2025-05-02 &&
	has out "2025-05-02-b.md: added schema, id, title, severity, owner, 3 actions" &&
	incident >want && test_cmp want $DOC &&
	run 2 pm adopt --baseline &&
	run 2 pm adopt --convert nothing-of-the-kind && run 2 pm adopt --convert --all &&
	git add . && commit_all && git clone -q --bare . ../bare.git &&
	run 3 pm -C ../bare.git adopt --convert && has err "work tree"
'

test_expect_success 'facts above the text, in other words and other markup' '
	rm -rf .pm postmortems/* && cat >$DOC <<-\EOF &&
	# The cache was full

	| Field | Value |
	|---|---|
	| Incident date | 1 February 2025 |
	| Start (UTC) | 22:50 |
	| Oppdaget | 22:58 UTC |
	| End time | 00:10 UTC |
	| Severity | P1 (critical) |
	| Authors | @ana, @bo & ana |
	| Incident commander | @cy |
	| Responders | @cy and the network team |
	EOF
	cat >postmortems/2025-02-02-b.md <<-\EOF &&
	# Queue

	> **Date:** 2025-02-02
	> **Schweregrad:** SEV3 / SEV4
	> **Beginn:** 2025-02-02 10:00 UTC
	> **Ende:** 11:00 UTC
	> **Started:** 2025-02-02 10:05 UTC
	EOF
	cat >postmortems/c.md <<-\EOF &&
	# Disk

	- Date: 2025-02-03
	- Severity: Sev2
	- Severity: Sev1
	- Ended: soon
	EOF
	run 0 pm adopt --convert && sed "1d;/^---\$/q" $DOC >out && cat >want <<-\EOF &&
	schema: 1
	id: 2025-02-01-queue
	title: The cache was full
	severity: P1
	participants:
	  - "@cy"
	times:
	  started: 2025-02-01T22:50Z
	  detected: 2025-02-01T22:58Z
	---
	EOF
	test_cmp want out && printf "# Disk, 5 February 2025\n\n## Timeline\n\n- 10:00 full\n" \
		>postmortems/2025-02-05-d.md && cp postmortems/2025-02-05-d.md \
		postmortems/2025-02-06-e.md && run 0 pm adopt --convert &&
	has out "2025-02-05-d.md: added schema, id, title, started" &&
	has postmortems/2025-02-05-d.md "  started: 2025-02-05" &&
	sed "1d;/^---\$/q" postmortems/2025-02-02-b.md >out &&
	cat >want <<-\EOF && test_cmp want out &&
	schema: 1
	id: 2025-02-02-b
	title: Queue
	---
	EOF
	sed "1d;/^---\$/q" postmortems/c.md >out &&
	printf "schema: 1\nid: c\ntitle: Disk\n---\n" >want && test_cmp want out &&
	rm -rf postmortems/*
'

test_expect_success 'title and name give two days: only entries with theirs tell it' '
	rm -rf .pm postmortems/* &&
	printf "# Search, 2020-08-28\n\n## Timeline\n\n- 10:00 UTC search fails\n" \
		>postmortems/2020-10-28-x.md &&
	printf "# Search, 2020-08-28\n\n## Timeline\n\n- 2020-08-28 10:00 UTC it fails\n" \
		>postmortems/2020-10-28-y.md && run 0 pm adopt --convert &&
	has_not postmortems/2020-10-28-x.md started &&
	has out "2020-10-28-y.md: added schema, id, title, started" &&
	has postmortems/2020-10-28-y.md "  started: 2020-08-28" && rm -rf postmortems/*
'

test_expect_success 'the zone of a moment stands in brackets of either width' '
	printf "# 配信遅延\n\n%s\n%s\n" "発生日時（JST）：2026-05-01 10:00" \
		"復旧日時(JST)：2026-05-01 11:00" >postmortems/2026-05-01-mail.md &&
	run 0 pm adopt --convert postmortems/2026-05-01-mail.md &&
	has postmortems/2026-05-01-mail.md "  started: 2026-05-01T10:00+09:00" &&
	has postmortems/2026-05-01-mail.md "  resolved: 2026-05-01T11:00+09:00" &&
	rm -rf postmortems/*
'

test_expect_success 'an owner reads the same before and after, as people spell him' '
	rm -rf .pm postmortems/* &&
	printf "# Queue, 3 March 2026\n\n## Actions\n\n%s\n%s\n%s\n" \
		"- Mend the queue (owner: rick)" "- Alert on it (owner: @kim)" \
		"- Write it down (owner: Ana)" >postmortems/2026-03-03-q.md &&
	for when in before after; do
		run 0 pm show --format json postmortems/2026-03-03-q.md &&
		grep -o "\"owner\": \"[^\"]*\"" out >$when &&
		run 0 pm adopt --convert || return 1
	done &&
	printf "\"owner\": \"%s\"\n" rick @kim Ana >want &&
	test_cmp want before && test_cmp want after && rm -rf postmortems/*
'

test_expect_success 'what the baseline holds it holds in front matter, too' '
	rm -rf .pm postmortems/* &&
	{ printf "%s\n" --- "layout: page" --- && incident; } >$DOC &&
	run 0 pm adopt && run 0 pm check && has .pm/baseline " times-missing " &&
	grep -vc "^#" .pm/baseline >before && cp .pm/baseline was &&
	run 0 pm adopt --convert && test_cmp was .pm/baseline &&
	run 0 pm check && has_not out "[times-missing]" && has_not out "[action-owner]" &&
	has out "[action-type]" && has err "of the baseline" &&
	run 0 pm adopt --convert --baseline --dry-run && test_cmp was .pm/baseline &&
	run 0 pm adopt --convert --baseline &&
	has err "taken out of the baseline" && run 0 pm check &&
	test "$(grep -vc "^#" .pm/baseline)" -lt "$(cat before)" &&
	has_not out "[times-missing]" && has_not out "[action-owner]" &&
	has out "[action-type]" && has_not err "of the baseline"
'

test_done
