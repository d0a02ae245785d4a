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

test_done
