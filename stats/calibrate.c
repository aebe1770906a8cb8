/* Calibration of rows: margins through cells, totals through Newton's method. */
#include "stats/calibrate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/fault.h"
#include "stats/linear.h"
#include "stats/sample_in.h"
#include "stats/sum.h"

enum {
	ROUNDS = 500,		/* of trimming and raking again */
	NEWTON = 100,
	CELLS_MAX = 1 << 20	/* a cross of margins larger than this is raked by rows */
};

#define CAP_TOLERANCE 1e-7	/* a weight this little above the cap is at the cap */

static const char *const name[CALIBRATE_MAX] = {
	[CALIBRATE_POSTSTRATIFY] = "poststratify",
	[CALIBRATE_RAKE] = "rake",
	[CALIBRATE_LINEAR] = "linear",
	[CALIBRATE_RAKING] = "raking",
	[CALIBRATE_LOGIT] = "logit",
};

int
calibrate_parse(enum calibrate_method *method, const char *text)
{
	int i;

	for (i = 0; i < CALIBRATE_MAX; i++)
		if (strcmp(name[i], text) == 0) {
			*method = (enum calibrate_method)i;
			return 0;
		}
	return -1;
}

/* ---- margins ---- */

struct margins {
	struct sample *s;
	const struct calibrate_spec *spec;
	size_t **level;		/* level[margins][n]: category of each row, or RAKE_NONE */
	const char **unlisted;
	size_t *cell;		/* cell[n]: rows alike in every margin; NULL: every row its own */
	size_t cells;
};

static void
margins_levels(struct margins *m)
{
	size_t k, i, l, n = m->s->n, *map;

	m->level = pool_array(m->s->pool, m->spec->margins + 1, sizeof(*m->level));
	m->unlisted = pool_array(m->s->pool, m->spec->margins + 1, sizeof(*m->unlisted));
	for (k = 0; k < m->spec->margins; k++) {
		const struct factor *f = m->spec->factor[k];

		map = pool_array(m->s->pool, f->levels + 1, sizeof(*map));
		for (l = 0; l < f->levels; l++)
			map[l] = rake_category(&m->spec->margin[k], f->level[l]);
		m->level[k] = pool_array(m->s->pool, n + 1, sizeof(**m->level));
		for (i = 0; i < n; i++) {
			m->level[k][i] = f->of[i] == FACTOR_NONE ? RAKE_NONE : map[f->of[i]];
			if (m->level[k][i] == RAKE_NONE && m->s->weight[i] != 0)
				m->unlisted[k] = f->of[i] == FACTOR_NONE ? "NA" : f->level[f->of[i]];
		}
	}
}

static size_t
level_number(const struct margins *m, size_t k, size_t row)
{
	return m->level[k][row] == RAKE_NONE ? m->spec->margin[k].categories : m->level[k][row];
}

/* Number the combinations that occur, in order of their codes. */
static void
margins_cells(struct margins *m)
{
	size_t k, i, all = 1, code, n = m->s->n, *number;

	for (k = 0; k < m->spec->margins; k++)
		if (__builtin_mul_overflow(all, m->spec->margin[k].categories + 1, &all) || all > CELLS_MAX) {
			m->cells = n;
			return;
		}
	number = pool_array(m->s->pool, all + 1, sizeof(*number));
	m->cell = pool_array(m->s->pool, n + 1, sizeof(*m->cell));
	for (i = 0; i < n; i++) {
		for (k = 0, code = 0; k < m->spec->margins; k++)
			code = code * (m->spec->margin[k].categories + 1) + level_number(m, k, i);
		m->cell[i] = code;
		number[code] = 1;
	}
	for (code = 0; code < all; code++)
		if (number[code] != 0)
			number[code] = m->cells++;
	for (i = 0; i < n; i++)
		m->cell[i] = number[m->cell[i]];
}

static size_t
cell_of(const struct margins *m, size_t row)
{
	return m->cell == NULL ? row : m->cell[row];
}

