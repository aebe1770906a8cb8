/* Which year the board speaks of. */
#ifndef TRACK_YEAR_H
#define TRACK_YEAR_H

#include <stdbool.h>

#include "db/track.h"
#include "track/programme/programme.h"

/*
 * The years about which something is known: a reading, an outside result, complaints, peers'
 * scores, or a wave with an answer.  A document alone opens no year: it proves something that is
 * said of one.  Ascending, none beyond the current year (whatever an older program let
 * in).  Lives in pool.
 */
int year_list(const int **year, size_t *n, struct db *db, const struct programme *programme,
	struct pool *pool, struct err *err);

/*
 * The year of a board for which none is asked: the newest that is known for most, so that one entry
 * of a new year does not empty the board.  That is the newest known year with an answer to a wave,
 * or with readings in at least half of the rows that need one of that very year (a clause that
 * people fill in and that is counted by the year); where there is no such year the newest known
 * one; where nothing is known of any the current one.
 */
struct year_records {
	const struct programme *programme;
	const struct reading_row *reading;	/* every reading there is */
	size_t readings;
};
int year_newest(int *year, struct db *db, const int known[], size_t n,
	const struct year_records *records, struct pool *pool, struct err *err);

/*
 * The year a board is made for.  asked 0: the newest (year_newest()).
 * Fails: ERR_REFUSED for a year still to come and for one about which nothing is known; says
 * which years there are.
 */
int year_choose(int *year, int asked, int newest, const int known[], size_t n, struct err *err);

/* The first year named in a text, four digits on their own: "2024 年度", "2024-05-12"; 0: none. */
int year_in_text(const char *s);

/*
 * The year from which on a document speaks: the first year its period names, else the year it is
 * dated; one that is dated ahead speaks from the current year on.  0: nothing says, so of any year.
 */
int year_of_document(const struct evidence_row *file);

/*
 * Is a document one of that year?  "2022—2024 年" is of three; without a period the year of its
 * day.  What is counted by the year is proven by such a document alone; one that says
 * neither proves none.
 */
bool year_covered(const struct evidence_row *file, int year);

#endif
