#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='what may not be read today is neither excluded nor mended'
. "$(dirname "$0")/lib.sh"

# That user has to get at the test's directory and at pm.
# shellcheck disable=SC2154 # lib.sh sets root
if test "$(id -u)" = 0; then
	chmod -R a+rX "$root"
	as="setpriv --reuid=65534 --clear-groups"
	if ! $as pm version >/dev/null 2>&1 || ! $as test -r "$root"; then
		# shellcheck disable=SC2034 # read by test_done
		skip_all='no user to be who may not read everything'
		test_done
	fi
	chown 65534 "$root"
else
	as=
fi

incident()
{
	printf "%s\n" "# The queue was full" "" "## Timeline" "" \
		"- 2024-01-01 10:00 UTC broke" "- 2024-01-01 11:00 UTC mended" "" \
		"## Action items" "" "- [ ] Add $1" >"incidents/$1.md"
}

# as_other STATUS ARG...: pm as somebody who is not root. ours: the files are.
as_other()
{
	want=$1 && shift && run "$want" $as "$(command -v pm)" "$@"
}
ours()
{
	test -z "$as" || chown -R 65534 .
}

test_expect_success 'pm adopt excludes nothing for it, and says what it did not look at' '
	git config --global --add safe.directory "*" && chmod a+r "$HOME/.gitconfig" &&
	make_repo repo && cd repo && mkdir incidents && printf "%s\n" out err >.git/info/exclude &&
	incident 2024-01-01-a && incident 2024-01-02-b && commit_all &&
	chmod 0 incidents/2024-01-02-b.md && ours && as_other 0 adopt &&
	has err "not looked at: cannot read" && has err "incidents/2024-01-02-b.md" &&
	has_not .pm/policy.yaml "2024-01-02-b" && chmod 644 incidents/2024-01-02-b.md &&
	as_other 1 check && has out "2024-01-02-b.md:10:1: error" && has out "[action-owner]"
'

test_expect_success '--update-baseline takes nothing out of a file that may not be read' '
	rm -rf .pm && as_other 0 adopt && as_other 0 check && cp .pm/baseline was &&
	chmod 0 incidents/2024-01-02-b.md && as_other 1 check && has_not err "baseline is" &&
	has_not err "baseline are" && as_other 1 check --update-baseline &&
	has err "0 taken out of the baseline" && test_cmp was .pm/baseline &&
	chmod 644 incidents/2024-01-02-b.md && as_other 0 check
'

test_expect_success 'nor out of a directory' '
	rm -rf .pm && mkdir incidents/old && mv incidents/2024-01-02-b.md incidents/old/ && ours &&
	as_other 0 adopt && as_other 0 check && cp .pm/baseline was && chmod 0 incidents/old &&
	as_other 0 check && has err "which is left out" && has_not err "baseline are" &&
	as_other 0 check --update-baseline && has err "0 taken out of the baseline" &&
	test_cmp was .pm/baseline && chmod 755 incidents/old
'

test_done
