#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm adopt finds post-mortems, and leaves everything else alone'
. "$(dirname "$0")/lib.sh"

# incident FILE: a document as teams write them.
incident()
{
	mkdir -p "$(dirname "$1")" && cat >"$1" <<-\EOF
	# The queue was full

	**Severity:** high

	## Summary
	The queue was full for an hour.

	## Timeline
	- 10:02 UTC the queue is full
	- 10:31 UTC the consumers are restarted

	## Action items
	- Alert on the length of the queue
	- Write it down (@ana)
	EOF
}

page()
{
	mkdir -p "$(dirname "$1")" && printf '# %s\n\nWords.\n\n- a\n- b\n' "$1" >"$1"
}

test_expect_success 'nothing there' '
	make_repo none && cd none && run 1 pm adopt &&
	has err "no post-mortem among 1 Markdown file" && test ! -e .pm &&
	cd ..
'

test_expect_success 'documents are found, pages are not' '
	make_repo repo && cd repo &&
	incident docs/post-mortems/2024/queue-full.md &&
	incident docs/post-mortems/2025/2025-02-01-again.md &&
	page docs/post-mortems/README.md && page docs/post-mortems/template.md &&
	incident notes/weird.md && page notes/one.md && page notes/two.md &&
	page docs/howto.md && page docs/incident-handling.md && page CHANGELOG.md &&
	incident node_modules/x/post-mortems/2024-01-01-theirs.md &&
	commit_all && run 0 pm adopt --dry-run && test ! -e .pm &&
	has out "would write .pm/policy.yaml" && has out "+  - \"docs/post-mortems/**/*.md\"" &&
	run 0 pm adopt && cat >want <<-\EOF &&
	3 post-mortems among 12 Markdown files:
	    docs/post-mortems/**/*.md
	    notes/weird.md
	  2 near them, taken for none:
	    notes/one.md
	    notes/two.md
	  front matter  none 3
	  timeline      list 3
	  actions       bullets 3
	  6 actions to be done: 3 without an owner, 6 without a due date
	  2 timelines with times that cannot be read, from
	    docs/post-mortems/2024/queue-full.md:9
	    notes/weird.md:9
	wrote .pm/policy.yaml: where they are, and what was found in them
	wrote .pm/baseline: 10 findings of today, which pm check leaves out
	no document was changed
	next:
	  git add .pm && git commit -m '\''Put the post-mortems under pm'\''
	  pm check                        tells only what is new
	  pm adopt --convert --baseline   front matter for the documents (-n shows it)
	EOF
	test_cmp want out && git status --short >out &&
	printf "?? .pm/\n?? err\n?? out\n?? want\n" >want && test_cmp want out
'

test_expect_success 'the policy is the commented one, with what was found' '
	grep -A 2 "^documents:" .pm/policy.yaml >out && cat >want <<-\EOF &&
	documents:
	  - "docs/post-mortems/**/*.md"
	  - "notes/weird.md"
	EOF
	test_cmp want out && grep -A 2 "^exclude:" .pm/policy.yaml >out &&
	has out "  - \"docs/post-mortems/template.md\"" &&
	has .pm/policy.yaml "new_dir: \"docs/post-mortems\"" &&
	has .pm/policy.yaml "#   - \"@ana\"" && has .pm/policy.yaml "people: []" &&
	has .pm/policy.yaml "  action-due: {draft: off}" &&
	has .pm/policy.yaml "# Severities, the worst first." &&
	run 0 pm check && test_must_be_empty out &&
	has err "3 documents: 0 errors, 0 warnings, 10 in the baseline"
'

test_expect_success 'what is new is told, and only that' '
	echo "- Order more disks" >>notes/weird.md && run 1 pm check &&
	test "$(wc -l <out)" -eq 1 && has out "notes/weird.md:15:1: error: action " &&
	has out "Order more disks'\'' has no owner [action-owner]" && git checkout -q notes
'

test_expect_success 'what pm new writes is covered' '
	run 0 pm new "Disks full" --severity SEV3 --owner @ana </dev/null &&
	pm list --format json | jq -r ".documents[].path" | grep -q "^docs/post-mortems/2026/" &&
	rm -r docs/post-mortems/2026
'

test_expect_success 'a second run keeps what is there' '
	cp -r .pm kept && echo "# mine" >>.pm/policy.yaml && cp -r .pm mine &&
	incident docs/post-mortems/2026-02-02-more.md && run 0 pm adopt &&
	has out "kept .pm/policy.yaml" && has out "kept .pm/baseline" &&
	diff -r mine .pm && rm docs/post-mortems/2026-02-02-more.md &&
	run 0 pm adopt --dry-run && has out "-# mine" && diff -r mine .pm
'

test_expect_success 'a policy that is there stays, and gets a baseline' '
	rm .pm/baseline && printf "documents: [\"docs/**/*.md\"]\n" >.pm/policy.yaml &&
	run 0 pm adopt && has out "leave out 1 of those found" &&
	test "$(cat .pm/policy.yaml)" = "documents: [\"docs/**/*.md\"]" &&
	run 0 pm check && has err " in the baseline" && rm -r .pm