/* Rake weight[] into g[], both by row. */
static int
margins_rake(const struct margins *m, double g[], const double weight[], struct rake_report *report, struct err *err)
{
	struct pool pool = POOL_INIT;
	size_t n = m->s->n, c = m->cells, i, k, **level = pool_array(&pool, m->spec->margins + 1, sizeof(*level));
	struct sum *w = pool_array(&pool, c + 1, sizeof(*w)), *ww = pool_array(&pool, c + 1, sizeof(*ww));
	double *count = pool_array(&pool, c + 1, sizeof(*count)), *cw = pool_array(&pool, c + 1, sizeof(*cw));
	double *square = pool_array(&pool, c + 1, sizeof(*square)), *cg = pool_array(&pool, c + 1, sizeof(*cg));
	struct rake_units units = { c, cw, count, square, (const size_t *const *)level, m->unlisted };
	int rc;

	for (k = 0; k < m->spec->margins; k++)
		level[k] = pool_array(&pool, c + 1, sizeof(**level));
	for (i = 0; i < n; i++) {
		sum_add(&w[cell_of(m, i)], weight[i]);
		sum_add_product(&ww[cell_of(m, i)], weight[i], weight[i]);
		count[cell_of(m, i)] += weight[i] != 0;
		for (k = 0; k < m->spec->margins; k++)
			level[k][cell_of(m, i)] = m->level[k][i];
	}
	for (i = 0; i < c; i++) {
		cw[i] = sum_of(&w[i]);
		square[i] = sum_of(&ww[i]);
	}
	rc = rake_fit(cg, report, &units, m->spec->margin, m->spec->margins, &m->spec->rake, err);
	for (i = 0; rc == 0 && i < n; i++)
		g[i] = cg[cell_of(m, i)];
	pool_clear(&pool);
	return rc;
}

/* Cut to the cap and spread the excess over the rest in proportion; returns the largest before, over the cap. */
static double
cap_weights(double w[], size_t n, double cap)
{
	struct sum excess = { 0, 0 }, room = { 0, 0 };
	double most = 0, factor;
	size_t i;

	for (i = 0; i < n; i++) {
		most = fmax(most, w[i] / cap);
		if (w[i] > cap)
			sum_add(&excess, w[i] - cap);
		else if (w[i] < cap * (1 - CAP_TOLERANCE))
			sum_add(&room, w[i]);
	}
	if (most <= 1 + CAP_TOLERANCE)
		return most;
	factor = 1 + sum_of(&excess) / sum_of(&room);
	for (i = 0; i < n; i++)
		w[i] = w[i] >= cap * (1 - CAP_TOLERANCE) ? cap : w[i] * factor;
	return most;
}

static int
margins_cap(const struct margins *m, double w[], double g[], struct rake_report *report, struct err *err)
{
	double cap = m->spec->cap;
	size_t n = m->s->n, i;
	int rc, rounds;

	if (!(cap > 0) || cap * (double)n < report->sum)
		return fault_set(err, FAULT_INPUT, "权数上限 %g 太小：%zu 人达不到合计 %g",
		    "a cap of %g on weights is too low: %zu respondents cannot reach %g", cap, n, report->sum);
	for (rounds = 0; cap_weights(w, n, cap) > 1 + CAP_TOLERANCE; rounds++) {
		if (rounds == ROUNDS)
			return fault_set(err, FAULT_NOT_CONVERGED, "权数上限 %g 与各边际不能同时满足",
			    "a cap of %g on weights and the margins cannot both be kept", cap);
		if ((rc = margins_rake(m, g, w, report, err)) != 0)
			return rc;
		for (i = 0; i < n; i++)
			w[i] *= g[i];
	}
	report->rounds = rounds;
	report->cap = cap;
	for (i = 0, report->trimmed = 0; i < n; i++)
		report->trimmed += w[i] >= cap * (1 - 10 * CAP_TOLERANCE);
	report->trimmed /= (double)n;
	return 0;
}

/* One indicator per margin, the one set aside after its categories. */
static void
margins_auxiliaries(const struct margins *m, struct calibration *c)
{
	size_t n = m->s->n, k, i, offset = 0, *index;

	index = pool_array(m->s->pool, n * m->spec->margins + 1, sizeof(*index));
	for (k = 0; k < m->spec->margins; k++) {
		for (i = 0; i < n; i++)
			index[i * m->spec->margins + k] = offset + level_number(m, k, i);
		offset += m->spec->margin[k].categories + 1;
	}
	c->k = offset;
	c->entries = m->spec->margins;
	c->index = index;
}

