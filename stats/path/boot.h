/* How sure a path model is: bootstrap and jackknife over PSUs, and the index
 * as a survey estimate. */
#ifndef STATS_PATH_BOOT_H
#define STATS_PATH_BOOT_H

#include <stdint.h>

#include "stats/path/pls.h"
#include "stats/sample/sample.h"

enum pls_resampling { PLS_BOOTSTRAP, PLS_JACKKNIFE };

enum { PLS_REPLICATES = 1000, PLS_REPLICATES_MAX = 1000000 };

struct pls_resample {
	enum pls_resampling way;
	size_t replicates;		/* of the bootstrap, at least 2; the
					 * jackknife has one per PSU */
	uint64_t seed;
	bool rescaled;			/* draw n - 1 of a stratum's n PSUs,
					 * weights times n / (n - 1) */
	const uint32_t *draw;		/* draw[replicates * draws]: rows from 0,
					 * instead of drawing; NULL */
	size_t draws;			/* in each replicate */
	double level;			/* 0: 0.95 */
	unsigned threads;		/* 0: one per processor; the result does not depend on it */
};

/* What replicates say of one number.  NAN where fewer than two had a solution. */
struct pls_spread {
	double mean;			/* of the replicates */
	double se;
	double low, high;		/* percentiles (bootstrap), or t on the
					 * design's degrees of freedom */
};

/* In the pool. */
struct pls_replicates {
	size_t replicates;		/* asked for */
	size_t constant, unsolved, unconverged;	/* without a solution, by the reason; left out */
	double df;			/* of the design: PSUs less strata */
	struct pls_spread *weight, *loading;	/* of each item */
	struct pls_spread *path, *total;	/* blocks x blocks; all 0 where there is no way */
	struct pls_spread *r2, *index;		/* of each construct */
};

/*
 * Fit the model again and again.  Every replicate has its own stream of random numbers and the
 * sign rule of pls_fit(), so that a seed gives the same result whatever the threads.
 *
 *   bootstrap  n of n PSUs with replacement within each stratum, their weights with them; rescaled:
 *              n - 1 of n (needed where strata have few PSUs: the plain draw is too narrow by
 *              (n - 1) / n).  se is the standard deviation of the replicates (R - 1), the
 *              interval their percentiles (type 7).
 *   jackknife  leave out one PSU: sum over strata of (n - 1) / n times the squares about the mean
 *              of all replicates; one stratum is JK1.
 *
 * Shape:   x[rows * items] as for pls_moments(), rows being those of the sample, whose weights
 *          count.
 * Domain:  fit is pls_fit() of the same answers.
 * Fails:   FAULT_LONELY_PSU naming the strata (unless the design took them with certainty),
 *          FAULT_ONE_PSU, FAULT_INPUT (stored draws that are no rows, or of clusters; more
 *          replicates than can be kept).
 * Caution: a replicate without a solution is counted and left out: say so.
 * Source:  Efron (1979); Rao & Wu (1988), JASA 83:231-241; Wolter (2007); percentiles:
 *          Hyndman & Fan (1996).
 */
int pls_resample(struct pls_replicates *out, const struct pls_model *model,
	const struct pls_fit *fit, const double x[], const struct sample *sample,
	enum pls_missing missing, const struct pls_resample *how,
	struct pool *pool, struct err *err);

/* ---- index.c ---- */
/*
 * The 0..100 index of every construct as a linearised survey estimate with the fitted weights held
 * fixed: one row per construct, in order; the interval is the logit's where no raw weight is
 * negative.
 *
 * PLS_LISTWISE takes the complete rows of a simple sample as the sample, of any other as a domain.
 *
 * Caution: with PLS_MEAN the replaced answers count as given ones, which makes se too small;
 *          PLS_PAIRWISE linearises each item's own mean.
 * Source:  Fornell et al. (1996); Binder (1983).
 */
int pls_index(struct table *t, const struct pls_model *model, const struct pls_fit *fit,
	const struct pls_moments *m, const double x[], const struct sample *sample,
	enum pls_missing missing, double level, struct pool *pool, struct err *err);

/*
 * Every row's constructs: standard[rows * blocks] with mean 0 and variance 1, index[rows * blocks]
 * on 0..100.  NAN where an item is missing, but with PLS_MEAN a missing answer is the item's mean.
 */
void pls_scores(double standard[], double index[], const struct pls_model *model,
	const struct pls_fit *fit,
	const struct pls_moments *m, const double x[], size_t rows, enum pls_missing missing);

#endif
