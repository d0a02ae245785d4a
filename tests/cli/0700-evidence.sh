#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='evidence: named files are there, and are what they were'
. "$(dirname "$0")/lib.sh"

id=2026-11-22-checkout-500s
SQ="'"
doc=postmortems/2026/$id.md

# document EVIDENCE: the complete document with this list.
document()
{
	sed "s|^related:.*|evidence: [$(echo "$1" | tr -d "\n")]|" \
		"$PM_CASES/example/$id.md" >"$doc"
}

# found: rule, level, line and message of what is said about evidence.
found()
{
	jq -r '.findings[] | select(.rule | startswith("evidence-")) |
		"\(.line): \(.level): \(.message) [\(.rule)]"' out >found
}

test_expect_success 'a repository with evidence' '
	make_repo repo && cd repo &&
	mkdir -p postmortems/2026/$id && printf "log\n" >postmortems/2026/$id/x.log &&
	sha=$(sha256sum <postmortems/2026/$id/x.log | cut -c1-64) &&
	zero=$(printf "%064d" 0) &&
	document "{file: $id/x.log, sha256: $sha}" &&
	commit_all "docs: evidence"
'

test_expect_success 'evidence that is there and unchanged is silent' '
	run 0 pm check --format json && found && test_must_be_empty found &&
	upper=$(echo $sha | tr a-f A-F) &&
	document "{file: ./$id/x.log, sha256: \"sha256:$upper\"},
	 {file: /README.md}, {file: \"https://example.org/x\"}" &&
	run 0 pm check --format json && found && test_must_be_empty found
'

test_expect_success 'what is not there, a directory, out of the repository' '
	document "{file: $id/y.log}, {file: $id}, {file: ../../../x}, {file: .}" &&
	run 1 pm check --format json && found &&
	cat >want <<-EOF &&
	26: error: evidence ${SQ}$id/y.log${SQ} is not there [evidence-missing]
	26: error: evidence ${SQ}$id${SQ} is a directory [evidence-missing]
	26: error: evidence ${SQ}../../../x${SQ} points out of the repository [evidence-missing]
	26: error: evidence ${SQ}.${SQ} is a directory [evidence-missing]
	EOF
	test_cmp want found
'

test_expect_success 'other bytes, and digests that are none' '
	document "{file: $id/x.log, sha256: $zero}, {file: $id/x.log, sha256: abc},
	 {file: $id/y.log, sha256: \"md5:$zero\"}" &&
	run 1 pm check --format json && found &&
	short=$(echo $sha | cut -c1-12) &&
	has found "is not what it was: its digest is $short..., not 000000000000..." &&
	has found "${SQ}abc${SQ} is no SHA-256 [evidence-changed]" &&
	has found "is no SHA-256" && has found "$id/y.log${SQ} is not there" &&
	test "$(wc -l <found)" -eq 4 && has out "write: sha256: $sha"
'

test_expect_success 'the digest of a pointer of Git LFS is the one it names' '
	printf "version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize 4\n" \
		$sha >postmortems/2026/$id/x.log &&
	document "{file: $id/x.log, sha256: $sha}" &&
	run 0 pm check --format json && found && test_must_be_empty found &&
	document "{file: $id/x.log, sha256: $zero}" &&
	run 1 pm check --format json && found &&
	has found "its digest is $(echo $sha | cut -c1-12)..." &&
	git checkout -q postmortems/2026/$id/x.log
'

test_expect_success 'each state is compared with its own files' '
	document "{file: $id/x.log, sha256: $sha}" && commit_all &&
	printf "other\n" >postmortems/2026/$id/x.log &&
	run 1 pm check --format json && found && has found "is not what it was" &&
	run 0 pm check --staged --format json && run 0 pm check --at HEAD &&
	git add -A && run 1 pm check --staged --format json && found &&
	has found "is not what it was" &&
	git rm -q --cached postmortems/2026/$id/x.log &&
	run 1 pm check --staged --format json && found && has found "is not there" &&
	run 1 pm check --format json && found && has found "is not what it was" &&
	run 0 pm check --at HEAD && git reset -q --hard
'

test_expect_success 'a large file is said to be, and not read' '
	truncate -s 33M postmortems/2026/$id/big.log &&
	document "{file: $id/big.log, sha256: $zero}" &&
	run 0 pm check --format json && found &&
	has found "note: evidence ${SQ}$id/big.log${SQ} is larger than 32 MiB" &&
	rm postmortems/2026/$id/big.log
'

test_expect_success 'a link is not followed out of the repository' '
	echo secret >../secret && ln -s ../../../secret postmortems/2026/link &&
	document "{file: link, sha256: $(sha256sum <../secret | cut -c1-64)}" &&
	run 1 pm check --format json && found && has found "link" &&
	has found "evidence-changed" && has_not found "is not what it was"
'

test_done
