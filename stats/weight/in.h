/* The two ways of calibrating; for calibrate*.c only. */
#ifndef STATS_WEIGHT_IN_H
#define STATS_WEIGHT_IN_H

#include "stats/weight/calibrate.h"
#include "stats/sample/in.h"

/* ---- margins.c ---- */
/*
 * Factors on the sample's weights, and what else the residuals need, into *c; base is the caller's.
 */
int calibrate_margins(struct sample *s, const struct calibrate_spec *spec, struct calibration *c,
	struct rake_report *report, struct err *err);

/* ---- totals.c ---- */
int calibrate_totals(struct sample *s, const struct calibrate_spec *spec, struct calibration *c,
	struct rake_report *report, struct err *err);

#endif
