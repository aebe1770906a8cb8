/* Weighted least squares through an orthogonal basis, with linearised errors. */
#include "stats/compare/regress.h"

#include <math.h>
#include <string.h>

#include "stats/dist.h"
#include "stats/fault.h"
#include "stats/sample/replicate.h"
#include "stats/sample/in.h"
#include "stats/sum.h"

#define DEPENDENT 1e-9	/* a column that others leave so little of depends on them */

struct work {
	const struct sample *s;
	const struct column *y;
	const struct column *x;
	size_t k;
	struct domains domains;
	bool *member;		/* member[n * k]: all columns alike */
	double *q;		/* q[n * k]: columns orthonormal under the weights */
	double *r;		/* r[k * k]: upper triangle with x = q r */
	double *beta;		/* beta[k] */
	struct pool *pool;	/* the caller's */
	struct pool *scratch;
};

static bool
complete(const struct work *w, size_t i)
{
	if (w->domains.of[i] == FACTOR_NONE || w->s->weight[i] == 0 || isnan(w->y->x[i]))
		return false;
	for (size_t j = 0; j < w->k; j++)
		if (isnan(w->x[j].x[i]))
			return false;
	return true;
}

static double
product(const struct work *w, const double weight[], const double a[], const double b[],
	size_t stride_a, size_t stride_b)
{
	struct sum sum = { 0, 0 };

	for (size_t i = 0; i < w->s->n; i++)
		if (w->member[i * w->k])
			sum_add_product(&sum, weight[i] * a[i * stride_a], b[i * stride_b]);
	return sum_of(&sum);
}

/* Gram-Schmidt under these weights, each column twice; returns the first dependent column, or k. */
static size_t
orthogonalise(struct work *w, const double weight[])
{
	size_t k = w->k;
	double length, c;

	memset(w->r, 0, k * k * sizeof(*w->r));
	for (size_t j = 0; j < k; j++) {
		for (size_t i = 0; i < w->s->n; i++)
			w->q[i * k + j] = w->member[i * k] ? w->x[j].x[i] : 0;
		length = product(w, weight, w->q + j, w->q + j, k, k);
		for (size_t turn = 0; turn < 2; turn++)
			for (size_t l = 0; l < j; l++) {
				c = product(w, weight, w->q + l, w->q + j, k, k);
				w->r[l * k + j] += c;
				for (size_t i = 0; i < w->s->n; i++)
					w->q[i * k + j] -= c * w->q[i * k + l];
			}
		c = product(w, weight, w->q + j, w->q + j, k, k);
		if (!(c > DEPENDENT * DEPENDENT * length))
			return j;
		w->r[j * k + j] = sqrt(c);
		for (size_t i = 0; i < w->s->n; i++)
			w->q[i * k + j] /= sqrt(c);
	}
	return k;
}

/* r b = a, from the last row up. */
static void
back_substitute(const struct work *w, double b[])
{
	size_t k = w->k;

	for (size_t j = k; j-- > 0;) {
		for (size_t l = j + 1; l < k; l++)
			b[j] -= w->r[j * k + l] * b[l];
		b[j] /= w->r[j * k + j];
	}
}

static void
solve(struct work *w, const double weight[], double beta[])
{
	for (size_t j = 0; j < w->k; j++)
		beta[j] = product(w, weight, w->q + j, w->y->x, w->k, 1);
	back_substitute(w, beta);
}

/* Weighted influence of each row on each coefficient: w e r^-1 q. */
static double *
influence(const struct work *w)
{
	double *u = pool_array(w->scratch, w->s->n * w->k + 1, sizeof(*u)), e;

	for (size_t i = 0; i < w->s->n; i++) {
		if (!w->member[i * w->k])
			continue;
		e = w->y->x[i];
		for (size_t j = 0; j < w->k; j++)
			e = fma(-w->x[j].x[i], w->beta[j], e);
		for (size_t j = 0; j < w->k; j++)
			u[i * w->k + j] = w->s->weight[i] * e * w->q[i * w->k + j];
		back_substitute(w, u + i * w->k);
	}
	return u;
}

