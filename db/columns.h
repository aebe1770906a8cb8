/* Inside db/: which column of a statement fills which member of a struct, and rows read by that. */
#ifndef DB_COLUMNS_H
#define DB_COLUMNS_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/db.h"

enum column_kind {
	COLUMN_INT, COLUMN_INT64, COLUMN_BOOL,
	COLUMN_REAL,	/* NULL is NAN */
	COLUMN_TEXT,	/* copied into the pool; NULL is "" */
	COLUMN_CHARS,	/* into the member itself, as far as it has room; a
			 * CHECK holds the length */
	COLUMN_BYTES,	/* exactly as many; zeros where the column has another size */
	COLUMN_WORD	/* text that parse() makes the member of */
};

struct column {
	enum column_kind kind;
	size_t at, size;	/* of the member, in bytes */
	void (*parse)(void *member, const char *word);	/* COLUMN_WORD */
};

/* A member, read as its type says. */
#define COLUMN(type, member) { _Generic(((type *)NULL)->member, \
	int: COLUMN_INT, int64_t: COLUMN_INT64, bool: COLUMN_BOOL, double: COLUMN_REAL, \
	const char *: COLUMN_TEXT, char *: COLUMN_CHARS, unsigned char *: COLUMN_BYTES), \
	offsetof(type, member), sizeof(((type *)NULL)->member), NULL }
#define COLUMN_OF(type, member, parse) { \
	COLUMN_WORD, offsetof(type, member), sizeof(((type *)NULL)->member), parse }

/* The columns of a statement from its first, in order, and the size of what they fill. */
struct columns {
	size_t size;
	const struct column *column;
	size_t n;
};
#define COLUMNS(type, ...) { sizeof(type), (const struct column[]){ __VA_ARGS__ }, \
	sizeof((const struct column[]){ __VA_ARGS__ }) / sizeof(struct column) }

/* The current row into *row; members no column fills stay, columns beyond
 * these are the caller's. */
void columns_read(void *row, const struct columns *columns, sqlite3_stmt *s, struct pool *pool);
/*
 * Every row of a statement that db_use() made ready: an array in the pool, never NULL but where it
 * fails (*n is 0 then).  The statement has these columns and no others.
 */
void *columns_list(struct db *db, sqlite3_stmt *s, const struct columns *columns, size_t *n,
	struct pool *pool, struct err *err);

#endif
