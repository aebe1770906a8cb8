/* Partial least squares on a correlation matrix. */
#include "stats/path/pls.h"

#include <math.h>
#include <string.h>

#include "stats/fault.h"
#include "stats/linear.h"
#include "stats/path/inner.h"

enum { ROUNDS_MAX = 3000 };
static const double TOLERANCE = 1e-12;

/* ---- what cannot be fitted ---- */

static size_t
block_size(const struct pls_model *model, size_t block)
{
	size_t n = 0;

	for (size_t i = 0; i < model->items; i++)
		n += model->of[i] == block;
	return n;
}

/* A construct on a circle of paths, or blocks where there is none. */
static size_t
on_circle(const struct pls_model *model, struct pool *pool)
{
	size_t n = model->blocks, left = n, before;
	bool *gone = pool_array(pool, n, sizeof(*gone));

	/* Take away what nothing leads to, and then what leads to nothing. */
	do {
		before = left;
		for (size_t a = 0; a < n; a++) {
			bool led = false, leads = false;

			for (size_t b = 0; b < n; b++) {
				led |= !gone[b] && model->path[b * n + a];
				leads |= !gone[b] && model->path[a * n + b];
			}
			if (!gone[a] && !(led && leads)) {
				gone[a] = true;
				left--;
			}
		}
	} while (left < before);
	for (size_t a = 0; a < n; a++)
		if (!gone[a])
			return a;
	return n;
}

static bool
isolated(const struct pls_model *model, size_t block)
{
	for (size_t b = 0; b < model->blocks; b++)
		if (model->path[block * model->blocks + b] ||
				model->path[b * model->blocks + block])
			return false;
	return true;
}

/* Unknowns of the largest regression, its constant too. */
static size_t
unknowns(const struct pls_model *model, struct pool *pool)
{
	size_t *in = pool_array(pool, model->blocks, sizeof(*in)), most = 1, k;

	for (size_t b = 0; b < model->blocks; b++) {
		k = pls_causes(in, model, b);
		if (model->mode == PLS_MODE_B && block_size(model, b) > k)
			k = block_size(model, b);
		most = k + 1 > most ? k + 1 : most;
	}
	return most;
}

static int
refuse_model(const struct pls_model *model, struct pool *pool, struct err *err)
{
	size_t circle = on_circle(model, pool);

	for (size_t b = 0; b < model->blocks; b++) {
		if (block_size(model, b) == 0)
			return fault_set(err, FAULT_INPUT, "构念“%s”没有题目",
				"construct %s has no item", model->block[b]);
		if (isolated(model, b))
			return fault_set(err, FAULT_INPUT, "构念“%s”没有路径与其他构念相连",
				"construct %s: no path leads to or from it", model->block[b]);
	}
	return circle == model->blocks ? 0 : fault_set(err, FAULT_INPUT, "路径绕成了圈：经过“%s”",
		"the paths form a circle: it passes through %s", model->block[circle]);
}

static int
refuse(const struct pls_model *model, const struct pls_moments *m, struct pool *pool,
	struct err *err)
{
	int rc = refuse_model(model, pool, err);

	if (rc != 0)
		return rc;
	if (m->n <= (double)unknowns(model, pool))
		return fault_set(err, FAULT_TOO_FEW,
			"只有 %.0f 份答卷，而最大的回归有 %zu 个未知数",
			"there are only %.0f answers, and the largest regression has %zu unknowns",
			m->n, unknowns(model, pool));
	for (size_t i = 0; i < model->items; i++)
		if (!(m->sd[i] > 0))
			return fault_set(err, FAULT_CONSTANT,
				"题目“%s”的回答全都一样，不能进入模型",
				"item %s: every answer is the same, so it cannot enter a model",
				model->item[i]);
	return 0;
}

/* ---- one round ---- */

/* Correlations of the constructs: W'SW; sw[items * blocks] gets SW on the way. */
static void
construct_cor(double cor[], double sw[], const double w[], const struct pls_model *model,
	const struct pls_moments *m)
{
	size_t k = model->items, b = model->blocks;

	memset(sw, 0, k * b * sizeof(*sw));
	for (size_t i = 0; i < k; i++)
		for (size_t j = 0; j < k; j++)
			sw[i * b + model->of[j]] += m->cor[i * k + j] * w[j];
	memset(cor, 0, b * b * sizeof(*cor));
	for (size_t i = 0; i < k; i++)
		for (size_t q = 0; q < b; q++)
			cor[model->of[i] * b + q] += w[i] * sw[i * b + q];
}