static int
calibrate_margins(struct sample *s, const struct calibrate_spec *spec, struct calibration *c, double g[],
	struct rake_report *report, struct err *err)
{
	struct margins m = { .s = s, .spec = spec };
	double *w = pool_array(s->pool, s->n + 1, sizeof(*w));
	size_t i;
	int rc;

	if (spec->margins == 0)
		return fault_set(err, FAULT_INPUT, "加权没有给出边际", "no margin to weight to was given");
	if (spec->method == CALIBRATE_POSTSTRATIFY && spec->margins > 1)
		return fault_set(err, FAULT_INPUT, "事后分层只用一个边际；多个边际请用 rake",
		    "post-stratification takes one margin; use rake for several");
	margins_levels(&m);
	margins_cells(&m);
	if ((rc = margins_rake(&m, g, s->weight, report, err)) != 0)
		return rc;
	for (i = 0; i < s->n; i++)
		w[i] = s->weight[i] * g[i];
	if (!isnan(spec->cap)) {
		if ((rc = margins_cap(&m, w, g, report, err)) != 0)
			return rc;
		for (i = 0; i < s->n; i++)
			g[i] = s->weight[i] == 0 ? 1 : w[i] / s->weight[i];
	}
	margins_auxiliaries(&m, c);
	return 0;
}

/* ---- totals ---- */

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
			c.g = (low * (high - 1) * e + high * (1 - low)) / ((high - 1) * e + (1 - low));
			c.slope = (c.g - low) * (high - c.g) * a / (high - low);
		} else {
			c.g = (low * (high - 1) + high * (1 - low) * e) / ((high - 1) + (1 - low) * e);
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
	size_t j;

	for (j = 0; j < w->k; j++)
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
	size_t i, j, l;

	if (sum == NULL)
		err_die("out of memory");
	memset(w->a, 0, w->k * w->k * sizeof(*w->a));
	for (i = 0; i < w->s->n; i++) {
		const double *x = w->x + i * w->k;

		c = curve_at(w->spec, row_u(w, i));
		w->g[i] = c.g;
		f = w->s->weight[i] * c.slope / (w->spec->spread == NULL ? 1 : w->spec->spread[i]);
		for (j = 0; j < w->k; j++) {
			sum_add_product(&sum[j], w->s->weight[i] * c.g, x[j]);
			for (l = 0; l <= j; l++)
				w->a[j * w->k + l] += f * x[j] * x[l];
		}
	}
	for (j = 0; j < w->k; j++) {
		w->misfit[j] = w->total[j] - sum_of(&sum[j]);
		for (l = 0; l < j; l++)
			w->a[l * w->k + j] = w->a[j * w->k + l];
	}
	free(sum);
}

