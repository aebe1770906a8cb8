/* The publishing limits, and how well an error is known. */
#include "stats/estimate.h"

#include <math.h>

bool
estimate_publishable(const struct estimate *e)
{
	return isfinite(e->value) && isfinite(e->low) && isfinite(e->high) &&
		e->n >= ESTIMATE_MIN_CELL && estimate_size(e) >= ESTIMATE_MIN_N_EFF;
}

double
estimate_size(const struct estimate *e)
{
	double size = isnan(e->n_eff) ? e->kish : e->n_eff;

	return isnan(size) ? 0 : fmin(size, e->n);
}

bool
estimate_unsure(const struct estimate *e)
{
	return e->se > 0 && e->df < ESTIMATE_MIN_DF;
}
