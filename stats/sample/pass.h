/*
 * Rows in order of what they are summed by, in blocks for several threads; for this room's sums.c,
 * exact.c, numbers.c and spread.c only.
 */
#ifndef STATS_SAMPLE_PASS_H
#define STATS_SAMPLE_PASS_H

#include "stats/sample/sums.h"

/* Rows group by group: group g has first[g] .. first[g + 1] - 1. */
struct order {
	size_t groups, n;	/* n: rows in some group */
	size_t *first;		/* first[groups + 1] */
	uint32_t *row;		/* row[n]; NULL: as they stand */
	size_t blocks;
	size_t *from;		/* from[blocks + 1]: groups, cut by the data alone, whatever the
				 * number of threads */
};

/* One pass over columns. */
struct pass {
	struct sums *out;
	const struct column *of;
	struct order order;	/* by place: unit, then domain */
	size_t cells;
	/* Of numbers, block by block: */
	struct sums_row *part;		/* part[blocks * rows]; s about the pivot */
	double *cell_t, *cell_w;	/* [blocks * domains * cells * items] */
};

/* Numbers by unit, domain and item; and by domain, cell and item. */
#define PASS_PLACES ((size_t)1 << 26)
#define PASS_CELLS ((size_t)1 << 22)

/* The group of a row by its place, and by domain and cell; FACTOR_NONE: it counts nowhere. */
static inline size_t
pass_place(const struct sums *o, size_t i)
{
	return o->domains->of[i] == FACTOR_NONE || o->s->weight[i] == 0 ? FACTOR_NONE :
		o->s->unit[0][i] * o->domains->n + o->domains->of[i];
}

static inline size_t
pass_cell(const struct sums *o, size_t i)
{
	const struct calibration *c = o->s->calibration;

	return o->domains->of[i] == FACTOR_NONE || o->s->weight[i] == 0 ? FACTOR_NONE :
		o->domains->of[i] * c->cells + c->cell[i];
}

/* room: blocks at most. */
void pass_order(struct order *order, const struct sums *o,
	size_t (*group)(const struct sums *o, size_t i), size_t groups, size_t room,
	struct pool *pool);

static inline size_t
order_row(const struct order *order, size_t k)
{
	return order->row == NULL ? k : order->row[k];
}

/* ---- exact.c ---- */
/* All sums and the pivots, from codes. */
void exact_sum(struct pass *p, struct pool *pool);

/* ---- spread.c ---- */
/* Are there few sums beside the rows?  Then all sums, the pivots and how many rows each place has,
 * from codes, without any order. */
bool spread_fits(const struct pass *p);
void spread_sum(struct pass *p, size_t **count, struct pool *pool);

/* ---- numbers.c ---- */
/* The sums of every block, and the pivots, from numbers. */
void numbers_sum(struct pass *p, struct pool *pool);

#endif
