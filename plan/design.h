/* A sample from a plan: its design, its replicate weights, its calibration. */
#ifndef PLAN_DESIGN_H
#define PLAN_DESIGN_H

#include "plan/data.h"
#include "stats/weight/rake.h"
#include "stats/sample/sample.h"

/* A sample as the plan describes it; in the data's pool. */
struct plan_sample {
	struct sample *sample;
	bool designed;			/* the plan says how it was drawn or weighted, beyond how
					 * often a row stands; or the data who is in it */
	bool calibrated;
	struct rake_report report;	/* of the calibration */
};

/*
 * Members "design" and "calibrate" of a plan, either of which may be NULL; rows that are out of the
 * data weigh 0 whatever they say, and count as people of their sampling unit.
 * Repeats the rows of data where the design has a frequency.  Replicate
 * weights are calibrated each by itself, as the full sample is.
 * Returns: 0, or the fault that stands in the way, with *err.
 */
int plan_sample_make(struct plan_sample *s, struct plan_data *data, const json_t *design,
	const json_t *calibrate, struct err *err);

/* "fail", "adjust", "average", "certainty" or "remove", which is the same. */
int plan_lonely(enum design_lonely *lonely, const json_t *object, const char *key, struct err *err);

#endif
