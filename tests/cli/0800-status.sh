#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm status: six steps, whose turn, until when'
. "$(dirname "$0")/lib.sh"

doc=postmortems/2026/2026-11-22-checkout-500s.md

# The example, with an action that fits on a line.
example()
{
	sed -e "s/Reject a config that drops.*/Refuse it/" \
		-e "s/Checkout answered 500 to EU customers/Checkout 500s/" \
		"$PM_CASES"/example/*.md >"$doc"
}

# edit FROM TO: changes the one document.
edit()
{
	sed "s|$1|$2|" "$doc" >new && ! cmp -s new "$doc" && cp new "$doc"
}

test_expect_success 'nothing there is said' '
	make_repo repo && cd repo && printf "out\nerr\nwant\nnew\n" >.gitignore &&
	run 0 pm status && has err "no post-mortems yet"
'

test_expect_success 'one in review: the move and the open action' '
	mkdir -p postmortems/2026 && example &&
	run 0 pm status checkout-500s && cat >want <<-\EOF && test_cmp want out
	2026-11-22-checkout-500s: Checkout 500s
	review, SEV2, @ana
	  gather   done
	  collect  done
	  analyse  done
	  learn    done
	  plan     done
	  share    2 to do
	    in review: make it final, @ana, due 2026-12-10, in 18 days
	    line 28: A1 Refuse it, @bo, due 2026-12-05, in 13 days
	EOF
'

test_expect_success 'deadlines leave holidays out' '
	mkdir .pm && printf "holidays: [2026-12-08, 2026-12-09]\n" >.pm/policy.yaml &&
	run 0 pm status checkout-500s &&
	has out "make it final, @ana, due 2026-12-14, in 22 days" &&
	rm .pm/policy.yaml
'

test_expect_success 'late is late' '
	PM_NOW=2026-12-06T00:30:00Z run 0 pm status checkout-500s &&
	has out "@bo, due 2026-12-05, 1 day late" &&
	has out "@ana, due 2026-12-10, in 4 days"
'

test_expect_success 'a draft is judged as if in review' '
	edit "^status: review" "status: draft" &&
	sed "/^A configuration push removed/,/^customers in the EU/d" "$doc" >new &&
	cp new "$doc" && run 0 pm check &&
	run 0 pm status checkout-500s && grep -A1 "^  learn" out >learn &&
	cat >want <<-\EOF && test_cmp want learn &&
	  learn    1 to do, @ana, due 2026-11-27, in 5 days
	    line 40: section '\''Summary'\'' is empty [section-empty]
	EOF
	has out "a draft: put it into review, @ana, due 2026-11-27, in 5 days"
'

test_expect_success 'an action'\''s fault is its owner'\''s turn' '
	edit "    type: prevent" "    type: nonsense" &&
	run 0 pm status checkout-500s &&
	grep -A1 "^  plan" out >plan && has plan "1 to do, @bo, due 2026-11-27"
'

test_expect_success 'the table, and what it leaves out' '
	example &&
	run 0 pm status && cat >want <<-\EOF && test_cmp want out &&
	2026-11-22-checkout-500s  review  share 2  @bo  2026-12-05  Checkout 500s
	EOF
	edit "^status: review" "status: final" &&
	edit "    status: open" "    status: done\n    proof: https://example.org/changes/1" &&
	run 0 pm status && test_must_be_empty out &&
	has err "nothing is owed in 1 of 1 documents" &&
	run 0 pm status --all && has out "nothing"
'

test_expect_success 'an empty section is owed in the step that writes it' '
	sed -e "/^12,000 users/,/^twice/d" -e "/^The error rate alert/,/^rate, and/d" \
		-e "/^## Supporting data/,\$d" "$PM_CASES"/example/*.md >"$doc" &&
	run 0 pm status checkout-500s --format json &&
	jq -c ".documents[0].items[] | select(.rule) | [.step, .what]" out >got &&
	cat >want <<-\EOF && test_cmp want got
	["collect","section '\''Supporting data'\'' is missing"]
	["collect","section '\''Impact'\'' is empty"]
	["analyse","section '\''Detection'\'' is empty"]
	EOF
'

test_expect_success 'JSON holds all of it' '
	example &&
	run 0 pm status --format json &&
	jq -e ".schema == 1 and (.documents | length) == 1" out >/dev/null &&
	jq -c ".documents[0] | [.id, .turn, .due, .late_days, (.steps | length)]" out >got &&
	cat >want <<-\EOF && test_cmp want got &&
	["2026-11-22-checkout-500s","@bo","2026-12-05",-13,6]
	EOF
	jq -c ".documents[0].items[] | [.[]]" out >got && cat >want <<-\EOF && test_cmp want got
	["share","in review: make it final","@ana","2026-12-10",-18,null,null,null]
	["share","A1 Refuse it","@bo","2026-12-05",-13,28,null,null]
	EOF
'

test_expect_success 'reminders: who is latest first' '
	PM_NOW=2026-12-07T12:00:00Z run 0 pm status --remind &&
	cat >want <<-\EOF && test_cmp want out &&
	@bo owes 1 thing
	  due 2026-12-05, 2 days late: A1 Refuse it
	    2026-11-22-checkout-500s, line 28

	@ana owes 1 thing
	  due 2026-12-10, in 3 days: in review: make it final
	    2026-11-22-checkout-500s
	EOF
	PM_NOW=2026-12-07T12:00:00Z \
		run 0 pm status --remind --format markdown --person bo &&
	cat >want <<-\EOF && test_cmp want out &&
	### @bo owes 1 thing

	- **due 2026-12-05, 2 days late**: A1 Refuse it (2026\-11\-22\-checkout\-500s, line 28)
	EOF
	run 0 pm status --remind --person nobody-here &&
	test_must_be_empty out && has err "nobody owes anything"
'

test_expect_success 'what nobody owns waits, in each format' '
	sed "s/^    owner: .*/    owner: \"\"/" "$PM_CASES"/example/*.md >"$doc" &&
	for format in text markdown mail
	do
		run 0 pm status --remind --format $format && has_not out obody &&
			has out "1 thing waits for an owner" || return 1
	done
'

test_expect_success 'a reminder says what is missing, and counts what is much' '
	sed -e "s/^severity: .*/severity: SEV9/" -e "s/^trigger: .*/trigger: moon/" \
		-e "s/    type: prevent/    type: nonsense/" \
		"$PM_CASES"/example/*.md >"$doc" &&
	run 0 pm status --remind && cat >want <<-\EOF && test_cmp want out &&
	@bo owes 2 things
	  due 2026-12-05, in 13 days: A1 Reject a config that drops a shard in the presubmit check
	    2026-11-22-checkout-500s, line 28
	  no date: action A1 has the type '\''nonsense'\'', which the policy does not list
	    2026-11-22-checkout-500s, line 30

	@ana owes 3 things
	  no date: severity '\''SEV9'\'' is not in the policy'\''s list
	    2026-11-22-checkout-500s, line 7
	  no date: trigger '\''moon'\'' is not in the policy'\''s list
	    2026-11-22-checkout-500s, line 21
	  no date: in review: make it final
	    2026-11-22-checkout-500s
	EOF
	edit "^kind: incident" "kind: party" &&
	edit "^detected_by: alert" "detected_by: nobody" &&
	run 0 pm status --remind --person ana &&
	cat >want <<-\EOF && test_cmp want out
	@ana owes 2 things
	  no date: 4 things missing before it is final: gather 4 ('\''pm status'\'' lists them)
	    2026-11-22-checkout-500s
	  no date: in review: make it final
	    2026-11-22-checkout-500s
	EOF
'

test_expect_success 'actions on one line each have their owner' '
	sed -e "/^action_items:/,/^    addresses/d" -e "/^related:/a\\
action_items: [{id: A1, title: Add this, type: detect, due: 2026-12-05, owner: \"@bo\"},\\
  {id: A2, title: Add that, type: odd, due: 2026-12-05, owner: \"@cy\"}, {id: A3, \\
  title: Add it, type: odder, due: 2026-12-05, owner: \"@di\"}]" \
		"$PM_CASES"/example/*.md >"$doc" &&
	run 0 pm status --format json &&
	jq -c ".documents[0].items[] | select(.rule == \"action-type\") | .who" \
		out >got && printf "\"@cy\"\n\"@di\"\n" >want && test_cmp want got
'

test_expect_success 'what is not over has no deadline, as the check sees it' '
	sed -e "s/^  resolved: .*/  resolved: unknown/" \
		"$PM_CASES"/example/*.md >"$doc" &&
	PM_NOW=2027-03-01T00:00Z run 0 pm check && ! grep review-overdue out &&
	PM_NOW=2027-03-01T00:00Z run 0 pm status checkout-500s &&
	has out "make it final, @ana, no date"
'

test_expect_success 'a warning is called one, and nobody is written to for it' '
	sed -e "s/title: Reject a config.*/title: The config/" \
		"$PM_CASES"/example/*.md >"$doc" &&
	run 0 pm status checkout-500s && has out "warning: action A1 does not begin" &&
	run 0 pm status --remind && ! grep "does not begin" out
'

test_expect_success 'what keeps the move back stands before it' '
	mkdir -p .pm && printf "severities:\n  - {name: SEV2, approvals: 1}\n" >.pm/policy.yaml &&
	cp "$PM_CASES"/example/*.md "$doc" &&
	run 0 pm status checkout-500s && rm .pm/policy.yaml &&
	sed -e "1,/^  share/d" -e "s/\(.\{19\}\).*/\1/" out >got &&
	cat >want <<-\EOF && test_cmp want got
	    line 6: SEV2 as
	    in review: make
	    line 28: A1 Rej
	EOF
'

test_expect_success 'who may approve is reminded until somebody did' '
	printf "severities:\n  - {name: SEV2, approvals: 1}\napprovers: [\"@dee\", \"@eve\"]\n" \
		>.pm/policy.yaml &&
	run 0 pm status --remind --person dee && has out "read it and run" &&
	run 0 pm status --remind --person eve && has out "read it and run" &&
	cp "$doc" unapproved && sed -i "s/^status: review/status: draft/" "$doc" &&
	run 0 pm status --remind --person dee && has_not out "read it and run" &&
	cp unapproved "$doc" && run 0 pm approve --by @dee checkout-500s &&
	run 0 pm status --remind --person eve && has_not out "read it and run" &&
	run 0 pm status checkout-500s && has_not out "read it and run" &&
	printf "\nNow another text.\n" >>"$doc" &&
	run 0 pm status --remind --person dee && has out "read it and run" &&
	printf "\nKey %s%s.\n" ghp_ k7Rw2Lq9Zt4Xv1Bn6Mc3Hd8Js5Fg0PyQeAuT >>"$doc" &&
	run 0 pm approve --no-verify --by @eve checkout-500s &&
	run 0 pm status --remind --person dee && has_not out "read it and run" &&
	rm .pm/policy.yaml unapproved
'

test_expect_success 'a mail cannot be forged by a document' '
	sed -e "s|^    owner: \"@bo\"|    owner: b@example.org|" \
		-e "s|title: Rej.*|title: \"From x\\\\nTo: b\\\\n\\\\nFrom y\"|" \
		"$PM_CASES"/example/*.md >"$doc" && grep "title: .From" "$doc" &&
	run 0 pm status --remind --format mail --person b@example.org &&
	test "$(grep -c "^From " out)" = 1 && test "$(grep -c "^To: " out)" = 1 &&
	grep -x "To: b@example.org" out &&
	edit "owner: b@example.org" "owner: From root@x Thu Jan  1 00:00:00 1970" &&
	run 0 pm status --remind --format mail &&
	test "$(grep -c "^From " out)" = 2 && has out ">From root@x Thu"
'

test_expect_success 'a wrong format, a wrong pair' '
	run 2 pm status --remind --format xml && has err "text, markdown, mail" &&
	run 2 pm status --person bo && has err "goes with" &&
	run 2 pm status --format xml
'

test_expect_success 'a revision, staged, and a bare repository' '
	example && commit_all &&
	edit "^severity: SEV2" "severity: SEV1" &&
	run 0 pm status --at HEAD checkout-500s && has out "review, SEV2" &&
	run 0 pm status checkout-500s && has out "review, SEV1" &&
	git clone -q --bare . ../bare.git && run 0 pm -C ../bare.git status &&
	has out "share 2"
'

test_done
