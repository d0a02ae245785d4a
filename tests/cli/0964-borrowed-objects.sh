#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='clones with objects elsewhere: all is read, or it is said where they were'
. "$(dirname "$0")/lib.sh"

# libgit2 forgets the reference that a revision names when the commit that it
# leads to is not there.
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
export ASAN_OPTIONS

# same COMMAND...: says the same as in the repository that was cloned.
same()
{
	(cd ../origin && pm "$@" >../want 2>/dev/null; echo $? >../status)
	pm_want=$(cat ../status)
	run "$pm_want" pm "$@" && test_cmp ../want out
}

all_same()
{
	same check && same check --at HEAD^ && same check --since HEAD^ && same list &&
		same list --at HEAD^ && same search full && same review HEAD^..HEAD &&
		same status && same show disk && run 0 pm index && run 1 pm commit -m nothing
}

test_expect_success 'a repository with packed and loose objects' '
	make_repo origin && cd origin && run 0 pm init &&
	run 0 pm new --owner @ana --severity SEV2 "Disk full" &&
	run 0 pm new --owner @bo "Mail late" && printf "%s\n" out err >.git/info/exclude &&
	commit_all && git gc -q && DOC=$(git ls-files "postmortems/*disk-full.md") &&
	sed -i "s/^severity: .*/severity: SEV1/" "$DOC" && commit_all &&
	git config uploadpack.allowFilter true &&
	git config uploadpack.allowAnySHA1InWant true && cd ..
'

test_expect_success 'a shared clone, one with a reference, a clone of a clone' '
	git clone -q --shared origin shared && cd shared && all_same && cd .. &&
	git clone -q --reference origin "file://$PWD/origin" reference && cd reference &&
	all_same && cd .. && git clone -q --shared shared second && cd second && all_same &&
	echo ../../../origin/.git/objects >.git/objects/info/alternates && rm -rf .git/pm &&
	all_same && cd ..
'

test_expect_success 'when what it takes objects from is gone, that is said' '
	mv origin gone && cd shared &&
	for command in "list" "list --at HEAD" "list --at main" "check --at HEAD" "review HEAD" \
		"search full" "index" "commit -m x" "check --since HEAD^"
	do
		rm -rf .git/pm && run 3 pm $command && test_must_be_empty out &&
		has err "is not in this repository, which takes objects from" &&
		has err "/origin/.git/objects'\'', and that is gone" || return 1
	done && cd ../second && run 3 pm list && has err "and that is gone" && cd .. &&
	mv gone origin && cd shared && all_same && cd ..
'

test_expect_success 'a commit that is gone otherwise is called so, not unknown' '
	git clone -q "file://$PWD/origin" broken && cd broken && git gc -q &&
	rm -f .git/objects/pack/* && hex=$(git rev-parse HEAD) &&
	for command in "list" "check --at HEAD" "check --at origin/main"
	do
		run 3 pm $command && has err "the commit $hex of" &&
		has err "is not in this repository (see '\''git fsck'\'')" || return 1
	done && run 3 pm check --at nonsense && has err "no revision '\''nonsense'\''" && cd ..
'

test_expect_success 'a partial clone fetches what is asked for' '
	git clone -q --filter=blob:none "file://$PWD/origin" partial && cd partial && all_same &&
	cd .. && git clone -q --filter=blob:none --no-checkout "file://$PWD/origin" bare &&
	cd bare && same list --at HEAD^ && same check --at HEAD && same search full && cd ..
'

test_expect_success 'or says what it cannot fetch' '
	git clone -q --filter=blob:none --no-checkout "file://$PWD/origin" off && cd off &&
	git config remote.origin.url file:///nowhere &&
	for command in "list --at HEAD" "search full" "index"
	do
		run 3 pm $command && test_must_be_empty out &&
		has err "not in this partial clone and cannot be fetched" || return 1
	done && run 3 pm show --at HEAD disk && has err "cannot be fetched" &&
	run 1 pm check --at HEAD && has out "disk-full.md:1:1: error:" &&
	has out "cannot be fetched"
'

test_done
