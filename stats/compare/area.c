/* Fay-Herriot by restricted likelihood. */
#include "stats/compare/area.h"

#include <math.h>
#include <string.h>

#include "stats/fault.h"
#include "stats/linear.h"
#include "stats/sum.h"

enum { GRID = 60, HALVINGS = 200 };

/* Everything at one value of refvar. */
struct state {
	const struct area_model *m;
	double *cross, *inverse;	/* k x k: x'Vx, destroyed; its inverse */
	double *beta;
	double log_det;
	double likelihood, score;	/* restricted, up to a constant; its slope */
};

static double
residual(const struct state *s, size_t i)
{
	double r = s->m->direct[i];

	for (size_t j = 0; j < s->m->k; j++)
		r -= s->m->x[i * s->m->k + j] * s->beta[j];
	return r;
}

/* x_i' inverse x_i: leverage of an area. */
static double
leverage(const struct state *s, size_t i)
{
	const double *x = s->m->x + i * s->m->k;
	double h = 0;

	for (size_t a = 0; a < s->m->k; a++)
		for (size_t b = 0; b < s->m->k; b++)
			h += x[a] * s->inverse[a * s->m->k + b] * x[b];
	return h;
}

/* Logarithm of the determinant by elimination of a copy in inverse; NAN where singular. */
static double
log_determinant(double a[], size_t k)
{
	double sum = 0;

	for (size_t p = 0; p < k; p++) {
		if (!(a[p * k + p] > 0))
			return NAN;
		sum += log(a[p * k + p]);
		for (size_t i = p + 1; i < k; i++)
			for (size_t j = k; j-- > p;)
				a[i * k + j] -= a[i * k + p] / a[p * k + p] * a[p * k + j];
	}
	return sum;
}

/* Weighted least squares; returns the rank. */
static size_t
solve(struct state *s, double refvar)
{
	size_t k = s->m->k, rank;

	memset(s->cross, 0, k * k * sizeof(*s->cross));
	memset(s->beta, 0, k * sizeof(*s->beta));
	for (size_t i = 0; i < s->m->n; i++) {
		double v = 1 / (refvar + s->m->variance[i]);
		const double *x = s->m->x + i * k;

		for (size_t a = 0; a < k; a++) {
			s->beta[a] += v * x[a] * s->m->direct[i];
			for (size_t b = 0; b < k; b++)
				s->cross[a * k + b] += v * x[a] * x[b];
		}
	}
	memcpy(s->inverse, s->cross, k * k * sizeof(*s->inverse));
	s->log_det = log_determinant(s->inverse, k);
	memset(s->inverse, 0, k * k * sizeof(*s->inverse));
	for (size_t a = 0; a < k; a++)
		s->inverse[a * k + a] = 1;
	rank = linear_solve(s->cross, k, s->inverse, k);
	memcpy(s->cross, s->beta, k * sizeof(*s->cross));
	memset(s->beta, 0, k * sizeof(*s->beta));
	for (size_t a = 0; a < k; a++)
		for (size_t b = 0; b < k; b++)
			s->beta[a] += s->inverse[a * k + b] * s->cross[b];
	return rank;
}

static size_t
evaluate(struct state *s, double refvar)
{
	struct sum likelihood = { 0, 0 }, score = { 0, 0 };
	size_t rank = solve(s, refvar);

	for (size_t i = 0; i < s->m->n; i++) {
		double v = 1 / (refvar + s->m->variance[i]), r = residual(s, i);

		sum_add(&likelihood, log(v) - v * r * r);
		sum_add(&score, v * v * r * r - v + v * v * leverage(s, i));
	}
	s->likelihood = (sum_of(&likelihood) - s->log_det) / 2;
	s->score = sum_of(&score) / 2;
	return rank;
}

/* ---- the highest point ---- */

/* What refvar could be: 0, then doubling from far below the variances to far above the spread. */
static double
grid(const struct area_model *m, size_t step)
{
	double least = INFINITY, most = 0;

	if (step == 0)
		return 0;
	for (size_t i = 0; i < m->n; i++) {
		least = fmin(least, m->variance[i]);
		most = fmax(most, m->variance[i] +
			(m->direct[i] - m->direct[0]) * (m->direct[i] - m->direct[0]));
	}
	least *= 1e-6;
	return least * pow(10 * most / least, (double)(step - 1) / (GRID - 2));
}

