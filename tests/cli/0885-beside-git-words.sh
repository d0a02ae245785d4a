#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# slow: every change is committed twice
# shellcheck disable=SC2016,SC2034,SC2154 # rows are code; by_git, by_pm: beside.sh
test_description='pm commit beside git commit: who, when, message, signature, log'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/documents.sh"
. "$PM_ROOT/tests/cli/beside.sh"

test_expect_success 'a repository with work of the user in it' 'make_base'

same 'nothing in the way' ''

# --- who ---------------------------------------------------------------------

nobody='unset GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL'
uta="$nobody; git config user.name 'Uta <User>'; git config user.email uta@example.org"

same 'user.name and user.email' "$uta"
same 'author.name, committer.email' \
	"$uta; git config author.name A; git config committer.email c@example.org"
same 'the environment over settings' "$uta; export GIT_AUTHOR_NAME='J. \"Q\" <R>'"
same 'one setting from the command line of git' "$uta" \
	'git -c user.name=Zed commit -q -m "docs: more" -m "Post-Mortem: $ID" -- $DOC' \
	'git -c user.name=Zed pm commit -m "docs: more" $ID'
same 'EMAIL' "$nobody; git config user.name Uta; export EMAIL=e@example.org"
same 'blanks and marks at the ends of a name' \
	"$nobody; git config user.name ' ,;Uta\\\\ '; git config user.email '<a@b>'"
same 'an empty address' "GIT_COMMITTER_EMAIL="
same 'a name of five thousand letters' \
	'GIT_AUTHOR_NAME=$(head -c 5000 /dev/zero | tr "\0" x)'
same 'a name in Latin-1' 'GIT_AUTHOR_NAME=$(printf "J\366rg")'
refused 'no name, no address' "$nobody" "git config --global user.name"
refused 'user.useConfigOnly' "$nobody; git config user.useConfigOnly true
	export EMAIL=e@example.org" "git config --global user.email"
refused 'an empty name' "GIT_AUTHOR_NAME=" "cannot tell who the author is"

conditional='includeIf.hasconfig:remote.*.url:x.path'
has_remote="git config $conditional ../../inc; git config remote.o.url x"
same 'a name included for a remote' \
	"$nobody; printf '[user]\nname=I\nemail=i@example.org\n' >../inc; $has_remote"
same 'a name included for a branch' "$uta; printf '[user]\nname=I\n' >../inc
	git config includeIf.onbranch:main.path ../../inc"
same 'a name for this work tree alone' "$nobody; git config user.email x@example.org
	git config extensions.worktreeConfig true; git config --worktree user.name W"
same 'a name from GIT_CONFIG_SYSTEM' "$nobody; git config user.email x@example.org
	printf '[user]\nname=S\n' >../sys; unset GIT_CONFIG_NOSYSTEM
	export GIT_CONFIG_SYSTEM=\"\$PWD/../sys\""
refused 'GIT_CONFIG_COUNT without its pairs' 'export GIT_CONFIG_COUNT=1' 'GIT_CONFIG_KEY_n'
refused 'GIT_CONFIG_PARAMETERS that nobody can read' \
	'export GIT_CONFIG_PARAMETERS=nonsense' 'GIT_CONFIG_PARAMETERS'

# --- when --------------------------------------------------------------------

# Every form git takes, and those it refuses.
while IFS='|' read -r outcome date
do
	setup="export GIT_AUTHOR_DATE='$date' GIT_COMMITTER_DATE='$date'"
	case $outcome in
	takes) same "a date: '$date'" "$setup" ;;
	not) refused "no date: '$date'" "$setup" "invalid date format" ;;
	esac
done <<'EOT'
takes|@1000 +0130
takes|1112911993 -0730
takes|1112911993 -0000
takes|1112911993 +2500
takes|@1112911993 +0190
takes|1112911993
takes|Thu, 07 Apr 2005 22:13:13 +0200
takes|2005-04-07T22:13:13-0300
takes|2005-04-07 22:13:13.019 +0530
takes|04/07/2005 22:13:13
takes|07.04.2005 22:13
takes|2099-01-01T00:00:00Z
not|2005-04-07
not|yesterday
not|010000000000 +0000
not|1969-01-01T00:00:00Z
EOT

# --- the message -------------------------------------------------------------

# says TITLE SETUP MESSAGE: with these words, as printf has them.
says()
{
	same "$1" "$2" \
		"git commit -q -m \"\$(printf '$3')\" -m \"Post-Mortem: \$ID\" -- \$DOC" \
		"pm commit -m \"\$(printf '$3')\" \$ID"
}

