/* Counts over exposure: exact intervals, comparisons and overdispersion. */
#ifndef STATS_COMPARE_RATE_H
#define STATS_COMPARE_RATE_H

#include <stddef.h>

#include "stats/interval.h"

/* One period: complaints over resident-years. */
struct rate {
	double count;		/* whole, >= 0 */
	double exposure;	/* > 0 */
};

/*
 * Exact interval of a Poisson mean; 0 from below where count is 0.  Source: Garwood (1936),
 * Biometrika 28:437-442.
 */
struct span rate_garwood(double count, double level);
/* Narrower: half of the observed point counts.  Source: Lancaster (1961). */
struct span rate_mid_p(double count, double level);
/* A formula close to Garwood's.  Source: Rothman & Boice (1979). */
struct span rate_byar(double count, double level);

/* Two periods, given their total: exact. */
struct rate_change {
	double ratio;			/* later rate over earlier */
	double low, high;		/* Clopper-Pearson carried over */
	double p_two;			/* sum of the outcomes no likelier than this one, as R's
					 * poisson.test() */
	double p_fall, p_rise;		/* one-sided */
};
/* Source: Przyborowski & Wilenski (1940), Biometrika 31:313-323. */
struct rate_change rate_compare(const struct rate *from, const struct rate *to, double level);

/*
 * One rate for all periods?  overdispersion above 1: complaints come in bunches, the intervals
 * are too narrow.
 */
struct rate_homogeneity {
	double chisq, df, p, overdispersion;	/* chisq / df */
};
struct rate_homogeneity rate_homogeneity(const struct rate rate[], size_t n);

/* Intersection-union p of "fell in each of the last `steps` steps"; NAN with fewer periods. */
double rate_falls(const struct rate rate[], size_t n, size_t steps);

#endif
