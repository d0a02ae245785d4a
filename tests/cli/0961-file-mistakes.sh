#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='people files and templates are told all their mistakes in one run'
. "$(dirname "$0")/lib.sh"

# told FILE COMMAND...: fails, with the lines of standard input about FILE.
told()
{
	pm_file=$1
	shift
	sed "s|^|pm: $pm_file|" >want && run 3 "$@" && test_must_be_empty out && test_cmp want err
}

test_expect_success 'a template' '
	make_repo repo && cd repo && run 0 pm init && run 0 pm new One --owner @ana &&
	run 0 pm new Two --owner @ana && mkdir .pm/templates &&
	cat >.pm/templates/incident.md <<-\EOF &&
	---
	schema: 1
	title: [
	kind: "incident
	---
	# {{title}} of {{titel}} by {{ownr}}

	## Impact
	<!-- pm: role=impct form=review -->
	<!-- pm: optional -->

	## Impact
	<!-- pm: min-words=x optional=1 -->

	## Causes
	<!-- pm: role=cause -->

	##
	<!-- pm: role=cause -->
	<!-- there is
	EOF
	cat >places <<-\EOF &&
	:6:18: unknown variable '\''titel'\'' (did you mean '\''title'\''?)
	:6:31: unknown variable '\''ownr'\'' (did you mean '\''owner'\''?)
	:9:10: unknown role '\''impct'\'' (did you mean '\''impact'\''?)
	:9:21: unknown requirement '\''form'\'' (did you mean '\''from'\''?)
	:10:6: a second requirement for '\''Impact'\'' (write both as one)
	:12:4: two sections are called '\''Impact'\'' (first on line 8)
	:13:10: '\''x'\'' is not a number of words from 0 to 9999
	:13:22: '\''optional'\'' takes no value
	:18:1: a heading is empty
	:19:10: two sections have the role '\''cause'\'' (first on line 15)
	:20:1: a comment has no end (write '\''-->'\'' after it)
	EOF
	run 3 pm check && test_must_be_empty out && grep "md:3:8: " err && grep "md:4:7: " err &&
	sed "s/^pm: .pm\/templates\/incident.md//; /^:[345]:/d" err >rest && test_cmp places rest &&
	cp err all &&
	for command in "check --fix" status review "new Three" "commit" "-j 1 check" "-j 3 check"
	do
		run 3 pm $command && test_cmp all err || return 1
	done
'

test_expect_success 'very many are counted' '
	{ echo "# x" &&
		seq 1 60 | sed "s/.*/{{x&}}/"; } >.pm/templates/incident.md &&
	run 3 pm check && test "$(wc -l <err)" -eq 21 &&
	tail -n 1 err >last &&
	has last "pm: .pm/templates/incident.md: 41 more mistakes are in it" &&
	rm -r .pm/templates && run 0 pm check
'

test_expect_success 'a list of people' '
	sed -i "s/^people_file:.*/people_file: team/" .pm/policy.yaml &&
	printf "@ana\nBob Smith\n# all\n@@\n@bo # fine\nx@\n" >team &&
	told team pm check <<-\EOF
	:2:5: cannot read '\''Smith'\'' as a person (write @name, @org/team or an e-mail address)
	:4:1: cannot read '\''@@'\'' as a person (write @name, @org/team or an e-mail address)
	:6:1: cannot read '\''x@'\'' as a person (write @name, @org/team or an e-mail address)
	EOF
'

test_expect_success 'a CODEOWNERS' '
	sed -i "s/people_file: team/people_file: CODEOWNERS/" .pm/policy.yaml &&
	printf "a b c @ana\n* @bo @@bad x@\n" >CODEOWNERS &&
	told CODEOWNERS pm list <<-\EOF
	:1:3: cannot read '\''b'\'' as a person (write @name, @org/team or an e-mail address)
	:1:5: cannot read '\''c'\'' as a person (write @name, @org/team or an e-mail address)
	:2:13: cannot read '\''x@'\'' as a person (write @name, @org/team or an e-mail address)
	EOF
'

test_expect_success 'of which very many are counted' '
	seq 1 60 | sed "s/.*/x&@/" >CODEOWNERS && sed -i "s/^/* /" CODEOWNERS &&
	run 3 pm check && test "$(wc -l <err)" -eq 21 && tail -n 1 err >last &&
	has last "pm: CODEOWNERS: 40 more mistakes are in it"
'

test_done
