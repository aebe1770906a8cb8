/* Quantiles and tails, with GSL's quantiles improved. */
#include "stats/dist.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdbool.h>

static bool
inside(double p)
{
	return p > 0 && p < 1;
}

double
dist_normal_quantile(double p)
{
	double x, step;

	if (!inside(p))
		return NAN;
	x = gsl_cdf_ugaussian_Pinv(p);
	for (int i = 0; i < 3; i++) {
		step = p < 0.5 ? gsl_cdf_ugaussian_P(x) - p : (1 - p) - gsl_cdf_ugaussian_Q(x);
		x -= step / gsl_ran_ugaussian_pdf(x);
	}
	return x;
}

double
dist_normal_upper(double z)
{
	return gsl_cdf_ugaussian_Q(z);
}

double
dist_t_quantile(double p, double df)
{
	double x, step;

	if (!inside(p) || !(df > 0))
		return NAN;
	if (isinf(df))
		return dist_normal_quantile(p);
	if (p > 0.5)
		return -dist_t_quantile(1 - p, df);
	if (p == 0.5)
		return 0;
	x = gsl_cdf_tdist_Pinv(p, df);
	for (int i = 0; i < 4; i++) {
		step = (gsl_cdf_tdist_P(x, df) - p) / gsl_ran_tdist_pdf(x, df);
		if (!isfinite(step))
			break;
		x -= step;
	}
	return x;
}

double
dist_t_upper(double t, double df)
{
	if (isnan(t) || !(df > 0))
		return NAN;
	if (isinf(t))
		return t > 0 ? 0 : 1;
	return isinf(df) ? gsl_cdf_ugaussian_Q(t) : gsl_cdf_tdist_Q(t, df);
}

/* Find x in 0..1 with P(x) = p: bisection holds what Newton would throw away. */
static double
beta_solve(double p, double a, double b)
{
	double low = 0, high = 1, x = a / (a + b), next, f;

	for (int i = 0; i < 200; i++) {
		f = gsl_cdf_beta_P(x, a, b) - p;
		if (f > 0)
			high = x;
		else
			low = x;
		next = x - f / gsl_ran_beta_pdf(x, a, b);
		if (!(next > low && next < high))
			next = low + (high - low) / 2;
		if (fabs(next - x) <= 2e-16 * x)
			return next;
		x = next;
	}
	return x;
}

double
dist_beta_quantile(double p, double a, double b)
{
	if (!inside(p) || !(a >= 0) || !(b >= 0) || (a == 0 && b == 0) || isinf(a) || isinf(b))
		return NAN;
	if (a == 0)
		return 0;
	if (b == 0)
		return 1;
	/* The upper end keeps its digits as a distance from 1. */
	if (a > b)
		return 1 - beta_solve(1 - p, b, a);
	return beta_solve(p, a, b);
}

double
dist_chisq_quantile(double p, double df)
{
	double x, step, f;

	if (!inside(p) || !(df >= 0))
		return NAN;
	if (df == 0)
		return 0;
	x = gsl_cdf_chisq_Pinv(p, df);
	for (int i = 0; i < 4 && x > 0; i++) {
		f = p < 0.5 ? gsl_cdf_chisq_P(x, df) - p : (1 - p) - gsl_cdf_chisq_Q(x, df);
		step = f / gsl_ran_chisq_pdf(x, df);
		if (!isfinite(step) || x - step <= 0)
			break;
		x -= step;
	}
	return x;
}

double
dist_chisq_upper(double x, double df)
{
	return isnan(x) || !(df > 0) ? NAN : x <= 0 ? 1 : gsl_cdf_chisq_Q(x, df);
}

double
dist_f_upper(double f, double df1, double df2)
{
	if (isnan(f) || !(df1 > 0) || !(df2 > 0))
		return NAN;
	if (f <= 0)
		return 1;
	return isinf(df2) ? gsl_cdf_chisq_Q(f * df1, df1) : gsl_cdf_fdist_Q(f, df1, df2);
}

double
dist_poisson_lower(double k, double mean)
{
	if (!(mean >= 0) || isnan(k))
		return NAN;
	return k < 0 ? 0 : mean == 0 ? 1 : gsl_cdf_gamma_Q(mean, floor(k) + 1, 1);
}

double
dist_binomial_lower(double k, double p, double n)
{
	if (!(p >= 0 && p <= 1) || isnan(k) || !(n >= 0))
		return NAN;
	k = floor(k);
	if (k < 0)
		return 0;
	if (k >= n || p == 0)
		return 1;
	return p == 1 ? 0 : gsl_cdf_beta_Q(p, k + 1, n - k);
}

double
dist_binomial_point(double k, double p, double n)
{
	if (!(p >= 0 && p <= 1) || !(k >= 0 && k <= n))
		return NAN;
	if (p == 0 || p == 1)
		return k == (p == 0 ? 0 : n);
	return exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * log(p) +
		(n - k) * log1p(-p));
}

double
dist_critical(double level, double df)
{
	return -dist_t_quantile((1 - level) / 2, df);
}
