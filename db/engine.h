/* Inside db/: SQLite's connections, and what it complains of. */
#ifndef DB_ENGINE_H
#define DB_ENGINE_H

#include <sqlite3.h>

#include "base/err.h"

/* Shorter than the deadline of the store's clients, so that they hear "busy" and not nothing. */
enum { DB_BUSY_MS = 3000 };

/* SQLite's own words for how it went; the connection is closed by the caller either way. */
int db_open_file(const char *path, sqlite3 **sqlite, int flags);
/* One connection with a busy timeout; NULL with *err filled. */
sqlite3 *db_connect(const char *path, int flags, struct err *err);

/* A number the file keeps, asked by "PRAGMA name".  0 or -1. */
int db_pragma(sqlite3 *sqlite, const char *pragma, int *number);
/* PRAGMA user_version, -1 on failure. */
int db_version(sqlite3 *sqlite);

/* What the engine complains of, in words, with what to do. */
int db_fail(sqlite3 *sqlite, const char *path, struct err *err);

#endif
