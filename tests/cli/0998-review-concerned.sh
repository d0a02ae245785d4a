#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A change can put documents wrong that it does not touch: those whose evidence
# it replaces, or whose links it breaks. The review tells of them as well.

test_description='pm review: documents that did not change, and are concerned'
. "$(dirname "$0")/lib.sh"

disk=postmortems/2026-11-01-disk.md
queue=postmortems/2026-11-02-queue.md
file=postmortems/2026-11-01-disk/errors.csv

test_expect_success 'a document with evidence and a link to another' '
	git init -q repo && cd repo && printf "out\nerr\nwant\n" >.git/info/exclude &&
	mkdir -p .pm ${file%/*} && {
		echo "rules:" && pm explain | cut -d " " -f 1 |
		grep -vx -e link-broken -e evidence-changed | sed "s/.*/  &: off/"
	} >.pm/policy.yaml && echo "10:02,500" >$file &&
	sum=$(sha256sum <$file | cut -d " " -f 1) &&
	cat >$disk <<-EOF2 && cat >$queue <<-\EOF2 && commit_all && git tag before
	---
	schema: 1
	title: The disk <was> full
	status: review
	severity: SEV2
	evidence: [{file: 2026-11-01-disk/errors.csv, sha256: $sum, source: nginx}]
	---
	# The disk <was> full

	As [the queue](2026-11-02-queue.md#what-happened).
	EOF2
	---
	schema: 1
	title: The queue was full
	status: draft
	---
	# The queue was full

	## What happened

	Words.
	EOF2
'

evidence="evidence '2026-11-01-disk/errors.csv' is not what it was"
link="link '2026-11-02-queue.md#what-happened' leads nowhere"

test_expect_success 'evidence alone: no document changed, one is told of' '
	echo "10:02,0" >$file && run 0 pm review && test "$(wc -l <out)" = 2 &&
	has out "$disk: The disk <was> full (unchanged, review, SEV2): 1 to look at first" &&
	has out "$disk:6: ! error: $evidence" &&
	echo "pm: 0 documents changed, 1 other concerned, 1 thing to look at first;" \
		"1 finding introduced, 0 mended" >want && test_cmp want err &&
	run 1 pm review --fail-level error && git add $file &&
	run 0 pm review --staged && has out "$disk:6: ! error: $evidence" &&
	run 0 pm review --format markdown &&
	has out "### pm review: 1 unchanged document, 1 to look at first" &&
	run 0 pm review --format json && jq -e ".unchanged == 1 and .introduced_errors == 1 and
		(.documents | length) == 1 and .documents[0].state == \"unchanged\" and
		.documents[0].changes[0].subject == \"evidence-changed\"" out
'

test_expect_success 'beside documents that changed, in order of their paths' '
	sed -i "s/^## What happened/## The course/" $queue && git commit -qam both &&
	run 0 pm review before..HEAD && grep -o "^[^ ]*" out >got && cat >want <<-EOF2 &&
	$disk:
	$disk:6:
	$disk:10:
	$queue:
	$queue:8:
	EOF2
	test_cmp want got && has out "$disk:10: * warning: $link" &&
	run 0 pm review --format markdown before..HEAD &&
	has out "### pm review: 1 document and 1 unchanged, 1 to look at first, 1 change, 1" &&
	has out "The disk \\<was\\> full (unchanged, review, SEV2): 1 to look at first, 1 change" &&
	run 0 pm review --format html before..HEAD &&
	has out "<bdi>The disk &lt;was&gt; full</bdi> (unchanged, " &&
	run 0 pm review --format json before..HEAD &&
	jq -r ".documents[] | [.state, (.changes | length)] | @tsv" out >got &&
	printf "unchanged\t2\nmodified\t1\n" >want && test_cmp want got
'

test_expect_success 'the check counts the same' '
	run 1 pm check --since before --format json &&
	jq -c "[.errors, .warnings]" out >want && run 0 pm review --format json before..HEAD &&
	jq -c "[.introduced_errors, .introduced_warnings]" out >got && test_cmp want got
'

test_expect_success 'documents that are named are told alone' '
	run 0 pm review before..HEAD queue && has_not out "$disk" && test "$(wc -l <out)" = 2 &&
	run 0 pm review before..HEAD disk && has_not out "$queue:" && test "$(wc -l <out)" = 3
'

test_expect_success 'what is mended is told quietly, at its line' '
	git revert --no-edit HEAD >/dev/null && run 0 pm review HEAD~..HEAD &&
	has out "(unchanged, review, SEV2): 2 quiet" && has out "$disk:6: - mended: $evidence" &&
	has err "1 other concerned, 0 things to look at first; 0 findings introduced, 2 mended"
'

test_expect_success 'a document that is gone is told of once, and who links to it' '
	git rm -q $queue && run 0 pm review --staged && has out "$queue: ! document removed" &&
	has out "$disk:10: * warning: $link" && grep -c ": [!*-] " out >got && echo 2 >want &&
	test_cmp want got && git reset -q --hard
'

test_expect_success 'nothing of it where documents are not concerned' '
	echo new >${file%/*}/new.csv && git add -A && run 0 pm review --staged &&
	test_must_be_empty out && has err "pm: 0 documents changed, 0 things"
'

test_done
