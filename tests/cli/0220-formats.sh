#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='findings in the formats of build servers and forges'
. "$(dirname "$0")/lib.sh"

ESC=$(printf '\033')

test_expect_success 'a repository with findings, and one with a nasty document' '
	make_repo repo && mkdir -p repo/postmortems nasty/postmortems &&
	cat >"repo/postmortems/2026-11-22-café 500s.md" <<-\EOF &&
	---
	schema: 1
	id: 2026-11-22-café 500s
	title: Checkout answered 500
	kind: incident
	status: draft
	severity: SEV9
	owner: "@ana"
	action_items:
	  - {id: A1, title: Reject a bad config, due: 2026-11-19, status: open}
	---

	# Checkout answered 500

	## Summary

	Words.
	EOF
	git -C nasty init -q &&
	cat >nasty/postmortems/2026-01-01-nasty.md <<-EOF &&
	---
	title: "${ESC}[31mred ##[error]boom"
	owner: "::error::owner"
	severity: "::warning::x <b> & \\" @ana"
	---

	# ${ESC}]0;pwn ::add-mask::x

	[gone](no%20such.md "]]>") and [x](<&.md>)
	EOF
	cd repo
'

inert() {
	! LC_ALL=C grep -n "$ESC" "$1" >&2 &&
	! grep -E "^[[:space:]]*::" "$1" | grep -v "^::[a-z]* file=" >&2 &&
	! grep -nF "##[" "$1" >&2
}

# Where there is no xmllint, only what grep can see is tested.
well_formed() {
	command -v xmllint >/dev/null || return 0
	xmllint --noout "$@"
}

# hazard: 117
test_expect_success 'github: annotations on stdout, the list in the summary' '
	run 1 pm check --format github &&
	grep "^::error file=postmortems/2026-11-22-café 500s.md,line=10,.*::" out &&
	has out ",title=action-owner::" &&
	GITHUB_STEP_SUMMARY=$PWD/summary.md &&
	export GITHUB_STEP_SUMMARY &&
	echo before >summary.md &&
	run 1 pm check --format github &&
	unset GITHUB_STEP_SUMMARY &&
	head -n 1 summary.md >first && echo before >want && test_cmp want first &&
	has summary.md "| error |" && has summary.md "action\\-owner" &&
	(cd ../nasty && pm check --format github >out ; inert out)
'

test_expect_success 'github: a summary that cannot be written is told' '
	GITHUB_STEP_SUMMARY=$PWD/no/such/file &&
	export GITHUB_STEP_SUMMARY &&
	run 1 pm check --format github &&
	unset GITHUB_STEP_SUMMARY &&
	has err "cannot write the summary" && has out "::error file="
'

