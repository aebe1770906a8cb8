/* Inside db/: bringing an older file to the schema of this program. */
#ifndef DB_MIGRATE_H
#define DB_MIGRATE_H

#include <sqlite3.h>
#include <stddef.h>

#include "base/err.h"

enum {
	DB_APPLICATION = 0x4d616e79,	/* "Many", PRAGMA application_id of db/schema.sql */
	DB_VERSION = 4			/* PRAGMA user_version of db/schema.sql */
};

/* One step: the SQL that makes version from + 1 out of version from, and what SQL
 * alone cannot fill in. */
struct migration {
	int from;
	const char *sql;
	int (*fill)(sqlite3 *sqlite, const char *path, struct err *err);	/* or NULL */
};
extern const struct migration db_migration[];
extern const size_t db_migrations;

/*
 * Run the steps from the file's version up to version in one transaction.
 * A copy of the file as it was is kept as PATH.v<N> first.  Fails with
 * ERR_VERSION if a step is missing; then, as after any failure, nothing has changed.
 */
int db_migrate(sqlite3 *sqlite, const char *path, const struct migration step[], size_t steps,
	int version, struct err *err);

#endif
