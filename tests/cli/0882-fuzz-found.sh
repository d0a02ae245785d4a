#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What the fuzzers found and a user could meet, as a user meets it.

test_description='what the fuzzers found stays mended'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

test_expect_success 'a repository' '
	make_repo repo && cd repo && printf "out\nerr\nwant\ngot\n" >.git/info/exclude
'

test_expect_success '--fix makes no heading of a title with a line end in it' '
	doc 2026-11-02-line </dev/null &&
	sed -i "s/^title: .*/title: \"The\\\\nline\"/; s/^# The line/# Another/" \
		postmortems/2026-11-02-line.md &&
	pm check postmortems/2026-11-02-line.md >out;
	has out title-mismatch && cp postmortems/2026-11-02-line.md want &&
	pm check --fix postmortems/2026-11-02-line.md >out 2>err; has_not out fixed: &&
	test_cmp want postmortems/2026-11-02-line.md && rm want &&
	rm postmortems/2026-11-02-line.md
'

command -v python3 >/dev/null && test_set_prereq PYTHON

test_expect_success PYTHON 'a full-text table of another version is damage like any other' '
	doc 2026-11-01-old </dev/null && commit_all && run 0 pm search Words &&
	python3 -c "import sqlite3
db = sqlite3.connect(\".git/pm/index.db\")
db.execute(\"UPDATE words_config SET v = 48 WHERE k = \\\"version\\\"\")
db.commit()" &&
	run 0 pm search Words && has out 2026-11-01-old && has err "built anew: it was damaged" &&
	run 0 pm search Words && test ! -s err
'

test_done
