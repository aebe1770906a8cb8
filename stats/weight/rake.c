/* Raking: margins met in turn until all are met. */
#include "stats/weight/rake.h"

#include <math.h>
#include <string.h>

#include "stats/fault.h"
#include "stats/sum.h"

enum { STALL = 200 };		/* iterations in which the error must halve */

/* One margin ready to be met; the category after the last holds the units set aside. */
struct side {
	const struct rake_margin *margin;
	const size_t *level;
	size_t categories;	/* with the one set aside */
	double *target;
	double *factor;
	struct sum *sum;
};

struct work {
	const struct rake_units *units;
	const struct rake_options *options;
	struct side *side;
	size_t sides;
	double total;
	struct pool pool;
};

size_t
rake_category(const struct rake_margin *margin, const char *category)
{
	for (size_t c = 0; c < margin->categories; c++)
		if (strcmp(margin->category[c], category) == 0)
			return c;
	return RAKE_NONE;
}

static size_t
category_of(const struct side *s, size_t unit)
{
	return s->level[unit] == RAKE_NONE ? s->margin->categories : s->level[unit];
}

static const char *
category_name(const struct side *s, size_t c)
{
	return c < s->margin->categories ? s->margin->category[c] : "?";
}

static double
margin_total(const struct rake_margin *m)
{
	struct sum sum = { 0, 0 };

	for (size_t c = 0; c < m->categories; c++)
		sum_add(&sum, m->target[c]);
	return sum_of(&sum);
}

static int
margin_check(const struct rake_margin *m, double total, const char *first, struct err *err)
{
	double sum;

	for (size_t c = 0; c < m->categories; c++) {
		if (!(m->target[c] > 0) || isinf(m->target[c]))
			return fault_set(err, FAULT_MARGIN_TARGET,
				"边际 %s 的类别 %s：总体人数 %g 须大于 0",
				"margin %s, category %s: target %g is not a positive number",
				m->variable, m->category[c], m->target[c]);
		if (rake_category(m, m->category[c]) != c)
			return fault_set(err, FAULT_INPUT, "边际 %s 的类别 %s 重复出现",
				"margin %s lists category %s twice", m->variable, m->category[c]);
	}
	if (m->categories == 0)
		return fault_set(err, FAULT_INPUT, "边际 %s 没有类别",
			"margin %s has no category", m->variable);
	sum = margin_total(m);
	if (fabs(sum - total) > 1e-8 * total)
		return fault_set(err, FAULT_MARGIN_TOTALS,
			"边际 %s 的合计 %.10g 与边际 %s 的合计 %.10g 不一致",
			"margin %s sums to %.10g but margin %s to %.10g", m->variable, sum, first,
			total);
	return 0;
}

/* Base-weighted sums by category; the unlisted ones get their own share of the total as target. */
static int
side_targets(struct work *w, struct side *s, const char *unlisted, double *aside, struct err *err)
{
	const struct rake_margin *m = s->margin;
	struct sum all = { 0, 0 };
	double share, scale;

	for (size_t i = 0; i < w->units->n; i++) {
		sum_add(&s->sum[category_of(s, i)], w->units->weight[i]);
		sum_add(&all, w->units->weight[i]);
	}
	for (size_t c = 0; c < m->categories; c++)
		if (!(sum_of(&s->sum[c]) > 0))
			return fault_set(err, FAULT_MARGIN_EMPTY,
				"边际 %s 的类别 %s 没有受访者，无法加权；请合并类别",
				"margin %s: no respondent in category %s; merge categories",
				m->variable, m->category[c]);
	share = sum_of(&s->sum[m->categories]) / sum_of(&all);
	if (share > 0 && !w->options->aside)
		return fault_set(err, FAULT_MARGIN_UNLISTED,
			"有受访者的 %s 为“%s”，边际中没有该类别的总体人数",
			"margin %s: there are respondents in category \"%s\", which has no target",
			m->variable, unlisted != NULL ? unlisted : "?");
	scale = w->total / margin_total(m) * (1 - share);
	for (size_t c = 0; c < m->categories; c++)
		s->target[c] = m->target[c] * scale;
	s->target[m->categories] = w->total * share;
	s->categories = m->categories + (share > 0);
	*aside = fmax(*aside, share);
	return 0;
}

static int
work_init(struct work *w, const struct rake_margin margin[], double *aside, struct err *err)
{
	size_t n;
	int rc;

	w->side = pool_array(&w->pool, w->sides + 1, sizeof(*w->side));
	w->total = margin_total(&margin[0]);
	for (size_t k = 0; k < w->sides; k++) {
		struct side *s = &w->side[k];

		if ((rc = margin_check(&margin[k], w->total, margin[0].variable, err)) != 0)
			return rc;
		n = margin[k].categories + 1;
		s->margin = &margin[k];
		s->level = w->units->level[k];
		s->target = pool_array(&w->pool, n, sizeof(*s->target));
		s->factor = pool_array(&w->pool, n, sizeof(*s->factor));
		s->sum = pool_array(&w->pool, n, sizeof(*s->sum));
		for (size_t c = 0; c < n; c++)
			s->factor[c] = 1;
		rc = side_targets(w, s,
			w->units->unlisted == NULL ? NULL : w->units->unlisted[k], aside, err);
		if (rc != 0)
			return rc;
	}
	return 0;
}

