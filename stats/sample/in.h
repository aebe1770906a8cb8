/*
 * The inside of a sample; for this room, weight/, compare/regress.c and path/index.c only.
 */
#ifndef STATS_SAMPLE_IN_H
#define STATS_SAMPLE_IN_H

#include <stdint.h>

#include "stats/sample/fixed.h"
#include "stats/sample/sample.h"

/*
 * Auxiliary variables the weights were calibrated to: dense, or one indicator per margin.  Where
 * rows alike in every margin got the same factor, they are a cell.
 */
struct calibration {
	size_t k;		/* variables */
	size_t entries;		/* per row: k if dense, margins otherwise */
	const size_t *index;	/* index[n * entries], of cells [cells * entries]; NULL: dense */
	const uint32_t *cell;	/* cell[n]; NULL: factors differ within a cell */
	size_t cells;
	const double *cell_g;	/* cell_g[cells] */
	const double *cell_base;	/* cell_base[cells]: sum of base */
	const double *x;	/* x[n * k]; NULL: indicators, all 1 */
	const double *base;	/* base[n]: weights before */
	const double *g;	/* g[n]: factor calibration gave, before any trimming; NULL: that of
				 * the row's cell */
	const double *spread;	/* spread[n]: assumed variance of the residual; NULL: 1 */
};

static inline double
calibration_g(const struct calibration *c, size_t row)
{
	return c->g != NULL ? c->g[row] : c->cell_g[c->cell[row]];
}

/* Replicate weights, ready to multiply. */
struct replicates {
	size_t r;
	const double *const *weight;	/* weight[r][n]: combined with the sampling weight */
	const double *rscale;		/* rscale[r], times scale */
	bool mse;			/* centre on the full estimate, not the mean of the
					 * replicates */
	double df;
	bool df_given;			/* by the user: of every domain too */
};

struct sample {
	size_t n;
	const struct sample_design *from;
	double *weight;			/* weight[n] */
	struct fixed_range range;	/* of them */
	bool alone;			/* some units are rows without a cluster */
	size_t stages;			/* with a variance of their own: at least 1 */
	struct design stage[SAMPLE_STAGES];
	uint32_t *unit[SAMPLE_STAGES];	/* unit[stage][n]: which unit a row is in */
	uint32_t *stratum[SAMPLE_STAGES];	/* stratum[stage][units]: of a unit */
	const struct calibration *calibration;
	const struct replicates *replicates;
	struct pool *pool;
};

/* Domains of an ask: which one each row is in, and their labels. */
struct domains {
	size_t n;			/* domains */
	const uint32_t *of;		/* of[rows]; FACTOR_NONE outside */
	const char *const *const *part;	/* part[n][bys] */
	bool subset;			/* where was given */
};

/* ---- cov.c ---- */
void sample_domains(struct domains *d, const struct sample *s, const struct factor *const by[],
	size_t bys, const bool where[], struct pool *pool);

/*
 * Weighted linearised variables, each row's in the columns of its domain:
 * column of item j in domain d is d * items + j.  u[row * items + j], 0 where
 * the row does not count.
 */
struct sums_linear;
struct linear_rows {
	const struct domains *domains;
	size_t items;
	const double *u;
	const bool *member;	/* member[row * items + j]: counts for that item */
	bool within;		/* covariances between domains are not wanted: NAN */
	const struct sums_linear *sums;	/* in place of u and member; NULL: those */
};

/*
 * Covariance of all columns: cov[k * k], k = domains * items.  fault[k] gets
 * FAULT_LONELY_PSU or FAULT_ONE_PSU for columns whose domain meets one under
 * policy fail; their covariances are NAN.  keep (NULL: none) gets the units' totals in pool, where
 * units can be matched by their names.
 */
void sample_covariance(const struct sample *s, const struct linear_rows *rows, double cov[],
	int fault[], struct table *keep, struct pool *pool);

/* ---- sample.c ---- */
/* PSUs less strata with a counting row (any item); rows NULL: with a weight. */
double sample_domain_df(const struct sample *s, const bool keep[]);

#endif
