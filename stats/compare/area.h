/* Small areas: few answers borrow strength from what is known of the others. */
#ifndef STATS_COMPARE_AREA_H
#define STATS_COMPARE_AREA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/pool.h"

/* Direct estimates of n areas and what may explain them.  Plain; points to the caller's arrays. */
struct area_model {
	size_t n;
	const char *const *area;	/* area[n]: names, for messages */
	const double *direct;		/* direct[n] */
	const double *variance;		/* variance[n] > 0: of the direct
					 * estimates, taken as known */
	size_t k;			/* columns of x, with the intercept */
	const double *x;		/* x[n * k], row-major */
	const char *const *name;	/* name[k]: of the columns */
};

/* In the pool. */
struct area_fit {
	double refvar;			/* variance between areas that x does not explain */
	bool boundary;			/* it is 0: the direct estimates vary no more than their
					 * errors do, and every area gets what x predicts */
	double *beta, *beta_se;		/* beta[k] */
	double *eblup;			/* eblup[n]: gamma direct + (1 - gamma) x beta */
	double *mse;			/* mse[n] */
	double *gamma;			/* gamma[n]: trust in the area's own estimate, 0..1 */
};

/*
 * Fit direct = x beta + u + e, var u = refvar, var e = variance, by restricted
 * likelihood: its highest point over refvar >= 0, to rounding.
 *
 * Fails:   FAULT_TOO_FEW (no more areas than columns), FAULT_INPUT naming the area whose estimate
 *          or variance is no number, FAULT_NUMERIC where columns depend on each other.
 * Caution: variances of tiny samples are themselves noise: smooth them first.
 * Source:  Fay & Herriot (1979), JASA 74:269-277; mse g1 + g2 + 2 g3: Prasad & Rao (1990), JASA
 *          85:163-171; Rao & Molina (2015) ch. 6.
 */
int area_fit(struct area_fit *fit, const struct area_model *model, struct pool *pool,
	struct err *err);

#endif
