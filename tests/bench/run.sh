#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Measures pm against the bare limit of its libraries and against the peers
# found on this machine, all in turn in one run, and prints the ratios beside
# the targets. Absolute times say little: machines differ and drift.
#
# usage: run.sh [ROW...]	start check corpus since staged index refresh search
#	commit
#	DOCS=10000 documents, SEED=1, N= rounds (by row), BUILD, FLAVOUR;
#	PEERS=DIR/node_modules: where npm put markdownlint-cli2 and remark-cli
#	(with remark-frontmatter and remark-lint-frontmatter-schema);
#	CORPUS=DIR: documents of many teams, one directory for each

set -u
LC_ALL=C
: "${BUILD:=build}" "${FLAVOUR:=plain-gcc}" "${DOCS:=10000}" "${SEED:=1}" "${N:=}"
: "${CORPUS:=../shared/corpus}"
cd "$(dirname "$0")/../.." || exit 1
BUILD=$(cd "$BUILD" && pwd)
bin=$BUILD/$FLAVOUR/tests/bench
work=$BUILD/bench
repo=$work/docs-$DOCS-$SEED
PATH=$BUILD:${PEERS:+$PEERS/.bin:}$PATH
large=$((DOCS >= 100000))
HOME=$work/home
GIT_CONFIG_NOSYSTEM=1
GIT_CONFIG_GLOBAL=$HOME/.gitconfig
PM_NOW=2026-11-22T12:00:00Z
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE XDG_CACHE_HOME
export LC_ALL PATH HOME GIT_CONFIG_NOSYSTEM GIT_CONFIG_GLOBAL PM_NOW
mkdir -p "$HOME"
cat >"$GIT_CONFIG_GLOBAL" <<'EOF'
[user]
	name = Bench
	email = bench@example.org
[gc]
	auto = 0
[maintenance]
	auto = false
EOF
table=$work/table
: >"$table"

say()
{
	echo "bench: $*" >&2
}

# make_repo COUNT DIR: documents, committed, in one pack, and the policy; clean
# by pm check, so that what is measured is reading, not printing.
make_repo()
{
	window=10
	test "$1" -lt 100000 || window=0
	test -e "$2/.git/bench-ready" && return
	say "making $1 documents in $2"
	rm -rf "$2"
	mkdir -p "$2"
	git -C "$2" init -q -b main &&
		"$bin/documents" "$1" "$SEED" >"$work/stream" &&
		git -C "$2" fast-import --quiet --depth=0 <"$work/stream" &&
		rm "$work/stream" &&
		git -C "$2" reset -q --hard &&
		(cd "$2" && pm init >/dev/null 2>&1) &&
		git -C "$2" add -A &&
		git -C "$2" commit -q -m 'docs: policy' &&
		git -C "$2" repack -q -a -d --window=$window &&
		(cd "$2" && pm check >/dev/null 2>&1) &&
		touch "$2/.git/bench-ready" || {
		say "cannot make clean documents in $2"
		exit 3
	}
}

# rounds COUNT: how often to measure; large repositories get fewer.
rounds()
{
	if test -n "$N" || test "$large" = 0; then
		echo "${N:-$1}"
	else
		echo $(($1 > 3 && $1 < 10 ? 3 : $1))
	fi
}

# measured FILE LABEL COLUMN: a figure of measure's output; 1 median, 2 fastest,
# 3 slowest, 4 peak, 5 ratio.
measured()
{
	awk -v label="$2" -v column="$3" '$1 == label { print $(column + 1) }' "$1"
}

# row WHAT OUT FIRST OTHER KIND TARGET: one line of the table. KIND "time":
# first's time over other's is at most TARGET; "faster": other's time over
# first's is at least TARGET.
row()
{
	awk -v what="$1" -v first="$3" -v other="$4" -v kind="$5" \
		-v target="$6" '
		{
			median[$1] = $2; low[$1] = $3; high[$1] = $4
			ratio[$1] = $6; cpu[$1] = $7
		}
		END {
			r = ratio[other]
			c = cpu[other]
			if (kind == "faster") {
				r = 1 / r
				c = 1 / c
			}
			ok = kind == "faster" ? r >= target : r <= target
			printf "%-36s %.2f (%.2f-%.2f)  %.2f (%.2f-%.2f)  " \
				"%.2fx (cpu %.2fx)  %s %.2fx  %s\n", what,
				median[first], low[first], high[first],
				median[other], low[other], high[other], r, c,
				kind == "faster" ? ">=" : "<=", target,
				ok ? "met" : "MISSED"
		}
	' "$2" >>"$table"
}

# fact WHAT VALUE UNIT OP TARGET: a figure of its own against a bound.
fact()
{
	awk -v what="$1" -v value="$2" -v unit="$3" -v op="$4" -v target="$5" '
		BEGIN {
			ok = op == "<=" ? value <= target : value >= target
			printf "%-36s %.2f %s  %s %s  %s\n", what, value, unit,
				op, target, ok ? "met" : "MISSED"
		}
	' >>"$table"
}

