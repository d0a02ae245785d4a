#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm-policy.5 and the policy that pm init writes say the same'
. "$(dirname "$0")/lib.sh"

MANUAL=$PM_ROOT/cmd/man/pm-policy.5

test_expect_success 'every setting is in the manual, and no other' '
	make_repo repo && (cd repo && pm init >/dev/null 2>&1) &&
	sed -n "s/^\([a-z_]*\):.*/\1/p" repo/.pm/policy.yaml | sort >written &&
	sed -n "/^.Sh SETTINGS/,/^.Sh TEMPLATES/{
		/-compact/,/^.El/d
		s/^.It Cm \([a-z_]*\) : .*/\1/p
	}" "$MANUAL" | sort >described &&
	test -s written && test_cmp written described
'

test_expect_success 'every default word is in the manual' '
	tr "\n" " " <"$MANUAL" >flat &&
	sed -n -e "s/^  *- \([a-zA-Z][a-zA-Z0-9-]*\)$/\1/p" \
		-e "s/^  *- name: \(.*\)/\1/p" \
		-e "s/^[ a-z_]*: \[\(.*\)\]$/\1/p" repo/.pm/policy.yaml |
		tr -d " " | tr "," "\n" | grep . >words &&
	test "$(wc -l <words)" -gt 50 &&
	while read -r word
	do
		grep -qE "[^a-z]$word[^a-z]" flat || { echo "$word" >&2; return 1; }
	done <words
'

test_expect_success 'the example of the manual is a policy' '
	(
		cd repo &&
		sed -n "/^.Sh EXAMPLES/,/^.Ed/p" "$MANUAL" |
			sed "/^\.[A-Z]/d; 1,/^with drafts:/d" >.pm/policy.yaml &&
		test -s .pm/policy.yaml && mkdir .github &&
		echo "* @ana @dee" >.github/CODEOWNERS &&
		run 0 pm list --format json &&
		run 0 pm new --no-input --severity p1 --service checkout \
			--owner dee "From the manual" &&
		f=docs/incidents/2026/2026-11-22-from-the-manual.md &&
		echo $f >want && test_cmp want out &&
		has $f "severity: major" &&
		has $f "departments: [web-development]" &&
		has $f "owner: \"@dee\"" &&
		has $f "{person: \"@acme/checkout\", department: web-dev" &&
		run 2 pm new --no-input --owner eve "Nobody" && has err eve
	)
'

test_expect_success 'the rules that no baseline holds are those of the manual' '
	grep -l "\.told = true" "$PM_ROOT"/lib/check/rules/*.c |
		sed "s|.*/||; s|\.c$||; s|_|-|g" | sort >told &&
	sed -n "/^It never holds findings of/,/^What it says/s/^\.Ql \([a-z-]*\).*/\1/p" \
		"$MANUAL" | sort >described &&
	test -s told && test_cmp told described
'

test_done