static void
replicates_covariance(struct work *w, double cov[])
{
	const struct replicates *r = w->s->replicates;
	double *theta = pool_array(w->scratch, r->r * w->k + 1, sizeof(*theta));

	for (size_t i = 0; i < r->r; i++) {
		if (orthogonalise(w, r->weight[i]) == w->k)
			solve(w, r->weight[i], theta + i * w->k);
		else
			for (size_t j = 0; j < w->k; j++)
				theta[i * w->k + j] = NAN;
	}
	replicate_covariance(r, cov, theta, w->beta, w->k);
}

static double
df_of(const struct work *w, const struct sample_ask *ask)
{
	bool *keep = pool_array(w->scratch, w->s->n + 1, sizeof(*keep));

	if (w->s->replicates != NULL || ask->df == SAMPLE_DF_DESIGN ||
			(ask->df == SAMPLE_DF_AUTO && ask->where == NULL))
		return sample_df(w->s) + 1 - (double)w->k;
	for (size_t i = 0; i < w->s->n; i++)
		keep[i] = w->domains.of[i] != FACTOR_NONE;
	return sample_domain_df(w->s, keep) + 1 - (double)w->k;
}

/* Is every answer on the line, so that there is nothing an error could be estimated from? */
static bool
perfect(const struct work *w)
{
	double e, size = 0, most = 0;

	for (size_t i = 0; i < w->s->n; i++) {
		if (!w->member[i * w->k])
			continue;
		e = w->y->x[i];
		for (size_t j = 0; j < w->k; j++) {
			size = fmax(size, fabs(w->x[j].x[i] * w->beta[j]));
			e = fma(-w->x[j].x[i], w->beta[j], e);
		}
		most = fmax(most, fabs(e));
	}
	return most <= 1e-12 * size;
}

static bool
taken_whole(const struct design *d)
{
	for (size_t h = 0; h < d->strata; h++)
		if (design_open(d, h))
			return false;
	return true;
}

/*
 * A coefficient whose influences cancel within every sampling unit: each group or year was asked
 * in one unit, and what varies between units cannot be seen, whatever the policy.
 */
static bool
lonely(const struct work *w, const double u[], double variance, size_t j)
{
	double spread = 0;

	if (taken_whole(&w->s->stage[0]))
		return false;
	for (size_t i = 0; i < w->s->n; i++)
		spread += u[i * w->k + j] * u[i * w->k + j];
	return variance <= 1e-18 * spread;
}

static int
row_fault(const struct work *w, const struct table *t, const double u[], const int fault[],
	size_t j, struct err *err)
{
	if (fault[j] != 0)
		return fault_set(err, fault[j],
			"层内只有一个抽样单元，无法估计误差；请合并层，或指定 lonely 的处理方式",
			"a stratum has only one sampling unit, so no error can be estimated; "
			"merge strata, or choose a lonely policy");
	if (!t->row[j].alike && lonely(w, u, t->cov[j * w->k + j], j))
		return fault_set(err, FAULT_LONELY_DOMAIN,
			"%s：每一组的回答都只来自 1 个抽样单元，无法估计误差；请在更多单元调查",
			"%s: lonely domain, each group's answers come from 1 sampling unit,"
			" so no error can be estimated; survey more units", t->row[j].of);
	return 0;
}

static void
rows_make(const struct work *w, struct table *t, const double u[], const int fault[],
	const struct sample_ask *ask)
{
	double n = 0, weight = 0, square = 0;
	bool alike = !taken_whole(&w->s->stage[0]) && perfect(w);
	int rc;
	struct err err = { 0 };

	for (size_t i = 0; i < w->s->n; i++)
		if (w->member[i * w->k]) {
			n++;
			weight += w->s->weight[i];
			square += w->s->weight[i] * w->s->weight[i];
		}
	t->level = ask->level > 0 ? ask->level : 0.95;
	t->df = df_of(w, ask);
	for (size_t j = 0; j < w->k; j++) {
		t->row[j] = (struct table_row) {
			.of = w->x[j].name, .p = NAN, .upper = NAN,
			.kish = weight * weight / square,
			.alike = alike
		};
		t->row[j].estimate = (struct estimate) { .value = w->beta[j],
			.n = n,
			.level = t->level,
			.method = "least squares, linearised",
			.mapping = "",
			.population = "",
			.stream = "" };
		table_row_finish(
			&t->row[j], t->cov[j * w->k + j], NAN, t->df, t->level, INTERVAL_WALD);
		table_row_explain(&t->row[j], 0, w->pool);
		if ((rc = row_fault(w, t, u, fault, j, &err)) != 0)
			table_row_fail(&t->row[j], rc, &err, w->pool);
	}
}

