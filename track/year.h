/* Which year the board speaks of. */
#ifndef TRACK_YEAR_H
#define TRACK_YEAR_H

#include "db/db_track.h"

/*
 * The years about which something is known: a reading, an outside result, complaints, peers' scores, or a wave with
 * an answer.  A document alone opens no year: it proves something that is said of one.  Ascending, none beyond the
 * current year (whatever an older program let in).  Lives in pool.
 */
int year_list(const int **year, size_t *n, struct db *db, struct pool *pool, struct err *err);

/*
 * The year a board is made for.  asked 0: the newest known one, or the current year where nothing is known of any.
 * Fails: ERR_REFUSED for a year still to come and for one about which nothing is known; says which years there are.
 */
int year_choose(int *year, int asked, const int known[], size_t n, struct err *err);

/* The first year named in a text, four digits on their own: "2024 年度", "2024-05-12"; 0: none. */
int year_in_text(const char *s);

/*
 * The year from which on a document speaks: the first year its period names, else the year it is dated; one that
 * is dated ahead speaks from the current year on.  0: nothing says, so of any year.
 */
int year_of_document(const struct evidence_row *file);

#endif
