/* A VFS over the system's own: it notes every write and sync, and fails when told. */
#include "tests/attack/disk.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static struct disk *disk;
static sqlite3_vfs *below;
static sqlite3_vfs vfs;

const struct disk_fault disk_faults[] = {
	{ "write: EIO", CALL_WRITE, SQLITE_IOERR_WRITE, EIO, false },
	{ "write: ENOSPC", CALL_WRITE, SQLITE_FULL, ENOSPC, false },
	{ "write: half, then ENOSPC", CALL_WRITE, SQLITE_FULL, ENOSPC, true },
	{ "write: half, then EIO", CALL_WRITE, SQLITE_IOERR_WRITE, EIO, true },
	{ "fsync: EIO", CALL_SYNC, SQLITE_IOERR_FSYNC, EIO, false },
	{ "fsync: ENOSPC", CALL_SYNC, SQLITE_IOERR_FSYNC, ENOSPC, false },
	{ "ftruncate: EIO", CALL_TRUNCATE, SQLITE_IOERR_TRUNCATE, EIO, false },
	{ "read: EIO", CALL_READ, SQLITE_IOERR_READ, EIO, false },
	{ "open: EMFILE", CALL_OPEN, SQLITE_CANTOPEN, EMFILE, false },
	{ "shared memory: ENOMEM", CALL_SHM, SQLITE_IOERR_SHMMAP, ENOMEM, false },
};
const size_t disk_faults_n = sizeof(disk_faults) / sizeof(disk_faults[0]);

/* SQLite's file, then ours, then the one below, whose size we learn at run time. */
struct file {
	sqlite3_file base;
	int which;		/* enum disk_file, or -1: not worth noting */
	int number;		/* errno of a failure of ours, 0: ask below */
	sqlite3_file *real;
};

static sqlite3_file *
real(sqlite3_file *f)
{
	return ((struct file *)f)->real;
}

/* ---- the log ---- */

static void
note(enum disk_kind kind, int file, int64_t offset, const void *bytes, size_t n)
{
	size_t size = (sizeof(struct disk_entry) + n + 15) / 16 * 16;
	struct disk_entry *e;
	size_t at;

	if (file < 0 || !atomic_load(&disk->recording))
		return;
	at = atomic_fetch_add(&disk->used, size);
	if (at + size > DISK_ROOM)
		abort();
	e = (struct disk_entry *)(void *)(disk->log + at);
	*e = (struct disk_entry){ .kind = kind, .file = (uint32_t)file, .n = (uint32_t)n,
		.offset = offset };
	if (n > 0)
		memcpy(e->bytes, bytes, n);
}

void
disk_ack(struct disk *d, const void *bytes, size_t n)
{
	(void)d;
	note(DISK_ACK, 0, 0, bytes, n);
}

const struct disk_entry *
disk_next(const struct disk *d, size_t *at)
{
	const struct disk_entry *e;

	if (*at >= atomic_load(&d->used))
		return NULL;
	e = (const struct disk_entry *)(const void *)(d->log + *at);
	*at += (sizeof(*e) + e->n + 15) / 16 * 16;
	return e;
}

/* ---- faults ---- */

void
disk_arm(struct disk *d, const struct disk_fault *fault, long n, bool for_good)
{
	atomic_store(&d->hits, 0);
	atomic_store(&d->left, n);
	atomic_store(&d->for_good, for_good);
	atomic_store(&d->fault, fault);
}

long
disk_disarm(struct disk *d)
{
	atomic_store(&d->fault, NULL);
	return atomic_load(&d->hits);
}

/* Is this call to fail? */
static const struct disk_fault *
failing(struct file *f, enum disk_call call)
{
	const struct disk_fault *fault = atomic_load(&disk->fault);
	long left;

	if (f != NULL)
		f->number = 0;
	if (fault == NULL || fault->call != call)
		return NULL;
	left = atomic_fetch_sub(&disk->left, 1);
	if (left > 1 || (left < 1 && !atomic_load(&disk->for_good)))
		return NULL;
	atomic_fetch_add(&disk->hits, 1);
	if (f != NULL)
		f->number = fault->number;
	return fault;
}

/* ---- files ---- */

static int
close_file(sqlite3_file *f)
{
	return real(f)->pMethods->xClose(real(f));
}

static int
read_file(sqlite3_file *f, void *bytes, int n, sqlite3_int64 offset)
{
	const struct disk_fault *fault = failing((struct file *)f, CALL_READ);

	return fault != NULL ? fault->engine : real(f)->pMethods->xRead(real(f), bytes, n, offset);
}

static int
write_file(sqlite3_file *f, const void *bytes, int n, sqlite3_int64 offset)
{
	const struct disk_fault *fault = failing((struct file *)f, CALL_WRITE);
	int rc;

	if (fault != NULL && !fault->half)
		return fault->engine;
	if (fault != NULL)
		n /= 2;
	rc = real(f)->pMethods->xWrite(real(f), bytes, n, offset);
	if (rc == SQLITE_OK)
		note(DISK_WRITE, ((struct file *)f)->which, offset, bytes, (size_t)n);
	return fault != NULL ? fault->engine : rc;
}

static int
truncate_file(sqlite3_file *f, sqlite3_int64 n)
{
	const struct disk_fault *fault = failing((struct file *)f, CALL_TRUNCATE);
	int rc = fault != NULL ? fault->engine : real(f)->pMethods->xTruncate(real(f), n);

	if (rc == SQLITE_OK)
		note(DISK_TRUNCATE, ((struct file *)f)->which, n, NULL, 0);
	return rc;
}

