/* Year over year. */
#include "stats/compare/trend.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "stats/dist.h"
#include "stats/sum.h"

/* ---- steps ---- */

static double
satterthwaite(double v, double df, double w, double ef)
{
	double d = (isinf(df) ? 0 : v * v / df) + (isinf(ef) ? 0 : w * w / ef);

	return d == 0 ? INFINITY : (v + w) * (v + w) / d;
}

void
trend_test(struct trend_step *s)
{
	const struct estimate *d = &s->difference;

	s->t = s->p_up = s->p_down = s->p_two = NAN;
	if (!(d->se > 0) || isnan(d->value))
		return;
	s->t = d->value / d->se;
	s->p_up = dist_t_upper(s->t, d->df);
	s->p_down = dist_t_upper(-s->t, d->df);
	if (!isnan(s->p_up))
		s->p_two = fmin(1, 2 * fmin(s->p_up, s->p_down));
}

static void
step_finish(struct trend_step *s, double variance)
{
	struct estimate *d = &s->difference;
	struct span span;

	d->se = isnan(variance) ? NAN : variance > 0 ? sqrt(variance) : 0;
	span = interval_of(INTERVAL_WALD, d->value, d->se, d->df, d->n, d->level, NAN);
	d->low = span.low;
	d->high = span.high;
	trend_test(s);
}

struct trend_step
trend_difference(const struct estimate *from, const struct estimate *to, double cov, double level)
{
	struct trend_step s = { .difference = *to };
	struct estimate *d = &s.difference;
	double v = from->se * from->se, w = to->se * to->se;

	d->value = to->value - from->value;
	d->level = level;
	d->df = cov == 0 ? satterthwaite(v, from->df, w, to->df) : fmin(from->df, to->df);
	d->n = from->n + to->n;
	d->n_eff = d->kish = d->deff = NAN;
	d->method = cov == 0 ? "difference of independent samples, t"
		: "difference with covariance, t";
	step_finish(&s, v + w - 2 * cov);
	return s;
}

double
trend_df(const struct table *t, size_t from, size_t to)
{
	return t->bys < 2 ? t->df :
		fmin(t->df, fmax(t->row[from].estimate.df, t->row[to].estimate.df));
}

void
trend_steps(struct trend_step step[], const struct table *t)
{
	for (size_t i = 0; i + 1 < t->rows; i++) {
		const double *cov = t->cov + i * t->rows;

		step[i] = trend_difference(
			&t->row[i].estimate, &t->row[i + 1].estimate, cov[i + 1], t->level);
		/*
		 * Joined tables keep a row's published se, their covariance is what contrasts go
		 * by.
		 */
		if (cov[i + 1] != 0)
			step_finish(&step[i], cov[i] + cov[t->rows + i + 1] - 2 * cov[i + 1]);
	}
}

double
trend_iut(const double p[], size_t n)
{
	double most = NAN;

	for (size_t i = 0; i < n; i++) {
		if (isnan(p[i]))
			return NAN;
		if (!(p[i] <= most))
			most = p[i];
	}
	return most;
}

static double
lower_bound(const struct trend_step *s, bool rising, double alpha)
{
	double value = rising ? s->difference.value : -s->difference.value;

	if (s->difference.se == 0)
		return value;
	return value + dist_t_quantile(alpha, s->difference.df) * s->difference.se;
}

struct trend_run
trend_run(const struct trend_step step[], size_t steps, size_t wanted, bool rising, double alpha)
{
	struct trend_run r = { .steps = steps < wanted ? steps : wanted, .p = NAN, .bound = NAN };
	double p, b;

	while (r.row < steps && (rising ? step[steps - 1 - r.row].difference.value > 0 :
			step[steps - 1 - r.row].difference.value < 0))
		r.row++;
	if (steps < wanted || wanted == 0)
		return r;
	r.each = r.row >= wanted;
	r.no_reverse = true;
	for (size_t i = steps - wanted; i < steps; i++) {
		p = rising ? step[i].p_up : step[i].p_down;
		b = lower_bound(&step[i], rising, alpha);
		r.p = i == steps - wanted ? p : isnan(r.p) || isnan(p) ? NAN : fmax(r.p, p);
		r.bound = i == steps - wanted	 ? b
			: isnan(r.bound) || isnan(b) ? NAN
			: fmin(r.bound, b);
		/* An unknown step proves nothing, not even that nothing fell. */
		r.no_reverse = r.no_reverse && (rising ? step[i].p_down : step[i].p_up) > alpha;
	}
	r.proven = r.p <= alpha;
	return r;
}

