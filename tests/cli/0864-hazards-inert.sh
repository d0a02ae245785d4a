#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A repository is the attacker: its text, its names, its policy, its links and
# its .git/config. What may run is what the user's own settings name.

test_description='a hostile repository starts nothing, leaves its directory nowhere'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

test_expect_success 'a repository' '
	make_repo repo && cd repo && printf "out\nerr\nwant\ngot\n" >.git/info/exclude &&
	doc 2026-11-01-old </dev/null && commit_all && mkdir ../outside
'

# Nothing was started, nothing written beside the repository.
untouched()
{
	test ! -e pwned && test -z "$(ls -A ../outside)" && test ! -e ../pwned
}

# hazard: 128
test_expect_success 'no slug, directory, template or glob leaves the repository' '
	for title in "../../pwned" "/etc/pwned" "..\\..\\pwned" ".git/hooks/pwned"
	do
		run 0 pm new --no-input "$title" &&
		grep -E "^postmortems/2026/2026-11-22-[a-z0-9][a-z0-9-]*\.md$" out || return 1
	done &&
	run 2 pm new --no-input "$(printf "a\nb")" && has err U+000A &&
	for name in ../../pwned /etc/passwd .git/config "../README" "default/../default"
	do
		run 2 pm new --no-input --template "$name" Title && has err "no template" ||
			return 1
	done &&
	mkdir -p .pm && for line in "new_dir: ../outside" "new_dir: /tmp" "new_dir: a/../../b" \
		"new_dir: .git/hooks" "default_template: ../../README" \
		"people_file: ../../../etc/passwd" "people_file: /etc/passwd"
	do
		echo "$line" >.pm/policy.yaml && run 3 pm new --no-input Title &&
		has err ".pm/policy.yaml" || { echo "$line"; return 1; }
	done &&
	echo "documents: [\"../outside/*.md\", \"/etc/*\", \".git/*\"]" >.pm/policy.yaml &&
	pm check >out 2>err; has_not out passwd && has_not out .git/ && rm .pm/policy.yaml &&
	untouched
'

# hazard: 128 26
test_expect_success 'no link is followed out of the repository' '
	rm -rf postmortems/2026 && ln -s ../../outside postmortems/2026 &&
	run 3 pm new --no-input Title && has err "symbolic link" && untouched &&
	rm postmortems/2026 && rm -rf .pm && ln -s ../outside .pm &&
	{ pm init >out 2>err || :; } && untouched && rm .pm && mkdir .pm &&
	ln -s /etc/passwd .pm/policy.yaml && { pm check >out 2>err || :; } &&
	has_not err root: && has_not out root: && rm .pm/policy.yaml &&
	ln -s /etc/passwd postmortems/2026-11-05-x.md && pm check >out 2>err ; has_not out root: &&
	{ pm show postmortems/2026-11-05-x.md >out 2>err || :; } && has_not out root: &&
	rm postmortems/2026-11-05-x.md
'

# hazard: 129
test_expect_success 'a link in the place of a new file is neither followed nor replaced' '
	mkdir postmortems/2026 && ln -s "$PWD/../outside/x" postmortems/2026/2026-11-22-title.md &&
	run 0 pm new --no-input Title && echo postmortems/2026/2026-11-22-title-2.md >want &&
	test_cmp want out && test -h postmortems/2026/2026-11-22-title.md && untouched &&
	ln -s ../../outside/x .pm/policy.yaml && { pm init >out 2>err || :; } && untouched &&
	rm -r postmortems/2026 .pm
'

# hazard: 130
test_expect_success 'names that differ in case or composition only are one name to some' '
	doc 2026-11-02-cafe </dev/null &&
	for other in 2026-11-02-Cafe 2026-11-02-CAFE
	do
		sed "s/2026-11-02-cafe/$other/" postmortems/2026-11-02-cafe.md \
			>postmortems/$other.md && run 1 pm check &&
		grep "$other.md:.*\[id-duplicate\]" out &&
		grep "2026-11-02-cafe.md:.*\[id-duplicate\]" out &&
		run 1 pm check --since HEAD && grep "\[id-duplicate\]" out &&
		rm postmortems/$other.md || return 1
	done &&
	nfc=$(printf "2026-11-03-\303\251") && nfd=$(printf "2026-11-03-e\314\201") &&
	doc "$nfc" </dev/null && doc "$nfd" </dev/null && run 1 pm check &&
	grep "\[id-duplicate\]" out && rm "postmortems/$nfd.md" && run 0 pm check &&
	rm "postmortems/$nfc.md" postmortems/2026-11-02-cafe.md &&
	: >"$HOME/probe-A" && git config core.ignoreCase true && run 0 pm new --no-input "Twice" &&
	run 0 pm new --no-input "TWICE" && has out twice-2 && git config --unset core.ignoreCase &&
	rm -r postmortems/2026
