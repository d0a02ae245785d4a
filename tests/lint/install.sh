#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Installing into an empty root puts everything where its users look for it, a
# client built with nothing but the installed header and pkg-config links and
# runs, and uninstalling leaves no file behind.
#
# usage: install.sh [TOP]
#	MAKEARGS is given to make; PM_BUILD is $(BUILD)/<flavour>

set -u
LC_ALL=C
export LC_ALL
unset MAKEFLAGS MAKELEVEL MFLAGS
test -z "${PM_BUILD-}" || PM_BUILD=$(cd "$PM_BUILD/.." && pwd)
cd "${1:-$(dirname "$0")/../..}" || exit 1
: "${PM_BUILD:=$PWD/build}"
: "${MAKEARGS:=}"
: "${CC:=gcc}"
root=$(mktemp -d) || exit 1
trap 'rm -rf "$root"' EXIT
bad=0

# shellcheck disable=SC2086 # MAKEARGS is a list
in_root()
{
	make -s BUILD="$PM_BUILD" CC="$CC" "$@" $MAKEARGS
}

there()
{
	for path; do
		test -e "$root/$path" && continue
		echo "not installed: /$path"
		bad=1
	done
}

# --- staged for a package: DESTDIR and PREFIX
if ! in_root install DESTDIR="$root" PREFIX=/usr; then
	echo "make install DESTDIR= PREFIX=/usr failed"
	exit 1
fi
there usr/bin/pm usr/bin/git-pm usr/lib/libpm.a usr/lib/pkgconfig/pm.pc \
	usr/include/pm/context.h usr/share/man/man1/pm.1 \
	usr/share/man/man1/git-pm.1 \
	usr/share/bash-completion/completions/pm \
	usr/share/bash-completion/completions/git-pm \
	usr/share/zsh/site-functions/_pm usr/share/zsh/site-functions/_git-pm \
	usr/share/fish/vendor_completions.d/pm.fish \
	usr/share/fish/vendor_conf.d/git-pm.fish
# shellcheck disable=SC2013 # words, one a line
for name in $(sed -n 's/^PM_COMMAND(\([a-z]*\)).*/\1/p' cmd/commands.def); do
	there "usr/share/man/man1/pm-$name.1"
done
for page in cmd/man/*.[1-9]; do
	test -e "$page" && there "usr/share/man/man${page##*.}/${page##*/}"
done
for header in include/pm/*.h; do
	there "usr/$header"
done
find "$root" ! -type d ! -perm -444 | sed 's/$/: not readable by all/' >"$root/modes"
if test -s "$root/modes"; then
	cat "$root/modes"
	bad=1
fi
rm "$root/modes"
grep -qs "$root" "$root/usr/lib/pkgconfig/pm.pc" && echo "pm.pc names DESTDIR" && bad=1
PATH=$root/usr/bin:$PATH pm version >/dev/null || bad=1
PATH=$root/usr/bin:$PATH git pm version >/dev/null || {
	echo "git pm does not find the installed git-pm"
	bad=1
}
in_root uninstall DESTDIR="$root" PREFIX=/usr || bad=1
find "$root" ! -type d | sed "s|^$root||; s/\$/: left by uninstall/" >"$root/left"
grep -v '^/left:' "$root/left" && bad=1
rm -rf "${root:?}"/*

# --- a DESTDIR with a blank: nothing beside it is made or removed
mkdir "$root/a" && echo kept >"$root/a/file"
in_root install DESTDIR="$root/a b" PREFIX=/usr && there "a b/usr/bin/pm" || bad=1
in_root uninstall DESTDIR="$root/a b" PREFIX=/usr || bad=1
find "$root" -type f ! -path "$root/a/file" ! -name left | grep . && bad=1
there a/file
rm -rf "${root:?}"/*

# --- for oneself: PREFIX alone, and a client of the library
in_root install PREFIX="$root" || exit 1

# What stands behind "pm che<TAB>" and "git pm che<TAB>" in a shell that has
# just started, from the installed files alone.
completes()
{
	test "$2" = check && return
	echo "completion in $1 gives '$2' for 'che', not 'check'"
	bad=1
}
PATH=$root/bin:$PATH
HOME=$root
XDG_DATA_DIRS=$root/share:/usr/local/share:/usr/share
export PATH HOME XDG_DATA_DIRS
mkdir "$root/repo"
git -C "$root/repo" init -q
cat >"$root/ask.bash" <<'EOF'
. /usr/share/bash-completion/bash_completion
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE}
_completion_loader "$1"
eval "$(complete -p "$1" | sed 's/.*-F \([^ ]*\).*/\1/')"
printf '%s' "${COMPREPLY[*]}" | tr -d ' '
EOF
if test -e /usr/share/bash-completion/bash_completion; then
	completes bash "$(bash --norc "$root/ask.bash" pm che)"
	test ! -e /usr/share/bash-completion/completions/git || completes \
		'bash, git pm,' "$(bash --norc "$root/ask.bash" git pm che)"
