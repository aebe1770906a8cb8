/* The inner model: how constructs follow from each other. */
#ifndef STATS_PATH_INNER_H
#define STATS_PATH_INNER_H

#include "stats/path/pls.h"

/*
 * Regression among standardised variables: row y of cor[size * size] on the
 * k variables in[]; beta[k].  Returns R squared, NAN when the predictors depend on
 * each other.  k 0 gives 0.
 */
double pls_regress(double beta[], const double cor[], size_t size, size_t y, const size_t in[],
	size_t k, struct pool *pool);
/* Predecessors of a construct, ascending; returns how many. */
size_t pls_causes(size_t in[], const struct pls_model *model, size_t to);

#endif
