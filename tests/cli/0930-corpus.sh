#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# slow: every document of the corpus
test_description='real documents: read whole, the same bytes with any number of workers'
. "$(dirname "$0")/lib.sh"

corpus_or_skip

test_expect_success 'a repository of the corpus' '
	make_repo repo && cp -R "$CORPUS"/. repo/ && chmod -R u+w repo && cd repo &&
	mkdir .pm && cat >.pm/policy.yaml <<-\EOF &&
	documents: ["**/*.md", "**/*.qmd", "**/*.markdown"]
	exclude: [README.md]
	EOF
	commit_all "docs: corpus" &&
	git ls-files | grep -cE "\.(md|qmd|markdown)$" >count
'

test_expect_success 'check reads every document and its findings have lines' '
	pm check --format json >out 2>err ; test $? -le 1 &&
	jq -e ".documents == ($(cat count) - 1)" out &&
	jq -r ".findings[] | [.path, .line] | @tsv" out | sort -u |
	while IFS="	" read -r path line
	do
		test "$line" -ge 1 &&
		test "$line" -le $(($(wc -l <"$path") + 1)) || {
			echo "$path:$line" >&2
			return 1
		}
	done
'

test_expect_success 'the same bytes twice, with one worker and with two' '
	pm check >first 2>&1 ; pm check >second 2>&1 ; test_cmp first second &&
	pm check --jobs 1 >one 2>&1 ; pm check --jobs 2 >two 2>&1 ;
	test_cmp first one && test_cmp first two
'

test_expect_success 'list and search read them all' '
	run 0 pm list --format json &&
	jq -e ".documents | length == ($(cat count) - 1)" out &&
	run 0 pm search timeout && test -s out
'

test_expect_success 'show reads every one of them' '
	git ls-files -- "*.md" "*.qmd" >files &&
	while IFS= read -r path
	do
		pm show --format json -- "$path" >shown 2>err &&
		jq -e ".path and (.sections | type == \"array\")" shown >/dev/null || {
			echo "$path" >&2 ; cat err >&2
			return 1
		}
	done <files
'

test_done
