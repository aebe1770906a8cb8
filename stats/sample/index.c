/* The published index: items combined with their covariance, domain by domain. */
#include <math.h>
#include <string.h>

#include "stats/fault.h"
#include "stats/sample/sample.h"

static void
index_row(struct table *t, const struct table *items, size_t n, size_t d, const double a[],
	const char *name, enum interval interval, struct pool *pool)
{
	double *full = pool_array(pool, items->rows, sizeof(*full));

	memcpy(full + d * n, a, n * sizeof(*full));
	t->row[d] = table_combine(items, full, name, 100, interval, pool);
	t->row[d].by = items->row[d * n].by;
	table_row_explain(&t->row[d], items->bys, pool);
}

static double
index_covariance(const struct table *items, size_t n, size_t d, size_t e, const double a[])
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			if (a[i] != 0 && a[j] != 0)
				sum += a[i] * a[j] *
					items->cov[(d * n + i) * items->rows + e * n + j];
	return sum;
}

/* Totals of the linearised index: those of its items, by their weights. */
static const double *
index_totals(const struct table *items, size_t n, const double a[], struct pool *pool)
{
	size_t psus, rows = items->rows / n;
	double *total;

	if (items->total == NULL)
		return NULL;
	psus = items->design->psus;
	total = pool_array(pool, psus * rows + 1, sizeof(*total));
	for (size_t k = 0; k < psus; k++)
		for (size_t i = 0; i < items->rows; i++)
			if (a[i % n] != 0)
				total[k * rows + i / n] +=
					a[i % n] * items->total[k * items->rows + i];
	return total;
}

static int
weights_scale(double scaled[], const double a[], size_t n, const char *name, struct err *err)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++) {
		if (!(a[i] >= 0) || isinf(a[i]))
			return fault_set(err, FAULT_INPUT, "指数 %s 的权数 %g 不是非负数",
				"index %s: weight %g is not a number of at least 0", name, a[i]);
		sum += a[i];
	}
	if (!(sum > 0))
		return fault_set(err, FAULT_INPUT, "指数 %s 的权数之和为 0",
			"index %s: the weights sum to 0", name);
	for (size_t i = 0; i < n; i++)
		scaled[i] = a[i] / sum;
	return 0;
}

int
sample_index_of(struct table *t, const struct table *items, const double a[], size_t n,
	const char *name, enum interval interval, struct pool *pool, struct err *err)
{
	double *scaled = pool_array(pool, n + 1, sizeof(*scaled));
	int rc = weights_scale(scaled, a, n, name, err);

	if (rc != 0)
		return rc;
	*t = *items;
	t->rows = items->rows / n;
	t->row = pool_array(pool, t->rows + 1, sizeof(*t->row));
	t->cov = pool_array(pool, t->rows * t->rows + 1, sizeof(*t->cov));
	t->srs = NULL;
	t->total = index_totals(items, n, scaled, pool);
	for (size_t d = 0; d < t->rows; d++) {
		index_row(t, items, n, d, scaled, name, interval, pool);
		for (size_t e = 0; e < t->rows; e++)
			t->cov[d * t->rows + e] = index_covariance(items, n, d, e, scaled);
	}
	return 0;
}

int
sample_index(struct table *t, const struct sample *s, const struct sample_ask *ask,
	const double a[], const char *name, struct pool *pool, struct err *err)
{
	double *scaled = pool_array(pool, ask->ofs + 1, sizeof(*scaled));
	struct sample_ask paired = *ask;
	struct table items;
	int rc = weights_scale(scaled, a, ask->ofs, name, err);

	paired.paired = true;
	if (rc != 0 || (rc = sample_estimate(&items, s, &paired, pool, err)) != 0)
		return rc;
	return sample_index_of(t, &items, a, ask->ofs, name, ask->interval, pool, err);
}
