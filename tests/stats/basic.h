/* R's answers on its api data: every estimate under seven designs. */
#ifndef TESTS_STATS_BASIC_H
#define TESTS_STATS_BASIC_H

#include "stats/stats.h"
#include "tests/stats/api.h"

static json_t *basic;

static inline int
load(void **state)
{
	(void)state;
	stats_init();
	basic = oracle_load("tests/reference/survey/api_basic.json");
	return 0;
}

static inline int
unload(void **state)
{
	(void)state;
	json_decref(basic);
	pool_clear(&pool);
	return 0;
}

static const char *const design_name[] = { "srs", "strat", "clus1", "clus2", "clus2_wr",
	"strat_nofpc", "clus1_nofpc" };

static inline struct api
answered(const char *name)
{
	struct api a = api_open(name);

	a.want = oracle_at(oracle_at(basic, "results"), name);
	return a;
}

#endif
