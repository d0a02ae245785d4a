# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2034,SC2119,SC2120,SC2154,SC2164 # parts of one program
# pm hook install beside a hook of the team's, which may stand aside already.

prepare()
{
	doc 2026-11-01-old </dev/null && team && mkdir .git/hooks &&
		printf '#!/bin/sh\nexit 0\n' >.git/hooks/pre-commit &&
		chmod +x .git/hooks/pre-commit
}

act()
{
	"$@" pm hook install pre-commit
}

stages()
{
	victim && mv .git/hooks/pre-commit .git/hooks/pre-commit.pm-chained && keep aside
}
