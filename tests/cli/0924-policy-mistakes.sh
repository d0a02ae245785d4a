#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='a policy is told all its mistakes in one run'
. "$(dirname "$0")/lib.sh"

test_expect_success 'each mistake has its line, in the order of the file' '
	mkdir repo && cd repo && git init -q && mkdir .pm &&
	cat >.pm/policy.yaml <<-\EOF &&
	schema: 1
	documets: ["*.md"]
	new_dir: ../x
	max_document: 12 XB
	severities:
	  - name: SEV1
	    review_days: many
	    aproval: 2
	  - SEV1
	kinds: incident
	people: ["@ana", "a b", ""]
	rules:
	  action-due: fatal
	  section-empty: {draft: on}
	EOF
	sed "s/^/pm: .pm\/policy.yaml:/" >want <<-\EOF &&
	2:1: unknown setting '\''documets'\'' (did you mean '\''documents'\''?)
	3:10: bad path '\''../x'\'': it has a '\''.'\'' or '\''..'\'' component
	4:15: '\''12 XB'\'' is not a size from 1 KiB to 64 MiB (write it like 256 KiB)
	7:18: '\''many'\'' is not a number of days from 0 to 3650
	8:5: unknown setting '\''aproval'\'' (did you mean '\''approvals'\''?)
	9:5: '\''SEV1'\'' is named twice (first on line 6)
	EOF
	run 3 pm check && test_must_be_empty out && head -n 6 err >six && test_cmp want six &&
	has err ":10:8: " && has err ":11:18: " && has err ":11:25: " &&
	has err ":13:15: " && has err ":14:26: " && test "$(wc -l <err)" -eq 11
'

test_expect_success 'so are its slips of YAML and the rules that are none' '
	printf "kinds: [a\npeople: [@ana]\n" >.pm/policy.yaml &&
	run 3 pm list && test "$(wc -l <err)" -eq 2 && has err ":1:8: " && has err ":2:10: " &&
	printf "rules:\n  section-emtpy: off\n  title-mismatch: off\n  xyzzy: off\n" \
		>.pm/policy.yaml &&
	run 3 pm check && test "$(wc -l <err)" -eq 2 &&
	has err ":2:3: no rule is called" && has err ":4:3: no rule is called"
'

test_expect_success 'very many are counted' '
	seq 1 60 | sed "s/.*/x&: 1/" >.pm/policy.yaml &&
	run 3 pm check && test "$(wc -l <err)" -eq 21 && has err ":20:1: unknown" &&
	tail -n 1 err >last && has last "pm: .pm/policy.yaml: 40 more mistakes are in it"
'

test_done
