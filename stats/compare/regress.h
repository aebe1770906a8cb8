/* A straight line through a sample: weighted least squares with design-based errors. */
#ifndef STATS_COMPARE_REGRESS_H
#define STATS_COMPARE_REGRESS_H

#include "stats/sample/sample.h"
#include "stats/compare/trend.h"

/*
 * Regress y on x[xs] (give a column of ones for the intercept), over rows
 * with nothing missing.  Rows of the table are the coefficients; df is the
 * design's plus 1 less the coefficients, as R's svyglm().
 *
 * Fails:   FAULT_NUMERIC naming a column that depends on those before it; FAULT_ALL_MISSING.
 * Source:  Binder (1983), Int. Stat. Rev. 51:279-292.
 */
int sample_regress(struct table *t, const struct sample *s, const struct column *y,
	const struct column x[], size_t xs, const struct sample_ask *ask, struct pool *pool,
	struct err *err);

/* Slope of y over time (any numbers), one row "slope"; ask: where, df, level. */
int sample_slope(struct trend_slope *slope, const struct sample *s, const struct column *y,
	const double time[], const struct sample_ask *ask, struct pool *pool, struct err *err);

/*
 * Design-based t test: second level less first of a two-level factor (of those
 * that occur with y), df one less than the design's, as R's svyttest().
 * Fails: FAULT_INPUT naming the factor when it has not two levels.
 */
int sample_ttest(struct trend_step *step, const struct sample *s, const struct column *y,
	const struct factor *group, const struct sample_ask *ask, struct pool *pool,
	struct err *err);

#endif
