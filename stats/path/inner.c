/* Regressions among constructs. */
#include "stats/path/inner.h"

#include <math.h>

#include "stats/linear.h"

double
pls_regress(double beta[], const double cor[], size_t size, size_t y, const size_t in[], size_t k,
	struct pool *pool)
{
	double *a = pool_array(pool, k * k + 1, sizeof(*a)), r2 = 0;

	for (size_t i = 0; i < k; i++) {
		beta[i] = cor[y * size + in[i]];
		for (size_t j = 0; j < k; j++)
			a[i * k + j] = cor[in[i] * size + in[j]];
	}
	if (k > 0 && linear_solve(a, k, beta, 1) < k)
		return NAN;
	for (size_t i = 0; i < k; i++)
		r2 += beta[i] * cor[y * size + in[i]];
	return r2;
}

size_t
pls_causes(size_t in[], const struct pls_model *model, size_t to)
{
	size_t n = 0;

	for (size_t from = 0; from < model->blocks; from++)
		if (model->path[from * model->blocks + to])
			in[n++] = from;
	return n;
}
