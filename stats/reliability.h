/* Do several items measure one thing?  Cronbach's alpha. */
#ifndef STATS_RELIABILITY_H
#define STATS_RELIABILITY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "stats/interval.h"

struct reliability {
	double alpha;		/* from the covariance matrix */
	double standardized;	/* from the correlation matrix */
	double average_r;	/* mean correlation of pairs */
	double n;		/* rows used; pairwise: of the pair with fewest */
	struct span feldt;	/* 95 % interval of alpha for simple random samples */
};

/*
 * Cronbach's alpha of x[k] over n rows; weight NULL: equal.  listwise: rows
 * with every item; otherwise covariances from the rows each pair has.
 *
 * drop[k] and rest[k], where not NULL: alpha without the item (NAN for two
 *          items: one alone has none), and its correlation with the sum of the others.
 * Fails:   FAULT_TOO_FEW for fewer than two items or rows; FAULT_CONSTANT naming the item (from 1).
 * Source:  Cronbach (1951), Psychometrika 16:297-334; Feldt (1965).
 */
int reliability_alpha(struct reliability *r, double drop[], double rest[], const double *const x[],
	size_t k, const double weight[], size_t n, bool listwise, struct err *err);

#endif
