# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# What the tests of pm review share: a team's policy, and documents that can be
# changed a line at a time. The texts that pm must write, to the byte, are in
# tests/cases/review; a test that fails shows the difference.

# Rules that these documents do not mean to speak of are off.
review_policy()
{
	mkdir -p .pm &&
		cat >.pm/policy.yaml <<-\EOF
			severities:
			  - {name: SEV1, approvals: 2}
			  - {name: SEV2, approvals: 1}
			  - {name: SEV3}
			approvers: ["@dee", "@cleo"]
			rules:
			  section-missing: off
		EOF
}

# checkout: a document in review, with two open actions.
checkout()
{
	mkdir -p postmortems &&
		sed -e '/^    addresses: \[C1\]/a\
  - id: A2\
    title: Watch the rate of the EU alone\
    type: detect\
    owner: "@cy"\
    due: 2026-12-09\
    addresses: [C1]' "$PM_CASES/example/2026-11-22-checkout-500s.md" \
			>postmortems/2026-11-22-checkout-500s.md
}

login_digest=sha256:ecf51629fb028e7af7eead547f26549ec20636c8d2e1a5e9fa6b20255a3bea77

# login: a final document that @dee approved. The digest is what approvals in
# real repositories hold: should it ever change, theirs would all be stale.
login()
{
	mkdir -p postmortems &&
		cat >postmortems/2026-10-01-login.md <<-EOF
			---
			schema: 1
			id: 2026-10-01-login
			title: Nobody could log in
			kind: incident
			status: final
			severity: SEV2
			owner: "@ana"
			services: []
			departments: []
			participants:
			  - {person: "@ana", department: web-development}
			times:
			  started: 2026-10-01T08:00Z
			  detected: 2026-10-01T08:10Z
			  resolved: 2026-10-01T09:00Z
			approvals:
			  - by: "@dee"
			    at: 2026-10-05T09:00Z
			    digest: $login_digest
			detected_by: alert
			trigger: config-push
			causes:
			  - {id: C1, kind: config-change, text: A key expired}
			action_items:
			  - id: A1
			    title: Renew the key before it expires
			    type: prevent
			    owner: "@bo"
			    due: 2026-12-20
			    addresses: [C1]
			---

			# Nobody could log in

			## Summary

			The key of the session store expired, and nobody could log in.

			## Impact

			For 60 minutes 4,000 people could not log in.
		EOF
}

# mend PATH SED-COMMAND: changes one document.
mend()
{
	sed -e "$2" "postmortems/$1.md" >mended &&
		! cmp -s mended "postmortems/$1.md" &&
		mv mended "postmortems/$1.md"
}

# same CASE COMMAND...: what it prints is tests/cases/review/CASE.
same()
{
	case=$PM_CASES/review/$1
	shift
	run 0 "$@" && test_cmp "$case" out
}