/* Each block's weights scaled so that its construct has variance 1. */
static void
rescale(double w[], const struct pls_model *model, const struct pls_moments *m, double variance[])
{
	size_t k = model->items;

	memset(variance, 0, model->blocks * sizeof(*variance));
	for (size_t i = 0; i < k; i++)
		for (size_t j = 0; j < k; j++)
			if (model->of[i] == model->of[j])
				variance[model->of[i]] += w[i] * m->cor[i * k + j] * w[j];
	for (size_t i = 0; i < k; i++)
		w[i] /= sqrt(variance[model->of[i]]);
}

static double
sign(double x)
{
	return x > 0 ? 1 : x < 0 ? -1 : 0;
}

/* Inner weights e[to * blocks + other]: how a construct is estimated from its neighbours. */
static int
inner(double e[], const double cor[], const struct pls_model *model, struct pool *pool)
{
	size_t n = model->blocks, k;
	size_t *in = pool_array(pool, n, sizeof(*in));
	double *beta = pool_array(pool, n, sizeof(*beta));

	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j < n; j++) {
			bool near = model->path[i * n + j] || model->path[j * n + i];
			double c = cor[i * n + j];

			e[i * n + j] = !near ? 0 : model->scheme == PLS_CENTROID ? sign(c) : c;
		}
		k = model->scheme == PLS_PATH ? pls_causes(in, model, i) : 0;
		if (k > 0 && isnan(pls_regress(beta, cor, n, i, in, k, pool)))
			return -1;
		for (size_t c = 0; c < k; c++)
			e[i * n + in[c]] = beta[c];
	}
	return 0;
}

/* Mode B: weights of a block by regression of its inner estimate on its items. */
static int
regress_block(double w[], const double z[], size_t block, const struct pls_model *model,
	const struct pls_moments *m, struct pool *pool)
{
	size_t k = model->items, n = 0;
	size_t *in = pool_array(pool, k, sizeof(*in));
	double *a, *b;

	for (size_t i = 0; i < k; i++)
		if (model->of[i] == block)
			in[n++] = i;
	a = pool_array(pool, n * n, sizeof(*a));
	b = pool_array(pool, n, sizeof(*b));
	for (size_t i = 0; i < n; i++) {
		b[i] = z[in[i]];
		for (size_t j = 0; j < n; j++)
			a[i * n + j] = m->cor[in[i] * k + in[j]];
	}
	if (linear_solve(a, n, b, 1) < n)
		return -1;
	for (size_t i = 0; i < n; i++)
		w[in[i]] = b[i];
	return 0;
}

/* New outer weights from the inner estimates; z[i] is cov(item i, inner
 * estimate of its construct). */
static int
outer(double w[], const double sw[], const double e[], const struct pls_model *model,
	const struct pls_moments *m, struct pool *pool)
{
	size_t n = model->blocks;
	double *z = pool_array(pool, model->items, sizeof(*z));

	for (size_t i = 0; i < model->items; i++)
		for (size_t q = 0; q < n; q++)
			z[i] += sw[i * n + q] * e[model->of[i] * n + q];
	if (model->mode == PLS_MODE_A) {
		memcpy(w, z, model->items * sizeof(*w));
		return 0;
	}
	for (size_t b = 0; b < n; b++)
		if (regress_block(w, z, b, model, m, pool) != 0)
			return -1;
	return 0;
}

static int
singular(struct err *err)
{
	return fault_set(err, FAULT_NUMERIC,
		"回归无解：有题目或构念互相完全决定，或逐对计算的相关系数互相矛盾",
		"a regression has no solution: items or constructs determine each other completely,"
		" or pairwise correlations contradict each other");
}

/* What a round works with; made once. */
struct round {
	double *sw;		/* items x blocks */
	double *e;		/* blocks x blocks */
	double *w;		/* items */
	double *variance;	/* blocks */
	struct pool *pool;	/* what a round needs besides, given back after it */
};

