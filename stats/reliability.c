/* Cronbach's alpha. */
#include "stats/reliability.h"

#include <math.h>
#include <stdlib.h>

#include "stats/dist.h"
#include "stats/fault.h"
#include "stats/sum.h"

struct data {
	const double *const *x;
	size_t k, n;
	const double *weight;
	bool listwise;
};

static double
weight_of(const struct data *d, size_t i)
{
	return d->weight == NULL ? 1 : d->weight[i];
}

static bool
used(const struct data *d, size_t i, size_t a, size_t b)
{
	if (weight_of(d, i) == 0 || isnan(d->x[a][i]) || isnan(d->x[b][i]))
		return false;
	for (size_t j = 0; d->listwise && j < d->k; j++)
		if (isnan(d->x[j][i]))
			return false;
	return true;
}

/* Weighted covariance with n / (n - 1) over the rows both have. */
static double
covariance(const struct data *d, size_t a, size_t b, double *n)
{
	struct sum w = { 0, 0 }, ta = { 0, 0 }, tb = { 0, 0 }, p = { 0, 0 };
	double ma, mb;

	*n = 0;
	for (size_t i = 0; i < d->n; i++) {
		if (!used(d, i, a, b))
			continue;
		++*n;
		sum_add(&w, weight_of(d, i));
		sum_add_product(&ta, weight_of(d, i), d->x[a][i]);
		sum_add_product(&tb, weight_of(d, i), d->x[b][i]);
	}
	ma = sum_of(&ta) / sum_of(&w);
	mb = sum_of(&tb) / sum_of(&w);
	for (size_t i = 0; i < d->n; i++)
		if (used(d, i, a, b))
			sum_add_product(&p, weight_of(d, i) * (d->x[a][i] - ma), d->x[b][i] - mb);
	return sum_of(&p) / sum_of(&w) * *n / (*n - 1);
}

/* alpha of the items but one (skip k: all); correlations instead of covariances with scale. */
static double
alpha_of(const double s[], size_t k, size_t skip, bool scale)
{
	double all = 0, own = 0, m = 0, v;

	for (size_t i = 0; i < k; i++)
		for (size_t j = 0; j < k; j++) {
			if (i == skip || j == skip)
				continue;
			v = s[i * k + j];
			if (scale)
				v /= sqrt(s[i * k + i] * s[j * k + j]);
			all += v;
			own += i == j ? v : 0;
			m += i == j;
		}
	return m < 2 ? NAN : m / (m - 1) * (1 - own / all);
}

static double
correlation_with_rest(const double s[], size_t k, size_t item)
{
	double with = 0, rest = 0;

	for (size_t i = 0; i < k; i++) {
		if (i == item)
			continue;
		with += s[item * k + i];
		for (size_t j = 0; j < k; j++)
			rest += j == item ? 0 : s[i * k + j];
	}
	return with / sqrt(rest * s[item * k + item]);
}

static double
average_correlation(const double s[], size_t k)
{
	double sum = 0;

	for (size_t i = 0; i < k; i++)
		for (size_t j = 0; j < i; j++)
			sum += s[i * k + j] / sqrt(s[i * k + i] * s[j * k + j]);
	return sum / ((double)k * ((double)k - 1) / 2);
}

static double
f_quantile(double p, double a, double b)
{
	double x = dist_beta_quantile(p, a / 2, b / 2);

	return b * x / (a * (1 - x));
}

/* (1 - alpha) / (1 - estimate) is F with n - 1 and (n - 1)(k - 1). */
static struct span
feldt(double alpha, double n, double k)
{
	double a = n - 1, b = (n - 1) * (k - 1);

	return (struct span) { 1 - (1 - alpha) * f_quantile(0.975, a, b),
		1 - (1 - alpha) * f_quantile(0.025, a, b) };
}

static int
matrix(double s[], double *least, const struct data *d, struct err *err)
{
	double n;

	*least = INFINITY;
	for (size_t i = 0; i < d->k; i++)
		for (size_t j = 0; j <= i; j++) {
			s[i * d->k + j] = s[j * d->k + i] = covariance(d, i, j, &n);
			*least = fmin(*least, n);
			if (n < 2)
				return fault_set(err, FAULT_TOO_FEW, "信度：完整的回答少于两个",
					"alpha: fewer than two complete answers");
		}
	for (size_t i = 0; i < d->k; i++)
		if (!(s[i * d->k + i] > 0))
			return fault_set(err, FAULT_CONSTANT, "信度：第 %zu 题的回答完全相同",
				"alpha: item %zu does not vary", i + 1);
	return 0;
}

int
reliability_alpha(struct reliability *r, double drop[], double rest[], const double *const x[],
	size_t k, const double weight[], size_t n, bool listwise, struct err *err)
{
	struct data d = { x, k, n, weight, listwise };
	double *s;
	int rc;

	if (k < 2)
		return fault_set(err, FAULT_TOO_FEW, "信度至少需要两题",
			"alpha needs at least two items");
	s = calloc(k * k, sizeof(*s));
	if (s == NULL)
		err_die("out of memory");
	rc = matrix(s, &r->n, &d, err);
	if (rc == 0) {
		r->alpha = alpha_of(s, k, k, false);
		r->standardized = alpha_of(s, k, k, true);
		r->average_r = average_correlation(s, k);
		r->feldt = feldt(r->alpha, r->n, (double)k);
		for (size_t i = 0; drop != NULL && i < k; i++)
			drop[i] = alpha_of(s, k, i, false);
		for (size_t i = 0; rest != NULL && i < k; i++)
			rest[i] = correlation_with_rest(s, k, i);
	}
	free(s);
	return rc;
}
