#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm init and pm new: what they write, what they refuse'
. "$(dirname "$0")/lib.sh"

test_expect_success 'init writes a policy that pm reads, and says what next' '
	make_repo repo && cd repo &&
	run 0 pm init &&
	has out .pm/policy.yaml && has err "pm new" &&
	run 0 pm check
'

test_expect_success 'init --templates copies templates once' '
	run 0 pm init --templates &&
	for t in default short security near-miss
	do
		test -s .pm/templates/$t.md || return 1
	done &&
	echo "<!-- ours -->" >>.pm/templates/short.md &&
	cp .pm/templates/short.md mine &&
	run 0 pm init --templates &&
	test_cmp mine .pm/templates/short.md && rm mine
'

# started TYPED WRITTEN: pm new --started TYPED writes started: WRITTEN.
started() {
	run 0 pm new --no-input --started "$1" "Started $1" &&
	has "$(cat out)" "started: $2"
}

test_expect_success 'every form of TIME' '
	started 2026-11-20T10:02+01:00 2026-11-20T10:02+01:00 &&
	started "2026-11-20 10:02" 2026-11-20T10:02Z &&
	started 10:02 2026-11-22T10:02Z &&
	started 23:59 2026-11-21T23:59Z &&
	started now 2026-11-22T12:00Z &&
	started -2h 2026-11-22T10:00Z
'

test_expect_success 'the id begins with the day it started' '
	run 0 pm new --no-input --started 2024-02-29T23:30-05:00 "Leap day" &&
	echo postmortems/2024/2024-02-29-leap-day.md >want && test_cmp want out
'

test_expect_success 'a time that cannot be is refused with its reason' '
	run 2 pm new --no-input --started 2026-02-31T10:00Z "Never" &&
	has err "28 days" &&
	run 2 pm new --no-input --started 25:00 "Never" &&
	run 2 pm new --no-input --started soon "Never" &&
	has err "soon" &&
	test ! -e postmortems/2026/2026-11-22-never.md
'

test_expect_success 'titles in any script give a slug of plain letters' '
	for title in "Überlast bei Straße" "Отказ базы данных" "決済が停止" \
		"Διακοπή" "  ... ???" "A/B: C++ & \"quotes\"" "🔥🔥"
	do
		run 0 pm new --no-input "$title" || return 1
		basename "$(cat out)" .md |
		LC_ALL=C grep -qE "^2026-11-22-[a-z0-9][a-z0-9-]*$" || {
			cat out >&2
			return 1
		}
	done &&
	run 0 pm check --format json &&
	jq -r ".findings[].rule" out >rules &&
	! grep -E "^(title-mismatch|id-mismatch|front-matter-syntax)$" rules >&2
'

test_expect_success 'a title without such words says so, and --slug gives them' '
	run 0 pm new --no-input "決済が停止" && has err "no words in plain letters" &&
	has err "--slug" &&
	run 0 pm new --no-input --slug "Kessai teishi!" "決済が停止" &&
	test_must_be_empty err &&
	test "$(cat out)" = postmortems/2026/2026-11-22-kessai-teishi.md &&
	grep -qx "title: 決済が停止" "$(cat out)" &&
	run 0 pm new --no-input --slug ../../x "Traversal" &&
	test "$(cat out)" = postmortems/2026/2026-11-22-x.md &&
	run 2 pm new --no-input --slug "決済" "決済が停止" && has err "like db-outage" &&
	run 2 pm new --no-input --slug "" "Something" && has err "like db-outage"
'

