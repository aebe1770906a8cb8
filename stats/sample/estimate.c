/* Means, totals and ratios by domain, with their errors. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "stats/fault.h"
#include "stats/sample/replicate.h"
#include "stats/sample/work.h"


/* ---- who counts ---- */

static bool
answered(const struct work *w, size_t i, size_t j)
{
	return !isnan(w->ask->of[j].x[i]) &&
		(w->ask->statistic != SAMPLE_RATIO || !isnan(w->ask->den[j].x[i]));
}

static void
members_make(struct work *w)
{
	bool all;

	w->member = pool_array(w->scratch, w->s->n * w->items + 1, sizeof(*w->member));
	for (size_t i = 0; i < w->s->n; i++) {
		if (row_domain(w, i) == FACTOR_NONE || w->s->weight[i] == 0)
			continue;
		all = true;
		for (size_t j = 0; j < w->items; j++) {
			w->member[i * w->items + j] = answered(w, i, j);
			all = all && answered(w, i, j);
		}
		if (w->ask->listwise && !all)
			memset(w->member + i * w->items, 0, w->items * sizeof(*w->member));
	}
}

/* ---- the estimates ---- */

/* A number near each item's mean: differences from it are exact where they need to be. */
static void
pivots_make(struct work *w)
{
	const double *weight = w->s->weight;

	w->pivot = pool_array(w->scratch, w->items + 1, sizeof(*w->pivot));
	for (size_t j = 0; w->ask->statistic == SAMPLE_MEAN && j < w->items; j++) {
		const double *x = w->ask->of[j].x;
		double t = 0, n = 0;

		for (size_t i = 0; i < w->s->n; i++)
			if (w->member[i * w->items + j]) {
				t += weight[i] * x[i];
				n += weight[i];
			}
		w->pivot[j] = n != 0 ? t / n : 0;
	}
}

/* Which units it comes from, and whether it varies at all. */
static void
moment_place(const struct work *w, struct moment *m, size_t i, double x)
{
	const struct design *d = &w->s->stage[0];
	size_t unit = w->s->unit[0][i];

	if (m->n == 0) {
		m->first = x;
		m->unit = unit;
	}
	m->varied = m->varied || x != m->first;
	m->units = m->units || unit != m->unit;
	m->open = m->open || design_open(d, w->s->stratum[0][unit]);
}

static void
moments_add(struct work *w, size_t j)
{
	const double *weight = w->s->weight, *x = w->ask->of[j].x;
	const double *den = w->ask->statistic == SAMPLE_RATIO ? w->ask->den[j].x : NULL;

	for (size_t i = 0; i < w->s->n; i++) {
		struct moment *m;

		if (!w->member[i * w->items + j])
			continue;
		m = &w->moment[row_domain(w, i) * w->items + j];
		moment_place(w, m, i, x[i]);
		m->n++;
		sum_add(&m->w, weight[i]);
		sum_add(&m->ww, weight[i] * weight[i]);
		sum_add(&m->t, weight[i] * (x[i] - w->pivot[j]));
		if (den != NULL)
			sum_add(&m->d, weight[i] * den[i]);
	}
}

/* A ratio is refined once by its own residuals, so that it is right to the last digit. */
static void
ratio_refine(struct work *w)
{
	struct sum *left = pool_array(w->scratch, w->rows + 1, sizeof(*left));
	size_t p;

	for (size_t i = 0; i < w->s->n; i++)
		for (size_t j = 0; row_domain(w, i) != FACTOR_NONE && j < w->items; j++) {
			p = row_domain(w, i) * w->items + j;
			if (w->member[i * w->items + j])
				sum_add_product(&left[p], w->s->weight[i],
					fma(-w->moment[p].value, w->ask->den[j].x[i],
					w->ask->of[j].x[i]));
		}
	for (p = 0; p < w->rows; p++)
		w->moment[p].value += sum_of(&left[p]) / sum_of(&w->moment[p].d);
}

static void
ratio_varied(struct work *w)
{
	for (size_t i = 0; i < w->rows; i++)
		w->moment[i].varied = false;
	for (size_t i = 0; i < w->s->n; i++)
		for (size_t j = 0; row_domain(w, i) != FACTOR_NONE && j < w->items; j++) {
			struct moment *m = &w->moment[row_domain(w, i) * w->items + j];
			double x = w->ask->of[j].x[i];

			if (w->member[i * w->items + j])
				m->varied = m->varied ||
					fabs(fma(-m->value, w->ask->den[j].x[i], x)) >
					1e-12 * fabs(x);
		}
}

