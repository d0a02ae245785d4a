# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# What the tests of pm check --since share: a policy that asks for little, so
# that findings are few and can be compared to the byte, and documents whose
# findings are chosen.

# Writes the policy: all rules but four are off; more lines on stdin.
small_policy()
{
	mkdir -p .pm &&
		{
			echo 'rules:'
			pm explain | cut -d ' ' -f 1 |
				grep -vx -e action-owner -e link-broken \
					-e id-duplicate -e document-too-complex |
				sed 's/.*/  &: off/'
			cat
		} >.pm/policy.yaml
}

# paper PATH [OWNER]: the draft postmortems/PATH.md with one action; without
# OWNER that action has none, which is an error. More text on stdin.
paper()
{
	id=${1##*/}
	mkdir -p "postmortems/$(dirname "$1")" &&
		{
			printf -- '---\nschema: 1\nid: %s\n' "$id"
			printf 'title: The %s\n' "${id#????-??-??-}"
			printf 'kind: incident\nstatus: draft\n'
			printf 'severity: SEV3\nowner: "@ana"\naction_items:\n'
			printf '  - {id: A1, title: Fix the %s, ' "$id"
			printf 'type: prevent, due: 2026-12-30, status: open%s}\n' \
				"${2:+, owner: \"@$2\"}"
			printf -- '---\n# The %s\n\n' "${id#????-??-??-}"
			printf '## Summary\n\nWords.\n'
			cat
		} >"postmortems/$1.md"
}

# Three documents on main, the first with an error; a branch "topic" is out.
make_history()
{
	git init -q . && small_policy </dev/null &&
		paper 2026/2026-01-01-one </dev/null &&
		echo 'See [one](2026-01-01-one.md).' |
		paper 2026/2026-01-02-two bo &&
		paper 2026/2026-01-03-three bo </dev/null &&
		printf 'out\nerr\nwant\n' >.git/info/exclude &&
		commit_all && git checkout -q -b topic
}

# said STATUS LINES COMMAND...: stdout holds these lines, the status is that.
# stdout and the last line of stderr are in want and last for a second look.
said()
{
	printf '%s' "${2:+$2
}" >want
	pm_status=$1
	shift 2
	run "$pm_status" "$@" && test_cmp want out
}

# ends TEXT: the last line on stderr.
ends()
{
	echo "pm: $1" >want && tail -n 1 err >out && test_cmp want out
}
