/* Year over year: steps, runs of rises, slopes, and what few years can prove. */
#ifndef STATS_COMPARE_TREND_H
#define STATS_COMPARE_TREND_H

#include <stdbool.h>
#include <stddef.h>

#include "stats/estimate.h"
#include "stats/table.h"

/* One step from a year to a later one. */
struct trend_step {
	struct estimate difference;	/* later less earlier, Wald t interval; n of both together,
					 * no deff and no n_eff */
	double t;			/* difference / se */
	double p_up, p_down, p_two;	/* of H0: no rise; no fall; no change.  NAN, as t, where se
					 * is unknown or 0: chance is not seen, or there was none */
};

/*
 * Difference of two published estimates with covariance cov (0: independent
 * samples).  df after Satterthwaite where cov is 0, else the smaller.
 * Source: Welch (1947); Satterthwaite (1946).
 */
struct trend_step trend_difference(
	const struct estimate *from, const struct estimate *to, double cov, double level);

/*
 * Degrees of freedom of a difference of two rows of one table: those of the table, since two
 * domains of one design share its units.  Within a group (rows by several variables) they are the
 * group's, whose units are at least either row's: the larger of their own, at most the table's.
 * With the whole design's the interval of a small town's change is far too short: docs/coverage.md.
 */
double trend_df(const struct table *t, size_t from, size_t to);

/* The test of a difference that is already known, from its se and df alone. */
void trend_test(struct trend_step *step);

/* Steps along the rows of a table in their order, with its covariance: step[t->rows - 1]. */
void trend_steps(struct trend_step step[], const struct table *t);

/*
 * Intersection-union test of "every step went this way": the largest p.
 * Level alpha without correction, whatever the dependence.  NAN if one is
 * unknown or n is 0.  Source: Berger (1982), Technometrics 24:295-300.
 */
double trend_iut(const double p[], size_t n);

/* The last `wanted` of the steps, judged three ways. */
struct trend_run {
	size_t steps;			/* looked at: wanted, or fewer than wanted: then nothing
					 * is claimed */
	size_t row;			/* point steps of that direction in a row at the end */
	bool each;			/* every one of them by its point: "higher each year" */
	bool proven;			/* p <= alpha: "proven each year" */
	bool no_reverse;		/* none of them is a proven step the other way: "no proven
					 * fall" */
	double p;			/* intersection-union */
	double bound;			/* least one-sided (1 - alpha) lower bound of the steps,
					 * in the wanted direction */
};
/* wanted rises (or falls) need wanted + 1 years. */
struct trend_run trend_run(
	const struct trend_step step[], size_t steps, size_t wanted, bool rising, double alpha);

/* A line through the years, weighted by 1/se2, with the full covariance of the rows. */
struct trend_slope {
	struct estimate slope;		/* per unit of time; n of all years together */
	double p_up, p_down;
};
/* time[t->rows].  Needs two different times; rows without an estimate or without
 * an error are left out. */
struct trend_slope trend_slope(const struct table *t, const double time[]);

/* Does the series go up, by ranks alone? */
struct trend_kendall {
	double s, var_s;		/* Kendall's S; variance with ties */
	double z, p_two;		/* normal, continuity corrected */
	double p_up;			/* exact one-sided where there are no ties and n <= 50,
					 * else normal */
	double tau;			/* tau-b; NAN where all are equal */
	double sen_slope;		/* median of pairwise slopes, times 1, 2, ... */
};
/* Caution: with n years the least possible p_up is 1/n!: 3 years can never reach 0.05.
 * Source: Mann (1945); Kendall (1975); Sen (1968). */
struct trend_kendall trend_kendall(const double y[], size_t n);

/* Trend of proportions over ordered groups; simple random samples only. */
struct trend_armitage {
	double chisq, z, z_unbiased;	/* z with N and with N - 1 */
	double p_two, p_up;
};
/*
 * x[k] successes of n[k].  NAN where the scores or the answers do not vary. Source: Cochran
 * (1954), Armitage (1955).
 */
struct trend_armitage trend_armitage(
	const double x[], const double n[], const double score[], size_t k);

/* Welch's test of two simple random samples: difference b - a. */
struct trend_step trend_welch(const double a[], size_t n, const double b[], size_t m, double level);

#endif