static int
work_make(struct work *w, const struct sample_ask *ask, struct err *err)
{
	size_t n = 0, bad;

	sample_domains(&w->domains, w->s, NULL, 0, ask->where, w->scratch);
	w->member = pool_array(w->scratch, w->s->n * w->k + 1, sizeof(*w->member));
	w->q = pool_array(w->scratch, w->s->n * w->k + 1, sizeof(*w->q));
	w->r = pool_array(w->scratch, w->k * w->k + 1, sizeof(*w->r));
	w->beta = pool_array(w->scratch, w->k + 1, sizeof(*w->beta));
	for (size_t i = 0; i < w->s->n; i++)
		for (size_t j = 0; j < w->k && complete(w, i); j++) {
			w->member[i * w->k + j] = true;
			n += j == 0;
		}
	if (n == 0)
		return fault_set(err, FAULT_ALL_MISSING, "%s：没有完整的回答",
			"%s: nobody has a complete answer", w->y->name);
	bad = orthogonalise(w, w->s->weight);
	if (bad < w->k)
		return fault_set(err, FAULT_NUMERIC, "回归变量 %s 由其他变量决定",
			"column %s depends on the others in the regression", w->x[bad].name);
	return 0;
}

static int
table_make(struct table *t, struct work *w, const struct sample_ask *ask, struct err *err)
{
	int rc, *fault = pool_array(w->scratch, w->k + 1, sizeof(*fault));
	struct linear_rows rows;

	if ((rc = work_make(w, ask, err)) != 0)
		return rc;
	solve(w, w->s->weight, w->beta);
	memset(t, 0, sizeof(*t));
	t->rows = w->k;
	t->row = pool_array(w->pool, w->k, sizeof(*t->row));
	t->cov = pool_array(w->pool, w->k * w->k, sizeof(*t->cov));
	rows = (struct linear_rows){ .domains = &w->domains, .items = w->k, .u = influence(w),
		.member = w->member };
	if (w->s->replicates != NULL)
		replicates_covariance(w, t->cov);
	else
		sample_covariance(w->s, &rows, t->cov, fault, NULL, NULL);
	rows_make(w, t, rows.u, fault, ask);
	return 0;
}

int
sample_regress(struct table *t, const struct sample *s, const struct column *y,
	const struct column x[], size_t xs, const struct sample_ask *ask, struct pool *pool,
	struct err *err)
{
	struct pool scratch = POOL_INIT;
	struct work w = { .s = s, .y = y, .x = x, .k = xs, .pool = pool, .scratch = &scratch };
	int rc;

	if (xs == 0)
		return fault_set(err, FAULT_INPUT, "回归没有自变量",
			"the regression has no column");
	rc = table_make(t, &w, ask, err);
	pool_clear(&scratch);
	return rc;
}

/* ---- two questions that are regressions ---- */

static struct column
ones(size_t n, struct pool *pool)
{
	double *x = pool_array(pool, n + 1, sizeof(*x));

	for (size_t i = 0; i < n; i++)
		x[i] = 1;
	return (struct column){ .name = "(Intercept)", .x = x, .upper = NAN };
}

/* A test needs an error: no estimate and no interval are both no answer. */
static int
answer_fault(const struct table_row *row, struct err *err)
{
	if (row->err != NULL && err != NULL)
		*err = *row->err;
	return row->fault != 0 ? row->fault : row->span_fault;
}

