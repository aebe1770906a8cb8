/* Is the model fit for use: reliability, discriminant validity, effect sizes,
 * collinearity, attenuation. */
#include <math.h>

#include "stats/path/inner.h"

#include "stats/fault.h"

/* Items of one block, ascending; returns how many. */
static size_t
members(size_t in[], const struct pls_model *model, size_t block)
{
	size_t n = 0;

	for (size_t i = 0; i < model->items; i++)
		if (model->of[i] == block)
			in[n++] = i;
	return n;
}

/* Cronbach (1951): standardised when sd is NULL. */
static double
cronbach(const size_t in[], size_t k, const struct pls_moments *m, size_t items, const double sd[])
{
	double diagonal = 0, all = 0;

	for (size_t a = 0; a < k; a++)
		for (size_t b = 0; b < k; b++) {
			double c = m->cor[in[a] * items + in[b]];

			if (sd != NULL)
				c *= sd[in[a]] * sd[in[b]];
			all += c;
			diagonal += a == b ? c : 0;
		}
	return (double)k / ((double)k - 1) * (1 - diagonal / all);
}

/* Dijkstra and Henseler (2015), MIS Quarterly 39:297-316, eq. 3. */
static double
rho_a(const size_t in[], size_t k, const struct pls_fit *fit,
	const struct pls_moments *m, size_t items)
{
	double ww = 0, above = 0, below = 0;

	for (size_t a = 0; a < k; a++) {
		double wa = fit->weight[in[a]];

		ww += wa * wa;
		for (size_t b = 0; b < k; b++) {
			double wb = fit->weight[in[b]];

			if (a == b)
				continue;
			above += wa * m->cor[in[a] * items + in[b]] * wb;
			below += wa * wa * wb * wb;
		}
	}
	return ww * ww * above / below;
}

static void
reliability(struct pls_fit *fit, size_t block, const size_t in[], size_t k,
	const struct pls_moments *m, size_t items)
{
	double sum = 0, squares = 0;

	for (size_t a = 0; a < k; a++) {
		sum += fit->loading[in[a]];
		squares += fit->loading[in[a]] * fit->loading[in[a]];
	}
	fit->ave[block] = squares / (double)k;
	fit->rho_c[block] = sum * sum / (sum * sum + (double)k - squares);
	fit->alpha[block] = fit->alpha_raw[block] = fit->rho_a[block] = 1;
	if (k == 1)
		return;
	fit->alpha[block] = cronbach(in, k, m, items, NULL);
	fit->alpha_raw[block] = cronbach(in, k, m, items, m->sd);
	fit->rho_a[block] = rho_a(in, k, fit, m, items);
}

/* Mean correlation between the items of two blocks, or within one (1 for a single item). */
static double
mean_cor(const struct pls_model *model, const struct pls_moments *m, size_t p, size_t q)
{
	double sum = 0;
	size_t n = 0;

	for (size_t i = 0; i < model->items; i++)
		for (size_t j = 0; j < model->items; j++)
			if (model->of[i] == p && model->of[j] == q && i != j) {
				sum += m->cor[i * model->items + j];
				n++;
			}
	return n > 0 ? sum / (double)n : 1;
}

/* Henseler, Ringle and Sarstedt (2015), J. Acad. Mark. Sci. 43:115-135. */
static void
discriminant(struct pls_fit *fit, const struct pls_model *model, const struct pls_moments *m)
{
	size_t n = model->blocks;

	for (size_t p = 0; p < n; p++) {
		fit->htmt[p * n + p] = NAN;
		for (size_t q = 0; q < p; q++)
			fit->htmt[p * n + q] = fit->htmt[q * n + p] = mean_cor(model, m, p, q) /
				sqrt(mean_cor(model, m, p, p) * mean_cor(model, m, q, q));
	}
}

/* Cohen's f squared and variance inflation of each cause of one construct. */
static int
effects(struct pls_fit *fit, const struct pls_model *model, size_t to, struct pool *pool)
{
	size_t n = model->blocks, k, kept;
	size_t *in = pool_array(pool, n, sizeof(*in)), *rest = pool_array(pool, n, sizeof(*rest));
	double *beta = pool_array(pool, n, sizeof(*beta)), without, others;

	k = pls_causes(in, model, to);
	for (size_t out = 0; out < k; out++) {
		kept = 0;
		for (size_t i = 0; i < k; i++)
			if (i != out)
				rest[kept++] = in[i];
		without = pls_regress(beta, fit->cor, n, to, rest, kept, pool);
		others = pls_regress(beta, fit->cor, n, in[out], rest, kept, pool);
		if (isnan(without) || isnan(others))
			return -1;
		fit->f2[in[out] * n + to] = (fit->r2[to] - without) / (1 - fit->r2[to]);
		fit->vif[in[out] * n + to] = 1 / (1 - others);
	}
	return 0;
}

