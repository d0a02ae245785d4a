#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='a server refuses a push whose documents have errors'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

# What the server has: refs, and objects in no quarantine.
server()
{
	git -C ../server.git for-each-ref &&
		(cd ../server.git && find objects -type f ! -name '*.rev' | sort)
}

# refused COMMAND...: git says no, and the server is as it was.
refused()
{
	server >../before && run 1 "$@" && server >../after && test_cmp ../before ../after &&
		has err 'remote: pm: the push is refused: nothing of it was taken' &&
		has err 'pre-receive hook declined'
}

commit()
{
	tick && git add -A && git commit -q -m "${1:-docs: change}"
}

test_expect_success 'a server with a branch, and a hook' '
	make_repo repo && git init -q --bare server.git && cd repo &&
	printf "out\nerr\n" >.git/info/exclude && git remote add origin ../server.git &&
	doc 2026-11-01-old </dev/null && bad 2026-10-01-old-bad && commit &&
	git push -q origin main &&
	(cd ../server.git && run 0 pm hook install)
'

test_expect_success 'an action without an owner is refused, the line is named, nothing lands' '
	bad 2026-11-22-bad && commit && refused git push origin main &&
	grep "^remote: postmortems/2026-11-22-bad.md:10:[0-9]*: error: .*\[action-owner\]" err &&
	has err "remote: pm: refs/heads/main: 1 error" && has_not err old-bad
'

test_expect_success 'mended, it lands' '
	doc 2026-11-22-bad </dev/null && commit && run 0 git push origin main &&
	has_not err "pm:" &&
	test "$(git -C ../server.git rev-parse main)" = "$(git rev-parse main)" &&
	git -C ../server.git fsck --strict
'

test_expect_success 'a push of many objects comes as a pack' '
	git -C ../server.git config receive.unpackLimit 1 && bad 2026-11-23-bad && commit &&
	refused git push origin main && git reset -q --hard HEAD^ &&
	echo more >>postmortems/2026-11-01-old.md &&
	commit && run 0 git push origin main &&
	git -C ../server.git config --unset receive.unpackLimit
'

test_expect_success 'other branches and tags are free, and then are not' '
	git checkout -q -b topic && bad 2026-11-24-bad && commit && git tag v1 &&
	git tag -a -m x v2 &&
	run 0 git push origin topic v1 v2 && git checkout -q main &&
	git -C ../server.git config pm.receiveRefs "main release/*" &&
	git checkout -q -b release/1 topic &&
	refused git push origin release/1 && has err 2026-11-24-bad.md && has_not err old-bad &&
	git -C ../server.git config --add pm.receiveRefs refs/heads/topic &&
	echo more >>README.md && commit &&
	run 0 git push origin HEAD:topic && git checkout -q main && git branch -q -D topic &&
	git checkout -q release/1 && worse 2026-11-24-bad && commit &&
	refused git push origin HEAD:topic && has err "action A2" && has_not err "action A1" &&
	run 0 git push origin :topic &&
	git checkout -q main && git -C ../server.git config --unset-all pm.receiveRefs
'

test_expect_success 'one bad ref refuses all' '
	echo more >>README.md && commit && git branch -f fine && bad 2026-11-25-bad && commit &&
	refused git push origin fine main && git reset -q --hard HEAD^ &&
	run 0 git push origin fine main
'

test_expect_success 'a forced push is judged against what the branch holds' '
	git checkout -q -b other HEAD^ && bad 2026-11-26-bad && commit &&
	refused git push -f origin other:main &&
	doc 2026-11-26-bad </dev/null && commit && run 0 git push -f origin other:main &&
	run 0 git push -f origin main && git checkout -q main && git branch -q -D other
'

test_expect_success 'a push cannot switch its judge off' '
	mkdir -p .pm/templates &&
	printf "schema: 1\nrules:\n  action-owner: off\n" >.pm/policy.yaml &&
	bad 2026-11-27-bad && commit && run 0 pm check 2026-11-27-bad &&
	refused git push origin main &&
	has err "[action-owner]" &&
	printf "schema: 1\ndocuments: [nowhere/*.md]\n" >.pm/policy.yaml && commit &&
	refused git push origin main && has err 2026-11-27-bad.md && git rm -q -r .pm && commit &&
	refused git push origin main && git reset -q --hard origin/main
'

test_expect_success 'nor can it loosen a template' '
	printf "%s\n" "---" "status: review" "severity: SEV3" "owner: \"@ana\"" "title: New" \
		"---" "# New" >postmortems/2026-11-28-new.md &&
	commit && refused git push origin main && has err "[section-missing]" &&
	mkdir -p .pm/templates &&
	printf "# {{title}}\n\n## Words\n" >.pm/templates/default.md && commit &&
	refused git push origin main &&
	has err "[section-missing]" && git reset -q --hard origin/main && rm -rf .pm
