/* The calibration a plan asks for, ready to apply to any weights of the same rows. */
#ifndef PLAN_CALIBRATE_H
#define PLAN_CALIBRATE_H

#include "plan/data.h"
#include "stats/weight/calibrate.h"

/* In the data's pool. */
struct plan_calibrate {
	bool method;			/* there is more than a trim */
	struct calibrate_spec spec;
	bool trim;			/* then weights are kept between these,
					 * as R's trimWeights() */
	double low, high;
	bool strict;
};

/*
 * Read the member "calibrate" of a plan.  A total named after a column of
 * words and one of its categories ("stypeH") is that of its indicator;
 * "(Intercept)" that of ones.  After poststratify and rake an upper trim alone
 * is a cap under which the margins are met again.
 */
int plan_calibrate_read(struct plan_calibrate *c, struct plan_data *data, const json_t *object,
	struct err *err);

int plan_calibrate_apply(struct sample *s, const struct plan_calibrate *c,
	struct rake_report *report, struct err *err);

#endif
