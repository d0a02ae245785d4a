#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='where a change begins, in shapes that servers have beside the usual one'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/since.sh"

error='error: action A1 has no owner [action-owner]'
old="postmortems/2026/2026-01-01-one.md:10:5: $error"
new="postmortems/2026/2026-01-04-four.md:10:5: $error"
theirs="postmortems/2026/2026-01-05-five.md:10:5: $error"
all="$old
$new"
auto='pm check --since auto'
zeros=0000000000000000000000000000000000000000
url=
gone=1234567890123456789012345678901234567890

# The topic adds a document with an error, and so does, since it left, the
# branch that all go into, which is neither main nor master.
test_expect_success 'a server, and what it makes of both branches' '
	mkdir forge && cd forge && make_history && git branch -q -m main trunk &&
	left=$(git rev-parse HEAD) && paper 2026/2026-01-04-four </dev/null && commit_all &&
	git checkout -q trunk && paper 2026/2026-01-05-five </dev/null && commit_all &&
	target=$(git rev-parse HEAD) && git checkout -q --detach && tick &&
	git merge -q --no-edit topic && git update-ref refs/merge-requests/1/merge HEAD &&
	git checkout -q trunk && url=file://$PWD && cd ..
'

# shellcheck disable=SC2034 # read by the tests, which are text
merge_ref=refs/merge-requests/1/merge:refs/pipelines/7

# fetched DIR DEPTH REF...: the refs are fetched, HEAD is the first of them.
fetched()
{
	pm_dir=$1 pm_depth=$2
	shift 2
	git init -q "$pm_dir" && git -C "$pm_dir" remote add origin "$url" &&
		printf "out\nerr\nwant\n" >>"$pm_dir/.git/info/exclude" || return 1
	for pm_ref
	do
		git -C "$pm_dir" fetch -q --no-tags ${pm_depth:+"--depth=$pm_depth"} \
			origin "$pm_ref" || return 1
	done
	git -C "$pm_dir" checkout -q --detach "${1#*:}"
}

test_expect_success 'GitLab, results merged first: what came into the target is not in it' '
	for depth in "" 2
	do
		rm -rf merged && fetched merged "$depth" "$merge_ref" &&
		cd merged && said 1 "$new" env GITLAB_CI=true \
			CI_MERGE_REQUEST_DIFF_BASE_SHA=$left \
			CI_MERGE_REQUEST_TARGET_BRANCH_SHA=$target \
			CI_MERGE_REQUEST_TARGET_BRANCH_NAME=trunk $auto && cd .. || return 1
	done && rm -rf merged && fetched merged 1 "$merge_ref" &&
	cd merged && said 1 "$old
$new
$theirs" env GITLAB_CI=true CI_MERGE_REQUEST_DIFF_BASE_SHA=$left \
		CI_MERGE_REQUEST_TARGET_BRANCH_SHA=$target $auto &&
	has err "the base '\''$target'\'' is not in this clone" && has err "GIT_DEPTH: 0" && cd ..
'

test_expect_success 'a new branch is seen from the branch that the server says is the first' '
	fetched first "" topic:refs/remotes/origin/topic trunk:refs/remotes/origin/trunk &&
	cd first && said 1 "$new" env GITLAB_CI=true CI_COMMIT_BEFORE_SHA=$zeros \
		CI_DEFAULT_BRANCH=trunk $auto && has err "where this left origin/trunk" &&
	event="\"repository\": {\"name\": \"x\", \"default_branch\": \"trunk\"}" &&
	echo "{\"before\": \"$zeros\", $event}" >../event &&
	said 1 "$new" env GITHUB_ACTIONS=true GITHUB_BASE_REF= GITHUB_EVENT_PATH=../event $auto &&
	has err "where this left origin/trunk" && git checkout -q origin/trunk &&
	said 1 "$old
$theirs" env GITHUB_ACTIONS=true GITHUB_BASE_REF= GITHUB_EVENT_PATH=../event $auto &&
	has err "pm: GitHub names no base to compare with; checking every document" &&
	has_not err fetch-depth && cd ..
'

test_expect_success 'what to set is said where that branch was not fetched' '
	fetched alone 1 topic:refs/remotes/origin/topic && cd alone &&
	said 1 "$all" env GITHUB_ACTIONS=true GITHUB_EVENT_PATH=../event $auto &&
	has err "the base '\''trunk'\'' is not in this clone, whose history ends early" &&
	has err "(set fetch-depth: 0 for actions/checkout)" &&
	said 1 "$all" env BITBUCKET_BUILD_NUMBER=7 $auto &&
	has err "Bitbucket names no base to compare with; checking every document (set clone:" &&
	cd ..
'

test_expect_success 'of a forced push it is said, not that the clone is too short' '
	echo "{\"before\": \"$gone\", $event}" >event && cd first && git checkout -q origin/topic &&
	said 1 "$all" env GITHUB_ACTIONS=true GITHUB_EVENT_PATH=../event $auto &&
	has err "the base '\''$gone'\'' is not in this clone; checking every document" &&
	has err "(a forced push leaves such a base behind)" && has_not err fetch-depth &&
	said 1 "$all" env GITLAB_CI=true CI_COMMIT_BEFORE_SHA=$gone $auto &&
	has err "(a forced push" && cd ../alone &&
	said 1 "$all" env GITHUB_ACTIONS=true GITHUB_EVENT_PATH=../event $auto &&
	has err "(set fetch-depth: 0 for actions/checkout)" && cd ..
'

test_done
