/* The publishing limits. */
#include "stats/estimate.h"

#include <math.h>

bool
estimate_publishable(const struct estimate *e)
{
	return isfinite(e->value) && isfinite(e->low) && isfinite(e->high) &&
	    e->n >= ESTIMATE_MIN_CELL && e->n_eff >= ESTIMATE_MIN_N_EFF;
}