test_expect_success 'a title that is blank or hides something is refused' '
	run 2 pm new --no-input "   " &&
	run 2 pm new --no-input "$(printf "a\033[31mb")" &&
	run 2 pm new --no-input
'

test_expect_success 'the second of a name gets a number, nothing is overwritten' '
	run 0 pm new --no-input "Twice" && cp "$(cat out)" first &&
	run 0 pm new --no-input "Twice" &&
	echo postmortems/2026/2026-11-22-twice-2.md >want && test_cmp want out &&
	test_cmp first postmortems/2026/2026-11-22-twice.md
'

test_expect_success 'values the policy does not know get the nearest' '
	run 2 pm new --no-input --severity SEV22 "Bad severity" && has err SEV2 &&
	run 2 pm new --no-input --kind incidnt "Bad kind" && has err incident &&
	run 2 pm new --no-input --template shrt "Bad template" && has err short &&
	test ! -e postmortems/2026/2026-11-22-bad-kind.md
'

test_expect_success 'an alias of a severity is written as its name' '
	run 0 pm new --no-input --severity s2 "Alias" &&
	has "$(cat out)" "severity: SEV2"
'

test_expect_success 'departments follow from services' '
	cp .pm/policy.yaml policy.saved &&
	cat >.pm/policy.yaml <<-\EOF &&
	departments:
	  - {name: web, people: ["@ana"]}
	  - {name: care}
	services:
	  - {name: checkout, department: web, team: "@org/web"}
	EOF
	run 0 pm new --no-input --service checkout --department care "Services" &&
	f=$(cat out) && has "$f" "services: [checkout]" &&
	grep -E "^departments: \[(web, care|care, web)\]" "$f" &&
	run 2 pm new --no-input --service chekcout "Bad service" && has err checkout &&
	mv policy.saved .pm/policy.yaml
'

test_expect_success 'a draft of every template has only gaps to fill' '
	for t in default short security near-miss
	do
		run 0 pm new --no-input --template $t "Template $t" &&
		run 0 pm check --format json "$(cat out)" &&
		jq -r ".findings[].rule" out | sort -u >rules &&
		! grep -vE "^(section-empty|[a-z]*-missing)$" \
			rules >&2 || return 1
	done
'

test_expect_success 'it works from a directory below and prints the path from there' '
	mkdir -p deep/er && (cd deep/er && pm new --no-input "From below" >../../out) &&
	echo ../../postmortems/2026/2026-11-22-from-below.md >want && test_cmp want out
'

test_expect_success 'findings are shown from where the user stands' '
	(cd postmortems/2026 && pm check 2026-11-22-twice.md >../../out) ;
	grep "^2026-11-22-twice.md:" out && ! grep "^postmortems/" out
'

test_expect_success 'a directory that leads out of the repository is refused' '
	git init -q linked && (cd linked && mkdir ../outside && ln -s ../outside postmortems &&
		run 3 pm new --no-input "Through a link") &&
	test -z "$(ls -A outside)"
'

test_expect_success 'it needs a work tree' '
	git clone -q --bare . bare.git &&
	run 3 pm -C bare.git new --no-input "Nowhere" && has err "work tree"
'

test_expect_success 'a wrong policy stops with its place' '
	git init -q wrong && (cd wrong && mkdir .pm &&
		printf "kinds: [incident]\nseveritys: []\n" >.pm/policy.yaml &&
		run 3 pm check &&
		grep "\.pm/policy\.yaml:2:1: .*severities" err)
'

test_expect_success 'a wrong template is an error of the template' '
	git init -q tmpl && (cd tmpl && mkdir -p .pm/templates &&
		printf "%s\n" --- "title: {{title}}" --- "" "# {{title}}" "" \
			"## Impact" "" "<!-- pm: role=impct -->" \
			>.pm/templates/default.md &&
		run 3 pm new --no-input "X" &&
		grep "\.pm/templates/default\.md:9:.*impct" err)
'

# Types at the prompts; script(1) gives pm a terminal, if the machine has one.
script -qec true /dev/null </dev/null >/dev/null 2>&1 && test_set_prereq PTY

test_expect_success PTY 'on a terminal it asks for what is missing' '
	git init -q tty && (cd tty &&
		printf "Asked for\nSEV3\n10:02\n@bo\n" |
		TERM=dumb script -qec "pm new" /dev/null >out 2>&1 &&
		has postmortems/2026/2026-11-22-asked-for.md "severity: SEV3" &&
		has postmortems/2026/2026-11-22-asked-for.md "owner: \"@bo\"")
'

test_expect_success PTY 'a wrong answer is asked for again, nothing is lost' '
	git init -q again && (cd again && mkdir .pm &&
		printf "services:\n  - {name: checkout}\n  - {name: mail}\n" >.pm/policy.yaml &&
		printf "Again\nSEV77\nSEV1\nsoon\n-1h\nchekout\nmail, checkout\na b\n@bo\n" |
		TERM=dumb script -qec "pm new" /dev/null >out 2>&1 &&
		has out "no severity" && has out "no service" && has out "no person" &&
		doc=postmortems/2026/2026-11-22-again.md &&
		has $doc "severity: SEV1" && has $doc "started: 2026-11-22T11:00Z" &&
		has $doc "services: [mail, checkout]" && has $doc "owner: \"@bo\"")
'

test_expect_success 'without one it never waits' '
	git init -q notty && (cd notty && run 2 pm new </dev/null && has err "title")
'

# hazard: 131
test_expect_success '--edit opens the editor git would open, on that file' '
	printf "#!/bin/sh\necho \"\$1\" >\"$PWD/edited\"\necho more >>\"\$1\"\n" \
		>"$HOME/editor" &&
	chmod +x "$HOME/editor" &&
	run 0 env GIT_EDITOR="$HOME/editor" pm new --no-input --edit "Edited" &&
	has edited 2026-11-22-edited.md &&
	tail -n 1 postmortems/2026/2026-11-22-edited.md >last &&
	echo more >want && test_cmp want last &&
	run 3 env GIT_EDITOR=false pm new --no-input --edit "Editor failed" &&
	test -s postmortems/2026/2026-11-22-editor-failed.md
'

test_done
