#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm review in a clone whose history ends early says what is missing'
. "$(dirname "$0")/lib.sh"

ID=2026-11-22-checkout-500s
SQ="'"

# refused TEXT COMMAND...: nothing is reviewed, one line says why, and no more.
refused()
{
	pm_text=$1
	shift
	run 3 "$@" && test_must_be_empty out && has err "$pm_text" &&
		has_not err "checking every document" && test "$(wc -l <err)" = 1
}

test_expect_success 'a branch, cloned without where it left main' '
	make_repo repo && cd repo && mkdir postmortems &&
	cp "$PM_CASES/example/$ID.md" postmortems/ &&
	commit_all && git branch -M main && git checkout -q -b topic &&
	sed -i "s/10:31Z$/10:12Z/" "postmortems/$ID.md" && commit_all &&
	git checkout -q main && echo more >f && commit_all && git checkout -q topic &&
	git clone -q --depth=1 -b topic "file://$PWD" ../one 2>/dev/null &&
	git clone -q --depth=1 -b topic --no-single-branch "file://$PWD" ../both &&
	cd .. && for clone in one both
	do
		printf "out\nerr\n" >$clone/.git/info/exclude || return 1
	done
'

# hazard: 2
test_expect_success 'the base is not there' '
	cd one && for range in main main...HEAD main..HEAD HEAD~1 HEAD~1..HEAD
	do
		refused "git fetch --unshallow" pm review $range && has err "no revision" &&
			has err "fetch-depth: 0" || return 1
	done && cd ..
'

test_expect_success 'the base is there, and no commit of both' '
	cd both && for range in origin/main...HEAD origin/main...origin/topic origin/main
	do
		refused "cannot review ${SQ}$range${SQ}: history ends before" pm review $range &&
			has err "git fetch --unshallow" || return 1
	done && run 0 pm review origin/main..HEAD && cd ..
'

test_expect_success 'in CI it is what is to be set there' '
	cd both &&
	refused "set fetch-depth: 0" env GITHUB_ACTIONS=true pm review origin/main...HEAD &&
	refused "GIT_DEPTH: 0" env GITLAB_CI=true pm review origin/main...HEAD && cd .. && cd one &&
	refused "set fetch-depth: 0" env GITHUB_ACTIONS=true GITHUB_BASE_REF=main pm review auto &&
	has err "cannot review ${SQ}auto${SQ}: the base ${SQ}main${SQ} is not in" &&
	refused "names no base" env GITHUB_ACTIONS=true pm review auto... && cd ..
'

test_expect_success 'a document is found, and what is neither is said' '
	cd one && run 0 pm review checkout-500s && has err "0 documents" &&
	refused "neither a document nor a range" pm review nosuch && cd ..
'

test_expect_success 'pm check still checks every document, and says so' '
	cd both && pm check --since origin/main >out 2>err
	test $? -le 1 && has err "checking every document (run" && cd ..
'

test_expect_success 'the advice helps' '
	cd both && git fetch -q --unshallow && run 0 pm review origin/main...HEAD &&
	has out "mitigated" && cd ..
'

test_done
