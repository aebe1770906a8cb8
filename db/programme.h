/* The programme's table in the database: the file's text as it was loaded, by whom and when. */
#ifndef DB_PROGRAMME_H
#define DB_PROGRAMME_H

#include <stddef.h>

#include "db/db.h"

/* data/programme.json, the one this version ships: a new database gets it, and one from before
 * programmes were kept. */
extern const unsigned char embed_programme_json[];
extern const size_t embed_programme_json_n;

struct programme_row {
	int64_t id;			/* 1, 2, 3 in the order loaded */
	const char *sha256;		/* of body, hex */
	const char *who;
	int64_t minute;
	const char *body;		/* the file's bytes; db/ does not read them */
};

/*
 * Put a programme in force: its text, and the ids of its rows in their order.  Appended, never
 * changed.  Rows that are not among id[] are gone; that fails while anything on record names them
 * (db_count_records() says before).
 */
int db_put_programme(struct db *db, struct programme_row *row, const char *const id[], size_t ids,
	struct err *err);
/* The one in force; ERR_MISSING where there is none. */
int db_get_programme(struct db *db, struct programme_row *row, struct pool *pool, struct err *err);
/* Every one there was, oldest first. */
int db_list_programmes(struct db *db, struct programme_row **row, size_t *n, struct pool *pool,
	struct err *err);

/*
 * How many records name that row: in *all every one; in *one those that are read by the rule of one
 * clause, its own and an outside result or a 口径 of the row.
 */
int db_count_records(struct db *db, const char *indicator, int clause, int64_t *all, int64_t *one,
	struct err *err);

/* The earliest year of a reading, an outside result or a peer's score; 0: there is none. */
int db_first_record_year(struct db *db, int *year, struct err *err);

#endif
