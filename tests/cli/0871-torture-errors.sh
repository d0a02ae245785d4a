#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# slow: points of sweeps, each in a repository of its own
test_description='whatever call fails: done and read back, or told and as before'
. "$(dirname "$0")/lib.sh"
. "$PM_ROOT/tests/cli/torture.sh"

q=\'

strace_works && test_set_prereq STRACE

for command in $(commands)
do
	# hazard: 1 61 63 64 66
	test_expect_success STRACE "pm $command, SEED=$SEED" "sampled 10 error-$command"
done

# failing CALL ERROR PATH COMMAND...: the call fails for that path alone.
failing()
{
	call=$1 error=$2 path=$3
	shift 3
	strace -qq -o /dev/null -P "$path" -e "inject=$call:error=$error" "$@"
}

test_expect_success 'a repository' '
	make_repo repo && cd repo && mkdir -p postmortems/2026 &&
	cp "$PM_CASES/example/2026-11-22-checkout-500s.md" postmortems/2026/ &&
	printf "out\nerr\nexpect\n" >.git/info/exclude && commit_all
'

test_expect_success STRACE 'documents that cannot be listed are not none' '
	for dir in postmortems 2026
	do
		run 3 failing openat EIO $dir pm check && has err "cannot read" &&
			has err "$dir$q: Input/output error" || return 1
	done
'

# Seven descriptors are too few for the worker that would mend.
test_expect_success 'a document that cannot be read is not passed by as mended' '
	cp postmortems/2026/*.md ../before && sed -i "s/^# .*/# Another/" postmortems/2026/*.md &&
	for n in $(seq 5 24)
	do
		prlimit --nofile=$n pm check --fix >out 2>err
		status=$? && case $status in
		0) git diff --quiet ;;
		3) has err "Too many open files" ;;
		127) : ;;
		*) false ;;
		esac || { echo "$n: status $status" && cat out err; return 1; }
	done && cmp ../before postmortems/2026/*.md
'

# hazard: 61
test_expect_success STRACE 'written, and the directory cannot be synced: said as it is' '
	doc=postmortems/2026/2026-11-22-checkout-500s.md && sed -i "s/^# .*/# Another/" $doc &&
	run 3 failing fsync EIO "$PWD/postmortems/2026" pm check --fix &&
	has err "$doc$q is written, but may be lost" && has $doc "# Checkout" &&
	git diff --quiet
'

# hazard: 61 63
test_expect_success STRACE 'the branch moved and its directory cannot be synced: taken back' '
	echo More. >>$doc && head=$(git rev-parse HEAD) &&
	run 3 failing fsync EIO "$PWD/.git/refs/heads" pm commit &&
	has err "cannot move ${q}refs/heads/main" && test "$(git rev-parse HEAD)" = $head &&
	git status --porcelain >out && echo " M $doc" >expect && test_cmp expect out &&
	run 0 pm commit && git diff --quiet HEAD
'

test_expect_success STRACE 'the same with the first commit of all' '
	git checkout -q --orphan other && git rm -rq --cached . &&
	run 3 failing fsync EIO "$PWD/.git/refs/heads" pm commit &&
	test_expect_code 1 git rev-parse --verify -q HEAD && run 0 pm commit &&
	git ls-tree -r --name-only HEAD >out && echo $doc >expect && test_cmp expect out
'

test_expect_success STRACE 'what may not be read is not called locked' '
	git checkout -q -f main && for file in HEAD refs/heads/main config
	do
		run 3 failing openat EACCES "$PWD/.git/$file" pm commit &&
			has err "$file$q: Permission denied" && has_not err locked || return 1
	done
'

test_expect_success STRACE 'a file that cannot be compared did not change' '
	sed -i "s/^# .*/# Another/" $doc && cp $doc ../before && for n in 1 2
	do
		run 3 strace -qq -o ../calls -P "$PWD/$doc" -P "${doc##*/}" \
			-e "inject=openat:error=EIO:when=$n" pm check --fix &&
			has err "$q$doc$q: Input/output error" && has_not err changed || return 1
	done &&
	test_cmp ../before $doc && git checkout -q $doc
'

test_expect_success STRACE 'a commit that cannot be read back was made, and that is said' '
	echo "Once more." >>$doc && blob=$(git hash-object $doc) && head=$(git rev-parse HEAD) &&
	file=.git/objects/${blob%"${blob#??}"}/${blob#??} &&
	run 3 failing openat EIO:when=1+ "$PWD/$file" pm commit &&
	has err "was made on ${q}refs/heads/main$q but cannot be read back" &&
	has err "Input/output error" && has_not err failed &&
	test "$(git rev-parse HEAD~1)" = $head && git status --porcelain >out &&
	test_must_be_empty out
'

# Where the power goes before a directory is synced, its new names are gone;
# before a file is, its name leads to nothing.
test_expect_success STRACE 'bytes are on the disk before names, and names before the branch' '
	echo "And more." >>$doc &&
	strace -o ../calls -e trace=fsync,linkat,rename pm commit >out 2>err &&
	awk -F"[(,) ]+" "
		/^fsync/ { synced[\$2] = 1; delete named[\$2] }
		/^linkat/ && \$4 ~ /^[0-9]+\$/ {
			match(\$0, /fd\/[0-9]+/)
			file = substr(\$0, RSTART + 3, RLENGTH - 3)
			objects++
			if (!synced[file])
				print \"named before it is written: \" \$0
			delete synced[file]
			named[\$4] = 1
		}
		/^rename.*refs.heads/ {
			moved = 1
			for (dir in named)
				print \"moved before the names are written: \" dir
		}
		END { if (objects < 3 || !moved) print \"nothing seen\" }
	" ../calls >seen && test_must_be_empty seen && git fsck --strict
'

# A pm that does not look whether it wrote is caught.
test_expect_success STRACE 'a pm that says done when it is not does not pass' '
	mkdir fake && cat >fake/pm <<-\EOF && chmod +x fake/pm &&
	#!/bin/sh
	test "$1" = check || exit 0
	for file in postmortems/*.md
	do
		command : 2>/dev/null >"$file" && echo whole >"$file"
	done
	exit 0
	EOF
	PM_BUILD=$PWD/fake test_expect_code 1 sh "$PM_ROOT/tests/torture/run.sh" error-fix >out &&
	has out "status 0" && tail -n 1 out | grep "points swept, [1-9][0-9]* failed"
'

test_done
