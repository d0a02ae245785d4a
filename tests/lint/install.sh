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
	usr/share/fish/vendor_completions.d/git-pm.fish
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

# --- for oneself: PREFIX alone, and a client of the library
in_root install PREFIX="$root" || exit 1
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
# shellcheck disable=SC2046 # flags
if ! "$CC" -o "$root/client" "$root/client.c" \
	$(pkg-config --cflags --libs pm) || ! "$root/client"; then
	echo "a client cannot be built with pkg-config"
	bad=1
fi
version=$("$root/bin/pm" version)
test "${version#* }" = "$(pkg-config --modversion pm)" || {
	echo "pm.pc has another version than '$version'"
	bad=1
}
exit $bad
