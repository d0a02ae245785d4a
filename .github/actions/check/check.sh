#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Checks what the change touches: annotations on stdout, the whole list in the
# job's summary, the numbers and the SARIF file as outputs. The exit status is
# pm's.

set -u

json=$RUNNER_TEMP/pm.json
sarif=

# In a container the work tree may belong to another user than the one who
# runs the job. It is this job's own: say so for this process alone.
GIT_CONFIG_COUNT=1
GIT_CONFIG_KEY_0=safe.directory
GIT_CONFIG_VALUE_0=$GITHUB_WORKSPACE
export GIT_CONFIG_COUNT GIT_CONFIG_KEY_0 GIT_CONFIG_VALUE_0

set -- --since="$PM_SINCE" --fail-level="$PM_FAIL_LEVEL" \
	--format=github --format=json="$json"
if test "$PM_SARIF" = true; then
	sarif=$RUNNER_TEMP/pm.sarif
	set -- "$@" --format=sarif="$sarif"
fi
rm -f "$json" "$sarif"
pm -C "$GITHUB_WORKSPACE" check "$@"
status=$?

# count NAME: the number of that name in the JSON report.
count()
{
	sed -n "s/.*\"$1\": \([0-9][0-9]*\).*/\1/p" "$json" | tail -n 1
}

if test -s "$json"; then
	{
		echo "errors=$(count errors)"
		echo "warnings=$(count warnings)"
	} >>"$GITHUB_OUTPUT"
fi
if test -n "$sarif" && test -s "$sarif"; then
	echo "sarif=$sarif" >>"$GITHUB_OUTPUT"
fi
exit $status
