#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm check --since auto finds the base in CI, or says what to set'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/since.sh"

one=postmortems/2026/2026-01-01-one.md
four=postmortems/2026/2026-01-04-four.md
owner='error: action A1 has no owner [action-owner]'
old="$one:10:5: $owner"
new="$four:10:5: $owner"
all="$old
$new"
# shellcheck disable=SC2034 # read by the tests, which are text
auto='pm check --since auto'
url=
zeros=0000000000000000000000000000000000000000

# ci SERVER-VARIABLES... COMMAND: as on a server.
ci()
{
	env CI=true "$@"
}
gh()
{
	ci GITHUB_ACTIONS=true "$@"
}

# The server's repository: main has a document with an error and one commit
# more than the topic, which adds a document with an error. refs/pull/1/merge
# is what a forge makes of the two.
test_expect_success 'a forge' '
	mkdir forge && cd forge && make_history && paper 2026/2026-01-04-four </dev/null &&
	commit_all && git checkout -q main && paper 2026/2026-01-05-five bo </dev/null &&
	commit_all && git checkout -q -b edit topic~1 && echo >>$one && commit_all &&
	git checkout -q main && git checkout -q -b merge && tick && git merge -q --no-edit topic &&
	git update-ref refs/pull/1/merge HEAD && git checkout -q main && git branch -qD merge &&
	git config uploadpack.allowFilter true && git config uploadpack.allowAnySHA1InWant true &&
	main=$(git rev-parse main) topic=$(git rev-parse topic) left=$(git merge-base main topic) &&
	merge=$(git rev-parse refs/pull/1/merge) && url=file://$PWD && cd ..
'

# checkout DIR REF DEPTH [OPTION...]: what actions/checkout does.
checkout()
{
	pm_dir=$1 pm_ref=$2 pm_depth=$3
	shift 3
	rm -rf "$pm_dir" && git init -q "$pm_dir" &&
		git -C "$pm_dir" remote add origin "$url" &&
		git -C "$pm_dir" fetch -q --no-tags \
			${pm_depth:+"--depth=$pm_depth"} "$@" origin "$pm_ref" &&
		git -C "$pm_dir" checkout -q --detach FETCH_HEAD &&
		printf 'out\nerr\nwant\n' >>"$pm_dir/.git/info/exclude"
}

test_expect_success 'a merge ref at depth 2 and more: its first parent is the base' '
	for depth in 2 3 ""
	do
		checkout gh refs/pull/1/merge "$depth" && cd gh &&
		said 1 "$new" gh GITHUB_REF=refs/pull/1/merge GITHUB_SHA=$merge \
			GITHUB_BASE_REF=main $auto &&
		has err "with $(echo $main | cut -c1-10), where this left the first parent" &&
		cd .. || return 1
	done
'

# hazard: 4
test_expect_success 'a merge ref at depth 1: every document, and what to set' '
	checkout gh refs/pull/1/merge 1 && cd gh &&
	said 1 "$all" gh GITHUB_REF=refs/pull/1/merge GITHUB_SHA=$merge GITHUB_BASE_REF=main \
		$auto && head -n 1 err >got && cat >want <<-\EOF && cd .. &&
	pm: the base '\''main'\'' is not in this clone, whose history ends early;
	 checking every document (set fetch-depth: 0 for actions/checkout)
	EOF
	tr -d "\n" <gh/want >gh/one && tr -d "\n" <gh/got | test_cmp gh/one -
'

test_expect_success 'the head of a pull request with its base branch: the merge base' '
	checkout gh topic "" && cd gh && git fetch -q origin main:refs/remotes/origin/main &&
	said 1 "$new" gh GITHUB_REF=refs/pull/1/merge GITHUB_SHA=$merge GITHUB_BASE_REF=main \
		$auto &&
	has err "pm: comparing with $(echo $left | cut -c1-10), where this left origin/main" &&
	cd ..
'

