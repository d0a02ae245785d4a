#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# One comment on the pull request that says what it changes in the
# post-mortems' own terms; the next run updates it in place. Without the right
# to write (a pull request from a fork) the text goes to the job's summary:
# that is no failure of the change.

set -u

body=$RUNNER_TEMP/pm-review.md
error=$RUNNER_TEMP/pm-comment.err

GIT_CONFIG_COUNT=1
GIT_CONFIG_KEY_0=safe.directory
GIT_CONFIG_VALUE_0=$GITHUB_WORKSPACE
export GIT_CONFIG_COUNT GIT_CONFIG_KEY_0 GIT_CONFIG_VALUE_0

# refs/pull/NUMBER/merge
number=${GITHUB_REF#refs/pull/}
number=${number%%/*}
case $number in
'' | *[!0-9]*)
	echo "pm: no comment: GITHUB_REF is no pull request's"
	exit 0
	;;
esac

# The words of a change come from documents: they go into files, never into a
# command line.
if ! pm -C "$GITHUB_WORKSPACE" review --format=markdown -- "$PM_SINCE...HEAD" \
	>"$body"; then
	# The check has judged the change; why there are no words for it, such
	# as a history that is too short, pm has said above.
	echo '::warning title=pm::No comment: the change cannot be reviewed, see the log of this step.'
	exit 0
fi
nothing=$(pm -C "$GITHUB_WORKSPACE" review --format=json -- \
	"$PM_SINCE...HEAD" | grep -c '"documents": \[\].*"settings_changed": 0')

# The first line of the comment is its mark. Anybody may write that line, so
# only a comment of our own is taken for ours.
PM_MARK=$(head -n 1 "$body")
export PM_MARK PM_AUTHOR
id=$(gh api --paginate \
	"repos/$GITHUB_REPOSITORY/issues/$number/comments?per_page=100" \
	--jq '.[] | select(.user.login == env.PM_AUTHOR) |
		select(.body | startswith(env.PM_MARK)) | .id' \
	2>"$error" | head -n 1)
case $id in
*[!0-9]*) id= ;;
esac

# Nothing to say, and nothing said before: no comment.
if test "$nothing" -gt 0 && test -z "$id"; then
	echo 'pm: no post-mortem changes, no comment'
	exit 0
fi
if test -n "$id"; then
	set -- --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id"
else
	set -- --method POST "repos/$GITHUB_REPOSITORY/issues/$number/comments"
fi
if gh api --silent "$@" -F body=@"$body" 2>>"$error"; then
	exit 0
fi
# What gh printed is not ours: no workflow command may come out of it.
echo '::notice title=pm::The comment could not be written, see the summary. It needs the permission pull-requests%3A write, which pull requests from forks do not get.'
sed -e 's/##\[/#[/g' -e 's/^/gh: /' "$error"
cat "$body" >>"$GITHUB_STEP_SUMMARY"
exit 0
