/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pages that know whether they are whole. SQLite has no checksum for what lies
 * in its file: a bit that turned over inside a row is read as if it had been
 * written so. Here the last bytes of every page, which SQLite leaves to others
 * when it is told so, hold a checksum of the rest and of the page's place;
 * they are written and compared by a layer below SQLite (a "VFS") that
 * leaves all else to the system's. The log has checksums of its own.
 */
#include "sql/private.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define PAGE_MIN 512
#define PAGE_MAX 65536
/* Where a database's header says how many bytes of a page are not SQLite's. */
#define RESERVED_AT 20

/* An open file: SQLite's part, ours, and behind it the system's. */
struct file {
	sqlite3_file base;
	bool sealed;  /* all of its pages are */
	bool writing; /* this connection may write just now */
};

static sqlite3_file *below(sqlite3_file *file)
{
	return (sqlite3_file *)((struct file *)file + 1);
}

static sqlite3_vfs *system_of(sqlite3_vfs *vfs)
{
	return vfs->pAppData;
}

static uint64_t turn(uint64_t word, unsigned bits)
{
	return word << bits | word >> (64 - bits);
}

/* Can be undone, so that no other word leaves the same sum behind. The turn
   brings the high bits, which a product does not spread, down to the low. */
static uint64_t step(uint64_t sum, uint64_t word)
{
	return turn(sum ^ word, 29) * 0xff51afd7ed558ccdu;
}

static uint64_t word_at(const unsigned char *at)
{
	uint64_t word;

	memcpy(&word, at, sizeof word);
	return word;
}

/*
 * Two pages that differ in one word never have the same sum. Each word goes
 * into one of four sums that know nothing of each other, so that none waits
 * for another's product; in the end each goes into the next.
 */
static uint64_t sum_page(const unsigned char *page, size_t len, uint64_t place)
{
	uint64_t a = place, b = 1, c = 2, d = 3;
	unsigned char rest[32] = {0};

	len -= PM_SEAL_SIZE;
	for (; len >= 32; len -= 32, page += 32) {
		a = step(a, word_at(page));
		b = step(b, word_at(page + 8));
		c = step(c, word_at(page + 16));
		d = step(d, word_at(page + 24));
	}
	memcpy(rest, page, len);
	a = step(a, word_at(rest));
	b = step(b, word_at(rest + 8));
	c = step(c, word_at(rest + 16));
	d = step(d, word_at(rest + 24));
	a = step(step(step(a, b), c), d);
	return a ^ a >> 32;
}

/*
 * A page that was given up before it was ever written, and is taken up again
 * in the same transaction, is nothing but zeros, or lies behind the end.
 */
static bool is_blank(const struct file *own, const unsigned char *page, int len)
{
	return own->writing && page[0] == 0 &&
	       !memcmp(page, page + 1, (size_t)len - 1);
}

static bool is_page(int len, sqlite3_int64 place)
{
	return len >= PAGE_MIN && len <= PAGE_MAX && (len & (len - 1)) == 0 &&
	       place % len == 0;
}

static int read_file(
	sqlite3_file *file, void *bytes, int len, sqlite3_int64 place)
{
	struct file *own = (struct file *)file;
	int result =
		below(file)->pMethods->xRead(below(file), bytes, len, place);
	const unsigned char *page = bytes;
	uint64_t sum;

	if (result != SQLITE_OK && result != SQLITE_IOERR_SHORT_READ)
		return result;
	if (place == 0 && result == SQLITE_OK && len > RESERVED_AT)
		own->sealed = page[RESERVED_AT] == PM_SEAL_SIZE;
	if (!own->sealed || !is_page(len, place) || is_blank(own, page, len))
		return result;
	/* What the header counts and the file does not have was cut off. */
	if (result != SQLITE_OK)
		return place ? SQLITE_CORRUPT : result;
	memcpy(&sum, page + len - PM_SEAL_SIZE, sizeof sum);
	if (sum != sum_page(page, (size_t)len, (uint64_t)place))
		return SQLITE_CORRUPT;
	return SQLITE_OK;
}

static int write_file(
	sqlite3_file *file, const void *bytes, int len, sqlite3_int64 place)
{
	unsigned char page[PAGE_MAX];
	uint64_t sum;

	if (((struct file *)file)->sealed && is_page(len, place)) {
		memcpy(page, bytes, (size_t)len);
		sum = sum_page(page, (size_t)len, (uint64_t)place);
		memcpy(page + len - PM_SEAL_SIZE, &sum, sizeof sum);
		bytes = page;
	}
	return below(file)->pMethods->xWrite(below(file), bytes, len, place);
}

/* ---- what is handed on as it comes ---- */

static int close_file(sqlite3_file *file)
{
	return below(file)->pMethods->xClose(below(file));
}

