/* Inside db/: how its files run the rows of the table of statements. */
#ifndef DB_STATEMENT_H
#define DB_STATEMENT_H

#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "db/db.h"
#include "db/sql.h"

struct db {
	sqlite3 *sqlite;
	char *path;
	int depth;				/* of db_enter(): 0 is outside any transaction */
	int looks;				/* of db_begin_read() */
	int only;				/* DB_STORE: a descriptor with the lock
						 * that says so, else -1 */
	int log_tried;				/* DB_STORE: pages of the log when it
						 * was last copied back */
	struct timespec begun;			/* when the outer db_begin() had the lock */
	sqlite3_stmt *statement[SQL_MAX];	/* all prepared when opened */
};

/* One value for a statement's next parameter. */
struct arg {
	enum { ARG_INT, ARG_REAL, ARG_TEXT, ARG_BLOB } kind;
	int64_t i;		/* ARG_INT */
	double d;		/* ARG_REAL; NAN is NULL */
	const void *p;		/* ARG_TEXT, ARG_BLOB; NULL is NULL */
	size_t n;		/* ARG_BLOB: bytes */
};
#define INT(x)		((struct arg){ .kind = ARG_INT, .i = (x) })
#define REAL(x)		((struct arg){ .kind = ARG_REAL, .d = (x) })
#define TEXT(s)		((struct arg){ .kind = ARG_TEXT, .p = (s) })
#define BLOB(b, size)	((struct arg){ .kind = ARG_BLOB, .p = (b), .n = (size) })
/* An array of arguments and its length; ARGS(0-length) is NULL, 0. */
#define ARGS(...) \
	(const struct arg[]){ __VA_ARGS__ }, \
	sizeof((const struct arg[]){ __VA_ARGS__ }) / sizeof(struct arg)
#define NO_ARGS		NULL, 0

/* ---- statement.c ---- */
/* Prepare every row of the table.  Only for db_open(). */
int db_prepare_all(struct db *db, struct err *err);

/* The statement with its parameters bound, in the order in which they first stand in its SQL; the
 * bytes stay the caller's until db_step() has returned 0 or -1. */
sqlite3_stmt *db_use(struct db *db, enum sql sql, const struct arg arg[], size_t args);
/* 1: a row to read; 0: no more; -1: failed.  After 0 and -1 the statement is free again. */
int db_step(struct db *db, sqlite3_stmt *s, struct err *err);
/* Done with a statement before its end. */
void db_stop(sqlite3_stmt *s);
/* Use and run to the end.  Returns 0 or -1. */
int db_run(struct db *db, enum sql sql, const struct arg arg[], size_t args, struct err *err);
/* First column of the first row as a number, or none if there is no row. */
int db_number(struct db *db, enum sql sql, const struct arg arg[], size_t args,
	int64_t none, int64_t *number, struct err *err);

/* A column's text, SQLite's until the next step; NULL only where the column is. */
const char *db_column(sqlite3_stmt *s, int column);
/* A column's text ("" if NULL), copied into pool. */
const char *db_text(sqlite3_stmt *s, int column, struct pool *pool);
/* NULL is NAN. */
double db_real(sqlite3_stmt *s, int column);
/* Exactly n bytes; zeros if the column has another size. */
void db_blob(sqlite3_stmt *s, int column, void *out, size_t n);

/* A transaction, or a savepoint inside the caller's; leave keeps what was done if rc is 0, else
 * undoes it.  Every enter that returned 0 is followed by one leave.  leave returns rc, or -1 if it
 * could not be kept. */
int db_enter(struct db *db, struct err *err);
int db_leave(struct db *db, int rc, struct err *err);

#endif
