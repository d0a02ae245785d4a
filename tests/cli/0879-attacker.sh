#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Somebody's pull request on a runner that holds secrets: in the environment, in
# files beside the work tree, in .git/config. What the attacker wants to see is
# marked, and looked for in whatever pm prints and writes.

test_description='a repository of an attacker makes the check fail and does nothing else'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

# Their words are put together here, so that no output has them by quoting.
OUTSIDE=sentinel-$(printf '%s%s' out side)
INSIDE=sentinel-$(printf '%s%s' environ ment)
CONFIG=sentinel-$(printf '%s%s' con fig)

# Every file but those of Git and of the test itself.
everything()
{
	find .. \( -path ../home -o -path ../repo/.git \) -prune -o -type f -o \
		-printf "%p %y %m\n" | sort &&
		find .. \( -path ../home -o -path ../repo/.git \) -prune -o -type f \
			-exec cksum {} + | sort
}

test_expect_success 'a repository that reaches for everything' '
	mkdir outside && echo "- \"$OUTSIDE\": $OUTSIDE" >outside/secret &&
	cp outside/secret outside/secret.md &&
	make_repo repo && cd repo && mkdir -p .pm/templates postmortems ev &&
	git config http.extraHeader "AUTHORIZATION: $CONFIG" &&
	ln -s ../../outside/secret.md .pm/templates/reach.md &&
	ln -s ../../outside ev/dir && ln -s ../../outside/secret ev/link &&
	ln -s /proc/self/environ ev/environ && ln -s ev/link ev/twice &&
	ln -s ../../outside/secret.md postmortems/2026-11-01-link.md &&
	ln -s ../../outside postmortems/outside && mkfifo ev/fifo postmortems/2026-11-02-fifo.md &&
	sed "s/ZERO/$(printf "%064d" 0)/" >postmortems/2026-11-03-reach.md <<-\EOF &&
	---
	schema: 1
	id: 2026-11-03-reach
	title: Reach
	kind: incident
	status: review
	severity: SEV3
	owner: "@ana"
	template: ../../outside/secret
	include: ../../outside/secret
	extends: /proc/self/environ
	related: [../../outside/secret, /etc/passwd]
	evidence:
	  - {file: ../../outside/secret}
	  - {file: ../../../outside/secret, sha256: ZERO}
	  - {file: /proc/self/environ, sha256: ZERO}
	  - {file: ev/link, sha256: ZERO}
	  - {file: ev/dir/secret, sha256: ZERO}
	  - {file: ev/twice, sha256: ZERO}
	  - {file: ev/environ, sha256: ZERO}
	  - {file: ev/fifo, sha256: ZERO}
	  - {file: .git/config, sha256: ZERO}
	  - {file: ../.git/config}
	  - {file: "file:///etc/passwd"}
	  - {file: ../ev/link}
	  - {file: ../ev/dir/secret}
	  - {file: ../ev/fifo}
	---
	# Reach

	## Summary

	{{include ../../outside/secret}} !include ../../outside/secret
	![[../../outside/secret]] <!--#include file="../../outside/secret" -->
	[a](../../outside/secret) [b](/proc/self/environ) [c](../ev/link#x)
	[d](../ev/dir/secret.md#outside) [e](../ev/fifo) [f](../.git/config#x)
	$(cat ../outside/secret) `cat ../outside/secret` ${SECRET_TOKEN} %SECRET_TOKEN%
	${{ secrets.GITHUB_TOKEN }} {{env.SECRET_TOKEN}}

	[g]: ../../outside/secret
	EOF
	git add . 2>err && git commit -q -m "reach" && git rev-parse HEAD >"$HOME/head" &&
	everything >"$HOME/before"
'

# runner COMMAND...: with the environment of a job, whose token is ours.
runner()
{
	(
		GITHUB_ACTIONS=true CI=true SECRET_TOKEN=$INSIDE
		GITHUB_STEP_SUMMARY=$HOME/summary GITHUB_TOKEN=$INSIDE
		export GITHUB_ACTIONS CI SECRET_TOKEN GITHUB_STEP_SUMMARY GITHUB_TOKEN
		# A FIFO that is opened would hold it for ever.
		exec timeout 60 "$@" >"$HOME/out" 2>"$HOME/err" </dev/null
	)
}

# blind: none of it is in what was printed or written.
blind()
{
	for word in "$OUTSIDE" "$INSIDE" "$CONFIG" root:x:
	do
		! grep -rn "$word" "$HOME/out" "$HOME/err" "$HOME/summary" >&2 || return 1
	done
}

test_expect_success 'nothing from outside is in any output' '
	: >"$HOME/summary" &&
	for line in "check" "check --at HEAD" "check --staged" "check --format json" \
		"check --format github" "check --format sarif" "check --format gitlab" \
		"check --format rdjson" "check --format checkstyle" "check --format junit" \
		"check --format markdown" "check --since HEAD~1" "check --fix --dry-run" \
		"review HEAD~1" "review --format markdown HEAD~1" "review --format html HEAD~1" \
		"review --format json --words HEAD~1" "status" "status --format json" "list" \
		"list --format json" "show reach" "show --format json reach" "show link" \
		"show postmortems/2026-11-01-link.md" "show postmortems/2026-11-02-fifo.md" \
		"show postmortems/outside/secret.md" "show ../outside/secret" \
		"show ../outside/secret.md" "show /proc/self/environ" "search sentinel" \
		"search outside" "index --verify" "adopt --dry-run" \
		"new --no-input --template reach Title" \
		"new --no-input --template ../../outside/secret Title"
	do
		runner pm $line ; test $? -le 3 && blind || { echo "pm $line"; return 1; }
	done &&
	runner pm check ; test $? = 1 &&
	grep "2026-11-03-reach.md:.*\[evidence-missing\]" "$HOME/out"
'

test_expect_success 'nor has anything been made, changed or left behind' '
	everything >"$HOME/after" && test_cmp "$HOME/before" "$HOME/after" &&
	git rev-parse HEAD >"$HOME/now" && test_cmp "$HOME/head" "$HOME/now" && git fsck --strict
'

for setting in 'people_file: ../../outside/secret' 'people_file: ev/link' \
	'people_file: /proc/self/environ' 'people_file: ev/fifo' \
	'default_template: ../../outside/secret' 'default_template: reach' \
	'documents: ["../outside/*", "/proc/self/*", "postmortems/outside/*", "ev/**"]' \
	'new_dir: ../outside' 'new_dir: ev/dir' 'exclude: ["../**", "/**"]' \
	'include: ../../outside/secret' '!include ../../outside/secret: x' \
	'severities: !!python/object/apply:os.system ["touch pwned"]'
do
	test_expect_success "a policy: $setting" '
		echo "$setting" >.pm/policy.yaml &&
		for line in check status list "review HEAD" "new --no-input Title" "show reach"
		do
			runner pm $line ; test $? -le 3 && blind || { echo "pm $line"; return 1; }
		done &&
		test ! -e pwned && test "$(ls ../outside)" = "secret
secret.md" && rm .pm/policy.yaml && git clean -q -f -d postmortems
	'
done

test_expect_success 'settings that are links or pipes are refused, not followed' '
	for file in policy.yaml baseline templates/default.md
	do
		for what in ../../outside/secret /proc/self/environ /dev/zero ../ev/fifo
		do
			ln -s $what .pm/$file && for line in check status "new --no-input Title"
			do
				runner pm $line ; test $? -le 3 && blind ||
					{ echo "$what"; return 1; }
			done && rm .pm/$file || return 1
		done &&
		mkfifo .pm/$file && { runner pm check ; test $? -le 3; } && rm .pm/$file || return 1
	done ; git clean -q -f -d postmortems
'

strace -f -o /dev/null pm version >/dev/null 2>&1 && test_set_prereq STRACE

test_expect_success STRACE 'no connection is opened' '
	for line in check "check --since HEAD~1" "review HEAD~1" "search words" status
	do
		strace -f -e trace=network -o "$HOME/trace" pm $line >"$HOME/out" 2>&1
		! grep -E "socket\(|connect\(" "$HOME/trace" || { echo "pm $line"; return 1; }
	done
'

test_done
