/* The one hand that writes answers: a batch of them in a transaction, and the
 * housekeeping that follows. */
#ifndef STORE_PEN_H
#define STORE_PEN_H

#include "store/book.h"
#include "store/once.h"

/* A database handle of its own, so that it may write while the book is read; for one thread. */
struct pen {
	const char *path;		/* not copied */
	struct db *db;			/* NULL after a failure, until it opens again */
	int64_t tidied;			/* second of the last look for phones to delete */
	int64_t wrote;			/* second of the last batch, or of the
					 * last try to copy the log */
	bool spent;			/* a ticket was used since the log was last emptied */
	struct receipt_run run;		/* receipts on their way into the index */
	struct once guessed;		/* rows whose key came with other answers */
	struct once called;		/* rows that left a phone */
};

int pen_open(struct pen *pen, const char *path, struct err *err);
void pen_close(struct pen *pen);

/*
 * All of them in one transaction, on disk when it returns 0; none of them on -1.  An entry whose
 * ticket cannot be used is left out and told so; one whose key was stored before gets that receipt
 * and needs no ticket.
 *
 * Such a one is told whether it says the same only until it once did not: whoever knows the key of
 * somebody else's answer has one guess at it, right or wrong, and not one for every level.  From
 * then on it is "not the same", whatever it says.  An answer adds one phone at most, and a phone
 * waits once for a place and day, whoever left it; all are told alike that it is noted, so that
 * nobody learns whose phone waits.  Both are kept in memory alone: a store started anew has
 * forgotten them, and of the answers of a batch that failed they are forgotten with it.
 */
int pen_write(struct pen *pen, struct book_entry *entry[], size_t n, struct err *err);

/* Housekeeping in small portions: receipts into their index, phones out when their time has come,
 * the log into the file when nobody has answered for a second.  True if there may be more of it.
 * Failures wait for the next time. */
bool pen_tidy(struct pen *pen);

#endif
