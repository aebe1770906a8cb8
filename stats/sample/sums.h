/*
 * All that linearised means and totals need of the rows, from one pass; for this room only.
 */
#ifndef STATS_SAMPLE_SUMS_H
#define STATS_SAMPLE_SUMS_H

#include "stats/sample/in.h"

/* One item in one domain. */
struct sums_row {
	double n;			/* answers with a weight above 0 */
	double w, ww;			/* their weights and squares */
	double t;			/* of w (x - pivot) */
	double s;			/* of w (x - mean)2 */
	bool alike;			/* all x are the same */
};

/*
 * Sums by sampling unit and domain, and, where the weights were raked, by
 * domain and margin cell.  Place of a unit in a domain: unit * domains + domain.
 */
struct sums {
	const struct sample *s;
	const struct domains *domains;
	size_t items;
	bool exact;			/* from codes */
	const double *pivot;		/* pivot[items]: a number near the item's answers */
	struct sums_row *row;		/* row[domains * items] */
	const size_t *count;		/* count[units * domains]: rows with a weight above 0 */
	double *t, *w;			/* [units * domains * items] */
	double *cell_t, *cell_w;	/* [domains * cells * items]; NULL: not raked */
};

/*
 * Can the sums stand for these rows?  One stage, and weights that depend on cells at most.  Columns
 * of numbers in samples of few rows a unit, or of fewer rows than sums_least(), 4096 unless a test
 * says otherwise, are estimated row by row: there an error of exactly nothing stays just that.
 */
bool sums_suffice(const struct sample *s, const struct domains *d, const struct column of[],
	size_t items);
/* Are all columns codes within COLUMN_REACH, and no weight below 2^-16 of the largest?  Then every
 * sum is exact. */
bool sums_exact(const struct sample *s, const struct column of[], size_t items);
void sums_least(size_t rows);

/* The pass; everything in pool. */
void sums_make(struct sums *sums, const struct sample *s, const struct domains *d,
	const struct column of[], size_t items, struct pool *pool);

/* An estimate's linearised variable is (x - pivot - centre) / scale. */
struct sums_linear {
	const struct sums *sums;
	const double *centre, *scale;	/* [domains * items] */
};
/* A unit's total of item j in a domain, weighted. */
static inline double
sums_total(const struct sums_linear *l, size_t unit, size_t domain, size_t j)
{
	const struct sums *s = l->sums;
	size_t at = (unit * s->domains->n + domain) * s->items + j, p = domain * s->items + j;

	return s->w[at] == 0 ? 0 : (s->t[at] - l->centre[p] * s->w[at]) / l->scale[p];
}

/* Does a row of the unit count for the item? */
static inline bool
sums_member(const struct sums *s, size_t unit, size_t domain, size_t j)
{
	return s->w[(unit * s->domains->n + domain) * s->items + j] != 0;
}

#endif
