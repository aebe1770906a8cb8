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
	double n_eff;		/* n / deff, or Kish's where deff is undefined */
	double deff;		/* variance over that of simple random sampling */
	const char *method;	/* interval and variance in words: "logit t, linearised, raked" */
	const char *mapping;	/* answers to points: "acsi-1-10", "share", or "" */
	const char *population;	/* who is meant */
	const char *stream;	/* "sampled" or "open", or "" */
};

/* May it be shown?  The publishing limits: n_eff >= 50 for a figure, n >= 10 for a cell. */
enum { ESTIMATE_MIN_N_EFF = 50, ESTIMATE_MIN_CELL = 10 };
bool estimate_publishable(const struct estimate *e);

#endif
