/* Counts over exposure, from a file of periods. */
#ifndef PLAN_RATES_H
#define PLAN_RATES_H

#include "base/err.h"
#include "base/json.h"
#include "base/pool.h"
#include "stats/compare/rate.h"

struct plan_rates {
	const char *path;	/* columns period, count, exposure; in the order of time */
	const char *encoding;	/* as csv_load() */
	double per;		/* rates are per so much exposure: 10000 */
	double reference;	/* a rate to be below, in the same unit; NAN: none */
	double level;		/* 0.95 */
};

/*
 * Returns {"rows": [{"period", "count", "exposure", "rate", "low", "high" (Garwood), "low_mid_p",
 * "high_mid_p", "low_byar", "high_byar"[, "p_below", "p_above"]}], "changes": [{"from", "to",
 * "ratio", "low", "high", "p_two", "p_fall", "p_rise"}], "homogeneity": {"chisq", "df", "p_chisq",
 * "overdispersion"}, "three_falls": {"steps", "p_fall"}, "per", "level"[, "reference"]}; the
 * caller's to release.  Fails: NULL with *err naming the period whose count or
 * exposure makes no sense.
 */
json_t *plan_rate(const struct plan_rates *rates, struct pool *pool, struct err *err);

/* Periods in memory, in the order of time. */
struct plan_periods {
	size_t n;
	const char *const *name;
	const struct rate *rate;
};
/* The same of these; rates->path is not read. */
json_t *plan_rate_periods(const struct plan_periods *periods, const struct plan_rates *rates,
	struct err *err);

#endif
