/* Totals of auxiliary variables, met by Newton's method. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/weight/in.h"
#include "stats/fault.h"
#include "stats/linear.h"
#include "stats/sum.h"

enum { NEWTON = 100 };	/* steps at most */

/* g and its slope at u, per method. */
struct curve {
	double g, slope;
};

static struct curve
curve_at(const struct calibrate_spec *spec, double u)
{
	double low = spec->low, high = spec->high, a, e;
	struct curve c;

	if (spec->method == CALIBRATE_LOGIT) {
		a = (high - low) / ((high - 1) * (1 - low));
		e = exp(-fabs(a * u));
		if (u > 0) {
			c.g = (low * (high - 1) * e + high * (1 - low)) /
				((high - 1) * e + (1 - low));
			c.slope = (c.g - low) * (high - c.g) * a / (high - low);
		} else {
			c.g = (low * (high - 1) + high * (1 - low) * e) /
				((high - 1) + (1 - low) * e);
			c.slope = (c.g - low) * (high - c.g) * a / (high - low);
		}
		return c;
	}
	c.g = spec->method == CALIBRATE_LINEAR ? 1 + u : exp(u);
	c.slope = spec->method == CALIBRATE_LINEAR ? 1 : c.g;
	if (c.g <= low || c.g >= high) {
		c.g = fmin(fmax(c.g, low), high);
		c.slope = 0;
	}
	return c;
}

struct newton {
	const struct sample *s;
	const struct calibrate_spec *spec;
	size_t k;
	const double *x;		/* x[n * k] */
	const double *total;		/* total[k] */
	const char *const *name;	/* name[k] */
	double *lambda, *step, *misfit, *a, *g;
};

static double
row_u(const struct newton *w, size_t i)
{
	double u = 0;

	for (size_t j = 0; j < w->k; j++)
		u += w->x[i * w->k + j] * w->lambda[j];
	return w->spec->spread == NULL ? u : u / w->spec->spread[i];
}

/* What is missing of each total at the present lambda, and the matrix of the next step. */
static void
newton_system(struct newton *w)
{
	struct sum *sum = calloc(w->k + 1, sizeof(*sum));
	struct curve c;
	double f;

	if (sum == NULL)
		err_die("out of memory");
	memset(w->a, 0, w->k * w->k * sizeof(*w->a));
	for (size_t i = 0; i < w->s->n; i++) {
		const double *x = w->x + i * w->k;

		c = curve_at(w->spec, row_u(w, i));
		w->g[i] = c.g;
		f = w->s->weight[i] * c.slope / (w->spec->spread == NULL ? 1 : w->spec->spread[i]);
		for (size_t j = 0; j < w->k; j++) {
			sum_add_product(&sum[j], w->s->weight[i] * c.g, x[j]);
			for (size_t l = 0; l <= j; l++)
				w->a[j * w->k + l] += f * x[j] * x[l];
		}
	}
	for (size_t j = 0; j < w->k; j++) {
		w->misfit[j] = w->total[j] - sum_of(&sum[j]);
		for (size_t l = 0; l < j; l++)
			w->a[l * w->k + j] = w->a[j * w->k + l];
	}
	free(sum);
}

static double
newton_error(const struct newton *w, size_t *worst)
{
	double most = -1, e;

	for (size_t j = 0; j < w->k; j++) {
		e = fabs(w->misfit[j]) / (w->total[j] != 0 ? fabs(w->total[j]) : 1);
		if (!(e <= most)) {
			most = e;
			*worst = j;
		}
	}
	return most;
}

static int
newton_fail(const struct newton *w, size_t worst, double error, struct err *err)
{
	return fault_set(err, FAULT_NOT_CONVERGED,
		"校准不能达到 %s 的合计 %.10g（相对误差 %.3g）；限值可能太窄，或各合计互相矛盾",
		"calibration cannot reach the total of %s, %.10g (relative error %.3g); "
		"the bounds may be too narrow or the totals contradict each other",
		w->name[worst], w->total[worst], error);
}

/* Newton's method, halving a step that makes things worse or infinite. */
static int
newton_run(struct newton *w, struct rake_report *report, struct err *err)
{
	double tolerance = w->spec->rake.tolerance > 0 ? w->spec->rake.tolerance : 1e-10, error,
		last = INFINITY;
	int most = w->spec->rake.iterations > 0 ? w->spec->rake.iterations : NEWTON;
	size_t worst = 0;

	for (report->iterations = 0; report->iterations < most; report->iterations++) {
		newton_system(w);
		error = newton_error(w, &worst);
		report->error = error;
		if (error <= tolerance)
			return 0;
		if (!(error < 10 * last)) {
			for (size_t j = 0; j < w->k; j++) {
				w->step[j] /= 2;
				w->lambda[j] -= w->step[j];
			}
			continue;
		}
		last = error;
		memcpy(w->step, w->misfit, w->k * sizeof(*w->step));
		linear_solve(w->a, w->k, w->step, 1);
		for (size_t j = 0; j < w->k; j++)
			w->lambda[j] += w->step[j];
	}
	return newton_fail(w, worst, report->error, err);
}