/* ---- slope ---- */

/*
 * Weights of the least squares slope: c[i] such that slope = sum c[i] y[i]; returns how many rows
 * count.
 */
static size_t
slope_weights(double c[], const struct table *t, const double time[])
{
	struct sum w = { 0, 0 }, wt = { 0, 0 }, wtt = { 0, 0 };
	double mean, f;
	size_t n = 0;

	for (size_t i = 0; i < t->rows; i++) {
		f = 1 / (t->cov[i * t->rows + i]);
		c[i] = t->row[i].fault == 0 && isfinite(f) ? f : 0;
		n += c[i] != 0;
		sum_add(&w, c[i]);
		sum_add_product(&wt, c[i], time[i]);
	}
	mean = sum_of(&wt) / sum_of(&w);
	for (size_t i = 0; i < t->rows; i++)
		sum_add_product(&wtt, c[i] * (time[i] - mean), time[i] - mean);
	for (size_t i = 0; i < t->rows; i++)
		c[i] = sum_of(&wtt) > 0 ? c[i] * (time[i] - mean) / sum_of(&wtt) : NAN;
	return n;
}

struct trend_slope
trend_slope(const struct table *t, const double time[])
{
	double *c = calloc(t->rows + 1, sizeof(*c)), variance = 0;
	struct trend_step s = { .difference = { .df = INFINITY,
		.level = t->level,
		.n = 0,
		.n_eff = NAN,
		.kish = NAN,
		.deff = NAN,
		.method = "weighted least squares over years, t",
		.mapping = "",
		.population = "",
		.stream = "" } };
	size_t n;

	if (c == NULL)
		err_die("out of memory");
	n = slope_weights(c, t, time);
	for (size_t i = 0; i < t->rows; i++) {
		if (c[i] == 0 || t->row[i].fault != 0)
			continue;
		s.difference.value += c[i] * t->row[i].estimate.value;
		s.difference.df = fmin(s.difference.df, t->row[i].estimate.df);
		s.difference.n += t->row[i].estimate.n;
		for (size_t j = 0; j < t->rows; j++)
			if (c[j] != 0 && t->row[j].fault == 0)
				variance += c[i] * c[j] * t->cov[i * t->rows + j];
	}
	if (n < 2)
		s.difference.value = variance = NAN;
	step_finish(&s, variance);
	free(c);
	return (struct trend_slope){ s.difference, s.p_up, s.p_down };
}

/* ---- Mann-Kendall ---- */

static int
by_size(const void *x, const void *y)
{
	double a = *(const double *)x, b = *(const double *)y;

	return a < b ? -1 : a > b;
}

/* P(S >= s) over all orders of n different values: counting inversions. */
static double
kendall_exact(double s, size_t n)
{
	size_t pairs = n * (n - 1) / 2, inversions = (size_t)(((double)pairs - s) / 2);
	double *count = calloc(pairs + 2, sizeof(*count)), *next = calloc(pairs + 2, sizeof(*next)),
		p = 0;

	if (count == NULL || next == NULL)
		err_die("out of memory");
	count[0] = 1;
	for (size_t i = 2; i <= n; i++) {
		memset(next, 0, (pairs + 1) * sizeof(*next));
		for (size_t j = 0; j <= pairs; j++)
			for (size_t k = 0; k < i && k <= j; k++)
				next[j] += count[j - k] / (double)i;
		memcpy(count, next, (pairs + 1) * sizeof(*next));
	}
	for (size_t j = 0; j <= inversions && j <= pairs; j++)
		p += count[j];
	free(count);
	free(next);
	return p;
}

static double
median_of(double x[], size_t n)
{
	qsort(x, n, sizeof(*x), by_size);
	return n == 0 ? NAN : n % 2 == 1 ? x[n / 2] : (x[n / 2 - 1] + x[n / 2]) / 2;
}

