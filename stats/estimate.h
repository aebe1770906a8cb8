/* A published number: never a bare double, so never without n and interval. */
#ifndef STATS_ESTIMATE_H
#define STATS_ESTIMATE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Plain value; owns nothing, copied freely.  The strings are literals or
 * outlive the estimate.  NAN in value, se, low, high, df, n_eff or deff
 * means undefined, never 0.  Zeroed memory is not an estimate.
 */
struct estimate {
	double value;		/* in the units of the mapping: index 0..100, share 0..1 */
	double se;		/* standard error, same units */
	double low, high;	/* interval of the stated level; inside the bounds of a bounded
				 * scale */
	double level;		/* 0.95 */
	double df;		/* PSUs less strata, unless the method says otherwise */
	double n;		/* respondents who entered */
	double n_eff;		/* n / deff, at most n; NAN where deff is undefined */
	double kish;		/* Kish's n of the weights alone, (sum w)2 / sum w2:
				 * at most n, NAN unknown */
	double deff;		/* variance over that of simple random sampling */
	const char *method;	/* interval and variance in words: "logit t, linearised, raked" */
	const char *mapping;	/* answers to points: "acsi-1-10", "share", or "" */
	const char *population;	/* who is meant */
	const char *stream;	/* "sampled" or "open", or "" */
};

/*
 * May it be shown?  The publishing limits: an interval, an effective size of at least 50 for a
 * figure, n >= 10 for a cell.  The size is n_eff, and Kish's where the design effect is
 * undefined; 0 where both are.
 */
enum { ESTIMATE_MIN_N_EFF = 50, ESTIMATE_MIN_CELL = 10 };
bool estimate_publishable(const struct estimate *e);
double estimate_size(const struct estimate *e);

/*
 * Is the standard error itself little more than a guess?  With df below 8 its own coefficient of
 * variation, about 1 / sqrt(2 df), is above a quarter; so is that of deff and n_eff.
 * Source:  Parker et al. (2017), NCHS Vital and Health Statistics 2(175): flag below 8 df.
 */
enum { ESTIMATE_MIN_DF = 8 };
bool estimate_unsure(const struct estimate *e);

#endif
