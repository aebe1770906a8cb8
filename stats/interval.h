/* Confidence intervals from an estimate, its standard error and its degrees of freedom. */
#ifndef STATS_INTERVAL_H
#define STATS_INTERVAL_H

#include <stddef.h>

enum interval {
	INTERVAL_DEFAULT,	/* logit where the scale is bounded, else Wald */
	INTERVAL_WALD,
	INTERVAL_LOGIT,
	INTERVAL_WILSON,
	INTERVAL_BETA,		/* Korn-Graubard, effective n as computed */
	INTERVAL_BETA_CAPPED,	/* the same, effective n at most n (NCHS standards) */
	INTERVAL_ASIN,
	INTERVAL_KORN,		/* beta, and where all agree exact with n shrunk for few degrees of
				 * freedom: what the tracker's shares are published with */
	INTERVAL_MAX
};

/* "wald", "logit", "wilson", "beta", "beta-capped", "asin", "korn-graubard"; -1
 * for an unknown name. */
int interval_parse(enum interval *interval, const char *name);
const char *interval_name(enum interval interval);

struct span {
	double low, high;	/* NAN where undefined */
};

/*
 * The interval of an estimate on 0..upper (upper NAN: unbounded, Wald whatever was asked).
 *
 * Domain:  0 < level < 1; df > 0 or infinite (normal); se >= 0.
 * Returns: NAN, NAN where se or df is undefined or df <= 0, except beta of a share of 0 or 1, which
 *          falls back to n (Clopper-Pearson); logit of a value at a bound with se 0 is that
 *          bound, and is undefined with se > 0.
 * Source:  logit and t: R survey's xlogit; Wilson (1927) with n_eff = p(1-p)/se2;
 *          beta: Korn & Graubard (1998), Survey Methodology 24:193-201;
 *          capped: Parker et al. (2017), NCHS Vital and Health Statistics 2(175); asin: sin2 of
 *                  asin sqrt p.
 */
struct span interval_of(enum interval interval, double value, double se, double df, double n,
	double level, double upper);

#endif