/* Sums over groups of ties of t(t-1)/2 and t(t-1)(2t+5). */
static void
ties_of(const double y[], size_t n, double *pairs, double *variance)
{
	double *x = calloc(n + 1, sizeof(*x)), t;
	size_t j;

	if (x == NULL)
		err_die("out of memory");
	memcpy(x, y, n * sizeof(*x));
	qsort(x, n, sizeof(*x), by_size);
	*pairs = *variance = 0;
	for (size_t i = 0; i < n; i = j) {
		for (j = i; j < n && x[j] == x[i]; j++)
			;
		t = (double)(j - i);
		*pairs += t * (t - 1) / 2;
		*variance += t * (t - 1) * (2 * t + 5);
	}
	free(x);
}

struct trend_kendall
trend_kendall(const double y[], size_t n)
{
	struct trend_kendall k = { .tau = NAN, .sen_slope = NAN, .p_up = NAN, .p_two = NAN };
	double *slope = calloc(n * n / 2 + 1, sizeof(*slope)), tied, ties, m = (double)n;
	size_t slopes = 0;

	if (slope == NULL)
		err_die("out of memory");
	for (size_t i = 0; i < n; i++)
		for (size_t j = i + 1; j < n; j++) {
			k.s += (y[j] > y[i]) - (y[j] < y[i]);
			slope[slopes++] = (y[j] - y[i]) / (double)(j - i);
		}
	k.sen_slope = median_of(slope, slopes);
	free(slope);
	if (n < 2)
		return k;
	ties_of(y, n, &tied, &ties);
	k.var_s = (m * (m - 1) * (2 * m + 5) - ties) / 18;
	k.z = k.s == 0 || k.var_s == 0 ? 0 : (k.s - (k.s > 0 ? 1 : -1)) / sqrt(k.var_s);
	k.p_two = 2 * dist_normal_upper(fabs(k.z));
	k.p_up = tied == 0 && n <= 50 ? kendall_exact(k.s, n) : dist_normal_upper(k.z);
	if (tied < m * (m - 1) / 2)
		k.tau = k.s / sqrt((m * (m - 1) / 2 - tied) * (m * (m - 1) / 2));
	return k;
}

/* ---- Cochran-Armitage, Welch ---- */

struct trend_armitage
trend_armitage(const double x[], const double n[], const double score[], size_t k)
{
	struct sum total = { 0, 0 }, hit = { 0, 0 }, first = { 0, 0 }, top = { 0, 0 },
		spread = { 0, 0 };
	struct trend_armitage a;
	double p, mean, variance;

	for (size_t i = 0; i < k; i++) {
		sum_add(&total, n[i]);
		sum_add(&hit, x[i]);
		sum_add_product(&first, n[i], score[i]);
	}
	p = sum_of(&hit) / sum_of(&total);
	mean = sum_of(&first) / sum_of(&total);
	for (size_t i = 0; i < k; i++) {
		sum_add_product(&top, x[i] - n[i] * p, score[i] - mean);
		sum_add_product(&spread, n[i] * (score[i] - mean), score[i] - mean);
	}
	variance = p * (1 - p) * sum_of(&spread);
	a.z = variance > 0 ? sum_of(&top) / sqrt(variance) : NAN;
	a.chisq = a.z * a.z;
	a.z_unbiased = a.z * sqrt((sum_of(&total) - 1) / sum_of(&total));
	a.p_two = isnan(a.z) ? NAN : 2 * dist_normal_upper(fabs(a.z));
	a.p_up = isnan(a.z) ? NAN : dist_normal_upper(a.z);
	return a;
}

/* Mean of a simple random sample as an estimate. */
static struct estimate
mean_of(const double x[], size_t n)
{
	struct estimate e = { .n = (double)n,
		.n_eff = (double)n,
		.kish = (double)n,
		.df = (double)n - 1,
		.deff = NAN,
		.method = "",
		.mapping = "",
		.population = "",
		.stream = "" };
	struct sum sum = { 0, 0 }, square = { 0, 0 };

	for (size_t i = 0; i < n; i++)
		sum_add(&sum, x[i]);
	e.value = sum_of(&sum) / (double)n;
	for (size_t i = 0; i < n; i++)
		sum_add_product(&square, x[i] - e.value, x[i] - e.value);
	e.se = n > 1 ? sqrt(sum_of(&square) / ((double)n - 1) / (double)n) : NAN;
	return e;
}

struct trend_step
trend_welch(const double a[], size_t n, const double b[], size_t m, double level)
{
	struct estimate from = mean_of(a, n), to = mean_of(b, m);

	return trend_difference(&from, &to, 0, level);
}
