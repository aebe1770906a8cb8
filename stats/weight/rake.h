/* Weights that reproduce known margins: raking and post-stratification over cells. */
#ifndef STATS_WEIGHT_RAKE_H
#define STATS_WEIGHT_RAKE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/pool.h"

/* One margin: the population by the categories of one variable. */
struct rake_margin {
	const char *variable;		/* "sex" */
	const char *const *category;	/* category[categories] */
	const double *target;		/* target[categories] > 0: persons, or any proportional
					 * number */
	size_t categories;
};

struct rake_options {
	double tolerance;	/* largest relative error of a category; 0: 1e-10 */
	int iterations;		/* at most; 0: 10000 */
	bool aside;		/* respondents in a category without target (who would not tell
				 * their age) keep their base-weighted share as a category of its
				 * own; otherwise they are a fault */
};

/* What was done, for the page that must say it. */
struct rake_report {
	int iterations;
	double error;			/* largest relative error reached */
	double deff_before, deff_after;	/* Kish's 1 + cv2 of the weights */
	double g_low, g_high;		/* range of the factor on base weights */
	double sum;			/* of the weights after */
	double aside;			/* largest share set aside in a margin; 0 if none */
	double trimmed;			/* share of respondents at the cap; 0 if none */
	double cap;			/* NAN if none */
	int rounds;			/* of trimming and raking again */
};

/* What is raked: respondents, or cells of respondents alike in every margin. */
struct rake_units {
	size_t n;
	const double *weight;		/* weight[n]: base weights, summed over the cell; >= 0 */
	const double *count;		/* count[n]: respondents; NULL: 1 each */
	const double *square;		/* square[n]: sum of squared base weights; NULL: weight2 */
	const size_t *const *level;	/* level[margins][n]: category index, or RAKE_NONE */
	const char *const *unlisted;	/* unlisted[margins]: name of a category met without
					 * target, for the message; NULL: none */
};

#define RAKE_NONE ((size_t)-1)

/*
 * Factors g on the base weights that reproduce every margin: cycle through
 * the margins until the largest |sum - target| / target is within tolerance.
 * One margin is post-stratification.
 *
 * Shape:   g[units->n]; units alike get the same bits.
 * Domain:  totals of the margins agree within 1e-8; they are scaled to the first's.
 * Fails:   FAULT_MARGIN_TARGET, _EMPTY, _UNLISTED, _TOTALS naming variable and
 *          category; FAULT_NOT_CONVERGED naming the worst, as soon as the error stops falling.
 * Caution: not R's rule: survey::rake() stops on the change of the table and
 *          ends quietly where the margins contradict each other.
 * Source:  Deming & Stephan (1940), Ann. Math. Stat. 11:427-444.
 */
int rake_fit(double g[], struct rake_report *report, const struct rake_units *units,
	const struct rake_margin margin[], size_t margins, const struct rake_options *options,
	struct err *err);

/* Index of a category, or RAKE_NONE. */
size_t rake_category(const struct rake_margin *margin, const char *category);

#endif
