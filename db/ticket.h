/* Tickets in the database: single-use codes, known by their keyed hash alone. */
#ifndef DB_TICKET_H
#define DB_TICKET_H

#include "db/survey.h"

enum { TICKET_HASH_N = 16 };

/* Tickets made in one go.  Strings are never NULL. */
struct ticket_batch {
	int64_t id;
	int64_t wave, site;	/* site 0: none */
	const char *stratum, *cluster;	/* of the design, for the answer's row; "" if none */
	int64_t weight;		/* base weight in millionths */
	int64_t issued, expires;	/* minutes; expires 0: with the wave */
	const char *note;	/* for whom, in words */
	int64_t n, used, void_;	/* counted when listed */
};

/* Store a batch with its tickets, all or none; sets batch->id.  ERR_CONFLICT if a hash is taken. */
int db_put_tickets(struct db *db, struct ticket_batch *batch,
	const unsigned char hash[][TICKET_HASH_N], size_t n, struct err *err);

/* By wave (0: every wave), then id, with their counts. */
int db_list_tickets(struct db *db, int64_t wave, struct ticket_batch **batch, size_t *batches,
	struct pool *pool, struct err *err);

/* One ticket with its batch; ERR_MISSING if there is none.  state: "live", "used", "void". */
int db_get_ticket(struct db *db, struct ticket_batch *batch, const char **state,
	const unsigned char hash[TICKET_HASH_N], struct pool *pool, struct err *err);

/* Use it up: *spent false if it was not live.  Nothing is written of when, or by which answer. */
int db_spend_ticket(struct db *db, const unsigned char hash[TICKET_HASH_N], bool *spent,
	struct err *err);

/* Take back those of a batch, or one, that were not used; *n gets how many. */
int db_void_batch(struct db *db, int64_t batch, int64_t *n, struct err *err);
int db_void_ticket(struct db *db, const unsigned char hash[TICKET_HASH_N], bool *done,
	struct err *err);

#endif
