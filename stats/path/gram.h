/*
 * Sums from which any replicate's moments follow; for pls_*.c only.
 *
 * A replicate changes how much each unit (a PSU, or a row) counts, never an
 * answer.  So the answers are kept as columns of numbers, and a replicate
 * needs the weighted products of every pair of columns: a Gram matrix.
 */
#ifndef STATS_PATH_GRAM_H
#define STATS_PATH_GRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdint.h>

#include "stats/path/pls.h"

enum { PLS_BLOCK = 512 };	/* rows at a time: their columns stay in the nearest cache */

/*
 * Columns: one of ones, the items less a shift (0 where missing), who answered
 * (for items somebody did not), and for pairwise moments the squares.
 * In the pool it was made in; read by many threads at once.
 */
struct pls_gram {
	const struct pls_model *model;
	enum pls_missing missing;
	size_t columns;
	size_t size;			/* of a Gram matrix: columns (columns + 1) / 2,
					 * lower triangle by rows */
	size_t *flag;			/* flag[items]: column of who answered;
					 * 0 where everybody did */
	size_t square;			/* first column of squares; 0: none */
	double *shift;			/* shift[items] */
	size_t rows;			/* that count */
	size_t blocks;			/* of PLS_BLOCK rows, the last filled up with zeros */
	double *column;			/* column[(block * columns + c) * PLS_BLOCK + row] */
	int16_t *small;			/* the same where all are small whole numbers and
					 * weights equal; else NULL */
	double *weight;			/* weight[blocks * PLS_BLOCK] */
	uint32_t *unit;			/* unit[rows] */
	size_t units;
	double *sums;			/* sums[units * size], where that is less work; else NULL */
};

/*
 * x[rows * items] (NAN missing), w[rows] (NULL: 1 each; 0: out), unit[rows] < units.
 * Domain: pls_moments() of the same arguments has succeeded.
 */
void pls_gram_make(struct pls_gram *g, const double x[], size_t rows, const struct pls_model *model,
	const double w[], const uint32_t unit[], size_t units, enum pls_missing missing,
	struct pool *pool);

/* Gram matrix in which unit u counts factor[u] times: sum[size]. */
void pls_gram_sums(double sum[], const struct pls_gram *g, const double factor[],
	struct pool *pool);

/* rest[size] = all[size] less factor times the sums of one unit; first[u], first[u +
 * 1]: its rows in order. */
struct pls_gram_units {
	const size_t *first;		/* first[units + 1] */
	const size_t *row;		/* row[rows], by unit */
};
void pls_gram_units(struct pls_gram_units *by, const struct pls_gram *g, struct pool *pool);
void pls_gram_add_unit(double sum[], const struct pls_gram *g, const struct pls_gram_units *by,
	size_t u, double factor, struct pool *pool);

/*
 * Moments of a Gram matrix.  m has room.
 * Returns: 0, FAULT_CONSTANT, or FAULT_TOO_FEW where nobody counts.
 */
int pls_gram_moments(struct pls_moments *m, const struct pls_gram *g, const double sum[]);

#endif
