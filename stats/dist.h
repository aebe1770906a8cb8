/* Quantiles and tails of the distributions the intervals and tests are made of. */
#ifndef STATS_DIST_H
#define STATS_DIST_H

/*
 * All return NAN outside their domain instead of failing.  df may be any
 * positive number, or infinite (then t is normal).  Quantiles are GSL's
 * improved by Newton steps until they stop moving: about 1e-14 relative.
 */
double dist_normal_quantile(double p);
double dist_normal_upper(double z);		/* P(Z > z) */
double dist_t_quantile(double p, double df);
double dist_t_upper(double t, double df);	/* P(T > t) */
double dist_beta_quantile(double p, double a, double b);	/* a = 0: 0; b = 0: 1 */
double dist_chisq_quantile(double p, double df);
double dist_chisq_upper(double x, double df);
double dist_f_upper(double f, double df1, double df2);
double dist_poisson_lower(double k, double mean);	/* P(X <= k) */
double dist_binomial_lower(double k, double p, double n);	/* P(X <= k) */
double dist_binomial_point(double k, double p, double n);	/* P(X = k) */

/* The critical value of a two-sided interval: t quantile at 1 - (1 - level)/2. */
double dist_critical(double level, double df);

#endif
