/* Quantiles and Woodruff's intervals. */
#include "stats/sample/quantile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/dist.h"
#include "stats/fault.h"
#include "stats/sample/in.h"
#include "stats/sum.h"

/* The answers of one domain in order, with the weight up to each. */
struct ordered {
	size_t n;
	double *x, *w, *cum;
	double total;
};

struct valued {
	double x, w;
};

static int
by_value(const void *a, const void *b)
{
	double x = ((const struct valued *)a)->x, y = ((const struct valued *)b)->x;

	return x < y ? -1 : x > y;
}

/* ---- rules ---- */

/*
 * Index of the last value whose weight reaches p, or -1; *tie if it is exactly
 * p.  Both are R's comparisons to the bit: a tolerance would be kinder, but
 * then p = 0.1 of 200 equal weights would not be R's.
 */
static long
last_within(const struct ordered *o, double p, bool *tie)
{
	double want = p * o->total;
	size_t low = 0, high = o->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (o->cum[mid] <= want)
			low = mid + 1;
		else
			high = mid;
	}
	*tie = low > 0 && p - o->cum[low - 1] / o->total == 0;
	return (long)low - 1;
}

static double
step(const struct ordered *o, double p, bool mean)
{
	bool tie;
	long at = last_within(o, p, &tie);
	size_t next = at + 1 < (long)o->n ? (size_t)(at + 1) : o->n - 1;

	if (at < 0)
		return o->x[0];
	if (!tie)
		return o->x[next];
	return mean ? (o->x[at] + o->x[next]) / 2 : o->x[at];
}

static double
math_rule(const struct ordered *o, double p)
{
	return step(o, p, false);
}

static double
school_rule(const struct ordered *o, double p)
{
	return step(o, p, true);
}

/* Share of the weight at which value i stands, as Hyndman & Fan number them. */
static double
position(const struct ordered *o, enum quantile_rule rule, size_t i)
{
	double before = i == 0 ? 0 : o->cum[i - 1], last = o->w[o->n - 1], total = o->cum[o->n - 1];

	switch (rule) {
	case QUANTILE_HF4:
		return o->cum[i] / total;
	case QUANTILE_HF5:
		return (o->cum[i] - o->w[i] / 2) / total;
	case QUANTILE_HF6:
		return o->cum[i] / (total + last);
	case QUANTILE_HF7:
		return before / (o->n > 1 ? o->cum[o->n - 2] : 1);
	case QUANTILE_HF8:
		return (before / 3 + o->cum[i] * 2 / 3) / (total + last / 3);
	default:
		return (before * 3 / 8 + o->cum[i] * 5 / 8) / (total + last / 4);
	}
}

/* A line between neighbouring positions, flat outside. */
static double
line(const struct ordered *o, enum quantile_rule rule, double p)
{
	size_t low = 0, high = o->n - 1;
	double a, b;

	if (p <= position(o, rule, 0))
		return o->x[0];
	if (p >= position(o, rule, high))
		return o->x[high];
	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (position(o, rule, mid) <= p)
			low = mid;
		else
			high = mid;
	}
	a = position(o, rule, low);
	b = position(o, rule, high);
	return o->x[low] + (o->x[high] - o->x[low]) * (p - a) / (b - a);
}

static const struct {
	const char *name;
	double (*at)(const struct ordered *, double);	/* NULL: a line */
} rules[QUANTILE_MAX] = {
	[QUANTILE_MATH] = { "math", math_rule },
	[QUANTILE_SCHOOL] = { "school", school_rule },
	[QUANTILE_HF1] = { "hf1", math_rule },
	[QUANTILE_HF2] = { "hf2", school_rule },
	[QUANTILE_HF4] = { "hf4", NULL },
	[QUANTILE_HF5] = { "hf5", NULL },
	[QUANTILE_HF6] = { "hf6", NULL },
	[QUANTILE_HF7] = { "hf7", NULL },
	[QUANTILE_HF8] = { "hf8", NULL },
	[QUANTILE_HF9] = { "hf9", NULL },
};

