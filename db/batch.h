/* Imports: each file taken in is a batch, whose rows count from its completion
 * until its withdrawal. */
#ifndef DB_BATCH_H
#define DB_BATCH_H

#include "db/survey.h"

enum batch_state {
	BATCH_LOADING,		/* its rows are arriving, or the import was
				 * stopped: none of them counts */
	BATCH_COMPLETE,		/* its rows count */
	BATCH_WITHDRAWN		/* stored, and out of every figure */
};

struct batch {
	int64_t id;
	int64_t wave;
	const char *file;	/* its name, printable */
	char sha256[65];	/* of the file's bytes, hex */
	const char *who;	/* account of the operating system */
	int64_t minute;		/* when it began; rows that give no time have this one */
	const char *options;	/* what the same import must be asked for again to go on with it */
	int64_t read, skipped;	/* rows of the file; of these, the same row once more */
	int64_t replaces;	/* batch withdrawn when this one is complete; 0: none */
	const char *late;	/* why it came after the wave was closed, or "" */
	const char *notes;	/* JSON array of strings */
	/* What became of it; read only. */
	int64_t stored;		/* rows */
	int64_t complete, withdrawn;		/* ids of its events in db_last_batch_event()'s
						 * order; 0: not yet */
	int64_t complete_minute, withdrawn_minute;
	const char *withdrawn_by, *reason;	/* "" where it was not */
};

enum batch_state batch_state(const struct batch *b);
/* As it was after the event `last` and before the next: what is sealed asks this. */
enum batch_state batch_state_at(const struct batch *b, int64_t last);
const char *batch_state_name(enum batch_state state);	/* "loading", "complete", "withdrawn" */

/* A new batch, loading; sets b->id.  ERR_CONFLICT where the wave has another that is loading. */
int db_put_batch(struct db *db, struct batch *b, struct err *err);
/*
 * One slice of its rows, in a transaction of its own.  `had` is how many rows the batch holds:
 * where another program has added rows, or the batch is no longer loading, nothing is
 * stored: ERR_CONFLICT.
 */
int db_put_batch_rows(struct db *db, int64_t batch, int64_t had, struct response_row row[],
	size_t n, struct err *err);
/*
 * It is whole: its rows count from now on, those of the batch it replaces no longer, both in one
 * transaction.  ERR_CONFLICT if it is not loading, or what it replaces is not complete.
 */
int db_complete_batch(struct db *db, int64_t batch, const char *who, int64_t minute,
	struct err *err);
/* Out of every figure.  ERR_MISSING, or ERR_CONFLICT if it is already. */
int db_withdraw_batch(struct db *db, int64_t batch, const char *who, int64_t minute,
	const char *reason, struct err *err);

/* By id; wave 0: every wave; strings in pool. */
int db_list_batches(struct db *db, int64_t wave, struct batch **batch, size_t *n, struct pool *pool,
	struct err *err);
/* or ERR_MISSING */
int db_get_batch(struct db *db, struct batch *b, int64_t id, struct pool *pool, struct err *err);
/* Highest id of an event of a wave's batches (0: of any wave), 0: none, -1: failed.  Same
 * id, same rows count. */
int64_t db_last_batch_event(struct db *db, int64_t wave);

#endif