# hazard: 121
test_expect_success 'sarif: what the schema and code scanning require' '
	run 1 pm check --format sarif &&
	jq -e "
		def filled: type == \"string\" and length > 0 and length <= 1024;
		(.[\"\$schema\"] | filled) and .version == \"2.1.0\" and
		(.runs | length == 1) and (.runs[0] |
		(.tool.driver.name | filled) and
		.columnKind == \"unicodeCodePoints\" and
		([.tool.driver.rules[] | (.id | filled) and
			(.shortDescription.text | filled) and
			(.fullDescription.text | filled) and
			(.help.text | filled) and
			(.defaultConfiguration.level |
				IN(\"error\", \"warning\", \"note\", \"none\")) and
			(.properties.tags | length == 1)] | all) and
		(.tool.driver.rules as \$rules | [.results[] |
			.ruleId == \$rules[.ruleIndex].id and
			(.message.text | filled) and
			(.level | IN(\"error\", \"warning\", \"note\")) and
			(.locations[0].physicalLocation |
				(.artifactLocation.uri | test(\"^[A-Za-z0-9._~/%-]+\$\")) and
				(.region | .startLine >= 1 and .startColumn >= 1 and
					.endLine == .startLine and
					.endColumn >= .startColumn)) and
			(.partialFingerprints.primaryLocationLineHash |
				test(\"^[0-9a-f]{16}:[0-9]+\$\"))] | all) and
		(.results | length > 3) and
		([.results[].partialFingerprints.primaryLocationLineHash] |
			length == (unique | length)))" out &&
	has out "postmortems/2026-11-22-caf%C3%A9%20500s.md" &&
	(cd ../nasty && pm check --format sarif >out ; inert out && jq -e . out >/dev/null)
'

test_expect_success 'gitlab: every finding has a fingerprint that outlives its line' '
	run 1 pm check --format gitlab &&
	jq -e "length > 3 and ([.[].fingerprint] | length == (unique | length)) and
		([.[] | (.description | length > 0) and (.check_name | length > 0) and
			(.severity | IN(\"info\", \"minor\", \"major\")) and
			(.location.path | startswith(\"postmortems/\")) and
			.location.lines.begin >= 1] | all)" out &&
	jq -c "[.[].fingerprint]" out >before &&
	sed "1a # a line more" "postmortems/2026-11-22-café 500s.md" >moved &&
	cp "postmortems/2026-11-22-café 500s.md" kept &&
	mv moved "postmortems/2026-11-22-café 500s.md" &&
	run 1 pm check --format gitlab &&
	jq -c "[.[].fingerprint]" out >after &&
	mv kept "postmortems/2026-11-22-café 500s.md" &&
	test_cmp before after &&
	(cd ../nasty && pm check --format gitlab >out ; inert out && jq -e . out >/dev/null)
'

test_expect_success 'rdjson: diagnostics with whole ranges' '
	run 1 pm check --format rdjson &&
	jq -e ".source.name == \"pm\" and (.diagnostics | length > 3) and
		([.diagnostics[] | (.message | length > 0) and
			(.severity | IN(\"ERROR\", \"WARNING\", \"INFO\")) and
			(.code.value | length > 0) and
			(.location.path | startswith(\"postmortems/\")) and
			(.location.range | .start.line >= 1 and .start.column >= 1 and
				[.end.line, .end.column] >=
				[.start.line, .start.column])] | all)" out &&
	(cd ../nasty && pm check --format rdjson >out ; inert out && jq -e . out >/dev/null)
'

# hazard: 122
test_expect_success 'checkstyle: well-formed whatever a document holds' '
	run 1 pm check --format checkstyle &&
	well_formed out &&
	has out "<file name=\"postmortems/2026-11-22-café 500s.md\">" &&
	grep "<error line=\"10\" column=\"5\" severity=\"error\" " out &&
	has out " source=\"pm.action-owner\"/>" &&
	(cd ../nasty && pm check --format checkstyle >out ; inert out && well_formed out)
'

# The order of elements and the attributes that build servers insist on.
cat >junit.xsd <<-\EOF
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:complexType name="detail"><xs:simpleContent><xs:extension base="xs:string">
	<xs:attribute name="type" type="xs:string"/>
	<xs:attribute name="message" type="xs:string"/>
</xs:extension></xs:simpleContent></xs:complexType>
<xs:element name="testsuites"><xs:complexType><xs:sequence>
<xs:element name="testsuite" maxOccurs="unbounded"><xs:complexType><xs:sequence>
<xs:element name="testcase" maxOccurs="unbounded"><xs:complexType><xs:choice minOccurs="0">
	<xs:element name="failure" type="detail"/>
	<xs:element name="system-out" type="xs:string"/>
</xs:choice>
	<xs:attribute name="name" type="xs:string" use="required"/>
	<xs:attribute name="classname" type="xs:string" use="required"/>
</xs:complexType></xs:element></xs:sequence>
	<xs:attribute name="name" type="xs:string" use="required"/>
	<xs:attribute name="tests" type="xs:nonNegativeInteger" use="required"/>
	<xs:attribute name="failures" type="xs:nonNegativeInteger" use="required"/>
	<xs:attribute name="errors" type="xs:nonNegativeInteger" use="required"/>
</xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
</xs:schema>
EOF

# hazard: 122
test_expect_success 'junit: valid whatever a document holds' '
	run 1 pm check --format junit &&
	well_formed --schema junit.xsd out &&
	has out "<testcase name=\"action-owner\" classname=\"postmortems/2026" &&
	has out "café 500s.md\"><failure type=\"error\"" &&
	has out "<system-out>" &&
	cp junit.xsd ../nasty &&
	(cd ../nasty && pm check --format junit >out ; inert out &&
		well_formed --schema junit.xsd out) &&
	make_repo ../empty && cp junit.xsd ../empty &&
	(cd ../empty && run 0 pm check --format junit &&
		well_formed --schema junit.xsd out)
'

# hazard: 119
test_expect_success 'markdown: text from documents is no markup' '
	run 1 pm check --format markdown &&
	grep "^### pm check: [0-9]* errors, [0-9]* warning" out &&
	has out "#### postmortems/2026\\-11\\-22\\-café 500s.md" &&
	grep "^- \*\*error\*\* in line 10: action A1 has no owner" out &&
	(cd ../nasty && pm check --format markdown >out ; inert out &&
		has_not out "<b>" && has_not out "@ana")
'

test_expect_success 'a format of findings is refused for lists' '
	for format in github sarif gitlab rdjson checkstyle junit markdown
	do
		run 2 pm list --format $format &&
		has err "$format" &&
		has err "is for findings: documents have no rule, level or message" &&
		run 2 pm search --format $format words || return 1
	done
'

test_expect_success 'several formats at once, one of them on stdout' '
	pm check --format json >json.want ;
	pm check --format sarif >sarif.want ;
	run 1 pm check --format json --format sarif=out.sarif \
		-f junit="out dir.xml" &&
	test_cmp json.want out &&
	test_cmp sarif.want out.sarif &&
	has "out dir.xml" "<testsuites>" &&
	run 1 pm check --format sarif=out.sarif &&
	test_cmp sarif.want out.sarif &&
	test ! -s out && has err "document" &&
	run 2 pm check --format json --format text &&
	has err "stdout takes one format only" && test ! -s out &&
	run 2 pm check --format json=a --format text=a &&
	has err "two formats are to be written to" && test ! -e a &&
	run 1 pm check --format github && has err "1 document: " &&
	run 2 pm check --format json= && has err "names no file" &&
	run 1 pm check --format json=- --format sarif=out.sarif && test_cmp json.want out &&
	test_cmp sarif.want out.sarif && test ! -e ./- && has_not err "document" &&
	run 2 pm check --format json=- --format text && has err "stdout takes one format only" &&
	(cd .. && run 1 pm -C repo check --format json=- && test_cmp repo/json.want out) &&
	run 2 pm check --format json --format sarf=a && has err "sarif" &&
	test ! -s out && test ! -e a
'

test_expect_success 'a file is seen from -C, through links, and is written whole' '
	mkdir -p ../elsewhere && rm -f out.sarif &&
	(cd ../elsewhere && run 1 pm -C ../repo check --format sarif=out.sarif) &&
	test_cmp sarif.want out.sarif &&
	echo old >real && ln -s real link && chmod 600 real &&
	run 1 pm check --format "json=link" &&
	test -h link && jq -e .findings real >/dev/null &&
	test "$(stat -c %a real)" = 600 &&
	run 1 pm check --format json=/dev/stdout && test_cmp json.want out &&
	echo old >kept &&
	run 3 pm check --format json=no/such/dir/a &&
	has err "cannot write the report" &&
	run 3 pm check --format json=postmortems &&
	run 3 pm check --at HEAD~99 --format json=kept &&
	echo old >want && test_cmp want kept &&
	! ls -a | grep pm-tmp
'

test_expect_success '--fail-level says what fails a build' '
	make_repo ../mild && mkdir ../mild/postmortems &&
	sed -e "s/SEV9/SEV3/" -e "s/title: Reject/owner: \"@bo\", title: Reject/" \
		-e "s/café 500s/mild/" "postmortems/2026-11-22-café 500s.md" \
		>../mild/postmortems/2026-11-22-mild.md &&
	(
		cd ../mild &&
		run 0 pm check && has out "warning:" && has_not out "error:" &&
		run 0 pm check --fail-level error &&
		run 1 pm check --fail-level warning &&
		run 0 pm check --format junit && has_not out "<failure" &&
		run 1 pm check --fail-level warning --format junit &&
		has out "<failure type=\"warning\"" &&
		run 2 pm check --fail-level serious &&
		has err "takes error or warning" && test ! -s out
	)
'

test_expect_success '--max-findings says what it cut' '
	run 1 pm check && cp out all && n=$(wc -l <all) && test "$n" -gt 3 &&
	run 1 pm check --max-findings 2 &&
	grep ": error: " all | head -n 2 >want && test_cmp want out &&
	has err "$((n - 2)) of $n findings are not shown (--max-findings 2)" &&
	run 1 pm check --max-findings "$n" && test_cmp all out &&
	has_not err "not shown" &&
	run 1 pm check --max-findings 0 && test_cmp all out &&
	run 1 pm check --max-findings 1 --format json &&
	jq -e ".findings | length == 1" out && jq -e ".errors >= 1" out
'

# hazard: 118 119
test_expect_success 'many findings stay within the limits of each format' '
	make_repo ../many && mkdir ../many/postmortems &&
	awk "BEGIN { for (i = 0; i < 90; i++)
		printf \"  - {id: A%d, title: Do it, due: 2026-12-05}\\n\", i }" >items &&
	i=0 && while test $i -lt 120
	do
		i=$((i + 1)) &&
		id=$(printf "2026-01-01-d%03d" $i) &&
		{
			printf -- "---\nschema: 1\nid: %s\ntitle: T\nstatus: draft\n" $id &&
			echo "action_items:" && cat items &&
			printf -- "---\n# T\n"
		} >../many/postmortems/$id.md || return 1
	done &&
	(
		cd ../many &&
		GITHUB_STEP_SUMMARY=$PWD/summary && export GITHUB_STEP_SUMMARY &&
		run 1 pm check --format github --format sarif=s --format markdown=m \
			--format gitlab=g --format rdjson=r --format checkstyle=c \
			--format junit=j --format json=a &&
		n=$(jq ".findings | length" a) && test "$n" -gt 10000 &&
		test "$(grep -c "^::error " out)" = 10 &&
		test "$(grep -c "^::" out)" -le 30 &&
		grep "^pm: .* of them are annotated" out &&
		test "$(wc -c <summary)" -le 1048576 &&
		has summary "more findings are not listed" &&
		jq -e ".runs[0].results | length == 5000" s &&
		has err "the worst 5000 of $n findings" &&
		test "$(wc -c <m)" -le 65536 && has m "more findings are not listed" &&
		jq -e "(length == $n) and (([.[].fingerprint] | unique | length) == $n)" g &&
		jq -e ".diagnostics | length == $n" r &&
		test "$(grep -c "<error " c)" = "$n" && well_formed c j
	)
'

test_done