have()
{
	command -v "$1" >/dev/null && return
	echo "$2: $1 is not installed" >>"$table"
	return 1
}

# As most searches find the index: not written this very second.
rest()
{
	touch -d '1 minute ago' "$(pm index --path)"
}

bench_start()
{
	make_repo 1 "$work/docs-1-$SEED"
	cd "$work/docs-1-$SEED" || exit 3
	pm search quokka >/dev/null 2>&1
	rest
	"$bin/measure" "$(rounds 100)" pm pm version \
		-- git git rev-parse HEAD >"$work/out" || exit 3
	row 'start: pm version / git rev-parse' "$work/out" pm git time 1.0
	"$bin/measure" "$(rounds 100)" pm pm search quokka \
		-- git git rev-parse HEAD >"$work/out" || exit 3
	row 'start: open, HEAD, index / same' "$work/out" pm git time 1.5
}

bench_check()
{
	make_repo "$DOCS" "$repo"
	cd "$repo" || exit 3
	find postmortems -name '*.md' | sort >"$work/list"
	MEASURE_INPUT=$work/list "$bin/measure" "$(rounds 7)" \
		one pm -j 1 check -- limit "$bin/limit_parse" \
		-- two pm -j 2 check >"$work/out" || exit 3
	row "check $DOCS, 1 process / bare parse" "$work/out" one limit time 1.18
	fact "check $DOCS, 2 processes vs 1" \
		"$(measured "$work/out" two 5)" 'x faster' '>=' 1.7
	fact "check $DOCS, memory, 1 process" \
		"$(measured "$work/out" one 4)" MiB '<=' $((large ? 64 : 32))
	fact "check $DOCS, memory, 2 processes" \
		"$(measured "$work/out" two 4)" MiB '<=' $((large ? 64 : 32))
	if have markdownlint-cli2 'check / markdownlint-cli2'; then
		"$bin/measure" "$(rounds 3)" pm pm -j 2 check \
			-- peer markdownlint-cli2 'postmortems/**/*.md' \
			>"$work/out" || exit 3
		row "check $DOCS / markdownlint-cli2" "$work/out" pm peer faster 60
	fi
	make_repo 1000 "$work/docs-1000-$SEED"
	cd "$work/docs-1000-$SEED" || exit 3
	if have markdownlint-cli2 'check 1000 / markdownlint-cli2'; then
		"$bin/measure" "$(rounds 3)" pm pm -j 2 check \
			-- peer markdownlint-cli2 'postmortems/**/*.md' \
			>"$work/out" || exit 3
		row 'check 1000 / markdownlint-cli2' "$work/out" pm peer faster 75
	fi
	if have remark 'check 1000 / remark'; then
		# It looks for its plugins beside its settings.
		test -z "${PEERS-}" || ln -sfn "$PEERS" node_modules
		remark_settings
		"$bin/measure" "$(rounds 3)" pm pm -j 2 check \
			-- peer remark --quiet --no-stdout postmortems \
			>"$work/out" || exit 3
		row 'check 1000 / remark with a schema' "$work/out" pm peer \
			faster 150
	fi
}

# remark checks front matter against a schema: a part of what pm does.
remark_settings()
{
	cat >.remarkrc.yml <<-'EOF'
		plugins:
		  - remark-frontmatter
		  - - remark-lint-frontmatter-schema
		    - schemas: {./.schema.yaml: ["postmortems/**/*.md"]}
	EOF
	cat >.schema.yaml <<-'EOF'
		type: object
		required: [id, title, status, severity, owner, action_items]
		properties:
		  status: {enum: [draft, review, final]}
		  action_items:
		    type: array
		    items: {type: object, required: [id, title, owner, due]}
	EOF
}

# make_corpus DIR: the .md and .qmd of the corpus, ten times, so that the start
# counts as little as it does for the made documents, and adopted. Each copy has
# names of its own, since the name is the id of a document. In DIR-own the same
# texts have pm's front matter.
make_corpus()
{
	test -e "$1/.git/bench-ready" && return
	say "making ten copies of $CORPUS in $1"
	rm -rf "$1"
	for copy in 0 1 2 3 4 5 6 7 8 9; do
		mkdir -p "$1/$copy" &&
			cp -RL "$CORPUS/." "$1/$copy" &&
			find "$1/$copy" -type f ! -name '*md' -exec rm {} + &&
			find "$1/$copy" -type f -exec sh -c '
				for file; do
					mv "$file" "${file%.*}-$0.${file##*.}"
				done
			' "$copy" {} + || exit 3
	done
	chmod -R u+w "$1"
	git -C "$1" init -q -b main && git -C "$1" add -A &&
		git -C "$1" commit -q -m 'docs: corpus' &&
		(cd "$1" && pm adopt >/dev/null 2>&1) &&
		git -C "$1" add -A && git -C "$1" commit -q -m 'docs: policy' &&
		rm -rf "$1-own" && cp -Rp "$1" "$1-own" &&
		(cd "$1-own" && pm adopt --convert --baseline >/dev/null 2>&1) &&
		git -C "$1-own" commit -q -a -m 'docs: front matter' &&
		touch "$1/.git/bench-ready" || {
		say "cannot adopt the documents in $1"
		exit 3
	}
}

