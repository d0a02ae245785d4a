#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Replays the session of a Markdown file: the blocks fenced as "console", in
# one shell and one scratch directory, with clock, identity and Git's settings
# pinned. A line that begins with "$ " is a command; the lines after it are
# what it printed. Prints the blocks as they come out today.
#
# "$EDITOR FILE" stands for a person who completes FILE: it puts the document
# of tests/cases/example/ there, under FILE's id.
#
# usage: session.sh [--prose | --write] FILE
#	--prose prints the text between the blocks as well
#	--write puts the blocks into FILE: look at the difference afterwards
#	PM_BUILD holds pm

set -u
here=$(cd "$(dirname "$0")" && pwd)
prose=0 write=0
case $1 in
--prose) prose=1 && shift ;;
--write) write=1 && shift ;;
esac
file=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
: "${PM_BUILD:=$here/../build}"
PATH=$(cd "$PM_BUILD" && pwd):$PATH
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
for name in $(env | sed -n 's/^\(GIT_[A-Z_]*\|XDG_[A-Z_]*\)=.*/\1/p'); do
	unset "$name"
done
unset NO_COLOR CLICOLOR_FORCE VISUAL
HOME=$work/home
LC_ALL=C TZ=UTC COLUMNS=80 PAGER=cat
PM_NOW=2026-11-22T12:00:00Z
EDITOR=$work/edit
GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=$HOME/.gitconfig
GIT_CEILING_DIRECTORIES=$work
GIT_AUTHOR_NAME=Ana GIT_AUTHOR_EMAIL=ana@example.org
GIT_COMMITTER_NAME=Ana GIT_COMMITTER_EMAIL=ana@example.org
GIT_AUTHOR_DATE='1795348800 +0000' GIT_COMMITTER_DATE='1795348800 +0000'
export PATH HOME LC_ALL TZ COLUMNS PAGER PM_NOW EDITOR GIT_CONFIG_NOSYSTEM
export GIT_CONFIG_GLOBAL GIT_CEILING_DIRECTORIES GIT_AUTHOR_NAME
export GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL
export GIT_AUTHOR_DATE GIT_COMMITTER_DATE
mkdir "$HOME" "$work/docs"
printf '[init]\n\tdefaultBranch = main\n' >"$GIT_CONFIG_GLOBAL"
cat >"$EDITOR" <<EOF
#!/bin/sh
id=\$(basename "\$1" .md)
sed "s/^id: .*/id: \$id/" $here/cases/example/*.md >"\$1"
EOF
chmod +x "$EDITOR"

# The file turned into a script. Every command sees the status of the one
# before it, as in a shell at hand.
awk -v prose=$prose '
function quoted(text)
{
	gsub(/\047/, "\047\\\047\047", text)
	return "\047" text "\047"
}
/^```console$/ || (inside && /^```$/) {
	inside = !inside
	if (!prose)
		print "echo " quoted($0)
	next
}
inside && /^\$ / {
	printf "printf \"%%s\\n\" %s\n", quoted($0)
	printf "(exit $last)\neval %s </dev/null 2>&1\nlast=$?\n",
		quoted(substr($0, 3))
	next
}
!inside && prose && /^#/ { seen = /session/ }
!inside && prose && seen { printf "printf \"%%s\\n\" %s\n", quoted($0) }
' "$file" >"$work/script"

cd "$work/docs" || exit 1
last=0
export last
if test $write = 0; then
	sh "$work/script"
	exit
fi
sh "$work/script" >"$work/blocks"
awk -v blocks="$work/blocks" '
	/^```console$/ {
		while ((getline line < blocks) > 0 && line != "```")
			print line
		inside = 1
	}
	inside && /^```$/ { inside = 0 }
	!inside { print }
' "$file" >"$work/new" && cat "$work/new" >"$file"