/* One round: new weights into fit->weight.  Returns the largest change, INFINITY where
 * there is no solution. */
static double
go_round(struct pls_fit *fit, struct round *r, const struct pls_model *model,
	const struct pls_moments *m)
{
	double change = 0;

	construct_cor(fit->cor, r->sw, fit->weight, model, m);
	if (inner(r->e, fit->cor, model, r->pool) != 0 ||
			outer(r->w, r->sw, r->e, model, m, r->pool) != 0)
		return INFINITY;
	rescale(r->w, model, m, r->variance);
	for (size_t i = 0; i < model->items; i++) {
		if (!isfinite(r->w[i]))
			return INFINITY;
		change = fmax(change, fabs(r->w[i] - fit->weight[i]));
	}
	memcpy(fit->weight, r->w, model->items * sizeof(*r->w));
	return change;
}

/* Rounds until the weights stand still. */
static int
iterate(struct pls_fit *fit, const struct pls_model *model, const struct pls_moments *m,
	struct pool *pool, struct err *err)
{
	size_t k = model->items, n = model->blocks;
	struct pool scratch = POOL_INIT;
	struct round r = { pool_array(pool, k * n, sizeof(double)),
		pool_array(pool, n * n, sizeof(double)), pool_array(pool, k, sizeof(double)),
		pool_array(pool, n, sizeof(double)), &scratch };
	double change = 1;

	for (fit->iterations = 0; fit->iterations < ROUNDS_MAX && isfinite(change) &&
			!(change < TOLERANCE); fit->iterations++) {
		change = go_round(fit, &r, model, m);
		pool_clear(&scratch);
	}
	if (isinf(change))
		return singular(err);
	return change < TOLERANCE ? 0 :
		fault_set(err, FAULT_NOT_CONVERGED, "迭代 %d 轮仍未收敛（最后一轮变化 %.3g）",
		"not converged after %d rounds (last change %.3g)", ROUNDS_MAX, change);
}

/* ---- after convergence ---- */

/* Which way a block's loadings point: more of them, or where they balance, the larger ones. */
static double
direction(const struct pls_fit *fit, const struct pls_model *model, size_t block)
{
	double signs = 0, sum = 0;

	for (size_t i = 0; i < model->items; i++)
		if (model->of[i] == block) {
			signs += sign(fit->cross[i * model->blocks + block]);
			sum += fit->cross[i * model->blocks + block];
		}
	return signs != 0 ? signs : sum;
}

/* Constructs point where most of their items point. */
static void
fix_signs(struct pls_fit *fit, const struct pls_model *model, const struct pls_moments *m)
{
	for (size_t b = 0; b < model->blocks; b++) {
		if (direction(fit, model, b) >= 0)
			continue;
		for (size_t i = 0; i < model->items; i++)
			if (model->of[i] == b)
				fit->weight[i] = -fit->weight[i];
	}
	construct_cor(fit->cor, fit->cross, fit->weight, model, m);
	for (size_t i = 0; i < model->items; i++)
		fit->loading[i] = fit->cross[i * model->blocks + model->of[i]];
}

static int
paths(struct pls_fit *fit, const struct pls_model *model, const struct pls_moments *m,
	struct pool *pool, struct err *err)
{
	size_t n = model->blocks, k;
	size_t *in = pool_array(pool, n, sizeof(*in));
	double *beta = pool_array(pool, n, sizeof(*beta));

	for (size_t to = 0; to < n; to++) {
		k = pls_causes(in, model, to);
		fit->r2[to] = pls_regress(beta, fit->cor, n, to, in, k, pool);
		if (isnan(fit->r2[to]))
			return singular(err);
		fit->r2_adjusted[to] = k == 0 ? 0 : m->n - (double)k - 1 < 1 ? NAN :
			1 - (1 - fit->r2[to]) * (m->n - 1) / (m->n - (double)k - 1);
		for (size_t i = 0; i < k; i++)
			fit->path[in[i] * n + to] = beta[i];
	}
	return 0;
}

