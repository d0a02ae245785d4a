#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm commit signs as commit.gpgSign asks, or fails'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"

DOC=postmortems/2026-11-22-new.md

test_expect_success 'a repository' '
	make_repo repo && cd repo && printf "out\nerr\nwant\n" >.git/info/exclude &&
	git config commit.gpgSign true && doc 2026-11-22-new </dev/null
'

# hazard: 32
test_expect_success 'without a key there is no commit' '
	head=$(git rev-parse HEAD) && git config gpg.format ssh &&
	git config user.signingKey "$HOME/none" &&
	run 3 pm commit && has err "cannot sign the commit" && not_committed $head
'

if command -v ssh-keygen >/dev/null
then
	test_set_prereq SSH
fi

# hazard: 33
test_expect_success SSH 'with a key of ssh' '
	ssh-keygen -q -t ed25519 -N "" -C key -f "$HOME/key" &&
	echo "cem@example.org $(cat "$HOME/key.pub")" >"$HOME/signers" &&
	git config gpg.ssh.allowedSignersFile "$HOME/signers" &&
	git config user.signingKey "$HOME/key.pub" &&
	run 0 pm commit && git verify-commit HEAD >out 2>&1 && has out "Good \"git\" signature" &&
	committed "A	$DOC" && git log -1 --format="%an %ae %at%n%cn %ce %ct" >out &&
	cat >want <<-\EOF &&
	Ana Author ana@example.org 1795348800
	Cem Committer cem@example.org 1795348800
	EOF
	test_cmp want out && git log -1 --format=%s >out &&
	echo "postmortem: The new" >want && test_cmp want out &&
	git status --porcelain >out && test ! -s out
'

test_expect_success SSH 'two signers at once, both are kept' '
	doc 2026-11-23-one </dev/null && doc 2026-11-24-two </dev/null &&
	{ pm commit one >out1 2>err1 & } && pm commit two >out2 2>err2 && wait &&
	git ls-tree --name-only -r HEAD postmortems >out && test "$(wc -l <out)" = 3 &&
	git verify-commit HEAD HEAD~1 2>/dev/null && sound && rm -f out1 out2 err1 err2
'

test_expect_success SSH 'the first commit of a branch is signed as well' '
	git checkout -q --orphan fresh && git rm -rqf --cached . && rm -r postmortems README.md &&
	doc 2026-11-26-first </dev/null && run 0 pm commit && git verify-commit HEAD 2>/dev/null &&
	test "$(git rev-list --count HEAD)" = 1
'

# A GnuPG that can make a key here, without a person or an agent in the way.
if command -v gpg >/dev/null && GNUPGHOME=$HOME/g && export GNUPGHOME &&
	mkdir -m 700 "$GNUPGHOME" && gpg --batch --quiet --passphrase '' \
	--quick-gen-key 'Cem Committer <cem@example.org>' default default never 2>/dev/null
then
	test_set_prereq GPG
fi

test_expect_success GPG 'with GnuPG, which is the default' '
	git config --unset gpg.format && git config --unset user.signingKey || : &&
	echo more >>postmortems/2026-11-26-first.md && run 0 pm commit first &&
	git verify-commit HEAD >out 2>&1 && has out "Good signature from \"Cem Committer" &&
	sound
'

# hazard: 32
test_expect_success GPG 'a program that fails is no commit' '
	git config gpg.program false && echo more >>postmortems/2026-11-26-first.md &&
	head=$(git rev-parse HEAD) && run 3 pm commit first &&
	has err "cannot sign the commit" && not_committed $head &&
	gpgconf --kill all
'

test_done