static void
moments_make(struct work *w)
{
	w->moment = pool_array(w->scratch, w->rows + 1, sizeof(*w->moment));
	for (size_t j = 0; j < w->items; j++)
		moments_add(w, j);
	for (size_t p = 0; p < w->rows; p++) {
		struct moment *m = &w->moment[p];

		if (w->ask->statistic == SAMPLE_MEAN) {
			m->scale = sum_of(&m->w);
			m->centre = sum_of(&m->t) / m->scale;
			m->value = w->pivot[p % w->items] + m->centre;
		} else if (w->ask->statistic == SAMPLE_TOTAL) {
			m->scale = 1;
			m->value = sum_of(&m->t);
		} else {
			m->scale = sum_of(&m->d);
			m->value = sum_of(&m->t) / m->scale;
		}
	}
	if (w->ask->statistic == SAMPLE_RATIO) {
		ratio_refine(w);
		ratio_varied(w);
	}
}

/* The linearised variable is (x - pivot - centre) / scale, or (x - ratio den) / scale. */
static double
linear(const struct work *w, const struct moment *m, size_t i, size_t j)
{
	double x = w->ask->of[j].x[i];

	if (w->ask->statistic == SAMPLE_RATIO)
		return fma(-m->value, w->ask->den[j].x[i], x) / m->scale;
	return ((x - w->pivot[j]) - m->centre) / m->scale;
}

static void
linear_make(struct work *w)
{
	w->u = pool_array(w->scratch, w->s->n * w->items + 1, sizeof(*w->u));
	for (size_t i = 0; i < w->s->n; i++) {
		const struct moment *m;
		double *u = w->u + i * w->items;

		if (row_domain(w, i) == FACTOR_NONE)
			continue;
		m = w->moment + row_domain(w, i) * w->items;
		for (size_t j = 0; j < w->items; j++)
			if (w->member[i * w->items + j])
				u[j] = w->s->weight[i] * linear(w, m + j, i, j);
	}
}

/* ---- what a simple random sample would give ---- */

static void
both_add(struct both *b, double weight, double x, double y)
{
	b->n++;
	b->w += weight;
	sum_add_product(&b->x, weight, x);
	sum_add_product(&b->y, weight, y);
	sum_add_product(&b->xy, weight * x, y);
}

static void
srs_make(const struct work *w, struct table *t)
{
	size_t items = w->items, p, span = w->ask->paired && items <= PAIRED_ITEMS ? items : 1;
	struct both *both = pool_array(w->scratch, w->rows * span + 1, sizeof(*both));
	double x, y;

	for (size_t i = 0; i < w->s->n; i++)
		for (size_t j = 0; row_domain(w, i) != FACTOR_NONE && j < items; j++) {
			if (!w->member[i * items + j])
				continue;
			p = row_domain(w, i) * items + j;
			x = w->u[i * items + j] / w->s->weight[i];
			for (size_t l = span == 1 ? j : 0; l <= j; l++) {
				if (!w->member[i * items + l])
					continue;
				y = w->u[i * items + l] / w->s->weight[i];
				both_add(&both[p * span + (span == 1 ? 0 : l)],
					w->s->weight[i], x, y);
			}
		}
	t->srs = pool_array(w->pool, w->rows * w->rows + 1, sizeof(*t->srs));
	for (size_t d = 0; d < w->domains.n; d++)
		for (size_t j = 0; j < items; j++)
			for (size_t l = 0; l <= j; l++) {
				p = d * items + j;
				x = l == j && !w->moment[p].varied ? 0 : span > 1 || l == j
					? work_both(w, &both[p * span + (span == 1 ? 0 : l)], p,
					d * items + l)
					: NAN;
				t->srs[p * w->rows + d * items + l] =
					t->srs[(d * items + l) * w->rows + p] = x;
			}
}

/* ---- rows ---- */

/*
 * Is the error that came out none at all?  Answers of one sampling unit have no spread between
 * units, whatever they are; policies other than fail say what R says, but for an error that
 * is the rounding of 0.
 */
static int
lonely_domain(const struct work *w, const struct moment *m, double variance, double srs)
{
	if (w->ask->statistic == SAMPLE_TOTAL)
		return 0;
	if (w->s->replicates != NULL)
		return isnan(variance) || (m->varied && variance <= 1e-18 * srs) ?
			FAULT_LONELY_DOMAIN : 0;
	return m->n > 0 && !m->units && m->open && (w->s->stage[0].lonely == DESIGN_FAIL ||
		(m->varied && variance <= 1e-24 * m->value * m->value)) ? FAULT_LONELY_DOMAIN : 0;
}

