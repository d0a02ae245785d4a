#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# slow: faults of all kinds, one by one
# With TORTURE=all every page and many more places; a sample otherwise.

test_description='whatever befalls the index, the answers are right'
# In memory the syncs of some thousand commits cost nothing.
test ! -w /dev/shm || TMPDIR=/dev/shm
export TMPDIR
. "$(dirname "$0")/lib.sh"

DB=.git/pm/index.db
size=0

test_expect_success 'an index, and the answers from it' '
	make_repo repo && cd repo && mkdir postmortems && for n in $(seq 10 33)
	do
		printf "%s\n" --- "id: 2026-10-$n-doc" "status: draft" "owner: \"@ana\"" --- \
			"# Zebra $n" "" "## Impact" "" "Word$n and others, $n times." \
			>postmortems/2026-10-$n-doc.md
	done && commit_all && run 0 pm search -n 50 zebra && mv out ../want.search &&
	run 0 pm list && mv out ../want.list && cp $DB ../good.db &&
	size=$(wc -c <../good.db) && test $size -gt 50000
'

# The good index in its place again, at rest, and nothing else.
fresh()
{
	chmod -R u+w .git/pm 2>/dev/null
	rm -rf .git/pm && mkdir .git/pm && cp ../good.db $DB && touch -d "1 minute ago" $DB
}

# answers: both kinds of reading commands are right, and do not hang.
answers()
{
	for command in "search -n 50 zebra" list
	do
		timeout 20 pm $command >../got 2>../err || {
			echo "pm $command: status $?" && cat ../err
			return 1
		}
		cmp ../got "../want.${command%% *}" || return 1
	done
}

# turn OFFSET BIT: the index with one bit of one byte turned over.
turn()
{
	fresh && byte=$(od -An -v -tu1 -j"$1" -N1 $DB) &&
		printf "$(printf "\\\\%03o" $((byte ^ (1 << $2))))" |
		dd of=$DB bs=1 seek="$1" conv=notrunc 2>/dev/null
	touch -d "1 minute ago" $DB
}

# places N: so many offsets in every page, the same each time.
places()
{
	awk -v n="$1" -v pages="$((size / 4096))" "BEGIN {
		srand(7)
		for (page = 0; page < pages; page++) {
			for (i = 0; i < n; i++)
				print page * 4096 + int(rand() * 4096), int(rand() * 8)
			print page * 4096 + 4095, 3
		}
		for (i = 16; i < 100; i += 7) print i, i % 8
	}"
}

# hazard: 73
test_expect_success 'a bit that turned over is found out before it is believed' '
	places $(test "${TORTURE-}" = all && echo 60 || echo 2) >../places &&
	told=0 && while read -r off bit
	do
		turn $off $bit && answers || { echo "byte $off, bit $bit"; return 1; }
		test ! -s ../err || told=$((told + 1))
	done <../places && test $(wc -l <../places) -gt 40
'

# hazard: 73
test_expect_success 'a bit in the rows of a list is told' '
	fresh && off=$(grep -abo "Zebra 17" $DB | head -n 1 | cut -d: -f1) &&
	turn $off 0 && run 0 pm list && has err "built anew: it was damaged" &&
	has out "Zebra 17" && turn $off 0 && run 1 pm index --verify
'

test_expect_success 'cut off anywhere' '
	step=$(test "${TORTURE-}" = all && echo 97 || echo 9973) &&
	for n in 0 1 15 16 50 99 100 101 512 4095 4096 4097 $((size - 1)) $(seq 200 $step $size)
	do
		fresh && truncate -s $n $DB && touch -d "1 minute ago" $DB && answers || {
			echo "cut to $n bytes"
			return 1
		}
	done
'

if command -v sqlite3 >/dev/null; then
	test_set_prereq SQLITE
fi

