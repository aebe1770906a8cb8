/* Counts over exposure. */
#include "stats/compare/rate.h"

#include <math.h>

#include "stats/dist.h"
#include "stats/sum.h"

struct span
rate_garwood(double count, double level)
{
	double tail = (1 - level) / 2;

	if (!(count >= 0) || isinf(count))
		return (struct span){ NAN, NAN };
	return (struct span){ count == 0 ? 0 : dist_chisq_quantile(tail, 2 * count) / 2,
		dist_chisq_quantile(1 - tail, 2 * count + 2) / 2 };
}

/* P(X < k) + P(X = k) / 2 */
static double
mid_lower(double k, double mean)
{
	return (dist_poisson_lower(k - 1, mean) + dist_poisson_lower(k, mean)) / 2;
}

/* mid_lower() falls in the mean: find where it is p. */
static double
mid_solve(double k, double p, double low, double high)
{
	double mid;

	for (int i = 0; i < 200; i++) {
		mid = low + (high - low) / 2;
		if (mid == low || mid == high)
			break;
		if (mid_lower(k, mid) > p)
			low = mid;
		else
			high = mid;
	}
	return low + (high - low) / 2;
}

struct span
rate_mid_p(double count, double level)
{
	struct span wide = rate_garwood(count, level);
	double tail = (1 - level) / 2;

	if (isnan(wide.high))
		return wide;
	return (struct span){ count == 0 ? 0 : mid_solve(count, 1 - tail, wide.low, count),
		mid_solve(count, tail, count, wide.high) };
}

struct span
rate_byar(double count, double level)
{
	double z = dist_normal_quantile(1 - (1 - level) / 2), m = count + 1;

	if (!(count >= 0) || isinf(count))
		return (struct span){ NAN, NAN };
	return (struct span) {
		count == 0 ? 0 : count * pow(1 - 1 / (9 * count) - z / (3 * sqrt(count)), 3),
		m * pow(1 - 1 / (9 * m) + z / (3 * sqrt(m)), 3)
	};
}

/* Outcomes no likelier than k, with R's allowance for rounding. */
static double
binomial_two_sided(double k, double n, double share)
{
	double at = dist_binomial_point(k, share, n) * (1 + 1e-7), mode = n * share, low, high;

	if (k == mode)
		return 1;
	if (k < mode) {
		/* First outcome above the mode that is as unlikely. */
		for (high = ceil(mode); high <= n && dist_binomial_point(high, share, n) > at;
				high++)
			;
		return fmin(1, dist_binomial_lower(k, share, n) +
			dist_binomial_lower(n - high, 1 - share, n));
	}
	for (low = floor(mode); low >= 0 && dist_binomial_point(low, share, n) > at; low--)
		;
	return fmin(
		1, dist_binomial_lower(low, share, n) + dist_binomial_lower(n - k, 1 - share, n));
}

struct rate_change
rate_compare(const struct rate *from, const struct rate *to, double level)
{
	double n = from->count + to->count, share = to->exposure / (from->exposure + to->exposure);
	double odds = from->exposure / to->exposure, tail = (1 - level) / 2, k = to->count, low,
		high;
	struct rate_change c = { NAN, NAN, NAN, NAN, NAN, NAN };

	if (!(from->exposure > 0) || !(to->exposure > 0) || !(from->count >= 0) || !(k >= 0) ||
			n == 0)
		return c;
	c.ratio = (k / to->exposure) / (from->count / from->exposure);
	low = dist_beta_quantile(tail, k, n - k + 1);
	high = dist_beta_quantile(1 - tail, k + 1, n - k);
	c.low = k == 0 ? 0 : low / (1 - low) * odds;
	c.high = k == n ? INFINITY : high / (1 - high) * odds;
	c.p_two = binomial_two_sided(k, n, share);
	c.p_fall = dist_binomial_lower(k, share, n);
	c.p_rise = dist_binomial_lower(n - k, 1 - share, n);
	return c;
}

struct rate_homogeneity
rate_homogeneity(const struct rate rate[], size_t n)
{
	struct sum count = { 0, 0 }, exposure = { 0, 0 }, chisq = { 0, 0 };
	struct rate_homogeneity h = { NAN, (double)n - 1, NAN, NAN };
	double expected;

	for (size_t i = 0; i < n; i++) {
		sum_add(&count, rate[i].count);
		sum_add(&exposure, rate[i].exposure);
	}
	if (n < 2 || !(sum_of(&count) > 0))
		return h;
	for (size_t i = 0; i < n; i++) {
		expected = rate[i].exposure * sum_of(&count) / sum_of(&exposure);
		sum_add(&chisq, (rate[i].count - expected) * (rate[i].count - expected) / expected);
	}
	h.chisq = sum_of(&chisq);
	h.p = dist_chisq_upper(h.chisq, h.df);
	h.overdispersion = h.chisq / h.df;
	return h;
}

double
rate_falls(const struct rate rate[], size_t n, size_t steps)
{
	double most = NAN, p;

	if (steps == 0 || n < steps + 1)
		return NAN;
	for (size_t i = n - steps; i < n; i++) {
		p = rate_compare(&rate[i - 1], &rate[i], 0.95).p_fall;
		if (isnan(p))
			return NAN;
		if (!(p <= most))
			most = p;
	}
	return most;
}