for mode in strip whitespace verbatim scissors default
do
	says "commit.cleanup $mode" "git config commit.cleanup $mode" \
		'  one  \n\n\n# two\nthree\t\r\n# -------- >8 --------\nfour'
done
refused 'commit.cleanup nonsense' 'git config commit.cleanup nonsense' commit.cleanup
says 'core.commentChar' 'git config commit.cleanup strip
	git config core.commentChar ";"' '; one\n# two'
says 'core.commentChar auto' 'git config commit.cleanup strip
	git config core.commentChar auto' '# one\n; two'
says 'white space in the first line, and in the log' '' 'tab\tand   blanks'
says 'letters of any script' '' 'm\303\244h \343\203\206'
same 'commit.template, commit.verbose and an editor are not used' \
	'echo words >../t; git config commit.template ../t; git config commit.verbose true
	export GIT_EDITOR=false'

# The words of pm are UTF-8, and so is what it commits, whatever else a
# setting wants to hear: git would call the same bytes by another name.
differs 'i18n.commitEncoding' 'git config i18n.commitEncoding ISO-8859-1' <<'EOT'
< encoding ISO-8859-1$
EOT
test_expect_success 'a message in Latin-1 is refused' '
	cd base && run 3 pm commit -m "$(printf "m\344h")" $ID && has err "UTF-8 at byte 2" &&
	cd ..
'

# --- the signature -----------------------------------------------------------

if command -v ssh-keygen >/dev/null && ssh-keygen -q -t ed25519 -N "" -C key -f "$HOME/key"
then
	test_set_prereq SSH
fi
if command -v gpg >/dev/null && GNUPGHOME=$HOME/g && export GNUPGHOME &&
	mkdir -m 700 "$GNUPGHOME" && gpg --batch --quiet --passphrase '' \
	--quick-gen-key 'Cem Committer <cem@example.org>' default default never 2>/dev/null
then
	test_set_prereq GPG
fi

# signed TITLE SETUP: both sign, and both signatures are good.
signed()
{
	same "$1" "$2" "$by_git && git verify-commit HEAD" "$by_pm && git verify-commit HEAD"
}

test_have_prereq SSH && signed 'with a key of ssh' 'git config commit.gpgSign true
	git config gpg.format ssh; git config user.signingKey "$HOME/key.pub"
	echo "cem@example.org $(cat "$HOME/key.pub")" >../signers
	git config gpg.ssh.allowedSignersFile "$PWD/../signers"'
test_have_prereq GPG && signed 'with GnuPG' 'git config commit.gpgSign true'
test_have_prereq GPG && signed 'with GnuPG and a key by name' 'git config commit.gpgSign true
	git config user.signingKey cem@example.org'
refused 'a program that fails' 'git config commit.gpgSign true
	git config gpg.program false' 'cannot sign the commit'
refused 'a program that is not there' 'git config commit.gpgSign true
	git config gpg.program /nowhere/gpg' 'cannot sign the commit'
refused 'a program that fails, included for a remote' \
	"printf '[commit]\ngpgsign=true\n[gpg]\nprogram=false\n' >../inc; $has_remote" \
	'cannot sign the commit'
test_have_prereq GPG && gpgconf --kill all

# --- the log of references ---------------------------------------------------

same 'a detached HEAD' 'git checkout -q --detach'
same 'a branch in a branch of that name' 'git symbolic-ref refs/heads/alias refs/heads/main
	git symbolic-ref HEAD refs/heads/alias'
same 'a HEAD that is on no branch of refs/heads' 'git update-ref refs/x/y HEAD
	echo "ref: refs/x/y" >.git/HEAD'
same 'core.logAllRefUpdates false, with a log' 'git config core.logAllRefUpdates false'
same 'core.logAllRefUpdates false, without' 'git config core.logAllRefUpdates false
	rm -r .git/logs'
same 'core.logAllRefUpdates always' 'git config core.logAllRefUpdates always; rm -r .git/logs'
same 'core.logAllRefUpdates from the environment' 'rm -r .git/logs
	export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=core.logAllRefUpdates GIT_CONFIG_VALUE_0=false'
same 'the first commit of a branch' 'git symbolic-ref HEAD refs/heads/new'
same 'the first commit of all' 'git update-ref -d HEAD; git read-tree --empty
	git add $DOC staged'
refused 'a branch below another one' 'git pack-refs --all
	git symbolic-ref HEAD refs/heads/main/x; git read-tree --empty; git add $DOC staged' \
	"'refs/heads/main' exists"
same 'packed references' 'git pack-refs --all; git gc -q'

test_done
