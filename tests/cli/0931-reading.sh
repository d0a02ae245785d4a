#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# What pm reads of real documents, held against what a careful reader found in
# them: sections, timelines and actions. Needs the labels and the corpus beside
# the repository, and python3, which the project itself does without.

test_description='what pm reads of real documents'
. "$(dirname "$0")/lib.sh"

corpus_or_skip
labels=$PM_ROOT/../shared/labels
if ! test -f "$labels/score"
then
	skip_all='no labels beside the repository'
	test_done
fi
if ! command -v python3 >/dev/null 2>&1
then
	skip_all='no python3 for the score'
	test_done
fi

# at_least NAME COLUMN BOUND: a figure of the score is not below a bound.
at_least()
{
	awk -v name="$1" -v column="$2" -v bound="$3" '
		$1 == name { seen = 1; value = $column; gsub(/[()]/, "", value) }
		END {
			if (!seen || value + 0 < bound + 0) {
				print name ": " value ", wanted " bound
				exit 1
			}
		}' score
}

test_expect_success 'every labelled document is read' '
	python3 "$labels/score" "$PM_BUILD/pm" "$labels/dev.jsonl" "$CORPUS" \
		>score &&
	grep "unread 0" score
'

test_expect_success 'sections, timelines and actions are found' '
	at_least sections 7 0.96 &&
	at_least timeline 7 0.98 &&
	at_least actions 7 0.95
'

test_expect_success 'times, owners, dates and states are right' '
	at_least time 6 0.97 &&
	at_least owner 6 0.90 &&
	at_least due 6 0.90 &&
	at_least done 6 0.97 &&
	at_least title 6 0.95
'

test_done
