/*
 * Weights of rows brought to known totals: post-stratification, raking, linear, exponential,
 * logit, trimming.
 */
#ifndef STATS_WEIGHT_CALIBRATE_H
#define STATS_WEIGHT_CALIBRATE_H

#include "stats/weight/rake.h"
#include "stats/sample/sample.h"

enum calibrate_method {
	CALIBRATE_POSTSTRATIFY,	/* one margin */
	CALIBRATE_RAKE,		/* margins in turn */
	CALIBRATE_LINEAR,	/* g = 1 + x'l, cut off at bounds; may be negative without */
	CALIBRATE_RAKING,	/* g = exp(x'l), cut off at bounds */
	CALIBRATE_LOGIT,	/* g between finite bounds */
	CALIBRATE_MAX
};
/* "poststratify", "rake", "linear", "raking", "logit".  Returns 0, or -1 for an unknown name. */
int calibrate_parse(enum calibrate_method *method, const char *name);

struct calibrate_spec {
	enum calibrate_method method;
	const struct rake_margin *margin;	/* margin[margins]; any method */
	const struct factor *const *factor;	/* factor[margins]: the rows' categories */
	size_t margins;
	const struct column *x;			/* x[xs] with total[xs]: LINEAR, RAKING, LOGIT; a
						 * column of ones for the intercept */
	const double *total;
	size_t xs;
	const double *spread;			/* spread[n] > 0: assumed variance (x for a ratio
						 * estimator), LINEAR; NULL: 1 */
	double low, high;			/* bounds on g; -INFINITY and INFINITY: none */
	double cap;				/* largest weight wanted, after POSTSTRATIFY and
						 * RAKE; NAN: none */
	struct rake_options rake;		/* tolerance 0: 1e-10, iterations 0: the method's */
};

/*
 * Replace the sample's weights; its errors then come from residuals of the
 * design-weighted regression on the auxiliaries, g-weighted.  With a cap,
 * weights above it are cut, the excess is spread over the others and the
 * margins are met again, round after round, until both hold.
 *
 * Fails:   those of rake_fit(); FAULT_INPUT (missing auxiliary with its row, bounds that do not
 *          hold 1);
 *          FAULT_NOT_CONVERGED naming the total, or when the cap cannot be kept.
 * Caution: once only per sample.  Give replicates first: each is then brought to the same totals
 *          too.
 * Source:  Deville & Sarndal (1992), JASA 87:376-382; Potter (1990).  R survey's rake()
 *          regresses without weights, its calibrate() with: this follows the latter.
 */
int sample_calibrate(struct sample *s, const struct calibrate_spec *spec,
	struct rake_report *report, struct err *err);

/*
 * Cut weights to low..high and spread what was cut equally over the rest,
 * as R's trimWeights(); strict: again until none is outside.  Margins are
 * not met afterwards; errors keep the calibration's auxiliaries.
 * Fails: FAULT_NOT_CONVERGED if every weight is outside.
 */
int sample_trim(struct sample *s, double low, double high, bool strict, struct err *err);

#endif
