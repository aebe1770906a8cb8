/* Quantiles of a sample, with Woodruff's intervals. */
#ifndef STATS_SAMPLE_QUANTILE_H
#define STATS_SAMPLE_QUANTILE_H

#include "stats/sample/sample.h"

/* How a quantile between two values is taken: R survey's names. */
enum quantile_rule {
	QUANTILE_MATH,		/* the lowest value with at least p of the weight */
	QUANTILE_SCHOOL,	/* the same, but the mean of two values where p falls between */
	QUANTILE_HF1, QUANTILE_HF2, QUANTILE_HF4, QUANTILE_HF5,
	QUANTILE_HF6, QUANTILE_HF7, QUANTILE_HF8, QUANTILE_HF9,	/* as Hyndman & Fan number them */
	QUANTILE_MAX
};
/* "math", "school", "hf1" ... "hf9" without "hf3".  Returns 0, or -1 for an unknown name. */
int quantile_parse(enum quantile_rule *rule, const char *name);

/*
 * Quantiles p[ps] of ask->of[0] by domain: rows by domain, then p, with
 * row.p set.  The interval is that of the share below the estimate
 * (ask->interval, default Wald), carried back through the rule; NAN where it
 * leaves 0..1.  se is the interval's width over twice the critical value.
 * Off-diagonal covariances are NAN.
 *
 * Fails:   FAULT_INPUT for p outside 0..1; otherwise as sample_estimate().
 * Caution: jackknife replicates do not suit quantiles; the share's do.
 * Source:  Woodruff (1952), JASA 47:635-646; Hyndman & Fan (1996); R survey's svyquantile().
 */
int sample_quantile(struct table *t, const struct sample *s, const struct sample_ask *ask,
	const double p[], size_t ps, enum quantile_rule rule, struct pool *pool, struct err *err);

#endif
