# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2034,SC2119,SC2120,SC2154,SC2164 # parts of one program
# pm approve --commit: approved and not committed yet is a state on the way.

prepare()
{
	mkdir postmortems .pm && cp "$PM_CASES/example/2026-11-22-checkout-500s.md" postmortems/ &&
		echo 'people: ["@ana", "@bo", "@cy"]' >.pm/policy.yaml && team
}

act()
{
	"$@" pm approve --commit --by bo checkout-500s
}

stages()
{
	victim && pm approve --by bo checkout-500s >"$pm_trash/out" 2>&1 && keep approved
}
