/*
 * One stage's covariance in its parts; for cov.c, block.c and residual.c
 * only.
 */
#ifndef STATS_SAMPLE_STAGE_H
#define STATS_SAMPLE_STAGE_H

#include "stats/sample/sums.h"

/* Regression of the linearised rows on the auxiliaries. */
struct residuals {
	const struct calibration *c;
	double *slope;		/* slope[c->k * k] */
	size_t k;
};

/* What every stage works on. */
struct stage_work {
	const struct sample *s;
	const struct linear_rows *rows;
	const struct residuals *residuals;	/* NULL: not calibrated */
	size_t k;
	bool within;
	double *cov;
	int *fault;
	struct pool *pool;
};

/* Are the linearised variables sums of codes? */
static inline bool
stage_exact(const struct stage_work *w)
{
	return w->rows->sums != NULL && w->rows->sums->sums->exact;
}

/* ---- residual.c ---- */
/* Regress the linearised rows on the auxiliaries, by base weights. */
void residuals_make(struct residuals *r, const struct calibration *c,
	const struct linear_rows *rows, size_t n, struct pool *pool);
/* Totals of the weighted auxiliaries by unit of a stage: [units * c->k], in pool.  exact: added as
 * codes are; otherwise row by row, as the linearised variables are, so that what is explained whole
 * leaves exactly nothing. */
double *residuals_auxiliary(const struct sample *s, size_t stage, bool exact, struct pool *pool);
/* Take from the totals of units what the auxiliaries explain. */
void residuals_take(const struct residuals *r, double total[], const struct sample *s, size_t stage,
	bool exact, struct pool *pool);

/* ---- block.c ---- */
/*
 * Each domain's own block of cov[], from the units it touches alone.  own: the
 * lonely policy looks at the strata a column's own members are in, column by column.
 */
void stage_blocks(const struct stage_work *w, const struct design *d, size_t stage, bool own,
	double cov[]);

#endif