/* Correlations of the constructs without the noise of their items: over the root
 * of both reliabilities. */
static void
disattenuate(double cor[], const struct pls_fit *fit, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			cor[i * n + j] = i == j ? 1 :
				fit->cor[i * n + j] / sqrt(fit->rho_a[i] * fit->rho_a[j]);
}

/* Dijkstra and Henseler (2015): consistent loadings are the weights scaled by their
 * block's reliability. */
static void
consistent_loadings(struct pls_fit *fit, const struct pls_model *model, struct pool *pool)
{
	double *ww = pool_array(pool, model->blocks, sizeof(*ww));

	for (size_t i = 0; i < model->items; i++)
		ww[model->of[i]] += fit->weight[i] * fit->weight[i];
	for (size_t i = 0; i < model->items; i++)
		fit->consistent_loading[i] =
			fit->weight[i] * sqrt(fit->rho_a[model->of[i]]) / ww[model->of[i]];
}

static void
nowhere(double x[], size_t n)
{
	for (size_t i = 0; i < n; i++)
		x[i] = NAN;
}

/* Cholesky's pivots are positive; cor is destroyed. */
static bool
definite(double cor[], size_t n)
{
	for (size_t p = 0; p < n; p++) {
		if (!(cor[p * n + p] > 0))
			return false;
		for (size_t i = p + 1; i < n; i++)
			for (size_t j = p + 1; j < n; j++)
				cor[i * n + j] -= cor[i * n + p] * cor[p * n + j] / cor[p * n + p];
	}
	return true;
}

static bool
admissible(const struct pls_fit *fit, const struct pls_model *model, double cor[])
{
	for (size_t i = 0; i < model->items; i++)
		if (fabs(fit->consistent_loading[i]) > 1 + 1e-12)
			return false;
	for (size_t b = 0; b < model->blocks; b++)
		if (fit->rho_a[b] > 1 || !(fit->consistent_r2[b] <= 1))
			return false;
	return definite(cor, model->blocks);
}

/* Paths and R squared among the disattenuated constructs. */
static void
consistent(struct pls_fit *fit, const struct pls_model *model, struct pool *pool)
{
	size_t n = model->blocks, k, *in = pool_array(pool, n, sizeof(*in));
	double *cor = pool_array(pool, n * n, sizeof(*cor)),
		*beta = pool_array(pool, n, sizeof(*beta));
	bool defined = model->mode == PLS_MODE_A;

	for (size_t b = 0; b < n; b++)
		defined = defined && fit->rho_a[b] > 0;
	if (!defined) {
		nowhere(fit->consistent_path, n * n);
		nowhere(fit->consistent_r2, n);
		nowhere(fit->consistent_loading, model->items);
		return;
	}
	disattenuate(cor, fit, n);
	consistent_loadings(fit, model, pool);
	for (size_t to = 0; to < n; to++) {
		k = pls_causes(in, model, to);
		fit->consistent_r2[to] = pls_regress(beta, cor, n, to, in, k, pool);
		for (size_t i = 0; i < k; i++)
			fit->consistent_path[in[i] * n + to] = isnan(fit->consistent_r2[to]) ? NAN :
				beta[i];
	}
	fit->admissible = admissible(fit, model, cor);
}

int
pls_quality(struct pls_fit *fit, const struct pls_model *model, const struct pls_moments *m,
	struct pool *pool, struct err *err)
{
	size_t *in = pool_array(pool, model->items, sizeof(*in));

	for (size_t b = 0; b < model->blocks; b++) {
		reliability(fit, b, in, members(in, model, b), m, model->items);
		if (effects(fit, model, b, pool) != 0)
			return fault_set(err, FAULT_NUMERIC, "“%s”的原因变量互相完全决定",
				"the causes of %s determine each other completely",
				model->block[b]);
	}
	discriminant(fit, model, m);
	consistent(fit, model, pool);
	return 0;
}
