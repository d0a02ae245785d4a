#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Runs one fuzz entry for TIME seconds. What it learns is kept in
# BUILD/fuzz/NAME/ and read again the next time, together with the seeds of
# tests/fuzz/corpus/NAME/; an input that breaks a promise is written there as
# crash-*. Run it alone with: BINARY FILE
#
# usage: run.sh BINARY NAME	(SEED= another way through the same corpus)

set -eu
: "${BUILD:=build}" "${TIME:=60}"
binary=$1 name=$2
kept=$BUILD/fuzz/$name
mkdir -p "$kept"

# What pm ships is a seed as well.
case $name in
policy) cp templates/policy.yaml "$kept/shipped" ;;
template) cp templates/*.md "$kept/" ;;
esac

# Other teams' documents, where they lie beside the project.
beside=../shared/corpus
case $name in
document | toml | check | convert | frontmatter | review | secret | claims)
	test -d $beside || beside=tests/cases/example
	;;
*) beside=tests/cases/example ;;
esac

# Sizes beyond which more bytes teach nothing. Seconds for one input: cmark-gfm
# alone may need many, which is for pm's workers to answer, not for this.
limit=10
case $name in
query | glob | time | option | index | pool) size=512 ;;
check | convert | document | review) size=4096 limit=120 ;;
*) size=8192 ;;
esac
UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
export UBSAN_OPTIONS
# Whose leak it is tells only the slow way to walk the stack.
if test "$name" = gitfile; then
	ASAN_OPTIONS=fast_unwind_on_malloc=0
	LSAN_OPTIONS=suppressions=tests/lsan.supp
	export ASAN_OPTIONS LSAN_OPTIONS
fi
"$binary" -seed="${SEED:-1}" -max_total_time="$TIME" -max_len=$size -timeout=$limit \
	-rss_limit_mb=2048 -artifact_prefix="$kept/" -print_final_stats=1 \
	"$kept" "tests/fuzz/corpus/$name" "$beside" >"$kept.log" 2>&1 || {
	grep -v '^#[0-9]\|NEW_FUNC' "$kept.log" | tail -n 60
	echo "fuzz $name: failed, see $kept.log and $kept/"
	exit 1
}
sed -n 's/^stat::number_of_executed_units: *\(.*\)/\1/p' "$kept.log" |
	sed "s/.*/fuzz $name: & inputs in $TIME s, no complaint/"