# hazard: 3
test_expect_success 'both branches at depth 1: history ends before they meet' '
	checkout gh topic 1 && cd gh &&
	git fetch -q --depth=1 origin main:refs/remotes/origin/main &&
	said 1 "$all" gh GITHUB_BASE_REF=main $auto &&
	has err "history ends before the change left its base; checking every document" &&
	said 1 "$all" pm check --since origin/main && has err "git fetch --unshallow" &&
	git fetch -q --deepen=2 origin main:refs/remotes/origin/main topic &&
	said 1 "$new" pm check --since origin/main && cd ..
'

test_expect_success 'a push: before, from the event; a new branch, from zeros' '
	checkout gh topic "" && cd gh && git fetch -q origin main:refs/remotes/origin/main &&
	echo "{\"ref\": [{\"before\": \"no\"}], \"before\": \"$left\"}" >../event &&
	said 1 "$new" gh GITHUB_EVENT_PATH=../event $auto &&
	sed -n 1p err >first && echo "pm: comparing with $(echo $left | cut -c1-10)" >want &&
	test_cmp want first && rm first &&
	echo "{\"before\": \"$zeros\"}" >../event &&
	said 1 "$new" gh GITHUB_EVENT_PATH=../event $auto && has err "left origin/main" &&
	echo "{\"pull_request\": {\"base\": {\"sha\": \"$main\"}}}" >../event &&
	said 1 "$new" gh GITHUB_EVENT_PATH=../event $auto && has err "left $main" &&
	echo "{\"before\": \"$merge\"}" >../event &&
	said 1 "$all" gh GITHUB_EVENT_PATH=../event $auto && has err "the base '\''$merge'\''" &&
	printf "{\"before\": \"" >../event &&
	said 1 "$new" gh GITHUB_EVENT_PATH=../event $auto &&
	said 1 "$new" gh GITHUB_EVENT_PATH=../nosuch $auto && cd ..
'

test_expect_success 'a run on the main branch that names no base judges all' '
	checkout gh main "" && cd gh && git fetch -q origin main:refs/remotes/origin/main &&
	said 1 "$old" gh $auto &&
	has err "pm: GitHub names no base to compare with; checking every document" && cd ..
'

test_expect_success 'GitLab' '
	checkout gl topic "" && cd gl &&
	said 1 "$new" ci GITLAB_CI=true CI_MERGE_REQUEST_DIFF_BASE_SHA=$left $auto &&
	said 1 "$new" ci GITLAB_CI=true CI_COMMIT_BEFORE_SHA=$left $auto &&
	git fetch -q origin main:refs/remotes/origin/main &&
	said 1 "$new" ci GITLAB_CI=true CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main \
		CI_COMMIT_BEFORE_SHA=$zeros $auto && has err "left origin/main" &&
	said 1 "$new" ci GITLAB_CI=true CI_COMMIT_BEFORE_SHA=$zeros $auto && cd .. &&
	checkout gl topic 1 && cd gl &&
	said 1 "$all" ci GITLAB_CI=true CI_MERGE_REQUEST_DIFF_BASE_SHA=$left $auto &&
	has err "(set the job'\''s variable GIT_DEPTH: 0)" && cd ..
'

