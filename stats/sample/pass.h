/*
 * Rows in order of sampling unit, domain and margin cell, in blocks for several threads; for
 * pass.c, sums.c, exact.c and pairs.c only.
 */
#ifndef STATS_SAMPLE_PASS_H
#define STATS_SAMPLE_PASS_H

#include "stats/sample/sums.h"

/* One pass over columns. */
struct pass {
	struct sums *out;
	const struct column *of;
	size_t places, n;	/* units * domains; rows that count */
	size_t *first;		/* first[places + 1]: in order */
	uint32_t *row;		/* row[n], in order; NULL: as they stand */
	uint32_t *cell;		/* cell[n], in order; NULL: not raked */
	size_t cells;
	size_t blocks;
	size_t *from;		/* from[blocks + 1]: places */
	struct sums_row *part;	/* part[blocks * rows] */
	double *cell_t, *cell_w;	/* [blocks * domains * cells * items] */
};

/* Numbers by unit, domain and item; and by domain and cell, over all blocks. */
#define PASS_PLACES ((size_t)1 << 26)
#define PASS_CELLS ((size_t)1 << 22)

/* Order and blocks: both by the data alone, whatever the number of threads. */
void pass_make(struct pass *p, struct pool *pool);

static inline size_t
pass_row(const struct pass *p, size_t k)
{
	return p->row == NULL ? k : p->row[k];
}

/* Does a row count? */
static inline bool
pass_counts(const struct sums *o, size_t i)
{
	return o->domains->of[i] != FACTOR_NONE && o->s->weight[i] != 0;
}

/* ---- exact.c ---- */
/* The sums of every block, and the pivots, from codes and whole weights. */
void exact_sum(struct pass *p, struct pool *pool);

/* ---- numbers.c ---- */
/* The same from numbers, or under any weights. */
void numbers_sum(struct pass *p, struct pool *pool);

#endif