static double
unit_factor(const struct work *w, size_t unit)
{
	double g = 1;

	for (size_t k = 0; k < w->sides; k++)
		g *= w->side[k].factor[category_of(&w->side[k], unit)];
	return g;
}

static void
side_sums(const struct work *w, struct side *s)
{
	memset(s->sum, 0, (s->margin->categories + 1) * sizeof(*s->sum));
	for (size_t i = 0; i < w->units->n; i++)
		sum_add(&s->sum[category_of(s, i)], w->units->weight[i] * unit_factor(w, i));
}

/* Largest relative error of a side, and whose it is. */
static double
side_error(const struct side *s, size_t *worst)
{
	double error, most = -1;

	for (size_t c = 0; c < s->categories; c++) {
		error = fabs(sum_of(&s->sum[c]) / s->target[c] - 1);
		if (!(error <= most)) {
			most = error;
			*worst = c;
		}
	}
	return most;
}

/* Meet every margin once; the error before each was met is that of the cycle before. */
static double
cycle(struct work *w, const struct side **worst_side, size_t *worst)
{
	double most = -1, error;
	size_t at = 0;

	for (size_t k = 0; k < w->sides; k++) {
		struct side *s = &w->side[k];

		side_sums(w, s);
		error = side_error(s, &at);
		if (!(error <= most)) {
			most = error;
			*worst_side = s;
			*worst = at;
		}
		for (size_t c = 0; c < s->categories; c++)
			s->factor[c] *= s->target[c] / sum_of(&s->sum[c]);
	}
	return most;
}

/*
 * A cycle's error is measured before it changes anything: when it is small, so is the one before.
 */
static int
iterate(struct work *w, struct rake_report *report, struct err *err)
{
	double tolerance = w->options->tolerance > 0 ? w->options->tolerance : 1e-10;
	int most = w->options->iterations > 0 ? w->options->iterations : 10000;
	double error = INFINITY, mark = INFINITY;
	const struct side *side = NULL;
	size_t worst = 0;

	for (report->iterations = 0; report->iterations < most; report->iterations++) {
		error = cycle(w, &side, &worst);
		report->error = error;
		if (error <= tolerance)
			return 0;
		if (!isfinite(error))
			break;
		if (report->iterations % STALL == STALL - 1) {
			if (error > mark / 2)
				break;
			mark = error;
		}
	}
	return fault_set(err, FAULT_NOT_CONVERGED,
		"加权迭代 %d 次后仍不能满足边际 %s 的类别 %s（相对误差 %.3g）；各边际可能互相矛盾",
		"raking cannot meet margin %2$s, category %3$s (relative error %4$.3g after "
		"%1$d cycles); the margins may contradict each other",
		report->iterations, side->margin->variable, category_name(side, worst), error);
}

static double
kish_deff(const struct rake_units *u, const double g[])
{
	struct sum n = { 0, 0 }, w = { 0, 0 }, ww = { 0, 0 };
	double f, square;

	for (size_t i = 0; i < u->n; i++) {
		f = g == NULL ? 1 : g[i];
		square = u->square == NULL ? u->weight[i] * u->weight[i] : u->square[i];
		sum_add(&n, u->weight[i] == 0 ? 0 : u->count == NULL ? 1 : u->count[i]);
		sum_add(&w, f * u->weight[i]);
		sum_add(&ww, f * f * square);
	}
	return sum_of(&n) * sum_of(&ww) / (sum_of(&w) * sum_of(&w));
}

static void
finish(double g[], struct rake_report *report, const struct work *w)
{
	const struct rake_units *u = w->units;
	struct sum sum = { 0, 0 };

	report->g_low = INFINITY;
	report->g_high = -INFINITY;
	for (size_t i = 0; i < u->n; i++) {
		g[i] = unit_factor(w, i);
		sum_add(&sum, g[i] * u->weight[i]);
		if (u->weight[i] == 0)
			continue;
		report->g_low = fmin(report->g_low, g[i]);
		report->g_high = fmax(report->g_high, g[i]);
	}
	report->sum = sum_of(&sum);
	report->deff_before = kish_deff(u, NULL);
	report->deff_after = kish_deff(u, g);
}

int
rake_fit(double g[], struct rake_report *report, const struct rake_units *units,
	const struct rake_margin margin[], size_t margins, const struct rake_options *options,
	struct err *err)
{
	struct work w = { .units = units, .options = options, .sides = margins, .pool = POOL_INIT };
	int rc = 0;

	memset(report, 0, sizeof(*report));
	report->cap = NAN;
	if (margins > 0 && (rc = work_init(&w, margin, &report->aside, err)) == 0)
		rc = iterate(&w, report, err);
	if (rc == 0)
		finish(g, report, &w);
	pool_clear(&w.pool);
	return rc;
}
