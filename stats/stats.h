/* Everything libmanyi-stats offers: numbers in, estimates with intervals out. */
#ifndef STATS_STATS_H
#define STATS_STATS_H

#include "stats/compare/area.h"
#include "stats/weight/calibrate.h"
#include "stats/design.h"
#include "stats/dist.h"
#include "stats/estimate.h"
#include "stats/factor.h"
#include "stats/fault.h"
#include "stats/interval.h"
#include "stats/path/pls.h"
#include "stats/path/boot.h"
#include "stats/sample/quantile.h"
#include "stats/weight/rake.h"
#include "stats/random.h"
#include "stats/compare/rank.h"
#include "stats/compare/rate.h"
#include "stats/compare/regress.h"
#include "stats/reliability.h"
#include "stats/sample/replicate.h"
#include "stats/sample/sample.h"
#include "stats/table.h"
#include "stats/compare/trend.h"

/*
 * Call once, before anything else and before any thread starts: turns GSL's
 * error handler off, which would end the process over a quantile that
 * underflows.  Everything here checks and says NAN instead.
 */
void stats_init(void);

#endif