# hazard: 73 74
test_expect_success SQLITE 'older, newer, of another program, with another schema' '
	for text in "PRAGMA user_version = 1" "PRAGMA user_version = 99" \
		"PRAGMA application_id = 5" "DROP TABLE doc" "DELETE FROM doc" \
		"ALTER TABLE blob RENAME COLUMN title TO name" "DROP TABLE words" \
		"UPDATE doc SET name = 1" "PRAGMA journal_mode = DELETE" "VACUUM"
	do
		fresh && sqlite3 $DB "$text" >/dev/null 2>&1 && touch -d "1 minute ago" $DB &&
			answers || { echo "$text"; return 1; }
	done && rm $DB && sqlite3 $DB "CREATE TABLE guests(name); INSERT INTO guests VALUES(1)" &&
	answers && rm $DB && echo text >$DB && answers && head -c 9000 /dev/urandom >$DB && answers
'

# hazard: 73
test_expect_success 'a directory, a pipe, a link in its place or beside it' '
	for name in index.db index.db-wal index.db-shm index.db-journal index.db.new index.db.lock
	do
		for make in mkdir mkfifo "ln -s $name" "ln -s /nowhere/at/all" "ln -s /dev/full"
		do
			fresh && rm -f .git/pm/$name && $make .git/pm/$name && answers || {
				echo "$make $name"
				return 1
			}
		done
	done && rm -rf .git/pm && echo file >.git/pm && answers && rm .git/pm &&
	test -c /dev/full
'

test_expect_success 'a link to another file leads nobody to change that file' '
	fresh && rm $DB && echo precious >../precious && ln -s ../../../precious $DB &&
	answers && echo precious >../got && test_cmp ../got ../precious
'

# hazard: 72
test_expect_success 'noise in the log and the journal' '
	for name in index.db-wal index.db-shm index.db-journal
	do
		for bytes in 0 1 32 100 5000 100000
		do
			fresh && awk -v n=$bytes "BEGIN { srand(n); while (i++ < n)
				printf \"%c\", 1 + int(rand() * 255) }" >.git/pm/$name &&
				answers || { echo "$name $bytes"; return 1; }
		done
	done
'

if test "$(id -u)" = 0 && mkdir "$HOME/small" &&
	mount -t tmpfs -o size=64k none "$HOME/small" 2>/dev/null
then
	umount "$HOME/small"
	test_set_prereq TMPFS
fi

# hazard: 63 72
test_expect_success TMPFS 'no room for it, in the repository and at home' '
	for room in 4k 16k 40k 64k 100k
	do
		rm -rf .git/pm ~/.cache && mkdir -p .git/pm ~/.cache &&
		mount -t tmpfs -o size=$room none .git/pm &&
		mount -t tmpfs -o size=$room none ~/.cache &&
		{ answers; status=$?; umount .git/pm ~/.cache; test $status = 0; } || return 1
	done && rm -rf .git/pm
'

# hazard: 17 72
test_expect_success TMPFS 'one that belongs to somebody else, or cannot be written' '
	fresh && chown -R 12345:12345 .git/pm && answers &&
	fresh && chmod 0444 $DB && answers && fresh && chmod 0 $DB && answers &&
	for off in 4200 $((size / 2)) $off
	do
		fresh && test $off = 4200 || turn $off 0 && mount --bind .git/pm .git/pm &&
		mount -o remount,ro,bind .git/pm &&
		{ answers && answers; status=$?; umount .git/pm; test $status = 0; } ||
			return 1
	done
'

# hazard: 71 73
test_expect_success 'builders, readers and those who make documents, all at once' '
	rounds=$(test "${TORTURE-}" = all && echo 40 || echo 4) && rm -rf .git/pm ../fail.* &&
	for who in 1 2
	do
		for n in $(seq $rounds); do pm index --rebuild >/dev/null 2>../err.b$who ||
			echo "rebuild $?" >>../fail.b$who; done &
		for n in $(seq $rounds); do pm search -n 50 zebra >../got.$who 2>../err.r$who &&
			cmp ../got.$who ../want.search || echo "search $?" >>../fail.r$who; done &
		for n in $(seq $rounds); do rm -f $DB; pm list >../got.l$who 2>../err.l$who &&
			cmp ../got.l$who ../want.list || echo "list $?" >>../fail.l$who; done &
	done && wait && { ! cat ../fail.* ../err.* 2>/dev/null | grep .; } &&
	run 0 pm index --verify
'

test_done
