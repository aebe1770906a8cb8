/* Everything libmanyi-stats offers: numbers in, estimates with intervals out. */
#ifndef STATS_STATS_H
#define STATS_STATS_H

#include "stats/area.h"
#include "stats/calibrate.h"
#include "stats/design.h"
#include "stats/dist.h"
#include "stats/estimate.h"
#include "stats/factor.h"
#include "stats/fault.h"
#include "stats/interval.h"
#include "stats/pls.h"
#include "stats/pls_boot.h"
#include "stats/quantile.h"
#include "stats/rake.h"
#include "stats/random.h"
#include "stats/rank.h"
#include "stats/rate.h"
#include "stats/regress.h"
#include "stats/reliability.h"
#include "stats/replicate.h"
#include "stats/sample.h"
#include "stats/score.h"
#include "stats/survey.h"
#include "stats/table.h"
#include "stats/tally.h"
#include "stats/trend.h"

/*
 * Call once, before anything else and before any thread starts: turns GSL's
 * error handler off, which would end the process over a quantile that
 * underflows.  Everything here checks and says NAN instead.
 */
void stats_init(void);

#endif
