#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='every example of pm-ci(7) runs as its server would run it'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

MANUAL=$PM_ROOT/cmd/man/pm-ci.7
python3 -c 'import yaml' 2>/dev/null && test_set_prereq YAML
unset GITHUB_REF GITHUB_SHA GITHUB_BASE_REF GITHUB_EVENT_NAME GITHUB_EVENT_PATH
unset GITLAB_CI JENKINS_URL BITBUCKET_BUILD_NUMBER TF_BUILD CHANGE_TARGET

# snippet NAME: the example of that name, as it is shown.
snippet()
{
	awk -v name="$1" '
		/^[.].. snippet: / { wanted = $3 == name; next }
		/^\.Bd / { inside = wanted; next }
		/^\.Ed/ { inside = wanted = 0 }
		inside
	' "$MANUAL" | sed -e 's/\\(aq/'"'"'/g' -e 's/\\(ga/`/g' -e 's/\\(ha/^/g' \
		-e 's/\\(ti/~/g' -e 's/\\-/-/g' -e 's/\\&//g' -e 's/\\e/\\/g'
}

# in_job STATUS COMMAND...: in a fresh clone of the change, as a job has it.
in_job()
{
	rm -rf ../job && git clone -q ../server.git ../job &&
		git -C ../job checkout -q --detach origin/change &&
		(cd ../job && run "$@")
}

cat >steps.py <<'EOF_PY'
# The shell commands of a CI file, one a line.
import sys, yaml

def steps(job):
    for step in job.get("steps", []):
        if "run" in step:
            yield step["run"]
    yield from job.get("script", [])

tree = yaml.safe_load(sys.stdin)
for job in tree.get("jobs", tree).values():
    for command in steps(job):
        print(command)
EOF_PY

test_expect_success 'a server, and a change with one bad document' '
	git init -q --bare server.git && make_repo repo && cd repo &&
	git remote add origin ../server.git &&
	doc 2026-11-01-old </dev/null && bad 2026-10-01-old-bad && commit_all &&
	git push -q origin main &&
	git checkout -q -b change && bad 2026-11-22-bad && commit_all && git push -q origin change
'

test_expect_success 'nothing is left out' '
	sed -n "s/^\.\\\\\" snippet: \([a-z-]*\) .*/\1/p" "$MANUAL" | sort >../names &&
	printf "%s\n" clone command forgejo github github-plain gitlab jenkins pre-commit \
		server >../want &&
	test_cmp ../want ../names && test "$(grep -c "^.Bd" "$MANUAL")" = "$(wc -l <../names)" &&
	for name in $(cat ../names)
	do
		snippet $name >../$name && test -s ../$name || return 1
	done
'

test_expect_success 'the one command' '
	echo "pm check --since auto" >../want && test_cmp ../want ../command
'

test_expect_success YAML 'GitHub: a workflow that names inputs of the action' '
	cat >../github.py <<-\EOF &&
	import sys, yaml
	flow = yaml.safe_load(open(sys.argv[1]))
	action = yaml.safe_load(open(sys.argv[2]))
	assert flow[True] == "pull_request"     # YAML 1.1 reads "on" so
	checkout, check = flow["jobs"]["check"]["steps"]
	assert checkout["with"]["fetch-depth"] == 0
	assert check["uses"].split("@")[0].endswith("/pm/.github/actions/check")
	assert set(check["with"]) <= set(action["inputs"]), check["with"]
	assert flow["permissions"] == {"contents": "read", "pull-requests": "write"}
	EOF
	python3 ../github.py ../github "$PM_ROOT/.github/actions/check/action.yml"
'

test_expect_success YAML 'GitHub without the action, Gitea and Forgejo' '
	for name in github-plain forgejo
	do
		python3 ../steps.py <../$name >../script && test -s ../script &&
		in_job 1 env GITHUB_ACTIONS=true GITHUB_BASE_REF=main \
			GITHUB_WORKSPACE="$PWD/../job" sh -e ../script &&
		cat ../job/out ../job/err >../seen && has ../seen 2026-11-22-bad.md &&
		has ../seen action-owner && has_not ../seen old-bad || return 1
	done &&
	sed -n "/review/p" ../script >../review && test -s ../review &&
	in_job 0 env GITHUB_ACTIONS=true GITHUB_BASE_REF=main sh -e ../review &&
	has ../job/out 2026-11-22-bad
'

test_expect_success YAML 'GitLab: the artifact of Code Quality' '
	python3 ../steps.py <../gitlab >../script && test -s ../script &&
	in_job 1 env GITLAB_CI=true CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main \
		CI_MERGE_REQUEST_DIFF_BASE_SHA=$(git rev-parse main) sh -e ../script &&
	file=$(sed -n "s/.*codequality: //p" ../gitlab) &&
	jq -e "[.[] | select(.severity == \"major\")] | length == 1 and
		.[0].location.path == \"postmortems/2026-11-22-bad.md\"" ../job/$file &&
	has ../job/out "bad.md:10:" && grep "GIT_DEPTH: 0" ../gitlab
'

test_expect_success 'Jenkins: the shell part, and the file for the plugin' '
	sed -n "s/^ *sh '\''\(.*\)'\''\$/\1/p" ../jenkins >../script && test -s ../script &&
	in_job 1 env JENKINS_URL=https://ci.example.org/ CHANGE_TARGET=main sh -e ../script &&
	file=$(sed -n "s/.*pattern: '\''\(.*\)'\''.*/\1/p" ../jenkins) &&
	has ../job/$file "<checkstyle" && has ../job/$file 2026-11-22-bad.md &&
	has_not ../job/$file old-bad &&
	test "$(tr -cd "{" <../jenkins | wc -c)" = "$(tr -cd "}" <../jenkins | wc -c)"
'

test_expect_success YAML 'pre-commit.com: hooks that there are' '
	cat >../pre-commit.py <<-\EOF &&
	import sys, yaml
	(repo,) = yaml.safe_load(open(sys.argv[1]))["repos"]
	known = {hook["id"] for hook in yaml.safe_load(open(sys.argv[2]))}
	assert {"repo", "rev", "hooks"} == set(repo)
	assert {hook["id"] for hook in repo["hooks"]} <= known
	EOF
	python3 ../pre-commit.py ../pre-commit "$PM_ROOT/.pre-commit-hooks.yaml" &&
	for name in $(grep -o "^.Li pm-[a-z]*" "$MANUAL" | cut -d " " -f 2)
	do
		grep -q "^- id: $name\$" "$PM_ROOT/.pre-commit-hooks.yaml" || return 1
	done
'

test_expect_success 'hooks in a clone' '
	git clone -q ../server.git ../cloned && (cd ../cloned && run 0 sh -e ../clone &&
		grep "^pre-push  *installed" out && grep "^pre-receive  *absent" out)
'

test_expect_success 'the hook of a server' '
	(cd ../server.git && run 0 sh -e ../server && rm out err) &&
	git checkout -q main && git merge -q change && run 1 git push origin main &&
	has err "remote: postmortems/2026-11-22-bad.md:10:" &&
	run 1 git push origin main:release/1 &&
	run 0 git push origin main:free && doc 2026-11-22-bad </dev/null && commit_all &&
	run 0 git push origin main main:release/1
'

test_done
