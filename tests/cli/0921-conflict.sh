#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='a merge that nobody finished is one finding, and no others'
. "$(dirname "$0")/lib.sh"

doc=postmortems/2026-11-22-checkout-500s.md

# The example, "$1" (a sed script) changed on each of two branches, merged.
torn()
{
	git checkout -q -B theirs base && sed -i "$2" $doc && commit_all &&
		git checkout -q -B ours base && sed -i "$1" $doc && commit_all &&
		test_must_fail git merge -q theirs
}

test_expect_success 'set up' '
	mkdir repo && cd repo && git init -q && mkdir postmortems &&
	cp "$PM_CASES"/example/* postmortems/ &&
	printf "out\nerr\nwant\n" >.git/info/exclude && commit_all &&
	git branch base && run 0 pm check
'

test_expect_success 'in the front matter' '
	torn "s/^severity: .*/severity: SEV1/" \
		"s/^severity: .*/severity: SEV3/" && run 1 pm check &&
	line=$(grep -n "^<<<<<<< " $doc | cut -d : -f 1) &&
	printf "%s:%s:1: error: %s %s\n" "$doc" "$line" \
		"a merge conflict is not resolved: '\''HEAD'\'' or '\''theirs'\''" \
		"[merge-conflict]" >want &&
	test_cmp want out && has err "1 document: 1 error, 0 warnings"
'

test_expect_success 'staged as it is, it is found, and not committed' '
	git add -A && run 1 pm check --staged && test_cmp want out &&
	run 1 pm check --staged --since HEAD && test_cmp want out &&
	run 0 pm hook install && run 1 git commit -m merged &&
	has err "[merge-conflict]" && pm hook uninstall >/dev/null &&
	git commit -q -m merged && run 1 pm check --at HEAD && test_cmp want out &&
	run 1 pm commit -m x $doc && git reset -q --hard
'

test_expect_success 'no --fix, no baseline and no waiver' '
	cp $doc before && run 1 pm check --fix && test_cmp before $doc &&
	run 2 pm check --accept merge-conflict $doc --reason x &&
	sed -i "s/^kind: /allow: [{rule: merge-conflict, reason: x}]\n&/" $doc &&
	run 1 pm check && has out "[merge-conflict]" && rm before
'

test_expect_success 'in the body, each of two, with the base between' '
	git config merge.conflictStyle diff3 && git reset -q --hard &&
	torn "s/^## Impact/&\n\nOne./; s/^## Detection/&\n\nOne./" \
		"s/^## Impact/&\n\nTwo./; s/^## Detection/&\n\nTwo./" &&
	run 1 pm check && test "$(wc -l <out)" = 2 &&
	test "$(grep -c "\[merge-conflict\]$" out)" = 2
'

test_expect_success 'what is left of one' '
	git reset -q --hard && git checkout -q base &&
	sed -i "s/^## Detection/&\n\n<<<<<<< HEAD/" $doc && run 1 pm check &&
	has out "a mark of a merge conflict is left here [merge-conflict]" &&
	test "$(wc -l <out)" = 1
'

test_expect_success 'examples, underlines and quotations are none' '
	git checkout -q . &&
	cat >>$doc <<-\EOF &&

	Git wrote this, and <<<<<<< HEAD is no line of its own:

	```
	<<<<<<< HEAD
	one
	=======
	two
	>>>>>>> topic
	```

	Setext
	=======

	>>>>>>> deep
	EOF
	run 0 pm check && has_not out merge-conflict
'

test_expect_success 'secrets are looked for all the same; off is off' '
	git checkout -q . && token=ghp_$(printf %s 16C7e42F292c6912 E7710c838347 Ae178B4a) &&
	printf "\n<<<<<<< a\n%s\n=======\n>>>>>>> b\n" "$token" >>$doc &&
	run 1 pm check && has out "[secret]" && has out "[merge-conflict]" &&
	mkdir .pm && echo "rules: {merge-conflict: off}" >.pm/policy.yaml &&
	run 1 pm check && has out "[secret]" && has_not out merge-conflict
'

test_expect_success 'of an unmerged index it is said which side is looked at' '
	mkdir ../other && cd ../other && git init -q && mkdir postmortems &&
	cp "$PM_CASES"/example/* postmortems/ &&
	printf "out\nerr\nwant\n" >.git/info/exclude && commit_all && git branch base &&
	torn "s/^severity: .*/severity: SEV1/" "s/^severity: .*/severity: SEV3/" &&
	one="pm: 1 document is unmerged in the index: only your side is looked at" &&
	run 0 pm check --staged && has err "$one" && test_must_be_empty out &&
	run 0 pm status --staged && has err "$one" &&
	run 0 pm check --at HEAD && has_not err unmerged &&
	git add $doc && run 1 pm check --staged && has_not err unmerged &&
	has out "[merge-conflict]"
'

test_done