int
quantile_parse(enum quantile_rule *rule, const char *name)
{
	for (int i = 0; i < QUANTILE_MAX; i++)
		if (strcmp(rules[i].name, name) == 0) {
			*rule = (enum quantile_rule)i;
			return 0;
		}
	return -1;
}

static double
quantile_at(const struct ordered *o, enum quantile_rule rule, double p)
{
	if (o->n == 0 || isnan(p) || p < 0 || p > 1)
		return NAN;
	return rules[rule].at != NULL ? rules[rule].at(o, p) : line(o, rule, p);
}

/* ---- domains ---- */

static bool
counts(const struct sample *s, const struct domains *d, const double x[], size_t i)
{
	return d->of[i] != FACTOR_NONE && s->weight[i] > 0 && !isnan(x[i]);
}

static struct ordered *
order(const struct sample *s, const struct domains *d, const double x[], struct pool *pool)
{
	struct ordered *o = pool_array(pool, d->n + 1, sizeof(*o));
	struct valued **list = pool_array(pool, d->n + 1, sizeof(*list));
	size_t *n = pool_array(pool, d->n + 1, sizeof(*n));

	for (size_t i = 0; i < s->n; i++)
		if (counts(s, d, x, i))
			o[d->of[i]].n++;
	for (size_t k = 0; k < d->n; k++) {
		list[k] = pool_array(pool, o[k].n + 1, sizeof(**list));
		o[k].x = pool_array(pool, o[k].n + 1, sizeof(*o->x));
		o[k].w = pool_array(pool, o[k].n + 1, sizeof(*o->w));
		o[k].cum = pool_array(pool, o[k].n + 1, sizeof(*o->cum));
	}
	for (size_t i = 0; i < s->n; i++)
		if (counts(s, d, x, i))
			list[d->of[i]][n[d->of[i]]++] = (struct valued){ x[i], s->weight[i] };
	for (size_t k = 0; k < d->n; k++) {
		struct sum sum = { 0, 0 };

		qsort(list[k], o[k].n, sizeof(**list), by_value);
		for (size_t i = 0; i < o[k].n; i++) {
			sum_add(&sum, list[k][i].w);
			o[k].x[i] = list[k][i].x;
			o[k].w[i] = list[k][i].w;
			o[k].cum[i] = sum_of(&sum);
		}
		o[k].total = sum_of(&sum);
	}
	return o;
}

/* ---- Woodruff ---- */

struct work {
	const struct sample *s;
	const struct sample_ask *ask;
	struct domains domains;
	struct ordered *ordered;
	enum quantile_rule rule;
	struct pool *pool;	/* the caller's */
	struct pool *scratch;
	const double *x;		/* x[n]: the column */
};

/* The share at or below each domain's quantile, with its interval. */
static int
shares(struct table *t, const struct work *w, const double q[], struct err *err)
{
	const double *x = w->x;
	double *below = pool_array(w->scratch, w->s->n + 1, sizeof(*below));
	struct column column = { .name = w->ask->of[0].name, .x = below,
		.upper = 1 };
	struct sample_ask ask = *w->ask;

	for (size_t i = 0; i < w->s->n; i++)
		below[i] = isnan(x[i]) || w->domains.of[i] == FACTOR_NONE
			? NAN
			: x[i] <= q[w->domains.of[i]];
	ask.statistic = SAMPLE_MEAN;
	ask.of = &column;
	ask.ofs = 1;
	if (ask.interval == INTERVAL_DEFAULT)
		ask.interval = INTERVAL_WALD;
	return sample_estimate(t, w->s, &ask, w->pool, err);
}