# bytes DIR: in its documents.
bytes()
{
	find "$1" -type f -name '*md' -exec cat {} + | wc -c
}

# fact_byte WHAT OTHER DIR: a byte of the corpus against one of DIR's.
fact_byte()
{
	fact "check, a byte of the corpus / of $1" \
		"$(measured "$work/out" "$2" 6 | awk \
			-v corpus="$(bytes "$work/corpus")" \
			-v other="$(bytes "$3")" \
			'{ print $1 * other / corpus }')" \
		'x the processor time' '<=' 1.33
}

# What people wrote without pm should not cost much more for its size: neither
# than the made documents, nor than the same texts in pm's own form. The first
# also compares texts: in a byte of the corpus there are twice as many headings,
# paragraphs and tables, and cmark-gfm alone takes 1.8 times as long for it.
bench_corpus()
{
	test -d "$CORPUS" || {
		echo "corpus: $CORPUS is not there" >>"$table"
		return 0
	}
	make_corpus "$work/corpus"
	make_repo 1000 "$work/docs-1000-$SEED"
	"$bin/measure" "$(rounds 15)" \
		corpus pm -C "$work/corpus" check -j 1 \
		-- docs pm -C "$work/docs-1000-$SEED" check -j 1 \
		-- own pm -C "$work/corpus-own" check -j 1 \
		>"$work/out" || exit 3
	fact_byte ours docs "$work/docs-1000-$SEED"
	fact_byte 'itself, converted' own "$work/corpus-own"
}

bench_index()
{
	make_repo "$DOCS" "$repo"
	cd "$repo" || exit 3
	find postmortems -name '*.md' | sort >"$work/list"
	MEASURE_INPUT=$work/list "$bin/measure" "$(rounds 5)" \
		pm pm index --rebuild \
		-- bare "$bin/limit_index" bare "$work/bare.db" \
		-- plain "$bin/limit_index" plain "$work/plain.db" \
		>"$work/out" || exit 3
	row "index $DOCS / bare FTS5 insert" "$work/out" pm bare time 1.18
	row "index $DOCS vs FTS5 as it comes" "$work/out" pm plain faster 1.35
	fact "index $DOCS, size / FTS5 as it comes" "$(
		stat -c %s "$(pm index --path)" "$work/plain.db" |
			awk 'NR == 1 { a = $1 } END { print a / $1 }'
	)" x '<=' 0.42
	fact "index $DOCS, memory" "$(measured "$work/out" pm 4)" MiB \
		'<=' $((large ? 192 : 150))
	rm -f "$work/bare.db" "$work/plain.db"
	test "$DOCS" -le 10000 || index_linear
}

# A document costs about the same however many there are.
index_linear()
{
	make_repo 10000 "$work/docs-10000-$SEED"
	"$bin/measure" "$(rounds 3)" many pm -C "$repo" index --rebuild \
		-- few pm -C "$work/docs-10000-$SEED" index --rebuild \
		>"$work/out" || exit 3
	fact "index $DOCS, rate / rate of 10000" \
		"$(measured "$work/out" few 5 |
			awk -v n="$DOCS" '{ print n / 10000 / $1 }')" \
		x '>=' 0.85
}

# A document near the middle, by number.
document()
{
	find postmortems -name "*-$(printf %06d "$1").md"
}

bench_refresh()
{
	make_repo "$DOCS" "$repo"
	cd "$repo" || exit 3
	pm search quokka >/dev/null 2>&1
	doc=$(document $((DOCS / 2)))
	"$bin/measure" "$(rounds 50)" \
		-b "echo 'One more line.' >>$doc && git commit -q -m c -- $doc" \
		pm pm search quokka >"$work/out" || exit 3
	fact "refresh after a commit, median" \
		"$(measured "$work/out" pm 1)" ms '<=' 20
	fact "refresh after a commit, slowest" \
		"$(measured "$work/out" pm 3)" ms '<=' 50
}