test_expect_success 'Gitea and Forgejo speak as GitHub, Bitbucket, Jenkins, Azure for themselves' '
	checkout other topic "" && cd other && git fetch -q origin main:refs/remotes/origin/main &&
	said 1 "$new" gh GITEA_ACTIONS=true GITHUB_BASE_REF=main $auto &&
	said 1 "$new" ci BITBUCKET_BUILD_NUMBER=7 BITBUCKET_PR_DESTINATION_BRANCH=main \
		$auto &&
	said 1 "$new" ci BITBUCKET_BUILD_NUMBER=7 BITBUCKET_PR_DESTINATION_COMMIT=$(
		echo $main | cut -c1-12) $auto &&
	said 1 "$new" ci JENKINS_URL=https://ci CHANGE_TARGET=main $auto &&
	said 1 "$new" ci TF_BUILD=True SYSTEM_PULLREQUEST_TARGETBRANCH=refs/heads/main \
		$auto && git update-ref -d refs/remotes/origin/main &&
	said 1 "$all" ci JENKINS_URL=https://ci CHANGE_TARGET=main $auto &&
	has err "the base '\''main'\'' is not in this clone; checking every document (turn" &&
	said 1 "$all" ci TF_BUILD=True SYSTEM_PULLREQUEST_TARGETBRANCH=refs/heads/main \
		$auto && has err "set fetchDepth: 0" && cd .. &&
	checkout other refs/pull/1/merge 2 && cd other &&
	said 1 "$new" ci TF_BUILD=True BUILD_SOURCEBRANCH=refs/pull/1/merge \
		BUILD_SOURCEVERSION=$merge SYSTEM_PULLREQUEST_TARGETBRANCH=main \
		$auto && cd ..
'

test_expect_success 'outside of CI: what the branch goes into' '
	git clone -q "$url" local && cd local && printf "out\nerr\nwant\n" >>.git/info/exclude &&
	git checkout -q topic && said 1 "$new" $auto &&
	has err "where this left origin/HEAD" &&
	git branch -q --set-upstream-to=origin/main && said 1 "$new" $auto &&
	has err "where this left origin/main" && git remote remove origin &&
	said 1 "$new" $auto && has err "where this left main" &&
	git branch -q -D main && run 2 $auto && has err "name it: --since main" && cd ..
'

# hazard: 7
test_expect_success 'a sparse checkout judges what changed, checked out or not' '
	checkout sp refs/pull/1/merge 2 && cd sp && git sparse-checkout set --cone .pm &&
	test ! -d postmortems && for state in "" --staged "--at HEAD"
	do
		said 1 "$new" gh GITHUB_REF=refs/pull/1/merge GITHUB_SHA=$merge \
			$auto $state || return 1
	done && git sparse-checkout set --cone --sparse-index .pm &&
	said 1 "$new" gh GITHUB_REF=refs/pull/1/merge GITHUB_SHA=$merge $auto && cd ..
'

# hazard: 7 13
test_expect_success 'a partial clone fetches what it lacks' '
	checkout part refs/pull/1/merge 2 --filter=blob:none && cd part &&
	said 1 "$new" gh GITHUB_REF=refs/pull/1/merge GITHUB_SHA=$merge $auto &&
	cd .. && git clone -q --filter=blob:none --no-checkout "$url" part2 && cd part2 &&
	git sparse-checkout set --cone .pm postmortems && git checkout -q topic &&
	printf "out\nerr\nwant\n" >>.git/info/exclude &&
	said 1 "$new" pm check --since origin/main && cd .. &&
	git clone -q --filter=tree:0 "$url" part3 && cd part3 && git checkout -q topic &&
	printf "out\nerr\nwant\n" >>.git/info/exclude &&
	said 1 "$new" pm check --since origin/main &&
	said 1 "$new" pm check --since origin/main --at HEAD &&
	git remote set-url origin file:///nowhere && cd .. &&
	git clone -q --filter=tree:0 --no-checkout "$url" part4 && cd part4 &&
	git remote set-url origin file:///nowhere &&
	run 3 pm check --since origin/main --at origin/topic && has err "cannot be fetched" &&
	cd .. && git clone -q --filter=blob:none --branch edit "$url" part5 && cd part5 &&
	printf "out\nerr\nwant\n" >>.git/info/exclude && mv .git/config ../config &&
	sed s,file:.*,file:///nowhere, ../config >.git/config &&
	said 1 "$old" pm check --since origin/main &&
	has err "as it was before, so all its findings count as new: object" &&
	mv ../config .git/config && said 0 "" pm check --since origin/main && cd ..
'

test_done