/* The share at or below it has a bound outside what was answered. */
static void
row_without_span(struct table_row *row, struct pool *pool)
{
	struct err *err = pool_take(pool, sizeof(*err));

	row->span_fault = fault_set(err, FAULT_TOO_FEW,
		"%s：分位 %g 的界限落在已有回答之外，给不出完整的区间",
		"%s: a bound of quantile %g lies beyond the answers there are,"
		" so there is no whole interval", row->of, row->p);
	row->err = err;
}

static struct table_row
row_make(const struct work *w, const struct table *share, size_t d, double q, double p)
{
	struct table_row row = share->row[d];
	struct estimate *e = &row.estimate;

	row.p = p;
	row.upper = NAN;
	if (row.fault != 0)
		return row;
	e->value = q;
	e->low = quantile_at(&w->ordered[d], w->rule, e->low);
	e->high = quantile_at(&w->ordered[d], w->rule, e->high);
	e->se = (e->high - e->low) / (2 * dist_critical(e->level, e->df));
	e->deff = e->n_eff = NAN;
	e->method = "Woodruff, linearised share";
	if (row.span_fault == 0 && (isnan(e->low) || isnan(e->high)))
		row_without_span(&row, w->pool);
	return row;
}

static int
points_check(const double p[], size_t ps, struct err *err)
{
	for (size_t i = 0; i < ps; i++)
		if (!(p[i] >= 0 && p[i] <= 1))
			return fault_set(err, FAULT_INPUT, "分位点 %g 不在 0 至 1 之间",
				"quantile %g is not from 0 to 1", p[i]);
	return 0;
}

static void
table_make(struct table *t, const struct work *w, const struct table *share, size_t ps)
{
	*t = *share;
	t->srs = NULL;
	t->rows = share->rows * ps;
	t->row = pool_array(w->pool, t->rows + 1, sizeof(*t->row));
	t->cov = pool_array(w->pool, t->rows * t->rows + 1, sizeof(*t->cov));
}

/* Every quantile of every domain: one pass of shares for each p. */
static int
table_fill(struct table *t, const struct work *w, const double p[], size_t ps, struct err *err)
{
	double *q = pool_array(w->scratch, w->domains.n + 1, sizeof(*q));
	struct table share;
	int rc;

	for (size_t i = 0; i < ps; i++) {
		for (size_t d = 0; d < w->domains.n; d++)
			q[d] = quantile_at(&w->ordered[d], w->rule, p[i]);
		if ((rc = shares(&share, w, q, err)) != 0)
			return rc;
		if (i == 0)
			table_make(t, w, &share, ps);
		for (size_t d = 0; d < share.rows; d++)
			t->row[d * ps + i] = row_make(w, &share, d, q[d], p[i]);
	}
	for (size_t i = 0; i < t->rows; i++)
		for (size_t d = 0; d < t->rows; d++)
			t->cov[i * t->rows + d] =
				i == d ? t->row[i].estimate.se * t->row[i].estimate.se : NAN;
	return 0;
}

int
sample_quantile(struct table *t, const struct sample *s, const struct sample_ask *ask,
	const double p[], size_t ps, enum quantile_rule rule, struct pool *pool, struct err *err)
{
	struct pool scratch = POOL_INIT;
	struct work w = { .s = s, .ask = ask, .rule = rule, .pool = pool, .scratch = &scratch };
	int rc;

	if (ask->ofs != 1 || ps == 0)
		return fault_set(err, FAULT_INPUT, "分位数一次只对一列计算",
			"quantiles take one column");
	if ((rc = points_check(p, ps, err)) != 0)
		return rc;
	sample_domains(&w.domains, s, ask->by, ask->bys, ask->where, &scratch);
	if ((rc = table_room(w.domains.n, ps, err)) != 0) {
		pool_clear(&scratch);
		return rc;
	}
	w.x = column_numbers(&ask->of[0], s->n, &scratch).x;
	w.ordered = order(s, &w.domains, w.x, &scratch);
	rc = table_fill(t, &w, p, ps, err);
	pool_clear(&scratch);
	return rc;
}