static void
fail_lonely_domain(const struct work *w, const char *label, const struct moment *m, struct err *err)
{
	const char *psu = w->s->stage[0].psu[m->unit];

	if (w->s->replicates != NULL)
		err_set(err, fault_code(FAULT_LONELY_DOMAIN),
			"%s：有效回答所在的抽样单元太少，复制权数估计不出误差",
			"%s: lonely domain, its answers come from too few sampling units"
			" for the replicates to show an error", label);
	else
		err_set(err, fault_code(FAULT_LONELY_DOMAIN),
			"%s：%.0f 份有效回答都来自 1 个抽样单元%s%s%s，无法估计误差；"
			"请在更多单元调查",
			"%s: lonely domain, its %.0f answers come from 1 sampling unit%s%s%s,"
			" so no error can be estimated; survey more units",
			label, m->n, *psu != '\0' ? LANG_PICK("（", " (") : "", psu,
			*psu != '\0' ? LANG_PICK("）", ")") : "");
}

/* Nobody: no estimate.  An error that cannot be seen: the value stays, and the sentence says
 * why it stands alone. */
static void
row_fail(const struct work *w, struct table_row *row, const struct moment *m, int fault)
{
	struct err err = { 0 };
	const char *psu = fault == FAULT_LONELY_PSU ? design_lonely_strata(&w->s->stage[0], w->pool)
		: NULL;
	const char *label = table_row_label(row, w->ask->bys, w->pool);

	switch (fault) {
	case FAULT_EMPTY_DOMAIN:
		err_set(&err, fault_code(fault), "%s：该范围内没有受访者",
			"%s: nobody belongs to this domain", label);
		break;
	case FAULT_ALL_MISSING:
		err_set(&err, fault_code(fault), "%s：没有有效回答",
			"%s: nobody gave a valid answer", label);
		break;
	case FAULT_ONE_PSU:
		err_set(&err, fault_code(fault), "%s：只有一个抽样单元，无法估计误差",
			"%s: there is only one sampling unit, so no error can be estimated", label);
		break;
	case FAULT_LONELY_DOMAIN:
		fail_lonely_domain(w, label, m, &err);
		break;
	default:
		err_set(&err, fault_code(fault),
			"%s：层 %s 只有一个抽样单元，无法估计误差；"
			"请合并层，或指定 lonely 的处理方式",
			"%s: stratum %s has only one sampling unit, so its error cannot be "
			"estimated; merge strata, or choose a lonely policy",
			label, psu != NULL ? psu : LANG_PICK("（第二阶）", "(of a later stage)"));
	}
	if (fault == FAULT_EMPTY_DOMAIN || fault == FAULT_ALL_MISSING)
		table_row_fail(row, fault, &err, w->pool);
	else
		table_row_unseen(row, fault, &err, w->pool);
}

static const char *
method_words(const struct work *w)
{
	const char *interval = interval_name(w->ask->interval);
	const char *how = w->s->replicates != NULL ? "replicates" :
		w->s->calibration != NULL ? "linearised, calibrated residuals" : "linearised";

	if (w->ask->statistic != SAMPLE_MEAN)
		interval = "wald";
	else if (w->ask->interval == INTERVAL_DEFAULT)
		interval = isnan(w->ask->of[0].upper) ? "wald" : "logit";
	return pool_fmt(w->pool, "%s t, %s", interval, how);
}

static const char *
row_name(const struct work *w, size_t j)
{
	if (w->ask->statistic != SAMPLE_RATIO)
		return w->ask->of[j].name;
	return pool_fmt(w->pool, "%s/%s", w->ask->of[j].name, w->ask->den[j].name);
}

static bool
domain_occupied(const struct work *w, size_t domain)
{
	for (size_t i = 0; i < w->s->n; i++)
		if (row_domain(w, i) == domain && w->s->weight[i] != 0)
			return true;
	return false;
}

static const char *const *
by_labels(const struct work *w, size_t domain)
{
	const char **by = pool_array(w->pool, w->ask->bys + 1, sizeof(*by));

	if (w->domains.part == NULL || w->domains.part[domain] == NULL)
		return NULL;
	memcpy(by, w->domains.part[domain], w->ask->bys * sizeof(*by));
	return by;
}

static void
row_make(const struct work *w, struct table *t, size_t p, int fault, double df, const char *method)
{
	const struct moment *m = &w->moment[p];
	struct table_row *row = &t->row[p];
	double total = sum_of(&m->w), variance = t->cov[p * t->rows + p],
		srs = t->srs[p * t->rows + p];

	*row = (struct table_row) {
		.of = row_name(w, p % w->items), .p = NAN, .kish = total / sum_of(&m->ww) * total
	};
	row->by = by_labels(w, p / w->items);
	row->upper = w->ask->statistic == SAMPLE_MEAN ? w->ask->of[p % w->items].upper : NAN;
	row->estimate = (struct estimate) { .value = m->value,
		.n = m->n,
		.level = t->level,
		.method = method,
		.mapping = "",
		.population = "",
		.stream = "" };
	if (m->n == 0 || total == 0)
		fault = domain_occupied(w, p / w->items) ? FAULT_ALL_MISSING : FAULT_EMPTY_DOMAIN;
	if (fault == 0)
		fault = lonely_domain(w, m, variance, srs);
	row->alike = fault == 0 && m->open && !m->varied && (w->ask->statistic != SAMPLE_TOTAL ||
		(w->s->calibration == NULL && variance <= 1e-24 * m->value * m->value));
	if (fault != 0)
		row_fail(w, row, m, fault);
	if (row->fault == 0)
		table_row_finish(row, variance, srs, df, t->level, w->ask->interval);
	if (fault == 0) {
		table_row_explain(row, w->ask->bys, w->pool);
		return;
	}
	for (size_t q = 0; q < t->rows; q++)
		t->cov[p * t->rows + q] = t->cov[q * t->rows + p] = NAN;
}

