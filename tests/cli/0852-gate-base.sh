#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='what a change is compared with is not for the change to choose'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/since.sh"

# auto STATUS [VARIABLE=VALUE...]: pm check --since auto with these variables.
auto()
{
	pm_want_status=$1
	shift
	run "$pm_want_status" env "$@" pm check --since auto
}

# event STATUS JSON: on GitHub, where that is the event.
event()
{
	printf '%s' "$2" >event.json &&
		auto "$1" GITHUB_ACTIONS=true GITHUB_EVENT_PATH="$PWD/event.json"
}

new='2026-05-01-new.md:10:5: error'

test_expect_success 'a branch with a bad document' '
	mkdir repo && cd repo && make_history && echo event.json >>.git/info/exclude &&
	paper 2026/2026-05-01-new </dev/null && commit_all &&
	git update-ref refs/remotes/origin/main main &&
	main=$(git rev-parse main) topic=$(git rev-parse topic)
'

test_expect_success 'a tag of the base'\''s name does not stand in for it' '
	git tag origin/main && git tag main && auto 1 && has out "$new" &&
	auto 1 GITHUB_ACTIONS=true GITHUB_BASE_REF=main && has out "$new" &&
	run 0 pm check --since main &&
	has err "pm: '\''main'\'' is a branch and a tag: the tag is taken" &&
	has err "(say '\''refs/heads/main'\'' for the branch)" &&
	run 1 pm check --since refs/heads/main && has_not err "a tag" &&
	run 0 pm check --since origin/main && has err "refs/remotes/origin/main" &&
	git tag -d origin/main main
'

test_expect_success 'a commit that a server names is one, not the name of something' '
	for word in HEAD topic main --all "main^{tree}" "a b" 12345 "$topic~0"
	do
		event 1 "{\"before\": \"$word\"}" && has out "$new" && has out 2026-01-01-one &&
			has err "is not in this clone" || return 1
	done &&
	short=$(echo $main | cut -c 1-12) && git tag $short topic &&
	auto 1 BITBUCKET_BUILD_NUMBER=1 BITBUCKET_PR_DESTINATION_COMMIT=$short && has out "$new" &&
	git tag -d $short &&
	auto 1 BITBUCKET_BUILD_NUMBER=1 BITBUCKET_PR_DESTINATION_COMMIT=$short && has out "$new" &&
	has_not out 2026-01-01-one
'

test_expect_success 'an event of any bytes' '
	for json in "" "{" "[]" "{\"before\": 1}" "{\"before\": \"\\u0041\"}" \
		"$(printf "%0100000d" 0 | tr 0 "[")"
	do
		event 1 "$json" && has out "$new" || return 1
	done &&
	title="base\\\": {\\\"sha\\\": \\\"$topic" &&
	event 1 "{\"pull_request\": {\"title\": \"$title\", \"base\": {\"sha\": \"$main\"}}}" &&
	has out "$new" && auto 1 GITHUB_ACTIONS=true GITHUB_EVENT_PATH=/dev/zero && has out "$new"
'

test_expect_success 'a merge queue names its base' '
	paper 2026/2026-05-02-next </dev/null && commit_all &&
	event 1 "{\"merge_group\": {\"base_sha\": \"$topic\"}}" && has out 2026-05-02-next &&
	has_not out "$new"
'

test_expect_success 'nothing that the base has not: it is said' '
	event 0 "{\"pull_request\": {\"base\": {\"sha\": \"$(git rev-parse HEAD)\"}}}" &&
	has err "which has no commit that" &&
	event 1 "{\"pull_request\": {\"base\": {\"sha\": \"$main\"}}}" && has_not err "no commit"
'

test_done
