#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='.pre-commit-hooks.yaml is what pre-commit.com takes, and runs'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

HOOKS=$PM_ROOT/.pre-commit-hooks.yaml

python3 -c 'import yaml' 2>/dev/null && test_set_prereq YAML
command -v pre-commit >/dev/null && test_set_prereq PRE_COMMIT
# What pre-commit keeps between runs belongs into the test's home.
PRE_COMMIT_HOME=$HOME/pre-commit
export PRE_COMMIT_HOME

test_expect_success YAML 'it has the keys of the format, and each id once' '
	cat >read.py <<-\EOF &&
	import sys, yaml
	keys = {"id", "name", "description", "entry", "language", "files", "exclude",
	        "types", "require_serial", "pass_filenames", "stages",
	        "minimum_pre_commit_version"}
	hooks = yaml.safe_load(open(sys.argv[1]))
	for hook in hooks:
	    assert {"id", "name", "entry", "language"} <= set(hook) <= keys, hook
	    assert hook["language"] == "system"
	    print(hook["id"], hook["entry"], sep="\t")
	assert len({hook["id"] for hook in hooks}) == len(hooks)
	EOF
	python3 read.py "$HOOKS" >entries && cut -f 1 entries >ids &&
	printf "pm-check\npm-changes\npm-message\n" >want && test_cmp want ids
'

test_expect_success 'a repository with a bad document staged' '
	make_repo repo && cd repo && printf "out\nerr\n" >.git/info/exclude &&
	doc 2026-11-01-old </dev/null && commit_all && bad 2026-11-22-bad && git add . &&
	doc 2026-11-22-bad </dev/null
'

# As pre-commit does: the entry is split into words, file names follow.
test_expect_success YAML 'each entry runs with what it is given' '
	entry=$(sed -n "s/^pm-check	//p" ../entries) &&
	run 1 $entry postmortems/2026-11-01-old.md postmortems/2026-11-22-bad.md &&
	has out "postmortems/2026-11-22-bad.md:10:" && run 0 $entry postmortems/2026-11-01-old.md &&
	entry=$(sed -n "s/^pm-changes	//p" ../entries) && run 1 $entry && has out "bad.md:10:" &&
	entry=$(sed -n "s/^pm-message	//p" ../entries) && echo "x

Post-Mortem: 2026-11-01-odl" >.git/MSG && run 1 $entry .git/MSG && has err "2026-11-01-old"
'

test_expect_success PRE_COMMIT 'pre-commit itself runs them' '
	git init -q ../pm && cp "$HOOKS" ../pm && git -C ../pm add . &&
	git -C ../pm commit -q -m x &&
	cat >.pre-commit-config.yaml <<-EOF &&
	repos:
	- repo: $PWD/../pm
	  rev: $(git -C ../pm rev-parse HEAD)
	  hooks: [{id: pm-check}, {id: pm-changes}, {id: pm-message}]
	EOF
	git add .pre-commit-config.yaml && pre-commit validate-manifest "$HOOKS" &&
	run 0 pre-commit install --hook-type pre-commit --hook-type commit-msg &&
	run 1 git commit -m x && cat out err >seen && grep "check post-mortems\.*Failed" seen &&
	grep "check changed post-mortems\.*Failed" seen && has seen "bad.md:10:" && rm seen
'

test_expect_success PRE_COMMIT 'what is mended passes, a trailer without a document does not' '
	git add postmortems && run 1 git commit -m x -m "Post-Mortem: 2026-11-01-odl" &&
	cat out err >seen && grep "check post-mortems\.*Passed" seen && has seen "2026-11-01-old" &&
	rm seen && run 0 git commit -m x -m "Post-Mortem: 2026-11-01-old"
'

test_expect_success PRE_COMMIT 'pre-commit and pm hook install live side by side' '
	run 0 pm hook install && has out "runs the hook that was there first" &&
	bad 2026-11-23-bad && git add . && run 1 git commit -m x && cat out err >seen &&
	grep "check post-mortems\.*Failed" seen && rm seen && run 0 pm hook uninstall &&
	run 0 pre-commit install -f && grep -c pre-commit.com .git/hooks/pre-commit
'

test_done