/* Sum of all powers of the path matrix: no circles, so at most `blocks` of them. */
static void
total_effects(struct pls_fit *fit, size_t n, struct pool *pool)
{
	double *power = pool_array(pool, n * n, sizeof(*power));
	double *next = pool_array(pool, n * n, sizeof(*next));

	memcpy(power, fit->path, n * n * sizeof(*power));
	for (size_t step = 0; step < n; step++) {
		for (size_t i = 0; i < n * n; i++)
			fit->total[i] += power[i];
		memset(next, 0, n * n * sizeof(*next));
		for (size_t i = 0; i < n; i++)
			for (size_t j = 0; j < n; j++)
				for (size_t q = 0; q < n; q++)
					next[i * n + j] += power[i * n + q] * fit->path[q * n + j];
		memcpy(power, next, n * n * sizeof(*power));
	}
}

/* The published index: raw answers weighted by weight / sd, on the questionnaire's scale. */
static void
indices(struct pls_fit *fit, const struct pls_model *model, const struct pls_moments *m,
	struct pool *pool)
{
	size_t n = model->blocks, k = model->items;
	double *sum = pool_array(pool, n, sizeof(*sum)), width = model->high - model->low;

	for (size_t i = 0; i < k; i++)
		sum[model->of[i]] += fit->weight[i] / m->sd[i];
	for (size_t i = 0; i < k; i++) {
		size_t b = model->of[i];

		fit->raw_weight[i] = fit->weight[i] / m->sd[i] / sum[b];
		fit->index[b] += 100 * fit->raw_weight[i] * (m->mean[i] - model->low) / width;
		fit->outside[b] |= fit->raw_weight[i] < 0;
	}
	/* The standardised construct has sd 1, so the weighted raw sum has sd 1
	 * / sum of weight / sd. */
	for (size_t b = 0; b < n; b++)
		fit->index_sd[b] = 100 / width / fabs(sum[b]);
}

static void
make_room(struct pls_fit *fit, size_t k, size_t n, struct pool *pool)
{
	double **const by_item[] = { &fit->weight, &fit->raw_weight, &fit->loading,
		&fit->consistent_loading };
	double **const by_block[] = { &fit->r2, &fit->r2_adjusted, &fit->alpha_raw, &fit->alpha,
		&fit->rho_a, &fit->rho_c, &fit->ave, &fit->index, &fit->index_sd,
		&fit->consistent_r2 };
	double **const by_pair[] = { &fit->path, &fit->total, &fit->cor, &fit->htmt, &fit->f2,
		&fit->vif, &fit->consistent_path };

	for (size_t i = 0; i < sizeof(by_item) / sizeof(by_item[0]); i++)
		*by_item[i] = pool_array(pool, k, sizeof(double));
	for (size_t i = 0; i < sizeof(by_block) / sizeof(by_block[0]); i++)
		*by_block[i] = pool_array(pool, n, sizeof(double));
	for (size_t i = 0; i < sizeof(by_pair) / sizeof(by_pair[0]); i++)
		*by_pair[i] = pool_array(pool, n * n, sizeof(double));
	fit->cross = pool_array(pool, k * n, sizeof(double));
	fit->outside = pool_array(pool, n, sizeof(bool));
}

int
pls_solve(struct pls_fit *fit, const struct pls_model *model, const struct pls_moments *m,
	struct pool *pool, struct err *err)
{
	int rc;

	*fit = (struct pls_fit){ 0 };
	make_room(fit, model->items, model->blocks, pool);
	for (size_t i = 0; i < model->items; i++)
		fit->weight[i] = 1;
	rescale(fit->weight, model, m, fit->r2);
	if ((rc = iterate(fit, model, m, pool, err)) != 0)
		return rc;
	construct_cor(fit->cor, fit->cross, fit->weight, model, m);
	fix_signs(fit, model, m);
	if ((rc = paths(fit, model, m, pool, err)) != 0)
		return rc;
	total_effects(fit, model->blocks, pool);
	indices(fit, model, m, pool);
	return 0;
}

int
pls_fit(struct pls_fit *fit, const struct pls_model *model, const struct pls_moments *m,
	struct pool *pool, struct err *err)
{
	int rc = refuse(model, m, pool, err);

	if (rc != 0 || (rc = pls_solve(fit, model, m, pool, err)) != 0)
		return rc;
	return pls_quality(fit, model, m, pool, err);
}
