#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# One edit is told once, and nothing is said of what did not happen.

test_description='pm review without noise'
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

doc=postmortems/2026-11-22-checkout-500s.md

test_expect_success 'a document under version control' '
	make_repo && printf "out\nerr\nnew\n" >>.git/info/exclude &&
	mkdir postmortems && cp "$PM_CASES/example/2026-11-22-checkout-500s.md" $doc &&
	commit_all
'

test_expect_success 'a section that is gone is one alert, and still counts' '
	sed "/^## Detection/,/^rate, and/d" $doc >new && cp new $doc &&
	run 1 pm review --fail-level error &&
	has out "! section '\''Detection'\'' removed: 23 words" &&
	has out " - error: section '\''Detection'\'' is missing" &&
	has err "1 thing to look at first; 1 finding introduced" &&
	git checkout -q .
'

test_expect_success 'a section that was emptied is one alert' '
	sed "/^The error rate alert fired/,/^rate, and/d" $doc >new && cp new $doc &&
	run 0 pm review && has out "! section '\''Detection'\'' emptied: it had 23 words" &&
	has out " - error: section '\''Detection'\'' is empty" &&
	has err "1 thing to look at first; 1 finding introduced" &&
	git checkout -q .
'

test_expect_success 'an order that is wrong is not said to mean nothing' '
	sed -e "/10:31Z the push/d" -e "/11:04Z the backlog/a\\
- 2026-11-22 10:31Z the push is rolled back and errors fall (deploy log)" \
		$doc >new && cp new $doc && run 0 pm review &&
	has out "timeline-order" && ! grep "means nothing" out &&
	git checkout -q .
'

test_expect_success 'settings that change with the branch are said first' '
	git checkout -q -b slip && mkdir .pm &&
	printf "severities:\n  - {name: SEV2}\n" >.pm/policy.yaml &&
	sed "s/^status: review/status: final/" $doc >new && cp new $doc && commit_all &&
	run 0 pm review HEAD~1..HEAD &&
	has out "! the settings change as well (.pm/policy.yaml): all" &&
	run 0 pm review --format markdown HEAD~1..HEAD &&
	has out "**the settings change as well" &&
	run 0 pm review --format html HEAD~1..HEAD &&
	has out "<p class=\"alert\">the settings change as well" &&
	run 0 pm review --format json HEAD~1..HEAD && jq -e ".settings_changed == 1" out &&
	sed "s/^status: final/status: draft/" $doc >new && cp new $doc &&
	run 0 pm review && ! grep "the settings" out
'

test_done