int
sample_slope(struct trend_slope *slope, const struct sample *s, const struct column *y,
	const double time[], const struct sample_ask *ask, struct pool *pool, struct err *err)
{
	struct column x[2] = { ones(s->n, pool),
		{ .name = "slope", .x = time, .upper = NAN } };
	struct table t;
	struct trend_step test;
	int rc = sample_regress(&t, s, y, x, 2, ask, pool, err);

	if (rc != 0)
		return rc;
	if ((rc = answer_fault(&t.row[1], err)) != 0)
		return rc;
	test.difference = t.row[1].estimate;
	trend_test(&test);
	*slope = (struct trend_slope){ test.difference, test.p_up, test.p_down };
	return 0;
}

/* 0 for the first, 1 for the second of the two levels that occur; NULL if there are not two. */
static const double *
group_column(const struct sample *s, const struct column *y, const struct factor *group,
	const bool where[], struct pool *pool)
{
	double *x = pool_array(pool, s->n + 1, sizeof(*x));
	size_t found = 0, level[2] = { 0, 0 };
	bool *seen = pool_array(pool, group->levels + 1, sizeof(*seen));

	for (size_t i = 0; i < s->n; i++)
		if (group->of[i] != FACTOR_NONE && !isnan(y->x[i]) && s->weight[i] != 0 &&
				(where == NULL || where[i]))
			seen[group->of[i]] = true;
	for (size_t l = 0; l < group->levels; l++)
		if (seen[l]) {
			if (found == 2)
				return NULL;
			level[found++] = l;
		}
	for (size_t i = 0; i < s->n; i++)
		x[i] = group->of[i] == FACTOR_NONE ? NAN : group->of[i] == level[1];
	return found == 2 ? x : NULL;
}

/* A group all of whose answers come from one sampling unit shows no error of its own. */
static int
group_lonely(const struct sample *s, const struct column *y, const struct factor *group,
	const bool where[], struct err *err)
{
	size_t unit[2] = { 0, 0 }, level[2] = { 0, 0 }, found = 0, g;
	bool more[2] = { false, false };

	if (s->replicates != NULL || s->stage[0].lonely != DESIGN_FAIL || taken_whole(&s->stage[0]))
		return 0;
	for (size_t i = 0; i < s->n; i++) {
		if (group->of[i] == FACTOR_NONE || isnan(y->x[i]) || s->weight[i] == 0 ||
				(where != NULL && !where[i]))
			continue;
		for (g = 0; g < found && level[g] != group->of[i]; g++)
			;
		if (g == found) {
			level[g] = group->of[i];
			unit[g] = s->unit[0][i];
			found++;
		}
		more[g] = more[g] || s->unit[0][i] != unit[g];
	}
	for (g = 0; g < found; g++)
		if (!more[g])
			return fault_set(err, FAULT_LONELY_DOMAIN,
				"%s，%s：有效回答都来自 1 个抽样单元，无法估计误差；"
				"请在更多单元调查",
				"%s, %s: lonely domain, its answers come from 1 sampling unit,"
				" so no error can be estimated; survey more units",
				y->name, group->level[level[g]]);
	return 0;
}

int
sample_ttest(struct trend_step *step, const struct sample *s, const struct column *y,
	const struct factor *group, const struct sample_ask *ask, struct pool *pool,
	struct err *err)
{
	const double *second = group_column(s, y, group, ask->where, pool);
	struct column x[2] = { ones(s->n, pool),
		{ .name = group->name, .x = second, .upper = NAN } };
	struct table t;
	int rc;

	if (second == NULL)
		return fault_set(err, FAULT_INPUT, "分组变量 %s 须恰好有两个类别",
			"%s must have exactly two categories", group->name);
	if ((rc = group_lonely(s, y, group, ask->where, err)) != 0)
		return rc;
	if ((rc = sample_regress(&t, s, y, x, 2, ask, pool, err)) != 0)
		return rc;
	if ((rc = answer_fault(&t.row[1], err)) != 0)
		return rc;
	step->difference = t.row[1].estimate;
	trend_test(step);
	return 0;
}
