/* Inside db/: whole database files, made under another name and given theirs
 * when they are right. */
#ifndef DB_COPY_H
#define DB_COPY_H

#include <sqlite3.h>
#include <stdbool.h>

#include "base/err.h"
#include "base/pool.h"

/* An empty file with a name no one has, beside path; NULL with *err filled. */
char *db_temporary(const char *path, struct pool *pool, struct err *err);

/* ---- copy.c ---- */
/* Remove a half-made database with all that SQLite puts beside it. */
void db_discard(const char *path);
/* Give a finished file its name; over another (ERR_CONFLICT) only if told to replace it. */
int db_settle(const char *made, const char *path, bool replace, struct err *err);

/* Copy a whole database to a new file at path, checked; all or nothing. */
int db_copy(sqlite3 *sqlite, const char *path, bool replace, struct err *err);

#endif
