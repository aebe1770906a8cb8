/* Weights that reproduce known margins: raking and post-stratification over cells. */
#ifndef STATS_RAKE_H
#define STATS_RAKE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/pool.h"

/* One margin: the population by the categories of one variable. */
struct rake_margin {
	const char *variable;		/* "sex" */
	const char *const *category;	/* category[categories] */
	const double *target;		/* target[categories] > 0: persons, or any proportional number */
	size_t categories;
};

struct rake_options {
	double tolerance;	/* largest relative error of a category; 0: 1e-10 */
	int iterations;		/* at most; 0: 10000 */
	bool aside;		/* respondents in a category without target (refused to say their age) keep their
				 * base-weighted share as a category of its own; otherwise they are a fault */
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

#endif