'

test_expect_success 'a directory that is named holds nothing else' '
	run 0 pm adopt notes && has out "3 post-mortems among 3 Markdown files" &&
	has .pm/policy.yaml "\"notes/**/*.md\"" && rm -r .pm &&
	(cd notes && run 0 pm adopt . && has out "git add ../.pm") && rm -r .pm &&
	run 0 pm adopt --all && has .pm/policy.yaml "notes/" && rm -r .pm
'

test_expect_success 'front matter of another tool, severities, headings, sizes' '
	incident docs/post-mortems/2025-03-01-c.md &&
	printf "%s\n" --- "layout: post" "severity: Sev-Black" --- >head &&
	{ cat head docs/post-mortems/2025-03-01-c.md && printf "\n## Dinge zu tun\n" &&
	yes "<!-- words that fill the page -->" | head -n 9000 ; } >tmp &&
	mv tmp docs/post-mortems/2025-03-01-c.md &&
	printf "# D\n\n## Stille Nacht\n- 10:00 UTC a\n- 10:01 UTC b\n- 10:02 UTC c\n" \
		>docs/post-mortems/2025-03-02-d.md &&
	{ printf "%s\n" --- "severity: sev-BLACK" --- &&
	cat docs/post-mortems/2025-03-02-d.md ; } >docs/post-mortems/2025-03-03-e.md &&
	run 0 pm adopt && has out "another tool'\''s 2" &&
	has .pm/policy.yaml "  field-unknown: off" &&
	has .pm/policy.yaml "  - name: \"Sev-Black\"" &&
	has_not .pm/policy.yaml "sev-BLACK" &&
	has .pm/policy.yaml "max_document: 512 KiB" &&
	has .pm/policy.yaml "    - \"Stille Nacht\"" && run 0 pm check &&
	pm show --format json docs/post-mortems/2025-03-02-d.md |
	jq -e ".timeline.entries | length == 3"
'

test_expect_success 'a secret is said aloud, and not shown' '
	rm -r .pm && BODY=k7Rw2Lq9Zt4Xv1Bn6Mc3Hd8Js5Fg0PyQeAuT &&
	echo "The token ghp_$BODY was in the log." >>notes/weird.md && run 0 pm adopt &&
	has out "revoke it" && has out "    notes/weird.md:15" &&
	has_not out Rw2Lq9Zt && has_not .pm/baseline Rw2Lq9Zt && run 0 pm check
'

test_expect_success 'no work tree, no adoption; no directory of that name' '
	git clone -q --bare . ../bare.git && run 3 pm -C ../bare.git adopt &&
	has err "work tree" && rm -r .pm && run 2 pm adopt nowhere &&
	has err "no directory" && test ! -e .pm
'

test_expect_success 'a directory that is not there is wrong usage, and so is one outside' '
	run 2 pm adopt nowhere && has err "no directory" && test_must_be_empty out &&
	run 2 pm adopt .. && has err "outside" && run 2 pm adopt /etc && has err "outside"
'

test_expect_success 'one directory after the other' '
	make_repo steps && cd steps && incident a/2025-02-01-a.md && incident b/2025-02-02-b.md &&
	run 0 pm adopt a && cp -r .pm kept && run 0 pm adopt b && diff -r kept .pm &&
	has out "leave out 1 of those found" && has_not out "git add" &&
	has out "add what is listed above to '\''documents'\'' in .pm/policy.yaml" &&
	has out "rm .pm/baseline && pm adopt" &&
	sed -i "s/^documents:/documents:\n  - \"b\/*.md\"/" .pm/policy.yaml &&
	run 1 pm check && rm .pm/baseline && run 0 pm adopt && has out "git add .pm" &&
	run 0 pm check && has err "2 documents: 0 errors" && run 0 pm adopt &&
	has_not out "git add" && has out "pm adopt --convert --baseline" && cd ..
'

test_expect_success 'what Git ignores is said, of files and of what is written' '
	make_repo hidden && cd hidden && printf "%s\n" ".*" old/ >.gitignore &&
	incident postmortems/2025-02-01-a.md && incident old/postmortems/2025-02-02-b.md &&
	run 0 pm adopt && has err "is ignored by Git" && has out "git add -f .pm &&" &&
	has_not .pm/policy.yaml old && run 1 pm adopt old && has err "no Markdown file here" &&
	echo "# Read me" >postmortems/README.md && rm postmortems/2025* &&
	run 1 pm adopt postmortems && has err "a README" && cd ..
'

test_expect_success 'what a sparse checkout leaves out is said' '
	make_repo sparse && cd sparse && incident a/postmortems/2025-02-01-a.md &&
	incident b/postmortems/2025-02-02-b.md && commit_all && git sparse-checkout set a &&
	run 0 pm adopt -n && has err "1 Markdown file is left out by the sparse checkout" &&
	git sparse-checkout disable && run 0 pm adopt -n && has_not err "sparse" && cd ..
'

test_expect_success 'an empty name is not the whole repository' '
	run 2 pm adopt "" && has err "is no directory" && run 2 pm adopt -n "" postmortems
'

test_done
