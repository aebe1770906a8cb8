/* The database: schema, migrations and every SQL statement live behind this folder. */
#ifndef DB_DB_H
#define DB_DB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/pool.h"

/*
 * An open database; opaque, for one thread.  Every function of db/ returns
 * 0 or -1 with *err filled (ERR_BUSY, ERR_FULL, ERR_VERSION, ERR_MISSING,
 * ERR_CONFLICT, ERR_DB) unless it says otherwise.  One db_put_* / db_set_* is one
 * transaction, except inside db_begin()/db_commit().  Strings handed in are copied;
 * strings handed out live in the given pool or, in a callback, until it returns.
 * Rows come back in the order the header states, so that results repeat to the bit.
 */
struct db;

enum db_mode {
	DB_READ,	/* never writes, not even WAL recovery beyond what SQLite needs; a copy
			 * where nothing can be written, too */
	DB_WRITE,
	DB_STORE	/* writes, and copies the log back into the file: one handle for each file,
			 * ERR_CONFLICT for another */
};

/* A new database at path; fails with ERR_CONFLICT if the file exists;
 * nothing is left on failure. */
struct db *db_create(const char *path, struct err *err);
/* An older schema is migrated (DB_WRITE; a copy PATH.v<N> is kept); a newer one is refused with
 * ERR_VERSION, untouched.  A file that is no Manyi database is refused by application_id. */
struct db *db_open(const char *path, enum db_mode mode, struct err *err);
void db_close(struct db *db);		/* NULL is fine */
/*
 * Copy the log into the file and empty it, so that what was acknowledged is no longer in a log that
 * one damaged byte cuts short, and so that the log does not tie an answer to its ticket for whoever
 * copies the disk: it keeps the pages of each transaction side by side.  For the DB_STORE handle;
 * waits for nobody.  *left says whether something is left in the log: a reader still looks at it,
 * or somebody is writing.  -1: the disk failed.
 */
int db_copy_log(struct db *db, bool *left, struct err *err);
/* Give back pages kept for speed: for a handle that rests after long work.  NULL is fine. */
void db_rest(struct db *db);

int db_begin(struct db *db, struct err *err);	/* BEGIN IMMEDIATE */
int db_commit(struct db *db, struct err *err);
void db_rollback(struct db *db);
/*
 * In the midst of long work: keep what was done, let others write as long as they had to wait,
 * begin again.  Where it fails nothing is open.
 */
int db_give_way(struct db *db, struct err *err);

/*
 * One view of everything, until db_end_read(), whoever writes meanwhile; nobody waits for it, and
 * in it nothing can be written (ERR_BUSY).  Each begin that returned 0 is followed by one end; one
 * inside another, or inside db_begin(), is that one's view.  The log cannot be emptied while it
 * lasts: for seconds, not for hours.
 */
int db_begin_read(struct db *db, struct err *err);
void db_end_read(struct db *db);
/* The path it was opened by. */
const char *db_file(const struct db *db);
/* Is a transaction of this handle open, so that it sees rows nobody else does? */
bool db_begun(const struct db *db);
/* Can nothing be written with this handle now: opened for reading, or within a view? */
bool db_only_reads(const struct db *db);

/* ---- copy.c ---- */
/* Online copy to a new file, consistent while others write; checked with
 * integrity_check; all or nothing. */
int db_backup(struct db *db, const char *path, struct err *err);
int db_integrity(struct db *db, struct err *err);

/* ---- db.c ---- */
/*
 * Settings: names with a meaning of their own.
 *   city "瓦房店市"  base_url "http://127.0.0.1:8080"  demo "1" (marked everywhere)
 *   table_number agency approval valid_until (法定表头)  processor contact (consent page)
 */
const char *db_setting(struct db *db, const char *name, struct pool *pool);	/* NULL: not set */
int db_set_setting(struct db *db, const char *name, const char *value, struct err *err);

/* ---- db.c ---- */
/* A number that grows with every committed change to forms, waves, sites or settings: catalogue
 * readers compare it. */
int64_t db_catalogue_version(struct db *db);

#endif
