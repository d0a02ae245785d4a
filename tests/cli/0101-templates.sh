#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='documents from every shipped template: what a draft lacks, and clean once filled'
. "$(dirname "$0")/lib.sh"

TEMPLATES='default short security near-miss'

# What a writer does: a sentence under every heading, events under the
# timeline, and the front matter's open fields.
cat >fill.awk <<'EOF'
/^<!--/ { comment = 1 }
comment { if (/-->$/) comment = 0; next }
/^severity:/ { $0 = "severity: SEV2" }
/^owner:/ { $0 = "owner: \"@ana\"" }
/^status:/ { $0 = "status: final" }
/^departments:/ { $0 = "departments: [web]" }
/^participants:/ { $0 = "participants: [{person: \"@ana\", department: web}]" }
/^  started:/ { $0 = "  started: 2026-11-21T10:02Z" }
/^  detected:/ { $0 = "  detected: 2026-11-21T10:09Z" }
/^  mitigated:/ { $0 = "  mitigated: 2026-11-21T10:31Z" }
/^  resolved:/ { $0 = "  resolved: 2026-11-21T11:04Z" }
/^detected_by:/ { $0 = "detected_by: alert" }
/^trigger:/ { $0 = "trigger: config-push" }
/^causes:/ { $0 = "causes: [{id: C1, kind: test-gap, text: The canary missed a shard}]" }
/^action_items:/ {
	print "action_items:"
	print "  - id: A1"
	print "    title: Reject a config that drops a shard"
	print "    type: prevent"
	print "    owner: \"@bo\""
	print "    due: 2026-12-05"
	print "    priority: P1"
	print "    status: open"
	print "    addresses: [C1]"
	next
}
{ print }
/^## Timeline/ {
	print "\n- 2026-11-21 10:02Z the config reaches the shard (deploy log)"
	print "- 2026-11-21 10:09Z the alert fires (grafana)"
	next
}
/^## / && !/^## Action items/ { print "\nOne person of three wrote this sentence." }
EOF

test_expect_success 'a draft is told of every heading and every open field' '
	make_repo repo && cd repo &&
	for t in $TEMPLATES
	do
		run 0 pm new --no-input --template $t "Template $t" &&
		f=$(cat out) &&
		run 0 pm check --format json "$f" &&
		jq -e ".errors == 0" out &&
		jq -r ".findings[] | select(.rule == \"section-empty\").line" out >lines &&
		while read -r n; do sed -n "${n}p" "$f"; done <lines >told &&
		awk "/^## / { head = \$0; want = 1 }
			/optional/ { want = 0 }
			head != \"\" && /-->/ { if (want) print head; head = \"\" }" \
			"$PM_ROOT/templates/$t.md" >want &&
		test -s want && test_cmp want told || return 1
	done
'

test_expect_success 'no line is longer than 80 columns' '
	! grep -nE "^.{81,}" postmortems/2026/*.md
'

test_expect_success 'filled in and final, each is clean' '
	for f in postmortems/2026/*.md
	do
		awk -f ../fill.awk "$f" >filled && mv filled "$f" || return 1
	done &&
	run 0 pm check --format json &&
	jq -e ".documents == 4 and .findings == []" out
'

test_expect_success 'a document keeps to its own template, by name or kind' '
	f=postmortems/2026/2026-11-22-template-short.md &&
	sed "/^template:/d" "$f" >without && mv without "$f" &&
	run 1 pm check "$f" && has out "section-missing" &&
	sed "s/^kind:.*/&\ntemplate: shrot/" "$f" >typo && mv typo "$f" &&
	run 1 pm check "$f" && has out "shrot"
'

test_expect_success 'a team writes its own, in its own language' '
	mkdir -p .pm/templates && cat >.pm/templates/ausfall.md <<-\EOF &&
	---
	schema: 1
	id: {{id}}
	title: {{title}}
	kind: {{kind}}
	template: {{template}}
	status: {{status}}
	severity: {{severity}}
	owner: {{owner}}
	times:
	  started: 2026-11-21T10:02Z
	  detected: 2026-11-21T10:09Z
	  resolved: 2026-11-21T11:04Z
	detected_by: alert
	trigger: config-push
	causes: []
	action_items: []
	---

	# {{title}}

	## Wen traf es?

	<!-- pm: role=impact from=draft min-words=3
	     Zahlen, bitte. -->

	## Was meinen die Nachbarn?

	<!-- pm: from=draft -->
	EOF
	run 0 pm new --no-input --template ausfall --severity SEV4 --owner ana "Stromausfall" &&
	f=$(cat out) && has_not "$f" "pm:" && has "$f" "Zahlen, bitte." &&
	run 0 pm check --format json "$f" &&
	jq -e "[.findings[] | select(.rule == \"section-empty\")] | length == 2" out &&
	printf "\nNiemand.\n" >>"$f" &&
	sed "s/^## Wen traf es?/&\n\nAlle Kunden im Norden/" "$f" >new && mv new "$f" &&
	run 0 pm check --format json "$f" &&
	jq -e "[.findings[] | select(.rule | startswith(\"section\"))] == []" out &&
	run 0 pm show --format json "$f" &&
	jq -e ".sections[] | select(.role == \"impact\").heading == \"Wen traf es?\"" out
'

test_expect_success 'a template of headings alone gets the front matter of pm' '
	printf "# {{title}}\n\n## What broke\n\n<!-- pm: role=impact -->\n" \
		>.pm/templates/bare.md &&
	run 0 pm new --no-input --template bare --severity SEV4 --owner ana "Bare: a # b" &&
	f=$(cat out) && has "$f" "template: bare" && has "$f" "owner: \"@ana\"" &&
	has "$f" "## What broke" &&
	run 0 pm check "$f" &&
	run 0 pm show --format json "$f" &&
	jq -e ".title == \"Bare: a # b\" and .severity == \"SEV4\"" out
'

test_expect_success 'a template may begin with a byte order mark' '
	{ printf "\357\273\277" && cat .pm/templates/ausfall.md; } >.pm/templates/bom.md &&
	run 0 pm new --no-input --template bom --severity SEV4 "Bom: a # b" &&
	f=$(cat out) && run 0 pm show --format json "$f" &&
	jq -e ".title == \"Bom: a # b\" and .severity == \"SEV4\"" out
'

test_done