static int
auxiliaries_check(const struct newton *w, struct err *err)
{
	for (size_t j = 0; j < w->k; j++) {
		bool any = false;

		if (!isfinite(w->total[j]))
			return fault_set(err, FAULT_MARGIN_TARGET, "%s 的合计不是数",
				"the total of %s is not a number", w->name[j]);
		for (size_t i = 0; i < w->s->n; i++) {
			if (w->s->weight[i] != 0 && !isfinite(w->x[i * w->k + j]))
				return fault_set(err, FAULT_INPUT, "第 %zu 行缺少校准变量 %s",
					"row %zu has no value of %s to calibrate on", i + 1,
					w->name[j]);
			any = any || (w->s->weight[i] != 0 && w->x[i * w->k + j] != 0);
		}
		if (!any && w->total[j] != 0)
			return fault_set(err, FAULT_MARGIN_EMPTY,
				"没有受访者属于 %s，无法达到合计 %.10g",
				"nobody in the sample has %s, so its total %.10g cannot be reached",
				w->name[j], w->total[j]);
	}
	return 0;
}

/* Columns, then an indicator for every category of every margin. */
static int
auxiliaries_make(struct newton *w, struct err *err)
{
	const struct calibrate_spec *spec = w->spec;
	size_t n = w->s->n;
	struct pool *pool = w->s->pool;
	const char **names;
	double *x, *total;

	w->k = spec->xs;
	for (size_t k = 0; k < spec->margins; k++)
		w->k += spec->margin[k].categories;
	names = pool_array(pool, w->k + 1, sizeof(*names));
	total = pool_array(pool, w->k + 1, sizeof(*total));
	x = pool_array(pool, n * w->k + 1, sizeof(*x));
	for (size_t j = 0; j < spec->xs; j++) {
		names[j] = spec->x[j].name;
		total[j] = spec->total[j];
		for (size_t i = 0; i < n; i++)
			x[i * w->k + j] = column_at(&spec->x[j], i);
	}
	for (size_t k = 0, at = spec->xs; k < spec->margins; at += spec->margin[k++].categories)
		for (size_t c = 0; c < spec->margin[k].categories; c++) {
			size_t level = factor_level(spec->factor[k], spec->margin[k].category[c]);

			names[at + c] = pool_fmt(pool, "%s %s", spec->margin[k].variable,
				spec->margin[k].category[c]);
			total[at + c] = spec->margin[k].target[c];
			for (size_t i = 0; i < n; i++)
				x[i * w->k + at + c] = level != FACTOR_NONE &&
					spec->factor[k]->of[i] == level;
		}
	w->x = x;
	w->total = total;
	w->name = names;
	return auxiliaries_check(w, err);
}

static int
bounds_check(const struct calibrate_spec *spec, struct err *err)
{
	if (!(spec->low < 1) || !(spec->high > 1) || (spec->method == CALIBRATE_LOGIT &&
			(isinf(spec->low) || isinf(spec->high))))
		return fault_set(err, FAULT_INPUT,
			"调整系数的限值须满足 下限 < 1 < 上限（logit 须为有限数）",
			"bounds on the factor must be below and above 1 (finite ones for logit)");
	return 0;
}

int
calibrate_totals(struct sample *s, const struct calibrate_spec *spec, struct calibration *c,
	struct rake_report *report, struct err *err)
{
	struct newton w = { .s = s, .spec = spec };
	int rc;

	if ((rc = bounds_check(spec, err)) != 0)
		return rc;
	if (spec->xs + spec->margins == 0)
		return fault_set(
			err, FAULT_INPUT, "校准没有给出合计", "no total to calibrate to was given");
	if ((rc = auxiliaries_make(&w, err)) != 0)
		return rc;
	c->g = w.g = pool_array(s->pool, s->n + 1, sizeof(*w.g));
	w.lambda = pool_array(s->pool, w.k, sizeof(*w.lambda));
	w.step = pool_array(s->pool, w.k, sizeof(*w.step));
	w.misfit = pool_array(s->pool, w.k, sizeof(*w.misfit));
	w.a = pool_array(s->pool, w.k * w.k, sizeof(*w.a));
	if ((rc = newton_run(&w, report, err)) != 0)
		return rc;
	c->k = c->entries = w.k;
	c->x = w.x;
	c->spread = spec->spread;
	return 0;
}
