/* Normal equations whose columns may depend on each other. */
#ifndef STATS_LINEAR_H
#define STATS_LINEAR_H

#include <stddef.h>

/*
 * Solve a x = b for a symmetric positive semidefinite matrix: k x k
 * row-major, destroyed; b is k x m row-major and becomes x.  Columns that
 * depend on others (the second margin's last category) get 0, which leaves
 * fitted values as they are.
 *
 * Returns: the rank.
 */
size_t linear_solve(double a[], size_t k, double b[], size_t m);

#endif