/* The likelihood rises at low and falls at high: halve until rounding stops it. */
static double
halve(struct state *s, double low, double high)
{
	for (int i = 0; i < HALVINGS && low < high; i++) {
		double middle = low + (high - low) / 2;

		if (middle <= low || middle >= high)
			break;
		evaluate(s, middle);
		if (s->score > 0)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static double
maximise(struct state *s)
{
	double best = -INFINITY, refvar, low, high;
	size_t at = 0;

	for (size_t step = 0; step < GRID; step++) {
		evaluate(s, grid(s->m, step));
		if (s->likelihood > best) {
			best = s->likelihood;
			at = step;
		}
	}
	refvar = grid(s->m, at);
	evaluate(s, refvar);
	if (at == 0 && s->score <= 0)
		return 0;
	low = s->score > 0 ? refvar : grid(s->m, at - 1);
	high = s->score > 0 ? grid(s->m, at + 1 < GRID ? at + 1 : at) : refvar;
	return halve(s, low, high);
}

/* ---- the answer ---- */

static void
predict(struct area_fit *fit, const struct state *s)
{
	const struct area_model *m = s->m;
	double information = 0;

	for (size_t i = 0; i < m->n; i++)
		information +=
			1 / ((fit->refvar + m->variance[i]) * (fit->refvar + m->variance[i]));
	for (size_t i = 0; i < m->n; i++) {
		double d = m->variance[i], all = fit->refvar + d, gamma = fit->refvar / all;
		double g3 = d * d / (all * all * all) * 2 / information;

		fit->gamma[i] = gamma;
		fit->eblup[i] = m->direct[i] - (1 - gamma) * residual(s, i);
		fit->mse[i] = gamma * d + (1 - gamma) * (1 - gamma) * leverage(s, i) + 2 * g3;
	}
	for (size_t j = 0; j < m->k; j++) {
		fit->beta[j] = s->beta[j];
		fit->beta_se[j] = sqrt(s->inverse[j * m->k + j]);
	}
}

static int
model_check(const struct area_model *m, struct err *err)
{
	if (m->n <= m->k)
		return fault_set(err, FAULT_TOO_FEW, "%zu 个地区不足以估计 %zu 个系数",
			"%zu areas are too few for %zu coefficients", m->n, m->k);
	for (size_t i = 0; i < m->n; i++) {
		if (!isfinite(m->direct[i]) || !(m->variance[i] > 0) || isinf(m->variance[i]))
			return fault_set(err, FAULT_INPUT, "%s：估计缺失，或方差不是正数",
				"%s: the estimate is missing, or its variance is not above 0",
				m->area[i]);
		for (size_t j = 0; j < m->k; j++)
			if (!isfinite(m->x[i * m->k + j]))
				return fault_set(err, FAULT_INPUT, "%s：缺少 %s", "%s has no %s",
					m->area[i], m->name[j]);
	}
	return 0;
}

int
area_fit(struct area_fit *fit, const struct area_model *m, struct pool *pool, struct err *err)
{
	struct state s = { .m = m };
	int rc = model_check(m, err);

	if (rc != 0)
		return rc;
	s.cross = pool_array(pool, m->k * m->k + 1, sizeof(double));
	s.inverse = pool_array(pool, m->k * m->k + 1, sizeof(double));
	s.beta = pool_array(pool, m->k + 1, sizeof(double));
	if (evaluate(&s, 0) < m->k)
		return fault_set(err, FAULT_NUMERIC, "解释变量之间线性相关，请去掉一个",
			"the explaining columns depend on each other: leave one out");
	fit->refvar = maximise(&s);
	fit->boundary = fit->refvar == 0;
	evaluate(&s, fit->refvar);
	fit->beta = pool_array(pool, m->k + 1, sizeof(double));
	fit->beta_se = pool_array(pool, m->k + 1, sizeof(double));
	fit->eblup = pool_array(pool, m->n + 1, sizeof(double));
	fit->mse = pool_array(pool, m->n + 1, sizeof(double));
	fit->gamma = pool_array(pool, m->n + 1, sizeof(double));
	predict(fit, &s);
	return 0;
}
