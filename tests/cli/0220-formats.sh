#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='findings in the formats of build servers and forges'
. "$(dirname "$0")/lib.sh"

ESC=$(printf '\033')

test_expect_success 'a repository with findings, and one with a nasty document' '
	make_repo repo && mkdir -p repo/postmortems nasty/postmortems &&
	cat >"repo/postmortems/2026-11-22-café 500s.md" <<-\EOF &&
	---
	schema: 1
	id: 2026-11-22-café 500s
	title: Checkout answered 500
	kind: incident
	status: draft
	severity: SEV9
	owner: "@ana"
	action_items:
	  - {id: A1, title: Reject a bad config, due: 2026-11-19, status: open}
	---

	# Checkout answered 500

	## Summary

	Words.
	EOF
	git -C nasty init -q &&
	cat >nasty/postmortems/2026-01-01-nasty.md <<-EOF &&
	---
	title: "${ESC}[31mred ##[error]boom"
	owner: "::error::owner"
	severity: "::warning::x <b> & \\" @ana"
	---

	# ${ESC}]0;pwn ::add-mask::x

	[gone](no%20such.md "]]>") and [x](<&.md>)
	EOF
	cd repo
'

inert() {
	! LC_ALL=C grep -n "$ESC" "$1" >&2 &&
	! grep -E "^[[:space:]]*::" "$1" | grep -v "^::[a-z]* file=" >&2 &&
	! grep -nF "##[" "$1" >&2
}

test_expect_success 'github: annotations on stdout, the list in the summary' '
	run 1 pm check --format github &&
	grep "^::error file=postmortems/2026-11-22-café 500s.md,line=10,.*title=action-owner::" out &&
	GITHUB_STEP_SUMMARY=$PWD/summary.md &&
	export GITHUB_STEP_SUMMARY &&
	echo before >summary.md &&
	run 1 pm check --format github &&
	unset GITHUB_STEP_SUMMARY &&
	head -n 1 summary.md >first && echo before >want && test_cmp want first &&
	has summary.md "| error |" && has summary.md "action\\-owner" &&
	(cd ../nasty && pm check --format github >out ; inert out)
'

test_expect_success 'github: a summary that cannot be written is told' '
	GITHUB_STEP_SUMMARY=$PWD/no/such/file &&
	export GITHUB_STEP_SUMMARY &&
	run 1 pm check --format github &&
	unset GITHUB_STEP_SUMMARY &&
	has err "cannot write the summary" && has out "::error file="
'

test_expect_success 'a format of findings is refused for lists' '
	run 2 pm list --format github &&
	has err "is for findings: documents have no rule, level or message"
'

test_done
