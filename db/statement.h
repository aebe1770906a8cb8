/* Inside db/: the table of every SQL statement, and how the other files run its rows. */
#ifndef DB_STATEMENT_H
#define DB_STATEMENT_H

#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "db/db.h"

/* Rows of the table in db/statement.c, in its order. */
enum sql {
	SQL_BEGIN, SQL_LOOK, SQL_COMMIT, SQL_ROLLBACK, SQL_SAVEPOINT, SQL_RELEASE, SQL_UNDO,
	SQL_GET_SETTING, SQL_PUT_SETTING, SQL_DROP_SETTING, SQL_GET_CATALOGUE,
	SQL_TALLIES_DROPPED, SQL_COUNT_DROP,
	/* db/survey.c */
	SQL_GET_FORM, SQL_NEWEST_FORM, SQL_FORM_SHA256, SQL_FORM_OF_VIEW, SQL_FORM_FROZEN,
	SQL_PUT_FORM, SQL_REPLACE_FORM, SQL_EACH_FORM, SQL_FORM_IDS, SQL_KNOWN_FORMS,
	SQL_PUT_WAVE, SQL_CLOSE_WAVE, SQL_RENEW_WAVE, SQL_GET_WAVE, SQL_FIND_WAVE, SQL_OPEN_WAVE,
	SQL_LIST_WAVES, SQL_WAVE_LABEL,
	SQL_PUT_SITE, SQL_GET_SITE, SQL_LIST_SITES, SQL_SET_SITE_ACTIVE,
	/* db/response.c, db/response_put.c */
	SQL_PUT_RESPONSE, SQL_PUT_RESPONSES, SQL_ADD_FIELDWORK, SQL_SAME_ANSWERS, SQL_GET_KEY, SQL_EACH_RESPONSE, SQL_EACH_STORED,
	SQL_EACH_ANSWER,
	SQL_FIND_RECEIPT, SQL_SEEK_RECEIPT, SQL_GET_RESPONSE,
	/* db/receipt.c */
	SQL_RECEIPTS_DONE, SQL_NEXT_RECEIPTS, SQL_ADD_RECEIPT, SQL_ADD_RECEIPTS, SQL_SET_RECEIPTS_DONE,
	/* db/response.c */
	SQL_COUNT_RESPONSES, SQL_LAST_RESPONSE, SQL_EACH_LEAF, SQL_WAVE_OF_RESPONSE,
	SQL_HAS_EXCLUSION, SQL_COUNT_EXCLUSIONS, SQL_PUT_SCREENING, SQL_LIST_SCREENING,
	SQL_PUT_EXCLUSION, SQL_EXCLUDED, SQL_LAST_EXCLUSION, SQL_LIST_EXCLUDED,
	SQL_PUT_CALLBACK, SQL_LIST_CALLBACKS, SQL_DROP_CALLBACKS,
	/* db/batch.c */
	SQL_PUT_BATCH, SQL_PUT_BATCH_EVENT, SQL_LIST_BATCHES, SQL_LAST_BATCH_EVENT,
	/* db/ticket.c */
	SQL_PUT_TICKET_BATCH, SQL_PUT_TICKET, SQL_LIST_TICKETS, SQL_GET_TICKET, SQL_SPEND_TICKET,
	SQL_VOID_TICKET, SQL_VOID_BATCH,
	/* db/tally.c */
	SQL_GET_TALLY_HEAD, SQL_GET_TALLY, SQL_PUT_TALLY_HEAD, SQL_PUT_TALLY,
	SQL_DROP_TALLY, SQL_DROP_TALLY_HEAD, SQL_PUT_MARGIN, SQL_DROP_MARGINS, SQL_LIST_MARGINS,
	/* db/programme.c */
	SQL_PUT_PROGRAMME, SQL_GET_PROGRAMME, SQL_LIST_PROGRAMMES, SQL_MOVE_INDICATORS, SQL_PUT_INDICATOR,
	SQL_DROP_INDICATORS, SQL_COUNT_RECORDS, SQL_COUNT_CLAUSE_RECORDS,
	/* db/track.c */
	SQL_HAS_INDICATOR, SQL_PUT_READING, SQL_LIST_READINGS, SQL_PUT_THRESHOLD, SQL_LIST_THRESHOLDS,
	SQL_PUT_CRITERION, SQL_LIST_CRITERIA,
	SQL_PUT_EXTERNAL, SQL_LIST_EXTERNAL, SQL_PUT_COMPLAINT, SQL_LIST_COMPLAINTS,
	SQL_PUT_PEER, SQL_LIST_PEERS, SQL_LIST_YEARS, SQL_LIST_WAVE_YEARS,
	/* db/record.c */
	SQL_PUT_EVIDENCE, SQL_HAS_EVIDENCE, SQL_PUT_DECISION, SQL_LIST_EVIDENCE,
	SQL_GET_CACHED, SQL_PUT_CACHED, SQL_NEXT_PUBLISHED, SQL_PUT_PUBLISHED, SQL_LIST_PUBLISHED,
	SQL_PUT_HEAD, SQL_GET_HEAD, SQL_LIST_HEADS,
	/* db/people.c */
	SQL_PUT_USER, SQL_SET_PASSWORD, SQL_SET_USER_ACTIVE, SQL_GET_USER, SQL_LIST_USERS,
	SQL_PUT_SESSION, SQL_GET_SESSION, SQL_DROP_SESSION, SQL_DROP_SESSIONS_OF, SQL_DROP_EXPIRED,
	SQL_COUNT_FAILURES, SQL_COUNT_NETWORK_FAILURES, SQL_PUT_AUDIT, SQL_LIST_AUDIT,
	SQL_MAX
};

/* Rows of SQL_PUT_RESPONSES and SQL_ADD_RECEIPTS. */
enum { PUT_MANY = 16 };

struct db {
	sqlite3 *sqlite;
	char *path;
	int depth;				/* of db_enter(): 0 is outside any transaction */
	int looks;				/* of db_begin_read() */
	int only;				/* DB_STORE: a descriptor with the lock that says so, else -1 */
	int log_tried;				/* DB_STORE: pages of the log when it was last copied back */
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

/* The statement with its parameters bound, in the order in which they first stand in its SQL; the bytes
 * stay the caller's until db_step() has returned 0 or -1. */
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

/* A transaction, or a savepoint inside the caller's; leave keeps what was done if rc is 0, else undoes it.
 * Every enter that returned 0 is followed by one leave.  leave returns rc, or -1 if it could not be kept. */
int db_enter(struct db *db, struct err *err);
int db_leave(struct db *db, int rc, struct err *err);

/* Forget a wave's sums (0: every wave's), and let whoever is summing its rows know.  In the caller's transaction. */
int tally_drop(struct db *db, int64_t wave, struct err *err);

#endif
