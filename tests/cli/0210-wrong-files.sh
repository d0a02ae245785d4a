#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='files saved the wrong way are told in one clear line'
. "$(dirname "$0")/lib.sh"

test_expect_success 'set up a repository with one document' '
	make_repo repo && cd repo && mkdir -p postmortems .pm &&
	cp "$PM_CASES"/example/*.md postmortems/ && commit_all &&
	doc=postmortems/2026-11-22-checkout-500s.md
'

test_expect_success 'a document in UTF-16 is one finding, not one per byte' '
	iconv -f UTF-8 -t UTF-16 <$doc >utf16 && cp $doc utf8 &&
	cp utf16 $doc && run 1 pm check &&
	cp utf8 $doc && rm utf8 utf16 &&
	test "$(wc -l <out)" = 1 &&
	has out "$doc:1:1: error: the file is UTF-16 [document-encoding]"
'

test_expect_success 'a policy may begin with a byte order mark' '
	printf "\357\273\277schema: 1\r\nkinds: [incident]\r\n" >.pm/policy.yaml &&
	run 0 pm check && test_must_be_empty out && has_not err policy
'

test_expect_success 'a policy that names no template says where and which' '
	echo "default_template: nope" >.pm/policy.yaml &&
	run 3 pm check &&
	has err "default_template in .pm/policy.yaml: there is no template" &&
	has err "one of: default, near-miss, security, short" &&
	rm .pm/policy.yaml
'

test_expect_success 'a template that is not there: those that are' '
	run 2 pm new --template xyzzy "Mail was late" &&
	has err "one of: default, near-miss, security, short"
'

test_expect_success 'a revision that is not there is no answer of pm show' '
	run 3 pm show --at nope checkout && has err "no revision" &&
	run 3 pm check --at nope && has err "no revision" &&
	run 1 pm show --section background checkout
'

test_done