bench_search()
{
	make_repo "$DOCS" "$repo"
	cd "$repo" || exit 3
	pm search quokka >/dev/null 2>&1
	rest
	have rg 'search / rg' || return
	set -- rare quokka $((large ? 150 : 15)) \
		phrase '"replica lag alarm"' $((large ? 10 : 4)) common timeout 2
	while test $# -gt 0; do
		"$bin/measure" "$(rounds 15)" pm pm search "$2" \
			-- rg rg -l -w "$(echo "$2" | tr -d '"')" postmortems \
			>"$work/out" || exit 3
		row "search $1, $DOCS / rg -l" "$work/out" pm rg faster "$3"
		shift 3
	done
}

bench_commit()
{
	make_repo "$DOCS" "$repo"
	cd "$repo" || exit 3
	pm search quokka >/dev/null 2>&1
	ours=$(document $((DOCS / 3)))
	theirs=$(document $((DOCS / 4)))
	"$bin/measure" "$(rounds 20)" \
		-b "echo 'One more line.' | tee -a $ours >>$theirs" \
		pm pm commit -m 'postmortem: more' "$ours" \
		-- git sh -c "git add $theirs && git commit -q -m more -- $theirs" \
		>"$work/out" || exit 3
	row "commit, check and index / git add, commit" "$work/out" pm git \
		time 0.75
	git checkout -q -- postmortems
}

# make_large DIR: 100,000 documents in month directories on main, all of one
# text, since only their names and trees count; a branch that changes three.
make_large()
{
	test -e "$1/.git/bench-ready" && return 0
	text=tests/cases/example/2026-11-22-checkout-500s.md
	say "making 100000 documents by month"
	rm -rf "$1" && git init -q -b main "$1" && {
		printf 'blob\nmark :1\ndata %s\n' "$(wc -c <"$text")"
		cat "$text"
		printf '\ncommit refs/heads/main\n'
		printf 'committer B <b@example.org> 1795348800 +0000\n'
		printf 'data 4\nbase\n'
		awk 'BEGIN {
			for (i = 0; i < 100000; i++) {
				month = sprintf("%d/%02d", 2016 + i % 120 / 12,
					i % 12 + 1)
				name = month
				sub("/", "-", name)
				printf "M 100644 :1 postmortems/%s/%s-%02d-" \
					"incident-%06d.md\n",
					month, name, i % 28 + 1, i
			}
		}'
		echo 'done'
	} | git -C "$1" fast-import --quiet --done &&
		git -C "$1" reset -q --hard main &&
		git -C "$1" checkout -q -b topic &&
		for file in $(git -C "$1" ls-files | sed -n '7p;30000p;90000p'); do
			echo 'One line more.' >>"$1/$file"
		done &&
		git -C "$1" commit -q -a -m three &&
		touch "$1/.git/bench-ready" || {
		say "cannot make documents in $1"
		exit 3
	}
}

bench_since()
{
	make_large "$work/months"
	cd "$work/months" || exit 3
	"$bin/measure" "$(rounds 30)" pm pm check --since main --at HEAD \
		-- git git diff --name-only main...HEAD >"$work/out" || exit 3
	row 'check base..head, 3 of 100000 / git diff' "$work/out" pm git \
		time 1.5
	"$bin/measure" "$(rounds 30)" review pm review main...HEAD \
		-- check pm check --since main --at HEAD >"$work/out" || exit 3
	row 'review, 3 of 100000 / check base..head' "$work/out" review check \
		time 3
	"$bin/measure" "$(rounds 9)" pm pm check --since main \
		-- git git status --short >"$work/out" || exit 3
	row 'check base..work tree, 100000 / git status' "$work/out" pm git \
		time 1.5
}

bench_staged()
{
	make_repo "$DOCS" "$repo"
	cd "$repo" || exit 3
	git ls-files 'postmortems/*.md' | sed -n '5p;100p;900p' >"$work/three"
	while read -r file; do
		echo 'One line more.' >>"$file"
	done <"$work/three"
	git add postmortems
	"$bin/measure" "$(rounds 30)" pm pm check --staged --since HEAD \
		-- git git diff --cached --name-only >"$work/out" || exit 3
	row "check --staged, 3 of $DOCS / git diff --cached" "$work/out" pm \
		git time 10
	git reset -q --hard
}

test $# = 0 && set -- start check corpus since staged index refresh search commit
for name; do
	say "$name"
	(bench_"$name") || {
		echo "$name: could not be measured" >>"$table"
		say "$name: failed"
	}
done

cat <<EOF

$(uname -sm), $(nproc) cores, $DOCS documents, seed $SEED; times in ms: median
(fastest-slowest) of pm or the first named, then of the other; the ratio is the
median of the rounds' ratios, by the clock and by processor time.
$(pm version), $(git --version),
$(for l in libgit2 yaml-0.1 sqlite3 libcmark-gfm; do
	printf '%s %s, ' "$l" "$(pkg-config --modversion "$l")"
done)$(rg --version 2>/dev/null | head -n 1)

EOF
cat "$table"
! grep -q 'MISSED\|could not' "$table"
