/* From answers to the moments a path model needs, whatever is missing. */
#include <math.h>

#include "stats/path/pls.h"

#include "stats/fault.h"

/* A row's weight; 0: out. */
static double
weight_of(const double w[], size_t row)
{
	return w != NULL ? w[row] : 1;
}

static bool
complete(const double row[], size_t k)
{
	for (size_t i = 0; i < k; i++)
		if (isnan(row[i]))
			return false;
	return true;
}

/* Weights with incomplete rows out; *n gets how many rows count, *sum their weight. */
static double *
row_weights(const double x[], size_t rows, size_t k, const double w[], bool listwise, double *n,
	double *sum, struct pool *pool)
{
	double *v = pool_array(pool, rows, sizeof(*v));

	*n = *sum = 0;
	for (size_t r = 0; r < rows; r++) {
		v[r] = listwise && !complete(x + r * k, k) ? 0 : weight_of(w, r);
		*sum += v[r];
		*n += v[r] > 0;
	}
	return v;
}

/* Each item has an answer, whoever else's are missing. */
static int
answered(const double x[], size_t rows, const struct pls_model *model, const double w[],
	struct err *err)
{
	for (size_t i = 0; i < model->items; i++) {
		size_t r = 0;

		while (r < rows && (weight_of(w, r) == 0 || isnan(x[r * model->items + i])))
			r++;
		if (r == rows)
			return fault_set(err, FAULT_ALL_MISSING, "题目“%s”没有人回答",
				"item %s: nobody answered it", model->item[i]);
	}
	return 0;
}

static void
means(struct pls_moments *m, const double x[], size_t rows, const struct pls_model *model,
	const double v[])
{
	size_t k = model->items;

	for (size_t i = 0; i < k; i++) {
		double sum = 0, weight = 0, shift = NAN;

		for (size_t r = 0; r < rows; r++) {
			double y = x[r * k + i];

			if (v[r] == 0 || isnan(y))
				continue;
			if (isnan(shift))
				shift = y;
			sum += v[r] * (y - shift);
			weight += v[r];
		}
		m->mean[i] = shift + sum / weight;
	}
}

/* Sums of products of deviations: a missing one counts as 0 (its mean). */
static void
add_products(double p[], const double x[], size_t rows, size_t k, const double v[],
	const double mean[], double d[])
{
	for (size_t r = 0; r < rows; r++) {
		if (v[r] == 0)
			continue;
		for (size_t i = 0; i < k; i++)
			d[i] = isnan(x[r * k + i]) ? 0 : x[r * k + i] - mean[i];
		for (size_t i = 0; i < k; i++) {
			double wd = v[r] * d[i];

			for (size_t j = 0; j <= i; j++)
				p[i * k + j] += wd * d[j];
		}
	}
}

/* Correlation of the rows that have both. */
static double
pair_cor(const double x[], size_t rows, size_t k, const double v[], size_t i, size_t j)
{
	double sw = 0, mi = 0, mj = 0, ii = 0, jj = 0, ij = 0;

	for (size_t r = 0; r < rows; r++) {
		double a = x[r * k + i], b = x[r * k + j], di, dj, step;

		if (v[r] == 0 || isnan(a) || isnan(b))
			continue;
		sw += v[r];
		step = v[r] / sw;
		di = a - mi;
		dj = b - mj;
		mi += step * di;
		mj += step * dj;
		ii += v[r] * di * (a - mi);
		jj += v[r] * dj * (b - mj);
		ij += v[r] * di * (b - mj);
	}
	return ij / sqrt(ii * jj);
}

/* sd (n - 1) and correlations from the products. */
static void
finish(struct pls_moments *m, const double p[], size_t k, double sum)
{
	for (size_t i = 0; i < k; i++) {
		m->sd[i] = sqrt(p[i * k + i] / sum * m->n / (m->n - 1));
		m->cor[i * k + i] = 1;
		for (size_t j = 0; j < i; j++)
			m->cor[i * k + j] = m->cor[j * k + i] =
				p[i * k + j] / sqrt(p[i * k + i] * p[j * k + j]);
	}
}

static int
no_pair(const struct pls_model *model, size_t i, size_t j, struct err *err)
{
	return fault_set(err, FAULT_TOO_FEW,
		"同时回答题目“%s”和“%s”的人太少，或回答全都一样，算不出相关系数",
		"items %s and %s: too few answered both, or all the same: no correlation",
		model->item[i], model->item[j]);
}

/* Each item's own answered rows for the sd, each pair's for the correlation. */
static int
finish_pairwise(struct pls_moments *m, const double x[], size_t rows, const struct pls_model *model,
	const double v[], struct err *err)
{
	size_t k = model->items;

	for (size_t i = 0; i < k; i++) {
		double ss = 0, sw = 0, n = 0;

		for (size_t r = 0; r < rows; r++) {
			double y = x[r * k + i];

			if (v[r] == 0 || isnan(y))
				continue;
			ss += v[r] * (y - m->mean[i]) * (y - m->mean[i]);
			sw += v[r];
			n++;
		}
		m->sd[i] = sqrt(ss / sw * n / (n - 1));
		m->cor[i * k + i] = 1;
		for (size_t j = 0; m->sd[i] > 0 && j < i; j++) {
			m->cor[i * k + j] = m->cor[j * k + i] = pair_cor(x, rows, k, v, i, j);
			if (m->sd[j] > 0 && !isfinite(m->cor[i * k + j]))
				return no_pair(model, i, j, err);
		}
	}
	return 0;
}

int
pls_moments(struct pls_moments *m, const double x[], size_t rows, const struct pls_model *model,
	const double w[], enum pls_missing missing, struct pool *pool, struct err *err)
{
	struct pool scratch = POOL_INIT;
	size_t k = model->items;
	double sum, *v, *p;
	int rc;

	m->mean = pool_array(pool, k, sizeof(double));
	m->sd = pool_array(pool, k, sizeof(double));
	m->cor = pool_array(pool, k * k, sizeof(double));
	if ((rc = answered(x, rows, model, w, err)) != 0)
		return rc;
	v = row_weights(x, rows, k, w, missing == PLS_LISTWISE, &m->n, &sum, &scratch);
	if (m->n < 2) {
		rc = fault_set(err, FAULT_TOO_FEW, "只有 %.0f 份答卷答全了模型里的题",
			"only %.0f answers are complete in the model's items", m->n);
		goto out;
	}
	means(m, x, rows, model, v);
	if (missing == PLS_PAIRWISE) {
		rc = finish_pairwise(m, x, rows, model, v, err);
	} else {
		p = pool_array(&scratch, k * k, sizeof(*p));
		add_products(p, x, rows, k, v, m->mean, pool_array(&scratch, k, sizeof(double)));
		finish(m, p, k, sum);
	}
out:
	pool_clear(&scratch);
	return rc;
}
