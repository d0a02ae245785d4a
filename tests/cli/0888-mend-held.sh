#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='documents that somebody holds: read-only, open in an editor'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

DOC=postmortems/2026-11-22-disk-full.md

# A document with an id that --fix mends.
spoiled()
{
	doc 2026-11-22-disk-full </dev/null && sed -i 's/^id: .*/id: other/' $DOC
}

test_expect_success 'a read-only document is left as it is, and that is said' '
	make_repo repo && cd repo && spoiled && chmod a-w $DOC && cp $DOC before &&
	run 3 pm check --fix && has err "$DOC" && has err "is read-only" && has err "chmod u+w" &&
	has_not out "fixed:" && test_cmp before $DOC && rm before && chmod u+w $DOC &&
	run 0 pm check --fix && has out "fixed:" && has_not err "editor"
'

test_expect_success 'one that is open in vim or Emacs is mended, with a word' '
	spoiled && : >postmortems/.2026-11-22-disk-full.md.swp && run 0 pm check --fix &&
	has out "fixed:" && has err "open in an editor" && has err ".swp" &&
	rm postmortems/.*.swp && spoiled &&
	ln -s ana@host.1 postmortems/.#2026-11-22-disk-full.md && run 0 pm check --fix &&
	has out "fixed:" && has err "open in an editor" && rm postmortems/.#*
'

# Three documents that each could get front matter, the second read-only.
test_expect_success 'adopt --convert goes on with the others, and says 3' '
	for n in 1 2 3
	do
		printf "# Disk full %s\n\nSeverity: SEV2\n\n## Impact\n\nNone.\n" $n \
			>postmortems/2026-11-2$n-converted.md
	done && chmod a-w postmortems/2026-11-22-converted.md && commit_all &&
	run 3 pm adopt --convert && has err "22-converted.md" && has err "chmod u+w" &&
	has err "2 documents changed" && has err "1 document could not be written" &&
	git diff --name-only postmortems >got &&
	printf "postmortems/2026-11-2%s-converted.md\n" 1 3 >want &&
	test_cmp want got && chmod u+w postmortems/2026-11-22-converted.md &&
	run 0 pm adopt --convert && has err "1 document changed, "
'

test_expect_success 'check --fix goes on, too' '
	for n in 1 2 3
	do
		doc 2026-11-1$n-slip </dev/null
	done && sed -i "s/^id: .*/id: other/" postmortems/*-slip.md &&
	chmod a-w postmortems/2026-11-12-slip.md && run 3 pm check --fix &&
	has err "1 document could not be written" && has out "11-slip.md:3: fixed:" &&
	has out "13-slip.md:3: fixed:" && has_not out "12-slip.md:3: fixed" &&
	chmod u+w postmortems/*-slip.md &&
	run 0 pm check --fix 12-slip && has out "12-slip.md:3: fixed"
'

test_done
