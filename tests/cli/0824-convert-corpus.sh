#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# slow: every document of the corpus
test_description='real documents with front matter: the same body, read as before'
. "$(dirname "$0")/lib.sh"

corpus_or_skip

# reading DIR: what is read of every document, without lines and ids; with and
# without "@" it is the same person.
reading()
{
	mkdir "$1" && pm_n=0 &&
		while IFS= read -r path
		do
			pm_n=$((pm_n + 1))
			pm show --format json -- "$path" | jq '[.timeline.entries[] | del(.line)],
				[.actions[] | del(.line, .id) |
				.owner |= ltrimstr("@")]' >"$1/$pm_n" || return 1
		done <list
}

# bodies DIR: what stands behind the front matter of every document.
bodies()
{
	mkdir "$1" && pm_n=0 &&
		while IFS= read -r path
		do
			pm_n=$((pm_n + 1))
			awk 'NR == 1 && /^---\r?$/ { head = 1; next }
				head && /^---\r?$/ { head = 0; next }
				!head' "$path" >"$1/$pm_n" || return 1
		done <list
}

convert()
{
	make_repo "$1" && cp -R "$CORPUS/$1/." "$1" && chmod -R u+w "$1" && cd "$1" &&
		printf '%s\n' out err want list 'was*' 'is*' once twice >.git/info/exclude &&
		commit_all && run 0 pm adopt && commit_all &&
		git ls-files | grep -E '\.(md|qmd|markdown)$' | grep -v README >list &&
		reading was && bodies was-body && run 0 pm adopt --convert &&
		reading is && bodies is-body && diff -r was is && diff -r was-body is-body &&
		git diff --numstat >out && cut -f 2 out | sort -u >want && echo 0 >err &&
		test_cmp err want && test "$(wc -l <out)" -eq "$(wc -l <list)" &&
		git diff >once && run 0 pm adopt --convert && git diff >twice &&
		test_cmp once twice
}

for source in "$CORPUS"/*/
do
	source=$(basename "$source")
	test_expect_success "$source" '
		(convert "$source")
	'
done

test_done