static int
ask_check(const struct sample_ask *ask, struct err *err)
{
	if (ask->ofs == 0)
		return fault_set(err, FAULT_INPUT, "没有指定要估计的题目",
			"nothing to estimate was named");
	if (ask->statistic == SAMPLE_RATIO && ask->den == NULL)
		return fault_set(err, FAULT_INPUT, "比率没有分母", "the ratio has no denominator");
	return 0;
}

/* Nobody at all: one empty domain, so that the answer says so. */
static void
domains_make(struct work *w)
{
	static const char *const *const nobody[1] = { NULL };

	sample_domains(&w->domains, w->s, w->ask->by, w->ask->bys, w->ask->where, w->scratch);
	if (w->domains.n == 0 && w->ask->bys == 0) {
		w->domains.n = 1;
		w->domains.part = nobody;
	}
}

static void
table_make(struct work *w, struct table *t)
{
	const char **by = pool_array(w->pool, w->ask->bys + 1, sizeof(*by));

	memset(t, 0, sizeof(*t));
	for (size_t i = 0; i < w->ask->bys; i++)
		by[i] = w->ask->by[i]->name;
	t->by = by;
	t->bys = w->ask->bys;
	t->rows = w->rows;
	t->row = pool_array(w->pool, w->rows + 1, sizeof(*t->row));
	t->cov = pool_array(w->pool, w->rows * w->rows + 1, sizeof(*t->cov));
	t->level = w->ask->level > 0 ? w->ask->level : 0.95;
	t->df = work_df(w);
}

/* Row by row, codes are numbers as well. */
static void
numbers_make(struct work *w)
{
	struct sample_ask *ask = pool_take(w->scratch, sizeof(*ask));
	struct column *of = pool_array(w->scratch, 2 * w->items + 1, sizeof(*of));
	bool ratio = w->ask->statistic == SAMPLE_RATIO;

	*ask = *w->ask;
	for (size_t j = 0; j < w->items; j++) {
		of[j] = column_numbers(&ask->of[j], w->s->n, w->scratch);
		if (ratio)
			of[w->items + j] = column_numbers(&ask->den[j], w->s->n, w->scratch);
	}
	ask->of = of;
	ask->den = ratio ? of + w->items : NULL;
	w->ask = ask;
}

/* Moments and linearised rows, and with them what a simple random sample would give. */
static struct linear_rows
rows_linear(struct work *w, struct table *t)
{
	if (work_quick(w)) {
		work_quick_moments(w);
		work_quick_srs(w, t);
		return (struct linear_rows){ .domains = &w->domains, .items = w->items,
			.within = w->ask->within, .sums = &w->linear };
	}
	numbers_make(w);
	members_make(w);
	pivots_make(w);
	moments_make(w);
	linear_make(w);
	srs_make(w, t);
	return (struct linear_rows){ .domains = &w->domains, .items = w->items, .u = w->u,
		.member = w->member, .within = w->ask->within };
}

int
sample_estimate(struct table *t, const struct sample *s, const struct sample_ask *ask,
	struct pool *pool, struct err *err)
{
	struct pool scratch = POOL_INIT;
	struct work w = { .s = s, .ask = ask, .pool = pool, .scratch = &scratch,
		.items = ask->ofs };
	struct linear_rows rows;
	const char *method;
	const double *own;
	int *fault, rc;

	if ((rc = ask_check(ask, err)) != 0)
		return rc;
	domains_make(&w);
	if ((rc = table_room(w.domains.n, w.items, err)) != 0) {
		pool_clear(&scratch);
		return rc;
	}
	w.rows = w.domains.n * w.items;
	table_make(&w, t);
	rows = rows_linear(&w, t);
	fault = pool_array(&scratch, w.rows + 1, sizeof(*fault));
	if (s->replicates != NULL)
		work_replicates(&w, t->cov);
	else
		sample_covariance(s, &rows, t->cov, fault, ask->totals ? t : NULL, pool);
	method = method_words(&w);
	own = work_own_df(&w, t->df);
	for (size_t p = 0; p < w.rows; p++)
		row_make(&w, t, p, fault[p], own[p / w.items], method);
	pool_clear(&scratch);
	return 0;
}
