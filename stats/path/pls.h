/* Satisfaction models by partial least squares: ECSI, ACSI, CCSI. */
#ifndef STATS_PATH_PLS_H
#define STATS_PATH_PLS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/pool.h"

enum pls_scheme {
	PLS_PATH,	/* predecessors by regression, successors by correlation */
	PLS_CENTROID,	/* sign of the correlation */
	PLS_FACTORIAL	/* the correlation */
};
enum pls_mode {
	PLS_MODE_A,	/* items reflect the construct: weights by correlation */
	PLS_MODE_B	/* items form it: weights by regression */
};

/* What causes what, and what measures it.  Plain value; points to the caller's arrays. */
struct pls_model {
	const char *const *block;	/* names of the constructs */
	size_t blocks;
	const char *const *item;	/* names of the items */
	size_t items;
	const size_t *of;		/* of[items]: construct each item measures */
	const bool *path;		/* path[from * blocks + to]; no circles */
	enum pls_scheme scheme;
	enum pls_mode mode;
	double low, high;		/* ends of the questionnaire's scale, not of the sample;
					 * NAN: unknown, no index */
};

/* All that the algorithm needs of the answers.  In the caller's memory. */
struct pls_moments {
	double *mean, *sd;		/* of each item, n - 1 */
	double *cor;			/* items x items, row-major */
	double n;			/* respondents (or what stands for them: sum of
					 * weights scaled to n) */
};

/* What comes out; every array lives in the pool.  Undefined is NAN. */
struct pls_fit {
	double *weight;		/* of each item, scaled so that its construct has variance 1 */
	double *raw_weight;	/* weight / sd, scaled to sum 1 in its block: what the index uses */
	double *loading;	/* of each item on its construct */
	double *cross;		/* items x blocks */
	double *path;		/* blocks x blocks, [from * blocks + to] */
	double *total;		/* direct and indirect effects, likewise */
	double *cor;		/* blocks x blocks: correlations of the constructs */
	double *r2, *r2_adjusted;	/* of each construct; 0 where nothing leads to it;
					 * adjusted NAN under one df */
	double *alpha_raw, *alpha, *rho_a, *rho_c, *ave;	/* reliability of each
								 * block; 1 for single items */
	double *htmt;		/* blocks x blocks, [row > column] filled both
				 * ways; NAN on the diagonal */
	double *f2, *vif;	/* [from * blocks + to]; 0 where there is no path */
	/* Mode A corrected for attenuation (PLSc); NAN in mode B, or where a
	 * reliability is not positive. */
	double *consistent_path, *consistent_r2, *consistent_loading;
	bool admissible;	/* those could be correlations of something: none beyond
				 * 1, positive definite */
	double *index;		/* 0..100 on the questionnaire's scale (Fornell et al. 1996) */
	double *index_sd;	/* of the persons' indices, n - 1 */
	bool *outside;		/* a negative raw weight lets the index leave 0..100 */
	int iterations;
};

/*
 * Fit the model to moments.
 *
 * Domain:  low < high, or NAN.
 * Fails:   FAULT_CONSTANT (an item with sd 0, named), FAULT_INPUT (paths in a circle, a block
 *          without items or without paths, all named), FAULT_TOO_FEW (no more respondents than
 *          the largest regression has unknowns), FAULT_NOT_CONVERGED (max|dw| < 1e-12 not
 *          reached in 3000 rounds), FAULT_NUMERIC (a singular regression, correlations
 *          that no answers could have).
 * Caution: mode A estimates are attenuated (Dijkstra and Henseler 2015); inference by
 *          resampling whole clusters.
 * Source:  Wold (1982), Lohmoeller (1989); index: Fornell et al. (1996), J. Marketing 60:7-18;
 *          sign rule: sum of the signs of a block's loadings is positive; where they balance, the
 *          sum of the loadings is.
 */
int pls_fit(struct pls_fit *fit, const struct pls_model *model, const struct pls_moments *m,
	struct pool *pool, struct err *err);

/*
 * The same without reliability, htmt, f2, vif and the consistent estimates, which stay 0: what a
 * replicate needs.  The model has been through pls_fit() before.
 */
int pls_solve(struct pls_fit *fit, const struct pls_model *model, const struct pls_moments *m,
	struct pool *pool, struct err *err);

/* ---- from answers to moments ---- */

enum pls_missing { PLS_MEAN, PLS_LISTWISE, PLS_PAIRWISE };

/* ---- moments.c ---- */
/*
 * Moments of answers x[rows * items] (NAN missing) with weights w[rows] (NULL: 1 each; a row of
 * weight 0 is out), whose scale does not matter.
 *   PLS_MEAN      a missing answer is the item's mean (as seminr)
 *   PLS_LISTWISE  rows with every item answered
 *   PLS_PAIRWISE  each correlation from the rows that have both
 * Fails: FAULT_ALL_MISSING names the item; FAULT_TOO_FEW under two rows, or, pairwise, under two
 *        that answered both of two items, which it names.
 */
int pls_moments(struct pls_moments *m, const double x[], size_t rows, const struct pls_model *model,
	const double w[], enum pls_missing missing, struct pool *pool, struct err *err);

/* ---- inside stats/: quality of a fitted model (quality.c) ---- */

int pls_quality(struct pls_fit *fit, const struct pls_model *model, const struct pls_moments *m,
	struct pool *pool, struct err *err);

#endif