'

test_expect_success 'the policy that landed judges the next push' '
	mkdir -p .pm && printf "schema: 1\nrules:\n  action-owner: off\n" >.pm/policy.yaml &&
	commit &&
	run 0 git push origin main && bad 2026-11-27-bad && commit && run 0 git push origin main
'

test_expect_success 'settings that cannot be read do not land' '
	printf "schema: 1\nnonsense: [\n" >.pm/policy.yaml && commit && server >../before &&
	run 1 git push origin main && has err ".pm/policy.yaml:" &&
	has err "what the push makes of the policy" &&
	server >../after && test_cmp ../before ../after && git reset -q --hard origin/main &&
	mkdir -p .pm/templates && echo "<!-- pm: role=nonsense -->" >.pm/templates/default.md &&
	commit &&
	run 1 git push origin main && has err ".pm/templates/default.md" &&
	git reset -q --hard origin/main
'

test_expect_success 'a branch whose settings were broken before the hook can be mended' '
	(cd ../server.git && pm hook uninstall) &&
	printf "schema: 1\nnonsense: [\n" >.pm/policy.yaml && commit &&
	git push -q origin main && (cd ../server.git && pm hook install) &&
	printf "schema: 1\n" >.pm/policy.yaml && bad 2026-11-29-bad && commit &&
	refused git push origin main && has err "as it stands cannot be read" &&
	has err 2026-11-29-bad.md &&
	rm postmortems/2026-11-29-bad.md && commit && run 0 git push origin main
'

test_expect_success 'an empty server: the first push, by its own policy' '
	git init -q --bare ../empty.git && (cd ../empty.git && pm hook install) &&
	run 1 git push ../empty.git main && has err old-bad.md && has_not err "cannot" &&
	run 1 git push ../empty.git main:elsewhere && has err "HEAD names no branch that is here" &&
	git -C ../empty.git config pm.receiveRefs main &&
	run 0 git push ../empty.git main:elsewhere && run 0 git push ../empty.git :elsewhere
'

test_expect_success 'what the server had before runs first, with the same stdin' '
	cd ../server.git && pm hook uninstall && cat >hooks/pre-receive <<-\EOF &&
	#!/bin/sh
	cat >got
	test ! -e closed || { echo "closed for today"; exit 3; }
	EOF
	chmod +x hooks/pre-receive && run 0 pm hook install && cd ../repo &&
	echo more >>README.md && commit &&
	new=$(git rev-parse HEAD) old=$(git rev-parse origin/main) && run 0 git push origin main &&
	echo "$old $new refs/heads/main" >want && test_cmp want ../server.git/got && rm want &&
	: >../server.git/closed && echo more >>README.md && commit && run 1 git push origin main &&
	has err "remote: closed for today" && rm ../server.git/closed && bad 2026-11-30-bad &&
	commit &&
	refused git push origin main && git reset -q --hard HEAD^
'

test_expect_success 'a path with a quote and a colon, and alternates' '
	mkdir "../a:b\"c" && git clone -q --bare --shared ../server.git "../a:b\"c/s.git" &&
	(cd "../a:b\"c/s.git" && pm hook install) && bad 2026-11-30-bad && commit &&
	run 1 git push "$PWD/../a:b\"c/s.git" main && has err 2026-11-30-bad.md &&
	git reset -q --hard HEAD^ && run 0 git push "$PWD/../a:b\"c/s.git" main
'

test_expect_success 'a server with a work tree' '
	git clone -q ../server.git ../tree &&
	git -C ../tree config receive.denyCurrentBranch updateInstead &&
	run 3 pm -C ../tree/.git hook install && run 0 pm -C ../tree hook install pre-receive &&
	bad 2026-11-30-bad && commit && run 1 git push ../tree main &&
	has err "remote: postmortems/2026-11-30-bad.md:10:" &&
	git reset -q --hard HEAD^ && run 0 git push ../tree main && git -C ../tree diff --quiet HEAD
'

test_expect_success 'what git does not say is refused, not passed' '
	cd ../server.git && echo nonsense >in && run 3 pm hook run pre-receive <in &&
	has err "stdin is not what git gives" &&
	z=0000000000000000000000000000000000000000 &&
	echo "$z 1111111111111111111111111111111111111111 refs/heads/main" >in &&
	run 3 pm hook run pre-receive <in && run 0 pm hook run pre-receive </dev/null && cd ../repo
'

test_expect_success 'pm is not there: nothing lands' '
	mkdir ../bin && for tool in git sh git-receive-pack
	do
		ln -sf "$(command -v $tool)" ../bin/ || return 1
	done && echo more >>README.md && commit && server >../before &&
	run 1 env PATH="$PWD/../bin" git push origin main && has err "needs '\''pm'\'' on PATH" &&
	has_not err "no-verify" && server >../after && test_cmp ../before ../after
'

test_done
