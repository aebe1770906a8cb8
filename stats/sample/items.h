/*
 * Columns of codes ready to be summed, and whole sums of them; for this room's exact.c and spread.c
 * only.
 */
#ifndef STATS_SAMPLE_ITEMS_H
#define STATS_SAMPLE_ITEMS_H

#include "stats/sample/sums.h"

struct item {
	const uint8_t *code;
	const int32_t *whole;
	int32_t part[COLUMN_CODES];	/* of a code, less the pivot; 0 where it is missing */
	bool none[COLUMN_CODES], missing;	/* missing: is some row? */
	uint8_t level[COLUMN_CODES];	/* level[levels]: the codes there are */
	size_t levels;
	int64_t pivot;
	double unit;
};

/* Sums of rows alike in something, about the pivot: of weights in fixed point, their squares, and
 * weights times parts and squares of parts. */
struct run {
	int64_t n;
	__int128 w, ww, t, q;
};

/* One more part of the same. */
static inline void
run_add(struct run *to, const struct run *r)
{
	to->n += r->n;
	to->w += r->w;
	to->ww += r->ww;
	to->t += r->t;
	to->q += r->q;
}

/* Items, and their pivots as numbers; in pool. */
const struct item *items_make(const double **pivot, const struct column of[], size_t items,
	size_t n, struct pool *pool);
/* All of a domain, in points and people. */
struct sums_row items_row(const struct run *all, const struct item *item, double scale);

#endif