fi
if command -v fish >/dev/null; then
	completes fish "$(fish -c 'complete -C "pm che"' | cut -f 1)"
	completes 'fish, git pm,' \
		"$(fish -c 'complete -C "git pm che"' | cut -f 1)"
fi
# zsh completes on a terminal only: the pseudo-terminal shows what it typed.
cat >"$root/ask.zsh" <<'EOF'
zmodload zsh/zpty
zpty ask zsh -f -i
ask()
{
	zpty -w ask "$1"
	zpty -r -m ask seen "*$2*"
}
ask "fpath=($root/share/zsh/site-functions \$fpath); PS1=; cd $root/repo" repo
ask 'autoload -U compinit; compinit -u -D; echo rea''dy' ready
zpty -w -n ask "$1 che"$'\t'
zpty -r -m ask seen '*ck*' && print -n check
zpty -d ask
EOF
if command -v zsh >/dev/null && command -v timeout >/dev/null; then
	export root
	completes zsh "$(timeout 10 zsh -f "$root/ask.zsh" pm)"
	completes 'zsh, git pm,' "$(timeout 10 zsh -f "$root/ask.zsh" 'git pm')"
fi

cat >"$root/client.c" <<'EOF'
#include <pm/check.h>
#include <pm/index.h>
int main(int argc, char **argv)
{
	struct pm_ctx *ctx = pm_ctx_new();
	struct pm_repo *repo = NULL;
	struct pm_index *index = NULL;
	size_t rules = 0;
	pm_rules(&rules);
	if (argc > 1 && pm_repo_open(ctx, argv[1], &repo) == 0 &&
		pm_index_open(ctx, repo, PM_INDEX_DEFAULT, &index) == 0)
		rules += (size_t)pm_check_run(ctx, NULL, NULL, NULL);
	pm_ctx_free(ctx);
	return rules == 0;
}
EOF
PKG_CONFIG_PATH=$root/lib/pkgconfig
export PKG_CONFIG_PATH
flags=$(pkg-config --cflags --libs pm)
# shellcheck disable=SC2086 # flags
if ! "$CC" -o "$root/client" "$root/client.c" $flags || ! "$root/client"; then
	echo "a client cannot be built with pkg-config"
	bad=1
fi
# The same client is C++ as well.
# shellcheck disable=SC2086 # flags
if ! command -v "${CXX:=g++}" >/dev/null; then
	echo "no $CXX: no client in C++ is built"
elif ! "$CXX" -o "$root/client++" -x c++ "$root/client.c" -x none $flags ||
	! "$root/client++"; then
	echo "a client in C++ cannot be built with pkg-config"
	bad=1
fi
version=$("$root/bin/pm" version)
test "${version#* }" = "$(pkg-config --modversion pm)" || {
	echo "pm.pc has another version than '$version'"
	bad=1
}
exit $bad
