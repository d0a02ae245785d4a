#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm adopt: what stands in the place of a severity is none'
. "$(dirname "$0")/lib.sh"

DOC=postmortems/2025-02-01-queue.md

# adopted SEVERITY: from a document that states it, policy and front matter.
adopted()
{
	rm -rf .pm && printf "%s\n" "# The queue was full" "" "**Severity:** $1" "" \
		"## Timeline" "" "- 2025-02-01 10:00 UTC full" "" "## Impact" "" "None." >$DOC &&
		run 0 pm adopt && run 0 pm adopt --convert && run 0 pm check
}

test_expect_success 'placeholders, signs and changes are left out' '
	make_repo repo && cd repo && mkdir postmortems && for word in TBD None "?" - "n/a" \
		Unknown "$(printf "\360\237\224\245")" "SEV2 -> SEV1" "SEV2 → SEV1" \
		"~~SEV1~~ SEV2" \
		"$(printf "SEV1\ta")" "$(printf "SEV1\342\200\213")" \
		"$(printf "SE\302\255V1")"
	do
		adopted "$word" && has_not .pm/policy.yaml "Found in the documents" &&
			has_not $DOC "severity: " || { echo "with $word" && return 1; }
	done && sed -i "s/^title/severity: TBD\ntitle/" $DOC && rm -r .pm && run 0 pm adopt &&
	has_not .pm/policy.yaml TBD
'

test_expect_success 'words of a team are taken, and what stands behind them is not' '
	adopted "SEV2 # customers" && has $DOC "severity: SEV2" &&
	has_not .pm/policy.yaml "Found in the documents" && adopted "Brann (stor)" &&
	has $DOC "severity: Brann" && has .pm/policy.yaml "name: \"Brann\"" &&
	adopted "緊急" && has $DOC "severity: 緊急"
'

test_done
