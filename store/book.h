/* What the store knows: the database as it reads it, the catalogue, how to take a submission. */
#ifndef STORE_BOOK_H
#define STORE_BOOK_H

#include "db/ticket.h"
#include "ledger/ticket.h"
#include "store/catalogue.h"
#include "store/client.h"

/* Opened by book_open(); for one thread. */
struct book {
	const char *path;
	struct db *db;			/* NULL after a failure, until it opens again */
	struct pool pool;		/* of the catalogue */
	struct catalogue catalogue;
	struct wave *wave;		/* wave[catalogue.waves], in the same order */
	struct site *site;		/* every site, by code */
	size_t sites;
	int64_t second;			/* when the catalogue was read */
	char *told;			/* what was last said on stderr of rows left out
					 * of it; NULL: nothing */
	bool has_key;
	struct ticket_key key;		/* of tickets, read when the first one comes */
};

int book_open(struct book *book, const char *path, struct err *err);
void book_close(struct book *book);

/* Read the catalogue again if the database's has changed or a wave may have opened or closed;
 * opens the database again after a failure. */
int book_refresh(struct book *book, struct err *err);

/* What failed is not worth guessing at: close the database, which the next book_refresh() opens
 * again.  The catalogue stays until then. */
void book_let_go(struct book *book);

/* One submission on its way: checked again here, since the intake faces strangers. */
struct book_entry {
	struct response_row row;
	const char *phone;		/* for a callback, or "" */
	bool fresh, same, called;	/* set by pen_write(), see struct store_receipt */
	enum err_code late;		/* what it is refused with unless its key was stored before;
					 * set to ERR_NONE then */
	bool ticketed;			/* it comes with a ticket, hash */
	unsigned char hash[TICKET_HASH_N];
	enum ticket_state ticket;	/* not TICKET_LIVE: refused, not
					 * stored; set by pen_write() */
};
/*
 * What comes too late for its wave (entry->late ERR_CONFLICT) or its site (ERR_MISSING) is let
 * through all the same: it may be the resend of what is stored.
 * Fails: ERR_CONFLICT (no such wave), ERR_MISSING (no such site), ERR_INPUT (anything else).
 */
int book_accept(struct book *book, struct book_entry *entry, const struct store_submission *s,
	struct pool *pool, struct err *err);

/* ---- book_ticket.c ---- */
/* What a code is worth to a page opened at that minute; batch is filled where there is one, its
 * wave 0 if the catalogue has it no more. */
int book_ticket(struct book *book, enum ticket_state *state, struct ticket_batch *batch,
	unsigned char hash[TICKET_HASH_N], const char *code, int64_t opened, struct pool *pool,
	struct err *err);

/* ---- book.c ---- */
/* Code of a site by its number, "" if there is none. */
const char *book_site_code(const struct book *book, int64_t site);

/* Is the answer of a receipt in, and unchanged? */
int book_check(struct book *book, struct store_check *check, const char *receipt, struct err *err);

#endif