static double
newton_error(const struct newton *w, size_t *worst)
{
	double most = -1, e;
	size_t j;

	for (j = 0; j < w->k; j++) {
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
	double tolerance = w->spec->rake.tolerance > 0 ? w->spec->rake.tolerance : 1e-10, error, last = INFINITY;
	int most = w->spec->rake.iterations > 0 ? w->spec->rake.iterations : NEWTON;
	size_t worst = 0, j;

	for (report->iterations = 0; report->iterations < most; report->iterations++) {
		newton_system(w);
		error = newton_error(w, &worst);
		report->error = error;
		if (error <= tolerance)
			return 0;
		if (!(error < 10 * last)) {
			for (j = 0; j < w->k; j++) {
				w->step[j] /= 2;
				w->lambda[j] -= w->step[j];
			}
			continue;
		}
		last = error;
		memcpy(w->step, w->misfit, w->k * sizeof(*w->step));
		linear_solve(w->a, w->k, w->step, 1);
		for (j = 0; j < w->k; j++)
			w->lambda[j] += w->step[j];
	}
	return newton_fail(w, worst, report->error, err);
}

static int
auxiliaries_check(const struct newton *w, struct err *err)
{
	size_t i, j;

	for (j = 0; j < w->k; j++) {
		bool any = false;

		if (!isfinite(w->total[j]))
			return fault_set(err, FAULT_MARGIN_TARGET, "%s 的合计不是数", "the total of %s is not a number",
			    w->name[j]);
		for (i = 0; i < w->s->n; i++) {
			if (w->s->weight[i] != 0 && !isfinite(w->x[i * w->k + j]))
				return fault_set(err, FAULT_INPUT, "第 %zu 行缺少校准变量 %s",
				    "row %zu has no value of %s to calibrate on", i + 1, w->name[j]);
			any = any || (w->s->weight[i] != 0 && w->x[i * w->k + j] != 0);
		}
		if (!any && w->total[j] != 0)
			return fault_set(err, FAULT_MARGIN_EMPTY, "没有受访者属于 %s，无法达到合计 %.10g",
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
	size_t n = w->s->n, i, j, k, c, at;
	struct pool *pool = w->s->pool;
	const char **names;
	double *x, *total;

	w->k = spec->xs;
	for (k = 0; k < spec->margins; k++)
		w->k += spec->margin[k].categories;
	names = pool_array(pool, w->k + 1, sizeof(*names));
	total = pool_array(pool, w->k + 1, sizeof(*total));
	x = pool_array(pool, n * w->k + 1, sizeof(*x));
	for (j = 0; j < spec->xs; j++) {
		names[j] = spec->x[j].name;
		total[j] = spec->total[j];
		for (i = 0; i < n; i++)
			x[i * w->k + j] = spec->x[j].x[i];
	}
	for (k = 0, at = spec->xs; k < spec->margins; at += spec->margin[k++].categories)
		for (c = 0; c < spec->margin[k].categories; c++) {
			size_t level = factor_level(spec->factor[k], spec->margin[k].category[c]);

			names[at + c] = pool_fmt(pool, "%s %s", spec->margin[k].variable, spec->margin[k].category[c]);
			total[at + c] = spec->margin[k].target[c];
			for (i = 0; i < n; i++)
				x[i * w->k + at + c] = level != FACTOR_NONE && spec->factor[k]->of[i] == level;
		}
	w->x = x;
	w->total = total;
	w->name = names;
	return auxiliaries_check(w, err);
}

static int
bounds_check(const struct calibrate_spec *spec, struct err *err)
{
	if (!(spec->low < 1) || !(spec->high > 1) ||
	    (spec->method == CALIBRATE_LOGIT && (isinf(spec->low) || isinf(spec->high))))
		return fault_set(err, FAULT_INPUT, "调整系数的限值须满足 下限 < 1 < 上限（logit 须为有限数）",
		    "bounds on the factor must be below and above 1 (finite ones for logit)");
	return 0;
}

static int
calibrate_totals(struct sample *s, const struct calibrate_spec *spec, struct calibration *c, double g[],
	struct rake_report *report, struct err *err)
{
	struct newton w = { .s = s, .spec = spec, .g = g };
	int rc;

	if ((rc = bounds_check(spec, err)) != 0)
		return rc;
	if (spec->xs + spec->margins == 0)
		return fault_set(err, FAULT_INPUT, "校准没有给出合计", "no total to calibrate to was given");
	if ((rc = auxiliaries_make(&w, err)) != 0)
		return rc;
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

/* ---- both ---- */

static void
report_totals(struct rake_report *r, const struct sample *s, const double base[], const double g[])
{
	struct sum n = { 0, 0 }, b = { 0, 0 }, bb = { 0, 0 }, w = { 0, 0 }, ww = { 0, 0 };
	size_t i;

	r->g_low = INFINITY;
	r->g_high = -INFINITY;
	for (i = 0; i < s->n; i++) {
		if (base[i] == 0)
			continue;
		sum_add(&n, 1);
		sum_add(&b, base[i]);
		sum_add(&bb, base[i] * base[i]);
		sum_add(&w, s->weight[i]);
		sum_add(&ww, s->weight[i] * s->weight[i]);
		r->g_low = fmin(r->g_low, g[i]);
		r->g_high = fmax(r->g_high, g[i]);
	}
	r->sum = sum_of(&w);
	r->deff_before = sum_of(&n) * sum_of(&bb) / (sum_of(&b) * sum_of(&b));
	r->deff_after = sum_of(&n) * sum_of(&ww) / (sum_of(&w) * sum_of(&w));
}

/* Factors for these weights; *c, if not NULL, gets what the residuals need. */
static int
calibrate_once(struct sample *s, const struct calibrate_spec *spec, struct calibration *c, double g[],
	struct rake_report *report, struct err *err)
{
	memset(report, 0, sizeof(*report));
	report->cap = NAN;
	if (spec->method == CALIBRATE_POSTSTRATIFY || spec->method == CALIBRATE_RAKE)
		return calibrate_margins(s, spec, c, g, report, err);
	return calibrate_totals(s, spec, c, g, report, err);
}

/* Every replicate is brought to the same totals. */
static int
calibrate_replicates(struct sample *s, const struct calibrate_spec *spec, struct err *err)
{
	struct replicates *r = pool_take(s->pool, sizeof(*r));
	const double **weight = pool_array(s->pool, s->replicates->r + 1, sizeof(*weight));
	size_t k, i;
	int rc;

	*r = *s->replicates;
	for (k = 0; k < r->r; k++) {
		struct pool scratch = POOL_INIT;
		struct sample one = { .n = s->n, .weight = pool_array(s->pool, s->n + 1, sizeof(*one.weight)), .pool = &scratch };
		double *g = pool_array(&scratch, s->n + 1, sizeof(*g));
		struct calibration c = { .k = 0 };
		struct rake_report report;

		memcpy(one.weight, s->replicates->weight[k], s->n * sizeof(*one.weight));
		rc = calibrate_once(&one, spec, &c, g, &report, err);
		for (i = 0; i < s->n; i++)
			one.weight[i] *= g[i];
		pool_clear(&scratch);
		if (rc != 0)
			return rc;
		weight[k] = one.weight;
	}
	r->weight = weight;
	s->replicates = r;
	return 0;
}

int
sample_calibrate(struct sample *s, const struct calibrate_spec *spec, struct rake_report *report, struct err *err)
{
	struct calibration *c = pool_take(s->pool, sizeof(*c));
	double *base = pool_array(s->pool, s->n + 1, sizeof(*base)), *g = pool_array(s->pool, s->n + 1, sizeof(*g));
	size_t i;
	int rc;

	if (s->calibration != NULL)
		return fault_set(err, FAULT_INPUT, "样本已经加权", "the sample is calibrated already");
	memcpy(base, s->weight, s->n * sizeof(*base));
	if ((rc = calibrate_once(s, spec, c, g, report, err)) != 0)
		return rc;
	if (s->replicates != NULL && (rc = calibrate_replicates(s, spec, err)) != 0)
		return rc;
	for (i = 0; i < s->n; i++)
		s->weight[i] *= g[i];
	c->base = base;
	c->g = g;
	s->calibration = c;
	report_totals(report, s, base, g);
	return 0;
}

/* ---- trimming as R's trimWeights() ---- */

/* Cut once; weights that were cut before stay where they are.  Returns how many take what was cut. */
static size_t
trim_once(double w[], bool cut_before[], size_t n, double low, double high, size_t *outside)
{
	struct sum cut = { 0, 0 };
	size_t i, inside = 0;
	double kept;

	for (i = 0, *outside = 0; i < n; i++) {
		kept = fmin(fmax(w[i], low), high);
		*outside += kept != w[i];
		sum_add(&cut, w[i] - kept);
		cut_before[i] = cut_before[i] || kept != w[i];
		inside += !cut_before[i];
		w[i] = kept;
	}
	for (i = 0; *outside > 0 && i < n; i++)
		if (!cut_before[i])
			w[i] += sum_of(&cut) / (double)inside;
	return inside;
}

int
sample_trim(struct sample *s, double low, double high, bool strict, struct err *err)
{
	bool *cut = pool_array(s->pool, s->n + 1, sizeof(*cut));
	size_t outside;

	do {
		if (trim_once(s->weight, cut, s->n, low, high, &outside) == 0)
			return fault_set(err, FAULT_NOT_CONVERGED, "权数不能限制在 %g 至 %g 之间",
			    "weights cannot be kept between %g and %g", low, high);
	} while (strict && outside > 0);
	return 0;
}