'

# hazard: 131
test_expect_success 'the editor is the one of git, and a name is never its option' '
	printf "#!/bin/sh\nprintf \"%%s|\" \"\$@\" >\"%s\"\n" "$PWD/said" >"$HOME/ed it" &&
	chmod +x "$HOME/ed it" && git config core.editor "\"$HOME/ed it\" -w" &&
	run 0 pm new --no-input --edit "In core.editor" &&
	echo "-w|$PWD/postmortems/2026/2026-11-22-in-core-editor.md|" >want &&
	echo >>said && test_cmp want said && git config --unset core.editor &&
	VISUAL="\"$HOME/ed it\" -v" TERM=xterm run 0 pm new --no-input --edit One &&
	has said "-v|/" && VISUAL=false EDITOR="\"$HOME/ed it\" -e" TERM=dumb \
		run 0 pm new --no-input --edit Two && has said "-e|/" &&
	GIT_EDITOR=: EDITOR=false run 0 pm new --no-input --edit Three &&
	VISUAL=false EDITOR="\"$HOME/ed it\" \$(touch \$HOME/mine); :" TERM=dumb \
		run 0 pm new --no-input --edit Four && test -e "$HOME/mine" &&
	GIT_EDITOR=true run 0 pm new --no-input --edit "\$(touch pwned); \`touch pwned\`" &&
	untouched && rm -r postmortems/2026 said
'

# hazard: 133
test_expect_success 'no policy and no template names a program' '
	mkdir -p .pm/templates && for key in editor pager hook hooks command commands run exec \
		filter import
	do
		echo "$key: touch pwned" >.pm/policy.yaml && run 3 pm check &&
		has err "unknown setting" || return 1
	done && rm .pm/policy.yaml &&
	printf -- "---\nid: {{id}}\ntitle: {{title}}\n---\n# {{title}} \$(touch pwned) %s
	\n## Impact\n\n<!-- pm: role=impact run=\"touch pwned\" -->\n" "{{!touch pwned}}" \
		>.pm/templates/evil.md &&
	{ pm new --no-input --template evil "x \$(touch pwned)" >out 2>err || :; } &&
	rm -rf .pm postmortems/2026 && untouched
'

# hazard: 133
test_expect_success 'what reads starts nothing that .git/config names' '
	git add . && git commit -q -m more --allow-empty && cp .git/config ../config &&
	for key in core.fsmonitor core.sshCommand core.editor core.pager core.askPass \
		diff.external gpg.program credential.helper core.gitProxy filter.x.clean \
		filter.x.smudge filter.x.process diff.x.textconv diff.x.command merge.x.driver \
		alias.hook sequence.editor
	do
		git config $key "touch $PWD/pwned; false"
	done &&
	git config core.hooksPath hooks && mkdir hooks && for hook in pre-commit post-checkout \
		post-index-change reference-transaction fsmonitor-watchman
	do
		printf "#!/bin/sh\ntouch %s\n" "$PWD/pwned" >hooks/$hook && chmod +x hooks/$hook ||
			return 1
	done &&
	echo "*.md filter=x diff=x merge=x" >.gitattributes &&
	echo "More." >>postmortems/2026-11-01-old.md && doc 2026-11-04-new </dev/null &&
	for args in check "check --staged" "check --at HEAD" "check --since HEAD~1" list \
		"list has:actions" "show old" "show --at HEAD old" status "search words" review \
		"review HEAD~1" "review --staged" "index --rebuild" "index --verify"
	do
		pm $args >out 2>err ; test $? -le 1 && test ! -e pwned ||
			{ echo "pm $args"; cat err; return 1; }
	done &&
	cp ../config .git/config && git checkout -q . &&
	rm -r hooks .gitattributes postmortems/2026-11-04-new.md
