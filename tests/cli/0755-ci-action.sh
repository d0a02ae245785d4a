#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='the GitHub action: its steps run as the runner runs them'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

ACTION=$PM_ROOT/.github/actions/check
python3 -c 'import yaml' 2>/dev/null && test_set_prereq YAML

# What the runner sets for a pull request.
SCRATCH=$PWD
GITHUB_ACTIONS=true
GITHUB_ACTION_PATH=$ACTION
GITHUB_EVENT_NAME=pull_request
GITHUB_BASE_REF=main
GITHUB_REF=refs/pull/7/merge
GITHUB_REPOSITORY=acme/shop
GITHUB_WORKSPACE=$SCRATCH/job
GITHUB_OUTPUT=$SCRATCH/output
GITHUB_STEP_SUMMARY=$SCRATCH/summary
GITHUB_PATH=$SCRATCH/path
RUNNER_TEMP=$SCRATCH/runner
PM_SINCE=auto
PM_FAIL_LEVEL=error
PM_SARIF=false
PM_AUTHOR='github-actions[bot]'
export GITHUB_ACTIONS GITHUB_ACTION_PATH GITHUB_EVENT_NAME GITHUB_BASE_REF GITHUB_REF
export GITHUB_REPOSITORY GITHUB_WORKSPACE GITHUB_OUTPUT GITHUB_STEP_SUMMARY GITHUB_PATH
export RUNNER_TEMP PM_SINCE PM_FAIL_LEVEL PM_SARIF PM_AUTHOR SCRATCH
mkdir "$RUNNER_TEMP" bin

# A gh that keeps its comments in a file. Writing is refused while "closed" is
# there.
echo '[]' >comments
cat >bin/gh <<'EOF_GH'
#!/bin/sh
echo "$*" >>"$SCRATCH/gh.log"
test "$1" = api || exit 9
shift
method=GET jq=. body=
while test $# -gt 0
do
	case $1 in
	--paginate | --silent) ;;
	--method) method=$2; shift ;;
	--jq) jq=$2; shift ;;
	-F) body=${2#body=@}; shift ;;
	*) path=$1 ;;
	esac
	shift
done
case $method in
GET) jq -r "$jq" "$SCRATCH/comments"; exit ;;
esac
if test -e "$SCRATCH/closed"
then
	echo '::error::gh: Resource not accessible by integration (HTTP 403)' >&2
	exit 1
fi
case "$method $path" in
'POST repos/acme/shop/issues/7/comments')
	jq --rawfile body "$body" '. + [{id: (length + 40), user: {login:
		"github-actions[bot]"}, body: $body}]' "$SCRATCH/comments" ;;
'PATCH repos/acme/shop/issues/comments/'*)
	jq --rawfile body "$body" --argjson id "${path##*/}" 'map(if .id == $id
		then .body = $body else . end)' "$SCRATCH/comments" ;;
*) exit 8 ;;
esac >"$SCRATCH/comments.new" && mv "$SCRATCH/comments.new" "$SCRATCH/comments"
EOF_GH
chmod +x bin/gh
PATH=$PWD/bin:$PATH

# step STATUS NAME: runs a script of the action with nothing left of the last.
step()
{
	: >"$GITHUB_OUTPUT" && : >"$GITHUB_STEP_SUMMARY" && : >"$SCRATCH/gh.log" &&
		run "$1" sh "$ACTION/$2.sh"
}

