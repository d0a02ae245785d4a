# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# What the tests of pm commit share: small documents that pass the check, and
# what must hold after every commit, whether it was made or not.

# Writes the draft postmortems/ID.md; more lines of front matter on stdin.
doc()
{
	mkdir -p postmortems &&
		{
			printf -- '---\nschema: 1\nid: %s\n' "$1" &&
				printf 'title: The %s\n' "${1#????-??-??-}" &&
				printf 'kind: incident\nstatus: draft\n' &&
				printf 'severity: SEV3\nowner: "@ana"\n' &&
				cat &&
				printf -- '---\n# The %s\n\n' "${1#????-??-??-}" &&
				printf '## Summary\n\nWords.\n'
		} >"postmortems/$1.md"
}

# The repository is sound, no lock or temporary file is left, and the index
# has the trees it claims to have.
sound()
{
	git fsck --strict 2>&1 | grep -v '^dangling\|^notice' >fsck.out
	test ! -s fsck.out || { cat fsck.out >&2; return 1; }
	rm -f fsck.out
	gitdir=$(git rev-parse --git-dir)
	ls "$gitdir"/*.lock "$gitdir"/*.pm "$gitdir"/refs/heads/*.lock \
		"$gitdir"/pm/commit-* 2>/dev/null && return 1
	git ls-files --stage >stage.out &&
		rm -f stage.index &&
		GIT_INDEX_FILE=$PWD/stage.index git update-index --index-info <stage.out &&
		test "$(git write-tree)" = \
			"$(GIT_INDEX_FILE=$PWD/stage.index git write-tree)" &&
		rm stage.out stage.index
}

# committed TEXT: the files of HEAD and how they changed are these lines.
committed()
{
	git show --format= --name-status --no-renames HEAD >got &&
		printf '%s\n' "$1" >want && test_cmp want got && rm got want && sound
}

# not_committed HEAD: HEAD is still that.
not_committed()
{
	test "$(git rev-parse HEAD)" = "$1" && sound
}

# A document with an error, on line 10: nobody owns its action.
bad()
{
	doc "$1" <<-\EOF
	action_items:
	  - {id: A1, title: Nobody does it, type: prevent, due: 2026-12-05}
	EOF
}

# The same document with one more of it.
worse()
{
	doc "$1" <<-\EOF
	action_items:
	  - {id: A1, title: Nobody does it, type: prevent, due: 2026-12-05}
	  - {id: A2, title: Nor this, type: prevent, due: 2026-12-05}
	EOF
}
