#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Sums up line and branch coverage of lib/ and cmd/ from the counters that the
# instrumented tests left, the worst files first. What was reached once is the
# floor: below it the run fails, above it the floor may be raised here.
#
# usage: cover.sh DIR CC

set -u
LC_ALL=C
export LC_ALL
dir=$1
lib_lines=94 all_lines=94 all_branches=81
case $2 in
*clang*) gcov='llvm-cov gcov' ;;
*) gcov=gcov ;;
esac
for object in $(find "$dir/lib" "$dir/cmd" -name '*.gcno' | sort); do
	source=${object#"$dir"/}
	# shellcheck disable=SC2086 # "llvm-cov gcov" is two words
	$gcov -n -b -o "$object" "${source%.gcno}.c" 2>/dev/null
done | awk -v lib_floor=$lib_lines -v floor=$all_lines \
	-v branch_floor=$all_branches '
	function below(what, share, least) {
		if (share >= least)
			return 0
		printf "%s: %.1f %%, below the %d %% that were reached\n", what,
			share, least
		return 1
	}
	/^File / {
		file = $2
		gsub(/\047/, "", file)
		sub(/^.*\/(lib|cmd)\//, "&", file)
		ours = file ~ /^(lib|cmd)\/.*\.c$/
	}
	ours && /^Lines executed:/ {
		split($0, part, /[:% ]+/)
		share[file] = part[3]
		lines[file] = part[5]
	}
	ours && /^Branches executed:/ { next }
	ours && /^Taken at least once:/ {
		split($0, part, /[:% ]+/)
		taken += part[5] * part[7] / 100
		branches += part[7]
		ours = 0
	}
	END {
		for (file in share) {
			printf "%6.1f %% of %4d lines  %s\n", share[file],
				lines[file], file | "sort -n"
			hit += share[file] * lines[file] / 100
			all += lines[file]
			if (file ~ /^lib/) {
				lib_hit += share[file] * lines[file] / 100
				lib += lines[file]
			}
		}
		close("sort -n")
		if (!lib || !branches) {
			print "nothing was counted"
			exit 1
		}
		printf "lib/: lines %.1f %% of %d\n", lib_hit * 100 / lib, lib
		printf "all: lines %.1f %% of %d, branches %.1f %% of %d\n",
			hit * 100 / all, all, taken * 100 / branches, branches
		bad = below("lines of lib/", lib_hit * 100 / lib, lib_floor)
		bad += below("lines", hit * 100 / all, floor)
		bad += below("branches", taken * 100 / branches, branch_floor)
		exit bad > 0
	}
'