static int
sync_file(sqlite3_file *f, int flags)
{
	const struct disk_fault *fault = failing((struct file *)f, CALL_SYNC);
	int rc = fault != NULL ? fault->engine : real(f)->pMethods->xSync(real(f), flags);

	if (rc == SQLITE_OK)
		note(DISK_SYNC, ((struct file *)f)->which, 0, NULL, 0);
	return rc;
}

static int
size_file(sqlite3_file *f, sqlite3_int64 *n)
{
	return real(f)->pMethods->xFileSize(real(f), n);
}

static int
lock_file(sqlite3_file *f, int level)
{
	return real(f)->pMethods->xLock(real(f), level);
}

static int
unlock_file(sqlite3_file *f, int level)
{
	return real(f)->pMethods->xUnlock(real(f), level);
}

static int
reserved_file(sqlite3_file *f, int *held)
{
	return real(f)->pMethods->xCheckReservedLock(real(f), held);
}

static int
control_file(sqlite3_file *f, int op, void *arg)
{
	if (op == SQLITE_FCNTL_LAST_ERRNO && ((struct file *)f)->number != 0) {
		*(int *)arg = ((struct file *)f)->number;
		return SQLITE_OK;
	}
	return real(f)->pMethods->xFileControl(real(f), op, arg);
}

static int
sector_file(sqlite3_file *f)
{
	return real(f)->pMethods->xSectorSize(real(f));
}

static int
traits_file(sqlite3_file *f)
{
	return real(f)->pMethods->xDeviceCharacteristics(real(f));
}

static int
shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **out)
{
	const struct disk_fault *fault = failing((struct file *)f, CALL_SHM);

	return fault != NULL ? fault->engine :
		real(f)->pMethods->xShmMap(real(f), page, size, extend, out);
}

static int
shm_lock(sqlite3_file *f, int offset, int n, int flags)
{
	return real(f)->pMethods->xShmLock(real(f), offset, n, flags);
}

static void
shm_barrier(sqlite3_file *f)
{
	real(f)->pMethods->xShmBarrier(real(f));
}

static int
shm_unmap(sqlite3_file *f, int drop)
{
	return real(f)->pMethods->xShmUnmap(real(f), drop);
}

/* Version 2: no memory-mapped reads, which would pass us by. */
static const sqlite3_io_methods methods = {
	2, close_file, read_file, write_file, truncate_file, sync_file, size_file, lock_file,
	unlock_file, reserved_file, control_file, sector_file, traits_file, shm_map, shm_lock,
	shm_barrier, shm_unmap,
	NULL, NULL
};

/* ---- the file system ---- */

static int
file_of(int flags)
{
	if (flags & SQLITE_OPEN_MAIN_DB)
		return DISK_DB;
	if (flags & SQLITE_OPEN_WAL)
		return DISK_WAL;
	return flags & SQLITE_OPEN_MAIN_JOURNAL ? DISK_JOURNAL : -1;
}

static int
open_file(sqlite3_vfs *v, const char *name, sqlite3_file *f, int flags, int *got)
{
	struct file *file = (struct file *)f;
	const struct disk_fault *fault = failing(NULL, CALL_OPEN);
	int rc;

	(void)v;
	*file = (struct file){ .which = file_of(flags),
		.real = (sqlite3_file *)(void *)(file + 1) };
	if (fault != NULL)
		return fault->engine;
	rc = below->xOpen(below, name, file->real, flags, got);
	if (rc == SQLITE_OK)
		file->base.pMethods = &methods;
	return rc;
}

static int
delete_file(sqlite3_vfs *v, const char *name, int sync)
{
	size_t n = strlen(name);
	int which = n > 4 && strcmp(name + n - 4, "-wal") == 0 ? DISK_WAL :
		n > 8 && strcmp(name + n - 8, "-journal") == 0 ? DISK_JOURNAL : -1;
	int rc = below->xDelete(below, name, sync);

	(void)v;
	if (rc == SQLITE_OK) {
		note(DISK_TRUNCATE, which, 0, NULL, 0);
		if (sync)
			note(DISK_SYNC, which, 0, NULL, 0);
	}
	return rc;
}

/* ---- how databases are opened ---- */

/* The pragmas of db/ are heard here first; the ones that differ are set another way and ignored. */
static int
keep_ours(void *sqlite, int action, const char *name, const char *value, const char *db,
	const char *trigger)
{
	int pages = atomic_load(&disk->checkpoint_pages);

	(void)db;
	(void)trigger;
	if (action != SQLITE_PRAGMA || value == NULL)
		return SQLITE_OK;
	if (atomic_load(&disk->normal) && strcmp(name, "synchronous") == 0)
		return SQLITE_IGNORE;
	if (pages == 0 || strcmp(name, "wal_autocheckpoint") != 0)
		return SQLITE_OK;
	sqlite3_wal_autocheckpoint(sqlite, pages);
	return SQLITE_IGNORE;
}

static int
opened(sqlite3 *sqlite, char **message, const void *api)
{
	(void)message;
	(void)api;
	if (atomic_load(&disk->normal))
		sqlite3_exec(sqlite, "PRAGMA synchronous = NORMAL", NULL, NULL, NULL);
	return sqlite3_set_authorizer(sqlite, keep_ours, sqlite);
}

struct disk *
disk_install(void)
{
	disk = mmap(NULL, sizeof(*disk) + DISK_ROOM, PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	below = sqlite3_vfs_find(NULL);
	if (disk == MAP_FAILED || below == NULL)
		abort();
	vfs = *below;
	vfs.zName = "disk";
	vfs.pNext = NULL;
	vfs.szOsFile = (int)sizeof(struct file) + below->szOsFile;
	vfs.xOpen = open_file;
	vfs.xDelete = delete_file;
	if (sqlite3_vfs_register(&vfs, 1) != SQLITE_OK ||
			sqlite3_auto_extension((void (*)(void))opened) != SQLITE_OK)
		abort();
	return disk;
}
