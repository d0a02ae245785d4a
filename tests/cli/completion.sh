# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# What the tests of completion share: the shells that are here, as
# prerequisites BASH, FISH and ZSH, and what keys find in each of them.

command -v bash >/dev/null && test_set_prereq BASH
command -v fish >/dev/null && test_set_prereq FISH
command -v zsh >/dev/null && command -v python3 >/dev/null && test_set_prereq ZSH

# Writes the script of each shell, and what asks bash and zsh, to a directory
# of their own beside the test's.
completion_scripts()
{
	COMPLETION=$(mktemp -d "${pm_trash:?}/completion.XXXXXX") || return 1
	for pm_shell in bash zsh fish
	do
		pm completion $pm_shell >"$COMPLETION/script.$pm_shell" || return 1
	done
	cat >"$COMPLETION/ask.bash" <<-'EOF2'
	. "${0%/*}/script.bash"
	COMP_WORDS=("$@")
	COMP_CWORD=$(($# - 1))
	if test "$1" = git; then _git_pm; else _pm; fi
	printf '%s\n' "${COMPREPLY[@]}"
	EOF2
	cat >"$COMPLETION/.zshrc" <<-EOF2
	PS1="ready>"
	autoload -U compinit && compinit -u -D
	source "$COMPLETION/script.zsh"
	EOF2
}

# bash_gives "WANTED WORDS" TYPED...: = is a word of its own, as in bash.
bash_gives()
{
	pm_want=$1
	shift
	bash --norc "$COMPLETION/ask.bash" "$@" >out &&
		test "$(paste -s -d ' ' out)" = "$pm_want" && return 0
	echo "not '$pm_want': $*" && cat out && return 1
}

# fish_gives WANTED TYPED: one of the words is that one.
fish_gives()
{
	fish --no-config -c "source $COMPLETION/script.fish; complete -C \"$2\"" >out &&
		cut -f 1 out >got && grep -qxF -e "$1" got && return 0
	echo "not '$1': $2" && cat out && return 1
}

# zsh_runs TEXT TYPED: what is shown when the line runs that Tab completed.
zsh_runs()
{
	python3 "$PM_ROOT/tests/cli/terminal.py" \
		--type "ready>=$2\\t\\n" --type "$1=exit\\n" \
		env TERM=dumb ZDOTDIR="$COMPLETION" zsh -i -o no_beep >shown 2>err
	has shown "$1"
}