test_expect_success YAML 'no input is spliced into a script, every step has a shell' '
	cat >read.py <<-\EOF &&
	import re, sys, yaml
	action = yaml.safe_load(open(sys.argv[1]))
	assert action["runs"]["using"] == "composite"
	steps = {step["id"]: step for step in action["runs"]["steps"] if "id" in step}
	for step in action["runs"]["steps"]:
	    if "run" in step:
	        assert step["shell"] == "sh" and "${{" not in step["run"], step
	        print(re.fullmatch(r"sh \"\$GITHUB_ACTION_PATH/(\w+)\.sh\"", step["run"]).group(1))
	    else:
	        assert re.fullmatch(r"[\w./-]+@v\d+", step["uses"]), step
	text = open(sys.argv[1]).read()
	assert set(re.findall(r"inputs\.([\w-]+)", text)) == set(action["inputs"])
	for output in action["outputs"].values():
	    step, name = re.search(r"steps\.(\w+)\.outputs\.(\w+)", output["value"]).groups()
	    assert step in steps and name in ("errors", "warnings", "sarif")
	EOF
	python3 read.py "$ACTION/action.yml" >scripts && printf "install\ncheck\ncomment\n" >want &&
	test_cmp want scripts && for file in "$PM_ROOT"/.github/workflows/*.yml
	do
		python3 -c "import sys, yaml; yaml.safe_load(open(sys.argv[1]))" "$file" || return 1
	done
'

test_expect_success 'this repository'\''s own example is what its policy says' '
	mkdir own && cp -R "$PM_ROOT/.pm" own/ && mkdir -p own/tests/cases &&
	cp -R "$PM_ROOT/tests/cases/example" own/tests/cases/ && git init -q own &&
	run 0 pm -C own check --format json &&
	grep "\"documents\": 1, \"errors\": 0, \"warnings\": 0" out
'

test_expect_success 'install: a pm that is there is used, otherwise this checkout is built' '
	run 0 sh "$ACTION/install.sh" && has out "pm 0" && test ! -e path && mkdir tools &&
	for tool in sh cat mkdir chmod nproc dirname
	do
		ln -s "$(command -v $tool)" tools/ || return 1
	done &&
	cat >tools/make <<-\EOF && chmod +x tools/make && : >path &&
	#!/bin/sh
	echo "make $*"
	for word
	do
		case $word in PREFIX=*) prefix=${word#PREFIX=} ;; esac
	done
	test -n "${prefix-}" || exit 0
	mkdir -p "$prefix/bin" && printf "#!/bin/sh\necho pm built\n" >"$prefix/bin/pm" &&
		chmod +x "$prefix/bin/pm"
	EOF
	run 0 env PATH="$PWD/tools" sh "$ACTION/install.sh" &&
	has out "make -C $PM_ROOT deps-build" &&
	has out "PREFIX=$RUNNER_TEMP/pm install" && has out "pm built" &&
	echo "$RUNNER_TEMP/pm/bin" >want && test_cmp want path
'

test_expect_success 'a pull request, checked out as the merge that it would be' '
	git init -q --bare server.git && make_repo repo && cd repo &&
	git remote add origin ../server.git &&
	doc 2026-11-01-old </dev/null && bad 2026-10-01-old-bad && commit_all &&
	git push -q origin main &&
	git checkout -q -b change && bad 2026-11-22-bad && commit_all && git checkout -q main &&
	git merge -q --no-ff -m merge change && git push -q origin HEAD:refs/pull/7/merge &&
	cd .. && git clone -q server.git job && git -C job fetch -q origin refs/pull/7/merge &&
	git -C job checkout -q --detach FETCH_HEAD && GITHUB_SHA=$(git -C job rev-parse HEAD) &&
	export GITHUB_SHA
'

# hazard: 120
test_expect_success 'check: annotation, summary, outputs, status' '
	step 1 check && has out "::error file=postmortems/2026-11-22-bad.md,line=10" &&
	has_not out old-bad &&
	has summary "action A1 has no owner" && 	grep "^errors=1\$" output &&
	grep "^warnings=[0-9]*\$" output && ! grep -v "^[a-z]*=[0-9]*\$" output
'

test_expect_success 'check: SARIF on request' '
	PM_SARIF=true && step 1 check && file=$(sed -n "s/^sarif=//p" output) &&
	jq -e "[.runs[0].results[] | select(.level == \"error\")] | length == 1" "$file" &&
	PM_SARIF=false
'

test_expect_success 'check: an input is a word, whatever is in it' '
	PM_SINCE="main; touch $SCRATCH/hit #" && step 3 check && PM_SINCE="--staged" &&
	step 3 check &&
	PM_SINCE="\$(touch $SCRATCH/hit)" && step 3 check && PM_SINCE=auto && test ! -e hit &&
	PM_FAIL_LEVEL="x y" && step 2 check && PM_FAIL_LEVEL=error && test ! -s output
'

test_expect_success 'comment: made once, then updated in place' '
	step 0 comment &&
	jq -e "length == 1 and (.[0].body | contains(\"action A1 has no owner\"))" comments &&
	jq -e ".[0].body | startswith(\"<!-- pm\")" comments && grep POST gh.log &&
	jq ".[0].body = (.[0].body | split(\"\n\")[0]) + \"\nstale\"" comments >new &&
	mv new comments &&
	step 0 comment && grep PATCH gh.log && jq -e "length == 1 and
		(.[0].body | contains(\"stale\") | not)" comments && test ! -s summary
'

test_expect_success 'comment: what somebody else wrote is not taken for ours' '
	jq ".[0].user.login = \"eve\"" comments >new && mv new comments && cp comments before &&
	step 0 comment && grep POST gh.log && jq -e "length == 2" comments &&
	jq ".[0]" before >want && jq ".[0]" comments >got && test_cmp want got
'

test_expect_success 'comment: without the right to write it goes to the summary' '
	: >closed && cp comments before && step 0 comment && test_cmp before comments &&
	has summary "action A1 has no owner" && has out "::notice title=pm::" &&
	! grep "^ *::error" out &&
	has out "gh: ::error" && rm closed
'

test_expect_success 'comment: nothing to say and nothing said' '
	echo "[]" >comments && git -C job checkout -q --detach origin/main &&
	step 0 comment && echo "[]" >want && test_cmp want comments && has out "no comment" &&
	jq -n "[{id: 41, user: {login: \"github-actions[bot]\"},
		body: \"<!-- pm:review -->\nold\"}]" >comments &&
	step 0 comment && jq -e ".[0].body | contains(\"no post-mortem changes\")" comments
'

test_expect_success 'comment: no document changes, but the settings do' '
	echo "[]" >comments && mkdir -p job/.pm &&
	printf "\nrules: {action-owner: off}\n" >>job/.pm/policy.yaml &&
	git -C job add .pm && git -C job commit -q -m loosen && step 0 comment &&
	jq -e ".[0].body | contains(\"the settings change (.pm/policy.yaml): \")" comments &&
	git -C job checkout -q --detach origin/main
'

test_expect_success 'a checkout of one commit: everything is judged, and it is said' '
	rm -rf job && git init -q job && git -C job remote add origin "file://$PWD/server.git" &&
	git -C job fetch -q --depth=1 origin refs/pull/7/merge &&
	git -C job checkout -q --detach FETCH_HEAD && echo "[]" >comments &&
	step 1 check && has err "fetch-depth: 0" && has out 2026-11-22-bad.md &&
	has out old-bad.md &&
	step 0 comment && has out "::warning title=pm::No comment" && has err "history" &&
	test ! -s gh.log
'

test_expect_success 'comment: no pull request, or a number that is none' '
	GITHUB_REF=refs/heads/main && step 0 comment && test ! -s gh.log &&
	GITHUB_REF="refs/pull/7;x/merge" && step 0 comment && test ! -s gh.log &&
	GITHUB_REF=refs/pull/7/merge
'

test_done
