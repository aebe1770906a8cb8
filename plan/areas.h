/* Small areas from a file. */
#ifndef PLAN_AREAS_H
#define PLAN_AREAS_H

#include "base/err.h"
#include "base/json.h"
#include "base/pool.h"

struct plan_areas {
	const char *path;	/* columns area, estimate, variance and those of x and factor */
	const char *encoding;	/* as csv_load() */
	const char *x;		/* "a,b": columns of numbers that explain; NULL: none */
	const char *factor;	/* a column of categories, the first of which is what others are
				 * compared with; NULL */
};

/*
 * Fay-Herriot by REML: {"refvar", "boundary", "beta": {"(Intercept)": b, ...}, "beta_se",
 * "rows": [{"area", "direct", "variance", "eblup", "mse", "se", "gamma"}]}; the caller's to
 * release.  "boundary": "refvar is 0: ..." where it is, otherwise null.
 * Fails: NULL with *err, as area_fit() and FAULT_COLUMN.
 */
json_t *plan_area(const struct plan_areas *areas, struct pool *pool, struct err *err);

/* Direct estimates in memory. */
struct plan_direct {
	size_t n;
	const char *const *area;
	const double *estimate, *variance;
};
/* The same of these; areas->path (NULL: none) then has only "area" and what explains. */
json_t *plan_area_direct(const struct plan_direct *direct, const struct plan_areas *areas,
	struct pool *pool, struct err *err);

#endif