static int truncate_file(sqlite3_file *file, sqlite3_int64 size)
{
	return below(file)->pMethods->xTruncate(below(file), size);
}

static int sync_file(sqlite3_file *file, int flags)
{
	return below(file)->pMethods->xSync(below(file), flags);
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size)
{
	return below(file)->pMethods->xFileSize(below(file), size);
}

/* A writer has this lock, or the first of those that go with a log. */
static int lock_file(sqlite3_file *file, int level)
{
	int result = below(file)->pMethods->xLock(below(file), level);

	if (result == SQLITE_OK && level >= SQLITE_LOCK_RESERVED)
		((struct file *)file)->writing = true;
	return result;
}

static int unlock_file(sqlite3_file *file, int level)
{
	((struct file *)file)->writing = false;
	return below(file)->pMethods->xUnlock(below(file), level);
}

static int is_reserved(sqlite3_file *file, int *out)
{
	return below(file)->pMethods->xCheckReservedLock(below(file), out);
}

static int control_file(sqlite3_file *file, int what, void *arg)
{
	return below(file)->pMethods->xFileControl(below(file), what, arg);
}

static int sector_size(sqlite3_file *file)
{
	return below(file)->pMethods->xSectorSize(below(file));
}

static int traits_of(sqlite3_file *file)
{
	return below(file)->pMethods->xDeviceCharacteristics(below(file));
}

static int map_shared(
	sqlite3_file *file, int page, int size, int extend, void volatile **out)
{
	return below(file)->pMethods->xShmMap(
		below(file), page, size, extend, out);
}

static int lock_shared(sqlite3_file *file, int first, int count, int flags)
{
	int result = below(file)->pMethods->xShmLock(
		below(file), first, count, flags);

	if (result == SQLITE_OK && first == 0 && flags & SQLITE_SHM_EXCLUSIVE)
		((struct file *)file)->writing = flags & SQLITE_SHM_LOCK;
	return result;
}

static void order_shared(sqlite3_file *file)
{
	below(file)->pMethods->xShmBarrier(below(file));
}

static int unmap_shared(sqlite3_file *file, int remove)
{
	return below(file)->pMethods->xShmUnmap(below(file), remove);
}

/* Version 2 has no mapping of the file, past which nothing could be compared.
 */
static const sqlite3_io_methods methods = {
	.iVersion = 2,
	.xClose = close_file,
	.xRead = read_file,
	.xWrite = write_file,
	.xTruncate = truncate_file,
	.xSync = sync_file,
	.xFileSize = file_size,
	.xLock = lock_file,
	.xUnlock = unlock_file,
	.xCheckReservedLock = is_reserved,
	.xFileControl = control_file,
	.xSectorSize = sector_size,
	.xDeviceCharacteristics = traits_of,
	.xShmMap = map_shared,
	.xShmLock = lock_shared,
	.xShmBarrier = order_shared,
	.xShmUnmap = unmap_shared,
};

/* Logs, journals and temporary files are the system's alone. */
static int open_file(sqlite3_vfs *vfs, const char *path, sqlite3_file *file,
	int flags, int *got)
{
	sqlite3_vfs *system = system_of(vfs);
	struct file *own = (struct file *)file;
	sqlite3_int64 size = 0;
	int result;

	if (!(flags & SQLITE_OPEN_MAIN_DB))
		return system->xOpen(system, path, file, flags, got);
	*own = (struct file){{NULL}, false, false};
	result = system->xOpen(system, path, below(file), flags, got);
	if (!below(file)->pMethods)
		return result;
	own->base.pMethods = &methods;
	/* A new one has pages before it has a header to say so. */
	if (result == SQLITE_OK && file_size(file, &size) == SQLITE_OK &&
		size == 0)
		own->sealed = true;
	return result;
}

const char *pm_seal_vfs(void)
{
	static const char name[] = "pm-sealed";
	sqlite3_vfs *system = sqlite3_vfs_find(NULL);
	sqlite3_vfs *vfs;

	if (sqlite3_vfs_find(name) || !system)
		return name;
	/* SQLite keeps it, once, until the process ends. */
	vfs = pm_alloc(1, sizeof *vfs);
	*vfs = *system;
	vfs->zName = name;
	vfs->pAppData = system;
	vfs->szOsFile = system->szOsFile + (int)sizeof(struct file);
	vfs->xOpen = open_file;
	sqlite3_vfs_register(vfs, 0);
	return name;
}

bool pm_seal_has(sqlite3 *db)
{
	sqlite3_file *file = NULL;

	return sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER,
		       &file) == SQLITE_OK &&
	       file && file->pMethods == &methods &&
	       ((struct file *)file)->sealed;
}
