/* Inside track: an entry held against what is already on record.  Each: 0, or -1 with *err. */
#ifndef TRACK_CHECK_IN_H
#define TRACK_CHECK_IN_H

#include "track/known.h"

/* ---- check_record.c ---- */
/* A value of a sub-target that was signed as not applicable or without a yardstick
 * would be read by nobody. */
int check_applies(struct db *db, const char *indicator, const struct rule *rule, struct pool *pool,
	struct err *err);

/* A source speaks of its own time: not of a year that begins after it is dated. */
int check_source_year(const struct reading_row *row, struct err *err);

/*
 * What the agency's report says of a dimension counts with the agency's result of that year, its
 * qualification on record, and where the source names the agency.  The city's
 * own word is none of it.
 */
int check_agency(struct db *db, const struct reading_row *row, struct pool *pool, struct err *err);

/* "适用" takes back what was signed of a clause whose number nobody may sign: there must be
 * something to take back. */
int check_restored(struct db *db, const struct threshold_row *row, const struct rule *rule,
	struct pool *pool, struct err *err);

/* What is signed for a yardstick that was signed as gone brings it back: that takes a
 * document, as its end did. */
int check_reinstated(struct db *db, const struct threshold_row *row, struct pool *pool,
	struct err *err);

/* A standard for a survey, signed on a day before it began but entered afterwards, needs the
 * document that shows it. */
int check_late(struct db *db, const struct threshold_row *row, const struct rule *rule,
	struct pool *pool, struct err *err);

#endif
