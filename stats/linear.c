/* Gauss-Jordan elimination on the diagonal, largest relative pivot first. */
#include "stats/linear.h"

#include <math.h>
#include <stdlib.h>

#include "base/err.h"

#define DEPENDENT 1e-11	/* a pivot this small against its own start is rounding */

static size_t
pivot_find(const double a[], size_t k, const double start[], const char used[])
{
	size_t best = k;
	double most = DEPENDENT, left;

	for (size_t i = 0; i < k; i++) {
		if (used[i] || start[i] <= 0)
			continue;
		left = a[i * k + i] / start[i];
		if (left > most) {
			most = left;
			best = i;
		}
	}
	return best;
}

static void
pivot_apply(double a[], size_t k, double b[], size_t m, size_t p)
{
	double d = a[p * k + p], f;

	for (size_t j = 0; j < k; j++)
		a[p * k + j] /= d;
	for (size_t j = 0; j < m; j++)
		b[p * m + j] /= d;
	for (size_t i = 0; i < k; i++) {
		f = a[i * k + p];
		if (i == p || f == 0)
			continue;
		for (size_t j = 0; j < k; j++)
			a[i * k + j] -= f * a[p * k + j];
		for (size_t j = 0; j < m; j++)
			b[i * m + j] -= f * b[p * m + j];
	}
}

size_t
linear_solve(double a[], size_t k, double b[], size_t m)
{
	double *start = malloc((k + 1) * sizeof(*start));
	char *used = calloc(k + 1, 1);
	size_t p, rank = 0;

	if (start == NULL || used == NULL)
		err_die("out of memory");
	for (size_t i = 0; i < k; i++)
		start[i] = a[i * k + i];
	while ((p = pivot_find(a, k, start, used)) < k) {
		used[p] = 1;
		rank++;
		pivot_apply(a, k, b, m, p);
	}
	for (size_t i = 0; i < k; i++)
		for (size_t j = 0; !used[i] && j < m; j++)
			b[i * m + j] = 0;
	free(start);
	free(used);
	return rank;
}