'

# hazard: 134
test_expect_success 'the index of one commit is no other git'\''s' '
	doc 2026-11-04-new </dev/null && echo 1 >staged && git add staged &&
	mkdir -p .git/hooks && cat >.git/hooks/post-commit <<-\EOF &&
	{ echo "${GIT_INDEX_FILE:-.git/index}" ; git diff --cached --name-only; } >>got
	EOF
	cat >.git/hooks/pre-commit <<-\EOF && chmod +x .git/hooks/*-commit &&
	pm show --staged 2026-11-04-new >/dev/null && echo there >>got
	EOF
	sed -i "1i #!/bin/sh" .git/hooks/*-commit && rm -f got && run 0 pm commit &&
	printf "there\n.git/index\nstaged\n" >want && test_cmp want got &&
	rm .git/hooks/*-commit got && git reset -q && rm staged && sound
'

# hazard: 135
test_expect_success 'words and globs of a policy are no expressions that run away' '
	mkdir -p .pm && stars=$(printf "*a%.0s" $(seq 20)) &&
	cat >.pm/policy.yaml <<-EOF &&
	documents: ["postmortems/**/*.md", "$stars*b"]
	exclude: ["(a|aa)*b", "((a{1,255}){1,255})"]
	wording:
	  - {language: en, blame: ["(a|aa)*b", "(x+x+)+y"]}
	EOF
	long=$(printf "a%.0s" $(seq 200)) && : >"postmortems/$long.txt" &&
	doc 2026-11-05-long </dev/null &&
	printf "a%.0s" $(seq 60000) >>postmortems/2026-11-05-long.md &&
	(ulimit -t 2 && exec pm check >out 2>err) ; test $? -le 1 && has err document &&
	rm -r .pm "postmortems/$long.txt" postmortems/2026-11-05-long.md
'

# hazard: 136
test_expect_success 'JSON from outside is read to a depth and without guesses' '
	deep=$(printf "[%.0s" $(seq 5000)) && for event in "$deep" "{\"a\":1e999}" \
		"{\"pull_request\":{\"base\":{\"sha\":123456789012345678901234567890}}}" \
		"$(printf "\357\273\277{}")" "{\"before\":NaN}" "{\"before\":\"\\ud800\"}"
	do
		printf "%s" "$event" >"$HOME/event" &&
		(GITHUB_ACTIONS=true GITHUB_EVENT_NAME=push GITHUB_EVENT_PATH=$HOME/event \
			GITHUB_REF=refs/heads/main GITHUB_SHA=$(git rev-parse HEAD) CI=true &&
		 export GITHUB_ACTIONS GITHUB_EVENT_NAME GITHUB_EVENT_PATH GITHUB_REF \
			GITHUB_SHA CI && ulimit -t 2 && exec pm check --since auto >out 2>err)
		test $? -le 3 && test -s err || { cat err; return 1; }
	done
'

# hazard: 117 124
test_expect_success 'a nasty name stays a name, and each format counts in its own unit' '
	mkdir -p names/postmortems && git init -q names && (cd names &&
	doc="postmortems/a,b: %0Ax.md" &&
	printf -- "---\nstatus: draft\nt\303\255tulo: \303\261: c\n---\n# T\n" >"$doc" &&
	run 1 pm check && has out "$doc:3:10: error: the value of" &&
	run 1 pm check --format rdjson &&
	has out "\"start\": {\"line\": 3, \"column\": 10}" &&
	run 1 pm check --format sarif && jq -e ".runs[0].columnKind == \"unicodeCodePoints\" and
		any(.runs[0].results[].locations[0].physicalLocation;
		.artifactLocation.uri == \"postmortems/a%2Cb%3A%20%250Ax.md\" and
		.region.startColumn == 9)" out &&
	run 1 pm check --format github &&
	has out "::error file=postmortems/a%2Cb%3A %250Ax.md,line=3,endLine=3,col=9," &&
	has out "needs quotes%0Awrite: t") && rm -r names
'

# hazard: 123
test_expect_success 'there is no format that a spreadsheet opens' '
	run 2 pm list --format csv && run 2 pm check --format csv && has err "csv"
'

test_done
