/* R's answers on small statistics: intervals, rates, steps of years. */
#ifndef TESTS_STATS_SMALL_H
#define TESTS_STATS_SMALL_H

#include "stats/interval.h"
#include "stats/stats.h"
#include "tests/stats/oracle.h"

static json_t *small;

static inline int
load(void **state)
{
	(void)state;
	stats_init();
	small = oracle_load("tests/reference/small/small_statistics.json");
	return 0;
}

static inline int
unload(void **state)
{
	(void)state;
	json_decref(small);
	return 0;
}

static inline void
check_span(struct span s, const json_t *want, const char *path, double tolerance)
{
	assert_near(s.low, oracle_nth(want, path, 0), tolerance, 1);
	assert_near(s.high, oracle_nth(want, path, 1), tolerance, 1);
}

/* Lists of lists of cases, one list per count, one case per level. */
#define each_case(list, group, i, j, it) \
	json_array_foreach(list, i, group) json_array_foreach(group, j, it)

#endif
